#!/usr/bin/python3
"""What followupctl lists of three real databases is what was computed for them independently.

Conventions (EXPECTED.md beside the data): company zone UTC; a day is judged at its end, with the purchases of that day; late when days silent
>= threshold; purchases later than the day do not exist yet; sakila's 15 inactive customers appear nowhere. real_data.py has the rhythm rule a
second time, in plain Python over the raw tables.
"""
import csv
import json
import math
from datetime import date

from followupd_test import SHARED, check, ctl, folder, mapping, run, shared, skip
from real_data import Real

FIXED = 'after = "90 days";'
DAYS = {"chinook": ("2023-06-30", "2025-12-31"), "cdnow": ("1997-07-01", "1998-07-01"), "sakila": ("2005-09-01", "2006-02-20")}
CATEGORY = {
    "chinook": 'after = ( ("business", "60 days"), ("consumer", "120 days") );',
    "cdnow": 'after = ( ("none", "120 days"), ("once", "120 days"), ("repeat", "60 days"), ("loyal", "30 days") );',
    "sakila": 'after = ( ("store1", "14 days"), ("store2", "10 days") );',
}
LADDER = {"chinook": 'categories = ( "consumer", "business" );', "cdnow": 'categories = ( "none", "once", "repeat", "loyal" );',
          "sakila": 'categories = ( "store1", "store2" );'}
where = folder()


def here(name):
    if shared(f"{name}/expected.sql"):
        return True
    skip(f"the lists of {name}", f"{SHARED / name} is absent")
    return False


def expected(name):
    with open(SHARED / name, encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def listed(what, conf, day):
    said = ctl(conf, "--at", day, "list", what, "--format", "csv")
    if said.code or said.err:
        raise RuntimeError(said.all)
    return said.rows()


def late(conf, day):
    return listed("late", conf, day)


def differ(ours, theirs):
    """The first rows that only one of the two has."""
    us, them = set(ours), set(theirs)
    return (f"only followupctl: {[r for r in ours if r not in them][:5]}; only expected: {[r for r in theirs if r not in us][:5]}; "
            f"{len(ours)} rows, expected {len(theirs)}")


def same(promise, ours, theirs):
    check(promise, ours == theirs, differ(ours, theirs))


def full(rows):
    return [(r["customer"], r["last_purchase"], r["days_silent"], r["salesperson"]) for r in rows]


def their_full(name):
    return [(r["cust"], r["last_day"], r["days_since"], r["rep"]) for r in expected(name)]


def check_lists(kind, conf_of):
    for name in ("chinook", "sakila"):
        for day in DAYS[name]:
            if here(name):
                same(f"{name} {day}, {kind}: customer, last purchase, days silent, salesperson", full(late(conf_of(name), day)),
                     their_full(f"{name}/expected-{kind}-{day}.csv"))
    if not here("cdnow"):
        return
    column = {"fixed90": "lapsed_fixed", "category": "lapsed_category"}[kind]
    theirs = [(r["cust"], r["last_day"]) for r in expected("cdnow/expected-state-1998-07-01.csv") if r[column] == "1"]
    same(f"cdnow 1998-07-01, {kind}: customer, last purchase", [full_row[:2] for full_row in full(late(conf_of("cdnow"), "1998-07-01"))], theirs)
    wanted = next(r["fixed" if kind == "fixed90" else "category"] for r in expected("cdnow/expected-counts.csv") if r["now"] == "1997-07-01")
    ours = late(conf_of("cdnow"), "1997-07-01")
    check(f"cdnow 1997-07-01, {kind}: {wanted} customers", len(ours) == int(wanted), len(ours))
    check(f"cdnow 1997-07-01, {kind}: no purchase after that day is known", max(r["last_purchase"] for r in ours) <= "1997-07-01")


def fixed_periods():
    check_lists("fixed90", lambda name: mapping(name, where))


def periods_by_category():
    check_lists("category", lambda name: mapping(name, where, (FIXED, CATEGORY[name])))


def categories_without_a_ladder():
    """A category that stands on no ladder is looked up by its exact name."""
    if here("chinook"):
        conf = mapping("chinook", where, (FIXED, CATEGORY["chinook"]), (LADDER["chinook"], ""))
        same("without a ladder, categories are met by their exact names", full(late(conf, "2025-12-31")),
             their_full("chinook/expected-category-2025-12-31.csv"))
        conf = mapping("chinook", where, (FIXED, 'after = ( ("business", "60 days") );'), (LADDER["chinook"], ""))
        ours = {r["customer"] for r in late(conf, "2025-12-31")}
        theirs = {r["cust"] for r in expected("chinook/expected-state-2025-12-31.csv") if r["cat"] == "business" and r["lapsed_category"] == "1"}
        check("a category without a period is judged by nobody else's", ours == theirs, ours ^ theirs)
        others = listed("cannot-judge", conf, "2025-12-31")
        check("and is listed as what cannot be judged, with the reason", len(others) == 49 and {r["why"] for r in others} ==
              {"no period for its category (after)"}, (len(others), others[:1]))


def reviews():
    for day, days in (("2005-09-01", 5), ("2006-02-20", 14)):
        if not here("sakila"):
            return
        rule = f'{{ id = "review"; kind = "review"; every = "{days} days"; counts = ["visit"]; }}'
        conf = mapping("sakila", where, ('{ id = "lapse"; kind = "lapse"; after = "90 days"; again = "100 years"; min_purchases = 1; }', rule))
        ours = []
        for r in listed("due", conf, day):
            anchor, k = r["occasion"].split("+")
            since = (date.fromisoformat(day) - date.fromisoformat(anchor)).days
            if int(k) != since // days or (date.fromisoformat(r["due"]) - date.fromisoformat(anchor)).days != int(k) * days:
                check(f"sakila {day}: the occasion counts the periods passed", False, r)
            ours.append((r["customer"], anchor, str(since), r["salesperson"]))
        theirs = [(r["cust"], r["last_contact"], r["days_since"], r["rep"]) for r in expected(f"sakila/expected-review{days}-{day}.csv")]
        same(f"sakila {day}, review after {days} days: customer, last contact, days, salesperson", ours, theirs)


# ---- the rhythm rule, once more

def by_rhythm(real, day):
    """Customer -> (last day, days silent, threshold, money at risk a day) of those who are late on `day`."""
    late, risk = {}, real.at_risk(day)
    for c, typical in real.typical(day).items():
        last, threshold = real.days(c, day)[-1], math.ceil(2.5 * typical)
        if real.customers[c][2] and day - last >= threshold:
            late[c] = last, day - last, threshold, risk[c]
    return late


def check_rhythm(name, conf, real, day):
    theirs = by_rhythm(real, date.fromisoformat(day).toordinal())
    order = sorted(theirs, key=lambda c: (0, int(c), "") if name != "cdnow" else (1, 0, c))
    rows = late(conf, day)
    same(f"{name} {day}, 2.5 x rhythm: customer, last purchase, days silent, threshold",
         [(r["customer"], r["last_purchase"], r["days_silent"], r["threshold_days"]) for r in rows],
         [(c, str(date.fromordinal(theirs[c][0])), str(theirs[c][1]), str(theirs[c][2])) for c in order])
    off = [(r["customer"], r["at_risk_per_day"], theirs[r["customer"]][3]) for r in rows if r["customer"] in theirs
           and abs(float(r["at_risk_per_day"] or 0) - theirs[r["customer"]][3]) > 0.0151]
    check(f"{name} {day}: the money at risk is the average purchase by the typical gap", rows and not off if theirs else not rows, off[:5])
    return rows


def rhythm():
    for name, days in (("chinook", ("2021-09-01", "2022-11-15", "2023-06-30", "2024-02-29", "2025-12-31")),
                       ("sakila", ("2005-07-01", "2005-08-20", "2005-09-01", "2005-10-10", "2006-02-20")),
                       ("cdnow", ("1997-04-01", "1997-07-01", "1998-01-01", "1998-07-01"))):
        if not here(name):
            continue
        real = Real(name)
        conf = mapping(name, where, (FIXED, 'after = "2.5 x rhythm";'))
        for day in days:
            rows = check_rhythm(name, conf, real, day)
        check_formats(name, conf, days[-1], rows)


def check_formats(name, conf, day, rows):
    """The same list for programs and for people."""
    said = ctl(conf, "--at", day, "list", "late", "--format", "json")
    objects = json.loads(said.out)
    as_text = [{k: "" if v is None else f"{v:.2f}" if isinstance(v, float) else str(v) for k, v in o.items()} for o in objects]
    check(f"{name}: JSON is what CSV is", as_text == rows, (as_text[:2], rows[:2]))
    numbers = ("days_silent", "threshold_days", "at_risk_per_day")
    check(f"{name}: numbers are numbers in JSON, ids are text", all(isinstance(o[k], (int, float)) for o in objects for k in numbers)
          and all(isinstance(o["customer"], str) for o in objects))
    lines = ctl(conf, "--at", day, "list", "late").out.splitlines()
    check(f"{name}: the table says how many", lines[-1].startswith(f"{len(rows)} rows"), lines[-1])
    end = lines[0].index("at_risk_per_day") + len("at_risk_per_day")
    table = [(line.split()[0], float(line[:end].split()[-1])) for line in lines[1:-1]]
    check(f"{name}: the table has the same customers", sorted(c for c, _ in table) == sorted(r["customer"] for r in rows))
    check(f"{name}: the most money at risk is on top", all(a[1] >= b[1] for a, b in zip(table, table[1:])), table[:5])


def as_they_are():
    """The mappings themselves are right; `check` says so and finds what the lists say."""
    for name in DAYS:
        if here(name):
            conf = mapping(name, where)
            said = ctl(conf, "--at", DAYS[name][1], "check")
            due = len(late(conf, DAYS[name][1]))
            check(f"{name}: check finds the mapping right", said.code == 0 and f"{conf} is right" in said.out, said.all)
            check(f"{name}: check counts as list does", f"rule lapse (lapse): {due} due now, 0 cannot be judged" in said.out, said.out)


run(as_they_are, fixed_periods, periods_by_category, categories_without_a_ladder, reviews, rhythm)
