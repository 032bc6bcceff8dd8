/* Findings about sources, kept in the file that was made of them: one a line, code,
 * source line, column, record, file, message and help parted by tabs. */
#include "gazetteer/builder.h"

#include "base/num.h"
#include "gazetteer/told.h"
#include <string.h>

enum { FIELDS = 7, MOST = 1 << 24 };

static void put(struct im_buf *out, const char *s, char end) {
    for (; *s; s++) {
        im_buf_char(out, *s == '\t' || *s == '\n' ? ' ' : *s);
    }
    im_buf_char(out, end);
}

struct im_bytes gaz_findings_write(struct im_arena *arena,
                                   const struct im_findings *findings) {
    struct im_buf out;
    im_buf_init(&out, arena, MOST);
    for (size_t i = 0; findings && i < findings->n; i++) {
        const struct incmap_finding *f = &findings->items[i];
        im_buf_fmt(&out, "%s\t%u\t%u\t%ld\t", f->code, f->line, f->column, f->record);
        put(&out, f->file, '\t');
        put(&out, f->message, '\t');
        put(&out, f->help, '\n');
    }
    return (struct im_bytes){out.data, out.len};
}

static long number(struct im_bytes s) {
    int64_t v = 0;
    return im_int_parse(s.data, s.n, &v) && v >= -1 && v <= UINT32_MAX ? (long)v : 0;
}

static void tell(const struct im_bytes f[FIELDS], struct im_findings *out) {
    for (int code = 0; code < IM_F_COUNT; code++) {
        const char *text = im_code_text((enum im_code)code);
        if (strlen(text) == f[0].n && memcmp(text, f[0].data, f[0].n) == 0) {
            struct im_where where = {im_strndup(out->arena, f[4].data, f[4].n),
                                     (unsigned)number(f[1]), (unsigned)number(f[2]),
                                     number(f[3])};
            im_finding(out, (enum im_code)code, where,
                       im_strndup(out->arena, f[6].data, f[6].n), "%.*s", (int)f[5].n,
                       f[5].data);
        }
    }
}

void gaz_findings_tell(struct im_bytes section, struct im_findings *out) {
    const char *at = section.data, *end = section.data + section.n;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline ? newline : end;
        struct im_bytes f[FIELDS];
        size_t n = 0;
        for (; n < FIELDS && at <= stop; n++) {
            const char *tab = memchr(at, '\t', (size_t)(stop - at));
            f[n] = (struct im_bytes){at, (size_t)((tab ? tab : stop) - at)};
            at = tab ? tab + 1 : stop + 1;
        }
        if (n == FIELDS) {
            tell(f, out);
        }
        at = stop + 1;
    }
}
