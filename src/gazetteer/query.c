/* The question, prepared: its forms, the country that it must lie in. */
#include "gazetteer/find.h"
#include "base/utf8.h"
#include "text/text.h"

#include <string.h>

enum { NAME_BYTES = 4096, NAME_WORK = 1 << 26 };

static void add_reading(struct gaz_query *q, struct gaz_form *form, const char *name,
                        size_t n, unsigned reading) {
    gaz_skeleton_key(&q->key, name, n, reading);
    for (unsigned i = 0; i < form->readings; i++) {
        if (reading > IM_WESTERN && strcmp(form->key[i], q->key.data) == 0) {
            return; // says nothing new
        }
    }
    form->key[form->readings] = im_strndup(q->arena, q->key.data, q->key.len);
    im_sounds_to(&q->sounds, name, n, reading);
    form->reading[form->readings] = reading;
    form->sounds[form->readings++] =
        im_strndup(q->arena, q->sounds.data, q->sounds.len);
}

static void make_form(struct gaz_query *q, struct gaz_form *form, const char *name,
                      size_t n) {
    im_fold_to(&q->fold, name, n);
    form->fold = im_strndup(q->arena, q->fold.data, q->fold.len);
    form->written = im_strndup(q->arena, name, n);
    form->abjad = im_text_is_abjad(name, n);
}

void gaz_form_sounds(struct gaz_query *q, struct gaz_form *form) {
    const char *name = form->written;
    size_t n = strlen(name);
    if (form->readings > 0) {
        return;
    }
    unsigned readings = im_readings(name, n);
    for (unsigned i = 0; i < readings; i++) {
        add_reading(q, form, name, n, i);
    }
    for (unsigned i = IM_GERMAN; i <= IM_FRENCH && !form->abjad; i++) {
        if (im_reads_as(name, n, i)) {
            add_reading(q, form, name, n, i);
        }
    }
}

/* The part of the name that folds to the stem, with its accents; else the stem. */
static const char *as_written(struct gaz_query *q, const char *stem) {
    size_t n = strlen(q->name);
    for (size_t from = 0; n < 2 * GAZ_STEM_BYTES && from < n; from++) {
        if (from > 0 && q->name[from - 1] != ' ') {
            continue;
        }
        for (size_t end = from + 1; end <= n; end++) {
            if (end < n && q->name[end] != ' ') {
                continue;
            }
            im_fold_to(&q->fold, q->name + from, end - from);
            if (strcmp(q->fold.data, stem) == 0) {
                return im_strndup(q->arena, q->name + from, end - from);
            }
        }
    }
    return stem;
}

static void trim(struct gaz_query *q, const char *s) {
    size_t n = strlen(s);
    while (n > 0 && strchr(" \t\r\n", s[0])) {
        s++;
        n--;
    }
    while (n > 0 && strchr(" \t\r\n", s[n - 1])) {
        n--;
    }
    n = n > NAME_BYTES ? NAME_BYTES : n; // no place has such a name: it will be unknown
    q->name = im_strndup(q->arena, s, n);
}

void gaz_query_init(struct gaz_query *q, const struct im_gazetteer *gz,
                    struct im_arena *arena, const struct im_lookup *lookup) {
    struct gaz_generic generic;
    *q = (struct gaz_query){.gz = gz, .arena = arena, .lookup = lookup};
    q->kind = lookup->kind;
    im_buf_init(&q->fold, arena, NAME_WORK);
    im_buf_init(&q->key, arena, NAME_WORK);
    im_buf_init(&q->sounds, arena, NAME_WORK);
    for (int i = 0; i < 2 && lookup->country && strlen(lookup->country) == 2; i++) {
        char c = lookup->country[i];
        q->country[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    trim(q, lookup->name);
    q->is_ascii = true;
    for (const char *p = q->name; *p; p++) {
        q->is_ascii = q->is_ascii && (unsigned char)*p < 0x80;
    }
    make_form(q, &q->form[0], q->name, strlen(q->name));
    q->forms = 1;
    if (gaz_generic(q->form[0].fold, strlen(q->form[0].fold), &generic)) {
        for (size_t i = 0; i < generic.n; i++) {
            const char *stem =
                i == 0 ? as_written(q, generic.stem[0]) : generic.stem[i];
            make_form(q, &q->form[q->forms++], stem, strlen(stem));
        }
        q->kind = q->kind != IM_KIND_ANY ? q->kind : generic.kind;
        q->feature = generic.feature;
    }
}

bool gaz_is_damaged_text(const char *name) {
    for (size_t i = 0, n = strlen(name), used; i < n; i += used) {
        uint32_t cp = im_utf8_next(name + i, n - i, &used);
        if (cp == 0xFFFD || cp < ' ') {
            return true;
        }
    }
    return false;
}
