#include "base/findings.h"
#include "base/buf.h"
#include "base/format.h"
#include "base/limits.h"
#include <stdbool.h>
#include <string.h>

enum { MORE_TEXT = 160, MESSAGE_TEXT = 480 };

/* How many findings of one code and file were made; beyond the ceiling they are only
 * counted, in the text of one "more" finding that is rewritten where it stands. */
struct im_tally {
    enum im_code code;
    const char *file;
    size_t count;
    char *text; /* of the "more" finding; NULL = none yet */
};

static const struct {
    const char *text;
    enum incmap_severity severity;
    const char *meaning;
} codes[] = {
#define X(name, text, severity, meaning) {text, INCMAP_##severity, meaning},
    IM_FINDING_CODES(X)
#undef X
};

void im_findings_init(struct im_findings *f, struct im_arena *arena) {
    *f = (struct im_findings){.arena = arena};
}

struct im_findings im_findings_copy(const struct im_findings *f) {
    struct im_findings copy = *f;
    copy.tally = im_alloc(f->arena, f->tally_cap + 1, sizeof *copy.tally);
    if (f->tally_n > 0) {
        memcpy(copy.tally, f->tally, f->tally_n * sizeof *copy.tally);
    }
    return copy;
}

static struct im_tally *tally_of(struct im_findings *f, enum im_code code,
                                 const char *file) {
    for (size_t i = f->tally_n; i-- > 0;) { // the file in hand is most likely the last
        struct im_tally *t = &f->tally[i];
        if (t->code == code && strcmp(t->file, file) == 0) {
            return t;
        }
    }
    struct im_tally fresh = {code, im_strdup(f->arena, file), 0, NULL};
    IM_PUSH(f->arena, f->tally, f->tally_n, f->tally_cap, fresh);
    return &f->tally[f->tally_n - 1];
}

static void write_more(char *text, const char *fmt, ...) IM_PRINTF(2, 3);
static void write_more(char *text, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    im_format_show(text, MORE_TEXT, fmt, ap);
    va_end(ap);
}

/* Make the text, which begins with the number before, begin with `number`; false when
 * it does not, or `number` has a digit more. */
static bool is_counted(char *text, size_t number) {
    size_t n = strspn(text, "0123456789"), before = 0;
    for (size_t i = 0; i < n; i++) {
        before = before * 10 + (size_t)(text[i] - '0');
    }
    if (before + 1 != number || strspn(text, "9") == n) {
        return false;
    }
    for (; text[n - 1] == '9'; n--) {
        text[n - 1] = '0';
    }
    text[n - 1]++;
    return true;
}

static void count_more(struct im_findings *f, struct im_tally *tally) {
    size_t number = tally->count - IM_MAX_FINDINGS_PER_FILE;
    if (tally->text != NULL && is_counted(tally->text, number)) {
        return; // bad rows may come by the million
    }
    if (tally->text == NULL) {
        tally->text = im_alloc(f->arena, MORE_TEXT, 1);
        struct incmap_finding more = {.code = codes[IM_F_MORE].text,
                                      .severity = codes[tally->code].severity,
                                      .file = tally->file,
                                      .record = -1,
                                      .message = tally->text,
                                      .help = ""};
        IM_PUSH(f->arena, f->items, f->n, f->cap, more);
    }
    write_more(tally->text, "%zu more '%s' not listed one by one", number,
               codes[tally->code].text);
}

void im_finding(struct im_findings *f, enum im_code code, struct im_where where,
                const char *help, const char *fmt, ...) {
    struct im_tally *tally = tally_of(f, code, where.file == NULL ? "" : where.file);
    if (++tally->count > IM_MAX_FINDINGS_PER_FILE) {
        count_more(f, tally);
        return;
    }
    char text[MESSAGE_TEXT];
    va_list ap;
    va_start(ap, fmt);
    im_format_show(text, sizeof text, fmt, ap);
    va_end(ap);
    struct incmap_finding item = {.code = codes[code].text,
                                  .severity = codes[code].severity,
                                  .file = tally->file,
                                  .line = where.line,
                                  .column = where.col,
                                  .record = where.record,
                                  .message = im_strdup(f->arena, text),
                                  .help = help == NULL ? "" : help};
    IM_PUSH(f->arena, f->items, f->n, f->cap, item);
}

const char *im_code_text(enum im_code code) {
    return codes[code].text;
}

const char *im_code_meaning(enum im_code code) {
    return codes[code].meaning;
}
