/* Every kind of message in every language, for eyes: look FOLDER writes KIND-LANGUAGE.html and .txt there. scripts/look
 * makes pictures of them. */
#include "compose/compose.h"

#include <stdio.h>
#include <string.h>

/* A salesperson, somebody they stand in for, and a customer, named as people are where the language is spoken. */
struct cast {
    const char *language, *company, *currency, *seller, *colleague, *customer, *contact, *phone, *values, *notes;
    const char *bought[3];
    const char *occasion, *trouble;
    const char *similar[3];
    const char *customers[6], *people[4];
    const char *other; /* language of the customer whom they call for a colleague */
};

static const struct cast casts[] = {
    { "en",
      "Nordlys Office Ltd",
      "GBP",
      "Kate Miller",
      "Oliver Bell",
      "Harbour Dental & Sons",
      "Peter Hanson",
      "+44 55 0123 4567",
      "Deliveries before eight in the morning, and one invoice a month. Peter likes to hear about new paper.",
      "Their new clinic opens in January.",
      { "Copy paper, 20 boxes", "Toner, black", "Office chairs and a long list of other things" },
      "Christmas greeting",
      "Two boxes arrived wet",
      { "Deliveries before eight in the morning", "One invoice a month, and somebody who answers the telephone",
        "Samples of new paper before they order, a word about prices well before they change, and that nobody has to "
        "ask twice" },
      { "Harbour Dental & Sons", "Miller Bakery", "St Mary's Primary School", "Northgate Garage", "Riverside Hotel",
        "Pritchard & Lowe Solicitors" },
      { "Kate Miller", "Oliver Bell", "Priya Shah", "Tom O'Neill" },
      "nb" },
    { "nb",
      "Nordlys Kontor AS",
      "NOK",
      "Kari Nordmann",
      "Ola Berg",
      "Bergen Tannklinikk AS",
      "Per Hansen",
      "+47 55 12 34 56",
      "Levering før klokka åtte, og én faktura i måneden. Per hører gjerne om nytt papir.",
      "Den nye klinikken åpner i januar.",
      { "Kopipapir, 20 esker", "Toner, svart", "Kontorstoler og en lang liste med andre ting" },
      "Julehilsen",
      "To esker kom våte fram",
      { "Levering før klokka åtte", "Én faktura i måneden, og noen som tar telefonen",
        "Prøver på nytt papir før de bestiller, beskjed i god tid før prisene endres, og å slippe å spørre to ganger" },
      { "Bergen Tannklinikk AS", "Møllers Bakeri", "Åsane skole", "Nordre Bilverksted", "Fjordutsikt Hotell",
        "Advokatfirmaet Lie & Sønner" },
      { "Kari Nordmann", "Ola Berg", "Åse Ødegård", "Jonas Lund" },
      "en" },
    { "ru",
      "ООО «Северное сияние»",
      "RUB",
      "Иванова Мария Петровна",
      "Олег Борисов",
      "Стоматология «Жемчужина»",
      "Анна Кузнецова",
      "+7 495 123-45-67",
      "Доставка до восьми утра и один счёт в месяц. Анна любит узнавать о новой бумаге.",
      "В январе открывается новая клиника.",
      { "Бумага, 20 коробок", "Тонер чёрный", "Офисные кресла и длинный список других вещей" },
      "Новогоднее поздравление",
      "Две коробки пришли мокрыми",
      { "Доставка до восьми утра", "Один счёт в месяц и чтобы на звонки отвечали",
        "Образцы новой бумаги до заказа, предупреждение о новых ценах заранее и чтобы не приходилось просить дважды" },
      { "Стоматология «Жемчужина»", "Пекарня «Колос»", "Гимназия № 12", "Автосервис «Северный»", "Гостиница «Речная»",
        "Юридическое бюро «Лунин и сыновья»" },
      { "Иванова Мария Петровна", "Олег Борисов", "Светлана Кузнецова", "Пётр Ильин" },
      "th" },
    { "th",
      "บริษัท แสงเหนือ จำกัด",
      "THB",
      "สมชาย ใจดี",
      "มาลี สุขใจ",
      "คลินิกทันตกรรมริมน้ำ",
      "อรุณ ทองดี",
      "02 123 4567",
      "ส่งของก่อนแปดโมงเช้า และออกใบแจ้งหนี้เดือนละครั้ง คุณอรุณชอบฟังเรื่องกระดาษรุ่นใหม่",
      "คลินิกใหม่จะเปิดในเดือนมกราคม",
      { "กระดาษถ่ายเอกสาร 20 กล่อง", "หมึกพิมพ์สีดำ", "เก้าอี้สำนักงานและรายการอื่นๆ อีกยาว" },
      "อวยพรปีใหม่",
      "ได้รับกล่องเปียกน้ำสองกล่อง",
      { "ส่งของก่อนแปดโมงเช้า", "ออกใบแจ้งหนี้เดือนละครั้ง และมีคนรับสายเสมอ",
        "ขอดูตัวอย่างกระดาษรุ่นใหม่ก่อนสั่งซื้อ และแจ้งล่วงหน้าก่อนปรับราคา" },
      { "คลินิกทันตกรรมริมน้ำ", "ร้านขนมปังบ้านสวน", "โรงเรียนวัดใหม่", "อู่ซ่อมรถเหนือ", "โรงแรมริมแม่น้ำ", "สำนักงานกฎหมายธรรมดี" },
      { "สมชาย ใจดี", "มาลี สุขใจ", "อรุณ ทองดี", "ปิยะ แสงทอง" },
      "ru" },
};

/* A language we have no people for gets the English ones. */
static const struct cast *cast_of(const char *language)
{
    for (size_t i = 0; i < sizeof casts / sizeof casts[0]; i++)
        if (strcmp(casts[i].language, language) == 0)
            return &casts[i];
    return &casts[0];
}

#define MANY(x) x " " x " " x " " x " " x " " x
#define LONG_WORD "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"

struct scene {
    struct options options;
    struct salesperson to;
    struct purchase purchases[5];
    struct contact contact;
    struct facts facts;
    struct rule rules[RULE_KINDS];
    struct problem problems[2];
    struct period_row every, after;
    struct defence numbers[RULE_KINDS];
    struct issued_offer offer;
    struct brief brief;
    struct meeting meeting;
    struct zone *zone;
    const char *folder, *language;
    struct composer *composer;
};

static void set(struct scene *s, const struct cast *cast)
{
    static const money amounts[] = { 420000, 189050, 3520000, 210000, 99900 };
    s->options.company.name = cast->company;
    s->options.company.currency = cast->currency;
    s->options.company.language = cast->language;
    s->to = (struct salesperson){ .id = "7", .name = cast->seller, .email = "seller@example.com", .active = true };
    s->facts.customer = (struct customer){ .id = "1042",
                                           .name = cast->customer,
                                           .contact_name = cast->contact,
                                           .phone = cast->phone,
                                           .email = "contact@customer.example",
                                           .url = "https://crm.example/clients/1042?tab=all",
                                           .values = cast->values,
                                           .notes = cast->notes,
                                           .active = true };
    for (int i = 0; i < 5; i++)
        s->purchases[i] =
            (struct purchase){ .day = date_of(2026, 4 + i, 2 + i), .amount = amounts[i], .what = cast->bought[i % 3] };
    s->facts.purchases = s->purchases;
    s->facts.n_purchases = 5;
    s->contact = (struct contact){ .day = date_of(2026, 4, 12), .kind = "review" };
    s->rules[RULE_OCCASION].title = cast->occasion;
    s->problems[0] =
        (struct problem){ .opened = date_of(2026, 11, 16), .closed_at = INSTANT_NONE, .summary = cast->trouble };
    s->problems[1] = (struct problem){ .opened = date_of(2026, 11, 19), .closed_at = INSTANT_NONE };
    s->facts.problems = s->problems;
    s->facts.n_problems = 2;
    s->facts.contacts = &s->contact;
    s->facts.n_contacts = 1;
}

static void set_numbers(struct scene *s)
{
    const struct defence quiet = { .last_day = date_of(2026, 9, 2),
                                   .anchor = date_of(2026, 4, 12),
                                   .days = 190,
                                   .threshold = 183,
                                   .part = 2,
                                   .parts = 3 };
    s->every = (struct period_row){ "medium", { PERIOD_MONTHS, 6 } };
    s->after = (struct period_row){ NULL, { PERIOD_WORKING_DAYS, 2 } };
    for (int i = 0; i < RULE_KINDS; i++) {
        const char *kind = rule_kind_name((enum rule_kind)i);
        s->rules[i] = (struct rule){ .id = kind, .title = kind, .kind = (enum rule_kind)i, .every = { &s->every, 1 } };
        s->numbers[i] = quiet;
    }
    s->rules[RULE_PROBLEM].after = (struct periods){ &s->after, 1 };
    s->rules[RULE_OCCASION].on = "06-24";
    s->numbers[RULE_OCCASION].anchor = date_of(2026, 11, 29);
    s->numbers[RULE_AFTER_SALE].anchor = s->numbers[RULE_REFERRAL].anchor = date_of(2026, 11, 1);
    s->numbers[RULE_PROBLEM].days = 6;
    s->numbers[RULE_PROBLEM].threshold = 4;
    s->numbers[RULE_DECLINE] =
        (struct defence){ .last_day = date_of(2026, 11, 12), .days = 150, .threshold = 60, .part = 42 };
    s->numbers[RULE_LAPSE] = (struct defence){ .last_day = date_of(2026, 9, 2),
                                               .days = 81,
                                               .threshold = 80,
                                               .occasions = 9,
                                               .typical = 32,
                                               .category_gap = 38,
                                               .times_usual = 2.5,
                                               .average = 1070000 };
    s->meeting = (struct meeting){ .uid = "look@example.com", .organizer = "followup@example.com" };
    struct civil start = { 2026, 12, 1, 10, 0, 0, 0 };
    s->meeting.start = zone_instant(s->zone, &start);
    s->meeting.end = s->meeting.start + HOUR;
    s->offer = (struct issued_offer){
        .code = "K7QM-3XRD-P", .kind = OFFER_PERCENT, .percent = 10, .last_day = date_of(2026, 12, 4)
    };
}

static bool write_file(const struct scene *s, const char *kind, const char *ending, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s-%s.%s", s->folder, kind, s->language, ending);
    FILE *f = fopen(path, "w");
    bool ok = f && fputs(text, f) >= 0;
    return (f && fclose(f) != 0) || !ok ? false : true;
}

static bool show(struct scene *s, const char *kind)
{
    struct arena a = { 0 };
    struct rendered r;
    struct err e = { "" };
    bool ok = compose_mail(s->composer, &s->brief, &a, &r, &e);
    if (!ok)
        fprintf(stderr, "look: %s in %s: %s\n", kind, s->language, e.text);
    else if (!(ok = write_file(s, kind, "html", r.html) &&
                    write_file(s, kind, "txt", arena_print(&a, "Subject: %s\n\n%s", r.subject, r.text))))
        fprintf(stderr, "look: %s cannot be written to\n", s->folder);
    arena_done(&a);
    return ok;
}

/* The brief of a kind, to be changed for the special cases. */
static struct brief *begin(struct scene *s, enum rule_kind kind)
{
    struct civil now = { 2026, 11, 22, 8, 30, 0, 0 };
    set(s, cast_of(s->language));
    s->brief =
        (struct brief){ .template = rule_kind_name(kind),
                        .language = s->language,
                        .options = &s->options,
                        .to = &s->to,
                        .facts = &s->facts,
                        .rule = &s->rules[kind],
                        .defence = &s->numbers[kind],
                        .offer =
                            kind == RULE_LAPSE || kind == RULE_DECLINE || kind == RULE_FIRST_ORDER ? &s->offer : NULL,
                        .meeting = kind == RULE_REVIEW || kind == RULE_VISIT ? &s->meeting : NULL,
                        .zone = s->zone,
                        .now = instant_of(&now),
                        .from = "followupd <followup@example.com>",
                        .address = "seller@example.com",
                        .message_id = "look@example.com" };
    return &s->brief;
}

/* How many lines of each part a weekly mail of 3, 30 and 300 lines has. */
static const int weekly_lines[][DIGEST_PARTS] = {
    { 0 }, { 1, 1, 0, 0, 1 }, { 5, 9, 3, 6, 3, 4 }, { 30, 100, 30, 80, 20, 40 }
};
enum { LINES_MOST = 300, PEOPLE_MOST = 300 };

struct crowd {
    struct customer customers[LINES_MOST];
    struct defence defences[LINES_MOST];
    struct digest_line lines[LINES_MOST];
    struct digest_person people[PEOPLE_MOST];
    struct digest digest;
};

/* The money falls from line to line, as it does where few customers are most of the business. */
static void add_line(struct scene *s, struct crowd *c, enum digest_part part, int place)
{
    static const enum rule_kind kinds[] = { RULE_LAPSE, RULE_LAPSE, RULE_REVIEW, RULE_LAPSE, RULE_DECLINE, RULE_VISIT };
    const struct cast *cast = cast_of(s->language);
    size_t i = c->digest.n++;
    enum rule_kind kind = part == DIGEST_WATCH ? RULE_LAPSE : kinds[i % 6];
    c->customers[i] = (struct customer){ .id = cast->customers[i % 6],
                                         .name = cast->customers[(i + (size_t)part) % 6],
                                         .contact_name = i % 3 ? NULL : cast->contact,
                                         .phone = i % 5 == 4 ? NULL : cast->phone,
                                         .email = "contact@customer.example",
                                         .url = i % 2 ? NULL : "https://crm.example/clients/1042" };
    c->defences[i] = s->numbers[kind];
    c->defences[i].average = 1070000;
    c->defences[i].at_risk = 400.0 / (1 + place);
    c->lines[i] = (struct digest_line){ .part = part,
                                        .rule = &s->rules[kind],
                                        .customer = &c->customers[i],
                                        .salesperson = part == DIGEST_LARGEST ? cast->people[i % 4] : NULL,
                                        .defence = &c->defences[i],
                                        .offer = part == DIGEST_OFFERS || i % 2 == 0 ? &s->offer : NULL,
                                        .day = date_of(2026, 11, 3) + (part == DIGEST_OPEN ? -place : 30),
                                        .amount = part == DIGEST_WON ? 189050 : MONEY_NONE };
}

static void add_people(struct scene *s, struct crowd *c, int n)
{
    const struct cast *cast = cast_of(s->language);
    for (int i = 0; i < n; i++)
        c->people[i] = (struct digest_person){ .name = cast->people[i % 4],
                                               .crowded = i == 1,
                                               .told = 12 - i % 9,
                                               .answered = (12 - i % 9) * (3 + i % 2) / 5,
                                               .overdue = i % 4 == 1 ? 1 + i % 3 : 0,
                                               .won = i % 3,
                                               .won_amount = i % 3 ? 1890500 : MONEY_NONE };
    c->digest.people = c->people;
    c->digest.n_people = (size_t)n;
}

/* Size 0 is empty, 1 to 3 are 3, 30 and 300 lines. */
static bool show_digest(struct scene *s, enum digest_kind kind, int size)
{
    static const int sizes[] = { 0, 3, 30, 300 };
    static const char *const names[] = { "empty", "3", "30", "300" };
    static struct crowd c;
    char name[32];
    memset(&c, 0, sizeof c);
    c.digest = (struct digest){ .kind = kind,
                                .day = date_of(2026, 11, 23),
                                .from = date_of(2026, 11, 16),
                                .until = date_of(2026, 11, 22),
                                .lines = c.lines,
                                .watched = size ? 0 : 214 };
    for (int part = 0; part < DIGEST_PARTS; part++) {
        int n = kind == DIGEST_WEEKLY       ? weekly_lines[size][part]
                : kind == DIGEST_DAILY      ? (part == DIGEST_NEW ? sizes[size] : 0)
                : part == DIGEST_LARGEST    ? (sizes[size] > 10 ? 10 : sizes[size])
                : part == DIGEST_UNASSIGNED ? (sizes[size] > 20 ? 20 : sizes[size] / 3)
                                            : 0;
        for (int i = 0; i < n; i++)
            add_line(s, &c, (enum digest_part)part, i);
    }
    if (size > 1) {
        c.digest.left_out[kind == DIGEST_SUMMARY ? DIGEST_UNASSIGNED : DIGEST_NEW] = 14;
        c.digest.waiting = 6;
    }
    if (kind == DIGEST_SUMMARY)
        add_people(s, &c, sizes[size]);
    begin(s, RULE_LAPSE)->template = digest_kind_name(kind);
    s->brief.facts = NULL;
    s->brief.rule = NULL;
    s->brief.defence = NULL;
    s->brief.offer = NULL;
    s->brief.meeting = NULL;
    s->brief.digest = &c.digest;
    snprintf(name, sizeof name, "%s-%s", digest_kind_name(kind), names[size]);
    return show(s, name);
}

static bool show_digests(struct scene *s)
{
    bool ok = true, all = strcmp(s->language, "en") == 0 || strcmp(s->language, "th") == 0;
    for (int kind = 0; kind < DIGEST_KINDS; kind++)
        for (int size = 0; size < (all ? 4 : 3); size++)
            ok = show_digest(s, (enum digest_kind)kind, size) && ok;
    return ok;
}

static bool show_special(struct scene *s)
{
    struct brief *b = begin(s, RULE_LAPSE);
    const struct cast *other = cast_of(cast_of(s->language)->other);
    b->covering = cast_of(s->language)->colleague;
    s->facts.customer.name = other->customer;
    s->facts.customer.contact_name = other->contact;
    s->facts.customer.language = other->language;
    s->facts.customer.values = s->facts.customer.notes = NULL;
    b->similar = cast_of(s->language)->similar;
    b->n_similar = 3;
    s->facts.customer.phone = s->facts.customer.email = NULL;
    bool ok = show(s, "lapse-covering");
    b->told_before = b->covering;
    b->told_day = s->zone ? zone_date(s->zone, b->now) - 7 : DATE_NONE;
    ok &= show(s, "lapse-taken-over");
    begin(s, RULE_LAPSE);
    s->to.name = LONG_WORD;
    s->facts.customer.name = LONG_WORD "_" LONG_WORD;
    s->facts.customer.contact_name = MANY("Maximiliane <b>*_[Adelheid]`");
    s->facts.customer.phone = "+47 55 12 34 56 (switchboard, then ask for extension 1234567890)";
    s->facts.customer.values = s->facts.customer.notes = MANY("<b>1. # *_[x](javascript:alert(1))_* & " LONG_WORD);
    for (int i = 0; i < 5; i++) {
        s->purchases[i].what = MANY("Anti_disestablishment_" LONG_WORD);
        s->purchases[i].amount = 123456789012345;
    }
    return show(s, "lapse-long") && ok;
}

/* A review with a meeting and a complaint that was told before are due at the same time. */
static bool show_together(struct scene *s)
{
    struct also also[] = { { &s->rules[RULE_REVIEW], &s->numbers[RULE_REVIEW], 0, false },
                           { &s->rules[RULE_OCCASION], &s->numbers[RULE_OCCASION], 0, false },
                           { &s->rules[RULE_PROBLEM], &s->numbers[RULE_PROBLEM], 1, true } };
    struct brief *b = begin(s, RULE_LAPSE);
    b->also = also;
    b->n_also = sizeof also / sizeof also[0];
    b->meeting = &s->meeting;
    b->meeting_also = also;
    bool ok = show(s, "lapse-also");
    b->also = NULL;
    b->n_also = 0;
    return ok;
}

static bool show_alerts(struct scene *s)
{
    static const struct {
        const char *name;
        struct notice notice;
    } rows[] = {
        { "alert", { PHRASE_ALERT_CHANNEL_AWAY, .texts = { "email", "Connection refused" } } },
        { "alert-clock", { PHRASE_ALERT_CLOCK, .numbers = { 3 }, .texts = { "days", "forward", "off" } } },
        { "alert-mass-change",
          { PHRASE_ALERT_MASS_CHANGE, .numbers = { 112, 10, 1031 }, .texts = { "lapse" }, .day = 20779 } },
        { "alert-address",
          { PHRASE_ALERT_ADDRESS,
            .texts = { "anna", "anna.with.a.long.name@nordlys-office.example",
                       "the recipient was refused: 550 5.1.1 <anna.with.a.long.name@nordlys-office.example>: "
                       "Recipient address rejected: User unknown in virtual mailbox table" } } },
    };
    bool ok = true;
    s->brief.template = "alert";
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a = { 0 };
        s->brief.alert = compose_notice(s->composer, s->language, &rows[i].notice, &a);
        ok = show(s, rows[i].name) && ok;
        arena_done(&a);
    }
    return ok;
}

static bool show_language(struct scene *s, const char *language)
{
    s->language = language;
    bool ok = true;
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        begin(s, (enum rule_kind)kind);
        ok = show(s, rule_kind_name((enum rule_kind)kind)) && ok;
    }
    begin(s, RULE_LAPSE)->step = 1;
    ok = show(s, "lapse-repeat") && ok;
    ok = show_special(s) && ok;
    ok = show_digests(s) && ok;
    ok = show_together(s) && ok;
    begin(s, RULE_LAPSE)->template = "nudge";
    s->brief.step = 1;
    ok = show(s, "nudge") && ok;
    begin(s, RULE_LAPSE)->template = "test";
    ok = show(s, "test") && ok;
    return show_alerts(s) && ok;
}

int main(int argc, char **argv)
{
    struct complaints c = { 0 };
    struct err e = { "" };
    struct scene s = { .folder = argv[1] };
    if (argc != 2) {
        fprintf(stderr, "usage: look FOLDER\n");
        return 2;
    }
    bool ok = composer_open(&s.composer, "conf/languages", NULL, &c);
    for (size_t i = 0; i < c.n; i++)
        fprintf(stderr, "%s:%d: %s\n", c.rows[i].file, c.rows[i].line, c.rows[i].text);
    if (!ok)
        return 1;
    if (!zone_open(&s.zone, "Europe/Oslo", &e)) {
        fprintf(stderr, "look: %s\n", e.text);
        return 1;
    }
    set_numbers(&s);
    for (size_t i = 0; i < sizeof casts / sizeof casts[0]; i++)
        if (composer_speaks(s.composer, casts[i].language))
            ok = show_language(&s, casts[i].language) && ok;
    composer_close(s.composer);
    zone_close(s.zone);
    return ok ? 0 : 1;
}
