#!/usr/bin/python3
"""The first day at a company where 86 % of 23,570 customers are late at once, with the guards as they are by default: CDNOW on 1997-07-01.

Nobody gets a flood: one person hears of 5 a day, of those who crossed within the last 14 days, by money at risk; the rest is a ranked list.
Who is late, since when, and with how much money comes from real_data.py, not from followupd. The clock is moved by
libfaketime. A small company shows the weekly share of the old cases.
"""
import os
import re
import shutil
import sqlite3
import time
from datetime import date, timedelta

from followupd_test import FAKETIME, Clock, Company, Daemon, Sink, check, ctl, folder, mapping, run, shared, skip, wait, write_conf
from real_data import Real, text

DAY = date(1997, 7, 1)


def processor_time(pid):
    """Seconds that a process has worked so far."""
    fields = open(f"/proc/{pid}/stat", encoding="ascii").read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def told(sink):
    return [re.match(r"Customer (\d+):", str(m["mail"]["Subject"])).group(1) for m in sink.mails()]


def cdnow_on_its_first_day():
    if not shared("cdnow/cdnow.sqlite") or not FAKETIME.exists():
        return skip("CDNOW's first day", "../shared/data/cdnow or libfaketime is absent")
    where = folder()
    database, sink = where / "cdnow.db", Sink(where)
    shutil.copyfile(shared("cdnow/cdnow.sqlite"), database)
    conf = mapping("cdnow", where, ('guards = { stale_feed = false; mass_change = false; season = false; calm_start = "off"; };', ""), ('channels = [ "folder" ]', 'channels = [ "email" ]'),
                   (f'folder = {{ path = "{where}/cdnow.outbox";', f'email = {{ url = "smtp://127.0.0.1:{sink.port}";'), source=database)
    real, today = Real("cdnow"), DAY.toordinal()
    late, risk = real.silent(today, 90), real.at_risk(today)
    fresh = {c for c, crossed in late.items() if crossed >= today - 14}
    clock = Clock(where)
    clock.set(DAY, 10)
    faked = clock.environment
    daemon = Daemon(conf, **faked)
    ready = time.monotonic() - daemon.began
    wait(lambda: len(sink.mails()) >= 5, 60)
    first = time.monotonic() - daemon.began
    print(f"({len(late)} late, {len(fresh)} of them within 14 days; ready after {ready:.2f} s, 5 mails after {first:.1f} s)")
    check("it is ready before it has read anything: within a second", ready < 1, ready)
    check("23,570 customers are read, judged and the first told within 15 seconds", first < 15, first)
    time.sleep(1.5)
    check("no more than the cap of 5 left on this day", len(told(sink)) == 5, told(sink))
    check("each of them crossed within the last 14 days", set(told(sink)) <= fresh, [(c, text(late[c])) for c in told(sink)])
    check_ranks(told(sink), fresh, risk)
    check_lists(conf, faked, len(late), fresh, risk)
    worked = processor_time(daemon.pid)
    time.sleep(2)
    check("with 18,000 cases waiting it rests", processor_time(daemon.pid) - worked <= 0.02, processor_time(daemon.pid) - worked)
    check("it ends well", daemon.stop() == 0)
    on_the_following_days(conf, faked, clock, database, sink, fresh)


def check_ranks(customers, fresh, risk):
    """Four places by money at risk, the fifth to the oldest waiting."""
    by_rank = sorted(fresh, key=lambda c: -risk[c])[:5]
    others = [c for c in customers if risk[c] < risk[by_rank[3]]]
    check("four of five places go to those with the most money at risk, one to the oldest waiting", len(others) == 1, (customers, by_rank))


def check_lists(conf, faked, late, fresh, risk):
    said = ctl(conf, "status", **faked)
    check("status says that all others wait", said.code == 0 and f"{late - 5} waiting, 0 on their way, 5 told and open" in said.out, said.all)
    check("status says what the calm start holds, and how to let it go", f"calm start  {late - len(fresh)} of those waiting" in said.out
          and "followupctl release calm" in said.out, said.all)
    held = ctl(conf, "list", "held", "--format", "csv", **faked).rows()
    reasons = {}
    for r in held:
        reasons.setdefault(r["reason"], set()).add(r["customer"])
    check("list held has every one of them", len(held) == late - 5, len(held))
    check("and says why: an old case, or waiting for its turn", {k: len(v) for k, v in reasons.items()} ==
          {"calm start: an old case, told by rank": late - len(fresh), "waiting for its turn": len(fresh) - 5},
          {k: len(v) for k, v in reasons.items()})
    lines = ctl(conf, "list", "held", **faked).out.splitlines()[1:-1]
    ranks = [risk[line.split()[0]] for line in lines]
    check("for people it is ranked by money at risk", len(ranks) == len(held) and all(a > b - 0.0151 for a, b in zip(ranks, ranks[1:])),
          [(a, b) for a, b in zip(ranks, ranks[1:]) if a < b][:5])  # money in whole hundredths moves a rank by so much at most


def on_the_following_days(conf, faked, clock, database, sink, fresh):
    """Started again, it sends no sixth mail on the first day, and five on each of the next."""
    daemon = Daemon(conf, **faked)
    wait(lambda: ctl(conf, "status", **faked).out.count("read whole"), 20)
    time.sleep(4)
    check("started again on the same day, it sends nothing more", len(told(sink)) == 5, len(told(sink)))
    company = sqlite3.connect(database, isolation_level=None, timeout=10)
    company.execute("CREATE TABLE beat (at)")
    for n in range(1, 3):
        clock.set(DAY + timedelta(days=n), 10)
        company.execute("INSERT INTO beat VALUES (?)", (n,))
        wait(lambda: len(told(sink)) >= 5 + 5 * n, 20)
        time.sleep(1)
        check(f"{n} day{'s' * (n > 1)} later five more are told, of those who crossed lately", len(told(sink)) == 5 + 5 * n
              and len(set(told(sink))) == 5 + 5 * n, told(sink))
    check("it ends well again", daemon.stop() == 0)


def old_cases_have_a_share_of_the_week():
    """3 fresh and 20 old cases, 10 a day: the fresh ones and five old ones go out; the release lets two more go, up to the cap."""
    where = folder()
    company, sink = Company(where), Sink(where)
    for i in range(3):
        company.customer(i + 1, 95 + i, total=100)
    for i in range(20):
        company.customer(100 + i, 200 + 10 * i, total=5000 + i)
    conf = write_conf(company, sink, per_day=10, guards="stale_feed = false;")
    daemon = Daemon(conf)


    def numbers():  # in the order in which the messages were made; four couriers deliver side by side
        mails = sorted(sink.mails(), key=lambda m: int(re.match(r"<n(\d+)\.", m["id"]).group(1)))
        return [int(re.match(r"Customer (\d+):", str(m["mail"]["Subject"])).group(1)) for m in mails]

    wait(lambda: len(numbers()) >= 8, 10)
    time.sleep(1)
    check("the fresh cases go first though far more money is at risk with old ones", sorted(numbers()[:3]) == [1, 2, 3], numbers())
    check("then five old ones, by money at risk", sorted(numbers()[3:]) == [115, 116, 117, 118, 119], numbers())
    said = ctl(conf, "status")
    check("status counts the old cases that wait", "calm start  15 of those waiting" in said.out and said.code == 0, said.all)
    said = ctl(conf, "release", "calm", "no-such-rule")
    check("releasing a rule that does not exist is refused", said.code == 2 and 'there is no rule "no-such-rule"' in said.err, said.all)
    check("release calm says what happens", ctl(conf, "release", "calm", "lapse").out == "old cases are told in their turn now, within the caps\n")
    wait(lambda: len(numbers()) >= 10, 5)
    time.sleep(0.5)
    check("once released, they leave at once, up to the daily cap: one by rank, the fifth place to the oldest", sorted(numbers()[8:]) == [100, 114], numbers())
    check("it ends well", daemon.stop() == 0)


run(cdnow_on_its_first_day, old_cases_have_a_share_of_the_week)
