/* The words of phrases that tell a place by another: English, Russian, Azerbaijani.
 * Keys are folded, without blanks, with e for schwa. */
#include "gazetteer/relative.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *key;
    enum gaz_word word;
} words[] = {
    {"a", GAZ_W_FILL},
    {"an", GAZ_W_FILL},
    {"the", GAZ_W_FILL},
    {"in", GAZ_W_FILL},
    {"at", GAZ_W_FILL},
    {"on", GAZ_W_FILL},
    {"along", GAZ_W_ALONG},
    {"вдоль", GAZ_W_ALONG},
    {"boyunca", GAZ_W_ALONG},
    {"boyu", GAZ_W_ALONG},
    {"uzunu", GAZ_W_ALONG},
    {"to", GAZ_W_FILL},
    {"just", GAZ_W_FILL},
    {"about", GAZ_W_FILL},
    {"some", GAZ_W_FILL},
    {"approximately", GAZ_W_FILL},
    {"approx", GAZ_W_FILL},
    {"roughly", GAZ_W_FILL},
    {"nearly", GAZ_W_FILL},
    {"almost", GAZ_W_FILL},
    {"ca", GAZ_W_FILL},
    {"circa", GAZ_W_FILL},
    {"away", GAZ_W_FILL},
    {"not", GAZ_W_FILL},
    {"very", GAZ_W_FILL},
    {"direction", GAZ_W_FILL},
    {"located", GAZ_W_FILL},
    {"somewhere", GAZ_W_FILL},
    {"area", GAZ_W_FILL},
    {"place", GAZ_W_FILL},
    {"point", GAZ_W_FILL},
    {"positions", GAZ_W_FILL},
    {"section", GAZ_W_FILL},
    {"state", GAZ_W_FILL},
    {"в", GAZ_W_FILL},
    {"на", GAZ_W_FILL},
    {"к", GAZ_W_FILL},
    {"ко", GAZ_W_FILL},
    {"с", GAZ_W_FILL},
    {"со", GAZ_W_FILL},
    {"не", GAZ_W_FILL},
    {"примерно", GAZ_W_FILL},
    {"приблизительно", GAZ_W_FILL},
    {"государственнои", GAZ_W_FILL},
    {"texminen", GAZ_W_FILL},
    {"teqriben", GAZ_W_FILL},
    {"dovlet", GAZ_W_FILL},
    {"mesafede", GAZ_W_FILL},
    {"mesafesinde", GAZ_W_FILL},
    {"uzaqliqda", GAZ_W_FILL},
    {"aralida", GAZ_W_FILL},
    {"km", GAZ_W_KM},
    {"kms", GAZ_W_KM},
    {"kilometer", GAZ_W_KM},
    {"kilometers", GAZ_W_KM},
    {"kilometre", GAZ_W_KM},
    {"kilometres", GAZ_W_KM},
    {"км", GAZ_W_KM},
    {"километр", GAZ_W_KM},
    {"километра", GAZ_W_KM},
    {"километре", GAZ_W_KM},
    {"километров", GAZ_W_KM},
    {"километрах", GAZ_W_KM},
    {"kilometrlik", GAZ_W_KM},
    {"kilometr", GAZ_W_KM},
    {"kmlik", GAZ_W_KM},
    {"m", GAZ_W_M},
    {"meter", GAZ_W_M},
    {"meters", GAZ_W_M},
    {"metre", GAZ_W_M},
    {"metres", GAZ_W_M},
    {"metr", GAZ_W_M},
    {"metrlik", GAZ_W_M},
    {"м", GAZ_W_M},
    {"метров", GAZ_W_M},
    {"метрах", GAZ_W_M},
    {"mi", GAZ_W_MILE},
    {"mile", GAZ_W_MILE},
    {"miles", GAZ_W_MILE},
    {"миль", GAZ_W_MILE},
    {"милях", GAZ_W_MILE},
    {"of", GAZ_W_OF},
    {"from", GAZ_W_OF},
    {"off", GAZ_W_OF},
    {"от", GAZ_W_OF},
    {"and", GAZ_W_AND},
    {"и", GAZ_W_AND},
    {"ile", GAZ_W_AND},
    {"ve", GAZ_W_AND},
    {"near", GAZ_W_NEAR},
    {"nearby", GAZ_W_NEAR},
    {"close", GAZ_W_NEAR},
    {"far", GAZ_W_NEAR},
    {"vicinity", GAZ_W_NEAR},
    {"neighbourhood", GAZ_W_NEAR},
    {"neighborhood", GAZ_W_NEAR},
    {"around", GAZ_W_NEAR},
    {"outside", GAZ_W_NEAR},
    {"beside", GAZ_W_NEAR},
    {"недалеко", GAZ_W_NEAR},
    {"неподалеку", GAZ_W_NEAR},
    {"близ", GAZ_W_NEAR},
    {"вблизи", GAZ_W_NEAR},
    {"около", GAZ_W_NEAR},
    {"возле", GAZ_W_NEAR},
    {"рядом", GAZ_W_NEAR},
    {"под", GAZ_W_NEAR},
    {"у", GAZ_W_NEAR},
    {"раионе", GAZ_W_NEAR}, // "в районе Товуза"; "Товузский район" is a name before
    {"yaxinliginda", GAZ_W_NEAR},
    {"yaxininda", GAZ_W_NEAR},
    {"yaninda", GAZ_W_NEAR},
    {"etrafinda", GAZ_W_NEAR},
    {"outskirts", GAZ_W_OUTSKIRTS},
    {"outskirt", GAZ_W_OUTSKIRTS},
    {"edge", GAZ_W_OUTSKIRTS},
    {"suburbs", GAZ_W_OUTSKIRTS},
    {"окраина", GAZ_W_OUTSKIRTS},
    {"окраине", GAZ_W_OUTSKIRTS},
    {"окраинах", GAZ_W_OUTSKIRTS},
    {"окраины", GAZ_W_OUTSKIRTS},
    {"окрестности", GAZ_W_OUTSKIRTS},
    {"окрестностях", GAZ_W_OUTSKIRTS},
    {"kenarinda", GAZ_W_OUTSKIRTS},
    {"kenari", GAZ_W_OUTSKIRTS},
    {"etrafi", GAZ_W_OUTSKIRTS},
    {"between", GAZ_W_BETWEEN},
    {"между", GAZ_W_BETWEEN},
    {"arasinda", GAZ_W_BETWEEN},
    {"halfway", GAZ_W_HALFWAY},
    {"midway", GAZ_W_HALFWAY},
    {"посередине", GAZ_W_HALFWAY},
    {"ortasinda", GAZ_W_HALFWAY},
    {"within", GAZ_W_WITHIN},
    {"border", GAZ_W_BORDER},
    {"frontier", GAZ_W_BORDER},
    {"boundary", GAZ_W_BORDER},
    {"граница", GAZ_W_BORDER},
    {"границе", GAZ_W_BORDER},
    {"границы", GAZ_W_BORDER},
    {"границу", GAZ_W_BORDER},
    {"serhedinde", GAZ_W_BORDER},
    {"serhedi", GAZ_W_BORDER},
    {"serhedindeki", GAZ_W_BORDER},
    {"serhedinden", GAZ_W_BORDER},
    {"serhedine", GAZ_W_BORDER},
    {"serhedinin", GAZ_W_BORDER},
    {"границеи", GAZ_W_BORDER},
    {"pipeline", GAZ_W_LINE},
    {"pipelines", GAZ_W_LINE},
    {"трубопровод", GAZ_W_LINE},
    {"трубопровода", GAZ_W_LINE},
    {"нефтепровод", GAZ_W_LINE},
    {"нефтепровода", GAZ_W_LINE},
    {"газопровод", GAZ_W_LINE},
    {"газопровода", GAZ_W_LINE},
    {"kemeri", GAZ_W_LINE},
    {"kemerinden", GAZ_W_LINE},
    {"kemerinin", GAZ_W_LINE},
    {"трубопроводе", GAZ_W_LINE},
    {"нефтепроводе", GAZ_W_LINE},
    {"газопроводе", GAZ_W_LINE},
    {"трубопроводы", GAZ_W_LINE},
    {"нефтепроводы", GAZ_W_LINE},
    {"газопроводы", GAZ_W_LINE},
    {"трубопроводов", GAZ_W_LINE},
    {"нефтепроводов", GAZ_W_LINE},
    {"газопроводов", GAZ_W_LINE},
    {"kemer", GAZ_W_LINE},
    {"kemerinde", GAZ_W_LINE},
    {"kemerleri", GAZ_W_LINE},
    {"kemerlerinden", GAZ_W_LINE},
    {"kemerlerinin", GAZ_W_LINE},
    {"road", GAZ_W_ROAD},
    {"highway", GAZ_W_ROAD},
    {"motorway", GAZ_W_ROAD},
    {"дорога", GAZ_W_ROAD},
    {"дороге", GAZ_W_ROAD},
    {"трасса", GAZ_W_ROAD},
    {"трассе", GAZ_W_ROAD},
    {"yolunda", GAZ_W_ROAD},
    {"yolu", GAZ_W_ROAD},
};

enum gaz_word gaz_word_of(const char *key) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].key, key) == 0) {
            return words[i].word;
        }
    }
    return GAZ_W_NAME;
}

/* Beginnings that name a side of the horizon; the longer before the shorter. */
static const struct {
    const char *stem;
    double azimuth;
} sides[] = {
    {"north", 0}, {"south", 180}, {"east", 90}, {"west", 270}, {"север", 0},
    {"юго", 180}, {"юг", 180},    {"юж", 180},  {"восто", 90}, {"запад", 270},
    {"simal", 0}, {"cenub", 180}, {"serq", 90}, {"qerb", 270},
};

/* What may follow the last of them. */
static const char *const endings[] = {
    "",     "ern",  "erly",  "ward",  "wards", "у",    "е",   "а",   "ом",
    "к",    "ку",   "ке",    "ка",    "нее",   "чнее", "ная", "нои", "ную",
    "ныи",  "чная", "чнои",  "чную",  "da",    "de",   "a",   "e",   "inda",
    "inde", "i",    "indan", "inden", "dan",   "den",  "in"};

static bool is_ending(const char *s) {
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (strcmp(endings[i], s) == 0) {
            return true;
        }
    }
    return false;
}

/* The middle of two azimuths, the short way round. */
static double middle(double a, double b) {
    double d = fmod(b - a + 540, 360) - 180;
    return fmod(a + d / 2 + 360, 360);
}

static bool is_abbreviation(const char *key, double part[3], size_t *n) {
    *n = strlen(key);
    if (*n == 0 || *n > 3) {
        return false;
    }
    for (size_t i = 0; i < *n; i++) {
        if (!strchr("nesw", key[i])) {
            return false;
        }
        part[i] = key[i] == 'n' ? 0 : key[i] == 'e' ? 90 : key[i] == 's' ? 180 : 270;
    }
    return true;
}

/* Split into sides; *rest is what follows the last. */
static size_t take_sides(const char *key, double part[3], const char **rest) {
    size_t n = 0;
    for (bool any = true; any && n < 3;) {
        any = false;
        for (size_t i = 0; i < sizeof sides / sizeof *sides && !any; i++) {
            size_t length = strlen(sides[i].stem);
            if (strncmp(key, sides[i].stem, length) == 0) {
                part[n++] = sides[i].azimuth;
                key += length;
                any = true;
            }
        }
        // "северо-восток": the vowel that joins
        if (any && n < 3 && strncmp(key, "о", 2) == 0 && key[2] != '\0') {
            key += 2;
        }
    }
    *rest = key;
    return n;
}

bool gaz_direction_of(const char *key, bool short_forms, struct gaz_direction *out) {
    double part[3] = {0, 0, 0};
    const char *rest = "";
    size_t n = 0;
    if (!(short_forms && is_abbreviation(key, part, &n))) {
        n = take_sides(key, part, &rest);
    }
    if (n == 0 || !is_ending(rest)) {
        return false;
    }
    double last = n > 1 ? middle(part[n - 2], part[n - 1]) : part[0];
    double gap = n > 1 ? fabs(fmod(part[n - 1] - part[n - 2] + 540, 360) - 180) : 90;
    out->azimuth = n == 3 ? middle(part[0], last) : last;
    out->half_sector = n == 3 ? 11.25 : 22.5;
    size_t e = strlen(rest), nee = strlen("нее");
    // Azerbaijani stands behind its name
    out->follows =
        strchr("scq", key[0]) && (strstr(key, "simal") || strstr(key, "cenub") ||
                                  strstr(key, "serq") || strstr(key, "qerb"));
    out->governs = e >= nee && strcmp(rest + e - nee, "нее") == 0;
    return gap > 89 && gap < 91; // no "northsouth"
}
