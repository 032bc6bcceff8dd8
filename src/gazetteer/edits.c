#include "gazetteer/edits.h"

#include "text/text.h"

static void add(struct gaz_beginning *b, char letter, char bone) {
    b->letters = gaz_hash_step(b->letters, letter);
    if (bone != '\0' && bone != b->last) {
        b->bones = gaz_hash_step(b->bones, bone);
        b->last = bone;
        b->bone_n++;
    }
}

static void learn_bones(struct gaz_edited *e) {
    for (int c = 1; c < (int)sizeof e->bone_of; c++) {
        char letter = (char)c, bone;
        e->bone_of[c] = (char)(im_bones(&letter, 1, &bone) > 0 ? bone : '\0');
    }
}

static char bone_of(const struct gaz_edited *e, char letter) {
    return e->bone_of[(unsigned char)letter & (sizeof e->bone_of - 1)];
}

void gaz_edited_init(struct gaz_edited *e, const char *skeleton, size_t n) {
    struct gaz_beginning b = {GAZ_HASH_BEGIN, GAZ_HASH_BEGIN, 0, '\0'};
    learn_bones(e);
    e->n = n;
    e->letters = skeleton;
    e->head[0] = b;
    for (size_t i = 0; i < n; i++) {
        e->bone[i] = bone_of(e, skeleton[i]);
        add(&b, skeleton[i], e->bone[i]);
        e->head[i + 1] = b;
    }
}

uint64_t gaz_edited_key(const struct gaz_edited *e, size_t head, const char *between,
                        size_t n, size_t tail) {
    struct gaz_beginning b = e->head[head];
    for (size_t i = 0; i < n; i++) {
        add(&b, between[i], bone_of(e, between[i]));
    }
    for (size_t i = tail; i < e->n; i++) {
        add(&b, e->letters[i], e->bone[i]);
    }
    return gaz_sound_key_of(gaz_hash_end(b.letters), gaz_hash_end(b.bones), b.bone_n);
}

static uint64_t bit_of(const struct gaz_layer *layer, uint64_t key) {
    const struct gaz_bits *b = &layer->index[GAZ_BY_SKELETON];
    return gaz_skeleton_bit(gaz_stored_key(b, GAZ_BY_SKELETON, key),
                            layer->section[GAZ_S_SKELETONS].n);
}

void gaz_expect_sound(const struct gaz_layer *layer, uint64_t key) {
    __builtin_prefetch(layer->section[GAZ_S_SKELETONS].data + bit_of(layer, key) / 8);
}

bool gaz_may_have_sound(const struct gaz_layer *layer, uint64_t key) {
    uint64_t bit = bit_of(layer, key);
    return gaz_intact(layer, GAZ_S_SKELETONS, bit / 8, 1) &&
           (unsigned char)layer->section[GAZ_S_SKELETONS].data[bit / 8] >> bit % 8 & 1;
}
