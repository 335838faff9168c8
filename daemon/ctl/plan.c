/* followupctl plan [CUSTOMER]: the contacts of the days to come, if everything goes as planned. */
#include "ctl/loads.h"
#include "ctl/spool.h"
#include "ctl/survey.h"
#include "ctl/table.h"

#include "base/token.h"
#include "channel/channel.h"
#include "compose/calendar.h"
#include "engine/brief.h"
#include "plan/route.h"
#include "store/episodes.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS_USUAL = 365, DAYS_MOST = 3660, FLUSH = 500 };

/* A planned contact as texts. */
enum cell {
    CELL_DATE,
    CELL_DUE,
    CELL_CUSTOMER,
    CELL_NAME,
    CELL_SALESPERSON,
    CELL_RULE,
    CELL_TITLE,
    CELL_WHAT,
    CELL_UNLESS,
    CELL_OCCASION,
    CELL_CONTACT, /* of the customer, for the calendar, as are the next */
    CELL_PHONE,
    CELL_URL,
    CELL_OWNER,
    CELLS
};

struct year {
    struct ctl *c;
    const char *customer, *salesperson; /* whom it is about; NULL: any */
    int days;
    date start;
    struct people people;
    struct spool *spool;
    struct table *table;
    struct loads *loads;
    bool met, silent;
    struct arena arena; /* of one customer, then of one row */
    const char *organizer;
    struct buf calendar;
    struct err e;
    bool failed;
};

/* ---- one customer ---- */

static bool anybody(const void *context, const struct salesperson *s)
{
    (void)context;
    return s->active;
}

/* The owner, also one who is away today: it is a plan for the year. */
static const struct salesperson *maker(const struct year *y, const struct customer *u)
{
    const struct salesperson *s = person_find(&y->people, u->salesperson);
    return s && s->active
               ? s
               : route(&y->people, u->salesperson, y->c->options->people.unassigned, y->start, anybody, NULL);
}

/* Cases that the daemon closed, and referrals that it asked for. */
static bool read_before(struct year *y, const char *customer, struct forecast_wish *w)
{
    struct ctl *c = y->c;
    struct episodes all;
    if (!c->store)
        return true;
    if (!episodes_of_customer(c->store, customer, &y->arena, &all, &y->e))
        return false;
    struct planned *rows = arena_new(&y->arena, (all.n + 1) * sizeof *rows);
    for (size_t i = 0; i < all.n; i++) {
        const struct episode *ep = &all.rows[i];
        const struct rule *r = rule_find(c->options, ep->rule);
        if (r && episode_final(ep->state))
            rows[w->n_before++] = (struct planned){ .rule = r,
                                                    .occasion = ep->occasion,
                                                    .day = ep->told_at == INSTANT_NONE
                                                               ? DATE_NONE
                                                               : zone_date(company_zone(c->company), ep->told_at) };
    }
    w->before = rows;
    return true;
}

static const char *what_it_is(const struct planned *p, struct arena *a)
{
    const struct rule *r = p->rule;
    char day[16];
    switch (r->kind) {
    case RULE_LAPSE:
        return p->unless ? "late if no order comes" : "is late";
    case RULE_DECLINE:
        return "buys less than usual";
    case RULE_REVIEW:
        return "review";
    case RULE_VISIT:
        return r->counts.n == 1 ? r->counts.rows[0] : "visit";
    case RULE_AFTER_SALE:
        return arena_print(a, "service call %d of %d", p->part, p->parts);
    case RULE_REFERRAL:
        return "ask for a referral";
    case RULE_OCCASION:
        date_print(p->anchor, day);
        return p->part ? arena_print(a, "year %d on %s", p->part, day) : arena_print(a, "for %s", day);
    case RULE_PROBLEM:
        return p->unless ? "problem, if still open" : "problem still open";
    case RULE_FIRST_ORDER:
        return p->unless ? "first order, if none comes" : "ask for a first order";
    case RULE_KINDS:
        break;
    }
    return "";
}

/* The columns of the table; the last is not always there. */
static void widen(struct year *y, const char *const *k)
{
    if (y->c->format == FORMAT_TABLE)
        table_widen(y->table, k[CELL_DATE], k[CELL_CUSTOMER], k[CELL_NAME], k[CELL_TITLE], k[CELL_WHAT],
                    k[CELL_SALESPERSON]);
}

static bool keep(struct year *y, const struct customer *u, const struct salesperson *s, const struct planned *p)
{
    static const char *const unless[] = { [UNLESS_ORDERED] = "ordered", [UNLESS_SOLVED] = "solved" };
    char day[16], due[16];
    const char *cells[CELLS] = { [CELL_DATE] = date_print(p->day, day),
                                 [CELL_DUE] = date_print(p->due, due),
                                 [CELL_CUSTOMER] = u->id,
                                 [CELL_NAME] = u->name,
                                 [CELL_SALESPERSON] = s ? s->id : NULL,
                                 [CELL_RULE] = p->rule->id,
                                 [CELL_TITLE] = p->rule->title,
                                 [CELL_WHAT] = what_it_is(p, &y->arena),
                                 [CELL_UNLESS] = unless[p->unless],
                                 [CELL_OCCASION] = p->occasion,
                                 [CELL_CONTACT] = u->contact_name,
                                 [CELL_PHONE] = u->phone,
                                 [CELL_URL] = u->url,
                                 [CELL_OWNER] = s ? s->name : NULL };
    loads_add(y->loads, s, p);
    for (size_t k = 0; k < CELLS; k++)
        cells[k] = cells[k] ? cells[k] : "";
    widen(y, cells);
    return spool_add(y->spool, p->day - y->start, cells, &y->e);
}

static bool plan_customer(void *context, const struct bench *b, const struct facts *f, date first_seen)
{
    static const struct salesperson nobody = { .active = true };
    struct year *y = context;
    const struct salesperson *s = maker(y, &f->customer), *whose = s ? s : &nobody;
    struct planned *rows;
    y->met = true;
    y->silent = customer_silent(&f->customer);
    if (y->silent || (y->salesperson && (!s || strcmp(s->id, y->salesperson) != 0)))
        return true;
    struct forecast_wish w = { .hours = person_hours(y->c->company, whose, NULL),
                               .off = person_holidays(y->c->company, whose),
                               .days = y->days };
    bool ok = read_before(y, f->customer.id, &w);
    size_t n = ok ? forecast(b, f, first_seen, &w, &y->arena, &rows) : 0;
    for (size_t i = 0; ok && i < n; i++)
        ok = keep(y, &f->customer, s, &rows[i]);
    y->failed = !ok;
    arena_reset(&y->arena);
    return ok;
}

/* ---- what comes out ---- */

static void show_row(void *context, const char *const *k)
{
    struct year *y = context;
    if (y->c->format == FORMAT_TABLE)
        table_add(y->table, k[CELL_DATE], k[CELL_CUSTOMER], k[CELL_NAME], k[CELL_TITLE], k[CELL_WHAT],
                  k[CELL_SALESPERSON]);
    else
        table_add(y->table, k[CELL_DATE], k[CELL_DUE], k[CELL_CUSTOMER], k[CELL_NAME], k[CELL_SALESPERSON],
                  k[CELL_RULE], k[CELL_TITLE], k[CELL_WHAT], k[CELL_UNLESS], k[CELL_OCCASION]);
    if (table_rows(y->table) == FLUSH)
        table_flush(y->table, y->c->format, stdout);
}

/* The same case has the same UID in every plan: a calendar that is read again moves it. */
static const char *uid_of(struct year *y, const char *const *k)
{
    static const uint8_t no_secret[SECRET_SIZE];
    uint8_t mac[32];
    char hex[33];
    token_mac(no_secret,
              arena_print(&y->arena, "%s %s %zu %s %s", y->c->options->company.name, k[CELL_RULE],
                          strlen(k[CELL_CUSTOMER]), k[CELL_CUSTOMER], k[CELL_OCCASION]),
              mac);
    for (int i = 0; i < 16; i++)
        snprintf(hex + 2 * i, 3, "%02x", mac[i]);
    return arena_print(&y->arena, "plan-%s@followupd", hex);
}

static void show_event(void *context, const char *const *k)
{
    struct year *y = context;
    struct arena *a = &y->arena;
    struct day_event v = {
        .uid = uid_of(y, k),
        .stamp = y->c->now,
        .organizer = y->organizer,
        .summary = arena_print(a, "%s: %s", *k[CELL_NAME] ? k[CELL_NAME] : k[CELL_CUSTOMER], k[CELL_WHAT]),
        .description = arena_print(a, "%s\nCustomer %s\n%s%s%s\n%s", k[CELL_TITLE], k[CELL_CUSTOMER], k[CELL_CONTACT],
                                   *k[CELL_CONTACT] && *k[CELL_PHONE] ? ", " : "", k[CELL_PHONE], k[CELL_OWNER]),
        .url = k[CELL_URL]
    };
    if (!date_read(k[CELL_DATE], &v.day))
        return;
    calendar_add_day(&y->calendar, &v, a);
    fwrite(y->calendar.text, 1, y->calendar.size, stdout);
    buf_reset(&y->calendar);
    arena_reset(a);
}

static bool show_days(struct year *y, spool_visitor *show)
{
    bool ok = true;
    for (int day = 0; ok && day < y->days; day++)
        ok = spool_each(y->spool, day, show, y, &y->e);
    return ok;
}

static bool show_calendar(struct year *y)
{
    struct ctl *c = y->c;
    if (c->options->n_channels)
        y->organizer = address_to_write(channel_from(&c->options->channels[0]), &c->arena);
    if (!y->organizer)
        y->organizer = c->options->admin.email;
    calendar_begin(&y->calendar, arena_print(&c->arena, "%s: follow-ups", c->options->company.name), &c->arena);
    fputs(buf_text(&y->calendar), stdout);
    buf_reset(&y->calendar);
    bool ok = show_days(y, show_event);
    calendar_end(&y->calendar);
    fputs(buf_text(&y->calendar), stdout);
    buf_done(&y->calendar);
    return ok;
}

static bool show(struct year *y)
{
    if (y->c->format == FORMAT_ICS)
        return show_calendar(y);
    bool ok = show_days(y, show_row);
    if (ok)
        table_print(y->table, y->c->format, stdout);
    if (ok && y->c->format == FORMAT_TABLE)
        loads_show(y->loads, !y->customer, &y->c->arena);
    return ok;
}

/* ---- the verb ---- */

static bool read_arguments(struct year *y, int argc, char **argv)
{
    const char *days = ctl_option(&argc, argv, "--days");
    y->salesperson = ctl_option(&argc, argv, "--salesperson");
    y->customer = argc ? argv[0] : NULL;
    y->days = DAYS_USUAL;
    if (days) {
        size_t digits = strspn(days, "0123456789");
        y->days = digits && digits < 6 && !days[digits] ? atoi(days) : 0;
    }
    if (y->days < 1 || y->days > DAYS_MOST)
        return ctl_fail(false, "--days \"%s\" is no number from 1 to %d; write for example --days 90", days, DAYS_MOST);
    if (argc > 1 || (y->customer && y->salesperson))
        return ctl_fail(false, "plan takes one customer, or --salesperson with the id of one, or neither for all");
    return true;
}

static void begin(struct year *y)
{
    y->start = zone_date(company_zone(y->c->company), y->c->now);
    y->spool = spool_new(y->days, CELLS);
    y->table =
        table_new(y->c->format != FORMAT_TABLE ? "date,due,customer,name,salesperson,rule,title,what,unless,occasion"
                  : y->salesperson             ? "date,customer,name,rule,what" /* narrower without who is known */
                                               : "date,customer,name,rule,what,salesperson");
    y->loads = loads_new(y->c->options, &y->people, y->start, y->days);
}

static void end(struct year *y)
{
    loads_free(y->loads);
    table_free(y->table);
    spool_free(y->spool);
    arena_done(&y->arena);
}

static int plan_and_show(struct year *y)
{
    struct pass_report report = { 0 };
    if (!survey_read(y->c, y->customer ? &y->customer : NULL, y->customer ? 1 : 0, plan_customer, y, &report, &y->e) ||
        y->failed)
        return ctl_fail(CTL_CRITICAL, "%s", y->e.text);
    if (y->customer && !y->met)
        return ctl_fail(CTL_CRITICAL, "there is no customer \"%s\": ids are those of the customers query", y->customer);
    if (y->customer && y->silent)
        return ctl_fail(CTL_CRITICAL, "customer \"%s\" is inactive or not to be contacted: nothing is planned",
                        y->customer);
    if (!show(y))
        return ctl_fail(CTL_CRITICAL, "%s", y->e.text);
    survey_warn(y->c, &report);
    return CTL_OK;
}

static int run(struct ctl *c, int argc, char **argv)
{
    struct year y = { .c = c };
    if (!read_arguments(&y, argc, argv))
        return CTL_USAGE;
    if (!source_people(c->source, c->now, &c->arena, &y.people, &y.e))
        return ctl_fail(CTL_CRITICAL, "%s", y.e.text);
    if (y.salesperson && !person_find(&y.people, y.salesperson))
        return ctl_fail(CTL_CRITICAL, "there is no salesperson \"%s\": ids are those of the salespeople query",
                        y.salesperson);
    begin(&y);
    int code = plan_and_show(&y);
    end(&y);
    return code;
}

const struct verb verb_plan = {
    .name = "plan",
    .arguments = "[CUSTOMER] [--days N] [--salesperson PERSON] [--format table|csv|json|ics]",
    .what = "Say who will be contacted on which days of the year to come, if everything goes as planned; also as a "
            "calendar.",
    .run = run,
    .store = true,
};
