/* Languages that incmap knows: by their codes and by what people write for them. */
#include "text/language.h"
#include "text/text.h"

#include <string.h>

/* Those of the furniture and of the names in the bundled gazetteer; what else is
 * written for them: English name, ISO 639-2, own name, a country's code taken for it.
 */
static const struct tongue {
    const char *code, *name;
    const char *also[4];
} tongues[] = {
    {"ab", "Abkhaz", {"abk", "Abkhazian"}},
    {"af", "Afrikaans", {"afr"}},
    {"am", "Amharic", {"amh"}},
    {"ar", "Arabic", {"ara", "العربية"}},
    {"as", "Assamese", {"asm"}},
    {"ast", "Asturian", {NULL}},
    {"az", "Azerbaijani", {"aze", "Azeri", "Azərbaycan", "Azərbaycanca"}},
    {"ba", "Bashkir", {"bak"}},
    {"be", "Belarusian", {"bel", "by"}},
    {"bg", "Bulgarian", {"bul"}},
    {"bn", "Bengali", {"ben", "Bangla", "bd"}},
    {"br", "Breton", {"bre"}},
    {"bs", "Bosnian", {"bos"}},
    {"ca", "Catalan", {"cat", "Català"}},
    {"ce", "Chechen", {"che"}},
    {"ceb", "Cebuano", {NULL}},
    {"ckb", "Central Kurdish", {"Sorani", "Kurdish", "kur"}},
    {"cs", "Czech", {"ces", "cze", "cz"}},
    {"cy", "Welsh", {"cym", "wel", "Cymraeg"}},
    {"da", "Danish", {"dan", "dk"}},
    {"de", "German", {"deu", "ger", "Deutsch"}},
    {"dz", "Dzongkha", {"dzo", "bt"}},
    {"ee", "Ewe", {"ewe"}},
    {"el", "Greek", {"ell", "gre", "gr"}},
    {"en", "English", {"eng", "us", "gb"}},
    {"eo", "Esperanto", {"epo"}},
    {"es", "Spanish", {"spa", "Español"}},
    {"et", "Estonian", {"est"}},
    {"eu", "Basque", {"eus", "baq", "Euskara"}},
    {"fa", "Persian", {"fas", "per", "Farsi", "فارسی"}},
    {"ff", "Fula", {"ful", "Fulah"}},
    {"fi", "Finnish", {"fin", "Suomi"}},
    {"fil", "Filipino", {"tl", "tgl", "Tagalog"}},
    {"fo", "Faroese", {"fao"}},
    {"fr", "French", {"fra", "fre", "Français"}},
    {"fy", "Frisian", {"fry"}},
    {"ga", "Irish", {"gle"}},
    {"gd", "Gaelic", {"gla"}},
    {"gl", "Galician", {"glg", "Galego"}},
    {"gu", "Gujarati", {"guj"}},
    {"ha", "Hausa", {"hau"}},
    {"he", "Hebrew", {"heb", "iw", "il"}},
    {"hi", "Hindi", {"hin"}},
    {"hr", "Croatian", {"hrv"}},
    {"hsb", "Sorbian", {NULL}},
    {"hu", "Hungarian", {"hun", "Magyar"}},
    {"hy", "Armenian", {"hye", "arm", "Հայերեն"}},
    {"id", "Indonesian", {"ind", "in", "Bahasa"}},
    {"ig", "Igbo", {"ibo"}},
    {"is", "Icelandic", {"isl", "ice"}},
    {"it", "Italian", {"ita"}},
    {"ja", "Japanese", {"jpn", "jp", "日本語"}},
    {"jv", "Javanese", {"jav"}},
    {"ka", "Georgian", {"kat", "geo", "ge", "ქართული"}},
    {"kk", "Kazakh", {"kaz", "kz"}},
    {"km", "Khmer", {"khm", "Cambodian"}},
    {"kn", "Kannada", {"kan"}},
    {"ko", "Korean", {"kor", "kr", "한국어"}},
    {"ku", "Kurmanji", {"kur"}},
    {"ky", "Kyrgyz", {"kir", "kg", "Kirghiz"}},
    {"lb", "Luxembourgish", {"ltz", "lu"}},
    {"ln", "Lingala", {"lin"}},
    {"lo", "Lao", {"lao"}},
    {"lt", "Lithuanian", {"lit"}},
    {"lv", "Latvian", {"lav"}},
    {"mg", "Malagasy", {"mlg"}},
    {"mk", "Macedonian", {"mkd", "mac"}},
    {"ml", "Malayalam", {"mal"}},
    {"mn", "Mongolian", {"mon"}},
    {"mr", "Marathi", {"mar"}},
    {"ms", "Malay", {"msa", "may"}},
    {"mt", "Maltese", {"mlt"}},
    {"my", "Burmese", {"mya", "bur", "mm"}},
    {"ne", "Nepali", {"nep", "np"}},
    {"nl", "Dutch", {"nld", "dut", "Nederlands"}},
    {"no", "Norwegian", {"nor", "nb", "nn", "nob"}},
    {"or", "Odia", {"ori", "Oriya"}},
    {"os", "Ossetian", {"oss", "Ossetic"}},
    {"pa", "Punjabi", {"pan", "Panjabi"}},
    {"pl", "Polish", {"pol", "Polski"}},
    {"ps", "Pashto", {"pus"}},
    {"pt", "Portuguese", {"por", "Português"}},
    {"qu", "Quechua", {"que"}},
    {"rm", "Romansh", {"roh"}},
    {"ro", "Romanian", {"ron", "rum", "mo"}},
    {"ru", "Russian", {"rus", "Русский"}},
    {"sd", "Sindhi", {"snd"}},
    {"se", "Sami", {"sme"}},
    {"si", "Sinhala", {"sin", "lk", "Sinhalese"}},
    {"sk", "Slovak", {"slk", "slo"}},
    {"sl", "Slovenian", {"slv", "Slovene"}},
    {"sn", "Shona", {"sna"}},
    {"so", "Somali", {"som"}},
    {"sq", "Albanian", {"sqi", "alb", "al", "Shqip"}},
    {"sr", "Serbian", {"srp", "rs"}},
    {"sv", "Swedish", {"swe", "Svenska"}},
    {"sw", "Swahili", {"swa", "ke"}},
    {"ta", "Tamil", {"tam"}},
    {"te", "Telugu", {"tel"}},
    {"tg", "Tajik", {"tgk", "tj"}},
    {"th", "Thai", {"tha"}},
    {"ti", "Tigrinya", {"tir", "er"}},
    {"tk", "Turkmen", {"tuk", "tm"}},
    {"to", "Tongan", {"ton"}},
    {"tr", "Turkish", {"tur", "Türkçe"}},
    {"tt", "Tatar", {"tat"}},
    {"ug", "Uyghur", {"uig", "Uighur"}},
    {"uk", "Ukrainian", {"ukr", "ua", "Українська"}},
    {"ur", "Urdu", {"urd", "pk"}},
    {"uz", "Uzbek", {"uzb"}},
    {"vi", "Vietnamese", {"vie", "vn"}},
    {"wo", "Wolof", {"wol"}},
    {"yo", "Yoruba", {"yor"}},
    {"yue", "Cantonese", {"hk"}},
    {"zh", "Chinese", {"zho", "chi", "cn", "中文"}},
    {"zu", "Zulu", {"zul"}},
};
enum { TONGUES = sizeof tongues / sizeof *tongues, LONGEST_SUBTAG = 8 };

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Letters of the n bytes; n + 1 when one is neither letter nor digit. */
static size_t letters(const char *s, size_t n) {
    size_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_letter(s[i]) && (s[i] < '0' || s[i] > '9')) {
            return n + 1;
        }
        sum += is_letter(s[i]);
    }
    return sum;
}

/* Case of a subtag (RFC 5646, 2.1.1): Cyrl, AZ, else small; small after a singleton. */
static void set_case(char *s, size_t n, bool small) {
    bool region = n == 2 && !small, script = n == 4 && !small && letters(s, n) == n;
    for (size_t i = 0; i < n; i++) {
        bool large = is_letter(s[i]) && (region || (script && i == 0));
        s[i] = large ? (char)(lower(s[i]) - 32) : lower(s[i]);
    }
}

char *im_language_tidy(struct im_arena *arena, const char *tag) {
    char *out = im_strdup(arena, tag);
    bool small = true; // the language itself
    for (char *at = out;;) {
        size_t n = strcspn(at, "-_");
        bool first = at == out;
        if (n == 0 || n > LONGEST_SUBTAG || letters(at, n) > n ||
            (first && (n < 2 || n > 3 || letters(at, n) < n))) {
            return NULL;
        }
        set_case(at, n, small);
        small = n == 1 || (small && !first);
        if (at[n] == '\0') {
            return small && n == 1 ? NULL : out;
        }
        at[n] = '-';
        at += n + 1;
    }
}

const char *im_language_known(size_t i) {
    return i < TONGUES ? tongues[i].code : NULL;
}

bool im_language_is_known(const char *tag) {
    for (size_t i = 0; i < TONGUES; i++) {
        if (text_is_language(tag, tongues[i].code)) {
            return true;
        }
    }
    return false;
}

/* Small ASCII letters; what follows a dash or underscore goes. */
static char *stem(struct im_arena *arena, const char *text) {
    char *out = im_strdup(arena, text);
    out[strcspn(out, "-_")] = '\0';
    for (char *p = out; *p != '\0'; p++) {
        *p = lower(*p);
    }
    return out;
}

static size_t least_distance(struct im_arena *arena, const char *text,
                             const struct tongue *t, size_t cap) {
    // a code is too short for a slip in it to tell what was meant: 'aj' is not 'az'
    size_t best = strlen(text) > 3 ? cap : 1;
    best = strcmp(text, t->code) == 0 ? 0 : best;
    const char *written[] = {t->name, t->also[0], t->also[1], t->also[2], t->also[3]};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        if (written[i] != NULL) {
            size_t d = im_edit_distance(text, stem(arena, written[i]), best);
            best = d < best ? d : best;
        }
    }
    return best < cap ? best : cap;
}

const char *im_language_nearest(struct im_arena *arena, const char *text,
                                const char **name) {
    const char *wanted = stem(arena, text), *best = "";
    size_t least = strlen(wanted) > 3 ? strlen(wanted) / 3 + 1 : 1;
    *name = "";
    for (size_t i = 0; i < TONGUES; i++) {
        size_t d = least_distance(arena, wanted, &tongues[i], least);
        if (d < least) {
            least = d;
            best = tongues[i].code;
            *name = tongues[i].name;
        }
    }
    return best;
}
