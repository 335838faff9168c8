/* The daemon: the loop that waits, the only reader of the clock, and what systemd and signals want of it. */
#ifndef APP_APP_H
#define APP_APP_H

/* Run until SIGTERM. Returns the exit code: 0, 1 (what systemd should start again), 78 (a configuration nobody should
 * start again). */
int app_run(const char *configuration);

/* Read the configuration and say everything that is wrong with it: 0 or 78. */
int app_test(const char *configuration);

#endif
