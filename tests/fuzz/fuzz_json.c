/* A source of places as json. */
#include "../fuzz/gazetteer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    return fuzz_source(data, n, "geojson");
}
