/* Codes of countries; the language in which a country writes its own names. */
#include "text/text.h"

#include <stdint.h>
#include <string.h>

#include "country_table.h"

/* Codes that newspapers and the EU write, which ISO 3166-1 has not. */
static const struct {
    const char *said, *two;
} pressed[] = {{"CAR", "CF"}, {"DRC", "CD"}, {"EL", "GR"},
               {"KSA", "SA"}, {"PRC", "CN"}, {"ROK", "KR"},
               {"RSA", "ZA"}, {"UAE", "AE"}, {"UK", "GB"}};

/* Capitals of the text when it is just `n` letters A to Z of either case. */
static bool is_letters(const char *text, size_t n, char *out) {
    for (size_t i = 0; i < n; i++) {
        char c = text[i];
        out[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        if (out[i] < 'A' || out[i] > 'Z') {
            return false;
        }
    }
    out[n] = '\0';
    return text[n] == '\0';
}

static bool is_pressed(const char *code, char out[3]) {
    for (size_t i = 0; i < sizeof pressed / sizeof *pressed; i++) {
        if (strcmp(pressed[i].said, code) == 0) {
            memcpy(out, pressed[i].two, 3);
            return true;
        }
    }
    return false;
}

static bool is_known(const char *two) {
    return (country_known[two[0] - 'A'] >> (two[1] - 'A') & 1) != 0;
}

static const char *two_of_three(const char *three) {
    size_t low = 0, high = sizeof country_codes / sizeof *country_codes, n = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = strcmp(country_codes[middle].three, three) < 0;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    bool found = low < n && strcmp(country_codes[low].three, three) == 0;
    return found ? country_codes[low].two : NULL;
}

bool im_country_code(const char *text, char out[3]) {
    char code[4];
    const char *two = NULL;
    out[0] = '\0';
    if (is_letters(text, 2, code)) {
        two = is_known(code) ? code : NULL;
    } else if (is_letters(text, 3, code)) {
        two = two_of_three(code);
    } else {
        return false;
    }
    memcpy(out, two != NULL ? two : "", two != NULL ? 3 : 1);
    return two != NULL || is_pressed(code, out);
}

/*
 * Of its official languages the one that most people write (CLDR 41, supplemental data,
 * officialStatus and populationPercent); Kazakh for Kazakhstan, whose names it is that
 * maps of the country bear. Countries that are not here: English.
 */
static const struct {
    const char *language, *countries;
} written[] = {
    {"am", "ET"},
    {"ar", "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SY TN YE"},
    {"az", "AZ"},
    {"be", "BY"},
    {"bg", "BG"},
    {"bi", "VU"},
    {"bn", "BD"},
    {"bs", "BA"},
    {"ca", "AD"},
    {"cs", "CZ"},
    {"da", "DK"},
    {"de", "AT CH DE LI"},
    {"dv", "MV"},
    {"dz", "BT"},
    {"el", "CY GR"},
    {"es", "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR SV UY VE"},
    {"et", "EE"},
    {"fa", "AF IR"},
    {"fi", "FI"},
    {"fo", "FO"},
    {"fr", "BF BJ BL CD CF CG CI CM FR GA GF GN GP LU MC MF ML MQ NC NE PF PM RE SC TD "
           "TF TG WF YT"},
    {"gn", "PY"},
    {"he", "IL"},
    {"hi", "IN"},
    {"hr", "HR"},
    {"ht", "HT"},
    {"hu", "HU"},
    {"hy", "AM"},
    {"id", "ID"},
    {"is", "IS"},
    {"it", "IT SM VA"},
    {"ja", "JP"},
    {"ka", "GE"},
    {"kk", "KZ"},
    {"kl", "GL"},
    {"km", "KH"},
    {"ko", "KP KR"},
    {"ky", "KG"},
    {"lo", "LA"},
    {"lt", "LT"},
    {"lv", "LV"},
    {"mg", "MG"},
    {"mk", "MK"},
    {"mn", "MN"},
    {"ms", "BN MY"},
    {"mt", "MT"},
    {"my", "MM"},
    {"ne", "NP"},
    {"nl", "AW BE BQ NL SR"},
    {"no", "NO SJ"},
    {"pap", "CW"},
    {"pau", "PW"},
    {"pl", "PL"},
    {"pt", "AO BR CV GW MZ PT ST TL"},
    {"rn", "BI"},
    {"ro", "MD RO"},
    {"ru", "RU"},
    {"rw", "RW"},
    {"si", "LK"},
    {"sk", "SK"},
    {"sl", "SI"},
    {"sm", "AS WS"},
    {"sn", "ZW"},
    {"so", "SO"},
    {"sq", "AL XK"},
    {"sr", "ME RS"},
    {"st", "LS"},
    {"sv", "AX SE"},
    {"sw", "KE TZ UG"},
    {"tg", "TJ"},
    {"th", "TH"},
    {"ti", "ER"},
    {"tk", "TM"},
    {"to", "TO"},
    {"tpi", "PG"},
    {"tr", "TR"},
    {"tvl", "TV"},
    {"uk", "UA"},
    {"ur", "PK"},
    {"uz", "UZ"},
    {"vi", "VN"},
    {"wo", "SN"},
    {"zh", "CN HK MO TW"},
};

const char *im_country_language(const char *country) {
    for (size_t i = 0; strlen(country) == 2 && i < sizeof written / sizeof *written;
         i++) {
        for (const char *at = written[i].countries; (at = strstr(at, country)); at++) {
            if (at == written[i].countries || at[-1] == ' ') {
                return written[i].language;
            }
        }
    }
    return "en";
}
