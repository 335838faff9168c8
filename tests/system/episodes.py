#!/usr/bin/python3
"""Five years of Chinook, day by day: the real daemon, its clock moved by libfaketime, real mails to a server on loopback.

Each day at 23:30 company time (UTC) the company's program writes a row, which wakes the daemon; purchases of later days lie in the future. What
arrives in the end is expected-episodes-fixed90.csv: every episode told once, on its day, to the customer's salesperson, and nothing else.
"""
import csv
import re
import time
from collections import Counter
from datetime import date, timedelta

from followupd_test import FAKETIME, SHARED, check, ctl, run, shared, skip
from real_data import Days

FIRST, LAST = date(2021, 1, 1), date(2025, 12, 31)
RESTARTS = 100  # days


def expected(name):
    with open(SHARED / "chinook" / name, encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def closed(years, customers):
    marks = ",".join("?" * len(customers))
    return not years.store.execute(f"SELECT 1 FROM episode WHERE state IN ('due', 'held', 'told', 'snoozed') AND customer IN ({marks})",
                                   customers).fetchone()


def run_years(years, episodes):
    """Live through all days; returns the days on which something was missing."""
    lapses = Counter(e["lapse_day"] for e in episodes)
    returns = {}
    for e in episodes:
        returns.setdefault(e["return_day"], []).append(e["cust"])
    day, told, wrong = FIRST, 0, []
    while day <= LAST and len(wrong) < 5:
        today = str(day)
        told += lapses[today]
        back = returns.get(today, [])
        why = years.live(day, told if lapses[today] else 0, lambda: closed(years, back))
        if why:
            wrong.append(f"{today}: {why}")
        if (day - FIRST).days % RESTARTS == RESTARTS - 1:
            if years.daemon.stop() != 0:
                wrong.append(f"{today}: it did not end well")
            years.start()
        day += timedelta(days=1)
    return wrong


def five_years_of_chinook():
    if not shared("chinook/expected.sql"):
        return skip("five years of Chinook, day by day", f"{SHARED / 'chinook'} is absent")
    if not FAKETIME.exists():
        return skip("five years of Chinook, day by day", f"{FAKETIME} is absent (package libfaketime)")
    episodes = expected("expected-episodes-fixed90.csv")
    address = {r["cust"]: r["rep_email"] for r in expected("expected-assignment.csv")}
    years = Days("chinook", FIRST, ('unassigned = "1";', 'unassigned = "1"; per_day = 0;'))
    began = time.monotonic()
    wrong = run_years(years, episodes)
    took = time.monotonic() - began
    check(f"each of {(LAST - FIRST).days + 1} days ended with all of its work done", not wrong, wrong)
    ours = years.arrived()
    theirs = Counter((e["cust"], e["lapse_day"], address[e["cust"]]) for e in episodes)
    check(f"{len(episodes)} episodes are told on their day, each to the customer's salesperson", not theirs - ours, list((theirs - ours))[:5])
    check("nothing else was ever sent, and nothing twice", not ours - theirs, list((ours - theirs))[:5])
    ids = [m["id"] for m in years.sink.mails()]
    check("each mail has a Message-ID of its own", len(set(ids)) == len(episodes) and None not in ids)
    check_history(years, episodes)
    said = ctl(years.conf, "list", "queue", "--format", "csv")
    check("nothing is left in the queue", said.code == 0 and said.rows() == [], said.all)
    check("no line of the log warns of anything", not re.search("^<[0-4]>", years.daemon.file.read_text(), re.M))
    check("it ends well", years.daemon.stop() == 0)
    print(f"({took:.1f} s)")


def check_history(years, episodes):
    """history tells the same story: one line for each episode, and one for each customer who came back within the month."""
    lines = Counter((r["customer"], r["when"][:10], r["what"]) for r in ctl(years.conf, "history", "--format", "csv").rows())
    due = Counter({k: n for k, n in lines.items() if " due since " in k[2]})
    theirs = Counter((e["cust"], e["lapse_day"], f"lapse due since {e['lapse_day']}: day 90, limit 90") for e in episodes)
    check("history has one line for each episode, on its day, with its numbers", due == theirs, list((due - theirs) + (theirs - due))[:5])
    won = Counter({k: n for k, n in lines.items() if " won: " in k[2]})
    soon = [e for e in episodes if e["return_day"] and (date.fromisoformat(e["return_day"]) - date.fromisoformat(e["lapse_day"])).days < 30]
    theirs = Counter((e["cust"], e["return_day"], f"lapse won: bought on {e['return_day']}") for e in soon)
    check(f"{len(soon)} customers came back within 30 days: their episodes were won on that day", won == theirs,
          list((won - theirs) + (theirs - won))[:5])
    rest = sum(n for k, n in lines.items() if k[2] == "lapse unanswered")
    old = [e for e in episodes if e not in soon and date.fromisoformat(e["lapse_day"]) <= LAST - timedelta(days=30)]
    check(f"the other {len(old)} were given up after 30 days", rest == len(old), rest)


run(five_years_of_chinook)
