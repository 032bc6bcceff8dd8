/* explain: how a name is resolved, step by step. */
#include "cli/ask.h"
#include <string.h>

static enum incmap_status explain(struct cli_asker *a, const struct cli_line *line,
                                  struct incmap_error *err) {
    enum incmap_status s = INCMAP_OK;
    bool first = true;
    a->all_ok = true;
    for (size_t i = 0; s == INCMAP_OK && i < line->n; i++) {
        int found = 0;
        size_t n = 0;
        if (strcmp(line->value[i].option->name, "name") != 0) {
            continue;
        }
        a->query.name = line->value[i].text;
        s = incmap_explain(a->locator, &a->query, &found, err);
        const char *text = incmap_locator_text(a->locator, &n);
        if (s == INCMAP_OK && (first || cli_print("\n", 1) == INCMAP_OK)) {
            s = (enum incmap_status)cli_print(text, n);
        }
        enum incmap_status told = cli_asker_tell(a);
        s = s == INCMAP_OK ? told : s;
        a->all_ok = a->all_ok && found;
        first = false;
    }
    return s != INCMAP_OK || a->all_ok ? s : INCMAP_E_PLACE;
}

int cli_explain(struct im_arena *arena, const struct cli_line *line) {
    struct cli_asker asker;
    struct incmap_error err = {.record = -1};
    if (line->words > 0) {
        return cli_usage("a name goes with --name, not alone:", line->word[0],
                         "incmap explain --name Tovuz");
    }
    if (!cli_has(line, "name")) {
        return cli_usage("no name given to", "explain", "incmap explain --name Tovuz");
    }
    for (size_t i = 0; i < line->n; i++) {
        if (strcmp(line->value[i].option->name, "name") == 0 &&
            cli_blank_name(line->value[i].text, "explain")) {
            return INCMAP_E_USAGE;
        }
    }
    enum incmap_status s = cli_asker_open(&asker, arena, line, &err);
    if (s == INCMAP_OK) {
        s = explain(&asker, line, &err);
    }
    if (err.message[0] != '\0') {
        cli_error(&err);
    }
    cli_asker_close(&asker);
    return (int)s;
}
