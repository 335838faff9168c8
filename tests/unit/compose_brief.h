/* A brief that says everything, for the tests of compose/. */
#ifndef TESTS_COMPOSE_BRIEF_H
#define TESTS_COMPOSE_BRIEF_H

#include "base/buf.h"
#include "base/mem.h"
#include "compose/compose.h"
#include "harness/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
    struct composer *composer;
    struct arena a;
    struct zone *zone;
    struct options options;
    struct salesperson to;
    struct facts facts;
    struct purchase purchases[6];
    struct contact contacts[2];
    struct rule lapse, review;
    struct period_row every[2];
    struct defence silent, unreviewed;
    struct issued_offer offer;
    struct extra extras[1];
    const char *counts[1];
    struct meeting meeting;
    struct brief brief;
};

static inline void fixture_people(struct fixture *f)
{
    f->options.company.name = "Nordlys Kontor AS";
    f->options.company.language = "en";
    f->options.company.currency = "NOK";
    f->to = (struct salesperson){ .id = "7", .name = "Kari Nordmann", .email = "kari@nordlys.example", .active = true };
    f->extras[0] = (struct extra){ "x_floor", "3rd floor" };
    f->facts.customer = (struct customer){
        .id = "1042",
        .name = "Bergen Dental & Sons",
        .salesperson = "7",
        .category = "regular",
        .opportunity = "medium",
        .contact_name = "Per Hansen",
        .phone = "+47 55 12 34 56",
        .email = "per.hansen@bergendental.example",
        .url = "https://crm.nordlys.example/clients/1042?tab=all&x=1",
        .values =
            "Deliveries before eight in the morning, and one invoice a month. Per likes to hear about new paper sorts.",
        .notes = "Their new clinic opens in January.",
        .active = true,
        .extras = f->extras,
        .n_extras = 1,
    };
}

static inline void fixture_history(struct fixture *f)
{
    static const char *const what[] = {
        "Copy paper, 20 boxes", "Toner, black", "Office chairs and a long list of other things that does not fit",
        "Copy paper, 10 boxes", NULL,           "Copy paper, 20 boxes"
    };
    static const money amounts[] = { 420000, 189050, 3520000, 210000, 99900, 420000 };
    for (int i = 0; i < 6; i++)
        f->purchases[i] =
            (struct purchase){ .day = date_of(2026, 3 + i, 2 + i), .amount = amounts[i], .what = what[i] };
    f->facts.purchases = f->purchases;
    f->facts.n_purchases = 6;
    f->contacts[0] = (struct contact){ .day = date_of(2026, 4, 12), .kind = "review" };
    f->contacts[1] = (struct contact){ .day = date_of(2026, 9, 1), .kind = "call" };
    f->facts.contacts = f->contacts;
    f->facts.n_contacts = 2;
}

static inline void fixture_rules(struct fixture *f)
{
    f->lapse = (struct rule){ .id = "lapse", .title = "lapse", .kind = RULE_LAPSE };
    f->every[0] = (struct period_row){ "medium", { PERIOD_MONTHS, 6 } };
    f->every[1] = (struct period_row){ "high", { PERIOD_MONTHS, 3 } };
    f->counts[0] = "review";
    f->review = (struct rule){
        .id = "review", .title = "review", .kind = RULE_REVIEW, .every = { f->every, 2 }, .counts = { f->counts, 1 }
    };
    f->silent = (struct defence){ .last_day = date_of(2026, 9, 2),
                                  .anchor = DATE_NONE,
                                  .days = 81,
                                  .threshold = 80,
                                  .occasions = 9,
                                  .typical = 32,
                                  .category_gap = 38,
                                  .times_usual = 2.5,
                                  .average = 1070000 };
    f->unreviewed = (struct defence){
        .last_day = date_of(2026, 9, 2), .anchor = date_of(2026, 4, 12), .days = 190, .threshold = 183
    };
    f->offer = (struct issued_offer){ .code = "K7QM-3XRD-P",
                                      .kind = OFFER_PERCENT,
                                      .percent = 10,
                                      .amount = MONEY_NONE,
                                      .last_day = date_of(2026, 12, 4) };
}

static inline void fixture_open(struct fixture *f)
{
    struct complaints c = { 0 };
    struct err e = { "" };
    memset(f, 0, sizeof *f);
    if (!composer_open(&f->composer, "conf/languages", NULL, &c))
        for (size_t i = 0; i < c.n; i++)
            printf("%s:%d: %s\n", c.rows[i].file, c.rows[i].line, c.rows[i].text);
    CHECK_INT(c.n, 0);
    CHECK_OK(zone_open(&f->zone, "Europe/Oslo", &e), &e);
    fixture_people(f);
    fixture_history(f);
    fixture_rules(f);
    struct civil now = { 2026, 11, 22, 7, 30, 0, 0 };
    f->brief = (struct brief){
        .template = "lapse",
        .language = "en",
        .options = &f->options,
        .to = &f->to,
        .zone = f->zone,
        .facts = &f->facts,
        .rule = &f->lapse,
        .defence = &f->silent,
        .offer = &f->offer,
        .now = instant_of(&now),
        .from = "Follow-up <followup@nordlys.example>",
        .address = "kari@nordlys.example",
        .message_id = "n12.3f9c@nordlys.example",
    };
}

static inline void fixture_review(struct fixture *f)
{
    f->brief.template = "review";
    f->brief.rule = &f->review;
    f->brief.defence = &f->unreviewed;
    f->brief.offer = NULL;
}

/* Tuesday 1 December 2026, 10:00 to 11:00 in Oslo. */
static inline void fixture_meeting(struct fixture *f)
{
    struct civil start = { 2026, 12, 1, 9, 0, 0, 0 };
    f->meeting = (struct meeting){
        .start = instant_of(&start),
        .end = instant_of(&start) + HOUR,
        .uid = "meeting12.3f9c@nordlys.example",
        .sequence = 0,
        .organizer = "followup@nordlys.example",
    };
    f->brief.meeting = &f->meeting;
}

static inline void fixture_close(struct fixture *f)
{
    composer_close(f->composer);
    zone_close(f->zone);
    arena_done(&f->a);
}

#endif
