/*
 * Short ways that must agree with long ones: keys of edited skeletons, the table of
 * bits that tells which there are, and what a sketch of six letters tells of edits.
 */
#include "world.h"

#include "gazetteer/edits.h"
#include "gazetteer/halves.h"
#include "gazetteer/inside.h"
#include "help/data.h"
#include "text/text.h"

enum { LONGEST = 12, TRIES = 300000 };

static uint64_t state;

static unsigned below(unsigned n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % n;
}

static void random_word(char *s, size_t n, const char *letters) {
    for (size_t i = 0; i < n; i++) {
        s[i] = letters[below((unsigned)strlen(letters))];
    }
    s[n] = '\0';
}

static void edited_keys_are_those_of_the_text(void **unused) {
    (void)unused;
    static const char letters[] = "abcdefhiklmnoprstuvz";
    struct gaz_edited *e = im_alloc(arena, 1, sizeof *e);
    for (int i = 0; i < 20000; i++) {
        char s[GAZ_LONGEST_EDITED + 1], between[3], all[GAZ_LONGEST_EDITED + 3];
        size_t n = below(GAZ_LONGEST_EDITED + 1), head = below((unsigned)n + 1);
        size_t tail = head + below((unsigned)(n - head) + 1), more = below(3);
        random_word(s, n, letters);
        random_word(between, more, letters);
        snprintf(all, sizeof all, "%.*s%s%s", (int)head, s, between, s + tail);
        gaz_edited_init(e, s, n);
        assert_int_equal(gaz_edited_key(e, head, between, more, tail),
                         gaz_sound_key(all, strlen(all)));
    }
}

/* The table says yes of each key that the index has, and no of most others. */
static void bits_tell_which_keys_there_are(void **unused) {
    (void)unused;
    size_t told = 0, wrong = 0, few = 0;
    const struct gaz_layer *layer = data_gazetteer()->layers[0];
    for (int i = 0; i < TRIES; i++) {
        char s[LONGEST + 1];
        random_word(s, 1 + below(8), "abdikmnorstuvz");
        uint64_t key = gaz_sound_key(s, strlen(s));
        bool has = gaz_lookup_bits(layer, GAZ_BY_SKELETON, key, GAZ_KEY_BITS).n > 0;
        bool may = gaz_may_have_sound(layer, key);
        assert_true(may || !has);
        told += has;
        few += !has;
        wrong += may && !has;
    }
    assert_true(told > 0 && wrong < few / 4);
}

static struct gaz_sketched sketched(enum gaz_side side, const char *s, size_t known) {
    size_t n = strlen(s);
    uint64_t all = gaz_sketch_of(side, s, n);
    uint64_t kept = all & (((uint64_t)1 << GAZ_OUTER * GAZ_CLASS_BITS) - 1);
    return known == GAZ_OUTER
               ? (struct gaz_sketched){kept, (int)(n < known ? n : known), (int)n}
               : (struct gaz_sketched){all, GAZ_SKETCHED, (int)n};
}

static void edit(char *s) {
    size_t n = strlen(s), at = below((unsigned)n);
    switch (below(4)) {
    case 0:
        memmove(s + at, s + at + 1, n - at);
        break;
    case 1:
        memmove(s + at + 1, s + at, n - at + 1);
        s[at] = (char)('a' + below(26));
        break;
    case 2:
        s[at] = (char)('a' + below(26));
        break;
    default:
        if (at + 1 < n) {
            char c = s[at];
            s[at] = s[at + 1];
            s[at + 1] = c;
        }
    }
}

/* What so few edits make of a text is never told to be further; most others are. */
static void sketches_lose_nothing(void **unused) {
    (void)unused;
    size_t far = 0, told = 0, near = 0;
    for (int i = 0; i < TRIES; i++) {
        char a[LONGEST + 4], b[LONGEST + 4];
        enum gaz_side side = i % 2 ? GAZ_LEFT : GAZ_RIGHT;
        unsigned edits = below(3);
        random_word(a, 1 + below(LONGEST - 1), "abcdefghijklmnopqrstuvwxyz");
        memcpy(b, a, sizeof a);
        for (unsigned k = below(4); k > 0 && strlen(b) > 1; k--) {
            edit(b);
        }
        if (i % 4 == 0) {
            random_word(b, 1 + below(LONGEST - 1), "abcdefghijklmnopqrstuvwxyz");
        }
        struct gaz_sketched it = sketched(side, b, GAZ_OUTER),
                            mine = sketched(side, a, GAZ_SKETCHED);
        bool is_near = im_edit_distance(a, b, edits + 1) <= edits;
        bool may = gaz_may_become(it, mine, edits);
        bool apart = edits == 1 && gaz_is_apart(it.letters, mine.letters, it.known);
        if (is_near && (!may || apart)) {
            fail_msg("'%s' '%s' %u edits, side %d", a, b, edits, (int)side);
        }
        near += is_near;
        far += !is_near;
        told += !is_near && (!may || apart);
    }
    assert_true(near > TRIES / 10 && told > far / 10 * 9);
}

int main(void) {
#define T(f) cmocka_unit_test_setup_teardown(f, make_world, end_world)
    const struct CMUnitTest tests[] = {
        T(edited_keys_are_those_of_the_text),
        T(bits_tell_which_keys_there_are),
        T(sketches_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
