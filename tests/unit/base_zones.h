/* Zones of this system, and instants by their date. */
#ifndef TESTS_BASE_ZONES_H
#define TESTS_BASE_ZONES_H

#include "base/zone.h"
#include "harness/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "/usr/share/zoneinfo"

static inline struct zone *opened(const char *name)
{
    struct zone *z = NULL;
    struct err e = { 0 };
    CHECK_OK(zone_open(&z, name, &e), &e);
    return z;
}

static inline instant utc(int year, int month, int day, int hour, int minute, int second)
{
    return instant_of(&(struct civil){ year, month, day, hour, minute, second, 0 });
}

#endif
