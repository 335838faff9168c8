-- Which of how many: the visits after a sale, anniversaries, the percent of a decline.
ALTER TABLE episode ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
ALTER TABLE episode ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;

DROP VIEW episode_view;
CREATE VIEW episode_view AS
SELECT id, rule, kind, customer, occasion, state, reason, owner, opened_at, changed_at, told_at, next_at, due, anchor_day, step, backlog,
       last_day, anchor, days, threshold, occasions, typical, category_gap, times_usual, average, at_risk, part, parts
FROM episode;
