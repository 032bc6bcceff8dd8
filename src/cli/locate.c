/*
 * locate: one answer a name; exit 5 when any is not sure. Names of a stream are
 * answered as they come, by several processes when many come at once; the answers
 * stand in the order of the names, whoever gave them.
 */
#include "cli/ask.h"
#include <string.h>
#include <unistd.h>

/* Pieces worth a process of their own, bytes. */
enum { SHARED = 2048, MOST_WORKERS = 256, PROPOSAL_BYTES = 1 << 29 };

struct locating {
    struct im_arena *arena;
    const struct cli_line *line;
    struct cli_asker asker;
    size_t workers; /* processes wanted; 1 = none but this */
    struct cli_pool *pool;
    bool started; /* something was answered here, as workers are to go on from */
    struct im_buf proposals;
    const char *pins; /* file for them, or NULL */
};

static bool parse_format(const char *text, enum incmap_format *out) {
    static const char *const known[] = {"table", "tsv", "json"};
    for (size_t i = 0; text != NULL && i < 3; i++) {
        if (strcmp(text, known[i]) == 0) {
            *out = (enum incmap_format)i;
            return true;
        }
    }
    if (text == NULL) {
        *out = INCMAP_TABLE;
        return true;
    }
    cli_usage("unknown format", text, "table, tsv or json");
    return false;
}

/* Write answers; what was answered before a failure is written too. */
static enum incmap_status write_answers(struct locating *l, enum incmap_status s,
                                        const struct cli_answers *a) {
    im_buf_add(&l->proposals, a->proposals, l->pins ? a->proposals_n : 0);
    enum incmap_status written =
        a->n > 0 ? (enum incmap_status)cli_print(a->text, a->n) : INCMAP_OK;
    enum incmap_status told = cli_asker_tell(&l->asker);
    return s != INCMAP_OK ? s : written != INCMAP_OK ? written : told;
}

static enum incmap_status answer_here(struct locating *l, struct im_bytes lines,
                                      struct incmap_error *err) {
    struct cli_answers a;
    enum incmap_status s = cli_answer(&l->asker, lines, &a, err);
    l->started = true;
    return write_answers(l, s, &a);
}

static enum incmap_status take_one(struct locating *l, struct incmap_error *err) {
    struct cli_answers a;
    enum incmap_status s = cli_pool_take(l->pool, &a, err);
    return write_answers(l, s, &a);
}

static enum incmap_status take_all(struct locating *l, struct incmap_error *err) {
    enum incmap_status s = INCMAP_OK;
    while (s == INCMAP_OK && cli_pool_busy(l->pool)) {
        s = take_one(l, err);
    }
    return s;
}

/* Lines for a worker; the first ones are answered here, with the heading and what the
 * hints have to say. */
static enum incmap_status share(struct locating *l, struct im_bytes lines,
                                struct incmap_error *err) {
    enum incmap_status s = INCMAP_OK;
    if (!l->started) {
        const char *end = memchr(lines.data, '\n', lines.n);
        size_t first = end ? (size_t)(end - lines.data) + 1 : lines.n;
        s = answer_here(l, (struct im_bytes){lines.data, first}, err);
        lines = (struct im_bytes){lines.data + first, lines.n - first};
    }
    if (l->pool == NULL) {
        l->pool = cli_pool_new(l->arena, &l->asker, l->workers);
        l->workers = l->pool ? l->workers : 1;
    }
    if (s == INCMAP_OK && l->pool == NULL) {
        return answer_here(l, lines, err);
    }
    if (s == INCMAP_OK && cli_pool_full(l->pool)) {
        s = take_one(l, err);
    }
    return s == INCMAP_OK ? cli_pool_give(l->pool, lines, err) : s;
}

/* Few lines come from a person or another program that waits for the answers. */
static enum incmap_status answer_lines(struct locating *l, struct im_bytes lines,
                                       struct incmap_error *err) {
    if (l->workers > 1 && lines.n >= SHARED) {
        return share(l, lines, err);
    }
    enum incmap_status s = take_all(l, err);
    return s == INCMAP_OK ? answer_here(l, lines, err) : s;
}

/* A list that ends in ok may still hold guesses: how many of each there were. */
static void tell_tally(const struct cli_asker *a, const char *path) {
    const struct incmap_tally here = incmap_locator_tally(a->locator),
                              *there = &a->elsewhere;
    size_t alike = here.alike + there->alike;
    fprintf(stderr, "incmap: %s: note: %zu ok", path, here.ok + there->ok);
    if (alike > 0) {
        fprintf(stderr, " (%zu by sound or spelling)", alike);
    }
    fprintf(stderr, ", %zu ambiguous, %zu unknown\n", here.ambiguous + there->ambiguous,
            here.unknown + there->unknown);
}

static enum incmap_status answer_stream(struct locating *l, const char *path,
                                        struct incmap_error *err) {
    struct cli_names names;
    struct im_bytes lines = {NULL, 1};
    enum incmap_status s = cli_names_open(&names, l->arena, path, err);
    if (s != INCMAP_OK) {
        return s;
    }
    names.quiet = l->asker.quiet;
    l->asker.query.table = names.fd > 0 ? path : NULL;
    while (s == INCMAP_OK && lines.n > 0) {
        if (cli_pool_busy(l->pool) && !cli_names_ready(&names)) {
            s = take_all(l, err);
        }
        if (s == INCMAP_OK) {
            s = cli_names_read(&names, &lines, err);
        }
        if (s == INCMAP_OK && lines.n > 0) {
            s = answer_lines(l, lines, err);
        }
    }
    if (s == INCMAP_OK) {
        s = take_all(l, err);
    }
    bool bad = names.bad > 0;
    cli_names_close(&names);
    if (s == INCMAP_OK && !l->asker.quiet) {
        tell_tally(&l->asker, path);
    }
    return s == INCMAP_OK && bad && l->asker.strict ? INCMAP_E_STRICT : s;
}

/* Names of the command line are not lines: they may hold anything. */
static enum incmap_status answer_words(struct locating *l, struct incmap_error *err) {
    struct cli_asker *a = &l->asker;
    enum incmap_status s = INCMAP_OK;
    for (size_t i = 0; s == INCMAP_OK && i < l->line->words; i++) {
        int found = 0;
        a->query.name = l->line->word[i];
        s = incmap_locate(a->locator, &a->query, a->format, &found, err);
        a->all_ok = a->all_ok && found;
    }
    l->started = l->line->words > 0;
    if (!l->started) {
        return s;
    }
    // what was answered before a failure is written; the failure is what is told
    enum incmap_status written =
        answer_here(l, (struct im_bytes){"", 0}, s == INCMAP_OK ? err : NULL);
    return s == INCMAP_OK ? written : s;
}

static enum incmap_status write_pins(struct locating *l, struct incmap_error *err) {
    size_t added;
    enum incmap_status s =
        incmap_pins_extend(l->pins, l->proposals.data, l->proposals.len, &added, err);
    if (s == INCMAP_OK && !l->asker.quiet) {
        fprintf(
            stderr, "incmap: %s: note: %zu name%s to settle%s\n", l->pins, added,
            added == 1 ? "" : "s",
            added
                ? " (the likeliest place of each holds, with a warning, until you keep "
                  "the line that is meant and sign it)"
            : l->proposals.len > 0
                ? " more: what is ambiguous stands there already (sign the line of "
                  "each that is meant)"
                : "");
    }
    return s;
}

static enum incmap_status answer_all(struct locating *l, struct incmap_error *err) {
    const char *file = cli_get(l->line, "file");
    enum incmap_status s = l->pins ? im_file_check_target(l->pins, err) : INCMAP_OK;
    if (s == INCMAP_OK) {
        s = cli_asker_open(&l->asker, l->arena, l->line, err);
    }
    l->asker.all_ok = true;
    l->asker.query.propose = l->pins != NULL;
    if (s == INCMAP_OK && !parse_format(cli_get(l->line, "format"), &l->asker.format)) {
        return INCMAP_E_USAGE;
    }
    if (s == INCMAP_OK) {
        s = answer_words(l, err);
    }
    if (s == INCMAP_OK && file != NULL) {
        s = answer_stream(l, file, err);
    }
    if (s == INCMAP_OK && l->pins != NULL) {
        s = write_pins(l, err);
    }
    return s != INCMAP_OK || l->asker.all_ok ? s : INCMAP_E_PLACE;
}

static size_t cores(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > MOST_WORKERS ? MOST_WORKERS : (size_t)n;
}

int cli_locate(struct im_arena *arena, const struct cli_line *line) {
    struct locating l = {
        .arena = arena, .line = line, .pins = cli_get(line, "write-pins")};
    struct incmap_error err = {.record = -1};
    im_buf_init(&l.proposals, arena, PROPOSAL_BYTES);
    if (!cli_count(line, "jobs", MOST_WORKERS, &l.workers)) {
        return INCMAP_E_USAGE;
    }
    l.workers = l.workers ? l.workers : cores();
    if (line->words == 0 && cli_get(line, "file") == NULL) {
        return cli_usage("no name given to", "locate",
                         "incmap locate Tovuz, or -f FILE");
    }
    for (size_t i = 0; i < line->words; i++) {
        if (cli_blank_name(line->word[i], "locate")) {
            return INCMAP_E_USAGE;
        }
    }
    enum incmap_status s = answer_all(&l, &err);
    if (err.message[0] != '\0') {
        cli_error(&err);
    }
    cli_pool_free(l.pool);
    cli_asker_close(&l.asker);
    return (int)s;
}
