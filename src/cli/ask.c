/* What locate and explain have in common: places, pins and hints from the options. */
#include "cli/ask.h"
#include "base/num.h"
#include <string.h>

struct words {
    const char **v;
    size_t n, cap;
};

/* All values of a repeatable option. */
static struct words all_of(struct im_arena *arena, const struct cli_line *line,
                           const char *name) {
    struct words w = {NULL, 0, 0};
    for (size_t i = 0; i < line->n; i++) {
        if (strcmp(line->value[i].option->name, name) == 0) {
            IM_PUSH(arena, w.v, w.n, w.cap, line->value[i].text);
        }
    }
    return w;
}

bool cli_count(const struct cli_line *line, const char *option, long most,
               size_t *out) {
    const char *text = cli_get(line, option);
    int64_t v = 0;
    if (text != NULL && (!im_int_parse(text, strlen(text), &v) || v < 1 || v > most)) {
        fprintf(stderr, "incmap: error: --%s needs a number from 1 to %ld\n", option,
                most);
        return false;
    }
    *out = (size_t)v;
    return true;
}

static enum incmap_status open_places(struct cli_asker *a, struct im_arena *arena,
                                      const struct cli_line *line,
                                      struct incmap_error *err) {
    struct words files = all_of(arena, line, "gazetteer");
    const char *pins = cli_get(line, "pins");
    enum incmap_status s = cli_open_atlas(arena, line, NULL, &a->atlas, err);
    if (s == INCMAP_OK) {
        s = incmap_locator_new(a->atlas, files.v, files.n, &a->locator, err);
    }
    if (s == INCMAP_OK && pins != NULL) {
        s = incmap_locator_pin(a->locator, pins, err);
    }
    return s;
}

enum incmap_status cli_asker_tell(struct cli_asker *a) {
    size_t n = a->locator ? incmap_locator_finding_count(a->locator) : 0;
    bool warned = false;
    for (; a->told < n; a->told++) {
        struct incmap_finding f = incmap_locator_finding(a->locator, a->told);
        warned = warned || f.severity != INCMAP_NOTE;
        if (!a->quiet) {
            cli_finding(&f);
        }
    }
    return warned && a->strict ? INCMAP_E_STRICT : INCMAP_OK;
}

enum incmap_status cli_asker_open(struct cli_asker *a, struct im_arena *arena,
                                  const struct cli_line *line,
                                  struct incmap_error *err) {
    struct words context = all_of(arena, line, "context");
    *a = (struct cli_asker){.query = {.country = cli_get(line, "country"),
                                      .kind = cli_get(line, "kind"),
                                      .as_of = cli_get(line, "as-of"),
                                      .near = cli_get(line, "near"),
                                      .bbox = cli_get(line, "bbox"),
                                      .context = context.v,
                                      .context_count = context.n},
                            .quiet = cli_has(line, "quiet"),
                            .strict = cli_has(line, "strict")};
    if (!cli_count(line, "limit", 1000, &a->query.limit)) {
        return INCMAP_E_USAGE;
    }
    enum incmap_status s = open_places(a, arena, line, err);
    enum incmap_status told = cli_asker_tell(a);
    return s != INCMAP_OK ? s : told;
}

void cli_asker_close(struct cli_asker *a) {
    incmap_locator_free(a->locator);
    incmap_atlas_close(a->atlas);
}
