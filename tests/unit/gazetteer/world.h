/* A small world of places in files of its own, for tests of the gazetteer. */
#ifndef TEST_GAZETTEER_WORLD_H
#define TEST_GAZETTEER_WORLD_H

#include "base/limits.h"
#include "gazetteer/compile.h"
#include "gazetteer/gazetteer.h"
#include "help/arena.h"
#include "help/folder.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define HEADER                                                                         \
    "id\tname\tlat\tlon\tkind\tfeature\tcountry\tadmin1\tpopulation\tnames\tfrom\tto"  \
    "\tprecision_km\tarea\tbbox\tsource\n"

static const char *const WORLD = HEADER
    "t:tovuz\tTovuz\t40.99\t45.63\tsettlement\ttown\tAZ\tTovuz\t17000\taz=Tovuz|ru="
    "Товуз"
    "\t\t\t1\t\t\ttest\n"
    "t:tovuz-d\tTovuz rayonu\t41.05\t45.75\tregion\tdistrict\tAZ\t\t\taz=Tovuz rayonu|"
    "az=Tovuz|ru=Товузский район\t\t\t24\tu:7\t45.4,40.7,46.0,41.2\ttest\n"
    "t:agdam\tAğdam\t39.99\t46.93\tsettlement\tcity\tAZ\tAğdam\t40000\taz=Ağdam|"
    "en=Aghdam\t\t\t2\t\t\ttest\n"
    "t:agdam-v\tAğdam\t40.905\t45.556\tsettlement\tvillage\tAZ\tTovuz\t5000\taz=Ağdam"
    "\t\t\t0.7\t\t\ttest\n"
    "t:movses\tMovses\t40.906\t45.491\tsettlement\tvillage\tAM\tTavush\t2000\t"
    "hy=Մովսես\t\t\t0.7\t\t\ttest\n"
    "t:ganja\tGəncə\t40.68\t46.36\tsettlement\tcity\tAZ\tGəncə\t313300\taz=Gəncə|"
    "en=Kirovabad@1935..1989\t\t\t2\t\t\ttest\n"
    "t:old\tOldtown\t40.00\t46.00\tsettlement\ttown\tAZ\tTovuz\t9000\ten=Oldtown\t"
    "1950\t1990\t1\t\t\ttest\n";

static const char *const REGIONS = HEADER
    "t:az\tAzerbaijan\t40.3\t47.1\tcountry\tcountry\tAZ\t\t\taz=Azərbaycan\t\t\t166\tc:"
    "AZ"
    "\t44.8,38.4,50.4,41.9\ttest\n"
    "t:ge\tGeorgia\t42.3\t42.6\tcountry\tcountry\tGE\t\t2200000\tka=საქართველო|ru="
    "Грузия\t\t\t149"
    "\tc:GE\t40.0,41.0,46.7,43.6\ttest\n"
    "t:ga\tGeorgia\t32.2\t-83.1\tregion\tadmin1\tUS\t\t2600000\ten=Georgia\t\t\t220\t"
    "u:9\t-85.6,30.4,-80.8,35.0\ttest\n"
    "t:tavush\tTavush\t40.86\t45.06\tregion\tadmin1\tAM\t\t\thy=Տավուշի "
    "մարզ\t\t\t29\t\t"
    "\ttest\n";

static const char *const CITIES = HEADER
    "t:paris\tParis\t48.85\t2.35\tsettlement\tcapital\tFR\t\t2138551\tfr="
    "Paris\t\t\t3\t\t"
    "\ttest\n"
    "t:paris-tx\tParis\t33.66\t-95.56\tsettlement\ttown\tUS\tTexas\t24000\ten=Paris\t\t"
    "\t1\t\t\ttest\n"
    "t:spr1\tSpringfield\t37.2\t-93."
    "3\tsettlement\tcity\tUS\tMissouri\t166000\t\t\t\t2\t\t"
    "\ttest\n"
    "t:spr2\tSpringfield\t42.1\t-72."
    "6\tsettlement\tcity\tUS\tMassachusetts\t153000\t\t\t\t"
    "2\t\t\ttest\n"
    "t:rock\tRockport\t-21\t-51\tsettlement\tcapital\tFK\t\t3000\t\t\t\t2\t\t\ttest\n"
    "t:port\tPortville\t-22\t-52\tsettlement\tcity\tBR\t\t900000\t\t\t\t2\t\t\ttest\n"
    "t:seat\tSeatville\t-23\t-"
    "51\tsettlement\tcapital\tBR\t\t300000\t\t\t\t2\t\t\ttest\n"
    "t:tbilisi\tTbilisi\t41.69\t44.83\tsettlement\tcapital\tGE\tTbilisi\t1049498\t"
    "ka=თბილისი\t\t\t3\t\t\ttest\n";

static int make_world(void **state) {
    if (arena_setup(state) != 0 || folder_make() != 0) {
        return 1;
    }
    folder_put("places-caucasus.tsv", WORLD);
    folder_put("places-regions.tsv", REGIONS);
    folder_put("places-world.tsv", CITIES);
    return 0;
}

static int end_world(void **state) {
    return folder_remove() != 0 || arena_teardown(state) != 0;
}

static __attribute__((unused)) struct im_gazetteer *open_world(void) {
    struct im_gazetteer *gz = NULL;
    struct incmap_error err = {.status = INCMAP_OK};
    if (im_gazetteer_open(arena, folder, &gz, &err) != INCMAP_OK) {
        fail_msg("%s:%u: %s", err.source, err.line, err.message);
    }
    return gz;
}

/* "ok t:tovuz", "ambiguous t:a t:b", "unknown": status and candidates' ids. */
static __attribute__((unused)) const char *shown(const struct im_answer_set *a) {
    struct im_buf buf;
    im_buf_init(&buf, arena, 1 << 20);
    im_buf_str(&buf, im_answer_text(a->status));
    size_t n = a->status == IM_ANSWER_OK ? 1 : a->n;
    for (size_t i = 0; i < n; i++) {
        im_buf_fmt(&buf, " %s", a->candidates[i].place->id);
    }
    return buf.data;
}

#endif
