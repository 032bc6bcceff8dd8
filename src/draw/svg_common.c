/* What most runs of a layer have in common: written once, by a group around them. */
#include "draw/svg.h"
#include <string.h>

enum { MOST = 96 }; /* attributes that are told apart; later ones stay where they are */

struct attribute {
    const char *text; /* with its leading blank: ` name="value"` */
    size_t name, n;   /* bytes of ` name=`, of all */
};
struct counted {
    struct attribute a;
    size_t times;
};
struct table {
    struct counted v[MOST];
    size_t n;
};

/* The attribute at *at, which goes on to the next; false at the end. */
static bool next(const char **at, struct attribute *a) {
    const char *equals = strchr(*at, '=');
    if (equals == NULL) {
        return false;
    }
    const char *end = strchr(equals + 2, '"');
    *a = (struct attribute){*at, (size_t)(equals + 1 - *at), (size_t)(end + 1 - *at)};
    *at = end + 1;
    return true;
}

static bool begins(const struct attribute *a, const char *name) {
    return strncmp(a->text + 1, name, strlen(name)) == 0;
}

static bool has(const char *look, const char *text, size_t n) {
    size_t length = strlen(look);
    for (const char *p = look; p != NULL && n <= length - (size_t)(p - look);) {
        if (memcmp(p, text, n) == 0) {
            return true;
        }
        p = strchr(p + 1, ' ');
    }
    return false;
}

static void count(struct table *t, const char *look, size_t times) {
    struct attribute a;
    while (next(&look, &a)) {
        size_t i = 0;
        while (i < t->n &&
               (t->v[i].a.n != a.n || memcmp(t->v[i].a.text, a.text, a.n) != 0)) {
            i++;
        }
        if (i < MOST) {
            t->v[i].a = a;
            t->v[i].times += times;
            t->n += i == t->n;
        }
    }
}

/* Would an element that says nothing of the attribute look otherwise below a group that
 * does? */
static bool minds(const struct im_svg_element *e, const struct attribute *a) {
    bool text = e->item.kind == IM_ITEM_TEXT || e->item.kind == IM_ITEM_LINE_TEXT;
    if (has(e->rest, a->text, a->name) || begins(a, "fill=")) {
        return false;
    }
    if (begins(a, "stroke-") || begins(a, "paint-order")) {
        return has(e->rest, " stroke=", 8);
    }
    if (begins(a, "fill-rule") || begins(a, "font-")) {
        return text;
    }
    return true;
}

/* Bytes that the attribute saves in a group, 0: none, or a picture that changes. */
static size_t saves(const struct table *t, size_t i, const struct im_svg_runs *runs) {
    const struct counted *c = &t->v[i];
    for (size_t k = 0; k < t->n; k++) { // of several values the most frequent one
        const struct counted *other = &t->v[k];
        if (other->a.name == c->a.name &&
            memcmp(other->a.text, c->a.text, c->a.name) == 0 &&
            (other->times > c->times || (other->times == c->times && k < i))) {
            return 0;
        }
    }
    for (size_t k = 0; c->times > 1 && k < runs->n; k++) {
        if (minds(runs->v[k].first, &c->a)) {
            return 0;
        }
    }
    return (c->times - 1) * c->a.n;
}

const char *im_svg_common(struct im_arena *arena, const struct im_svg_runs *runs) {
    static const size_t group = sizeof "<g>\n</g>\n";
    struct table t = {0};
    struct im_buf b;
    size_t saved = 0;
    for (size_t i = 0; i < runs->n; i++) {
        const struct im_svg_run *run = &runs->v[i];
        count(&t, run->one_fill ? run->first->fill : "", 1);
        count(&t, run->first->rest, 1);
    }
    im_buf_init(&b, arena, 4096);
    for (size_t i = 0; i < t.n; i++) {
        size_t less = saves(&t, i, runs);
        saved += less;
        if (less > 0) {
            im_buf_add(&b, t.v[i].a.text, t.v[i].a.n);
        }
    }
    return saved > group ? b.data : "";
}

const char *im_svg_without(struct im_arena *arena, const char *look,
                           const char *common) {
    struct im_buf b;
    struct attribute a;
    if (common[0] == '\0') {
        return look;
    }
    im_buf_init(&b, arena, 4096);
    while (next(&look, &a)) {
        if (!has(common, a.text, a.n)) {
            im_buf_add(&b, a.text, a.n);
        }
    }
    return b.data;
}
