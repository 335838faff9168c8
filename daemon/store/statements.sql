-- Every statement on our own data. "-- name:" is what store/statements.h calls it; a name without a statement, or the other way round, does
-- not open. Columns that make an episode or a message come from the views in the migrations, in the order in which the C reads them.

-- name: meta_get
SELECT value FROM meta WHERE key = ?1;
-- name: meta_set
INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value;
-- name: meta_forget
DELETE FROM meta WHERE key = ?1;

-- name: episode_add
INSERT INTO episode (rule, kind, customer, occasion, state, reason, owner, opened_at, changed_at, next_at, due, anchor_day, backlog,
    last_day, anchor, days, threshold, occasions, typical, category_gap, times_usual, average, at_risk, part,
    parts)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24);
-- name: episode_by_id
SELECT * FROM episode_view WHERE id = ?1;
-- name: episodes_of_customer
SELECT * FROM episode_view WHERE customer = ?1 ORDER BY id;
-- name: episodes_in_state
SELECT * FROM episode_view WHERE state = ?1 ORDER BY changed_at, id;
-- name: episodes_of_message
SELECT v.* FROM telling AS t JOIN episode_view AS v ON v.id = t.episode WHERE t.message = ?1 ORDER BY v.id;
-- name: episode_move
UPDATE episode SET state = ?2, reason = ?3, changed_at = ?4, next_at = ?5 WHERE id = ?1;
-- name: episode_told
UPDATE episode SET told_at = coalesce(told_at, ?2), step = step + 1 WHERE id = ?1;
-- name: episode_rekey
UPDATE episode SET occasion = ?2, anchor_day = ?3, due = ?4 WHERE id = ?1;
-- name: episode_judged
UPDATE episode SET last_day = ?2, anchor = ?3, days = ?4, threshold = ?5, occasions = ?6, typical = ?7, category_gap = ?8,
    times_usual = ?9, average = ?10, at_risk = ?11, part = ?12, parts = ?13 WHERE id = ?1;
-- name: episode_owner
UPDATE episode SET owner = ?2 WHERE id = ?1;
-- name: episode_forward
UPDATE episode SET backlog = 0 WHERE id = ?1;
-- name: episodes_of_rule
SELECT * FROM episode_view WHERE rule = ?1 AND state IN ('due', 'held', 'told', 'snoozed') ORDER BY id;
-- name: rules_in_use
SELECT rule, kind, count(*) FROM episode WHERE state IN ('due', 'held', 'told', 'snoozed') GROUP BY rule, kind ORDER BY rule;
-- name: rule_shared
SELECT DISTINCT customer FROM episode WHERE rule = ?1 AND customer IN (SELECT customer FROM episode WHERE rule = ?2);
-- name: rule_rename
UPDATE episode SET rule = ?2 WHERE rule = ?1 AND kind = ?3;
-- name: episode_aside
UPDATE episode SET occasion = occasion || ' (' || id || ')' WHERE id = ?1;
-- name: episode_customer_is
UPDATE episode SET customer = ?2 WHERE customer = ?1;
-- What the mass-change guard holds is not in turn: rules that are stopped as "mass change RULE".
-- name: owners_waiting
SELECT owner, sum(backlog = 0), sum(backlog) FROM episode INDEXED BY episode_turn
WHERE state = 'held' AND next_at IS NULL
    AND rule NOT IN (SELECT substr(what, 13) FROM stopped WHERE what > 'mass change ' AND what < 'mass change!')
GROUP BY owner;
-- name: turn_by_rank
SELECT id, customer, backlog, at_risk FROM episode WHERE state = 'held' AND next_at IS NULL AND owner IS ?1 AND backlog = ?2
    AND rule NOT IN (SELECT substr(what, 13) FROM stopped WHERE what > 'mass change ' AND what < 'mass change!')
ORDER BY at_risk DESC, id LIMIT ?3;
-- name: turn_by_age
SELECT id, customer, backlog, at_risk FROM episode INDEXED BY episode_turn
WHERE state = 'held' AND next_at IS NULL AND owner IS ?1 AND backlog = 0
    AND rule NOT IN (SELECT substr(what, 13) FROM stopped WHERE what > 'mass change ' AND what < 'mass change!')
ORDER BY id LIMIT ?2;
-- name: held_since
SELECT count(*) FROM episode WHERE state = 'held' AND rule = ?1 AND opened_at >= ?2;
-- name: wakes
SELECT customer, next_at FROM episode WHERE next_at <= ?1 AND next_at IS NOT NULL
UNION
SELECT e.customer, m.not_before
FROM message AS m INDEXED BY message_open CROSS JOIN telling AS t ON t.message = m.id CROSS JOIN episode AS e ON e.id = t.episode
WHERE m.state IN ('queued', 'unknown') AND m.not_before <= ?1 AND m.settled_at IS NULL;

-- name: customers_open
SELECT customer FROM episode WHERE state IN ('due', 'held', 'told', 'snoozed')
UNION SELECT customer FROM offer WHERE state = 'told';

-- name: telling_add
INSERT INTO telling (episode, step, person, message, day, backlog) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (episode, step, person) DO UPDATE SET message = excluded.message, day = excluded.day, reached = NULL WHERE reached = 'no';
-- name: telling_day
UPDATE telling SET day = ?2 WHERE message = ?1;
-- name: telling_find
SELECT message, reached FROM telling WHERE episode = ?1 AND step = ?2 AND person = ?3;
-- name: telling_pending
SELECT message FROM telling WHERE episode = ?1 AND reached IS NULL;
-- name: tellings_pending
SELECT count(*) FROM telling WHERE message = ?1 AND reached IS NULL;
-- name: telling_remove
DELETE FROM telling WHERE episode = ?1 AND message = ?2 AND reached IS NULL;
-- name: tellings_remove
DELETE FROM telling WHERE message = ?1 AND reached = 'no';
-- name: telling_reached
UPDATE telling SET reached = ?2 WHERE message = ?1;
-- name: telling_first
SELECT m.message_id FROM telling AS t JOIN message AS m ON m.id = t.message
WHERE t.episode = ?1 AND t.person = ?2 AND t.reached IN ('yes', 'perhaps') ORDER BY t.id LIMIT 1;
-- name: telling_other
SELECT person, day FROM telling WHERE episode = ?1 AND person <> ?2 AND reached = 'yes' ORDER BY id DESC LIMIT 1;
-- name: telling_last
SELECT person, day FROM telling WHERE episode = ?1 AND reached IN ('yes', 'perhaps') ORDER BY day DESC, id DESC LIMIT 1;
-- name: tellings_since
SELECT count(DISTINCT message), coalesce(sum(backlog), 0) FROM telling WHERE person = ?1 AND day >= ?2 AND (reached IS NULL OR reached <> 'no');

-- What digests are made of. The terms about reasons and states are those of the indexes, word for word.

-- name: digest_waiting
SELECT * FROM episode_view WHERE owner IS ?1 AND reason = ?2 AND backlog = ?3 AND state IN ('held', 'told')
    AND reason IN ('waiting for the daily digest', 'waiting for the weekly digest')
    AND (step > 0 OR rule NOT IN (SELECT substr(what, 13) FROM stopped WHERE what > 'mass change ' AND what < 'mass change!'))
ORDER BY at_risk DESC, id LIMIT ?4;
-- name: digest_waiting_count
SELECT count(*) FROM episode WHERE owner IS ?1 AND reason = ?2 AND backlog = ?3 AND state = 'held'
    AND reason IN ('waiting for the daily digest', 'waiting for the weekly digest')
    AND (rule NOT IN (SELECT substr(what, 13) FROM stopped WHERE what > 'mass change ' AND what < 'mass change!'));
-- name: digest_in_state
SELECT * FROM episode_view WHERE owner IS ?1 AND state = ?2 AND state IN ('due', 'held', 'told', 'snoozed')
ORDER BY at_risk DESC, id LIMIT ?3;
-- name: digest_in_state_count
SELECT count(*) FROM episode WHERE owner IS ?1 AND state = ?2 AND state IN ('due', 'held', 'told', 'snoozed');
-- name: digest_won
SELECT * FROM episode_view WHERE state = 'won' AND changed_at >= ?2 AND owner IS ?1 ORDER BY at_risk DESC, id;
-- name: digest_offers
SELECT e.* FROM episode_view AS e CROSS JOIN offer AS o ON o.episode = e.id
WHERE e.owner IS ?1 AND e.state IN ('told', 'snoozed') AND e.state IN ('due', 'held', 'told', 'snoozed')
    AND o.state = 'told' AND o.ends_at > ?2 AND o.ends_at <= ?3
ORDER BY e.at_risk DESC, e.id;

-- name: summary_told
SELECT count(DISTINCT episode) FROM telling WHERE person = ?1 AND day BETWEEN ?2 AND ?3 AND reached IN ('yes', 'perhaps');
-- name: summary_answered
SELECT count(*) FROM episode WHERE state IN ('done', 'lost', 'excused') AND changed_at >= ?2 AND changed_at < ?3
    AND owner IS ?1 AND told_at IS NOT NULL;
-- name: summary_waited
SELECT count(*) FROM episode INDEXED BY episode_came WHERE owner IS ?1 AND opened_at >= ?3 AND opened_at < ?2 AND backlog = 0
    AND (told_at IS NULL OR told_at >= ?2) AND (changed_at >= ?2 OR state IN ('due', 'held', 'told', 'snoozed'));
-- name: summary_overdue
SELECT count(*) FROM episode WHERE owner IS ?1 AND state = 'told' AND state IN ('due', 'held', 'told', 'snoozed')
    AND rule = ?2 AND told_at < ?3;

-- name: digest_add
INSERT INTO digest (kind, person, day, message) VALUES (?1, ?2, ?3, ?4);
-- name: digest_find
SELECT 1 FROM digest WHERE kind = ?1 AND person = ?2 AND day = ?3;
-- name: digest_forget
DELETE FROM digest WHERE message = ?1;
-- name: digest_of_message
SELECT kind, person, day FROM digest WHERE message = ?1;
-- name: digests_to_send
SELECT d.kind, d.person, d.day, m.id, m.not_before FROM message AS m INDEXED BY message_open CROSS JOIN digest AS d ON d.message = m.id
WHERE m.state IN ('queued', 'unknown') AND m.settled_at IS NULL;

-- name: message_add
INSERT INTO message (channel, person, address, message_id, subject, state, not_before, claimed_at)
VALUES (?1, ?2, ?3, ?4, ?5, 'queued', ?6, ?6);
-- name: message_names
UPDATE message SET message_id = ?2, subject = ?3 WHERE id = ?1;
-- name: message_by_id
SELECT * FROM message_view WHERE id = ?1;
-- name: messages_in_state
SELECT * FROM message_view WHERE state = ?1 ORDER BY id;
-- name: messages_settled
SELECT * FROM message_view WHERE settled_at >= ?1 ORDER BY settled_at;
-- name: alerts_due
SELECT v.* FROM message AS m INDEXED BY message_open CROSS JOIN alert AS a ON a.message = m.id JOIN message_view AS v ON v.id = m.id
WHERE m.state IN ('queued', 'unknown') AND m.not_before <= ?1 AND m.settled_at IS NULL;
-- name: message_move
UPDATE message SET state = ?2, not_before = ?3, settled_at = ?4, attempts = attempts + ?5, doubts = doubts + ?6 WHERE id = ?1;
-- name: message_wait
UPDATE message SET not_before = ?2 WHERE id = ?1;
-- name: messages_hurry
UPDATE message SET not_before = ?2 WHERE state = 'queued' AND not_before > ?2 AND (?1 IS NULL OR channel = ?1);
-- name: message_address
UPDATE message SET channel = ?2, address = ?3 WHERE id = ?1;
-- name: body_set
INSERT INTO body (message, bytes) VALUES (?1, ?2) ON CONFLICT (message) DO UPDATE SET bytes = excluded.bytes;
-- name: body_get
SELECT bytes FROM body WHERE message = ?1;
-- name: body_erase
DELETE FROM body WHERE message IN (SELECT b.message FROM body AS b JOIN message AS m ON m.id = b.message WHERE m.settled_at < ?1);
-- name: attempt_add
INSERT INTO attempt (message, began_at) VALUES (?1, ?2);
-- name: attempt_end
UPDATE attempt SET ended_at = ?2, verdict = ?3, code = ?4, why = ?5 WHERE message = ?1 AND ended_at IS NULL;
-- name: attempt_last
SELECT began_at, ended_at, verdict, code, why FROM attempt WHERE message = ?1 ORDER BY id DESC LIMIT 1;

-- name: offer_add
INSERT INTO offer (episode, terms, customer, code, state, kind, percent, amount, gift, last_day, ends_at, issued_at)
VALUES (?1, ?2, ?3, ?4, 'issued', ?5, ?6, ?7, ?8, ?9, ?10, ?11);
-- name: offer_of_episode
SELECT * FROM offer WHERE episode = ?1;
-- name: offers_all
SELECT * FROM offer WHERE issued_at <= ?1 ORDER BY id;
-- name: offer_move
UPDATE offer SET state = ?2 WHERE id = ?1;
-- name: offer_renew
UPDATE offer SET state = 'issued', last_day = ?2, ends_at = ?3, issued_at = ?4 WHERE id = ?1;
-- name: offers_told_of_customer
SELECT 1 FROM offer WHERE customer = ?1 AND state = 'told' LIMIT 1;
-- name: offers_last_of_customer
SELECT terms, max(issued_at) FROM offer WHERE customer = ?1 AND state <> 'void' GROUP BY terms ORDER BY terms;
-- name: offer_by_code
SELECT * FROM offer WHERE code = ?1;
-- name: offer_customer_is
UPDATE offer SET customer = ?2 WHERE customer = ?1;
-- name: offers_ending
SELECT id, customer FROM offer WHERE state = 'told' AND ends_at <= ?1;

-- name: contact_add
INSERT INTO contact (customer, at, kind, note, actor, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- name: contacts_of_customer
SELECT at, kind, note, actor FROM contact WHERE customer = ?1 ORDER BY at, id;
-- name: contact_customer_is
UPDATE contact SET customer = ?2 WHERE customer = ?1;

-- name: history_add
INSERT INTO history (at, customer, actor, line) VALUES (?1, ?2, ?3, ?4);
-- name: history_of_customer
SELECT at, customer, actor, line FROM history WHERE customer = ?1 AND at <= ?2 ORDER BY id;
-- name: history_all
SELECT at, customer, actor, line FROM history WHERE at <= ?1 ORDER BY id;
-- name: history_after
SELECT customer FROM history WHERE id > ?1 AND actor <> 'followupd' AND customer IS NOT NULL ORDER BY id;
-- name: history_customer_is
UPDATE history SET customer = ?2 WHERE customer = ?1;
-- name: history_newest
SELECT max(id) FROM history;

-- name: seen_get
SELECT day FROM seen WHERE customer = ?1;
-- name: seen_set
INSERT INTO seen (customer, day) VALUES (?1, ?2) ON CONFLICT DO NOTHING;

-- name: seen_customer_is
INSERT INTO seen (customer, day) SELECT ?2, day FROM seen WHERE customer = ?1
ON CONFLICT (customer) DO UPDATE SET day = min(day, excluded.day);
-- name: seen_forget
DELETE FROM seen WHERE customer = ?1;

-- name: newcomers_add
INSERT INTO newcomers (day, rule, n, settings) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (day, rule) DO UPDATE SET settings = ?4, n = ?3 + CASE WHEN settings = ?4 THEN n ELSE 0 END;
-- name: newcomers_rename
UPDATE OR REPLACE newcomers SET rule = ?2 WHERE day >= 0 AND rule = ?1;
-- name: newcomers_reset
UPDATE newcomers SET n = 0 WHERE day = ?1 AND rule = ?2;
-- name: newcomers_read
SELECT day, n FROM newcomers WHERE day BETWEEN ?1 AND ?2 AND rule = ?3
    AND day > coalesce((SELECT max(day) FROM newcomers WHERE day BETWEEN ?1 AND ?2 AND rule = ?3 AND settings <> ?4), -1)
ORDER BY day;
-- name: newcomers_forget
DELETE FROM newcomers WHERE day < ?1;

-- name: stopped_set
INSERT INTO stopped (what, since, until, why) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (what) DO UPDATE SET until = excluded.until, why = excluded.why;
-- name: stopped_get
SELECT until, why, since FROM stopped WHERE what = ?1;
-- name: stopped_clear
DELETE FROM stopped WHERE what = ?1;
-- name: stopped_forget
DELETE FROM stopped WHERE what GLOB ?1;
-- name: stopped_all
SELECT what, since, until, why FROM stopped ORDER BY what;

-- name: alert_add
INSERT INTO alert (cause, day, text, said, at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING;
-- name: alerts_waiting
SELECT id, coalesce(said, text) FROM alert WHERE message IS NULL AND day >= ?1 ORDER BY id LIMIT 1;
-- name: alert_text
SELECT coalesce(said, text) FROM alert WHERE message = ?1;
-- name: alert_message
UPDATE alert SET message = ?2 WHERE id = ?1;
-- name: alerts_since
SELECT at, cause, text FROM alert WHERE day BETWEEN ?1 AND ?1 + 2 ORDER BY id;

-- name: release_set
INSERT INTO release (what, at) VALUES (?1, ?2) ON CONFLICT (what) DO UPDATE SET at = excluded.at;
-- name: release_get
SELECT at FROM release WHERE what = ?1;
-- name: release_backlog
UPDATE episode SET backlog = 0 WHERE state = 'held' AND backlog = 1 AND (?1 IS NULL OR rule = ?1);

-- The clock went back: what was written as of later than ?1 happened now, and waits from now on as long as it was to wait then.

-- name: future_episodes
UPDATE episode SET next_at = next_at - changed_at + ?1, changed_at = ?1, told_at = min(told_at, ?1), opened_at = min(opened_at, ?1)
WHERE state IN ('due', 'held', 'told', 'snoozed', 'done', 'won', 'lost', 'excused', 'withdrawn', 'unanswered', 'control') AND changed_at > ?1;
-- name: future_tellings
UPDATE telling SET day = ?2 WHERE day > ?2 + 1 AND message IN
    (SELECT id FROM message WHERE settled_at > ?1 UNION SELECT id FROM message WHERE state IN ('queued', 'sending', 'unknown'));
-- name: future_settled
UPDATE message SET settled_at = ?1, claimed_at = min(claimed_at, ?1) WHERE settled_at > ?1;
-- name: future_waiting
UPDATE message SET not_before = ?1, claimed_at = min(claimed_at, ?1) WHERE state IN ('queued', 'sending', 'unknown') AND not_before > ?1;
-- name: future_offers
UPDATE offer SET issued_at = ?1 WHERE state IN ('issued', 'told', 'used', 'ended', 'void') AND ends_at > ?1 AND issued_at > ?1;
-- name: future_contacts
UPDATE contact SET at = ?1, recorded_at = ?1 WHERE at > ?1;
-- name: future_seen
UPDATE seen SET day = ?1 WHERE day > ?1;
-- name: future_missing
DELETE FROM meta WHERE key >= 'missing ' AND key < 'missing!' AND value > ?1;
-- name: future_newcomers
DELETE FROM newcomers WHERE day > ?1;
-- name: future_digests
DELETE FROM digest WHERE kind IN ('daily', 'weekly', 'summary') AND day > ?1 AND message IS NULL;
-- name: future_alerts
UPDATE OR IGNORE alert SET day = ?2, at = ?1 WHERE day > ?2;
