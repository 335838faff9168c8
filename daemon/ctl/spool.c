#include "ctl/spool.h"

#include "base/buf.h"
#include "base/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 4096, CELLS = 24 };

/* A day's rows: whole rows in blocks of the file, in order, and the last ones in memory. */
struct spooled_day {
    struct buf rest;
    struct block {
        off_t at;
        size_t size;
    } * blocks;
    size_t n;
};

struct spool {
    struct spooled_day *days;
    int n;
    size_t cells;
    FILE *file;
    off_t end;
};

struct spool *spool_new(int days, size_t cells)
{
    struct spool *s = mem_new(sizeof *s);
    *s = (struct spool){ .days = mem_new((size_t)days * sizeof *s->days), .n = days, .cells = cells };
    return s;
}

void spool_free(struct spool *s)
{
    for (int i = 0; i < s->n; i++) {
        buf_done(&s->days[i].rest);
        free(s->days[i].blocks);
    }
    if (s->file)
        fclose(s->file);
    free(s->days);
    free(s);
}

static bool fail(struct err *e)
{
    return err_set(e, "the temporary file of the plan: %s; is there room in /tmp?", strerror(errno));
}

static bool write_block(struct spool *s, struct spooled_day *d, struct err *e)
{
    if (!s->file && !(s->file = tmpfile()))
        return fail(e);
    if (fwrite(d->rest.text, 1, d->rest.size, s->file) != d->rest.size)
        return fail(e);
    d->blocks = mem_resize(d->blocks, (d->n + 1) * sizeof *d->blocks);
    d->blocks[d->n++] = (struct block){ s->end, d->rest.size };
    s->end += (off_t)d->rest.size;
    buf_reset(&d->rest);
    return true;
}

bool spool_add(struct spool *s, int day, const char *const *cells, struct err *e)
{
    struct spooled_day *d = &s->days[day];
    for (size_t k = 0; k < s->cells; k++) {
        const char *text = cells[k] ? cells[k] : "";
        buf_add_bytes(&d->rest, text, strlen(text) + 1);
    }
    return d->rest.size < BLOCK || write_block(s, d, e);
}

static void visit_rows(const struct spool *s, const char *bytes, size_t size, spool_visitor *visit, void *context)
{
    const char *cells[CELLS];
    for (const char *at = bytes; at < bytes + size;) {
        for (size_t k = 0; k < s->cells; k++) {
            cells[k] = at;
            at += strlen(at) + 1;
        }
        visit(context, cells);
    }
}

bool spool_each(struct spool *s, int day, spool_visitor *visit, void *context, struct err *e)
{
    struct spooled_day *d = &s->days[day];
    bool ok = true;
    for (size_t i = 0; ok && i < d->n; i++) {
        char *bytes = mem_new(d->blocks[i].size);
        ok = fseeko(s->file, d->blocks[i].at, SEEK_SET) == 0 &&
             fread(bytes, 1, d->blocks[i].size, s->file) == d->blocks[i].size;
        if (ok)
            visit_rows(s, bytes, d->blocks[i].size, visit, context);
        else
            fail(e);
        free(bytes);
    }
    if (ok)
        visit_rows(s, buf_text(&d->rest), d->rest.size, visit, context);
    /* Adding goes on behind the last block. */
    return ok && (!s->file || fseeko(s->file, s->end, SEEK_SET) == 0 || fail(e));
}
