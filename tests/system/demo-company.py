#!/usr/bin/python3
"""The made-up company is what its summary says: held against the rows alone, by the rule of DESIGN.md section 6 written down again."""
import math
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path

MAKE = Path(__file__).resolve().parents[2] / "scripts/demo-company"
count = {True: 0, False: 0}


def check(promise, holds, seen=""):
    count[bool(holds)] += 1
    print(f"ok - {promise}" if holds else f"FAILED - {promise}: {seen}")


def make(folder, name, *options):
    summary = subprocess.run([MAKE, f"{folder}/{name}", *options], capture_output=True, text=True, check=True).stdout
    return summary, sqlite3.connect(f"{folder}/{name}")


def late_since(db, today):
    """Customer -> days since they crossed 2.5 x their rhythm (never under 14 days of silence)."""
    days, rhythm, paces = defaultdict(list), {}, defaultdict(list)
    for client, segment, day in db.execute("SELECT client_id, segment, invoiced FROM invoice JOIN client ON client.id = client_id "
                                           "WHERE state <> 'void' AND total > 0 ORDER BY client_id, invoiced"):
        days[client, segment].append(date.fromisoformat(day))
    for (client, segment), all_days in days.items():
        firsts = all_days[:1]
        for day in all_days:
            if (day - firsts[-1]).days >= 3:
                firsts.append(day)
        gaps = [math.log((b - a).days) for a, b in zip(firsts, firsts[1:])]
        rhythm[client] = segment, gaps, all_days[-1]
        if len(gaps) >= 2:
            paces[segment].append(sum(gaps) / len(gaps))
    late = {}
    for client, (segment, gaps, last) in rhythm.items():
        pace = sum(paces[segment]) / len(paces[segment])
        typical = math.exp((sum(gaps) + 3 * pace) / (len(gaps) + 3))
        over = (today - last).days - max(14, math.ceil(2.5 * typical))
        if gaps and over >= 0:
            late[client] = over
    return late


with tempfile.TemporaryDirectory(prefix="followupd-company-") as folder:
    today = date(2026, 11, 22)
    summary, db = make(folder, "a.db", "--seed", "7", "--today", str(today))
    dump = list(db.iterdump())
    check("the same seed and day give the same rows", dump == list(make(folder, "b.db", "--seed", "7", "--today", str(today))[1].iterdump()))
    other = make(folder, "c.db", "--seed", "8", "--today", str(today))[1]
    check("another seed gives others", dump != list(other.iterdump()))
    for seed, company in (("7", db), ("8", other), ("9", make(folder, "d.db", "--seed", "9", "--today", "2026-11-22")[1])):
        late = late_since(company, today)
        fresh = [client for client, over in late.items() if over < 14]
        check(f"a fifth is silent, ten since two weeks (seed {seed})", 55 <= len(late) <= 65 and len(fresh) == 10, f"{len(late)}, {fresh}")
    late = late_since(db, today)
    check("the summary says so", f"{len(late)} customers silent too long, 10 of them since 2026-11-09" in summary, summary)
    owners = {row[0] for row in db.execute(f"SELECT seller_id FROM client WHERE id IN ({','.join(str(c) for c in late if late[c] < 14)})")}
    check("each salesperson has one of the ten", len(owners) == 6, owners)
    values = {row[0] for row in db.execute("SELECT email FROM client UNION SELECT email FROM seller")}
    check("mail goes nowhere: all addresses end in .example", all(v.endswith(".example") and v.isascii() for v in values))
    check("nothing is dated after the day asked for", db.execute("SELECT max(invoiced) <= '2026-11-22' FROM invoice").fetchone()[0]
          and db.execute("SELECT max(at) < '2026-11-23' FROM activity").fetchone()[0])
    for query in ("SELECT client_id, invoiced, total, what FROM invoice WHERE state <> 'void' AND client_id = 1010 ORDER BY invoiced",
                  "SELECT client_id, at, kind, note FROM activity WHERE client_id = 1010 ORDER BY at"):
        plan = " ".join(row[3] for row in db.execute("EXPLAIN QUERY PLAN " + query))
        check("one customer's rows are found by index, in order: " + query.split(" FROM ")[1].split()[0],
              "SEARCH" in plan and "TEMP B-TREE" not in plan, plan)

print(f"{count[True]} passed, {count[False]} failed")
sys.exit(1 if count[False] else 0)
