/* The short account of a figure: what it says, and how it is read back from files. */
#include "encode/encode.h"
#include "help/arena.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A summary that has all that JSON, XML and PDF escape, and brackets within texts. */
static const char *summary(void) {
    static const char title[] = "<\"}\" & 'B'> (C) \\ } ] {";
    static const struct im_input input[] = {{"map", "m.yaml", "0"},
                                            {"incidents", "m.yaml", "0"}};
    struct im_claim *claims = im_alloc(arena, 60, sizeof *claims);
    for (size_t i = 0; i < 60; i++) { // each source twice, one in three empty
        const char *s = im_format(arena, "source %zu", i / 2);
        claims[i] = (struct im_claim){.source = i % 3 == 0 ? "" : s};
    }
    struct im_event event[2] = {{.claims = claims, .claim_count = 60}, {.id = ""}};
    event[1].position.kind = IM_POINT;
    struct im_events events = {event, 2, 2};
    struct im_findings none;
    struct im_spec spec = {.title = title, .width_px = 1600, .height_px = 900};
    im_findings_init(&none, arena);
    struct im_manifest m = {.digest = "d1-g1",
                            .spec = &spec,
                            .events = &events,
                            .findings = &none,
                            .inputs = input,
                            .input_count = 2,
                            .description = "Map"};
    return im_summary_json(arena, &m);
}

static void holds(const char *text, const char *what) {
    if (strstr(text, what) == NULL) {
        fail_msg("no %s in %s", what, text);
    }
}

static size_t count(const char *text, const char *what) {
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, what)) != NULL; p++) {
        n++;
    }
    return n;
}

static void what_it_says(void **state) {
    (void)state;
    const char *text = summary();
    assert_memory_equal(text, "{\"digest\":\"d1-g1\"", 16);
    holds(text, "\"incidents\":2,\"placed\":1,");
    holds(text, "\"width\":1600,\"height\":900,");
    holds(text, "\"alt\":\"Map\"");
    holds(text, "\"files\":[\"m.yaml\"]");
    assert_int_equal(count(text, "\"source "), 30); // once each, and no empty one
    assert_int_equal(count(text, "\"\""), 0);
}

static void sources_are_limited(void **state) {
    (void)state;
    struct im_claim claims[100];
    for (size_t i = 0; i < 100; i++) {
        claims[i] = (struct im_claim){.source = im_format(arena, "s%zu", i)};
    }
    struct im_event event = {.claims = claims, .claim_count = 100};
    struct im_events events = {&event, 1, 1};
    struct im_findings none;
    struct im_spec spec = {.title = ""};
    im_findings_init(&none, arena);
    struct im_manifest m = {.spec = &spec, .events = &events, .findings = &none};
    assert_int_equal(count(im_summary_json(arena, &m), "\"s"), 40 + 1); // and the key
}

/* ---- files ---------------------------------------------------------------- */

static void chunk(struct im_buf *b, const char *type, const char *data, size_t n) {
    const char length[4] = {(char)(n >> 24), (char)(n >> 16), (char)(n >> 8), (char)n};
    im_buf_add(b, length, 4);
    im_buf_add(b, type, 4);
    im_buf_add(b, data, n);
    im_buf_add(b, strcmp(type, "IEND") == 0 ? "\xAE\x42\x60\x82" : "crc.", 4);
}

static struct im_buf begun(const char *head, size_t n) {
    struct im_buf b;
    im_buf_init(&b, arena, 1 << 20);
    im_buf_add(&b, head, n);
    return b;
}

/* The summary's chunk before the pixels or behind them. */
static struct im_buf png(const char *text, bool behind) {
    static const char keyword[] = "incmap-summary\0\0\0\0";
    struct im_buf b = begun("\x89PNG\r\n\x1a\n", 8), data;
    im_buf_init(&data, arena, 1 << 20);
    im_buf_add(&data, keyword, sizeof keyword);
    im_buf_str(&data, text);
    chunk(&b, "IHDR", "0123456789abc", 13);
    chunk(&b, "iTXt", "incmap-manifest\0\0\0\0\0{\"digest\":\"no\"}", 35);
    for (int i = 0; i < 2; i++) {
        if (i == (behind ? 1 : 0)) {
            chunk(&b, "iTXt", data.data, data.len);
        }
        chunk(&b, i == 0 ? "IDAT" : "tEXt", "pixels", 6);
    }
    chunk(&b, "IEND", "", 0);
    return b;
}

static struct im_buf svg(const char *text) {
    struct im_buf b = begun("<svg><metadata id=\"incmap-summary\">", 35);
    for (; *text != '\0'; text++) {
        const char *entity = *text == '<'    ? "&lt;"
                             : *text == '>'  ? "&gt;"
                             : *text == '&'  ? "&amp;"
                             : *text == '"'  ? "&quot;"
                             : *text == '\'' ? "&#39;"
                                             : NULL;
        if (entity != NULL) {
            im_buf_str(&b, entity);
        } else {
            im_buf_char(&b, *text);
        }
    }
    im_buf_str(&b, "</metadata></svg>\n");
    return b;
}

static struct im_buf pdf(const char *text, bool hex) {
    struct im_buf b = begun("%PDF-1.7 /Keywords (of a page) ", 31);
    im_buf_str(&b, hex ? "/Keywords <FEFF" : "/Keywords (");
    for (; *text != '\0'; text++) {
        if (hex) {
            im_buf_fmt(&b, "%04x", (unsigned char)*text);
        } else {
            im_buf_str(&b, strchr("()\\", *text) != NULL ? "\\" : "");
            im_buf_char(&b, *text);
        }
    }
    im_buf_str(&b, hex ? ">\n%%EOF\n" : ")\n%%EOF\n");
    return b;
}

static const char *read_back(const struct im_buf *b, size_t n) {
    // a copy of just that length: reading on is seen by the sanitizer
    return im_summary_read(arena, (struct im_bytes){im_strndup(arena, b->data, n), n});
}

static void read_back_whole(void **state) {
    (void)state;
    const char *text = summary();
    struct im_buf files[] = {png(text, false), svg(text), pdf(text, false),
                             pdf(text, true)};
    for (size_t i = 0; i < 4; i++) {
        const char *got = read_back(&files[i], files[i].len);
        assert_non_null(got);
        assert_string_equal(got, text);
        for (size_t n = 0; n < files[i].len; n++) {
            assert_null(read_back(&files[i], n)); // cut short
        }
    }
}

static void what_is_none(void **state) {
    (void)state;
    const char *text = summary();
    struct im_buf behind = png(text, true), other = png("{\"other\":1}", false);
    assert_null(read_back(&behind, behind.len)); // only as much is read as it takes
    assert_null(read_back(&other, other.len));
    struct im_buf half = svg("{\"digest\":\"a\",\"title\":\"}\"");
    assert_null(read_back(&half, half.len)); // an object without its end
    struct im_buf page = begun("%PDF-1.7 without them %%EOF\n", 28);
    assert_null(read_back(&page, page.len));
    struct im_buf odd = pdf("{\"digest\":\"a\xE9z\"}", true);
    assert_string_equal(read_back(&odd, odd.len), "{\"digest\":\"a z\"}");
}

/* Chunks that say they are longer than the file: nothing beyond its end is read. */
static void lengths_that_lie(void **state) {
    (void)state;
    struct im_buf b = png(summary(), false);
    static const size_t chunks[] = {8, 8 + 25, 8 + 25 + 47}; // the last has the summary
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < 4; k++) {
            char was = b.data[chunks[i] + k];
            b.data[chunks[i] + k] = (char)0xFF;
            assert_null(read_back(&b, b.len));
            b.data[chunks[i] + k] = was;
        }
    }
    assert_non_null(read_back(&b, b.len));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_says),     cmocka_unit_test(sources_are_limited),
        cmocka_unit_test(read_back_whole),  cmocka_unit_test(what_is_none),
        cmocka_unit_test(lengths_that_lie),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
