#include "compose_brief.h"

static const char *const languages[] = { "en", "nb", "ru", "th" };

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, what)); at += strlen(what))
        n++;
    return n;
}

/* A letter of this kind of rule, with the review as what else is due. */
static struct rendered compose_with(struct fixture *f, enum rule_kind kind, struct also *also)
{
    struct err e = { "" };
    struct rendered r = { 0 };
    struct rule *rule = arena_new(&f->a, sizeof *rule);
    *rule = (struct rule){ .id = "this", .title = "this", .kind = kind, .every = { f->every, 2 }, .on = "06-24" };
    f->brief.template = rule_kind_name(kind);
    f->brief.rule = rule;
    f->brief.also = also;
    f->brief.n_also = 1;
    CHECK_OK(compose_mail(f->composer, &f->brief, &f->a, &r, &e), &e);
    return r;
}

TEST(every_letter_and_its_reminder_say_what_else_is_due_once)
{
    struct fixture f;
    fixture_open(&f);
    struct also also = { &f.review, &f.unreviewed, 0, false };
    for (int l = 0; l < 4; l++)
        for (int kind = 0; kind < RULE_KINDS; kind++)
            for (int step = 0; step < 2; step++) {
                if (kind == RULE_REVIEW)
                    continue;
                f.brief.language = languages[l];
                f.brief.step = step;
                const char *why = compose_reason(f.composer, languages[l], &f.review, &f.unreviewed, &f.options, &f.a);
                CHECK_INT(count(compose_with(&f, (enum rule_kind)kind, &also).html, why), 1);
            }
    fixture_close(&f);
}

TEST(a_message_about_one_thing_speaks_of_no_other)
{
    struct fixture f;
    struct err e = { "" };
    struct rendered r = { 0 };
    fixture_open(&f);
    CHECK_OK(compose_mail(f.composer, &f.brief, &f.a, &r, &e), &e);
    CHECK(!strstr(r.text, "ALSO DUE"));
    fixture_close(&f);
}

TEST(the_offer_is_there_whichever_letter_leads)
{
    struct fixture f;
    fixture_open(&f);
    struct also also = { &f.lapse, &f.silent, 0, false };
    for (int kind = 0; kind < RULE_KINDS; kind++)
        CHECK_CONTAINS(compose_with(&f, (enum rule_kind)kind, &also).text, "K7QM-3XRD-P");
    fixture_close(&f);
}

TEST(a_reminder_and_a_title_are_named_and_no_title_becomes_markup)
{
    struct fixture f;
    fixture_open(&f);
    f.review.title = "<b>Reviews</b> *_[x](javascript:alert(1))";
    struct also also = { &f.review, &f.unreviewed, 1, false };
    struct rendered r = compose_with(&f, RULE_LAPSE, &also);
    CHECK_CONTAINS(r.text, "- Reminder: <b>Reviews</b> *_[x](javascript:alert(1)).");
    CHECK_CONTAINS(r.html, "&lt;b&gt;Reviews&lt;/b&gt;");
    CHECK(!strstr(r.html, "href=\"javascript"));
    fixture_close(&f);
}

TEST(a_meeting_for_what_else_is_due_is_named_after_that)
{
    struct fixture f;
    fixture_open(&f);
    fixture_meeting(&f);
    struct also also = { &f.review, &f.unreviewed, 0, false };
    f.brief.meeting_also = &also;
    struct rendered r = compose_with(&f, RULE_LAPSE, &also);
    CHECK_CONTAINS(r.text, "ALSO DUE");
    CHECK_CONTAINS(r.text, "Tuesday 1 December");
    CHECK_CONTAINS(r.calendar, "SUMMARY:Bergen Dental & Sons: account review");
    CHECK_CONTAINS(r.calendar, "No account review for 190 days");
    CHECK_CONTAINS(r.bytes, "review-");
    CHECK_CONTAINS(r.subject, "81 days without an order");
    fixture_close(&f);
}
