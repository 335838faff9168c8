/* The parts of the world: what it stands on, the company's database with its courier, and the mail server. Private to
 * this folder. */
#ifndef WORLD_INSIDE_H
#define WORLD_INSIDE_H

#include "world/world.h"

/* A fresh folder, and away with it. */
void ground_make(char folder[64]);
void ground_remove(const char *folder);

/* The real settings and the real company, from a file in that folder; a mistake fails the test. */
void ground_settings(const char *folder, const char *configuration, int year, struct options **options,
                     struct company **company);

/* The company's database as the fake source's courier sees it. */
struct database;

struct database *database_new(struct company *company);
void database_free(struct database *d);
void database_belongs(struct database *d, struct company *company); /* other settings from now on */

void database_salesperson(struct database *d, const struct salesperson *s);
void database_customer(struct database *d, const struct customer *c);
void database_customer_gone(struct database *d, const char *id);
void database_purchase(struct database *d, const char *customer, const struct purchase *p);
void database_purchase_gone(struct database *d, const char *customer, date day);
void database_contact(struct database *d, const char *customer, const struct contact *c);
void database_contact_gone(struct database *d, const char *customer, date day);
void database_problem(struct database *d, const char *customer, const struct problem *p);
void database_problem_gone(struct database *d, const char *customer, const char *id);
void database_unreadable(struct database *d, const char *customer, int purchases);
void database_alias(struct database *d, const char *old, const char *id); /* id NULL: not any more */
void database_fails(struct database *d, const char *why);

/* What the courier brings from one errand, piece by piece, as daemon/app/couriers.c does. The errand is done with
 * afterwards. */
void database_answer(struct database *d, struct errand *errand, void (*bring)(void *context, struct news *n),
                     void *context);

/* The mail server: how it answers whom, and every mail that came to it. */
struct office;

struct office *office_new(void);
void office_free(struct office *o);
void office_server(struct office *o, bool chat, const char *address, enum server how);

/* Deliver as the channel would: what it concludes is put into `r`. The record is kept, with what the store knows about
 * the message. */
void office_take(struct office *o, const struct channel_options *channel, struct parcel *p, struct store *s,
                 instant now, struct receipt *r);

/* The answer to this attempt died with the daemon that waited for it. */
void office_unheard(struct office *o, int64_t message, int attempt);

size_t office_arrivals(const struct office *o, const struct arrival **out);

#endif
