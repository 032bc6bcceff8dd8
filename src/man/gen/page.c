/* A page from its template: lines "@WORD argument" become parts. */
#include "man/gen/manual.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A character as man(7) wants it. Hyphens are minus signs: they are to be copied. */
static void put_char(char c) {
    if (c == '\\') {
        fputs("\\e", stdout);
    } else if (c == '-') {
        fputs("\\-", stdout);
    } else {
        putchar(c);
    }
}

static void put_word(const char *word, size_t n, bool starts_line) {
    if (starts_line && (word[0] == '.' || word[0] == '\'')) {
        fputs("\\&", stdout);
    }
    for (size_t i = 0; i < n; i++) {
        put_char(word[i]);
    }
}

void man_text(const char *text) {
    size_t column = 0;
    while (*text != '\0') {
        size_t n = strcspn(text, " ");
        bool breaks = column > 0 && column + 1 + n > 70;
        if (column > 0) {
            putchar(breaks ? '\n' : ' ');
        }
        column = breaks ? 0 : column;
        put_word(text, n, column == 0);
        column += n + 1;
        text += n;
        text += strspn(text, " ");
    }
    putchar('\n');
}

void man_bold(const char *text) {
    fputs("\\fB", stdout);
    put_word(text, strlen(text), false);
    fputs("\\fR", stdout);
}

static void put_line(const char *folder, char *line, const char *version,
                     const char *date) {
    if (strncmp(line, ".TH ", 4) == 0) {
        printf("%s \"%s\" \"incmap %s\"\n", line, date, version);
        return;
    }
    if (line[0] != '@') {
        puts(line);
        return;
    }
    char *argument = strchr(line, ' ');
    if (argument != NULL) {
        *argument++ = '\0';
    }
    if (!man_part(folder, line + 1, argument ? argument : "")) {
        fprintf(stderr, "manual: no part %s\n", line);
        exit(1);
    }
}

void man_page(const char *folder, const char *template_file, const char *version,
              const char *date) {
    char line[2000];
    FILE *f = fopen(template_file, "rb");
    if (f == NULL) {
        fprintf(stderr, "manual: cannot open %s\n", template_file);
        exit(1);
    }
    printf(".\\\" Made from %s and the tables of the program.\n",
           strrchr(template_file, '/') ? strrchr(template_file, '/') + 1
                                       : template_file);
    while (fgets(line, sizeof line, f) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        put_line(folder, line, version, date);
    }
    fclose(f);
}
