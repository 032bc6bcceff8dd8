/* A record as the bytes of a file. */
#ifndef IM_GAZETTEER_RECORD_H
#define IM_GAZETTEER_RECORD_H

#include "gazetteer/inside.h"

void gaz_record_write(const struct gaz_record *r, unsigned char out[GAZ_RECORD_BYTES]);
/* False when it is damaged. */
bool gaz_record_read(const unsigned char bytes[GAZ_RECORD_BYTES],
                     struct gaz_record *out);
/* Other people in the same record. */
void gaz_record_people(unsigned char bytes[GAZ_RECORD_BYTES], uint32_t people);

#endif
