-- What tells of many customers at once: a digest of a kind, for a person and the day it stands for, is made once. Without a message there
-- was nothing to say.
CREATE TABLE digest (
    id      INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL CHECK (kind IN ('daily', 'weekly', 'summary')),
    person  TEXT NOT NULL,
    day     INTEGER NOT NULL,   -- the day it was due by the settings, whenever it left
    message INTEGER REFERENCES message (id),
    UNIQUE (kind, person, day)
) STRICT;
CREATE INDEX digest_message ON digest (message) WHERE message IS NOT NULL;

-- What waits for a digest, and what a digest shows of what is open.
CREATE INDEX episode_digest ON episode (owner, reason, backlog, at_risk DESC, id)
    WHERE reason IN ('waiting for the daily digest', 'waiting for the weekly digest');
CREATE INDEX episode_open ON episode (owner, state, at_risk DESC, id) WHERE state IN ('due', 'held', 'told', 'snoozed');

DROP VIEW message_view;
CREATE VIEW message_view AS
SELECT id, channel, person, address, message_id, subject, state, not_before, claimed_at, settled_at, attempts, doubts,
       EXISTS (SELECT 1 FROM digest AS d WHERE d.message = message.id) AS digest
FROM message;
