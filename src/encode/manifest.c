#include "base/file.h"
#include "encode/encode.h"
#include "formats/json.h"

#include <string.h>

/* "key":"text", left out when the text is empty. */
static void pair(struct im_buf *b, bool *first, const char *key, const char *text) {
    if (text != NULL && text[0] != '\0') {
        im_json_key(b, first, key);
        im_json_string(b, text);
    }
}

static void date_pair(struct im_buf *b, bool *first, const char *key,
                      struct im_date d) {
    char text[16];
    pair(b, first, key, im_date_write(text, d));
}

/* "key": value that is JSON already. */
static void raw_pair(struct im_buf *b, bool *first, const char *key, const char *json) {
    im_json_key(b, first, key);
    im_buf_str(b, json && json[0] ? json : "{}");
}

static void inputs(struct im_buf *b, const struct im_manifest *m) {
    im_buf_char(b, '[');
    for (size_t i = 0; i < m->input_count; i++) {
        bool first = true;
        im_buf_str(b, i ? ",{" : "{");
        pair(b, &first, "role", m->inputs[i].role);
        pair(b, &first, "file", m->inputs[i].path);
        bool own = strlen(m->inputs[i].digest) == 32; // of a compiled gazetteer
        pair(b, &first, own ? "digest" : "sha256", m->inputs[i].digest);
        im_buf_char(b, '}');
    }
    im_buf_char(b, ']');
}

static void numbers(struct im_buf *b, const double *v, size_t n) {
    im_buf_char(b, '[');
    for (size_t i = 0; i < n; i++) {
        im_buf_str(b, i ? "," : "");
        im_json_number(b, v[i], 2);
    }
    im_buf_char(b, ']');
}

/* Page of the PDF where one was asked for, points. */
static void paper(struct im_buf *b, bool *first, const struct im_spec *spec) {
    const double page[] = {spec->pdf.width_pt, spec->pdf.height_pt};
    if (page[0] > 0) {
        im_json_key(b, first, "pdf_page");
        numbers(b, page, 2);
    }
    if (spec->pdf.margins) {
        im_json_key(b, first, "pdf_margins");
        numbers(b, spec->pdf.margin_pt, 4);
    }
}

static void settings(struct im_buf *b, const struct im_spec *spec) {
    bool first = true;
    im_buf_char(b, '{');
    pair(b, &first, "title", spec->title);
    pair(b, &first, "subtitle", spec->subtitle);
    pair(b, &first, "language", spec->language);
    pair(b, &first, "theme", spec->theme);
    date_pair(b, &first, "as_of", spec->as_of);
    date_pair(b, &first, "from", spec->from);
    date_pair(b, &first, "to", spec->to);
    im_json_key(b, &first, "width_px");
    im_json_number(b, spec->width_px, 0);
    im_json_key(b, &first, "height_px");
    im_json_number(b, spec->height_px, 0);
    im_json_key(b, &first, "scale");
    im_json_number(b, spec->scale, 6);
    paper(b, &first, spec);
    im_buf_char(b, '}');
}

static void position(struct im_buf *b, const struct im_event *e) {
    static const char *const kind[] = {"none", "point", "line", "area"};
    bool first = true;
    im_json_key(b, &first, "position");
    im_json_string(b, kind[e->position.kind]);
    if (e->position.kind != IM_NOT_MAPPABLE) {
        im_json_key(b, &first, "lon");
        im_json_number(b, e->position.at.lon, 6);
        im_json_key(b, &first, "lat");
        im_json_number(b, e->position.at.lat, 6);
        im_json_key(b, &first, "radius_m");
        im_json_number(b, e->position.radius_m, 0);
    }
    pair(b, &first, "reason", e->position.reason);
}

/* Who settled the name, when and why. */
static void pin(struct im_buf *b, const struct im_pin *p) {
    bool first = true;
    im_buf_char(b, '{');
    pair(b, &first, "name", p->name);
    pair(b, &first, "context", p->context);
    pair(b, &first, "who", p->who);
    pair(b, &first, "when", p->when);
    pair(b, &first, "why", p->why);
    pair(b, &first, "file", im_path_name(p->row.file));
    im_json_key(b, &first, "line");
    im_json_number(b, p->row.line, 0);
    im_buf_char(b, '}');
}

/* One event's place: which row, which gazetteer entry, which rule. */
static void place(struct im_buf *b, const struct im_event *e) {
    bool first = false;
    im_buf_char(b, '{');
    position(b, e);
    pair(b, &first, "query", e->place_text);
    pair(b, &first, "event_id", e->id);
    pair(b, &first, "file", im_path_name(e->row.file));
    im_json_key(b, &first, "line");
    im_json_number(b, e->row.line, 0);
    if (e->place != NULL) {
        pair(b, &first, "place", e->place->name);
        pair(b, &first, "id", e->place->id);
        pair(b, &first, "source", e->place->source);
    }
    if (e->pin != NULL) {
        im_json_key(b, &first, "pin");
        pin(b, e->pin);
    }
    im_buf_char(b, '}');
}

static void places(struct im_buf *b, const struct im_events *events) {
    im_buf_char(b, '[');
    for (size_t i = 0; i < events->n; i++) {
        if (i > 0) {
            im_buf_char(b, ',');
        }
        place(b, &events->v[i]);
    }
    im_buf_char(b, ']');
}

static void finding(struct im_buf *b, const struct incmap_finding *f) {
    static const char *const severity[] = {"note", "warning", "error"};
    bool first = true;
    im_buf_char(b, '{');
    pair(b, &first, "code", f->code);
    pair(b, &first, "severity", severity[f->severity]);
    pair(b, &first, "file", f->file);
    im_json_key(b, &first, "line");
    im_json_number(b, f->line, 0);
    im_json_key(b, &first, "col");
    im_json_number(b, f->column, 0);
    im_json_key(b, &first, "record");
    im_json_number(b, (double)f->record, 0);
    pair(b, &first, "message", f->message);
    pair(b, &first, "help", f->help);
    im_buf_char(b, '}');
}

/* Files as given for a report, by their names alone in a figure. */
void im_findings_json(struct im_buf *b, const struct im_findings *f, bool bare) {
    im_buf_char(b, '[');
    for (size_t i = 0; i < f->n; i++) {
        if (i > 0) {
            im_buf_char(b, ',');
        }
        struct incmap_finding one = f->items[i];
        one.file = bare ? im_path_name(one.file) : one.file;
        finding(b, &one);
    }
    im_buf_char(b, ']');
}

/* The locator: where it is on the page, points, and what it shows. */
static void inset(struct im_buf *b, bool *first, const struct im_panel *p) {
    if (p == NULL) {
        return;
    }
    const double frame[] = {p->frame.x, p->frame.y, p->frame.w, p->frame.h};
    const double cover[] = {p->cover.west, p->cover.south, p->cover.east,
                            p->cover.north};
    bool inner = true;
    im_json_key(b, first, "inset");
    im_buf_char(b, '{');
    pair(b, &inner, "projection", p->projection);
    im_json_key(b, &inner, "frame");
    numbers(b, frame, 4);
    im_json_key(b, &inner, "shows");
    numbers(b, cover, 4);
    im_buf_char(b, '}');
}

char *im_manifest_json(struct im_arena *arena, const struct im_manifest *m) {
    struct im_buf b;
    bool first = true;
    im_buf_init(&b, arena, (size_t)256 << 20);
    im_buf_char(&b, '{');
    pair(&b, &first, "program", "incmap " INCMAP_VERSION);
    pair(&b, &first, "digest", m->digest);
    pair(&b, &first, "components", m->components);
    pair(&b, &first, "worldview", m->spec->worldview);
    pair(&b, &first, "projection", m->projection);
    inset(&b, &first, m->inset);
    pair(&b, &first, "borders", m->level);
    pair(&b, &first, "credits", m->credits);
    pair(&b, &first, "description", m->description);
    im_json_key(&b, &first, "settings");
    settings(&b, m->spec);
    im_json_key(&b, &first, "inputs");
    inputs(&b, m);
    raw_pair(&b, &first, "geodata", m->geodata_json);
    raw_pair(&b, &first, "fonts", m->fonts_json);
    im_json_key(&b, &first, "places");
    places(&b, m->events);
    im_json_key(&b, &first, "findings");
    im_findings_json(&b, m->findings, true);
    im_buf_char(&b, '}');
    return b.data;
}

static void report_counts(struct im_buf *b, const struct im_report *r) {
    static const char *const severity[] = {"notes", "warnings", "errors"};
    size_t count[3] = {0, 0, r->why != NULL};
    for (size_t i = 0; i < r->findings->n; i++) {
        count[r->findings->items[i].severity]++;
    }
    bool first = true;
    im_buf_char(b, '{');
    im_json_key(b, &first, "incidents");
    im_json_number(b, (double)r->events, 0);
    im_json_key(b, &first, "placed");
    im_json_number(b, (double)r->placed, 0);
    for (size_t i = 0; i < 3; i++) {
        im_json_key(b, &first, severity[i]);
        im_json_number(b, (double)count[i], 0);
    }
    im_buf_char(b, '}');
}

/* The failure itself, told as the last finding. */
static struct incmap_finding failure(const struct incmap_error *why) {
    return (struct incmap_finding){.code = incmap_status_text(why->status),
                                   .severity = INCMAP_ERROR,
                                   .file = why->source,
                                   .line = why->line,
                                   .column = why->column,
                                   .record = why->record,
                                   .message = why->message,
                                   .help = ""};
}

char *im_report_json(struct im_arena *arena, const struct im_report *r) {
    struct im_buf b;
    bool first = true;
    im_buf_init(&b, arena, (size_t)256 << 20);
    im_buf_char(&b, '{');
    pair(&b, &first, "version", INCMAP_VERSION);
    im_json_key(&b, &first, "status");
    im_json_string(&b, incmap_status_text(r->status));
    im_json_key(&b, &first, "outputs");
    im_buf_char(&b, '[');
    for (size_t i = 0; i < r->output_count; i++) {
        im_buf_str(&b, i ? "," : "");
        im_json_string(&b, r->outputs[i]);
    }
    im_buf_char(&b, ']');
    im_json_key(&b, &first, "findings");
    im_findings_json(&b, r->findings, false);
    if (r->why != NULL) {
        struct incmap_finding f = failure(r->why);
        b.len--; // reopen the list
        if (r->findings->n > 0) {
            im_buf_char(&b, ',');
        }
        finding(&b, &f);
        im_buf_char(&b, ']');
    }
    im_json_key(&b, &first, "counts");
    report_counts(&b, r);
    im_buf_str(&b, "}\n");
    return b.data;
}

static void figure(struct im_buf *b, bool *first, const char *key, struct im_figure f) {
    if (f.best < 0) {
        return;
    }
    im_json_key(b, first, key);
    if (f.low == f.best && f.high == f.best) {
        im_json_number(b, f.best, 3);
        return;
    }
    im_buf_char(b, '[');
    im_json_number(b, f.low, 3);
    im_buf_char(b, ',');
    im_json_number(b, f.best, 3);
    im_buf_char(b, ',');
    im_json_number(b, f.high, 3);
    im_buf_char(b, ']');
}

static void claim(struct im_buf *b, const struct im_claim *c) {
    bool first = true;
    im_buf_char(b, '{');
    pair(b, &first, "claimant", c->claimant);
    pair(b, &first, "evidence", im_evidence_text(c->evidence));
    figure(b, &first, "killed1", c->killed[0]);
    figure(b, &first, "killed2", c->killed[1]);
    figure(b, &first, "wounded1", c->wounded[0]);
    figure(b, &first, "wounded2", c->wounded[1]);
    figure(b, &first, "fatalities", c->fatalities);
    pair(b, &first, "source", c->source);
    pair(b, &first, "notes", c->notes);
    im_json_key(b, &first, "line");
    im_json_number(b, c->row.line, 0);
    im_buf_char(b, '}');
}

static void event(struct im_buf *b, const struct im_event *e) {
    bool first = true;
    im_buf_char(b, '{');
    pair(b, &first, "event_id", e->id);
    date_pair(b, &first, "date", e->date);
    date_pair(b, &first, "date_end", e->date_end);
    pair(b, &first, "type", e->type);
    pair(b, &first, "place", e->place_text);
    pair(b, &first, "country", e->country);
    pair(b, &first, "admin1", e->admin1);
    if (e->has_coordinates) {
        im_json_key(b, &first, "lon");
        im_json_number(b, e->given.lon, 6);
        im_json_key(b, &first, "lat");
        im_json_number(b, e->given.lat, 6);
    }
    pair(b, &first, "side1", e->side[0]);
    pair(b, &first, "side2", e->side[1]);
    pair(b, &first, "file", e->row.file);
    im_json_key(b, &first, "claims");
    im_buf_char(b, '[');
    for (size_t i = 0; i < e->claim_count; i++) {
        im_buf_str(b, i ? "," : "");
        claim(b, &e->claims[i]);
    }
    im_buf_str(b, "]}\n");
}

void im_dump_incidents(struct im_buf *out, const struct im_events *events) {
    for (size_t i = 0; i < events->n; i++) {
        event(out, &events->v[i]);
    }
}

void im_dump_places(struct im_buf *out, const struct im_events *events) {
    for (size_t i = 0; i < events->n; i++) {
        place(out, &events->v[i]);
        im_buf_char(out, '\n');
    }
}
