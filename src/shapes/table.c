/* Attributes: the .dbf through shapelib, its text by .cpg or language id. */
#include "base/buf.h"
#include "base/num.h"
#include "shapes/shapefile.h"
#include <string.h>

static void close_table(void *handle) {
    struct im_shapes *s = handle;
    if (s->dbf) {
        DBFClose(s->dbf);
    }
    if (s->has_decoder) {
        iconv_close(s->decoder);
    }
}

static void trouble(const struct im_shapes *s, const char *help, const char *what) {
    im_finding(s->options.findings, IM_F_SIDECAR, IM_FILE(s->path), help, "%s", what);
}

// The header as shapelib may believe it: sizes inside the file, rows that are there.
static const char *check_table(struct im_shapes *s) {
    const char *p = s->dbf_bytes.data;
    if (s->dbf_bytes.n < 33) {
        return "the .dbf is too short; there are no attributes";
    }
    uint32_t head = (uint32_t)(unsigned char)p[8] | (uint32_t)(unsigned char)p[9] << 8;
    uint32_t width = (uint32_t)(unsigned char)p[10] | (uint32_t)(unsigned char)p[11]
                                                          << 8;
    if (head < 33 || head > s->dbf_bytes.n || width < 1) {
        return "the .dbf's header is broken; there are no attributes";
    }
    size_t rows = (s->dbf_bytes.n - head) / width, said = im_read_le32(p + 4);
    s->rows = said < rows ? said : rows;
    char *copy = im_alloc(s->arena, head, 1);
    memcpy(copy, p, head);
    for (int k = 0; k < 4; k++) {
        copy[4 + k] = (char)(s->rows >> (8 * k) & 0xff);
    }
    s->dbf_file = (struct im_memfile){p, copy, s->dbf_bytes.n, head, 0};
    return NULL;
}

// Columns must lie inside the row.
static bool fields_fit(const struct im_shapes *s) {
    for (int k = 0; k < s->dbf->nFields; k++) {
        int end = s->dbf->panFieldOffset[k] + s->dbf->panFieldSize[k];
        if (s->dbf->panFieldSize[k] < 0 || end > s->dbf->nRecordLength) {
            return false;
        }
    }
    return s->dbf->nFields >= 0;
}

static void choose_encoding(struct im_shapes *s) {
    const char *path, *name = NULL;
    int id = (unsigned char)s->dbf_bytes.data[29];
    struct im_bytes cpg;
    bool said = im_shapes_sidecar(s, ".cpg", &path, &cpg, NULL) == INCMAP_OK && path &&
                cpg.n > 0;
    if (said) {
        name = im_encoding_of_cpg(s->arena, cpg.data, cpg.n);
    }
    if (!name) {
        name = im_encoding_of_ldid(id);
    }
    if (!name || (path && !said)) {
        trouble(s, "add a .cpg with the name of the encoding, e.g. UTF-8",
                said   ? "the .cpg names an unknown encoding"
                : path ? "the .cpg is empty"
                       : "there is no .cpg; text is read as UTF-8 or else as Latin-1");
    }
    if (name && *name) {
        s->decoder = iconv_open("UTF-8", name);
        s->has_decoder = s->decoder != (iconv_t)-1;
    }
}

void im_shapes_open_table(struct im_shapes *s) {
    const char *path;
    struct incmap_error err = {0};
    if (im_shapes_sidecar(s, ".dbf", &path, &s->dbf_bytes, &err) != INCMAP_OK) {
        trouble(s, "", im_strdup(s->arena, err.message));
        return;
    }
    if (!path) {
        trouble(s, "", "there is no .dbf; there are no attributes");
        return;
    }
    const char *why = check_table(s);
    if (why) {
        trouble(s, "", why);
        return;
    }
    SAHooks hooks;
    im_memory_hooks(&hooks);
    im_arena_defer(s->arena, close_table, s);
    im_memory_offer(&s->dbf_file, NULL);
    s->dbf = DBFOpenLL("x.dbf", "rb", &hooks);
    im_memory_offer(NULL, NULL);
    if (!s->dbf || !fields_fit(s)) {
        trouble(s, "", "the .dbf's columns are broken; there are no attributes");
        s->rows = 0;
        return;
    }
    if (s->rows != s->count) {
        trouble(s, "",
                im_format(s->arena, "the .dbf has %zu rows for %zu shapes", s->rows,
                          s->count));
    }
    choose_encoding(s);
}

// Bytes of row i < rows. Not by shapelib, which copies each row that it is asked for.
static const char *row_of(const struct im_shapes *s, size_t i) {
    return s->dbf_bytes.data + (size_t)s->dbf->nHeaderLength +
           i * (size_t)s->dbf->nRecordLength;
}

bool im_shapes_deleted(const struct im_shapes *s, size_t i) {
    if (i >= s->rows) {
        return false;
    }
    return row_of(s, i)[0] == '*';
}

void im_shapes_forget(const struct im_shapes *s) {
    im_file_forget(s->shp);
    im_file_forget(s->dbf_bytes);
}

/* ---- reading -------------------------------------------------------------- */

size_t im_shapes_field_count(const struct im_shapes *s) {
    return s->rows > 0 ? (size_t)s->dbf->nFields : 0;
}

const char *im_shapes_field_name(const struct im_shapes *s, size_t column) {
    char name[12] = "";
    if (column < im_shapes_field_count(s)) {
        DBFGetFieldInfo(s->dbf, (int)column, name, NULL, NULL);
    }
    return im_shapes_decode(s, s->arena, name, strlen(name));
}

int im_shapes_field(const struct im_shapes *s, const char *name) {
    return im_shapes_field_count(s) > 0 ? DBFGetFieldIndex(s->dbf, name) : -1;
}

// Trimmed bytes of a cell; false when there is none.
static bool cell(const struct im_shapes *s, size_t i, int column,
                 struct im_bytes *out) {
    if (i >= s->rows || column < 0 || column >= s->dbf->nFields) {
        return false;
    }
    const char *p = row_of(s, i) + s->dbf->panFieldOffset[column];
    size_t n = strnlen(p, (size_t)s->dbf->panFieldSize[column]);
    while (n > 0 && (p[n - 1] == ' ' || p[n - 1] == '\r' || p[n - 1] == '\n')) {
        n--;
    }
    while (n > 0 && *p == ' ') {
        p++;
        n--;
    }
    *out = (struct im_bytes){p, n};
    // Stars are what writers put for numbers that do not fit.
    return n > 0 && !(s->dbf->pachFieldType[column] != 'C' && *p == '*');
}

const char *im_shapes_text(const struct im_shapes *s, size_t i, int column,
                           struct im_arena *arena) {
    struct im_bytes b;
    return cell(s, i, column, &b) ? im_shapes_decode(s, arena, b.data, b.n) : "";
}

struct im_bytes im_shapes_raw(const struct im_shapes *s, size_t i, int column) {
    struct im_bytes b;
    return cell(s, i, column, &b) ? b : (struct im_bytes){NULL, 0};
}

// Most numbers are blanks, a sign, some digits, up to the end of the cell.
static bool plain_long(const char *p, const char *end, long *out) {
    long v = 0;
    while (p < end && *p == ' ') {
        p++;
    }
    bool minus = p < end && *p == '-';
    p += minus;
    const char *first = p;
    while (p < end && (unsigned char)(*p - '0') < 10) {
        v = 10 * v + (*p++ - '0');
    }
    *out = minus ? -v : v;
    return p == end && p > first && p < first + 9;
}

long im_shapes_long(const struct im_shapes *s, size_t i, int column, long otherwise) {
    struct im_bytes b;
    long plain;
    if (i < s->rows && column >= 0 && column < s->dbf->nFields) {
        const char *p = row_of(s, i) + s->dbf->panFieldOffset[column];
        if (plain_long(p, p + s->dbf->panFieldSize[column], &plain)) {
            return plain;
        }
    }
    int64_t whole;
    double real;
    if (!cell(s, i, column, &b)) {
        return otherwise;
    }
    if (im_int_parse(b.data, b.n, &whole) && whole > -2000000000 &&
        whole < 2000000000) {
        return (long)whole;
    }
    if (im_num_parse(b.data, b.n, &real) && real > -2e9 && real < 2e9) {
        return (long)real;
    }
    return otherwise;
}
