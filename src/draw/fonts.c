/* The fonts of one figure: which it asks for, what its manifest says of them. */
#include "base/buf.h"
#include "base/utf8.h"
#include "draw/fonts.h"
#include <string.h>

/* Companion families, loaded when a text has characters of their ranges. */
static const struct companion {
    uint32_t first, last;
    const char *family, *stem;
} companions[IM_COMPANIONS] = {
    {0x0530, 0x058F, "Noto Sans Armenian", "NotoSansArmenian"},
    {0xFB13, 0xFB17, "Noto Sans Armenian", "NotoSansArmenian"},
    {0x10A0, 0x10FF, "Noto Sans Georgian", "NotoSansGeorgian"},
    {0x1C90, 0x1CBF, "Noto Sans Georgian", "NotoSansGeorgian"},
    {0x0600, 0x06FF, "Noto Sans Arabic", "NotoSansArabic"},
    {0x0750, 0x077F, "Noto Sans Arabic", "NotoSansArabic"},
    {0xFB50, 0xFEFC, "Noto Sans Arabic", "NotoSansArabic"},
    {0x0590, 0x05FF, "Noto Sans Hebrew", "NotoSansHebrew"},
    {0x0900, 0x097F, "Noto Sans Devanagari", "NotoSansDevanagari"},
    {0x0980, 0x09FF, "Noto Sans Bengali", "NotoSansBengali"},
    {0x0E00, 0x0E7F, "Noto Sans Thai", "NotoSansThai"},
    {0x1200, 0x137F, "Noto Sans Ethiopic", "NotoSansEthiopic"},
};

const char *im_companion_file(struct im_arena *arena, const char *dir, size_t i,
                              bool bold) {
    const char *name = im_format(arena, "%s%s", companions[i].stem,
                                 bold ? "-Bold.ttf" : "-Regular.ttf");
    return im_path_join(arena, dir, name);
}

const char *im_companion_families(struct im_arena *arena, unsigned which) {
    struct im_buf b;
    im_buf_init(&b, arena, 4096);
    im_buf_str(&b, "Noto Sans");
    for (size_t i = 0; i < IM_COMPANIONS; i++) {
        if ((which >> i & 1) &&
            (i == 0 || companions[i].family != companions[i - 1].family)) {
            im_buf_fmt(&b, ",%s", companions[i].family);
        }
    }
    return b.data;
}

static void list_file(struct im_fonts *f, const char *path) {
    if (path != NULL && im_file_exists(path)) {
        IM_PUSH(f->arena, f->files.v, f->files.n, f->files.cap, path);
    }
}

static void add_companion(struct im_fonts *f, size_t i) {
    for (size_t j = 0; j < IM_COMPANIONS; j++) {
        if (strcmp(companions[j].stem, companions[i].stem) == 0) {
            f->companions |= 1U << j;
        }
    }
    list_file(f, im_companion_file(f->arena, f->pool->dir, i, false));
    list_file(f, im_companion_file(f->arena, f->pool->dir, i, true));
    f->families = im_companion_families(f->arena, f->companions);
}

void im_fonts_require(struct im_fonts *f, int style, const char *text) {
    if (!f->used[style]) {
        f->used[style] = true;
        list_file(f, f->pool->file[style]);
    }
    size_t n = strlen(text), used;
    for (size_t at = 0; at < n; at += used) {
        if ((unsigned char)text[at] < 0xD4) { // all before U+0500
            used = 1;
            continue;
        }
        uint32_t cp = im_utf8_next(text + at, n - at, &used);
        for (size_t i = 0; i < IM_COMPANIONS; i++) {
            if (!(f->companions >> i & 1) && cp >= companions[i].first &&
                cp <= companions[i].last) {
                add_companion(f, i);
            }
        }
    }
}

struct im_fonts *im_fonts_open(struct im_arena *arena, struct im_font_pool *pool) {
    struct im_fonts *f = im_alloc(arena, 1, sizeof *f);
    f->arena = arena;
    f->pool = pool;
    f->families = im_companion_families(arena, 0);
    im_fonts_require(f, 0, "");
    return f;
}

const char *im_fonts_family(const struct im_fonts *fonts) {
    return fonts->families;
}

/*
 * What tells one release of a font file from another without reading all of it: the
 * checksum adjustment in its `head` table, which depends on every byte of the file
 * (OpenType 1.9, "head"), and the length.
 */
static const char *font_mark(struct im_fonts *f, const char *path) {
    struct im_bytes b = {NULL, 0};
    if (im_file_map(f->arena, path, INCMAP_E_GEODATA, &b, NULL) != INCMAP_OK ||
        b.n < 12) {
        return NULL;
    }
    const unsigned char *d = (const unsigned char *)b.data;
    size_t tables = (size_t)d[4] << 8 | d[5];
    for (size_t at = 12; at + 16 <= b.n && at < 12 + 16 * tables; at += 16) {
        size_t head = (size_t)d[at + 8] << 24 | (size_t)d[at + 9] << 16 |
                      (size_t)d[at + 10] << 8 | d[at + 11];
        if (memcmp(d + at, "head", 4) == 0 && head < b.n && b.n - head >= 12) {
            const unsigned char *sum = d + head + 8;
            return im_format(f->arena, "%02x%02x%02x%02x-%zu", sum[0], sum[1], sum[2],
                             sum[3], b.n);
        }
    }
    return im_format(f->arena, "%zu", b.n);
}

/* The same of a font that figures share, worked out once. */
static const char *kept_mark(struct im_fonts *f, const char *path) {
    struct im_font_pool *p = f->pool;
    for (size_t i = 0; i < p->marks.n; i++) {
        if (strcmp(p->marks.v[i].path, path) == 0) {
            return p->marks.v[i].mark;
        }
    }
    const char *mark = font_mark(f, path);
    if (mark != NULL) {
        struct im_font_mark kept = {im_strdup(p->arena, path),
                                    im_strdup(p->arena, mark)};
        IM_PUSH(p->arena, p->marks.v, p->marks.n, p->marks.cap, kept);
    }
    return mark;
}

bool im_fonts_tell(struct im_arena *arena, const char *dir, struct im_buf *out) {
    struct im_fonts f = {.arena = arena};
    dir = im_font_dir(dir);
    for (size_t i = 0; i < IM_STYLES + 2 * IM_COMPANIONS; i++) {
        size_t c = i < IM_STYLES ? 0 : (i - IM_STYLES) / 2;
        if (c > 0 && strcmp(companions[c].stem, companions[c - 1].stem) == 0) {
            continue;
        }
        const char *path = i < IM_STYLES ? im_style_file(arena, dir, i)
                                         : im_companion_file(arena, dir, c, i % 2 != 0);
        const char *mark = im_file_exists(path) ? font_mark(&f, path) : "";
        if (mark == NULL) {
            return false;
        }
        im_buf_fmt(out, "%s %s\n", im_path_name(path), mark);
    }
    return true;
}

const char *im_fonts_manifest(const struct im_fonts *fonts) {
    struct im_buf b;
    im_buf_init(&b, fonts->arena, (size_t)1 << 16);
    im_buf_char(&b, '{');
    for (size_t i = 0; i < fonts->files.n; i++) {
        const char *slash = strrchr(fonts->files.v[i], '/');
        const char *mark = kept_mark((struct im_fonts *)fonts, fonts->files.v[i]);
        if (mark == NULL) {
            return NULL;
        }
        im_buf_fmt(&b, "%s\"%s\":\"%s\"", i ? "," : "",
                   slash ? slash + 1 : fonts->files.v[i], mark);
    }
    im_buf_char(&b, '}');
    return b.data;
}
