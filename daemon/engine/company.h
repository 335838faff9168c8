/* What a configuration stands for once the files it names are read: zones, hours, holidays, languages. */
#ifndef ENGINE_COMPANY_H
#define ENGINE_COMPANY_H

#include "compose/compose.h"
#include "plan/judge.h"

struct company;

/* Everything wrong is complained about at once. `o` must outlive it; yearly holidays are known for 20 years around
 * `year`. */
bool company_open(struct company **out, const struct options *o, int year, struct complaints *c) MUST_CHECK;
void company_close(struct company *c);

const struct options *company_options(const struct company *c);
const struct zone *company_zone(const struct company *c);
const struct hours *company_hours(const struct company *c);
const struct holidays *company_holidays(const struct company *c); /* the first region's; NULL: none are known */
struct composer *company_composer(const struct company *c);

/* A person's own zone, hours and holidays; the company's where the row says nothing, or nothing readable: then *wrong
 * (if given) says so. */
const struct zone *person_zone(struct company *c, const struct salesperson *s, struct err *wrong);
const struct hours *person_hours(struct company *c, const struct salesperson *s, struct err *wrong);
const struct holidays *person_holidays(const struct company *c, const struct salesperson *s);

/* May this person be written to at `t`; and if not, when next? */
instant person_opens(struct company *c, const struct salesperson *s, instant t);

#endif
