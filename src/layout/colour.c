/* Colours: reading, blending, and the contrast that makes text readable. */
#include "layout/style.h"

#include <math.h>
#include <string.h>

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool lay_colour_parse(const char *text, im_rgba *out) {
    size_t n = text == NULL ? 0 : strlen(text);
    if (n > 0 && text[0] != '#') {
        return lay_colour_named(text, out);
    }
    if ((n != 4 && n != 7 && n != 9) || text[0] != '#') {
        return false;
    }
    im_rgba value = 0;
    for (size_t i = 1; i < n; i++) {
        int digit = hex_digit(text[i]);
        if (digit < 0) {
            return false;
        }
        value = value << 4 | (im_rgba)digit;
        if (n == 4) {
            value = value << 4 | (im_rgba)digit;
        }
    }
    *out = n == 9 ? value : value << 8 | 0xFF;
    return true;
}

static im_rgba channel(im_rgba c, int shift) {
    return c >> shift & 0xFF;
}

im_rgba lay_colour_blend(im_rgba over, im_rgba under) {
    im_rgba alpha = channel(over, 0);
    im_rgba out = 0xFF;
    for (int shift = 8; shift <= 24; shift += 8) {
        im_rgba sum =
            channel(over, shift) * alpha + channel(under, shift) * (255 - alpha);
        out |= (sum + 127) / 255 << shift;
    }
    return out;
}

im_rgba lay_colour_alpha(im_rgba colour, double alpha) {
    return (colour & 0xFFFFFF00) | (im_rgba)lround(255 * alpha);
}

static double linear(im_rgba byte) {
    double c = (double)byte / 255;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(im_rgba c) {
    return 0.2126 * linear(channel(c, 24)) + 0.7152 * linear(channel(c, 16)) +
           0.0722 * linear(channel(c, 8));
}

double lay_contrast(im_rgba a, im_rgba b) {
    double la = luminance(a);
    double lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

im_rgba lay_colour_readable(im_rgba colour, im_rgba ground) {
    im_rgba out = colour | 0xFF;
    bool light = lay_contrast(ground, 0x000000FF) > lay_contrast(ground, 0xFFFFFFFF);
    im_rgba toward = light ? 0x0000000D : 0xFFFFFF0D;
    for (int step = 0; step < 60 && lay_contrast(out, ground) < 4.6; step++) {
        out = lay_colour_blend(toward, out);
    }
    return out;
}

im_rgba lay_colour_on_land(const struct im_style *style, im_rgba colour) {
    const im_rgba lands[] = {style->colour.subject, style->colour.party,
                             style->colour.neighbour};
    im_rgba out = colour | 0xFF;
    for (size_t i = 0; i < sizeof lands / sizeof lands[0]; i++) {
        out = lay_colour_readable(out, lands[i]);
        out = lay_colour_readable(out,
                                  lay_colour_blend(style->colour.corridor, lands[i]));
    }
    return out;
}
