/*
 * Stands in, in the program, for the library of libcurl that PROJ is linked with: each
 * call fails. incmap never lets PROJ use the network; without this the program would
 * load some thirty libraries of protocols and ciphers for nothing
 * (packaging/offline.sh).
 */
void *curl_easy_init(void);
int curl_easy_setopt(void *handle, int option, ...);
int curl_easy_perform(void *handle);
int curl_easy_getinfo(void *handle, int info, ...);
void curl_easy_cleanup(void *handle);

enum { FAILED_INIT = 2 }; /* CURLE_FAILED_INIT of <curl/curl.h> */

/* No handle: what follows is not called. */
void *curl_easy_init(void) {
    return (void *)0;
}

int curl_easy_setopt(void *handle, int option, ...) {
    return (void)handle, (void)option, FAILED_INIT;
}

int curl_easy_perform(void *handle) {
    return (void)handle, FAILED_INIT;
}

int curl_easy_getinfo(void *handle, int info, ...) {
    return (void)handle, (void)info, FAILED_INIT;
}

void curl_easy_cleanup(void *handle) {
    (void)handle;
}
