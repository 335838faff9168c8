/* The log: one line an event on standard error, with the journal's priority prefix unless a person is looking. */
#ifndef APP_LOG_H
#define APP_LOG_H

#include "base/err.h"

enum log_priority { LOG_AT_ERROR = 3, LOG_AT_WARNING = 4, LOG_AT_NOTICE = 5, LOG_AT_INFO = 6 };

/* Control characters and marks of text direction are shown as \xNN; a line is cut at 2,000 bytes. */
void log_line(int priority, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
