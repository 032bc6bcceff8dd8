/* A main table of GeoNames with the files beside it. */
#include "../fuzz/gazetteer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    return fuzz_beside(data, n);
}
