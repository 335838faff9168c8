#include "source/guard.h"

#include "base/courier.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { OPERATIONS_BETWEEN_LOOKS = 5000 }; /* of SQLite's virtual machine: well under a millisecond */

static const struct {
    int action;
    const char *word;
} words[] = {
    { SQLITE_ATTACH, "ATTACH" },           { SQLITE_DETACH, "DETACH" },
    { SQLITE_PRAGMA, "PRAGMA" },           { SQLITE_TRANSACTION, "transactions" },
    { SQLITE_SAVEPOINT, "SAVEPOINT" },     { SQLITE_INSERT, "INSERT" },
    { SQLITE_UPDATE, "UPDATE" },           { SQLITE_DELETE, "DELETE" },
    { SQLITE_ANALYZE, "ANALYZE" },         { SQLITE_REINDEX, "REINDEX" },
    { SQLITE_ALTER_TABLE, "ALTER TABLE" },
};

static const char *word_for(int action)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].action == action)
            return words[i].word;
    return "anything that changes the database";
}

static int refuse_function(struct guard *g, const char *name)
{
    static const char *const clocks[] = { "current_date", "current_time", "current_timestamp" };
    for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++) {
        if (strcasecmp(name, clocks[i]) == 0) {
            snprintf(g->refused, sizeof g->refused,
                     "%s would make the answer depend on the hour it is read: write :today or :now", clocks[i]);
            return SQLITE_DENY;
        }
    }
    if (strcasecmp(name, "load_extension") != 0 && strcasecmp(name, "fts3_tokenizer") != 0)
        return SQLITE_OK;
    snprintf(g->refused, sizeof g->refused, "a query may only read: %s() is not allowed", name);
    return SQLITE_DENY;
}

static int authorize(void *context, int action, const char *first, const char *second, const char *database,
                     const char *view)
{
    struct guard *g = context;
    (void)first, (void)database, (void)view;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return refuse_function(g, second ? second : "");
    default:
        if (g->ours && action == SQLITE_TRANSACTION)
            return SQLITE_OK;
        snprintf(g->refused, sizeof g->refused, "a query may only read, and %s is not allowed: write a SELECT",
                 word_for(action));
        return SQLITE_DENY;
    }
}

static int progress(void *context)
{
    struct guard *g = context;
    if (courier_monotonic() < g->deadline)
        return 0;
    g->late = true;
    return 1;
}

void guard_install(struct guard *g, sqlite3 *db)
{
    *g = (struct guard){ .deadline = INSTANT_NEVER };
    sqlite3_set_authorizer(db, authorize, g);
    sqlite3_progress_handler(db, OPERATIONS_BETWEEN_LOOKS, progress, g);
}

void guard_allow(struct guard *g, duration limit)
{
    g->late = false;
    g->deadline = courier_monotonic() + (limit > 0 ? limit : MINUTE);
}

/* One token of SQL; comments and space are tokens too. */
struct token {
    const char *text;
    size_t size;
    bool empty; /* comment or space */
};

static size_t quoted(const char *s, char end)
{
    size_t n = 1;
    while (s[n] && (s[n] != end || (end != ']' && s[n + 1] == end)))
        n += s[n] == end ? 2 : 1;
    return s[n] ? n + 1 : n;
}

static bool word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static struct token token_at(const char *s)
{
    struct token t = { .text = s, .size = 1 };
    if (isspace((unsigned char)*s)) {
        t.empty = true;
        t.size = strspn(s, " \t\r\n\f\v");
    } else if (s[0] == '-' && s[1] == '-') {
        t.empty = true;
        t.size = strcspn(s, "\n");
    } else if (s[0] == '/' && s[1] == '*') {
        const char *end = strstr(s + 2, "*/");
        t.empty = true;
        t.size = end ? (size_t)(end - s) + 2 : strlen(s);
    } else if (*s == '\'' || *s == '"' || *s == '`') {
        t.size = quoted(s, *s);
    } else if (*s == '[') {
        t.size = quoted(s, ']');
    } else {
        while (word_byte(s[0]) && word_byte(s[t.size]))
            t.size++;
    }
    return t;
}

static bool is(const struct token *t, const char *word)
{
    return t->size == strlen(word) && strncasecmp(t->text, word, t->size) == 0;
}

static bool date_function(const struct token *t)
{
    static const char *const names[] = { "date", "time", "datetime", "julianday", "unixepoch" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is(t, names[i]))
            return true;
    return false;
}

/* strftime(format) alone, behind its opening parenthesis: is there no comma before the closing one? */
static bool one_argument(const char *s)
{
    int depth = 0;
    for (struct token t; *s; s += t.size) {
        t = token_at(s);
        if (is(&t, "(")) {
            depth++;
        } else if (is(&t, ")")) {
            if (depth-- == 0)
                return true;
        } else if (is(&t, ",") && depth == 0) {
            return false;
        }
    }
    return false;
}

bool sql_look(const char *sql, size_t *size, struct err *e)
{
    struct token before = { 0 }, name = { 0 };
    bool ended = false;
    *size = 0;
    for (const char *s = sql; *s;) {
        struct token t = token_at(s);
        s += t.size;
        if (t.empty)
            continue;
        if (is(&t, ";")) {
            ended = true;
            continue;
        }
        if (ended)
            return err_set(e, "one statement only: take away what follows the semicolon");
        *size = (size_t)(s - sql);
        bool call = before.size && is(&before, "(");
        if (is(&t, "'now'") || (call && is(&t, ")") && date_function(&name)) ||
            (is(&t, "(") && is(&before, "strftime") && one_argument(s)))
            return err_set(
                e, "the hour at which it is read must not change the answer: instead of 'now' write :today or :now");
        name = before;
        before = t;
    }
    return *size > 0 || err_set(e, "there is no SELECT");
}
