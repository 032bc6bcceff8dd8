/*
 * Synthetic rows of a GeoNames main table, the same for the same numbers:
 * geonames ROWS NAMES >allCountries.txt. Names are made of syllables of some languages,
 * with short ones and common ones repeated as in the real table (about half of the main
 * names are someone else's too); alternates are in other scripts and spellings.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 0x243424cc;

static uint64_t next(void) { /* splitmix64 (Vigna, prng.di.unimi.it/splitmix64.c) */
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}
static unsigned below(unsigned n) {
    return (unsigned)(next() >> 33) % n;
}

struct tongue {
    const char *countries;
    const char *first, *middle, *last; /* syllables parted by blanks */
    const char *before, *after;        /* words that go with names */
    const char *onset, *nucleus;       /* of syllables that few names share */
};

static const struct tongue tongues[] = {
    {"US GB CA AU NZ", "Spring Green Oak Brook Win Clear Ash Mill Har Stan Ches Wood Lake High Long Red "
     "Mar Ken Wil Brad Hunt Ham Thorn Black White Stone Clay", "ing er le en ford mont ders wick leigh",
     "field ville ton ham burg ford wood dale port land view side worth", "North South East West New Lake Mount Saint",
     "Creek River Lake Hill Park School Church Cemetery Mountain Valley", "b c d f g h l m n p r s t w br cr st th", "a e i o u ee oo ai"},
    {"MX CO AR ES PE CL", "San Santa Al Mon Ca Vi Gua La Las Los Bue Car Que Tla Chi Ma Po", "ri te lo na do ca la ñe ra mo que za",
     "rosa nio jo lla no ra cas dad los as cruz ón ías", "San Santa El La Los Rancho Cerro Río", "de Arriba de Abajo Chico Grande", "b c d g j l m n p r s t v ch", "a e i o u á é ía ue"},
    {"DE AT CH NL", "Ober Unter Neu Alt Groß Klein Wald Berg Stein Kirch Hof Frei Mühl Königs Lin", "en er el hein sch burg",
     "dorf berg heim hausen stadt bach feld tal brück ingen kirchen", "Bad Sankt", "am See", "b d f g h k l m n r s t w sch st br", "a e i o u ä ö ü ei au"},
    {"RU UA BY KZ", "Ново Красно Мало Верхне Бело Ниж Ива Пет Ни Ста Кам Бор Зо Ле Со", "во ни ро ло ми на ти ка ре",
     "ка во но ский ево ино овка ское инск град цы", "Большое Малое Новая", "Первое Второе", "б в г д ж з к л м н п р с т х ч ш", "а е и о у ы я ю"},
    {"CN TW", "Zhang Wang Li Chen Da Xiao Shang Xia Bei Nan Dong Xi", "jia zhu shan shi tou long", "cun zhen zhuang he gou wan tun ling", "", "", "b c d g h j l m n q s t x y zh sh ch", "a ai an ang e en i ian ing o ong u ui"},
    {"AZ TR", "Yuxarı Aşağı Qara Ağ Göy Şah Gün Çay Daş Hacı Bala Kür Gəl Tovuz", "lı əli ça ba da ku", "lı kənd ərx abad lar çay tala oba bulaq", "", "", "b c ç d g ğ h k l m n q r s ş t v x y", "a ə e ı i o ö u ü"},
    {"IR IQ SY EG", "تل خان دير علي حسن محمد سعد جبل عين بئر", "ال ا ي و ن", "اباد ان ية ور ين كوه", "", "", "ب ت ج ح خ د ر ز س ش ص ط ع ف ق ك ل م ن", "ا و ي"},
    {"AM GE", "Նոր Վերին Ներքին Կար Ար Մեծ თბ გურ ახალ ზემო", "ա ե ու ი ა ო", "շեն վան ձոր ავი ეთი იანი", "", "", "բ գ դ զ լ խ կ հ ձ ղ մ յ ն շ ვ თ კ", "ա ե ի ո ու ա"},
    {"IN ID PH MY", "Bara Chak Ram Pur Kot Nan Su Ka Tan Ban Si Dhar", "na ri ma la pa ga", "pur gaon abad war kot nagar ung ang uri", "Kampung Sungai Gunung", "Kalan Khurd", "b bh ch d dh g j k kh l m n p r s t", "a aa e i o u"},
};
enum { TONGUES = sizeof tongues / sizeof *tongues, TABLE = 64 };

static const char *pick(const char *list, size_t *n) { /* the first are the frequent ones */
    const char *at[TABLE];
    unsigned count = 0;
    for (const char *s = list; *s && count < TABLE;) {
        at[count++] = s;
        s += strcspn(s, " ");
        s += *s == ' ';
    }
    if (count == 0) {
        *n = 0;
        return "";
    }
    unsigned a = below(count), b = below(count);
    const char *s = at[a < b ? a : b];
    *n = strcspn(s, " ");
    return s;
}

/* Any of them, all as frequent. */
static size_t put_any(char *out, size_t at, const char *list) {
    unsigned words = 1;
    for (const char *s = list; *s; s++) {
        words += *s == ' ';
    }
    const char *s = list;
    for (unsigned skip = below(words); skip > 0; skip--) {
        s += strcspn(s, " ") + 1;
    }
    size_t n = strcspn(s, " ");
    memcpy(out + at, s, n);
    return at + n;
}

static size_t put(char *out, size_t at, const char *list) {
    size_t n;
    const char *s = pick(list, &n);
    memcpy(out + at, s, n);
    return at + n;
}

static size_t name(char *out, const struct tongue *t) {
    size_t n = 0;
    if (*t->before && below(9) == 0) {
        n = put(out, n, t->before);
        out[n++] = ' ';
    }
    if (below(3)) { // a stem that few share
        for (unsigned more = 1 + below(3); more > 0; more--) {
            n = put_any(out, n, t->onset);
            n = put_any(out, n, t->nucleus);
        }
    } else {
        n = put(out, n, t->first);
        for (unsigned more = below(4); more > 0; more--) {
            n = put(out, n, t->middle);
        }
    }
    n = put(out, n, t->last);
    if (*t->after && below(6) == 0) {
        out[n++] = ' ';
        n = put(out, n, t->after);
    }
    out[n] = '\0';
    return n;
}

int main(int argc, char **argv) {
    static const char *const codes[] = {"PPL", "PPL", "PPL", "PPLL", "PPLX", "PPLA3", "STM", "STM", "LK", "MT", "HLL", "SCH", "CH", "FRM", "ADM3", "CMTY", "HTL"};
    static const char classes[] = "PPPPPPHHHTTSSSASS";
    unsigned long rows = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
    unsigned long names = argc > 2 ? strtoul(argv[2], NULL, 10) : rows * 5 / 3;
    unsigned long left = names > rows ? names - rows : 0;
    static char buffer[1 << 20];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    for (unsigned long i = 0; i < rows; i++) {
        const struct tongue *t = &tongues[(i / 5000 + below(20) / 19) % TONGUES];
        char main_name[256], other[256];
        size_t cc;
        const char *country = pick(t->countries, &cc);
        unsigned code = below(sizeof codes / sizeof *codes);
        name(main_name, t);
        printf("%lu\t%s\t%s\t", 1000 + 3 * i + below(3), main_name, main_name);
        unsigned long due = left / (rows - i), more = due + (left % (rows - i) > below((unsigned)(rows - i)));
        for (unsigned long k = 0; k < more; k++, left--) {
            name(other, below(3) ? t : &tongues[below(TONGUES)]);
            printf(k ? ",%s" : "%s", other);
        }
        printf("\t%.5f\t%.5f\t%c\t%s\t%.2s\t\t%02u\t%u\t\t\t%u\t\t%u\tEtc/UTC\t2020-07-12\n", below(1600000) / 1e4 - 80.0,
               below(3600000) / 1e4 - 180, classes[code], codes[code], country, 1 + below(30), below(300),
               below(5) ? 0 : below(below(8) ? 5000 : 500000), below(3000));
    }
    return 0;
}
