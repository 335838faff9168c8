/* How many messages of a telephone a text is (GSM 03.38, 23.040): each is paid for. */
#ifndef CHANNEL_SMS_PARTS_H
#define CHANNEL_SMS_PARTS_H

#include "compose/chat.h"

struct sms_text {
    const char *text;
    bool gsm; /* the alphabet of 7 bits: 160 characters, 153 in each of several parts; else UCS-2: 70, 67 */
    size_t parts;
};

/* `text` as it is sent: in the alphabet of 7 bits, if it need only take its own quotation marks and dashes for that. */
struct sms_text sms_text_of(const char *text, struct arena *a);

/* As much of `c` as has room in so many parts. */
struct sms_text sms_text_fit(const struct chat *c, size_t most_parts, struct arena *a);

#endif
