#include "base/buf.h"
#include "base/num.h"
#include "project/crs.h"
#include <string.h>

static const struct {
    const char *id, *name;
} names[] = {
    {"aea", "Albers equal-area conic"},
    {"aeqd", "azimuthal equidistant"},
    {"bonne", "Bonne"},
    {"cass", "Cassini"},
    {"cea", "cylindrical equal-area"},
    {"eqc", "equirectangular"},
    {"eqdc", "equidistant conic"},
    {"eqearth", "Equal Earth"},
    {"gnom", "gnomonic"},
    {"goode", "Goode homolosine"},
    {"hammer", "Hammer"},
    {"igh", "interrupted Goode homolosine"},
    {"laea", "Lambert azimuthal equal-area"},
    {"lcc", "Lambert conformal conic"},
    {"longlat", "equirectangular"},
    {"merc", "Mercator"},
    {"mill", "Miller cylindrical"},
    {"moll", "Mollweide"},
    {"natearth", "Natural Earth"},
    {"natearth2", "Natural Earth II"},
    {"nsper", "near-sided perspective"},
    {"omerc", "oblique Mercator"},
    {"ortho", "orthographic"},
    {"patterson", "Patterson"},
    {"poly", "polyconic"},
    {"robin", "Robinson"},
    {"sinu", "sinusoidal"},
    {"somerc", "Swiss oblique Mercator"},
    {"stere", "stereographic"},
    {"sterea", "oblique stereographic"},
    {"tmerc", "transverse Mercator"},
    {"utm", "UTM"},
    {"webmerc", "Web Mercator"},
    {"wintri", "Winkel tripel"},
};

const char *im_projection_name(struct im_arena *arena, const char *id) {
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i].id, id) == 0) {
            return names[i].name;
        }
    }
    return im_strdup(arena, id);
}

size_t im_edits(const char *a, const char *b) {
    size_t row[34], n = strlen(b);
    if (n > 32 || strlen(a) > 32) {
        return 99;
    }
    for (size_t j = 0; j <= n; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t above = row[j], best = diagonal + (a[i - 1] != b[j - 1]);
            best = above + 1 < best ? above + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            diagonal = above;
            row[j] = best;
        }
    }
    return row[n];
}

const char *im_projection_nearest(const char *id) {
    const char *best = NULL;
    size_t least = strlen(id) < 4 ? 2 : 3;
    for (const PJ_OPERATIONS *op = proj_list_operations(); op && op->id; op++) {
        size_t d = im_edits(id, op->id);
        if (d < least) {
            least = d;
            best = op->id;
        }
    }
    return best;
}

static const char *find(const char *definition, const char *key, size_t *length) {
    size_t n = strlen(key);
    for (const char *s = definition; *s;) {
        s += strspn(s, " \t\r\n+");
        size_t word = strcspn(s, " \t\r\n");
        if (word > n && strncmp(s, key, n) == 0 && s[n] == '=') {
            *length = word - n - 1;
            return s + n + 1;
        }
        s += word;
    }
    *length = 0;
    return "";
}

double im_definition_number(const char *definition, const char *key, double otherwise) {
    size_t n;
    const char *s = find(definition, key, &n);
    double value;
    return n > 0 && im_num_parse(s, n, &value) ? value : otherwise;
}

const char *im_definition_text(struct im_arena *arena, const char *definition,
                               const char *key) {
    size_t n;
    const char *s = find(definition, key, &n);
    return im_strndup(arena, s, n);
}
