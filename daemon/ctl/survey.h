/* Judging the whole company, or one customer, for a verb: two passes, the first of which learns the rhythms of the categories. */
#ifndef CTL_SURVEY_H
#define CTL_SURVEY_H

#include "ctl/ctl.h"

/* One customer as of c->now, with what the rules say. False stops, without error. */
typedef bool survey_visitor(void *context, const struct facts *f, const struct finding *rows, size_t n);

bool survey_all(struct ctl *c, survey_visitor *visit, void *context, struct pass_report *report, struct err *e) MUST_CHECK;

/* These customers only, in id order; one that is not there is not visited. */
bool survey_some(struct ctl *c, const char *const *ids, size_t n, survey_visitor *visit, void *context, struct err *e) MUST_CHECK;

/* Is this customer never to be written about? */
bool survey_silent(const struct facts *f);

#endif
