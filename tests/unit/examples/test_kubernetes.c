/*
 * The manifest for Kubernetes against the fields of its API (batch/v1 Job, v1 PodSpec,
 * Container, as of Kubernetes 1.24, when indexed Jobs became stable): a field that does
 * not exist there, or belongs elsewhere, is found without a cluster.
 */
#include "formats/yaml.h"
#include "help/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct level {
    const char *path;   /* '*' = any entry of a list */
    const char *fields; /* those that may stand there, between blanks; must: with '!' */
} levels[] = {
    {"", " !apiVersion !kind !metadata !spec "},
    {"metadata", " !name namespace labels annotations "},
    {"spec",
     " !completionMode !completions parallelism backoffLimit activeDeadlineSeconds "
     "suspend ttlSecondsAfterFinished !template "},
    {"spec.template", " metadata !spec "},
    {"spec.template.metadata", " labels annotations "},
    {"spec.template.spec",
     " !restartPolicy !containers initContainers volumes nodeSelector affinity "
     "tolerations serviceAccountName securityContext imagePullSecrets "
     "terminationGracePeriodSeconds priorityClassName "},
    {"spec.template.spec.containers.*",
     " !name !image imagePullPolicy !command args env resources volumeMounts "
     "workingDir securityContext "},
    {"spec.template.spec.containers.*.env.*", " !name value valueFrom "},
    {"spec.template.spec.containers.*.env.*.valueFrom",
     " fieldRef resourceFieldRef configMapKeyRef secretKeyRef "},
    {"spec.template.spec.containers.*.env.*.valueFrom.resourceFieldRef",
     " containerName !resource divisor "},
    {"spec.template.spec.containers.*.resources", " requests limits "},
    {"spec.template.spec.containers.*.resources.requests",
     " cpu memory ephemeral-storage "},
    {"spec.template.spec.containers.*.resources.limits",
     " cpu memory ephemeral-storage "},
    {"spec.template.spec.containers.*.volumeMounts.*",
     " !name !mountPath readOnly subPath "},
    {"spec.template.spec.volumes.*",
     " !name persistentVolumeClaim hostPath nfs emptyDir configMap secret "},
    {"spec.template.spec.volumes.*.persistentVolumeClaim", " !claimName readOnly "},
};

static const struct im_node *child(const struct im_node *map, const char *key) {
    for (size_t i = 0; i < map->n; i++) {
        if (map->child[i]->key != NULL && strcmp(map->child[i]->key, key) == 0) {
            return map->child[i];
        }
    }
    return NULL;
}

/* Is `name` among the fields, with or without its mark? */
static bool has_field(const char *fields, const char *name) {
    size_t n = strlen(name);
    for (const char *p = fields; (p = strstr(p, name)) != NULL; p++) {
        if ((p[-1] == ' ' || p[-1] == '!') && p[n] == ' ') {
            return true;
        }
    }
    return false;
}

static void check_must(const struct im_node *map, const struct level *level) {
    for (const char *p = strchr(level->fields, '!'); p != NULL; p = strchr(p, '!')) {
        char name[40] = {0};
        size_t n = strcspn(++p, " ");
        assert_true(n < sizeof name);
        memcpy(name, p, n);
        if (child(map, name) == NULL) {
            fail_msg("line %u: '%s' is missing below '%s'", map->line, name,
                     level->path);
        }
    }
}

static size_t check(const struct im_node *node, const char *path) {
    size_t seen = 0;
    char below[160];
    for (size_t l = 0; node->kind == IM_NODE_MAP && l < sizeof levels / sizeof *levels;
         l++) {
        if (strcmp(levels[l].path, path) != 0) {
            continue;
        }
        seen++;
        check_must(node, &levels[l]);
        for (size_t i = 0; i < node->n; i++) {
            if (!has_field(levels[l].fields, node->child[i]->key)) {
                fail_msg("line %u: no field '%s' below '%s'", node->child[i]->key_line,
                         node->child[i]->key, path);
            }
        }
    }
    for (size_t i = 0; i < node->n; i++) {
        const char *name = node->child[i]->key != NULL ? node->child[i]->key : "*";
        size_t n = strlen(path), m = strlen(name);
        assert_true(n + m + 2 < sizeof below);
        memcpy(below, path, n);
        below[n] = '.';
        memcpy(below + n + (n > 0), name, m + 1);
        seen += check(node->child[i], below);
    }
    return seen;
}

static const struct im_node *at(const struct im_node *root, const char *const *keys) {
    for (; *keys != NULL && root != NULL; keys++) {
        root = strcmp(*keys, "*") == 0 ? root->child[0] : child(root, *keys);
    }
    assert_non_null(root);
    return root;
}

#define AT(...) at(root, (const char *const[]){__VA_ARGS__, NULL})

static void manifest(void **state) {
    struct im_bytes bytes;
    struct im_node *root = NULL;
    struct incmap_error err;
    (void)state;
    const char *file = "src/examples/cluster/kubernetes.yaml";
    assert_int_equal(im_file_map(arena, file, INCMAP_E_INPUT, &bytes, &err), 0);
    assert_int_equal(im_yaml_read(arena, file, bytes, &root, &err), 0);
    assert_int_equal(check(root, ""), sizeof levels / sizeof *levels);
    assert_string_equal(AT("apiVersion")->text, "batch/v1");
    assert_string_equal(AT("kind")->text, "Job");
    assert_string_equal(AT("spec", "completionMode")->text, "Indexed");
    assert_string_equal(AT("spec", "template", "spec", "restartPolicy")->text, "Never");
    // the number of shards is the number of pods
    const char *shards = AT("spec", "completions")->text;
    const struct im_node *command =
        AT("spec", "template", "spec", "containers", "*", "command");
    char want[64] = "--shard \"$((JOB_COMPLETION_INDEX + 1))/";
    memcpy(want + strlen(want), shards, strlen(shards) + 1);
    assert_int_equal(command->n, 3);
    assert_non_null(strstr(command->child[2]->text, want));
    // what is mounted is there
    assert_string_equal(
        AT("spec", "template", "spec", "containers", "*", "volumeMounts", "*", "name")
            ->text,
        AT("spec", "template", "spec", "volumes", "*", "name")->text);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(manifest)};
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
