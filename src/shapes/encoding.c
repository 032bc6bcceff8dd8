/* Which bytes a DBF's text is made of. */
#include "base/buf.h"
#include "base/utf8.h"
#include "shapes/shapefile.h"
#include <string.h>

// What .cpg files say, after dropping everything but letters and digits; the ISO 8859
// and code page families are taken by their numbers.
static const struct {
    const char *says, *name;
} cpg_names[] = {
    {"UTF8", ""},
    {"65001", ""},
    {"UTF16", NULL},
    {"LATIN1", "ISO-8859-1"},
    {"LATIN2", "ISO-8859-2"},
    {"LATIN5", "ISO-8859-9"},
    {"LATIN9", "ISO-8859-15"},
    {"KOI8R", "KOI8-R"},
    {"KOI8U", "KOI8-U"},
    {"BIG5", "BIG5"},
    {"SJIS", "SHIFT_JIS"},
    {"SHIFTJIS", "SHIFT_JIS"},
    {"GB2312", "GB2312"},
    {"GBK", "GBK"},
    {"GB18030", "GB18030"},
    {"EUCJP", "EUC-JP"},
    {"EUCKR", "EUC-KR"},
    {"ASCII", ""},
    {"USASCII", ""},
};

// Language driver ids (dBASE, FoxPro, ESRI).
static const struct {
    unsigned char id;
    const char *name;
} ldid_names[] = {
    {0x01, "CP437"},  {0x02, "CP850"},  {0x03, "CP1252"}, {0x08, "CP865"},
    {0x09, "CP437"},  {0x0a, "CP850"},  {0x0b, "CP437"},  {0x0d, "CP437"},
    {0x0e, "CP850"},  {0x0f, "CP437"},  {0x10, "CP850"},  {0x11, "CP437"},
    {0x12, "CP850"},  {0x13, "CP932"},  {0x14, "CP850"},  {0x15, "CP437"},
    {0x16, "CP850"},  {0x17, "CP865"},  {0x18, "CP437"},  {0x19, "CP437"},
    {0x1a, "CP850"},  {0x1b, "CP437"},  {0x1c, "CP863"},  {0x1d, "CP850"},
    {0x1f, "CP852"},  {0x22, "CP852"},  {0x23, "CP852"},  {0x24, "CP860"},
    {0x25, "CP850"},  {0x26, "CP866"},  {0x37, "CP850"},  {0x40, "CP852"},
    {0x4d, "CP936"},  {0x4e, "CP949"},  {0x4f, "CP950"},  {0x50, "CP874"},
    {0x57, "CP1252"}, {0x58, "CP1252"}, {0x59, "CP1252"}, {0x64, "CP852"},
    {0x65, "CP866"},  {0x66, "CP865"},  {0x67, "CP861"},  {0x6a, "CP737"},
    {0x6b, "CP857"},  {0x6c, "CP863"},  {0x78, "CP950"},  {0x79, "CP949"},
    {0x7a, "CP936"},  {0x7b, "CP932"},  {0x7c, "CP874"},  {0x7d, "CP1255"},
    {0x7e, "CP1256"}, {0x86, "CP737"},  {0x87, "CP852"},  {0x88, "CP857"},
    {0xc8, "CP1250"}, {0xc9, "CP1251"}, {0xca, "CP1254"}, {0xcb, "CP1253"},
    {0xcc, "CP1257"},
};

const char *im_encoding_of_ldid(int id) {
    for (size_t i = 0; i < sizeof ldid_names / sizeof ldid_names[0]; i++) {
        if (ldid_names[i].id == id) {
            return ldid_names[i].name;
        }
    }
    return NULL;
}

const char *im_encoding_of_cpg(struct im_arena *arena, const char *text, size_t n) {
    char key[33];
    size_t k = 0;
    for (size_t i = 0; i < n && k < 32; i++) {
        char c = text[i];
        if (c >= 'a' && c <= 'z') {
            c = (char)(c - 'a' + 'A');
        }
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            key[k++] = c;
        }
    }
    key[k] = '\0';
    for (size_t i = 0; i < sizeof cpg_names / sizeof cpg_names[0]; i++) {
        if (strcmp(cpg_names[i].says, key) == 0) {
            return cpg_names[i].name;
        }
    }
    // "ISO-8859-5", "ISO 88595", "8859_5"; "1252", "CP1252", "ANSI 1252", "OEM 866"
    const char *digits = key + strcspn(key, "0123456789");
    size_t count = strspn(digits, "0123456789");
    if (strncmp(digits, "8859", 4) == 0 && (count == 5 || count == 6) &&
        digits[count] == '\0') {
        return im_format(arena, "ISO-8859-%s", digits + 4);
    }
    if ((count == 3 || count == 4) && digits[count] == '\0') {
        return im_format(arena, "CP%s", digits);
    }
    return NULL;
}

// Bytes that nobody can decode: UTF-8 if they are that, else Latin-1.
static const char *decode_plain(struct im_arena *arena, const char *text, size_t n) {
    if (im_utf8_valid(text, n)) {
        return im_strndup(arena, text, n);
    }
    struct im_buf out;
    im_buf_init(&out, arena, 2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        char utf8[4];
        im_buf_add(&out, utf8, im_utf8_put(utf8, (unsigned char)text[i]));
    }
    return out.data;
}

const char *im_shapes_decode(const struct im_shapes *s, struct im_arena *arena,
                             const char *text, size_t n) {
    if (!s->has_decoder) {
        return decode_plain(arena, text, n);
    }
    char *out = im_alloc(arena, 4 * n + 1, 1);
    char *in = (char *)text, *to = out; // iconv does not write to its input
    size_t left = n, room = 4 * n;
    iconv(s->decoder, NULL, NULL, NULL, NULL);
    while (left > 0) {
        if (iconv(s->decoder, &in, &left, &to, &room) != (size_t)-1) {
            break;
        }
        if (left == 0 || room < 3) {
            break;
        }
        memcpy(to, "\xef\xbf\xbd", 3); // U+FFFD for what the encoding does not have
        to += 3;
        room -= 3;
        in++;
        left--;
    }
    *to = '\0';
    return out;
}
