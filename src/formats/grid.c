/*
 * MGRS by its definition (NGA.STND.0037, 2014): columns of the 100 km squares go A-Z
 * without I and O in sets of three zones, rows A-V without I and O, from F in even
 * zones; a row's cycle of 2,000 km is the one that lies in the band.
 */
#include "formats/grid.h"
#include "base/num.h"
#include "geo/utm.h"

#include <math.h>
#include <string.h>

enum { LONGEST = 64, MOST_WORDS = 10 };
static const char BANDS[] = "CDEFGHJKLMNPQRSTUVWX";
static const double SQUARE = 100000, CYCLE = 2000000;

struct text {
    const char *word[MOST_WORDS]; /* capitals, in `room` */
    size_t n;
    char room[LONGEST + 1];
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool split(const char *s, size_t n, struct text *out) {
    out->n = 0;
    if (n > LONGEST) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        bool small = s[i] >= 'a' && s[i] <= 'z';
        bool blank = s[i] == ' ' || s[i] == '\t' || s[i] == ',' || s[i] == ':';
        out->room[i] = small ? (char)(s[i] - 'a' + 'A') : blank ? '\0' : s[i];
        bool starts = !blank && (i == 0 || out->room[i - 1] == '\0');
        if (starts && out->n == MOST_WORDS) {
            return false;
        }
        if (starts) {
            out->word[out->n++] = &out->room[i];
        }
    }
    out->room[n] = '\0';
    return out->n > 0;
}

/* "38T" at s: the zone, and the letter behind it (0 = none); length, 0 = neither. */
static size_t zone_at(const char *s, int *zone, char *letter) {
    size_t n = 0;
    *zone = 0;
    while (n < 2 && is_digit(s[n])) {
        *zone = 10 * *zone + (s[n++] - '0');
    }
    *letter = n > 0 && s[n] >= 'A' && s[n] <= 'Z' ? s[n] : '\0';
    return n == 0 ? 0 : n + (*letter != '\0');
}

/* Southern edge of a band in degrees; NAN when there is none. */
static double band_south(char letter) {
    const char *at = letter ? strchr(BANDS, letter) : NULL;
    return at ? -80 + 8.0 * (double)(at - BANDS) : NAN;
}

static bool in_band(double lat, char letter) {
    double south = band_south(letter), slack = 0.01;
    return lat >= south - slack && lat <= south + (letter == 'X' ? 12 : 8) + slack;
}

/* ---- MGRS ----------------------------------------------------------------- */

struct mgrs {
    int zone, digits; /* digits: of each side */
    char band, column, row;
    double easting, northing, size; /* within the square; of what is named */
};

/* Zone, letters and digits of the words put together; false: it is no MGRS. */
static bool scan_mgrs(const struct text *t, struct mgrs *m) {
    char joined[LONGEST + 1] = "";
    size_t n = 0, d;
    for (size_t i = 0; i < t->n; i++) {
        memcpy(joined + n, t->word[i], strlen(t->word[i]));
        n += strlen(t->word[i]);
    }
    bool named = strncmp(joined, "MGRS", 4) == 0;
    const char *s = named ? joined + 4 : joined;
    size_t used = zone_at(s, &m->zone, &m->band);
    const char *letters = s + used, *digits = letters + 2;
    if (used == 0 || m->band == '\0' || letters[0] < 'A' || letters[0] > 'Z' ||
        letters[1] < 'A' || letters[1] > 'Z') {
        return false;
    }
    d = strspn(digits, "0123456789");
    if (digits[d] != '\0' || d % 2 != 0 || d > 10 || (d == 0 && !named)) {
        return false; // "38TNM" alone may be anything
    }
    m->column = letters[0];
    m->row = letters[1];
    m->digits = (int)(d / 2);
    m->size = SQUARE / pow(10, m->digits);
    m->easting = m->northing = 0;
    for (size_t i = 0; i < d / 2; i++) {
        m->easting = 10 * m->easting + (digits[i] - '0');
        m->northing = 10 * m->northing + (digits[d / 2 + i] - '0');
    }
    return true;
}

static int place_in(const char *alphabet, char letter) {
    const char *at = strchr(alphabet, letter);
    return at ? (int)(at - alphabet) : -1;
}

/* Metres of the square's corner: eastings 100 to 800 km; northings modulo the cycle. */
static bool corner_of(const struct mgrs *m, double *easting, double *northing) {
    static const char *const columns[] = {"STUVWXYZ", "ABCDEFGH", "JKLMNPQR"};
    static const char rows[] = "ABCDEFGHJKLMNPQRSTUV";
    int column = place_in(columns[m->zone % 3], m->column),
        row = place_in(rows, m->row);
    if (column < 0 || row < 0) {
        return false;
    }
    *easting = SQUARE * (column + 1);
    *northing = SQUARE * ((row + (m->zone % 2 == 0 ? 15 : 0)) % 20);
    return true;
}

static void read_mgrs(const struct mgrs *m, struct im_grid *out) {
    struct im_utm grid = {m->zone, m->band < 'N', 0, 0};
    out->system = "MGRS";
    if (m->zone < 1 || m->zone > 60 || place_in(BANDS, m->band) < 0) {
        out->wrong = "there is no such zone (1 to 60, C to X without I and O)";
        return;
    }
    if (!corner_of(m, &grid.easting, &grid.northing)) {
        out->wrong = "there is no such 100 km square in that zone";
        return;
    }
    grid.easting += (m->easting + 0.5) * m->size;
    double within = grid.northing + (m->northing + 0.5) * m->size;
    const struct im_lonlat edge = {6.0 * m->zone - 183, band_south(m->band)};
    double least = im_utm_forward(edge, m->zone).northing - SQUARE;
    grid.northing = within + CYCLE * fmax(0, ceil((least - within) / CYCLE));
    out->at = im_utm_inverse(&grid);
    out->radius_m = m->size * sqrt(0.5);
    // a square may be cut by the band's edge: its middle then lies outside
    double slack = m->digits == 0 ? 1.0 : 0;
    if (!in_band(out->at.lat - slack, m->band) &&
        !in_band(out->at.lat + slack, m->band)) {
        out->wrong = "that 100 km square does not lie in that band";
    }
}

/* ---- UTM ------------------------------------------------------------------ */

/* Metres with what may stand behind them: "551234", "551234.5mE", "4534567 N". */
static bool metres(const char *word, char side, size_t least, double *out) {
    size_t n = strspn(word, "0123456789.");
    const char *rest = word + n;
    rest += *rest == 'M';
    rest += *rest == side;
    return n >= least && *rest == '\0' && im_num_parse(word, n, out);
}

static bool is_unit(const char *word, char side) {
    return strcmp(word, "M") == 0 || (word[0] == side && word[1] == '\0') ||
           (word[0] == 'M' && word[1] == side && word[2] == '\0');
}

/* Zone and letter from the first words, then two numbers; false: it is no UTM. */
static bool scan_utm(const struct text *t, struct im_utm *grid, char *letter) {
    size_t i = 0;
    i += i < t->n && strcmp(t->word[i], "UTM") == 0;
    i += i < t->n && strcmp(t->word[i], "ZONE") == 0;
    if (i == t->n || t->word[i][zone_at(t->word[i], &grid->zone, letter)] != '\0' ||
        grid->zone == 0) {
        return false;
    }
    i++;
    if (i < t->n && *letter == '\0' && strspn(t->word[i], "0123456789") == 0) {
        const char *w = t->word[i++];
        *letter = strcmp(w, "NORTH") == 0 ? '+' : strcmp(w, "SOUTH") == 0 ? '-' : w[0];
        if (w[1] != '\0' && *letter == w[0]) {
            return false;
        }
    }
    if (*letter == '\0' || i == t->n || !metres(t->word[i++], 'E', 5, &grid->easting)) {
        return false;
    }
    i += i < t->n && is_unit(t->word[i], 'E');
    if (i == t->n || !metres(t->word[i++], 'N', 1, &grid->northing)) {
        return false;
    }
    i += i < t->n && is_unit(t->word[i], 'N');
    return i == t->n;
}

static const char *utm_fault(const struct im_utm *g) {
    if (g->zone < 1 || g->zone > 60) {
        return "there is no such zone (1 to 60)";
    }
    if (g->easting < 100000 || g->easting >= 900000) {
        return "the easting is none of that grid (100,000 to 900,000 metres)";
    }
    return g->northing > 1e7 ? "the northing is none of that grid" : NULL;
}

static void read_utm(struct im_utm g, char letter, struct im_grid *out) {
    out->system = "UTM";
    out->radius_m = sqrt(0.5);
    out->wrong = utm_fault(&g);
    if (out->wrong) {
        return;
    }
    g.south = letter == '-' || (letter < 'N' && letter != '+');
    out->at = im_utm_inverse(&g);
    if (letter == 'S') { // band S, or the south, or either
        struct im_utm south = {g.zone, true, g.easting, g.northing};
        out->or_else = im_utm_inverse(&south);
        out->two = in_band(out->at.lat, 'S') && out->or_else.lat >= -80;
        out->at = in_band(out->at.lat, 'S') ? out->at : out->or_else;
    } else if (letter != 'N' && letter != '+' && letter != '-' &&
               !in_band(out->at.lat, letter)) {
        out->wrong = "the northing does not lie in that band";
    }
    if (out->at.lat > 84.5 || out->at.lat < -80.5) {
        out->wrong = "the grid ends at 80 degrees south and 84 north";
    }
}

void im_grid_parse(const char *s, size_t n, struct im_grid *out) {
    struct text t;
    struct mgrs m;
    struct im_utm utm = {0, false, 0, 0};
    char letter = '\0';
    *out = (struct im_grid){.system = NULL};
    if (!split(s, n, &t)) {
        return;
    }
    if (scan_utm(&t, &utm, &letter)) {
        read_utm(utm, letter, out);
    } else if (scan_mgrs(&t, &m)) {
        read_mgrs(&m, out);
    }
}
