/* Parts of pages: options, commands, exit codes, findings, keys, columns, styles. */
#include "base/findings.h"
#include "cli/cli.h"
#include "layout/style.h"
#include "man/gen/manual.h"
#include "read/columns.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 1. Of the program. */

static void put_option(const struct cli_option *o) {
    char name[80];
    puts(".TP");
    if (o->letter) {
        snprintf(name, sizeof name, "-%c", o->letter);
        man_bold(name);
        fputs(", ", stdout);
    }
    snprintf(name, sizeof name, "--%s", o->name);
    man_bold(name);
    if (o->arg != NULL) {
        bool words = strchr(o->arg, '|') != NULL && o->arg[0] >= 'a';
        printf(words ? " " : " \\fI");
        fputs(o->arg, stdout);
        printf(words ? "" : "\\fR");
    }
    putchar('\n');
    man_text(o->help);
    if (o->key != NULL && o->key[0] != '\0') {
        printf("(\\fB%s\\fR)\n", o->key);
    }
}

static void put_options(const char *command) {
    for (size_t c = 0; c < cli_command_count; c++) {
        for (size_t i = 0; i < cli_option_count; i++) {
            if (strcmp(cli_commands[c].name, command) == 0 &&
                (cli_options[i].commands & cli_commands[c].bit)) {
                put_option(&cli_options[i]);
            }
        }
    }
}

static void put_commands(void) {
    for (size_t i = 0; i < cli_command_count; i++) {
        printf(".TP\n\\fBincmap\\-%s\\fR(1)\n", cli_commands[i].name);
        man_text(cli_commands[i].summary);
    }
}

/* What an exit code means; the compiler tells a status that has no words. */
static const char *meaning(enum incmap_status status) {
    switch (status) {
    case INCMAP_OK:
        return "Done.";
    case INCMAP_E_STRICT:
        return "There were warnings, and --strict was given: nothing is written.";
    case INCMAP_E_USAGE:
        return "Wrong request: an option, a key or a value on the command line; or "
               "there is "
               "nothing to draw a map of.";
    case INCMAP_E_INPUT:
        return "A file of the user's is missing or malformed; in a map file also a key "
               "that is "
               "unknown, repeated or lacking, or a wrong value.";
    case INCMAP_E_GEODATA:
        return "The bundled data are missing or damaged.";
    case INCMAP_E_PLACE:
        return "The name of a place is unknown or ambiguous.";
    case INCMAP_E_PROJECTION:
        return "A projection is unknown, or has no image of the map's extent.";
    case INCMAP_E_OUTPUT:
        return "A file cannot be written.";
    case INCMAP_E_LIMIT:
        return "Memory, or a ceiling that the message names, is exhausted.";
    case INCMAP_E_BUG:
        return "A mistake of the program.";
    }
    return "";
}

static void put_exits(void) {
    for (int i = 0; i <= INCMAP_E_BUG; i++) {
        const char *text = meaning((enum incmap_status)i);
        if (text[0] != '\0') {
            printf(".TP\n\\fB%d\\fR\n", i);
            man_text(text);
        }
    }
}

static void put_findings(void) {
    static const char *const words[] = {"note", "warning", "error"};
    static const enum incmap_severity severity[] = {
#define X(name, text, severity, meaning) INCMAP_##severity,
        IM_FINDING_CODES(X)
#undef X
    };
    for (int i = 0; i < IM_F_COUNT; i++) {
        puts(".TP");
        man_bold(im_code_text((enum im_code)i));
        printf(" (%s)\n", words[severity[i]]);
        man_text(im_code_meaning((enum im_code)i));
    }
}

/* 2. Of the map file. */

static const char *const kinds[] = {
    [READ_TEXT] = "text",
    [READ_PATH] = "file",
    [READ_LAYER] = "file, or name of a bundled layer",
    [READ_DATE] = "date",
    [READ_COUNTRY] = "ISO code of a country, of two or three letters",
    [READ_WHERE] = "filter",
    [READ_SWITCH] = "on, off or auto",
    [READ_NOTE] = "on, off, auto, or a text",
    [READ_LENGTH] = "distance, as 80, 80 km or 500 m",
    [READ_FACTOR] = "number",
    [READ_COUNT] = "whole number",
    [READ_SIZE] = "width x height",
    [READ_OUTLINES] = "live or outlines",
    [READ_PAGE] = "page",
    [READ_MARGINS] = "lengths",
    [READ_AROUND] = "place, or list of places",
    [READ_BOX] = "west,south,east,north",
    [READ_TEXTS] = "text, or list of texts",
    [READ_PATHS] = "file, or list of files",
    [READ_MAP] = "map",
    [READ_LIST] = "list",
    [READ_COLUMNS] = "map",
    [READ_STYLE] = "map",
    [READ_NAMES] = "map",
    [READ_INSET] = "on, off, auto, a corner, or map",
    [READ_AROUND_BOX] = "auto, globe, country, or west,south,east,north",
    [READ_SHARE] = "number",
};

static void put_kind(const struct read_key *key) {
    if (key->words != NULL) {
        for (size_t i = 0; key->words[i] != NULL; i++) {
            bool last = key->words[i + 1] == NULL;
            printf("%s%s", i == 0 ? "" : last ? " or " : ", ", key->words[i]);
        }
        return;
    }
    bool known = key->kind < sizeof kinds / sizeof *kinds && kinds[key->kind] != NULL;
    fputs(known ? kinds[key->kind] : "value", stdout);
}

/* "incidents.file" is shown as incidents[].file. */
static void put_path(const char *path) {
    static const char *const lists[] = {"borders.", "incidents.", "overlays.",
                                        "corridors.", "annotations."};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        size_t n = strlen(lists[i]) - 1;
        if (strncmp(path, lists[i], n + 1) == 0) {
            printf("\\fB%.*s[]%s\\fR", (int)n, path, path + n);
            return;
        }
    }
    man_bold(path);
}

static void put_key(const struct read_key *key, const char *path, int depth,
                    void *self) {
    char **row = man_find(self, path);
    (void)depth;
    puts(".TP");
    put_path(path);
    fputs(" (", stdout);
    put_kind(key);
    if (row != NULL && row[1][0] == '(') {
        printf("; default: %.*s", (int)strlen(row[1]) - 2, row[1] + 1);
    } else if (row != NULL && row[1][0] != '\0') {
        printf("; default: %s", row[1]);
    }
    puts(")");
    man_text(row != NULL ? row[3] : "(not described)");
}

static void put_styles(void) {
    for (size_t i = 0; i < lay_style_key_count; i++) {
        const struct lay_style_key *k = &lay_style_keys[i];
        char value[MAN_STYLE];
        man_style_value(k, value);
        puts(".TP");
        man_bold(k->name);
        printf(" (%s", value);
        if (!k->is_colour) {
            printf("; %s, %g to %g", k->unit, k->low, k->high);
        }
        puts(")");
        man_text(k->meaning);
    }
}

/* 3. Of tables. */

static void put_column(const struct man_rows *rows, const char *name) {
    char **row = man_find(rows, name);
    puts(".TP");
    man_bold(name);
    putchar('\n');
    man_text(row != NULL ? row[1] : "(not described)");
}

/* "Also: a, b." */
static void put_others(int column) {
    char text[1000] = "";
    enum read_column of;
    for (size_t i = 0; read_column_other(i, &of) != NULL; i++) {
        if ((int)of == column) {
            size_t n = strlen(text);
            snprintf(text + n, sizeof text - n, "%s%s",
                     n > 0 ? ", " : "Also: ", read_column_other(i, &of));
        }
    }
    if (text[0] != '\0') {
        strcat(text, ".");
        man_text(text);
    }
}

static void put_columns(const struct man_rows *rows) {
    for (int c = 0; c < READ_COLUMN_COUNT; c++) {
        put_column(rows, read_column_name((enum read_column)c));
        put_others(c);
    }
}

static void put_places(const struct man_rows *rows) {
    for (size_t i = 0; i < rows->n; i++) {
        put_column(rows, rows->row[i][0]);
    }
}

static struct man_rows table(const char *folder, const char *name) {
    char path[1000];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return man_read(path);
}

bool man_part(const char *folder, const char *word, const char *argument) {
    static struct man_rows keys, columns, places;
    if (keys.n == 0) {
        keys = table(folder, "keys.tsv");
        columns = table(folder, "columns.tsv");
        places = table(folder, "places.tsv");
    }
    if (strcmp(word, "OPTIONS") == 0) {
        put_options(argument);
    } else if (strcmp(word, "COMMANDS") == 0) {
        put_commands();
    } else if (strcmp(word, "EXITS") == 0) {
        put_exits();
    } else if (strcmp(word, "FINDINGS") == 0) {
        put_findings();
    } else if (strcmp(word, "KEYS") == 0) {
        man_keys(put_key, &keys);
    } else if (strcmp(word, "STYLE") == 0) {
        put_styles();
    } else if (strcmp(word, "COLUMNS") == 0) {
        put_columns(&columns);
    } else if (strcmp(word, "PLACES") == 0) {
        put_places(&places);
    } else {
        return false;
    }
    return true;
}
