/* What can be made of a name, a telephone number, an address: safe to greet with, to click on. NULL where nothing can.
 */
#ifndef COMPOSE_LINKS_H
#define COMPOSE_LINKS_H

#include "base/arena.h"

/* How to greet a person: the first name where the name is written in a way that shows it, else the whole name. */
const char *first_name(struct arena *a, const char *name);

/* The number for a tel: link: digits, a leading plus; letters (an extension) end it. */
const char *phone_link(struct arena *a, const char *phone);

/* An address for a mailto: link: nothing in it may mean anything else there. */
const char *email_link(struct arena *a, const char *email);

/* A web address that is http or https and nothing else. */
const char *web_link(struct arena *a, const char *url);

#endif
