/* Completion for bash, from the tables of commands, options and keys. */
#include "cli/cli.h"
#include "layout/style.h"
#include "man/gen/manual.h"
#include <stdio.h>
#include <string.h>

static void put_commands(void) {
    for (size_t i = 0; i < cli_command_count; i++) {
        printf("%s ", cli_commands[i].name);
    }
}

static void put_options(unsigned command) {
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *o = &cli_options[i];
        if (o->commands & command) {
            printf("--%s ", o->name);
        }
    }
}

static void put_key(const struct read_key *key, const char *path, int depth,
                    void *self) {
    (void)depth;
    (void)self;
    if (key->sub == NULL && key->kind != READ_STYLE && key->kind != READ_COLUMNS &&
        key->kind != READ_NAMES) {
        printf("%s= ", path);
    }
}

static void put_keys(void) {
    man_keys(put_key, NULL);
    for (size_t i = 0; i < lay_style_key_count; i++) {
        printf("style.%s= ", lay_style_keys[i].name);
    }
}

/* What completes an argument: words written a|b, files, folders, keys; else nothing. */
static void put_argument(const struct cli_option *o) {
    if (strcmp(o->arg, "KEY=VALUE") == 0) {
        fputs("_incmap_words \"$keys\"; compopt -o nospace", stdout);
    } else if (strncmp(o->arg, "FILE", 4) == 0) {
        fputs("_incmap_files f", stdout);
    } else if (strcmp(o->arg, "DIR") == 0) {
        fputs("_incmap_files d", stdout);
    } else if (strchr(o->arg, '|') != NULL && o->arg[0] >= 'a') {
        fputs("_incmap_words '", stdout);
        for (const char *c = o->arg; *c != '\0'; c++) {
            putchar(*c == '|' ? ' ' : *c);
        }
        putchar('\'');
    } else {
        putchar(':');
    }
}

static void put_cases(const struct cli_command *c) {
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *o = &cli_options[i];
        if (!(o->commands & c->bit) || o->arg == NULL) {
            continue;
        }
        printf("    %s:--%s", c->name, o->name);
        if (o->letter) {
            printf(" | %s:-%c", c->name, o->letter);
        }
        fputs(") ", stdout);
        put_argument(o);
        puts("; return ;;");
    }
}

static void put_words(const struct cli_command *c) {
    printf("    %s)\n        [[ $cur == -* ]] && _incmap_words '", c->name);
    put_options(c->bit);
    puts("'");
    if (c->files != NULL) {
        printf("        [[ $cur == -* ]] || _incmap_files %s\n",
               strcmp(c->files, "*") == 0 ? "f" : c->files);
    }
    puts("        ;;");
}

void man_completion(void) {
    puts("# Completion of incmap for bash. Made from the tables of the program.\n"
         "_incmap_words() { COMPREPLY=($(compgen -W \"$1\" -- \"$cur\")); }\n\n"
         "# Files (f), folders (d), or files of one ending and the folders to them.\n"
         "_incmap_files() {\n"
         "    local IFS=$'\\n'\n"
         "    compopt -o filenames 2>/dev/null\n"
         "    case $1 in\n"
         "    f | d) COMPREPLY=($(compgen -\"$1\" -- \"$cur\")) ;;\n"
         "    *) COMPREPLY=($(compgen -f -X \"!*.$1\" -- \"$cur\"; compgen -d -- "
         "\"$cur\")) ;;\n"
         "    esac\n"
         "}\n\n"
         "_incmap() {\n"
         "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
         "    local command=${COMP_WORDS[1]}");
    fputs("    local keys='", stdout);
    put_keys();
    puts("'\n    COMPREPLY=()\n"
         "    # bash makes three words of --option=value\n"
         "    if [[ $cur == = ]]; then\n        cur=\n"
         "    elif [[ $prev == = ]]; then\n        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
         "    fi\n"
         "    if ((COMP_CWORD == 1)); then");
    fputs("        _incmap_words '", stdout);
    put_commands();
    puts("--help --version'\n        return\n    fi\n    case $command:$prev in");
    for (size_t i = 0; i < cli_command_count; i++) {
        put_cases(&cli_commands[i]);
    }
    puts("    esac\n    case $command in");
    for (size_t i = 0; i < cli_command_count; i++) {
        put_words(&cli_commands[i]);
    }
    puts("    esac\n}\ncomplete -F _incmap incmap");
}
