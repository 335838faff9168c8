#include "source/inside.h"

#include "base/courier.h"

#include <string.h>

/* One merge over all queries, in slices where others wait for us. */
struct pass {
    struct source *s;
    const char *const *ids; /* NULL: everybody */
    size_t n, next;         /* of `ids` */
    source_visitor *visit;
    void *context;
    struct tally *tally;
    struct kept_key after; /* the last customer that was finished */
    bool begun, done;
};

/* Can it be interrupted and taken up again without reading everything anew? */
static bool resumes(const struct source *s)
{
    for (int i = QUERY_CUSTOMERS; i < QUERIES; i++)
        if (stream_used(&s->streams[i]) && !s->streams[i].resumes)
            return false;
    return true;
}

static bool start_streams(struct pass *p, struct err *e)
{
    struct source *s = p->s;
    for (int i = QUERY_CUSTOMERS; i < QUERIES; i++) {
        struct stream *st = &s->streams[i];
        if (!stream_start(st, &s->base, &s->when, p->begun ? &p->after.key : NULL, e))
            return false;
        /* Taken up again, they begin with the customer that was finished last. */
        while (p->begun && !st->ended && key_compare(&st->key, &p->after.key) == 0) {
            if (!stream_next(st, &s->base, e))
                return false;
            if (i == QUERY_CUSTOMERS)
                break; /* once more is twice */
        }
    }
    return true;
}

/* Is the current customer one of those asked for? The list and the customers come in the same order. */
static bool wanted(struct pass *p, const struct key *k)
{
    while (p->ids && p->next < p->n) {
        const char *id = p->ids[p->next];
        size_t size = strlen(id);
        struct key want = key_of_text(id, size > LONGEST_ID ? LONGEST_ID + 1 : (int)size);
        int order = key_compare(&want, k);
        if (order >= 0)
            return order == 0;
        p->next++;
    }
    return !p->ids;
}

static bool twice(struct source *s, const struct key *k, struct err *e)
{
    const struct query *q = source_query(s, QUERY_CUSTOMERS);
    char id[48];
    return err_set(e,
                   "%s:%d: customers: customer %s is there twice; an id must be unique: does a join repeat the rows?",
                   q->place.file, q->place.line, key_print(k, id));
}

/* The customer the streams stand at; `p->done` if the visitor has had enough. */
static bool visit_one(struct pass *p, struct err *e)
{
    struct source *s = p->s;
    struct stream *customers = &s->streams[QUERY_CUSTOMERS];
    struct facts f;
    if (p->begun && key_compare(&customers->key, &p->after.key) == 0)
        return twice(s, &p->after.key, e);
    key_keep(&p->after, &customers->key);
    p->begun = true;
    if (wanted(p, &customers->key)) {
        if (!facts_collect(s, &f, p->tally, e))
            return false;
        p->done = !p->visit(p->context, &f);
        guard_allow(&s->base.guard, s->base.limit);
    }
    if (p->done)
        return true;
    if (!stream_next(customers, &s->base, e))
        return false;
    p->done = customers->ended || (p->ids && p->next == p->n);
    return true;
}

static void stop_streams(struct source *s)
{
    for (int i = QUERY_CUSTOMERS; i < QUERIES; i++)
        stream_stop(&s->streams[i]);
}

/* Rows behind the last customer belong to strangers; but they may show that the order was wrong all along. */
static bool drain(struct source *s, struct tally *t, bool may_stop, struct err *e)
{
    struct kept_key at[QUERIES];
    bool left[QUERIES] = { 0 };
    for (int i = QUERY_PURCHASES; i < QUERIES; i++) {
        struct stream *st = &s->streams[i];
        left[i] = !st->ended;
        if (left[i])
            key_keep(&at[i], &st->last.key);
        if (may_stop)
            stream_stop(st);
    }
    stream_stop(&s->streams[QUERY_CUSTOMERS]);
    for (int i = QUERY_PURCHASES; i < QUERIES; i++) {
        struct stream *st = &s->streams[i];
        if (left[i] && may_stop && !stream_start(st, &s->base, &s->when, &at[i].key, e))
            return false;
        for (long count = 1; left[i] && !st->ended; count++, t->report->strangers++)
            if (!(may_stop ? stream_walk(st, count, &s->base, &s->when, e) : stream_next(st, &s->base, e)))
                return false;
    }
    return true;
}

/* As many customers as one slice has room for. */
static bool slice(struct pass *p, bool may_stop, struct err *e)
{
    struct source *s = p->s;
    if (!start_streams(p, e))
        return false;
    p->done = s->streams[QUERY_CUSTOMERS].ended;
    while (!p->done) {
        if (!visit_one(p, e))
            return false;
        if (may_stop && !p->done && database_slice_over(&s->base)) {
            stop_streams(s);
            return true;
        }
    }
    return true;
}

bool pass_run(struct source *s, const char *const *ids, size_t n, source_visitor *visit, void *context, struct tally *t,
              struct err *e)
{
    struct pass p = { .s = s, .ids = ids, .n = n, .visit = visit, .context = context, .tally = t };
    bool may_stop = resumes(s), fine = true;
    for (bool first = true; fine && !p.done; first = false)
        fine = (first || database_again(&s->base, e)) && slice(&p, may_stop, e);
    /* Only the visitor ends it before the last customer, and then nobody asks what lies behind. */
    return fine && (!s->streams[QUERY_CUSTOMERS].ended || drain(s, t, may_stop, e));
}

static int longest_gap(const struct tally *t)
{
    int longest = 0, last = -1;
    for (int i = 0; i < (int)sizeof t->bought_on; i++) {
        if (!t->bought_on[i])
            continue;
        if (last >= 0 && i - last > longest)
            longest = i - last;
        last = i;
    }
    return longest;
}

static bool has_customers(const struct source *s, struct err *e)
{
    const struct source_options *o = &s->options->source;
    return o->customers.sql || err_set(e, "%s:%d: source.customers is missing", o->place.file, o->place.line);
}

bool source_pass(struct source *s, instant now, source_visitor *visit, void *context, struct pass_report *report,
                 struct err *e)
{
    struct pass_report own;
    if (!report)
        report = &own;
    duration began = courier_monotonic();
    *report = (struct pass_report){ .newest_purchase = INSTANT_NONE };
    if (!has_customers(s, e) || !source_begin(s, now, QUERY_CUSTOMERS, QUERY_PROBLEMS, NULL, e))
        return false;
    struct tally t = { .report = report, .today = s->when.day };
    for (int i = QUERY_CUSTOMERS; i < QUERIES; i++)
        s->streams[i].nameless = 0;
    bool fine = source_end(s, pass_run(s, NULL, 0, visit, context, &t, e), e);
    for (int i = QUERY_PURCHASES; i < QUERIES; i++)
        report->strangers += s->streams[i].nameless;
    report->nameless = s->streams[QUERY_CUSTOMERS].nameless;
    report->longest_gap = longest_gap(&t);
    report->took = courier_monotonic() - began;
    return fine;
}

/* One customer by the indexes; not being there is fine. */
static bool seek_one(struct source *s, const struct key *k, source_visitor *visit, void *context, struct tally *t,
                     bool *go_on, struct err *e)
{
    struct stream *customers = &s->streams[QUERY_CUSTOMERS];
    for (int i = QUERY_CUSTOMERS; i < QUERIES; i++) {
        if (!stream_seek(&s->streams[i], &s->base, &s->when, k, e))
            return false;
        if (customers->ended)
            return true;
    }
    struct facts f;
    if (!facts_collect(s, &f, t, e) || !stream_next(customers, &s->base, e))
        return false;
    if (!customers->ended)
        return twice(s, k, e);
    *go_on = visit(context, &f);
    return true;
}

static bool seek_all(struct source *s, const char *const *ids, size_t n, source_visitor *visit, void *context,
                     struct tally *t, struct err *e)
{
    bool fine = true, go_on = true;
    for (size_t i = 0; fine && go_on && i < n; i++) {
        size_t size = strlen(ids[i]);
        if (size < 1 || size > LONGEST_ID)
            continue;
        struct key k = key_of_text(ids[i], (int)size);
        fine = seek_one(s, &k, visit, context, t, &go_on, e);
        stop_streams(s);
        if (fine && go_on && i + 1 < n && database_slice_over(&s->base))
            fine = database_again(&s->base, e);
    }
    return fine;
}

static bool all_seek(const struct source *s)
{
    for (int i = QUERY_CUSTOMERS; i < QUERIES; i++)
        if (stream_used(&s->streams[i]) && !s->streams[i].seeks)
            return false;
    return true;
}

bool source_customers(struct source *s, instant now, const char *const *ids, size_t n, source_visitor *visit,
                      void *context, struct err *e)
{
    struct pass_report report = { 0 };
    if (n == 0)
        return true;
    if (!has_customers(s, e) || !source_begin(s, now, QUERY_CUSTOMERS, QUERY_PROBLEMS, NULL, e))
        return false;
    struct tally t = { .report = &report, .today = s->when.day };
    bool fine = all_seek(s) ? seek_all(s, ids, n, visit, context, &t, e) : pass_run(s, ids, n, visit, context, &t, e);
    return source_end(s, fine, e);
}
