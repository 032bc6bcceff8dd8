/*
 * Answers by several processes. Each has a copy of the locator, made by fork, and a
 * socket; pieces of lines go round in turn, and so the answers come back in order. A
 * process is given its next piece only when its answers have been taken: neither side
 * ever waits for the other to read.
 */
#include "base/limits.h"
#include "cli/ask.h"
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    pid_t pid;
    int fd;
    bool busy;
};

struct cli_pool {
    struct cli_asker *asker;
    struct worker *v;
    size_t n;
    size_t give, take; /* next in turn */
    struct im_buf text;
};

/* What goes before the texts on the way back. */
struct reply {
    uint64_t text, proposals;
    enum incmap_status status;
    bool all_ok;
    struct incmap_tally before, after;
    struct incmap_error err;
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* One line: blank ones are left out. */
static enum incmap_status answer_line(struct cli_asker *a, const char *line, size_t n,
                                      struct incmap_error *err) {
    char name[(1 << 16) + 1];
    int found = 0;
    while (n > 0 && is_blank(line[n - 1])) {
        n--;
    }
    if (n == 0 || n >= sizeof name) {
        return INCMAP_OK;
    }
    memcpy(name, line, n);
    name[n] = '\0';
    a->query.name = name;
    enum incmap_status s = incmap_locate(a->locator, &a->query, a->format, &found, err);
    a->all_ok = a->all_ok && found;
    return s;
}

enum incmap_status cli_answer(struct cli_asker *a, struct im_bytes lines,
                              struct cli_answers *out, struct incmap_error *err) {
    enum incmap_status s = INCMAP_OK;
    for (size_t at = 0, end; s == INCMAP_OK && at < lines.n; at = end + 1) {
        const char *newline = memchr(lines.data + at, '\n', lines.n - at);
        end = newline ? (size_t)(newline - lines.data) : lines.n;
        s = answer_line(a, lines.data + at, end - at, err);
    }
    out->text = incmap_locator_text(a->locator, &out->n);
    out->proposals = incmap_locator_proposals(a->locator, &out->proposals_n);
    return s;
}

static bool put(int fd, const void *data, size_t n) {
    const char *p = data;
    while (n > 0) {
        ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR) {
            return false;
        }
        p += sent > 0 ? sent : 0;
        n -= sent > 0 ? (size_t)sent : 0;
    }
    return true;
}

static bool get(int fd, void *data, size_t n) {
    char *p = data;
    while (n > 0) {
        ssize_t got = recv(fd, p, n, 0);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        p += got > 0 ? got : 0;
        n -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* Of a worker: answer pieces until there are no more. */
static void serve(struct cli_asker *a, int fd, char *room, size_t room_n) {
    uint64_t n;
    while (get(fd, &n, sizeof n) && n <= room_n && get(fd, room, n)) {
        struct cli_answers out;
        struct reply reply = {.err = {.record = -1}};
        a->all_ok = true;
        reply.before = incmap_locator_tally(a->locator);
        reply.status = cli_answer(a, (struct im_bytes){room, n}, &out, &reply.err);
        reply.all_ok = a->all_ok;
        reply.after = incmap_locator_tally(a->locator);
        reply.text = out.n;
        reply.proposals = out.proposals_n;
        if (!put(fd, &reply, sizeof reply) || !put(fd, out.text, out.n) ||
            !put(fd, out.proposals, out.proposals_n)) {
            return;
        }
    }
}

static bool start(struct cli_pool *pool, char *room, size_t room_n) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) {
        return false;
    }
    pid_t pid = fork();
    if (pid == 0) {
        // the other workers' ends would keep them waiting when the program ends
        for (size_t i = 0; i < pool->n; i++) {
            close(pool->v[i].fd);
        }
        close(pair[0]);
        serve(pool->asker, pair[1], room, room_n);
        _exit(0);
    }
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return false;
    }
    pool->v[pool->n++] = (struct worker){pid, pair[0], false};
    return true;
}

struct cli_pool *cli_pool_new(struct im_arena *arena, struct cli_asker *a, size_t n) {
    enum { ROOM = 1 << 18 };
    struct cli_pool *pool = im_alloc(arena, 1, sizeof *pool);
    char *room = im_alloc(arena, ROOM, 1);
    *pool = (struct cli_pool){.asker = a, .v = im_alloc(arena, n, sizeof *pool->v)};
    im_buf_init(&pool->text, arena, IM_MAX_JOB_BYTES / 2);
    fflush(stdout); // a copy of what is not yet written must not be written twice
    while (pool->n < n && start(pool, room, ROOM)) {
    }
    return pool->n > 0 ? pool : NULL;
}

void cli_pool_free(struct cli_pool *pool) {
    for (size_t i = 0; pool != NULL && i < pool->n; i++) {
        close(pool->v[i].fd);
    }
    for (size_t i = 0; pool != NULL && i < pool->n; i++) {
        while (waitpid(pool->v[i].pid, NULL, 0) < 0 && errno == EINTR) {
        }
    }
}

bool cli_pool_full(const struct cli_pool *pool) {
    return pool->v[pool->give].busy;
}

bool cli_pool_busy(const struct cli_pool *pool) {
    return pool != NULL && pool->v[pool->take].busy;
}

static enum incmap_status gone(struct incmap_error *err) {
    return im_fail(err, INCMAP_E_LIMIT, IM_NOWHERE,
                   "a worker process ended early (out of memory? try -j 1)");
}

enum incmap_status cli_pool_give(struct cli_pool *pool, struct im_bytes lines,
                                 struct incmap_error *err) {
    struct worker *w = &pool->v[pool->give];
    uint64_t n = lines.n;
    if (!put(w->fd, &n, sizeof n) || !put(w->fd, lines.data, lines.n)) {
        return gone(err);
    }
    w->busy = true;
    pool->give = (pool->give + 1) % pool->n;
    return INCMAP_OK;
}

/* n bytes into the pool's text. */
static bool get_text(struct cli_pool *pool, int fd, uint64_t n) {
    char chunk[1 << 14];
    while (n > 0) {
        size_t part = n < sizeof chunk ? (size_t)n : sizeof chunk;
        if (!get(fd, chunk, part)) {
            return false;
        }
        im_buf_add(&pool->text, chunk, part);
        n -= part;
    }
    return true;
}

static void add_tally(struct incmap_tally *t, const struct reply *r) {
    t->ok += r->after.ok - r->before.ok;
    t->alike += r->after.alike - r->before.alike;
    t->ambiguous += r->after.ambiguous - r->before.ambiguous;
    t->unknown += r->after.unknown - r->before.unknown;
}

enum incmap_status cli_pool_take(struct cli_pool *pool, struct cli_answers *out,
                                 struct incmap_error *err) {
    struct worker *w = &pool->v[pool->take];
    struct reply reply;
    im_buf_clear(&pool->text);
    *out = (struct cli_answers){"", "", 0, 0};
    w->busy = false;
    pool->take = (pool->take + 1) % pool->n;
    if (!get(w->fd, &reply, sizeof reply) ||
        !get_text(pool, w->fd, reply.text + reply.proposals)) {
        return gone(err);
    }
    out->text = pool->text.data;
    out->n = (size_t)reply.text;
    out->proposals = pool->text.data + reply.text;
    out->proposals_n = (size_t)reply.proposals;
    pool->asker->all_ok = pool->asker->all_ok && reply.all_ok;
    add_tally(&pool->asker->elsewhere, &reply);
    if (reply.status != INCMAP_OK && err != NULL) {
        *err = reply.err;
    }
    return reply.status;
}
