-- How many waited for an owner on a day that is past: whether more comes in than the caps let out.
CREATE INDEX episode_came ON episode (owner, opened_at) WHERE backlog = 0;
