#include "base/buf.h"
#include "cli/cli.h"
#include <string.h>

#define R CLI_RENDER
#define L CLI_LOCATE
#define I CLI_INIT
#define B CLI_BATCH
#define G CLI_GAZETTEER
#define E CLI_EXPLAIN

const struct cli_command cli_commands[] = {
    {"render", R, "render [MAP.yaml] [options] -o FILE [-o FILE]...",
     "draw a map of incidents", "yaml"},
    {"batch", B, "batch [MAP.yaml]... [--jobs JOBS | --facet PART] -d DIR [options]",
     "draw many figures at once, only what changed", "yaml"},
    {"locate", L, "locate [options] [NAME... | -f FILE]",
     "resolve place names, and say why", NULL},
    {"gazetteer", G,
     "gazetteer build -o FILE.gaz SOURCE... | info FILE.gaz | check SOURCE...",
     "compile, describe and check gazetteers of your own", "*"},
    {"explain", E, "explain --name NAME [options]",
     "how a name is resolved: candidates, scores term by term", NULL},
    {"init", I, "init [FILE | -]", "write a commented map file to start from", "*"},
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;

const struct cli_option cli_options[] = {
    {"output", 'o', "FILE", NULL, R,
     "write the figure: .png, .svg or .pdf (repeatable; - with --format)"},
    {"output", 'o', "FILE.gaz", NULL, G, "the compiled gazetteer"},
    {"name-field", 0, "FIELD", NULL, G,
     "names of a shapefile or GeoJSON (else the likely field)"},
    {"licence", 0, "TEXT", NULL, G, "of sources that do not tell theirs"},
    {"jobs", 'j', "N", NULL, G, "threads (as many as there are processors)"},
    {"progress", 0, "auto|always|never", NULL, G, "a line of what is done (auto)"},
    {"incidents", 0, "FILE", "incidents.file", R | B, "incident table (repeatable)"},
    {"overlay", 0, "FILE[:STYLE]", "overlays", R | B,
     "lines or areas on top; 'pipelines' is bundled (repeatable)"},
    {"borders", 0, "FILE", "borders.file", R | B,
     "border shapefile of your own (repeatable)"},
    {"gazetteer", 0, "FILE", "gazetteers", R | L | E | B,
     "CSV or TSV of places, goes before the bundled one (repeatable)"},
    {"pins", 0, "FILE", "pins", R | L | E | B,
     "names that a person has settled, with why"},
    {"around", 0, "PLACE", "extent.around", R | B, "what the map shows (repeatable)"},
    {"bbox", 0, "W,S,E,N", "extent.bbox", R | B, "what the map shows, in degrees"},
    {"margin", 0, "KM", "extent.margin", R | B, "room around it, in kilometres"},
    {"crs", 0, "CRS", "projection", R | B, "auto, a PROJ string, or EPSG:n"},
    {"size", 0, "WxH", "size", R | B, "pixels of the figure (1600x1200)"},
    {"scale", 0, "F", "scale", R | B, "factor on all type and strokes (1)"},
    {"title", 0, "TEXT", "title", R | B, "title above the map"},
    {"subtitle", 0, "TEXT", "subtitle", R | B, "line below the title"},
    {"language", 0, "LANG", "language", R | B, "language of names and furniture (en)"},
    {"theme", 0, "news|report|dark", "theme", R | B,
     "colours; report is for print in greys (news)"},
    {"worldview", 0, "un|de-facto|CC", "worldview", R | B,
     "whose borders; CC: claims of a country (un)"},
    {"as-of", 0, "DATE", "as_of", R | L | E | B, "names and lines valid at this date"},
    {"from", 0, "DATE", "from", R | B, "leave out earlier incidents"},
    {"to", 0, "DATE", "to", R | B, "leave out later incidents"},
    {"where", 0, "COLUMN=VALUE", "where", R | B, "draw only such rows"},
    {"country", 0, "CC", "country", R | L | E | B,
     "only places of this country (ISO code or name)"},
    {"near", 0, "LON,LAT|PLACE", NULL, L | E, "prefer places near here"},
    {"bbox", 0, "W,S,E,N", NULL, L | E, "prefer places within, in degrees"},
    {"kind", 0, "settlement|region|country|water|other", NULL, L | E,
     "prefer places of this kind"},
    {"context", 0, "NAME", NULL, L | E, "another name of the same text (repeatable)"},
    {"name", 0, "NAME", NULL, E, "the name to explain (repeatable)"},
    {"limit", 0, "N", NULL, L | E, "candidates per name at most (10)"},
    {"file", 'f', "FILE", NULL, L, "names from a file, one a line (- standard input)"},
    {"jobs", 'j', "N", NULL, L, "processes for a long list (one a core)"},
    {"write-pins", 0, "FILE", NULL, L, "propose pins for what is ambiguous"},
    {"format", 0, "png|svg|pdf", NULL, R, "what -o - writes to standard output (png)"},
    {"format", 0, "table|tsv|json", NULL, L, "how answers are written (table)"},
    {"text", 0, "live|outlines", "text", R | B, "SVG text as text, or as shapes"},
    {"set", 0, "KEY=VALUE", "", R | B, "any key of the map file by its dotted path"},
    {"dump", 0, "incidents|places|projection|scene|style", NULL, R,
     "print this instead of drawing"},
    {"jobs", 0, "FILE", NULL, B,
     "table of jobs: .csv, .tsv or .jsonl; - reads JSON lines and answers each"},
    {"facet", 0, "country|admin1|category|day|week|month", NULL, B,
     "one figure for each part of the incidents"},
    {"dir", 'd', "DIR", NULL, B, "folder of the figures and the report"},
    {"format", 0, "png|svg|pdf", NULL, B,
     "format of figures whose job names no file (png; repeatable)"},
    {"workers", 'j', "N", NULL, B, "worker processes (one per core)"},
    {"timeout", 0, "SECONDS", NULL, B, "give a figure up after so long"},
    {"memory", 0, "MB", NULL, B, "give a figure up that needs more memory"},
    {"shard", 0, "K/N", NULL, B, "make only the K-th of N parts of the figures"},
    {"force", 0, NULL, NULL, B, "draw also what is up to date"},
    {"dry-run", 0, NULL, NULL, B, "say what would be drawn and why"},
    {"progress", 0, "auto|always|never", NULL, B,
     "a bar (auto: on a terminal, else a line now and then)"},
    {"merge-reports", 0, "DIR", NULL, B, "join the reports of shards in DIR"},
    {"strict", 0, NULL, NULL, R | L | G | E | B,
     "any warning is a failure; nothing is written"},
    {"quiet", 0, NULL, NULL, R | L | G | E | B, "print errors only"},
    {"report", 0, "FILE", NULL, R, "findings as JSON"},
    {"data", 0, "DIR", NULL, R | L | I | G | E | B, "folder of the bundled data"},
    {"help", 'h', NULL, NULL, R | L | I | G | E | B, "this page"},
};
const size_t cli_option_count = sizeof cli_options / sizeof *cli_options;

static const struct cli_option *find_long(unsigned command, const char *name,
                                          size_t n) {
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *o = &cli_options[i];
        if ((o->commands & command) && strlen(o->name) == n &&
            memcmp(o->name, name, n) == 0) {
            return o;
        }
    }
    return NULL;
}

static const struct cli_option *find_letter(unsigned command, char letter) {
    for (size_t i = 0; i < cli_option_count; i++) {
        if ((cli_options[i].commands & command) && cli_options[i].letter == letter) {
            return &cli_options[i];
        }
    }
    return NULL;
}

static int unknown_option(struct im_arena *arena, unsigned command, const char *word) {
    const char *list[sizeof cli_options / sizeof *cli_options];
    size_t n = 0;
    for (size_t i = 0; i < cli_option_count; i++) {
        if (cli_options[i].commands & command) {
            list[n++] = cli_options[i].name;
        }
    }
    size_t len = strcspn(word, "=");
    const char *bare = im_strndup(arena, word, len);
    while (*bare == '-') {
        bare++;
    }
    const char *near = cli_nearest(bare, list, n);
    const char *help = near ? im_format(arena, "did you mean --%s?", near)
                            : "see --help for the options";
    return cli_usage("unknown option", word, help);
}

/* A word that begins with a dash: the option and, if it takes one, its value. */
static bool parse_option(struct im_arena *arena, unsigned command, char **argv,
                         int argc, int *i, struct cli_value *out) {
    const char *word = argv[*i];
    const struct cli_option *o;
    const char *value = NULL;
    if (word[1] == '-') {
        size_t n = strcspn(word + 2, "=");
        o = find_long(command, word + 2, n);
        value = word[2 + n] == '=' ? word + 3 + n : NULL;
    } else {
        o = find_letter(command, word[1]);
        value = word[2] != '\0' ? word + 2 : NULL;
    }
    if (o == NULL) {
        unknown_option(arena, command, word);
        return false;
    }
    if (o->arg == NULL && value != NULL) {
        cli_usage("this option takes no value", word, "leave the value out");
        return false;
    }
    if (o->arg != NULL && value == NULL) {
        if (*i + 1 >= argc) {
            cli_usage("this option needs a value", word, o->arg);
            return false;
        }
        value = argv[++*i];
    }
    *out = (struct cli_value){o, value ? value : ""};
    return true;
}

bool cli_parse(struct im_arena *arena, unsigned command, int argc, char **argv,
               struct cli_line *line) {
    bool options = true;
    for (int i = 0; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
        } else if (options && argv[i][0] == '-' && argv[i][1] != '\0' &&
                   strchr("0123456789.", argv[i][1]) == NULL) { // -33.9, 151.2
            struct cli_value v;
            if (!parse_option(arena, command, argv, argc, &i, &v)) {
                return false;
            }
            IM_PUSH(arena, line->value, line->n, line->cap, v);
        } else {
            IM_PUSH(arena, line->word, line->words, line->word_cap, argv[i]);
        }
    }
    return true;
}

const char *cli_get(const struct cli_line *line, const char *name) {
    for (size_t i = line->n; i-- > 0;) {
        if (strcmp(line->value[i].option->name, name) == 0) {
            return line->value[i].text;
        }
    }
    return NULL;
}

bool cli_has(const struct cli_line *line, const char *name) {
    return cli_get(line, name) != NULL;
}

void cli_help(const struct cli_command *command) {
    enum { COLUMN = 28 };
    printf("incmap %s: %s\n\nusage: incmap %s\n\n", command->name, command->summary,
           command->usage);
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *o = &cli_options[i];
        if (!(o->commands & command->bit)) {
            continue;
        }
        int used = o->letter ? printf("  -%c, --%s", o->letter, o->name)
                             : printf("      --%s", o->name);
        used += o->arg ? printf(" %s", o->arg) : 0;
        if (used > COLUMN + 2) {
            puts("");
            used = 0;
        }
        printf("%*s%s\n", COLUMN + 3 - used, "", o->help);
    }
}
