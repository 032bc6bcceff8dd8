/* A compiled gazetteer. */
#include "../fuzz/gazetteer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    fuzz_compiled(data, n, false);
    return fuzz_compiled(data, n, true);
}
