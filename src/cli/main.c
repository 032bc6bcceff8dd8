#include "base/limits.h"
#include "cli/cli.h"
#include <signal.h>
#include <string.h>

static int run_line(struct im_arena *arena, const struct cli_command *c,
                    const struct cli_line *line) {
    static const struct {
        unsigned bit;
        int (*run)(struct im_arena *arena, const struct cli_line *line);
    } runs[] = {
        {CLI_RENDER, cli_render},       {CLI_LOCATE, cli_locate},
        {CLI_EXPLAIN, cli_explain},     {CLI_INIT, cli_init},
        {CLI_GAZETTEER, cli_gazetteer}, {CLI_BATCH, cli_batch},
    };
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        if (runs[i].bit == c->bit) {
            return runs[i].run(arena, line);
        }
    }
    return INCMAP_E_BUG;
}

static void overview(void) {
    puts(
        "incmap: incidents to publication-quality maps\n\nusage: incmap COMMAND ...\n");
    for (size_t i = 0; i < cli_command_count; i++) {
        printf("  %-10s %s\n", cli_commands[i].name, cli_commands[i].summary);
    }
    puts("\nincmap COMMAND --help   options of a command\n"
         "incmap --version        version of the program and of what it is built on");
}

static int run_command(const struct cli_command *c, int argc, char **argv) {
    struct im_arena *arena = im_arena_new(IM_MAX_JOB_BYTES);
    jmp_buf out_of_memory;
    if (arena == NULL || setjmp(out_of_memory) != 0) {
        fputs("incmap: error: out of memory\n", stderr);
        im_arena_free(arena);
        return INCMAP_E_LIMIT;
    }
    im_arena_catch(arena, &out_of_memory);
    struct cli_line line = {0};
    int code = INCMAP_E_USAGE;
    if (cli_parse(arena, c->bit, argc, argv, &line)) {
        if (cli_has(&line, "help")) {
            cli_help(c);
            code = INCMAP_OK;
        } else {
            code = run_line(arena, c, &line);
        }
    }
    im_arena_free(arena);
    return code;
}

static int unknown_command(const char *word) {
    const char *names[32];
    size_t n = 0;
    for (; n < cli_command_count && n < sizeof names / sizeof *names; n++) {
        names[n] = cli_commands[n].name;
    }
    const char *near = cli_nearest(word, names, n);
    char help[64];
    snprintf(help, sizeof help, near ? "did you mean '%s'?" : "see incmap --help",
             near ? near : "");
    return cli_usage("unknown command", word, help);
}

int main(int argc, char **argv) {
    signal(SIGXFSZ, SIG_IGN); // a file over the limit is an error, not the end
    if (argc < 2) {
        overview();
        return INCMAP_E_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        overview();
        return INCMAP_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("incmap %s\n%s\n", incmap_version(), incmap_components());
        return INCMAP_OK;
    }
    for (size_t i = 0; i < cli_command_count; i++) {
        if (strcmp(argv[1], cli_commands[i].name) == 0) {
            return run_command(&cli_commands[i], argc - 2, argv + 2);
        }
    }
    return unknown_command(argv[1]);
}
