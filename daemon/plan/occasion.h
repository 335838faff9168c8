/* A day of the year. */
#ifndef PLAN_OCCASION_H
#define PLAN_OCCASION_H

#include "plan/judge.h"

/* Read "06-24": month and day of any year, 29 February too. */
bool occasion_read(const char *text, int *month, int *day);

#endif
