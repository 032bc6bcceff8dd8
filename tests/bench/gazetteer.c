/*
 * Look-ups in a compiled gazetteer against SQLite on the same rows, in one run:
 * gazetteer FILE.gaz FILE.db [QUERIES]. Names are those of rows drawn at random; they are
 * asked as written, in capitals without accents (folded), by their sounds, and with one
 * or two slips. What is timed: ours, from the name as typed to the place read whole; of
 * SQLite, from the folded name to the row.
 */
#include "gazetteer/find.h"
#include "gazetteer/inside.h"
#include "base/limits.h"
#include "text/text.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MOST = 20000 };

static struct im_arena *arena, *pool;
static struct gaz_layer layer;
static double took[MOST];
static uint64_t state = 1;

static uint64_t next(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_time(const void *a, const void *b) {
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static double report(const char *what, size_t n, size_t found) {
    qsort(took, n, sizeof *took, by_time);
    printf("%-44s %9.1f %9.1f %9.1f   %5.1f %%\n", what, took[n / 2], took[n * 9 / 10], took[n * 99 / 100], 100.0 * (double)found / (double)n);
    return took[n / 2];
}

/* Memory of one look-up. */
static void fresh(void) {
    im_arena_free(pool);
    pool = im_arena_new(IM_MAX_JOB_BYTES);
    im_alloc(pool, 1, 1); // its memory is there, as in a process that goes on
}

/* Has the record a name that folds (or sounds) so? Then its place. */
static const struct im_place *take(size_t record, const char *key, int sounds, struct im_buf *buf) {
    struct gaz_fields f;
    if (!gaz_read(&layer, record, pool, &f)) {
        return NULL;
    }
    const char *at = f.at[GAZ_NAMES], *end = at + f.n[GAZ_NAMES];
    struct gaz_alias a = {.text = f.at[GAZ_NAME], .text_n = f.n[GAZ_NAME]};
    do {
        for (unsigned i = 0; i < (sounds ? im_readings(a.text, a.text_n) : 1); i++) {
            if (sounds) {
                gaz_skeleton_key(buf, a.text, a.text_n, i);
            } else {
                im_fold_to(buf, a.text, a.text_n);
            }
            if (strcmp(buf->data, key) == 0) {
                return gaz_place(&layer, record, pool);
            }
        }
    } while (gaz_alias_next(&at, end, &a));
    return NULL;
}

/* The most important of the places of that key. */
static const struct im_place *best_of(enum gaz_by by, const char *key, int sounds) {
    struct gaz_entries e = gaz_lookup(&layer, by, key, strlen(key));
    const struct im_place *p = NULL;
    struct im_buf buf;
    im_buf_init(&buf, pool, 1 << 20);
    for (size_t i = 0; !p && i < e.n; i++) {
        p = take(gaz_entry(&e, i), key, sounds, &buf);
    }
    return p;
}

static size_t run_fold(char **names, size_t n) {
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        fresh();
        double t = now();
        const char *fold = im_fold(pool, names[i], strlen(names[i]));
        found += best_of(GAZ_BY_FOLD, fold, 0) != NULL;
        took[i] = now() - t;
    }
    return found;
}

static size_t run_sounds(char **names, size_t n) {
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        struct im_buf key;
        const struct im_place *p = NULL;
        fresh();
        double t = now();
        im_buf_init(&key, pool, 1 << 20);
        for (unsigned r = 0; !p && r < im_readings(names[i], strlen(names[i])); r++) {
            gaz_skeleton_key(&key, names[i], strlen(names[i]), r);
            p = best_of(GAZ_BY_SKELETON, key.data, 1);
        }
        found += p != NULL;
        took[i] = now() - t;
    }
    return found;
}

static size_t run_near(char **names, size_t n, unsigned most) {
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        struct gaz_runs near = {NULL, 0, 0};
        fresh();
        double t = now();
        gaz_near(&layer, pool, im_fold(pool, names[i], strlen(names[i])), most, &near);
        found += near.n > 0 && gaz_place(&layer, gaz_entry(&near.v[0], 0), pool) != NULL;
        took[i] = now() - t;
    }
    return found;
}

static size_t run_find(char **names, size_t n) {
    const struct gaz_layer *layers[] = {&layer};
    struct im_gazetteer gz = {arena, layers, 1, ""};
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        struct im_lookup l = {.name = names[i], .country = "", .admin1 = ""};
        fresh();
        double t = now();
        struct im_answer_set a = im_gazetteer_find(&gz, pool, &l);
        found += a.n > 0;
        took[i] = now() - t;
    }
    return found;
}

/* SQLite: the same names folded. */
static size_t run_sql(sqlite3 *db, const char *sql, char **names, size_t n, int trigram) {
    sqlite3_stmt *s;
    size_t found = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s\n", sqlite3_errmsg(db));
        exit(1);
    }
    for (size_t i = 0; i < n; i++) {
        char match[2048] = "";
        fresh();
        const char *key = im_fold(pool, names[i], strlen(names[i]));
        double t = now();
        if (trigram) {
            size_t bytes = strlen(key), at = 0;
            for (size_t k = 0; k < bytes && at + 32 < sizeof match;) {
                size_t end = k, letters = 0;
                for (; end < bytes && letters < 3; letters++) {
                    for (end++; end < bytes && ((unsigned char)key[end] & 0xC0) == 0x80; end++) {
                    }
                }
                if (letters < 3) {
                    break;
                }
                at += (size_t)snprintf(match + at, sizeof match - at, "%s\"%.*s\"", at ? " OR " : "", (int)(end - k), key + k);
                for (k++; k < bytes && ((unsigned char)key[k] & 0xC0) == 0x80; k++) {
                }
            }
            key = match;
        }
        sqlite3_bind_text(s, 1, key, -1, SQLITE_STATIC);
        int rows = 0;
        while (sqlite3_step(s) == SQLITE_ROW) {
            rows += sqlite3_column_bytes(s, 1) > 0;
        }
        found += rows > 0;
        sqlite3_reset(s);
        took[i] = now() - t;
    }
    sqlite3_finalize(s);
    return found;
}

/* Slips: letters exchanged, left out, doubled, transposed; between ASCII letters. */
static char *slipped(const char *name, unsigned slips) {
    char *s = malloc(strlen(name) + slips + 1);
    strcpy(s, name);
    for (unsigned k = 0; k < slips; k++) {
        size_t n = strlen(s), at = 0;
        for (int tries = 0; tries < 50; tries++) {
            at = 1 + next() % (n > 2 ? n - 2 : 1);
            if ((unsigned char)s[at] < 0x80 && (unsigned char)s[at + 1] < 0x80 && s[at] != ' ' && s[at + 1] != ' ' && s[at + 1]) {
                break;
            }
        }
        if ((unsigned char)s[at] >= 0x80 || (unsigned char)s[at + 1] >= 0x80) {
            return s;
        }
        switch (next() % 4) {
        case 0:
            s[at] = (char)('a' + next() % 26);
            break;
        case 1:
            memmove(s + at, s + at + 1, n - at);
            break;
        case 2:
            memmove(s + at + 1, s + at, n - at + 1);
            break;
        default: {
            char c = s[at];
            s[at] = s[at + 1];
            s[at + 1] = c;
        }
        }
    }
    return s;
}

static char *capitals(const char *name) {
    char *s = strdup(name);
    for (char *p = s; *p; p++) {
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
    }
    return s;
}

static double median(double *v, size_t n) {
    qsort(v, n, sizeof *v, by_time);
    return v[n / 2];
}

int main(int argc, char **argv) {
    static char *exact[MOST], *folded[MOST], *one[MOST], *two[MOST];
    size_t n = argc > 3 ? strtoul(argv[3], NULL, 10) : 2000;
    struct im_map_options options = {INCMAP_E_INPUT, (size_t)1 << 36};
    struct incmap_error err = {.status = INCMAP_OK};
    struct im_bytes file;
    double opening[101];
    arena = im_arena_new(IM_MAX_JOB_BYTES);
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc < 3 || n > MOST) {
        return 2;
    }
    for (int i = 0; i < 101; i++) {
        struct im_arena *a = im_arena_new(IM_MAX_JOB_BYTES);
        double t = now();
        if (im_file_map_as(a, argv[1], options, &file, &err) != INCMAP_OK || gaz_layer_open(file, &layer)) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
        opening[i] = now() - t;
        im_arena_free(a);
    }
    if (im_file_map_as(arena, argv[1], options, &file, &err) != INCMAP_OK || gaz_layer_open(file, &layer)) {
        return 1;
    }
    for (size_t i = 0; i < n;) {
        fresh();
        const struct im_place *p = gaz_place(&layer, next() % layer.record_count, pool);
        if (!p || strlen(p->name) < 8) {
            continue;
        }
        exact[i] = strdup(p->name);
        folded[i] = capitals(p->name);
        one[i] = slipped(p->name, 1);
        two[i] = slipped(p->name, 2);
        i++;
    }
    printf("%zu places, %zu names, %zu MB; opened in %.1f us\n", layer.record_count, layer.name_count, layer.file.n / 1000000, median(opening, 101));
    printf("%-44s %9s %9s %9s   %s\n", "look-up, CPU in us", "median", "90 %", "99 %", "found");
    run_fold(exact, n); // warm
    run_sounds(exact, n);
    run_near(two, n, 2);
    double mine = report("exact: name to place", n, run_fold(exact, n));
    double fold = report("folded: capitals to place", n, run_fold(folded, n));
    report("transliterated: sounds to place", n, run_sounds(folded, n));
    double slip = report("one slip: gaz_near to place", n, run_near(one, n, 1));
    double slips = report("two slips: gaz_near to place", n, run_near(two, n, 2));
    report("whole answer: exact (im_gazetteer_find)", n, run_find(exact, n));
    report("whole answer: folded", n, run_find(folded, n));
    report("whole answer: two slips", n, run_find(two, n));
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    FILE *status = fopen("/proc/self/status", "r");
    for (char line[256]; status && fgets(line, sizeof line, status);) {
        if (strncmp(line, "RssAnon", 7) == 0) {
            printf("private memory %s", line + 8);
        }
    }
    sqlite3 *db;
    if (sqlite3_open_v2(argv[2], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
        return 1;
    }
    const char *by_name = "SELECT p.lat, p.name, p.lon, p.country FROM names n JOIN places p ON p.id = n.place WHERE n.fold = ?1 ORDER BY p.people DESC LIMIT 1";
    const char *tri = "SELECT rowid, fold FROM tri WHERE tri MATCH ?1 ORDER BY rank LIMIT 50";
    run_sql(db, by_name, exact, n, 0);
    size_t few = n < 200 ? n : 200;
    run_sql(db, tri, two, few / 4, 1);
    double sql = report("SQLite index: folded name to row", n, run_sql(db, by_name, folded, n, 0));
    double sqltri = report("SQLite FTS5 trigram: two slips to 50 rows", few, run_sql(db, tri, two, few, 1));
    double sqlone = report("SQLite FTS5 trigram: one slip to 50 rows", few, run_sql(db, tri, one, few, 1));
    printf("times faster: exact %.0f, folded %.0f, one slip %.0f, two slips %.0f\n", sql / mine, sql / fold, sqlone / slip, sqltri / slips);
    sqlite3_close(db);
    return 0;
}
