-- What happened. Nothing here can be computed from the company's database. Instants are milliseconds UTC, days are days since 1970.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value ANY
) STRICT, WITHOUT ROWID;

CREATE TABLE episode (
    id           INTEGER PRIMARY KEY,
    rule         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    customer     TEXT NOT NULL,
    occasion     TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('due', 'held', 'told', 'snoozed', 'done', 'won', 'lost', 'excused', 'withdrawn',
                                                'unanswered', 'control')),
    reason       TEXT,               -- held: what holds it; final: why
    owner        TEXT,               -- of the customer when last looked at
    opened_at    INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    told_at      INTEGER,            -- the first verdict `sent`
    next_at      INTEGER,            -- when to look again by itself
    due          INTEGER NOT NULL,
    anchor_day   INTEGER NOT NULL,   -- the day the occasion hangs on
    step         INTEGER NOT NULL DEFAULT 0,   -- tellings that reached somebody
    backlog      INTEGER NOT NULL DEFAULT 0,   -- calm start
    -- the numbers that opened it
    last_day     INTEGER,
    anchor       INTEGER,
    days         INTEGER NOT NULL,
    threshold    INTEGER NOT NULL,
    occasions    INTEGER NOT NULL,
    typical      REAL NOT NULL,
    category_gap REAL NOT NULL,
    times_usual  REAL NOT NULL,
    average      INTEGER,
    at_risk      REAL NOT NULL,
    UNIQUE (rule, customer, occasion)
) STRICT;
CREATE INDEX episode_customer ON episode (customer);
CREATE INDEX episode_turn ON episode (owner, backlog, at_risk DESC, id) WHERE state = 'held' AND next_at IS NULL;
CREATE INDEX episode_next ON episode (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX episode_state ON episode (state, changed_at);

CREATE TABLE message (
    id         INTEGER PRIMARY KEY,
    channel    TEXT NOT NULL,
    person     TEXT NOT NULL,
    address    TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    subject    TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'refused', 'unknown', 'dropped')),
    not_before INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL,
    settled_at INTEGER,
    attempts   INTEGER NOT NULL DEFAULT 0,
    doubts     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX message_state ON message (state, not_before);
CREATE INDEX message_settled ON message (settled_at) WHERE settled_at IS NOT NULL;

-- Apart from the queue rows, so that a change of state does not rewrite the bytes.
CREATE TABLE body (
    message INTEGER PRIMARY KEY REFERENCES message (id),
    bytes   BLOB NOT NULL
) STRICT;

-- One step of an episode told to one person: "no one hears twice".
CREATE TABLE telling (
    id      INTEGER PRIMARY KEY,
    episode INTEGER NOT NULL REFERENCES episode (id),
    step    INTEGER NOT NULL,
    person  TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES message (id),
    day     INTEGER NOT NULL,   -- local day of the person: what caps count
    backlog INTEGER NOT NULL,
    reached TEXT CHECK (reached IN ('yes', 'perhaps', 'no')),   -- NULL: not known yet
    UNIQUE (episode, step, person)
) STRICT;
CREATE INDEX telling_person ON telling (person, day);
CREATE INDEX telling_message ON telling (message);

CREATE TABLE attempt (
    id       INTEGER PRIMARY KEY,
    message  INTEGER NOT NULL REFERENCES message (id),
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    verdict  TEXT CHECK (verdict IN ('sent', 'later', 'refused', 'unknown')),
    code     TEXT,
    why      TEXT
) STRICT;
CREATE INDEX attempt_message ON attempt (message);

CREATE TABLE offer (
    id        INTEGER PRIMARY KEY,
    episode   INTEGER NOT NULL UNIQUE REFERENCES episode (id),
    terms     TEXT NOT NULL,
    customer  TEXT NOT NULL,
    code      TEXT NOT NULL UNIQUE,
    state     TEXT NOT NULL CHECK (state IN ('issued', 'told', 'used', 'ended', 'void')),
    kind      INTEGER NOT NULL,
    percent   REAL NOT NULL,
    amount    INTEGER NOT NULL,
    gift      TEXT,
    last_day  INTEGER NOT NULL,
    ends_at   INTEGER NOT NULL,
    issued_at INTEGER NOT NULL
) STRICT;
CREATE INDEX offer_customer ON offer (customer, issued_at);
CREATE INDEX offer_end ON offer (state, ends_at);

-- What somebody told us about a customer: `followupctl record`.
CREATE TABLE contact (
    id       INTEGER PRIMARY KEY,
    customer TEXT NOT NULL,
    at       INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    note     TEXT,
    actor    TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_customer ON contact (customer, at);

-- The trace, for people: one line for each move.
CREATE TABLE history (
    id       INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    customer TEXT,
    actor    TEXT NOT NULL,
    line     TEXT NOT NULL
) STRICT;
CREATE INDEX history_customer ON history (customer, id);

-- The day a customer was first met, where nothing else dates it.
CREATE TABLE seen (
    customer TEXT PRIMARY KEY,
    day      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was stopped, and until when: "channel email", "address email anna@...".
CREATE TABLE stopped (
    what  TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    why   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- At most one alert per cause and day.
CREATE TABLE alert (
    id      INTEGER PRIMARY KEY,
    cause   TEXT NOT NULL,
    day     INTEGER NOT NULL,
    text    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    message INTEGER REFERENCES message (id),
    UNIQUE (cause, day)
) STRICT;
CREATE INDEX alert_waiting ON alert (id) WHERE message IS NULL;
CREATE INDEX alert_message ON alert (message) WHERE message IS NOT NULL;

-- What the admin let go on: "feed", "calm start lapse", "channel email".
CREATE TABLE release (
    what TEXT PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The columns that make an episode and a message, in the order in which the C beside this reads them.
CREATE VIEW episode_view AS
SELECT id, rule, kind, customer, occasion, state, reason, owner, opened_at, changed_at, told_at, next_at, due, anchor_day, step, backlog,
       last_day, anchor, days, threshold, occasions, typical, category_gap, times_usual, average, at_risk
FROM episode;

CREATE VIEW message_view AS
SELECT id, channel, person, address, message_id, subject, state, not_before, claimed_at, settled_at, attempts, doubts
FROM message;
