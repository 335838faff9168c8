/* followupctl preview [CUSTOMER ...] [--to FOLDER] */
#include "ctl/survey.h"

#include "channel/channel.h"
#include "engine/brief.h"
#include "plan/route.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct preview {
    struct ctl *c;
    const char *folder;
    struct people people;
    size_t written, met, most;
    bool more; /* are due than were to be written */
    struct err e;
    bool failed;
};

static bool write_file(struct preview *p, const char *name, const char *bytes, size_t size)
{
    FILE *f = fopen(name, "we");
    bool ok = f && fwrite(bytes, 1, size, f) == size;
    if (f && fclose(f) != 0)
        ok = false;
    if (!ok)
        p->failed = !err_set(&p->e, "cannot write %s: %s", name, strerror(errno));
    return ok;
}

/* A file name from ids that may hold anything. Of some kinds a customer can have several cases at once. */
static const char *file_name(struct preview *p, const char *id, const struct finding *x, const char *ending)
{
    bool several = rule_traits(x->rule->kind).separate;
    char *name = arena_print(&p->c->arena, "%.60s-%.60s%s%.60s", id, x->rule->id, several ? "-" : "",
                             several ? x->occasion : "");
    for (char *at = name; *at; at++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", *at))
            *at = '_';
    return arena_print(&p->c->arena, "%s/%s.%s", p->folder, name, ending);
}

/* An offer as it would be, with a code that is none. */
static const struct issued_offer *sample_offer(struct preview *p, const struct rule *r)
{
    const struct offer_terms *t = offer_find(p->c->options, r->offer);
    if (!t)
        return NULL;
    struct bench b = ctl_bench(p->c, NULL);
    struct issued_offer *o = arena_new(&p->c->arena, sizeof *o);
    *o = (struct issued_offer){ .id = 1,
                                .terms = t->id,
                                .code = "XXXX-XXXX-X",
                                .kind = t->kind,
                                .percent = t->percent,
                                .amount = t->amount,
                                .gift = t->gift,
                                .issued_at = p->c->now };
    o->last_day = period_end(&b, b.today, t->valid);
    o->ends_at = zone_day_start(company_zone(p->c->company), o->last_day + 1);
    return o;
}

/* The first of the configured channels that the person has an address on, those of their row before the others. */
static const struct channel_options *channel_of(const struct preview *p, const struct salesperson *s)
{
    const struct options *o = p->c->options;
    char *order = arena_copy(&p->c->arena, s->channels ? s->channels : ""), *rest = NULL;
    for (char *name = strtok_r(order, " ,", &rest); name; name = strtok_r(NULL, " ,", &rest))
        if (channel_find(o, name) && person_address(s, name))
            return channel_find(o, name);
    for (size_t i = 0; i < o->n_channels; i++)
        if (person_address(s, o->channels[i].name))
            return &o->channels[i];
    return NULL;
}

static bool anybody(const void *context, const struct salesperson *s)
{
    return channel_of(context, s) != NULL;
}

/* What a chat shows, as text. */
static bool render_chat(struct preview *p, const struct facts *f, const struct finding *x, const struct brief *b,
                        const struct channel_options *channel)
{
    struct rendered r;
    const char *text = file_name(p, f->customer.id, x, "txt");
    if (!brief_render(p->c->company, channel, b, &p->c->arena, &r, &p->e)) {
        p->failed = true;
        return false;
    }
    if (!write_file(p, text, r.text, strlen(r.text)))
        return false;
    printf("%s: %s, to %s by %s\n", text, r.subject, b->address, channel->name);
    const char *season = survey_season(p->c, f, x);
    if (season)
        printf("  not told yet: %s\n", season);
    p->written++;
    return true;
}

static void say_meeting(const struct preview *p, const struct salesperson *s, const struct meeting *m)
{
    const struct zone *z = person_zone(p->c->company, s, NULL);
    struct civil from = zone_civil(z, m->start), until = zone_civil(z, m->end);
    printf("  with a meeting proposed for %04d-%02d-%02d %02d:%02d-%02d:%02d (%s)\n", from.year, from.month, from.day,
           from.hour, from.minute, until.hour, until.minute, zone_name(z));
}

static bool render(struct preview *p, const struct facts *f, const struct finding *x)
{
    struct ctl *c = p->c;
    struct rendered r;
    struct bench bench = ctl_bench(c, NULL);
    const struct salesperson *s =
        route(&p->people, f->customer.salesperson, c->options->people.unassigned, bench.today, anybody, p);
    if (!s) {
        printf("%s: nobody to tell\n", f->customer.id);
        return true;
    }
    const struct channel_options *channel = channel_of(p, s);
    const char *address = address_to_write(person_address(s, channel->name), &c->arena);
    struct brief b = brief_of(c->company, &p->people, s, f, x->rule, channel, address, c->now);
    b.defence = &x->defence;
    b.offer = sample_offer(p, x->rule);
    b.message_id = "preview@localhost";
    if (channel_kind_find(channel->name)->chat)
        return render_chat(p, f, x, &b, channel);
    struct meeting *m = meeting_of(c->company, s, x->rule, channel, p->written, c->now, &c->arena);
    if (m)
        m->uid = arena_print(&c->arena, "preview%zu@localhost", p->written);
    b.meeting = m;
    if (!compose_mail(company_composer(c->company), &b, &c->arena, &r, &p->e)) {
        p->failed = true;
        return false;
    }
    const char *text = file_name(p, f->customer.id, x, "txt");
    if (!write_file(p, text, r.text, strlen(r.text)) ||
        !write_file(p, file_name(p, f->customer.id, x, "html"), r.html, strlen(r.html)) ||
        !write_file(p, file_name(p, f->customer.id, x, "eml"), r.bytes, r.size) ||
        (m && !write_file(p, file_name(p, f->customer.id, x, "ics"), r.calendar, strlen(r.calendar))))
        return false;
    printf("%s (and .html, .eml%s): %s, to %s\n", text, m ? ", .ics" : "", r.subject, s->email);
    if (m)
        say_meeting(p, s, m);
    const char *season = survey_season(c, f, x);
    if (season)
        printf("  not told yet: %s\n", season);
    p->written++;
    return true;
}

static bool visit(void *context, const struct facts *f, const struct finding *rows, size_t n)
{
    struct preview *p = context;
    p->met++;
    for (size_t i = 0; i < n && !customer_silent(&f->customer); i++)
        if (rows[i].state == FINDING_DUE && p->written == p->most)
            p->more = true;
        else if (rows[i].state == FINDING_DUE && !render(p, f, &rows[i]))
            return false;
    return !p->more;
}

static int by_id(const void *a, const void *b)
{
    return id_compare(*(const char *const *)a, *(const char *const *)b);
}

static int run(struct ctl *c, int argc, char **argv)
{
    struct preview p = { .c = c, .most = 5 };
    struct pass_report report;
    const char *count = ctl_option(&argc, argv, "--count");
    p.folder = ctl_option(&argc, argv, "--to");
    p.folder = p.folder ? p.folder : "preview";
    if (c->options->n_channels == 0)
        return ctl_fail(CTL_CRITICAL, "%s: there is no channel to preview for; add one to channels", c->file);
    if (count && (!*count || strspn(count, "0123456789") != strlen(count)))
        return ctl_fail(CTL_USAGE, "--count \"%s\" is no number; write for example --count 10", count);
    p.most = count ? (size_t)strtoul(count, NULL, 10) : argc ? (size_t)-1 : 5;
    if (mkdir(p.folder, 0700) != 0 && errno != EEXIST)
        return ctl_fail(CTL_CRITICAL, "cannot make the folder %s: %s", p.folder, strerror(errno));
    qsort(argv, (size_t)argc, sizeof *argv, by_id);
    bool ok = source_people(c->source, c->now, &c->arena, &p.people, &p.e) &&
              (argc ? survey_some(c, (const char *const *)argv, (size_t)argc, visit, &p, &p.e)
                    : survey_all(c, visit, &p, &report, &p.e));
    if (!ok || p.failed)
        return ctl_fail(CTL_CRITICAL, "%s", p.e.text);
    if (argc && !p.met)
        return ctl_fail(CTL_CRITICAL, "there is no customer \"%s\": ids are those of the customers query", argv[0]);
    if (p.more)
        printf("These are the first %zu; --count N writes more.\n", p.written);
    if (!p.written)
        printf("nobody%s is due%s\n", argc ? " of these" : "", c->at_given ? " then" : " now");
    return CTL_OK;
}

const struct verb verb_preview = {
    .name = "preview",
    .arguments = "[CUSTOMER ...] [--to FOLDER] [--count N]",
    .what = "Render the messages of customers that are due, as .txt, .html and .eml files, with the .ics of a meeting; "
            "for a chat as text. "
            "Sends and changes nothing.",
    .run = run,
    .store = true,
};
