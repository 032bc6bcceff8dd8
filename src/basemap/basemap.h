/*
 * The ground of a map in page points: bundled borders at the right detail, or the
 * user's, with classes by worldview; lakes, rivers; overlays. Clipped, projected, ready
 * to lay out.
 */
#ifndef IM_BASEMAP_BASEMAP_H
#define IM_BASEMAP_BASEMAP_H

#include "base/findings.h"
#include "model/ground.h"
#include "model/spec.h"
#include "project/project.h"

struct im_geodata; /* the opened bundled shapefiles and unit tables, read-only */

/* Errors: GEODATA. Opened files stay with `arena`. */
INCMAP_MUST_CHECK enum incmap_status im_geodata_open(struct im_arena *arena,
                                                     const char *dir,
                                                     struct im_geodata **out,
                                                     struct incmap_error *err);

/* Everything that the view shows. Findings: coarse borders, user records that are
 * broken. Errors: GEODATA, INPUT (user's border file), PROJECTION (its CRS). */
struct im_basemap_request {
    const struct im_geodata *geodata;
    const struct im_spec *spec;
    const struct im_view *view;
    struct im_findings *findings;
    struct im_date first, last; /* days of the incidents; unset: none is dated */
    bool
        survey; /* only the lines that a legend explains; not where the user has borders
                 */
    bool locator; /* a small map of the surroundings: bundled land, country borders and
                     lakes only */
};
INCMAP_MUST_CHECK enum incmap_status im_basemap_make(
    struct im_arena *arena, const struct im_basemap_request *rq, struct im_basemap *out,
    struct incmap_error *err);

/*
 * Main parts of countries (owners' codes under the spec's worldview): of each the units
 * that hang together, less than about 150 km apart, with those that meet `near`, or
 * where none does with its largest one; islands far off are left out. Fills in the box
 * of all of them, west > east across the antimeridian. Errors: GEODATA, USAGE
 * (worldview).
 */
struct im_mainland {
    const struct im_spec *spec;
    const char *const *codes;
    size_t n;
    struct im_box near;
    struct im_box box; /* of those that are found */
    bool found;
};
INCMAP_MUST_CHECK enum incmap_status im_geodata_mainland(const struct im_geodata *g,
                                                         struct im_arena *arena,
                                                         struct im_mainland *which,
                                                         struct incmap_error *err);
/* About how much of a box is land, 0 to 1: how dense the units are whose boxes hold the
 * points of a grid of 12 x 12. Errors: GEODATA. */
INCMAP_MUST_CHECK enum incmap_status im_geodata_land_share(const struct im_geodata *g,
                                                           struct im_arena *arena,
                                                           struct im_box box,
                                                           double *out,
                                                           struct incmap_error *err);

/* An overlay's features in degrees: a bundled name ("pipelines") or the user's
 * shapefile in any CRS. Errors: INPUT, PROJECTION, USAGE (no such bundled layer:
 * suggestion). */
INCMAP_MUST_CHECK enum incmap_status im_overlay_read(struct im_arena *arena,
                                                     const struct im_geodata *geodata,
                                                     const struct im_spec_overlay *spec,
                                                     struct im_findings *findings,
                                                     struct im_features *out,
                                                     struct incmap_error *err);
/* The same, on the page. Features that are not in view are left out. */
void im_overlay_project(struct im_arena *arena, const struct im_view *view,
                        const struct im_features *features, struct im_overlay *out);

/* Owner of a point under a worldview ("un", "de-facto", a country's code: its claims
 * that have not ended) at a detail level ("large", "world"); "" = no land, or no such
 * worldview. */
const char *im_geodata_owner(const struct im_geodata *g, struct im_arena *arena,
                             struct im_lonlat p, const char *worldview,
                             const char *level);
/* Rings of an area reference of a place ("u:1,2", "c:AZ", "r:ID", or an outline of
 * its own, "g:..."); false when unknown. */
bool im_geodata_area(const struct im_geodata *g, struct im_arena *arena,
                     const char *reference, struct im_lines *out);
/* Chains of the border of two countries (alpha-2, owners under `un`), from the finer
 * level where that has all of it; false when they have none. */
bool im_geodata_border(const struct im_geodata *g, struct im_arena *arena,
                       const char *const country[2], struct im_lines *out);
/* A new figure begins: what is used counts from now on. */
void im_geodata_begin(const struct im_geodata *g);
/* SHA-256 of the data files used since, as JSON object text in the arena, for the
 * manifest: by name, whatever was opened first. */
const char *im_geodata_digests(const struct im_geodata *g, struct im_arena *arena);

#endif
