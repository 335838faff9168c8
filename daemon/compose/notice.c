#include "compose/notice.h"

#include "compose/clean.h"

#include <string.h>

enum { VALUE_MOST = 300 };

/* Somebody else's sentence goes into one of ours, which has its own full stop. */
static const char *without_stop(const char *text, struct arena *a)
{
    size_t size = strlen(text);
    while (size && strchr(". ", text[size - 1]))
        size--;
    return arena_copy_bytes(a, text, size);
}

const char *notice_say(struct phrases *p, const struct notice *n, struct arena *a)
{
    const struct phrase_row *row = &phrase_rows[n->which];
    struct phrase_values v;
    memcpy(v.numbers, n->numbers, sizeof v.numbers);
    memcpy(v.texts, n->texts, sizeof v.texts);
    for (size_t i = 0; i < PHRASE_TEXTS && row->texts[i]; i++) {
        if (strcmp(row->texts[i], "date") == 0)
            v.texts[i] = phrase_date(p, PHRASE_DATE_LONG, n->day, a);
        else
            v.texts[i] = clean_line(a, v.texts[i], VALUE_MOST);
        if (v.texts[i] && strcmp(row->texts[i], "why") == 0)
            v.texts[i] = without_stop(v.texts[i], a);
    }
    const char *said = phrase_say(p, n->which, &v, a);
    return said[0] ? said : row->what; /* check sees to it that it is never needed */
}
