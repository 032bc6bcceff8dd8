#include "base/date.h"
#include "base/num.h"
#include <limits.h>

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool is_valid(struct im_date d) {
    if (d.year < 1 || d.year > 9999 || d.month < 0 || d.month > 12 || d.day < 0) {
        return false;
    }
    return d.month == 0 ? d.day == 0 : d.day <= days_in_month(d.year, d.month);
}

/* Exactly `count` digits at s[*i]; moves *i behind them. */
static bool take_digits(const char *s, size_t n, size_t *i, size_t count, int *out) {
    int v = 0;
    for (size_t k = 0; k < count; k++, (*i)++) {
        if (*i >= n || s[*i] < '0' || s[*i] > '9') {
            return false;
        }
        v = v * 10 + (s[*i] - '0');
    }
    *out = v;
    return true;
}

static bool scan_date(const char *s, size_t n, struct im_date *d, size_t *i) {
    if (!take_digits(s, n, i, 4, &d->year)) {
        return false;
    }
    if (*i == n) {
        return true;
    }
    bool dashed = s[*i] == '-';
    *i += dashed;
    if (!take_digits(s, n, i, 2, &d->month) || d->month == 0) {
        return false;
    }
    if (*i == n) {
        return dashed; // 202007 could be anything
    }
    if (dashed && s[*i] != '-') {
        return false;
    }
    *i += dashed;
    return take_digits(s, n, i, 2, &d->day) && d->day != 0;
}

bool im_date_parse(const char *s, size_t n, struct im_date *out) {
    struct im_date d = {0, 0, 0};
    size_t i = 0;
    if (!scan_date(s, n, &d, &i) || !is_valid(d)) {
        return false;
    }
    if (i < n && !(d.day != 0 && (s[i] == 'T' || s[i] == 't' || s[i] == ' '))) {
        return false;
    }
    if (i + 1 < n && (s[i + 1] < '0' || s[i + 1] > '9')) {
        return false; // a time starts with a digit
    }
    *out = d;
    return true;
}

bool im_date_is_set(struct im_date d) {
    return d.year != 0;
}

/* Days since 1970-01-01 of a full date: Howard Hinnant, "chrono-compatible low-level
 * date algorithms", days_from_civil. */
static long days_from_civil(int y, int m, int d) {
    y -= m <= 2;
    long era = (y >= 0 ? y : y - 399) / 400;
    long year_of_era = y - era * 400;
    long day_of_year = (153L * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    long day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* civil_from_days of the same paper. */
struct im_date im_date_of_day(long days) {
    long z = days + 719468;
    long era = (z >= 0 ? z : z - 146096) / 146097;
    long doe = z - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long mp = (5 * doy + 2) / 153;
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (struct im_date){(int)(yoe + era * 400) + (month <= 2), month,
                            (int)(doy - (153 * mp + 2) / 5) + 1};
}

long im_date_first_day(struct im_date d) {
    if (d.year == 0) {
        return LONG_MIN;
    }
    return days_from_civil(d.year, d.month == 0 ? 1 : d.month, d.day == 0 ? 1 : d.day);
}

long im_date_last_day(struct im_date d) {
    if (d.year == 0) {
        return LONG_MAX;
    }
    int month = d.month == 0 ? 12 : d.month;
    return days_from_civil(d.year, month,
                           d.day == 0 ? days_in_month(d.year, month) : d.day);
}

bool im_date_within(struct im_date d, struct im_date from, struct im_date to) {
    if (d.year == 0) {
        return true;
    }
    bool late_enough = from.year == 0 || im_date_last_day(d) >= im_date_first_day(from);
    bool early_enough = to.year == 0 || im_date_first_day(d) <= im_date_last_day(to);
    return late_enough && early_enough;
}

/* `count` decimal digits of v with leading zeros. */
static char *put_digits(char *p, int v, int count) {
    for (int i = count - 1; i >= 0; i--) {
        p[i] = (char)('0' + v % 10);
        v /= 10;
    }
    return p + count;
}

char *im_date_write(char *buf, struct im_date d) {
    char *p = buf;
    if (d.year != 0) {
        p = put_digits(p, d.year, 4);
    }
    if (d.year != 0 && d.month != 0) {
        *p++ = '-';
        p = put_digits(p, d.month, 2);
    }
    if (d.year != 0 && d.month != 0 && d.day != 0) {
        *p++ = '-';
        p = put_digits(p, d.day, 2);
    }
    *p = '\0';
    return buf;
}
