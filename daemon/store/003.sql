-- How many new cases each rule had on each day it was judged, for the mass-change guard. `settings` tells apart what a rule was set to: a
-- rule that was changed begins anew.
CREATE TABLE newcomers (
    day      INTEGER NOT NULL,
    rule     TEXT NOT NULL,
    n        INTEGER NOT NULL,
    settings INTEGER NOT NULL,
    PRIMARY KEY (day, rule)
) STRICT, WITHOUT ROWID;
