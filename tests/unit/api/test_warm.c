/* An atlas keeps what figures share: fonts, masks, lines, files. None of it may show: a
 * figure drawn after others has the bytes that it has when drawn first. */
#include "base/arena.h"
#include "base/digest.h"
#include "help/data.h"
#include "help/map.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct map maps[] = {
    {NULL, {"extent.bbox", "20,36,30,42", "title", "Aegean", "size", "800x600"}},
    {"/examples/tovuz-2020/map.yaml", {"size", "800x600"}},
    {"/examples/tovuz-2020/map.yaml", {"size", "800x600", "language", "hy"}},
    {"/examples/tovuz-2020/map.yaml",
     {"size", "640x480", "language", "ar", "theme", "report"}},
    {NULL, {"extent.around", "Suva", "extent.margin", "300 km", "size", "803x601"}},
    {NULL,
     {"extent.bbox", "29,42,42,48", "worldview", "de-facto", "language", "ru",
      "overlays", "pipelines", "title", "Чёрное море – Քարտեզ – რუკა"}},
    {NULL,
     {"extent.bbox", "-180,-90,180,90", "projection", "robinson", "theme", "dark"}},
    {NULL,
     {"extent.bbox", "44,40,47,42", "language", "ka", "overlays", "rivers", "size",
      "800x600"}},
    {NULL, {"extent.bbox", "20,36,30,42", "title", "Αιγαίο", "size", "801x600"}},
};
enum { MAPS = sizeof maps / sizeof *maps, FORMATS = 3 };
static const char *const formats[FORMATS] = {"png", "svg", "pdf"};

struct prints {
    char hex[FORMATS][65];
};

static struct prints draw(struct incmap_atlas *own, size_t i) {
    struct prints out;
    struct incmap_error err = {.record = -1};
    struct incmap_job *job = map_run(own, &maps[i], NULL, NULL);
    for (size_t f = 0; f < FORMATS; f++) {
        const void *bytes = NULL;
        size_t n = 0;
        if (incmap_job_encode(job, formats[f], &bytes, &n, &err) != INCMAP_OK) {
            fail_msg("%s", err.message);
        }
        im_sha256(bytes, n, out.hex[f]);
    }
    incmap_job_free(job);
    return out;
}

static struct incmap_atlas *fresh(void) {
    struct incmap_atlas *own = NULL;
    if (incmap_atlas_open(data_folder(), NULL, &own, NULL) != INCMAP_OK) {
        fail_msg("no atlas");
    }
    return own;
}

static void same(const struct prints *a, const struct prints *b, size_t i,
                 const char *when) {
    for (size_t f = 0; f < FORMATS; f++) {
        if (strcmp(a->hex[f], b->hex[f]) != 0) {
            fail_msg("map %zu, %s: other bytes %s", i, formats[f], when);
        }
    }
}

static void warm_is_cold(void **state) {
    (void)state;
    struct prints cold[MAPS];
    for (size_t i = 0; i < MAPS; i++) {
        struct incmap_atlas *own = fresh();
        cold[i] = draw(own, i);
        incmap_atlas_close(own);
    }
    struct incmap_atlas *own = fresh();
    for (size_t k = 0; k < 2 * MAPS; k++) { // there and back
        size_t i = k < MAPS ? k : 2 * MAPS - 1 - k;
        struct prints warm = draw(own, i);
        same(&cold[i], &warm, i, k < MAPS ? "after others" : "the second time");
    }
    incmap_atlas_close(own);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(warm_is_cold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
