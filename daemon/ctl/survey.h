/* Judging the whole company, or one customer, for a verb: two passes, the first of which learns the rhythms of the
 * categories. */
#ifndef CTL_SURVEY_H
#define CTL_SURVEY_H

#include "ctl/ctl.h"

/* One customer as of c->now, with what the rules say. False stops, without error. */
typedef bool survey_visitor(void *context, const struct facts *f, const struct finding *rows, size_t n);

bool survey_all(struct ctl *c, survey_visitor *visit, void *context, struct pass_report *report,
                struct err *e) MUST_CHECK;

/* These customers only, in id order; one that is not there is not visited. */
bool survey_some(struct ctl *c, const char *const *ids, size_t n, survey_visitor *visit, void *context,
                 struct err *e) MUST_CHECK;

/* The same without judging: one customer as of c->now, and what a judgement of it stands on. `ids` NULL: all. */
typedef bool survey_reader(void *context, const struct bench *b, const struct facts *f, date first_seen);

bool survey_read(struct ctl *c, const char *const *ids, size_t n, survey_reader *read, void *context,
                 struct pass_report *report, struct err *e) MUST_CHECK;

/* Say on standard error what makes the answer less than it seems: values that cannot be read, a database that stands
 * still. */
void survey_warn(const struct ctl *c, const struct pass_report *report);

/* The days since the company's last purchase, and how many are usual, if that is so long that the daemon judges nobody;
 * else false. */
bool survey_stale(const struct ctl *c, const struct pass_report *report, int *days, int *usual);

/* Why what is due is not told yet although its turn may have come, by the season guard; NULL: it is. */
const char *survey_season(struct ctl *c, const struct facts *f, const struct finding *x);

#endif
