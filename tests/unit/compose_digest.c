#include "compose/language.h"
#include "compose/values.h"
#include "compose_read.h"
#include "model/digest.h"

enum { MOST = 300, CLIPPED = 102 * 1024 };

struct crowd {
    struct fixture f;
    struct customer customers[MOST];
    struct defence why;
    struct digest_line lines[MOST];
    struct digest_person people[MOST];
    struct digest digest;
};

static void crowd_open(struct crowd *c, enum digest_kind kind)
{
    fixture_open(&c->f);
    memset(c->lines, 0, sizeof c->lines);
    c->why = c->f.silent;
    c->why.at_risk = 100; /* 36,500 a year */
    c->digest = (struct digest){ .kind = kind,
                                 .day = date_of(2026, 11, 23),
                                 .from = date_of(2026, 11, 16),
                                 .until = date_of(2026, 11, 22),
                                 .lines = c->lines,
                                 .people = c->people };
    c->f.brief = (struct brief){ .template = digest_kind_name(kind),
                                 .language = "en",
                                 .options = &c->f.options,
                                 .to = &c->f.to,
                                 .zone = c->f.zone,
                                 .now = c->f.brief.now,
                                 .from = c->f.brief.from,
                                 .address = c->f.brief.address,
                                 .message_id = c->f.brief.message_id,
                                 .digest = &c->digest };
}

static struct digest_line *add(struct crowd *c, enum digest_part part, const char *name)
{
    size_t i = c->digest.n++;
    c->customers[i] = (struct customer){ .id = arena_print(&c->f.a, "%zu", i),
                                         .name = name,
                                         .contact_name = "Per Hansen",
                                         .phone = "+47 55 12 34 56",
                                         .url = "https://crm.nordlys.example/clients/1042" };
    c->lines[i] = (struct digest_line){ .part = part,
                                        .rule = &c->f.lapse,
                                        .customer = &c->customers[i],
                                        .defence = &c->why,
                                        .day = date_of(2026, 11, 3),
                                        .amount = MONEY_NONE };
    return &c->lines[i];
}

/* One of each part. */
static void add_each(struct crowd *c)
{
    static const char *const names[] = { "Newcomer", "Opener", "Sleeper", "Watched", "Winner", "Ender" };
    for (int part = DIGEST_NEW; part <= DIGEST_OFFERS; part++)
        add(c, (enum digest_part)part, names[part]);
    c->lines[DIGEST_NEW].offer = c->lines[DIGEST_OFFERS].offer = &c->f.offer;
    c->lines[DIGEST_WON].amount = 420000;
}

/* `parts` stand in `text` in that order. */
static void check_order(const char *text, const char *const *parts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *found = strstr(text, parts[i]);
        if (!found)
            test_fail(__FILE__, __LINE__, "\"%s\" is missing, or too early, in:\n%s", parts[i], text);
        text = found + strlen(parts[i]);
    }
}

TEST(a_weekly_digest_says_its_numbers_and_its_parts_in_order)
{
    static const char *const parts[] = {
        "Hello Kari,",
        "1 new, 1 still open",
        "NEW (1)",
        "Newcomer",
        "36,500",
        "Buys about every 32 days (9 orders; similar customers 38). Silent",
        "K7QM-3XRD-P: 10% off the next order, until Friday 4 December",
        "Per Hansen",
        "+47 55 12 34 56",
        "https://crm.nordlys.example/clients/1042",
        "STILL OPEN (1)",
        "Opener",
        "told on 3 Nov 2026\u00A0· silent for 81 days, usually 32",
        "PUT OFF (1)",
        "Sleeper",
        "until 3 Nov 2026",
        "KEEP AN EYE ON (1)",
        "Watched",
        "late from 3 Nov 2026",
        "WON BACK LAST WEEK (1)",
        "Well done",
        "Winner",
        "4,200",
        "bought on 3 Nov 2026",
        "OFFERS THAT END SOON (1)",
        "Ender",
        "K7QM-3XRD-P, until Friday 4 December",
        "HOW TO ANSWER",
    };
    struct crowd c;
    crowd_open(&c, DIGEST_WEEKLY);
    add_each(&c);
    struct rendered r = compose(&c.f);
    CHECK_TEXT(r.subject, "Your week: 1 new, 1 still open, NOK\u00A073,000 a year at risk");
    check_order(r.text, parts, sizeof parts / sizeof parts[0]);
    CHECK_CONTAINS(r.html, "href=\"tel:+4755123456\"");
    CHECK_CONTAINS(r.html, "<h2>New (1)</h2>");
    fixture_close(&c.f);
}

TEST(a_digest_leaves_out_what_is_empty)
{
    static const char *const gone[] = { "STILL OPEN", "PUT OFF", "KEEP AN EYE", "WON BACK", "OFFERS",
                                        "more",       "follow",  "Nothing",     "(0)",      "over" };
    struct crowd c;
    crowd_open(&c, DIGEST_WEEKLY);
    add(&c, DIGEST_NEW, "Only One");
    struct rendered r = compose(&c.f);
    CHECK_CONTAINS(r.subject, "1 new, nothing open");
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++)
        CHECK(!strstr(r.text, gone[i]));
    fixture_close(&c.f);
}

TEST(what_is_left_out_or_waits_is_counted)
{
    struct crowd c;
    crowd_open(&c, DIGEST_WEEKLY);
    add(&c, DIGEST_NEW, "A");
    add(&c, DIGEST_OPEN, "B");
    c.digest.left_out[DIGEST_OPEN] = 14;
    c.digest.left_out[DIGEST_WATCH] = 3;
    c.digest.waiting = 6;
    struct rendered r = compose(&c.f);
    CHECK_CONTAINS(r.subject, "1 new, 15 still open, over NOK");
    CHECK_CONTAINS(r.text, "STILL OPEN (15)");
    CHECK_CONTAINS(r.text, "  and 14 more\n");
    CHECK_CONTAINS(r.text, "KEEP AN EYE ON (3)");
    CHECK_CONTAINS(r.text, "6 more customers are due and will follow as your daily limit allows.");
    c.digest.waiting = 1;
    CHECK_CONTAINS(compose(&c.f).text, "One more customer is due");
    fixture_close(&c.f);
}

TEST(the_sentence_of_a_newcomer_is_the_one_that_explain_gives)
{
    static const char *const languages[] = { "en", "nb", "ru", "th" };
    struct crowd c;
    crowd_open(&c, DIGEST_DAILY);
    add(&c, DIGEST_NEW, "A");
    for (int i = 0; i < 4; i++) {
        c.f.brief.language = languages[i];
        CHECK_CONTAINS(compose(&c.f).html,
                       compose_reason(c.f.composer, languages[i], &c.f.lapse, &c.why, &c.f.options, &c.f.a));
    }
    fixture_close(&c.f);
}

TEST(money_at_risk_is_counted_once_a_customer_and_never_invented)
{
    struct crowd c;
    struct defence no_money, larger;
    crowd_open(&c, DIGEST_WEEKLY);
    no_money = larger = c.why;
    no_money.average = MONEY_NONE; /* at_risk is 1 / typical then */
    larger.at_risk = 1234.5678;
    add(&c, DIGEST_NEW, "Twice");
    add(&c, DIGEST_NEW, "Twice");
    c.customers[1].id = c.customers[0].id;
    add(&c, DIGEST_OPEN, "Poor")->defence = &no_money;
    add(&c, DIGEST_WATCH, "Not yet")->defence = &larger;
    struct rendered r = compose(&c.f);
    CHECK_CONTAINS(r.subject, ", NOK\u00A036,500 a year at risk");
    CHECK_CONTAINS(r.text, "NOK\u00A0451,000");                                      /* 450,617: three figures */
    CHECK(strstr(r.text, "Twice") && !strstr(strstr(r.text, "Twice") + 5, "Twice")); /* said once, with both reasons */
    c.why.average = MONEY_NONE;
    larger.at_risk = 1e300;
    r = compose(&c.f);
    CHECK_TEXT(r.subject, "Your week: 2 new, 1 still open");
    CHECK(!strstr(r.text, "NOK") && !strstr(r.html, "class=\"bar\""));
    fixture_close(&c.f);
}

TEST(amounts_have_the_currency_they_were_paid_in_and_different_ones_are_never_added)
{
    struct crowd c;
    crowd_open(&c, DIGEST_WEEKLY);
    add(&c, DIGEST_NEW, "Abroad")->currency = "EUR";
    add(&c, DIGEST_OPEN, "Abroad too")->currency = "EUR";
    struct digest_line *won = add(&c, DIGEST_WON, "Winner");
    won->currency = "SEK";
    won->amount = 420000;
    struct rendered r = compose(&c.f);
    CHECK_TEXT(r.subject, "Your week: 1 new, 1 still open, €73,000 a year at risk");
    CHECK_CONTAINS(r.text, "€36,500");
    CHECK_CONTAINS(r.text, "SEK\u00A04,200");
    CHECK_CONTAINS(r.html, "class=\"bar\"");
    add(&c, DIGEST_OPEN, "At home");
    memmove(&c.lines[3], &c.lines[2], sizeof c.lines[2]); /* parts stand together */
    c.lines[2] = c.lines[1];
    c.lines[2].currency = NULL;
    r = compose(&c.f);
    CHECK_TEXT(r.subject, "Your week: 1 new, 2 still open");
    CHECK_CONTAINS(r.text, "€36,500");
    CHECK_CONTAINS(r.text, "NOK\u00A036,500");
    CHECK(!strstr(r.html, "class=\"bar\""));
    fixture_close(&c.f);
}

TEST(what_was_won_back_in_different_currencies_has_no_sum)
{
    struct crowd c;
    crowd_open(&c, DIGEST_SUMMARY);
    c.people[0] = (struct digest_person){ "Kari Nordmann", 12, 7, 0, 4, 960050, "EUR", false };
    c.people[1] = (struct digest_person){ "Ola Berg", 8, 5, 3, 1, 1000, "EUR", false };
    c.digest.n_people = 2;
    CHECK_CONTAINS(compose(&c.f).text, "€9,610.50");
    c.people[1].won_currency = NULL;
    const char *text = compose(&c.f).text;
    CHECK(!strstr(text, "9,610.50"));
    CHECK_CONTAINS(text, "€9,600.50");
    CHECK_CONTAINS(text, "NOK\u00A010");
    fixture_close(&c.f);
}

TEST(where_nothing_is_new_or_open_the_subject_says_what_there_is)
{
    struct crowd c;
    crowd_open(&c, DIGEST_WEEKLY);
    add(&c, DIGEST_WATCH, "Watched");
    CHECK_TEXT(compose(&c.f).subject, "Your week: 1 to keep an eye on");
    add(&c, DIGEST_WON, "Winner");
    c.digest.left_out[DIGEST_WON] = 1;
    add(&c, DIGEST_OFFERS, "Ender")->offer = &c.f.offer;
    c.digest.waiting = 3;
    CHECK_TEXT(compose(&c.f).subject,
               "Your week: 1 to keep an eye on, 2 won back, 1 offer ends soon, 3 more to follow");
    c.f.brief.language = "ru";
    CHECK_CONTAINS(compose(&c.f).subject, "1 клиент под наблюдением, 2 клиента вернулись, ");
    fixture_close(&c.f);
}

TEST(an_empty_digest_is_a_sign_of_life)
{
    struct crowd c;
    crowd_open(&c, DIGEST_WEEKLY);
    c.digest.watched = 214;
    struct rendered r = compose(&c.f);
    CHECK_TEXT(r.subject, "Your week: nothing is due");
    CHECK_CONTAINS(r.text, "Nothing is due this week\n\n214 customers are being watched for you.");
    c.digest.waiting = 2; /* then there is something to say */
    CHECK_CONTAINS(compose(&c.f).text, "2 more customers are due");
    c.digest.waiting = 0;
    c.digest.kind = DIGEST_SUMMARY;
    c.f.brief.template = "summary";
    CHECK_CONTAINS(compose(&c.f).text, "A quiet week");
    fixture_close(&c.f);
}

TEST(a_summary_says_how_everybody_fared_and_what_is_at_risk)
{
    static const char *const parts[] = {
        "From Monday 16 November to Sunday 22 November.",
        "Everybody",
        "9,600.50",
        "told 20, answered 12, overdue 3, won back 4",
        "Kari Nordmann",
        "9,600.50",
        "told 12, answered 7, overdue 0, won back 4",
        "Ola Berg",
        "told 8, answered 5, overdue 3, won back 0",
        "THE LARGEST AT RISK",
        "Largest",
        "looked after by Ola Berg",
        "WITHOUT A SALESPERSON (3)",
        "Orphan",
        "and 2 more",
        "7 more customers are due and not told yet",
        "For four weeks more customers have come due for Ola Berg",
    };
    struct crowd c;
    crowd_open(&c, DIGEST_SUMMARY);
    c.people[0] = (struct digest_person){ "Kari Nordmann", 12, 7, 0, 4, 960050, NULL, false };
    c.people[1] = (struct digest_person){ "Ola Berg", 8, 5, 3, 0, MONEY_NONE, NULL, true };
    c.digest.n_people = 2;
    add(&c, DIGEST_LARGEST, "Largest")->salesperson = "Ola Berg";
    add(&c, DIGEST_UNASSIGNED, "Orphan");
    c.digest.left_out[DIGEST_UNASSIGNED] = 2;
    c.digest.waiting = 7;
    struct rendered r = compose(&c.f);
    CHECK_TEXT(r.subject, "Sales week: told 20, answered 12, overdue 3, won back 4");
    check_order(r.text, parts, sizeof parts / sizeof parts[0]);
    CHECK_CONTAINS(r.html, "<b class=\"bad\">3</b>");
    c.people[1].won = 1; /* of what was won back by one of them no amount is known: so no sum either */
    CHECK(!strstr(strstr(compose(&c.f).text, "Everybody"), "9,600.50\n    told 20"));
    fixture_close(&c.f);
}

static void check_sizes(struct crowd *c, const char *language)
{
    c->f.brief.language = language;
    struct rendered r = compose(&c->f);
    if (strlen(r.html) > CLIPPED * 9 / 10)
        test_fail(__FILE__, __LINE__, "%s in %s has %zu bytes of HTML", c->f.brief.template, language, strlen(r.html));
    check_columns(r.text);
    check_bytes(&r);
    arena_reset(&c->f.a);
}

TEST(three_hundred_lines_are_not_cut_by_mail_readers)
{
    static const char *const languages[] = { "en", "nb", "ru", "th" }, *const names[] = {
        "Pritchard & Lowe Solicitors", "Advokatfirmaet Lie & Sønner", "Юридическое бюро «Лунин»", "สำนักงานกฎหมายธรรมดี"
    };
    struct crowd c;
    for (int language = 0; language < 4; language++)
        for (int part = 0; part < DIGEST_PARTS; part++) {
            bool summary = part >= DIGEST_LARGEST;
            crowd_open(&c, summary ? DIGEST_SUMMARY : DIGEST_WEEKLY);
            for (int i = 0; i < MOST; i++) {
                struct digest_line *line = add(&c, (enum digest_part)part, names[language]);
                line->offer = &c.f.offer;
                line->amount = 420000;
            }
            check_sizes(&c, languages[language]);
            fixture_close(&c.f);
        }
}

TEST(three_hundred_people_are_not_cut_by_mail_readers)
{
    struct crowd c;
    crowd_open(&c, DIGEST_SUMMARY);
    for (int i = 0; i < MOST; i++)
        c.people[i] = (struct digest_person){ "Светлана Кузнецова", 12, 7, 1, 2, 1890500, NULL, true };
    c.digest.n_people = MOST;
    check_sizes(&c, "ru");
    check_sizes(&c, "th");
    CHECK(!strstr(compose(&c.f).html, "class=\"bar\""));
    c.digest.n_people = 30;
    CHECK_CONTAINS(compose(&c.f).html, "class=\"bar\"");
    fixture_close(&c.f);
}

TEST(hostile_names_are_harmless_in_a_digest)
{
    static char endless[5000];
    memset(endless, 'n', sizeof endless - 1);
    const char *const hostile[] = {
        "<script>alert(1)</script>",
        "\"x\"y='z'><b>",
        "*_[]<>&`#1. ](javascript:alert(1))",
        "a\r\nBcc: evil@example.com",
        "\xE2\x80\xAE"
        "gnp.exe",
        "\xff\xfe",
        "\xEE\x80\x80"
        "0a\xEE\x80\x81",
        "{{digest.new}}{{> lines}}",
        "{0}'{days}",
        "",
        " ",
        endless,
        "ลูกค้าลูกค้าลูกค้าลูกค้าลูกค้าลูกค้าลูกค้าลูกค้าลูกค้าลูกค้าลูกค้าลูกค้าลูกค้าลูกค้าลูกค้าลูกค้า",
    };
    static const char *const languages[] = { "en", "nb", "ru", "th" };
    struct crowd c;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        const char *text = hostile[i];
        crowd_open(&c, DIGEST_WEEKLY);
        add_each(&c);
        add(&c, DIGEST_LARGEST, text);
        add(&c, DIGEST_UNASSIGNED, text);
        c.f.to.name = c.f.options.company.name = c.f.options.company.currency = c.f.lapse.title = c.f.offer.code = text;
        for (size_t k = 0; k < c.digest.n; k++) {
            c.customers[k].name = c.customers[k].contact_name = c.customers[k].url = c.customers[k].phone =
                c.customers[k].email = c.lines[k].salesperson = text;
            c.lines[k].amount = INT64_MAX;
        }
        c.people[0] = (struct digest_person){ text, 1000000, 999999, 888888, 777777, INT64_MAX, text, true };
        c.people[1] = c.people[0];
        c.digest.n_people = 2;
        c.digest.left_out[DIGEST_NEW] = c.digest.waiting = INT32_MAX;
        for (int kind = 0; kind < DIGEST_KINDS * 4; kind++) {
            c.f.brief.template = digest_kind_name((enum digest_kind)(kind / 4));
            c.digest.kind = (enum digest_kind)(kind / 4);
            c.f.brief.language = languages[kind % 4];
            struct rendered r = compose(&c.f);
            check_columns(r.text);
            check_bytes(&r);
            CHECK(!strstr(r.html, "<script") && !strstr(r.html, "<b>\"") && !strstr(r.html, "\"javascript:"));
            CHECK(!strstr(r.html, "\xEE\x80") && !strstr(r.text, "\xEE\x80") && !strstr(r.text, "\xE2\x80\xAE"));
            CHECK(!strpbrk(r.subject, "\r\n"));
        }
        fixture_close(&c.f);
    }
}

static bool kind_is(struct view *v, const void *node, const char *name, enum value_kind kind)
{
    return v->look(v->context, node, name).kind == kind;
}

/* Is `row` what the table says, at the root or in any item of a list? */
static bool answered(struct view *v, const struct variable *row)
{
    char name[64];
    snprintf(name, sizeof name, "%s", row->name);
    char *dot = strchr(name, '.');
    if (!dot)
        return kind_is(v, NULL, name, row->kind);
    *dot = '\0';
    struct value of = v->look(v->context, NULL, name);
    bool found = of.kind == VALUE_OBJECT && kind_is(v, of.node, dot + 1, row->kind);
    for (size_t i = 0; of.kind == VALUE_LIST && i < of.n; i++)
        found = found || kind_is(v, v->item(v->context, of.node, i).node, dot + 1, row->kind);
    return found;
}

/* A summary that has every part, or with `empty` none. */
static void fill_all(struct crowd *c, bool empty)
{
    for (int part = 0; part < DIGEST_PARTS && !empty; part++)
        add(c, (enum digest_part)part, "A")->offer = &c->f.offer;
    c->digest.watched = 1;
    if (empty)
        return;
    c->lines[1].part = DIGEST_NEW; /* the same customer, once without a telephone */
    c->lines[0].salesperson = "Ola Berg";
    c->customers[1].id = c->customers[0].id;
    c->customers[1].phone = NULL;
    c->customers[1].email = "a@b.example";
    c->people[0] = c->people[1] = (struct digest_person){ "Kari", 4, 2, 1, 1, 100, NULL, true };
    c->people[1].told = 3;
    c->digest.n_people = 2;
    c->digest.waiting = c->digest.left_out[DIGEST_NEW] = c->digest.left_out[DIGEST_OPEN] = 1;
}

TEST(every_variable_of_a_digest_is_answered)
{
    struct crowd full, empty;
    struct complaints complaints = { 0 };
    crowd_open(&full, DIGEST_SUMMARY);
    crowd_open(&empty, DIGEST_SUMMARY);
    fill_all(&full, false);
    fill_all(&empty, true);
    struct shelf shelf = { .own = "conf/languages", .a = &full.f.a, .c = &complaints };
    struct layout *layout = layout_open(&shelf);
    struct language *english = language_open(&shelf, "en", layout, NULL);
    CHECK(english);
    struct view v = values_of(&full.f.brief, english, english, &full.f.a);
    struct view none = values_of(&empty.f.brief, english, english, &empty.f.a);
    size_t n, checked = 0;
    const struct variable *rows = compose_variables(&n), *row = rows;
    while (strcmp(row->name, "digest") != 0)
        row++;
    CHECK(kind_is(&v, NULL, "count", VALUE_MISSING)); /* only inside of a part */
    values_enter(&v, 'a' + DIGEST_NEW);
    CHECK_TEXT(v.look(v.context, NULL, "count").text, "3");
    for (; strcmp(row->name, "say") != 0; row++, checked++)
        if (!answered(&v, row) && !answered(&none, row))
            test_fail(__FILE__, __LINE__, "{{%s}} is not what the table says", row->name);
    CHECK(checked > 40);
    language_close(english);
    layout_close(layout);
    fixture_close(&full.f);
    fixture_close(&empty.f);
}
