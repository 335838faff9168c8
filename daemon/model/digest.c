#include "model/digest.h"

const char *digest_kind_name(enum digest_kind k)
{
    static const char *const names[DIGEST_KINDS] = {
        [DIGEST_DAILY] = "daily",
        [DIGEST_WEEKLY] = "weekly",
        [DIGEST_SUMMARY] = "summary",
    };
    return names[k];
}
