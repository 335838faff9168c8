/* Every setting there is, one row each. */
#include "settings/reading.h"

#include <stdint.h>
#include <string.h>

#ifndef DATADIR
#define DATADIR "/usr/local/share/followupd"
#endif

static const char *security_name(int i)
{
    static const char *const names[] = {
        [SECURITY_NONE] = "none", [SECURITY_STARTTLS] = "starttls", [SECURITY_TLS] = "tls"
    };
    return i < 3 ? names[i] : NULL;
}

static const char *in_doubt_name(int i)
{
    static const char *const names[] = { [IN_DOUBT_REPEAT] = "repeat", [IN_DOUBT_HOLD] = "hold" };
    return i < 2 ? names[i] : NULL;
}

static const char *method_name(int i)
{
    static const char *const names[] = { [METHOD_POST] = "POST", [METHOD_GET] = "GET", [METHOD_PUT] = "PUT" };
    return i < 3 ? names[i] : NULL;
}

static const char *tell_name(int i)
{
    static const char *const names[] = { "at once",
                                         "monday",
                                         "tuesday",
                                         "wednesday",
                                         "thursday",
                                         "friday",
                                         "saturday",
                                         "sunday",
                                         [TELL_DAILY] = "daily",
                                         [TELL_WEEKLY] = "weekly" };
    return i <= TELL_WEEKLY ? names[i] : NULL;
}

static const char *weekday_name(int i)
{
    return i == 0 ? "off" : i < TELL_DAILY ? tell_name(i) : NULL;
}

static const char *empty_name(int i)
{
    static const char *const names[] = { [EMPTY_SKIP] = "skip", [EMPTY_SEND] = "send" };
    return i < 2 ? names[i] : NULL;
}

static const char *orders_name(int i)
{
    static const char *const names[] = { [ORDERS_FIRST] = "first", [ORDERS_EVERY] = "every" };
    return i < 2 ? names[i] : NULL;
}

static const char *sale_day_name(int i)
{
    static const char *const names[] = { [SALE_DELIVERED] = "delivered", [SALE_ORDERED] = "ordered" };
    return i < 2 ? names[i] : NULL;
}

static const char *kind_name(int i)
{
    return i < RULE_KINDS ? rule_kind_name((enum rule_kind)i) : NULL;
}

/* clang-format off */
#define SETTING(key_, type_, fallback_, range_, live_, what_, offset_, ...)                                            \
    { .key = key_, .type = type_, .fallback = fallback_, .range = range_, .reloadable = live_, .what = what_,          \
      .how = &(const struct setting_how){ .offset = offset_, __VA_ARGS__ } }
/* clang-format on */
#define ROW(key_, type_, fallback_, range_, ...) SETTING(key_, type_, fallback_, range_, true, __VA_ARGS__)
/* Taken up at a start only. */
#define ROW_AT_START(key_, type_, fallback_, range_, ...) SETTING(key_, type_, fallback_, range_, false, __VA_ARGS__)

#define REQUIRED NULL
#define NONE ""
#define AT(field) offsetof(struct options, field)
#define CHANNEL(field) offsetof(struct channel_options, field)
#define OFFER(field) offsetof(struct offer_terms, field)
#define RULE(field) offsetof(struct rule, field)
/* Checked for its type only; complete_offer() knows what it means beside the others. */
#define NO_FIELD SIZE_MAX

#define QUERY(name_, what_, example_)                                                                                  \
    ROW("source." #name_ ".query", "query", REQUIRED, NULL, what_, AT(source.name_.sql), .example = example_),         \
        ROW("source." #name_ ".zone", "time zone", NONE, NULL,                                                         \
            "The zone of times that this query gives without an offset; without this line source.zone.",               \
            AT(source.name_.zone), .example = "\"UTC\""),                                                              \
        ROW("source." #name_ ".format", "text", NONE, NULL,                                                            \
            "How this query writes dates, in the letters of strptime, where it is none of the usual forms.",           \
            AT(source.name_.format), .example = "\"%d.%m.%Y\"")

static const struct setting_row rows[] = {
    ROW("company.name", "text", REQUIRED, NULL, "What your company is called in messages.", AT(company.name),
        .example = "\"Nordlys Kontor AS\""),
    ROW_AT_START("company.time_zone", "time zone", REQUIRED, NULL,
                 "The zone whose calendar days count, and in which offers end.", AT(company.time_zone),
                 .example = "\"Europe/Oslo\""),
    ROW("company.language", "language", "\"en\"", NULL, "The language of messages to people whose own is not known.",
        AT(company.language)),
    ROW("company.currency", "currency", "\"\"", NULL,
        "The currency of amounts, as its three letters; empty: amounts are shown as bare numbers.",
        AT(company.currency), .example = "\"NOK\""),

    ROW_AT_START("store", "path", REQUIRED, NULL, "The file in which followupd keeps everything it remembers.",
                 AT(store), .example = "\"/var/lib/followupd/store.db\""),
    ROW("languages", "path", "\"" DATADIR "/languages\"", NULL,
        "A folder with texts of your own, one folder a language: file by file they win over those that came with "
        "followupd.",
        AT(languages)),

    ROW("admin.email", "mail address", NONE, NULL,
        "Who is written to when something does not work; without this line only the journal says it.", AT(admin.email),
        .example = "\"it@nordlys.example\""),
    ROW("admin.language", "language", NONE, NULL,
        "The language of messages to the admin; without this line the company's.", AT(admin.language),
        .example = "\"en\""),
    ROW("admin.channels", "list of texts", NONE, NULL,
        "The channels that carry them, tried in this order, a chat with the admin's address there behind a colon; without "
        "this line email or folder, if there.",
        AT(admin.channels), .example = "[ \"email\" ]"),

    ROW("source.database", "path", REQUIRED, NULL, "Your customer database, an SQLite file; it is only ever read.",
        AT(source.database), .example = "\"/srv/crm/crm.db\""),
    ROW("source.zone", "time zone", NONE, NULL,
        "The zone of times in the database that come without an offset; without this line the company's.",
        offsetof(struct loaded, source_zone), .example = "\"UTC\""),
    ROW("source.same_occasion", "days", "\"3 days\"", "0 to 365",
        "Purchases fewer than this many days after the first one of an occasion belong to it.",
        AT(source.same_occasion)),
    ROW("source.time_limit", "span", "\"30 seconds\"", "1 second to 1 hour",
        "How long one query may take before it is given up.", AT(source.time_limit)),
    ROW("source.look_again", "span", "\"30 seconds\"", "1 second to 24 hours",
        "How often to look for changes where the system cannot tell us about them.", AT(source.look_again)),
    QUERY(salespeople, "The people who are told: columns id, name, email, manager, language and more.",
          "\"SELECT id, name, email FROM seller\""),
    QUERY(customers, "The customers: columns id, name, salesperson, category, opportunity and more.",
          "\"SELECT id, name, seller_id AS salesperson FROM client\""),
    QUERY(purchases, "What they bought: columns customer, at, amount and more; leave out what was cancelled.",
          "\"SELECT client_id AS customer, invoiced AS at, total AS amount FROM invoice\""),
    ROW("source.purchases.same_occasion", "days", NONE, "0 to 365",
        "The same as source.same_occasion; write it in one place only.", AT(source.same_occasion),
        .example = "\"3 days\""),
    QUERY(contacts, "Visits, calls and mails that somebody logged: columns customer, at, kind and more.",
          "\"SELECT client_id AS customer, at, kind FROM activity\""),
    QUERY(problems, "Complaints: columns customer, opened_at, closed_at and more.",
          "\"SELECT client_id AS customer, opened_at, closed_at FROM complaint\""),

    QUERY(aliases, "Customers that were merged or renumbered: columns old_id, id.",
          "\"SELECT old_id, new_id AS id FROM merged_client\""),

    ROW("people.hours", "text", "\"mon-fri 09:00-17:00\"", NULL,
        "When people may be written to, by the clock where they are; a person's own hours in the database win.",
        AT(people.hours)),
    ROW("people.holidays", "list of pairs", NONE, NULL,
        "Days off: for each region a file, iCalendar or one date a line; a person's region picks one, the first is for "
        "all others.",
        AT(people.holidays), .example = "( (\"NO\", \"holidays/no.ics\") )"),
    ROW("people.per_day", "whole number", "5", "0 to 1000",
        "How many follow-ups one person is told a day at most; 0: no limit.", AT(people.per_day)),
    ROW("people.per_week", "whole number", "0", "0 to 10000", "How many in a week at most; 0: no limit.",
        AT(people.per_week)),
    ROW("people.unassigned", "text", NONE, NULL,
        "The id of the person who is told about customers that belong to nobody who can be told.",
        AT(people.unassigned), .example = "\"12\""),

    ROW("categories", "list of texts", NONE, NULL,
        "The ladder of customer categories, bottom up: what holds for one holds for those above until they say "
        "otherwise.",
        AT(categories), .example = "( \"everyone\", \"regular\", \"key accounts\" )"),

    ROW("guards.stale_feed", "true or false", "true", NULL,
        "Judge nobody while the whole database has had no new purchase for suspiciously long.", AT(guards.stale_feed)),
    ROW("guards.mass_change", "true or false", "true", NULL,
        "Tell nothing of a rule for the first time while suspiciously many customers became due by it in one day.",
        AT(guards.mass_change)),
    ROW("guards.season", "true or false", "true", NULL,
        "Who paused at this time of last year too is told of only when that pause has passed this year.",
        AT(guards.season)),
    ROW("guards.calm_start", "period or off", "\"14 days\"", NULL,
        "For a new rule, tell at once only what became due this recently; the rest is a ranked list; \"off\": all at "
        "once.",
        AT(guards.calm_start)),
    ROW("guards.calm_per_week", "whole number", "5", "0 to 1000",
        "How many of that ranked list one person gets a week.", AT(guards.calm_per_week)),

    ROW("digests.weekly", "one of", "\"monday\"", "a day of the week or \"off\"",
        "The day on which everybody is told all that they have on the table; where they do not work then, the next.",
        AT(digests.weekly), .choice = weekday_name),
    ROW("digests.summary", "one of", "\"monday\"", "a day of the week or \"off\"",
        "The day on which managers are told how their people fared.", AT(digests.summary), .choice = weekday_name),
    ROW("digests.at", "time of day", NONE, NULL,
        "When digests leave, by the clock of whoever reads them; without this line, and outside of their working "
        "hours, when those begin.",
        AT(digests.at), .example = "\"08:30\""),
    ROW("digests.empty", "one of", "\"skip\"", "\"skip\" or \"send\"",
        "What becomes of a weekly digest with nothing in it; send: it is a sign of life.", AT(digests.empty),
        .choice = empty_name),
    ROW("digests.lines", "whole number", "30", "1 to 300",
        "How many lines each part of a digest has at most; how many more there are is counted.", AT(digests.lines)),

    ROW("channels.NAME.url", "text", NONE, NULL, "Where the server is.", CHANNEL(url),
        .example = "\"smtp://localhost\""),
    ROW("channels.NAME.from", "text", NONE, NULL, "The sender that people see.", CHANNEL(from),
        .example = "\"Follow-up <followup@nordlys.example>\""),
    ROW("channels.NAME.reply_to", "text", NONE, NULL, "Where replies go, if not to the sender.", CHANNEL(reply_to),
        .example = "\"sales@nordlys.example\""),
    ROW("channels.NAME.path", "path", NONE, NULL, "For the channel folder: where it lays the messages down as files.",
        CHANNEL(path), .example = "\"/var/lib/followupd/outbox\""),
    ROW("channels.NAME.security", "one of", NONE, "\"none\", \"starttls\" or \"tls\"",
        "How the connection is protected; without this line \"none\" to this very machine, \"tls\" for smtps://, else "
        "\"starttls\".",
        CHANNEL(security), .choice = security_name, .example = "\"starttls\""),
    ROW("channels.NAME.user", "text", NONE, NULL, "The name to log in with; without this line nobody logs in.",
        CHANNEL(user), .example = "\"followup\""),
    ROW("channels.NAME.password_file", "credential", NONE, NULL,
        "The file with the password (root:followupd 0640 or stricter), or the bare name of a systemd credential.",
        CHANNEL(password_file), .example = "\"/etc/followupd/mail.password\""),
    ROW("channels.NAME.oauth_token_file", "credential", NONE, NULL,
        "Instead of a password: the file with an OAuth access token, which a program of yours keeps fresh.",
        CHANNEL(oauth_token_file), .example = "\"/etc/followupd/mail.token\""),
    ROW("channels.NAME.secret_file", "credential", NONE, NULL,
        "For chats: the file with what the service gave you: the token, the key, or the secret address of a webhook.",
        CHANNEL(secret_file), .example = "\"/etc/followupd/telegram.token\""),
    ROW("channels.NAME.old_secret_file", "credential", NONE, NULL,
        "For the channel webhook, while its key is changed: the file with the old key; messages are signed with both.",
        CHANNEL(old_secret_file), .example = "\"/etc/followupd/webhook.old-key\""),
    ROW("channels.NAME.proxy", "text", NONE, NULL,
        "For chats: the proxy that this channel's requests take: http://, https://, socks5:// or socks5h://HOST:PORT.",
        CHANNEL(proxy), .example = "\"socks5h://proxy.nordlys.example:1080\""),
    ROW("channels.NAME.template", "text", NONE, NULL,
        "For whatsapp: the name of the approved template whose only variable the text becomes.", CHANNEL(template),
        .example = "\"follow_up\""),
    ROW("channels.NAME.template_language", "text", NONE, NULL,
        "For whatsapp: the language in which the template was approved; without this line that of each person.",
        CHANNEL(template_language), .example = "\"en\""),
    ROW("channels.NAME.method", "one of", "\"POST\"", "\"POST\", \"GET\" or \"PUT\"",
        "For sms: how the provider is asked.", CHANNEL(method), .choice = method_name),
    ROW("channels.NAME.headers", "list of texts", NONE, NULL,
        "For sms: headers of the request, in which {{secret}} is what secret_file holds.", CHANNEL(headers),
        .example = "[ \"Authorization: Bearer {{secret}}\" ]"),
    ROW("channels.NAME.body", "text", NONE, NULL,
        "For sms: what is sent, a form or JSON, with {{to}}, {{to_digits}}, {{text}}, {{id}} and {{secret}}.",
        CHANNEL(body), .example = "\"to={{to}}&text={{text}}\""),
    ROW("channels.NAME.success", "text", NONE, NULL,
        "For sms: the statuses that mean success, then what the JSON of the answer must say; without this line "
        "200-299.",
        CHANNEL(success), .example = "\"200-299 messages.0.status=0\""),
    ROW("channels.NAME.most_parts", "whole number", "3", "1 to 10",
        "For sms: how many parts a message may have; each is paid for; longer texts are cut.", CHANNEL(most_parts)),
    ROW("channels.NAME.ca_file", "path", NONE, NULL, "Certificates to trust instead of the system's.", CHANNEL(ca_file),
        .example = "\"/etc/followupd/mail-ca.pem\""),
    ROW("channels.NAME.couriers", "whole number", "4", "1 to 16",
        "How many messages are on their way at the same time; the channel folder has 1.", CHANNEL(couriers)),
    ROW("channels.NAME.per_minute", "whole number", "0", "0 to 100000",
        "How many messages leave a minute at most; 0: no limit.", CHANNEL(per_minute)),
    ROW("channels.NAME.patience", "span", "\"10 minutes\"", "1 second to 1 hour",
        "How long to wait for the server's word after the whole message was handed over.", CHANNEL(patience)),
    ROW("channels.NAME.in_doubt", "one of", "\"repeat\"", "\"repeat\" or \"hold\"",
        "What happens when nobody knows whether a message arrived: send it once more with the same id, or hold it for "
        "you.",
        CHANNEL(in_doubt), .choice = in_doubt_name),

    ROW("offers[].id", "id", REQUIRED, NULL, "The name by which rules refer to the offer.", OFFER(id),
        .example = "\"welcome-back\""),
    ROW("offers[].percent", "number", NONE, "0.01 to 100",
        "A discount in percent; an offer has one of percent, amount, gift, free_delivery.", OFFER(percent),
        .example = "10"),
    ROW("offers[].amount", "amount", NONE, "0.01 to 1000000000000", "A discount in money.", OFFER(amount),
        .example = "250"),
    ROW("offers[].gift", "text", NONE, NULL, "A gift, in the words the customer should hear.", OFFER(gift),
        .example = "\"a box of coffee\""),
    ROW("offers[].free_delivery", "true or false", NONE, NULL, "true: the next delivery costs nothing.", NO_FIELD,
        .example = "true"),
    ROW("offers[].valid", "period", REQUIRED, NULL, "How long it holds from the day the salesperson is told.",
        OFFER(valid), .example = "\"14 days\""),
    ROW("offers[].not_again", "period", NONE, NULL, "How long the same customer gets no new offer after this one.",
        OFFER(not_again), .example = "\"6 months\""),
    ROW("offers[].nudge", "period", NONE, NULL,
        "How long before its last day the salesperson is told that it ends, if the customer has not come back by then.",
        OFFER(nudge), .example = "\"3 days\""),

    ROW("rules[].id", "id", REQUIRED, NULL,
        "The name by which the rule is known for ever; never change it, change the title.", RULE(id),
        .example = "\"lapse\""),
    ROW("rules[].kind", "one of", REQUIRED,
        "\"lapse\", \"review\", \"visit\", \"decline\", \"after-sale\", \"referral\", \"occasion\", \"problem\" or "
        "\"first-order\"",
        "What it looks for: lapse, a customer who stopped buying; decline, one who buys clearly less; review, an "
        "account "
        "review that is due; visit, the regular contact that a category is owed; after-sale, service visits after a "
        "delivery; referral, a recommendation to ask for when they are done; occasion, a day of the year; problem, a "
        "complaint that is open too long; first-order, a prospect that never ordered.",
        RULE(kind), .choice = kind_name, .example = "\"lapse\""),
    ROW("rules[].formerly", "id", NONE, NULL,
        "The id of the rule that this one replaces: what is open, was told and is remembered of that one goes on as "
        "this "
        "one's.",
        RULE(formerly), .example = "\"quiet\""),
    ROW("rules[].title", "text", NONE, NULL, "What people call it; without this line its id.", RULE(title),
        .example = "\"Customers who went quiet\""),
    ROW("rules[].who", "list of texts", NONE, NULL, "The customer categories it is for; without this line all.",
        RULE(who), .example = "[ \"regular\" ]"),
    ROW("rules[].after", "periods or rhythm", REQUIRED, NULL,
        "How long to wait, one for all or by category; lapse: of silence, a period or a multiple of the customer's own "
        "rhythm; problem: from the complaint; referral: from the last visit.",
        RULE(after), .kinds = FOR(RULE_LAPSE) | FOR(RULE_PROBLEM) | FOR(RULE_REFERRAL), .example = "\"2.5 x rhythm\""),
    ROW("rules[].watch", "periods or rhythm", NONE, NULL,
        "The same, earlier: worth watching, only listed, by followupctl list watch.", RULE(watch),
        .kinds = FOR(RULE_LAPSE), .example = "\"1.5 x rhythm\""),
    ROW("rules[].usual", "periods", NONE, NULL,
        "The usual time between purchases, for categories in which nobody has bought often enough to teach it.",
        RULE(usual), .kinds = FOR(RULE_LAPSE), .example = "\"2 months\""),
    ROW("rules[].at_least", "period", NONE, NULL, "Silence shorter than this is never late, whatever the rhythm.",
        RULE(at_least), .kinds = FOR(RULE_LAPSE), .example = "\"14 days\""),
    ROW("rules[].at_most", "period", NONE, NULL, "Silence longer than this is always late, whatever the rhythm.",
        RULE(at_most), .kinds = FOR(RULE_LAPSE), .example = "\"1 year\""),
    ROW("rules[].again", "period", "\"1 year\"", NULL,
        "lapse: who stays silent is a new case after each further stretch of this; referral: nobody is asked again "
        "sooner.",
        RULE(again), .kinds = FOR(RULE_LAPSE) | FOR(RULE_REFERRAL)),
    ROW("rules[].min_purchases", "whole number", "2", "1 to 1000",
        "Who bought on fewer occasions than this is not judged.", RULE(min_purchases),
        .kinds = FOR(RULE_LAPSE) | FOR(RULE_DECLINE)),
    ROW("rules[].every", "periods", REQUIRED, NULL,
        "How often it is due: one period for all, or for a review by the customer's opportunity, else by its "
        "category.",
        RULE(every), .kinds = FOR(RULE_REVIEW) | FOR(RULE_VISIT) | FOR(RULE_FIRST_ORDER),
        .example = "( (\"low\", \"1 year\"), (\"medium\", \"6 months\"), (\"high\", \"3 months\") )"),
    ROW("rules[].counts", "list of texts", NONE, NULL,
        "The kinds of contact that count as done; without this line any.", RULE(counts),
        .kinds = FOR(RULE_REVIEW) | FOR(RULE_VISIT) | FOR(RULE_FIRST_ORDER) | FOR(RULE_AFTER_SALE) | FOR(RULE_REFERRAL),
        .example = "[ \"review\" ]"),
    ROW("rules[].share", "number", "60", "1 to 99",
        "Who bought at most so many percent of the usual in the last two months, or four of its usual gaps, buys less.",
        RULE(share), .kinds = FOR(RULE_DECLINE)),
    ROW("rules[].steps", "list of periods", REQUIRED, NULL, "When each visit is due, all counted from the same day.",
        RULE(steps), .kinds = FOR(RULE_AFTER_SALE), .example = "[ \"1 day\", \"3 weeks\", \"3 months\" ]"),
    ROW("rules[].orders", "one of", "\"first\"", "\"first\" or \"every\"", "Which orders are owed these visits.",
        RULE(orders), .kinds = FOR(RULE_AFTER_SALE), .choice = orders_name),
    ROW("rules[].from", "one of", "\"delivered\"", "\"delivered\" or \"ordered\"",
        "The day the visits are counted from; delivered needs the column delivered_at.", RULE(from),
        .kinds = FOR(RULE_AFTER_SALE), .choice = sale_day_name),
    ROW("rules[].after_sale", "text", NONE, NULL,
        "The id of the after-sale rule whose visits must be done first; without this line the only one there is.",
        RULE(after_sale), .kinds = FOR(RULE_REFERRAL), .example = "\"service\""),
    ROW("rules[].content", "list of texts", NONE, NULL,
        "The outcomes of a contact that mean a content customer; without this line any.", RULE(content),
        .kinds = FOR(RULE_REFERRAL), .example = "[ \"content\" ]"),
    ROW("rules[].on", "text", REQUIRED, NULL,
        "The day of the year: month and day; or \"first order\", \"since\", or an x_ column with a day in it.",
        RULE(on), .kinds = FOR(RULE_OCCASION), .example = "\"06-24\""),
    ROW("rules[].ahead", "period", NONE, NULL, "How long before that day people are told.", RULE(ahead),
        .kinds = FOR(RULE_OCCASION), .example = "\"7 days\""),
    ROW("rules[].within", "period", "\"30 days\"", NULL,
        "What has been due for longer than this is not asked for any more.", RULE(within),
        .kinds = FOR(RULE_AFTER_SALE) | FOR(RULE_REFERRAL) | FOR(RULE_OCCASION)),
    ROW("rules[].offer", "text", NONE, NULL, "The id of the offer that goes with it.", RULE(offer),
        .example = "\"welcome-back\""),
    ROW("rules[].tell", "one of", "\"at once\"", "\"at once\", a day of the week, \"daily\" or \"weekly\"",
        "On which day of the week people are told of it, where that is no working day, on the next; or in which "
        "digest.",
        RULE(tell), .choice = tell_name),
    ROW("rules[].repeat", "period", NONE, NULL, "Who has not answered is reminded again after this long.", RULE(repeat),
        .example = "\"7 days\""),
    ROW("rules[].times", "whole number", "0", "0 to 10", "How many times at most.", RULE(times)),
};

const struct setting_row *settings_rows(size_t *n)
{
    *n = sizeof rows / sizeof rows[0];
    return rows;
}

const char *setting_name(const struct setting_row *row)
{
    const char *dot = strrchr(row->key, '.');
    return dot ? dot + 1 : row->key;
}

bool setting_within(const struct setting_row *row, const char *prefix)
{
    const char *dot = strrchr(row->key, '.');
    size_t size = dot ? (size_t)(dot - row->key) : 0;
    return strlen(prefix) == size && strncmp(row->key, prefix, size) == 0;
}

const struct setting_row *setting_named(const char *prefix, const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (setting_within(&rows[i], prefix) && strcmp(setting_name(&rows[i]), name) == 0)
            return &rows[i];
    return NULL;
}

const char *setting_example(const struct setting_row *row)
{
    return row->how->example ? row->how->example : row->fallback;
}
