/* JSON text out. */
#include "formats/json.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void text_is_safe(void **state) {
    (void)state;
    struct im_arena *arena = im_arena_new(100000);
    struct im_buf b;
    im_buf_init(&b, arena, 10000);
    bool first = true;
    im_buf_char(&b, '{');
    im_json_key(&b, &first, "a\"b");
    im_json_string(&b,
                   "x\\\n\t\x01\x7F\xC9\x99\xFF\xE2\x80\xAE\xF3\xA0\x80\x81</script>");
    im_json_key(&b, &first, "n");
    im_json_number(&b, 1.25, 1);
    im_json_key(&b, &first, "none");
    im_json_number(&b, (double)NAN, 1);
    im_buf_char(&b, '}');
    assert_string_equal(b.data,
                        "{\"a\\\"b\":\"x\\\\\\n\\t\\u0001\\u007f\xC9\x99\\ufffd\\u202e"
                        "\\udb40\\udc01</script>\",\"n\":1.2,\"none\":null}");
    im_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(text_is_safe)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
