/* Memory that is there: these end the process rather than return NULL. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* `size` zeroed bytes; free() them. */
void *mem_new(size_t size);

/* realloc() that cannot fail; new bytes are not zeroed. */
void *mem_resize(void *old, size_t size);

/* A copy of `text`, or NULL for NULL; free() it. */
char *mem_copy(const char *text);

#endif
