/* Can the wall clock be believed? */
#ifndef APP_CLOCKS_H
#define APP_CLOCKS_H

#include "plan/clock.h"

/* All that tells whether the wall clock can be believed. Asked where it can be: the kernel (adjtimex, which any program
 * that keeps the clock reports to, and which a jump makes forget it); where the unit forbids that, the file that
 * systemd-timesyncd touches each time it has asked its server. */
struct tick clocks_tick(void);

#endif
