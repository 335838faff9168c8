/* What a configuration becomes: the sample of the design, defaults, included files, hostile files. */
#include "base/chance.h"
#include "settings_taken.h"

static bool is(struct period p, enum period_unit unit, double count)
{
    return p.unit == unit && p.count > count - 1e-9 && p.count < count + 1e-9;
}

/* DESIGN.md, section 12, word for word. */
static const char design[] =
    "company = { name = \"Nordlys Kontor AS\"; time_zone = \"Europe/Oslo\"; language = \"nb\"; currency = \"NOK\"; };\n"
    "store = \"/var/lib/followupd/store.db\";\n"
    "admin = { email = \"it@nordlys.example\"; channels = [\"email\"]; };\n"
    "\n"
    "source = {\n"
    "  database    = \"/srv/crm/crm.db\";\n"
    "  salespeople = { query = \"SELECT id, name, email, manager_id AS manager, lang AS language FROM seller\"; };\n"
    "  customers   = { query = \"SELECT id, name, seller_id AS salesperson, segment AS category, grade AS opportunity "
    "FROM client\"; };\n"
    "  purchases   = { query = \"SELECT client_id AS customer, invoiced AS at, total AS amount FROM invoice WHERE "
    "state <> 'void'\";\n"
    "                  same_occasion = \"3 days\"; };\n"
    "  contacts    = { query = \"SELECT client_id AS customer, at, kind FROM activity\"; };\n"
    "};\n"
    "\n"
    "people = { hours = \"mon-fri 08:30-17:00\"; holidays = ( (\"NO\", \"holidays/no.ics\") ); per_day = 5; unassigned "
    "= \"12\"; };\n"
    "categories = ( \"everyone\", \"regular\", \"key accounts\" );          # the ladder, bottom up\n"
    "\n"
    "channels = {\n"
    "  email = { url = \"smtp://localhost\"; from = \"Follow-up <followup@nordlys.example>\"; };\n"
    "};\n"
    "\n"
    "offers = ( { id = \"welcome-back\"; percent = 10; valid = \"14 days\"; not_again = \"6 months\"; } );\n"
    "\n"
    "rules = (\n"
    "  { id = \"lapse\"; kind = \"lapse\"; after = \"2.5 x rhythm\"; watch = \"1.5 x rhythm\"; at_least = \"14 "
    "days\";\n"
    "    offer = \"welcome-back\"; repeat = \"7 days\"; times = 2; min_purchases = 2; },\n"
    "  { id = \"furniture\"; kind = \"lapse\"; who = [\"furniture\"]; after = \"1 year\"; },\n"
    "  { id = \"review\"; kind = \"review\"; every = ( (\"low\", \"1 year\"), (\"medium\", \"6 months\"), (\"high\", "
    "\"3 months\") ); counts = "
    "[\"review\"]; },\n"
    "  { id = \"visit\"; kind = \"visit\"; every = ( (\"everyone\", \"1 year\"), (\"key accounts\", \"1 month\") ); "
    "tell = \"monday\"; }\n"
    ");\n";

TEST(the_sample_of_the_design_is_read_as_it_is_meant)
{
    const char *folder = test_folder();
    char holidays[300];
    snprintf(holidays, sizeof holidays, "%s/holidays/no.ics", folder);
    struct options *o = taken(write_file(folder, "followupd.conf", design));
    CHECK_TEXT(o->company.name, "Nordlys Kontor AS");
    CHECK_TEXT(o->company.currency, "NOK");
    CHECK_TEXT(o->store, "/var/lib/followupd/store.db");
    CHECK_TEXT(o->admin.language, "nb");
    CHECK_INT(o->admin.channels.n, 1);
    CHECK_TEXT(o->source.database, "/srv/crm/crm.db");
    CHECK_TEXT(o->source.contacts.sql, "SELECT client_id AS customer, at, kind FROM activity");
    CHECK(!o->source.problems.sql);
    CHECK(!o->source.purchases.zone);
    CHECK_INT(o->source.purchases.place.line, 9);
    CHECK_INT(o->source.same_occasion, 3);
    CHECK_INT(o->source.time_limit, 30 * SECOND);
    CHECK_TEXT(o->people.hours, "mon-fri 08:30-17:00");
    CHECK_INT(o->people.n_holidays, 1);
    CHECK_TEXT(o->people.holidays[0].region, "NO");
    CHECK_TEXT(o->people.holidays[0].path, holidays);
    CHECK_INT(o->people.holidays[0].place.line, 14);
    CHECK_TEXT(o->people.unassigned, "12");
    CHECK_INT(category_rung(o, "key accounts"), 2);
    CHECK_INT(o->n_channels, 1);
    CHECK(o->channels[0].security == SECURITY_NONE);
    CHECK_INT(o->n_offers, 1);
    CHECK(o->offers[0].kind == OFFER_PERCENT && o->offers[0].percent == 10);
    CHECK(is(o->offers[0].not_again, PERIOD_MONTHS, 6));
    settings_free(o);
}

TEST(the_rules_of_the_design_are_read_as_they_are_meant)
{
    struct options *o = taken_text(design);
    CHECK_INT(o->n_rules, 4);
    const struct rule *visit = rule_find(o, "visit");
    CHECK(visit->kind == RULE_VISIT && visit->tell == 1);
    CHECK(is(visit->every.rows[1].period, PERIOD_MONTHS, 1));
    const struct rule *lapse = rule_find(o, "lapse"), *furniture = rule_find(o, "furniture"),
                      *review = rule_find(o, "review");
    CHECK(lapse->kind == RULE_LAPSE && review->kind == RULE_REVIEW);
    CHECK_INT(lapse->after.n, 1);
    CHECK(!lapse->after.rows[0].key && is(lapse->after.rows[0].period, PERIOD_RHYTHM, 2.5));
    CHECK(is(lapse->watch.rows[0].period, PERIOD_RHYTHM, 1.5));
    CHECK(is(lapse->at_least, PERIOD_DAYS, 14) && lapse->at_most.unit == PERIOD_NONE);
    CHECK(is(lapse->again, PERIOD_MONTHS, 12));
    CHECK(is(lapse->repeat, PERIOD_DAYS, 7));
    CHECK_INT(lapse->times, 2);
    CHECK_TEXT(lapse->offer, "welcome-back");
    CHECK_TEXT(lapse->title, "lapse");
    CHECK_INT(lapse->place.line, 24);
    CHECK_INT(furniture->who.n, 1);
    CHECK_TEXT(furniture->who.rows[0], "furniture");
    CHECK_INT(furniture->min_purchases, 2);
    CHECK_INT(furniture->times, 0);
    CHECK_INT(review->every.n, 3);
    CHECK(is(*period_for(o, &review->every, "medium"), PERIOD_MONTHS, 6));
    CHECK(!period_for(o, &review->every, "none"));
    CHECK_TEXT(review->counts.rows[0], "review");
    CHECK_INT(review->min_purchases, 0);
    settings_free(o);
}

/* The least there can be. */
static const char least[] = "company = { name = \"Acme\"; time_zone = \"UTC\"; };\n"
                            "store = \"store.db\";\n"
                            "source = { database = \"data/crm.db\";\n"
                            "  salespeople = { query = \"SELECT 1\"; };\n"
                            "  customers = { query = \"SELECT 2\"; };\n"
                            "  purchases = { query = \"SELECT\\t\n    3\"; }; };\n";

TEST(what_is_not_written_has_its_default)
{
    struct options *o = taken_text(least);
    CHECK_TEXT(o->company.language, "en");
    CHECK_TEXT(o->company.currency, "");
    CHECK_TEXT(o->admin.language, "en");
    CHECK(!o->admin.email);
    CHECK_INT(o->admin.channels.n, 0);
    CHECK_INT(o->source.same_occasion, 3);
    CHECK_INT(o->source.look_again, 30 * SECOND);
    CHECK_TEXT(o->source.purchases.sql, "SELECT\t\n    3");
    CHECK_TEXT(o->people.hours, "mon-fri 09:00-17:00");
    CHECK_INT(o->people.per_day, 5);
    CHECK_INT(o->people.per_week, 0);
    CHECK(o->guards.stale_feed && o->guards.mass_change && o->guards.season);
    CHECK(is(o->guards.calm_start, PERIOD_DAYS, 14));
    CHECK_INT(o->guards.calm_per_week, 5);
    CHECK_CONTAINS(o->languages, "/languages");
    CHECK_INT(o->n_channels + o->n_offers + o->n_rules + o->categories.n, 0);
    settings_free(o);
}

TEST(relative_paths_begin_at_the_folder_of_the_configuration)
{
    const char *folder = test_folder();
    char expected[300];
    struct buf text = { 0 };
    buf_add(&text, least);
    buf_add(&text,
            "languages = \"words\";\n"
            "channels = { folder = { path = \"./out\"; ca_file = \"/etc/ca.pem\"; password_file = \"secret/mail\"; };\n"
            "  email = { password_file = \"mail\"; oauth_token_file = \"./token\"; }; };\n");
    struct options *o = taken(write_file(folder, "followupd.conf", text.text));
    snprintf(expected, sizeof expected, "%s/store.db", folder);
    CHECK_TEXT(o->store, expected);
    snprintf(expected, sizeof expected, "%s/data/crm.db", folder);
    CHECK_TEXT(o->source.database, expected);
    snprintf(expected, sizeof expected, "%s/words", folder);
    CHECK_TEXT(o->languages, expected);
    snprintf(expected, sizeof expected, "%s/./out", folder);
    CHECK_TEXT(o->channels[0].path, expected);
    snprintf(expected, sizeof expected, "%s/secret/mail", folder);
    CHECK_TEXT(o->channels[0].password_file, expected);
    CHECK_TEXT(o->channels[0].ca_file, "/etc/ca.pem");
    CHECK_TEXT(o->channels[1].password_file, "mail"); /* a credential of the unit */
    snprintf(expected, sizeof expected, "%s/./token", folder);
    CHECK_TEXT(o->channels[1].oauth_token_file, expected);
    settings_free(o);
    buf_done(&text);
}

TEST(a_channel_is_protected_unless_it_stays_on_this_machine)
{
    static const struct {
        const char *url;
        enum channel_security security;
    } cases[] = {
        { "smtp://localhost", SECURITY_NONE },
        { "smtp://LOCALHOST:2525/x", SECURITY_NONE },
        { "smtp://127.0.0.1:25", SECURITY_NONE },
        { "smtp://[::1]:25", SECURITY_NONE },
        { "smtp://127.1", SECURITY_NONE },
        { "smtp://mail.example", SECURITY_STARTTLS },
        { "smtp://localhost.example", SECURITY_STARTTLS },
        { "smtp://127.0.0.1.example", SECURITY_STARTTLS },
        { "smtp://localhost@mail.example", SECURITY_STARTTLS },
        { "smtp://[::1].example:25", SECURITY_STARTTLS },
        { "smtp://[::10]", SECURITY_STARTTLS },
        { "smtps://localhost", SECURITY_TLS },
        { "SMTPS://mail.example:465", SECURITY_TLS },
        { "smtp://", SECURITY_STARTTLS },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf text = { 0 };
        buf_print(&text, "%schannels = { email = { url = \"%s\"; }; };\n", least, cases[i].url);
        struct options *o = taken_text(text.text);
        if (o->channels[0].security != cases[i].security)
            test_fail(__FILE__, __LINE__, "%s has %d", cases[i].url, (int)o->channels[0].security);
        settings_free(o);
        buf_done(&text);
    }
}

TEST(what_is_written_about_a_channel_wins)
{
    struct buf text = { 0 };
    buf_print(
        &text,
        "%schannels = { email = { url = \"smtp://localhost\"; security = \"tls\"; couriers = 16; in_doubt = \"hold\";\n"
        "    patience = \"90 seconds\"; per_minute = 20L; };\n"
        "  folder = { path = \"/tmp\"; };\n"
        "  other-folder = { couriers = 2; }; };\n",
        least);
    struct options *o = taken_text(text.text);
    const struct channel_options *email = channel_find(o, "email"), *folder = channel_find(o, "folder");
    CHECK(email->security == SECURITY_TLS && email->in_doubt == IN_DOUBT_HOLD);
    CHECK_INT(email->couriers, 16);
    CHECK_INT(email->per_minute, 20);
    CHECK_INT(email->patience, 90 * SECOND);
    CHECK_INT(folder->couriers, 1);
    CHECK_INT(folder->patience, 10 * MINUTE);
    CHECK(folder->security == SECURITY_NONE && folder->in_doubt == IN_DOUBT_REPEAT);
    CHECK_INT(channel_find(o, "other-folder")->couriers, 2);
    CHECK_TEXT(o->admin.channels.rows[0], "email"); /* the first there is */
    settings_free(o);
    buf_done(&text);
}

TEST(each_kind_of_offer_is_known_by_what_it_gives)
{
    struct buf text = { 0 };
    buf_print(&text,
              "%soffers = ( { id = \"a\"; percent = 12.5; valid = \"2 weeks\"; }, { id = \"b\"; amount = 99.95; valid "
              "= \"1 year\"; },\n"
              " { id = \"c\"; gift = \"a \\\"box\\\" of tea\"; valid = \"2 working days\"; },\n"
              " { id = \"\xE0\xB8\xAA\"; free_delivery = true; valid = \"1 day\"; } );\n",
              least);
    struct options *o = taken_text(text.text);
    CHECK_INT(o->n_offers, 4);
    CHECK(o->offers[0].kind == OFFER_PERCENT && o->offers[0].percent == 12.5 &&
          is(o->offers[0].valid, PERIOD_DAYS, 14));
    CHECK(o->offers[1].kind == OFFER_AMOUNT && is(o->offers[1].valid, PERIOD_MONTHS, 12));
    CHECK_INT(o->offers[1].amount, 9995);
    CHECK(o->offers[2].kind == OFFER_GIFT && is(o->offers[2].valid, PERIOD_WORKING_DAYS, 2));
    CHECK_TEXT(o->offers[2].gift, "a \"box\" of tea");
    CHECK(o->offers[3].kind == OFFER_FREE_DELIVERY);
    CHECK(offer_find(o, "\xE0\xB8\xAA") == &o->offers[3]);
    CHECK(o->offers[0].not_again.unit == PERIOD_NONE);
    settings_free(o);
    buf_done(&text);
}

TEST(the_zone_of_the_source_holds_for_queries_without_their_own)
{
    static const char text[] =
        "company = { name = \"Acme\"; time_zone = \"UTC\"; };\n"
        "store = \"store.db\";\n"
        "source = { database = \"crm.db\"; zone = \"Asia/Bangkok\";\n"
        "  salespeople = { query = \"SELECT 1\"; };\n"
        "  customers = { query = \"SELECT 2\"; };\n"
        "  purchases = { query = \"SELECT 3\"; zone = \"UTC\"; format = \"%d.%m.%Y\"; }; };\n"
        "guards = { calm_start = \"off\"; stale_feed = False; mass_change = false; season = false; };\n";
    struct options *o = taken_text(text);
    CHECK_TEXT(o->source.customers.zone, "Asia/Bangkok");
    CHECK_TEXT(o->source.purchases.zone, "UTC");
    CHECK_TEXT(o->source.purchases.format, "%d.%m.%Y");
    CHECK(o->guards.calm_start.unit == PERIOD_NONE && !o->guards.stale_feed && !o->guards.mass_change &&
          !o->guards.season);
    settings_free(o);
}

TEST(the_ladder_may_stand_below_the_rules_that_climb_it)
{
    struct buf text = { 0 };
    buf_print(
        &text,
        "%srules = ( { id = \"l\"; kind = \"lapse\"; after = ( (\"everyone\", \"1 year\"), (\"key\", \"30 days\") );\n"
        "  watch = ( (\"key\", \"20 days\") ); usual = [ \"x\" ]; } );\n"
        "categories = [ \"everyone\", \"regular\", \"key\" ];\n",
        least);
    char *usual = strstr(text.text, "usual = [ \"x\" ]; ");
    memset(usual, ' ', 17);
    struct options *o = taken_text(text.text);
    CHECK(is(*period_for(o, &o->rules[0].after, "regular"), PERIOD_MONTHS, 12));
    CHECK(is(*period_for(o, &o->rules[0].after, "key"), PERIOD_DAYS, 30));
    CHECK(!period_for(o, &o->rules[0].watch, "regular"));
    settings_free(o);
    buf_done(&text);
}

TEST(included_files_are_found_beside_the_configuration_and_named_in_complaints)
{
    const char *folder = test_folder();
    char expected[300];
    struct buf text = { 0 };
    buf_print(&text, "%s@include \"rules.conf\"\npeople = {\n@include \"people.conf\"\n};\n", least);
    write_file(folder, "rules.conf", "\nrules = ( { id = \"l\"; kind = \"lapse\"; after = \"9 days\"; } );\n");
    write_file(folder, "people.conf", "per_day = 7;\n");
    struct options *o = taken(write_file(folder, "followupd.conf", text.text));
    CHECK_INT(o->people.per_day, 7);
    snprintf(expected, sizeof expected, "%s/rules.conf", folder);
    CHECK_TEXT(o->rules[0].place.file, expected);
    CHECK_INT(o->rules[0].place.line, 2);
    settings_free(o);

    struct complaints c = { 0 };
    write_file(folder, "people.conf", "\nper_day = 3000000000;\n"); /* and nothing about what it wraps to */
    CHECK(!settings_read(&o, write_file(folder, "followupd.conf", text.text), &c));
    snprintf(expected, sizeof expected, "%s/people.conf", folder);
    CHECK_INT(c.n, 1);
    CHECK_TEXT(c.rows[0].file, expected);
    CHECK_INT(c.rows[0].line, 2);
    complaints_done(&c);
    buf_done(&text);
}

TEST(windows_editors_may_leave_their_marks)
{
    struct buf text = { 0 };
    buf_add(&text, "\xEF\xBB\xBF");
    for (const char *t = design; *t; t++)
        buf_add(&text, *t == '\n' ? "\r\n" : ((char[]){ *t, '\0' }));
    struct options *o = taken_text(text.text);
    CHECK_INT(o->rules[0].place.line, 24);
    settings_free(o);
    buf_done(&text);
}

TEST(a_bad_file_leaves_what_was_read_before_alone)
{
    const char *folder = test_folder();
    const char *path = write_file(folder, "followupd.conf", design);
    struct options *before = taken(path), *after = before;
    struct complaints c = { 0 };
    complain(&c, "earlier.conf", 9, "something else");
    write_file(folder, "followupd.conf", "company = { name = \"Other\"; };\n");
    CHECK(!settings_read(&after, path, &c));
    CHECK(after == before);
    CHECK(c.n > 1);
    CHECK_TEXT(c.rows[0].file, "earlier.conf");
    CHECK_TEXT(before->company.name, "Nordlys Kontor AS");
    write_file(folder, "followupd.conf", design);
    CHECK(settings_read(&after, path, &c)); /* complaints of others do not count */
    settings_free(before);
    settings_free(after);
    complaints_done(&c);
}

/* ---- hostile files ---- */

static void mutate(struct chance *c, struct buf *text)
{
    static const char *const pieces[] = { "\"",
                                          "{",
                                          "}",
                                          "(",
                                          ")",
                                          "[",
                                          "]",
                                          ";",
                                          ",",
                                          "=",
                                          "#",
                                          "/*",
                                          "*/",
                                          "//",
                                          "\n",
                                          "\\",
                                          "99999999999",
                                          "-1",
                                          "0x",
                                          "1e999",
                                          "true",
                                          "@include \"x\"\n",
                                          "\n@include \".\"\n",
                                          "\xff",
                                          "\xe2\x80\x9c",
                                          "\\x00",
                                          "L",
                                          ".",
                                          "id",
                                          "rules",
                                          " ",
                                          "\"x rhythm\"",
                                          "'" };
    size_t at = chance_below(c, text->size), size = 1 + chance_below(c, 30), left = text->size - at;
    size = size < left ? size : left;
    struct buf out = { 0 };
    buf_add_bytes(&out, text->text, at);
    switch (chance_below(c, 5)) {
    case 0: /* lose a piece */
        at += size;
        break;
    case 1: /* repeat one */
        buf_add_bytes(&out, text->text + at, size);
        break;
    case 2: /* move one here */
        buf_add_bytes(&out, text->text + chance_below(c, text->size - size + 1), size);
        break;
    case 3: /* any byte */
        buf_add_char(&out, (char)chance_below(c, 256));
        at++;
        break;
    case 4:
        buf_add(&out, pieces[chance_below(c, sizeof pieces / sizeof pieces[0])]);
    }
    buf_add_bytes(&out, text->text + at, text->size - at);
    buf_done(text);
    *text = out;
}

TEST(a_damaged_file_is_either_taken_or_complained_about_never_both)
{
    const char *folder = test_folder();
    char path[300], *sample = whole_file(sample_path);
    const char *rounds = getenv("FOLLOWUPD_MUTATIONS");
    int most = rounds ? atoi(rounds) : 400, both[2] = { 0 };
    struct chance chance;
    chance_seed(&chance, 7);
    snprintf(path, sizeof path, "%s/followupd.conf", folder);
    for (int i = 0; i < most; i++) {
        struct buf text = { 0 };
        struct complaints c = { 0 };
        struct options *o = NULL;
        buf_add(&text, i % 2 ? sample : design);
        for (uint64_t k = 0, n = 1 + chance_below(&chance, 4); k < n; k++)
            mutate(&chance, &text);
        FILE *f = fopen(path, "w");
        CHECK(f && fwrite(text.text, 1, text.size, f) == text.size && fclose(f) == 0);
        bool good = settings_read(&o, path, &c);
        CHECK(good == (c.n == 0) && good == (o != NULL));
        for (size_t k = 0; k < c.n; k++)
            CHECK(c.rows[k].file && c.rows[k].text[0] && strlen(c.rows[k].text) < 1024);
        if (rounds && c.n && strstr(c.rows[0].text, "this is not understood"))
            printf("only libconfig noticed, line %d:\n%s\n", c.rows[0].line, text.text);
        both[good]++;
        settings_free(o);
        complaints_done(&c);
        buf_done(&text);
    }
    CHECK(both[0] > most / 10 && both[1] > most / 100);
    free(sample);
}
