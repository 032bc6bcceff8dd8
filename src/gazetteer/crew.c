#include "gazetteer/crew.h"

#include <pthread.h>
#include <stdbool.h>

struct hand {
    void (*work)(void *task);
    void *task;
    pthread_t thread;
    bool started;
};

static void *start(void *self) {
    struct hand *hand = self;
    hand->work(hand->task);
    return NULL;
}

void gaz_crew(void (*work)(void *task), void *tasks, size_t n, size_t size) {
    struct hand hands[GAZ_MOST_HANDS];
    n = n < GAZ_MOST_HANDS ? n : GAZ_MOST_HANDS;
    for (size_t i = 1; i < n; i++) {
        hands[i] = (struct hand){.work = work, .task = (char *)tasks + i * size};
        hands[i].started =
            pthread_create(&hands[i].thread, NULL, start, &hands[i]) == 0;
    }
    if (n > 0) {
        work(tasks);
    }
    for (size_t i = 1; i < n; i++) {
        if (hands[i].started) {
            pthread_join(hands[i].thread, NULL);
        } else {
            work(hands[i].task);
        }
    }
}
