-- The database of a company that has none of its own: what `followupctl import` makes and fills, and conf/native.conf
-- reads. Other programs may read it, and write to it too: the columns are those of followupd.conf(5).
--
-- Ids have no type: numbers are kept as numbers and sort so, everything else is text. Days are 2026-11-22, instants
-- 2026-11-22T07:30:00Z. What a customer bought, and whom they met, lies together in the order in which it is read, so
-- that no index is needed; a column of these keys is empty ('') where it is unknown, and `copy` counts rows that
-- are otherwise the same: two equal purchases are two purchases.
PRAGMA application_id = 0x66757064; -- "fupd": this database is ours to write
PRAGMA user_version = 1;

CREATE TABLE salespeople (
    id PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    email TEXT, channels TEXT, language TEXT, time_zone TEXT, region TEXT, hours TEXT,
    manager, deputy, away_until TEXT, active INTEGER,
    -- one column for each chat channel: the person's address there
    telegram TEXT, line TEXT, teams TEXT, slack TEXT, webhook TEXT, ntfy TEXT, mattermost TEXT, rocketchat TEXT,
    matrix TEXT, googlechat TEXT, discord TEXT, max TEXT, whatsapp TEXT, sms TEXT, folder TEXT
) WITHOUT ROWID;

-- Columns of your own, x_..., are added when a file brings them.
CREATE TABLE customers (
    id PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    salesperson, category TEXT, opportunity TEXT, since TEXT, contact_name TEXT, email TEXT, phone TEXT,
    language TEXT, region TEXT, url TEXT, "values" TEXT, notes TEXT, active INTEGER, do_not_contact INTEGER
) WITHOUT ROWID;

CREATE TABLE purchases (
    customer NOT NULL,
    at TEXT NOT NULL,
    id NOT NULL DEFAULT '', amount NUMERIC NOT NULL DEFAULT '', currency TEXT NOT NULL DEFAULT '',
    what TEXT NOT NULL DEFAULT '', product_group TEXT NOT NULL DEFAULT '', delivered_at TEXT NOT NULL DEFAULT '',
    offer_code TEXT NOT NULL DEFAULT '', copy INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer, at, id, amount, currency, what, product_group, delivered_at, offer_code, copy)
) WITHOUT ROWID;
CREATE UNIQUE INDEX purchase_by_id ON purchases (id) WHERE id <> '';

CREATE TABLE contacts (
    customer NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT '', salesperson NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '', copy INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer, at, kind, salesperson, outcome, note, copy)
) WITHOUT ROWID;

CREATE TABLE problems (
    customer NOT NULL,
    opened_at TEXT NOT NULL,
    id NOT NULL UNIQUE,
    closed_at TEXT, summary TEXT,
    PRIMARY KEY (customer, opened_at, id)
) WITHOUT ROWID;

-- Customers that were merged or renumbered.
CREATE TABLE aliases (
    old_id PRIMARY KEY NOT NULL,
    id NOT NULL
) WITHOUT ROWID;
