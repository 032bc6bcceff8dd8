/* Calendar dates with stated precision. */
#ifndef IM_BASE_DATE_H
#define IM_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>

/* A proleptic Gregorian date; month 0 = only the year is known, day 0 = month only;
 * year 0 = no date at all. */
struct im_date {
    int year, month, day;
};

/* ISO 8601: 2020, 2020-07, 2020-07-12, 20200712, 2020-07-12T... (time ignored). */
bool im_date_parse(const char *s, size_t n, struct im_date *out);
bool im_date_is_set(struct im_date d);
/* Earliest/latest day a date can mean, as days since 1970-01-01 (Howard Hinnant,
 * days_from_civil). Unset: LONG_MIN / LONG_MAX. */
long im_date_first_day(struct im_date d);
long im_date_last_day(struct im_date d);
/* The full date of a day since 1970-01-01. */
struct im_date im_date_of_day(long days);
/* Can `d` fall into [from, to] (each may be unset = open)? */
bool im_date_within(struct im_date d, struct im_date from, struct im_date to);
/* "2020-07-12", "2020-07", "2020" or ""; buf of 16. Returns buf. */
char *im_date_write(char *buf, struct im_date d);

#endif
