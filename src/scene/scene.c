#include "scene/scene.h"

#include <string.h>

void im_scene_init(struct im_scene *scene, struct im_arena *arena, double width,
                   double height) {
    *scene = (struct im_scene){0};
    scene->arena = arena;
    scene->width = width;
    scene->height = height;
    scene->background = 0xFFFFFFFF;
    scene->title = "";
    scene->description = "";
    scene->language = "";
    scene->manifest = "";
    scene->summary = "";
}

struct im_layer *im_scene_layer(struct im_scene *scene, const char *id,
                                const char *title, const struct im_rect *clip) {
    struct im_layer layer = {.id = id, .title = title, .opacity = 1.0};
    if (clip != NULL) {
        layer.clipped = true;
        layer.clip = *clip;
    }
    IM_PUSH(scene->arena, scene->layers, scene->n, scene->cap, layer);
    return &scene->layers[scene->n - 1];
}

void im_layer_add(struct im_scene *scene, struct im_layer *layer, struct im_item item) {
    IM_PUSH(scene->arena, layer->items, layer->n, layer->cap, item);
}

void im_scene_panel(struct im_scene *scene, struct im_panel panel) {
    IM_PUSH(scene->arena, scene->panels, scene->panel_count, scene->panel_cap, panel);
}
