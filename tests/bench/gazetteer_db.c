/* The rows of a GeoNames table in SQLite, as its users would: gazetteer_db ROWS.txt
 * FILE.db. Names folded as ours are, an index over them, and FTS5's trigrams of them. */
#include "base/limits.h"
#include "text/text.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct im_arena *arena;
static struct im_buf fold;

static void must(sqlite3 *db, int code) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
        fprintf(stderr, "gazetteer_db: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
}

static void add_name(sqlite3 *db, sqlite3_stmt *s, const char *name, size_t n, long id) {
    im_fold_to(&fold, name, n);
    sqlite3_bind_text(s, 1, fold.data, (int)fold.len, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, id);
    must(db, sqlite3_step(s));
    sqlite3_reset(s);
}

int main(int argc, char **argv) {
    sqlite3 *db;
    sqlite3_stmt *place, *name;
    char *line = NULL;
    size_t cap = 0;
    if (argc != 3) {
        return 2;
    }
    FILE *in = fopen(argv[1], "r");
    arena = im_arena_new(IM_MAX_JOB_BYTES);
    im_buf_init(&fold, arena, 1 << 20);
    remove(argv[2]);
    must(NULL, in == NULL || sqlite3_open(argv[2], &db) != SQLITE_OK);
    must(db, sqlite3_exec(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; BEGIN;"
        "CREATE TABLE places(id INTEGER PRIMARY KEY, name, lat, lon, class, code, country, people);"
        "CREATE TABLE names(fold, place);", NULL, NULL, NULL));
    must(db, sqlite3_prepare_v2(db, "INSERT OR IGNORE INTO places VALUES(?,?,?,?,?,?,?,?)", -1, &place, NULL));
    must(db, sqlite3_prepare_v2(db, "INSERT INTO names VALUES(?,?)", -1, &name, NULL));
    while (getline(&line, &cap, in) > 0) {
        static const int kept[] = {0, 1, 4, 5, 6, 7, 8, 14};
        char *field[19] = {line};
        int n = 1;
        for (char *p = line; n < 19 && (p = strchr(p, '\t')); n++) {
            *p++ = '\0';
            field[n] = p;
        }
        long id = n == 19 ? atol(field[0]) : 0;
        for (int i = 0; n == 19 && i < 8; i++) {
            sqlite3_bind_text(place, i + 1, field[kept[i]], -1, SQLITE_STATIC);
        }
        if (n != 19) {
            continue;
        }
        must(db, sqlite3_step(place));
        sqlite3_reset(place);
        add_name(db, name, field[1], strlen(field[1]), id);
        for (char *s = field[3]; *s;) {
            size_t length = strcspn(s, ",");
            add_name(db, name, s, length, id);
            s += length + (s[length] == ',');
        }
    }
    sqlite3_finalize(place);
    sqlite3_finalize(name);
    must(db, sqlite3_exec(db, "CREATE INDEX by_fold ON names(fold);"
        "CREATE VIRTUAL TABLE tri USING fts5(fold, tokenize='trigram', detail=full, content='');"
        "INSERT INTO tri(rowid, fold) SELECT rowid, fold FROM names; COMMIT;", NULL, NULL, NULL));
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
