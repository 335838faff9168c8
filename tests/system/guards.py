#!/usr/bin/python3
"""The guards of DESIGN.md section 6 as they are by default, on real databases, with the real daemon: whom they hold, whom they let go, what
they say, and how they are released.

Every expectation comes from real_data.py, which reads the same tables in plain Python. The clock is moved by libfaketime; each day ends at 23:30
company time (UTC). One person a customer is called by: Chinook's salespeople are 3, 4 and 5, Sakila's two managers 1 and 2.
"""
import re
import time
from collections import Counter
from datetime import date, timedelta

from followupd_test import FAKETIME, check, run, shared, skip, wait
from real_data import Days, Real, differ, text

DEFAULT = ('guards = { stale_feed = false; mass_change = false; season = false; calm_start = "off"; };', "")
ADDRESS = {"3": "jane@chinookcorp.com", "4": "margaret@chinookcorp.com", "5": "steve@chinookcorp.com",
           "1": "Mike.Hillyer@sakilastaff.com", "2": "Jon.Stephens@sakilastaff.com"}
CAP, SHARE = 5, 5  # follow-ups a person and day; old cases a person and week


def here(name, promise):
    if not shared(f"{name}/expected.sql") or not FAKETIME.exists():
        skip(promise, f"../shared/data/{name} or {FAKETIME} (package libfaketime) is absent")
        return False
    return True


def ordinal(day):
    return date.fromisoformat(day).toordinal()


def to_people(days):
    """What arrived, without the mails to the admin."""
    return Counter({k: n for k, n in days.arrived().items() if not k[2].startswith("admin@")})


def alerts(days, words):
    """The days of the admin's mails that say these words."""
    return sorted(str(m["mail"]["Date"].datetime.date()) for m in days.sink.mails() if "admin@" in m["to"][0]
                  and re.search(words, " ".join(m["text"].split())))


def in_words(day):
    return f"{date.fromordinal(day):%-d %B %Y}"


def quiet(days, seconds=0.7):
    """What should not have been sent would have been by now."""
    wait(lambda: False, seconds)
    return days.settled()


# ---- calm start, with the season guard beside it

class Desk:
    """Whom one salesperson is told of, day by day: by money at risk, every fifth place to the oldest, old cases last and five a week."""

    def __init__(self):
        self.week, self.old_this_week = None, 0

    def day(self, day, fresh, old, risk):
        week = (day - 1) // 7
        if week != self.week:
            self.week, self.old_this_week = week, 0
        by_rank = sorted(fresh, key=lambda c: -risk[c])
        oldest = sorted(fresh, key=lambda c: fresh[c])
        chosen = []
        while len(chosen) < CAP and set(fresh) - set(chosen):
            rows = oldest if len(chosen) == CAP - 1 else by_rank
            chosen.append(next(c for c in rows if c not in chosen))
        for c in sorted(old, key=lambda c: -risk[c]):
            if len(chosen) < CAP and self.old_this_week < SHARE:
                chosen.append(c)
                self.old_this_week += 1
        return chosen


def expected_start(real, first, n_days):
    """(customer, day, address) of each telling, and who waits for its season on each day, if a daemon meets the company on `first`."""
    told, met, wanted, seasons, desks = {}, {}, Counter(), {}, {o: Desk() for o in "345"}
    for day in range(first, first + n_days):
        late, risk = real.silent(day, 90), real.at_risk(day)
        seasons[day] = {c: s for c, due in late.items() if (s := real.season(c, due, 90, day)) and s[2] > day and told.get(c) != due}
        for c, due in late.items():
            met.setdefault((c, due), day)
        waits = {c: due for c, due in late.items() if told.get(c) != due and c not in seasons[day]}
        for owner, desk in desks.items():
            mine = {c: due for c, due in waits.items() if real.customers[c][1] == owner}
            fresh = {c: due for c, due in mine.items() if due >= met[c, due] - 14}
            for c in desk.day(day, fresh, {c: due for c, due in mine.items() if c not in fresh}, risk):
                told[c] = late[c]
                wanted[c, text(day), ADDRESS[owner]] += 1
    return wanted, seasons


def calm_start():
    """The first two weeks at Chinook, where 40 of 59 customers are late on the first day."""
    if not here("chinook", "calm start on real data"):
        return
    first, n = ordinal("2023-06-30"), 15
    real = Real("chinook")
    wanted, seasons = expected_start(real, first, n)
    by_day = Counter(day for _, day, _ in wanted.elements())
    late = real.silent(first, 90)
    fresh = {c for c, due in late.items() if due >= first - 14}
    print(f"({len(late)} late on the first day, {len(fresh)} of them within 14 days, {len(seasons[first])} in their season)")
    days = Days("chinook", date.fromordinal(first), DEFAULT)
    wrong, mails = [], 0
    for day in range(first, first + n):
        mails += by_day[text(day)]
        wrong.append(days.live(date.fromordinal(day), mails))
        if day == first:
            check_first_day(days, late, fresh, seasons[first], by_day[text(day)])
    quiet(days)
    check("each of the days ended with its work done", not any(wrong), wrong)
    check(f"{n} days: nobody but those whose turn it is, each on its day, five a day and five old ones a week", to_people(days) == wanted,
          differ(wanted, to_people(days)))
    old = wait(lambda: days.ctl("release", "calm"))
    check("release calm says what it does", old.code == 0 and old.out == "old cases are told in their turn now, within the caps\n", old.all)
    check("and five more leave for each person at once", wait(lambda: sum(to_people(days).values()) == sum(wanted.values()) + 3 * CAP, 5)
          or sum(to_people(days).values()), to_people(days) - wanted)
    check("it ends well", days.daemon.stop() == 0)


def check_first_day(days, late, fresh, season, told):
    held = {r["customer"]: r["reason"] for r in days.ctl("list", "held", "--format", "csv").rows()}
    said = days.ctl("status")
    old = len(late) - len(fresh)
    check("list held has all the others, and says why", len(held) == len(late) - told and set(held) <= set(late)
          and {c for c, why in held.items() if why.startswith("season: ")} == set(season), held)
    waiting_old = sum(1 for c in held if c not in fresh)
    check("status says what the calm start holds, and how to let it go", f"calm start  {waiting_old} of those waiting" in said.out
          and waiting_old < old and "followupctl release calm" in said.out, said.all)


# ---- season

def season():
    """Ten months of Chinook with no cap: who paused over the threshold a year ago waits until that pause and 14 days have passed."""
    if not here("chinook", "the season guard on real data"):
        return
    first, n = ordinal("2024-03-05"), 300
    real = Real("chinook")
    wanted, waited, told, reasons = Counter(), set(), {}, {}
    for day in range(first, first + n):
        for c, due in real.silent(day, 90).items():
            pause = real.season(c, due, 90, day)
            if pause and pause[2] > day:
                waited.add((c, due))
                if day == first:
                    reasons[c] = f"season: it paused from {text(pause[0])} to {text(pause[1])} too; told from {text(pause[2])}"
            elif told.get(c) != due:
                told[c] = due
                wanted[c, text(day), ADDRESS[real.customers[c][1]]] += 1
    later = {c for c, due in waited if told.get(c) == due}
    by_day = Counter(day for _, day, _ in wanted.elements())
    print(f"({sum(wanted.values())} tellings; {len(waited)} pauses of a season, {len(later)} of them told when it was over)")
    days = Days("chinook", date.fromordinal(first), (DEFAULT[0], 'guards = { calm_start = "off"; };'),
                ('unassigned = "1";', 'unassigned = "1"; per_day = 0;'))
    wrong, mails = [], 0
    for day in range(first, first + n):
        mails += by_day[text(day)]
        wrong.append(days.live(date.fromordinal(day), mails if by_day[text(day)] else 0))
        if day == first:
            held = {r["customer"]: r["reason"] for r in days.ctl("list", "held", "--format", "csv").rows()}
            check("list held has those who wait for their season, with last year's days and until when", held == reasons, (held, reasons))
            said = days.ctl("status")
            check("status counts them", f"season      {len(reasons)} of those waiting paused at this time of last year too" in said.out, said.all)
            c = min(reasons)
            check("explain says it too", reasons[c] in days.ctl("explain", c).out, days.ctl("explain", c).all)
    quiet(days)
    check("the data has pauses that were told later, and some that never had to be", later and len(waited) > len(later), (waited, later))
    check(f"{n} days: everybody is told on the day computed, and nobody else", to_people(days) == wanted, differ(wanted, to_people(days)))
    check("each of the days ended with its work done", not any(wrong), [w for w in wrong if w][:5])
    check("no other guard held anything", not alerts(days, "."), alerts(days, "."))
    check("it ends well", days.daemon.stop() == 0)


# ---- stale feed

def stale_feed():
    """Chinook's orders end on 2025-12-22. The daemon meets it on the last day on which that is usual."""
    if not here("chinook", "the stale feed on real data"):
        return
    real = Real("chinook")
    ends = real.feed_ends(ordinal("2026-01-10"))
    late = real.silent(ends - 1, 90)
    days = Days("chinook", date.fromordinal(ends - 1), (DEFAULT[0], 'guards = { calm_start = "off"; season = false; };'))
    wrong = [days.live(date.fromordinal(ends - 1), 3 * CAP)]
    owners = Counter(ADDRESS[real.customers[c][1]] for c in late)
    told = Counter(address for _, _, address in to_people(days).elements())
    check(f"on {text(ends - 1)} the database is not still for too long: five each are told", told == {a: CAP for a in owners}, told)
    for day in (ends, ends + 1):
        wrong.append(days.live(date.fromordinal(day), 3 * CAP + 1 + day - ends))
    newest = max(d for c in real.customers for d in real.days(c, ends))
    words = f"newest purchase in it is of {in_words(newest)}, {ends - newest} days ago; at most {ends - 1 - newest} are usual"
    check("a day later nobody is told, though others wait", quiet(days) and len(late) > 3 * CAP and sum(to_people(days).values()) == 3 * CAP,
          to_people(days))
    check("the admin is told why, once a day, and what to do", alerts(days, "seems to have stopped.*followupctl release feed")
          == [text(ends), text(ends + 1)] and alerts(days, words) == [text(ends)], days.arrived())
    said = days.ctl("status")
    check("status says so, and its exit code", said.code == 2 and "no purchase in the whole database since" in said.out, said.all)
    said = days.ctl("release", "feed")
    check("release feed says what it does", said.code == 0 and said.out == "judging goes on today although no purchase came in\n", said.all)
    check("at once the next five each are told", wait(lambda: sum(to_people(days).values()) == 6 * CAP, 5), to_people(days))
    check("status says no more that it stopped", "no purchase in the whole database" not in re.sub("alert .*", "", days.ctl("status").out),
          days.ctl("status").out)
    wrong.append(days.live(date.fromordinal(ends + 2), 6 * CAP + 3))
    check("that was for the day: on the next it holds again", quiet(days) and sum(to_people(days).values()) == 6 * CAP
          and len(alerts(days, "seems to have stopped")) == 3, to_people(days))
    days.company.execute("INSERT INTO Invoice (InvoiceId, CustomerId, InvoiceDate, Total) VALUES (9001, 1, ?, 5)", (text(ends + 2) + " 00:00:00",))
    check("once purchases come in again it goes on by itself", wait(lambda: sum(to_people(days).values()) > 6 * CAP, 5)
          and "no purchase" not in re.sub("alert .*", "", days.ctl("status").out), to_people(days))
    check("nobody was told twice", max(Counter(c for c, _, _ in to_people(days).elements()).values()) == 1, to_people(days))
    check("each of the days ended with its work done", not any(wrong), wrong)
    check("it ends well", days.daemon.stop() == 0)


# ---- mass change

LOST = "rental_date > '2005-06-03' AND rental_date < '2005-09-01' AND customer_id % 2"


def lose_half(name):
    """Sakila after ten quiet days: half of the customers lose what they rented in the summer, as in a restore that went wrong."""
    first = ordinal("2005-08-24")
    days = Days("sakila", date.fromordinal(first), DEFAULT)
    wrong = [days.live(date.fromordinal(day)) for day in range(first, first + 10)]
    check(f"{name}: ten days with nothing to tell", not any(wrong) and quiet(days, 0.2) and not days.arrived(), (wrong, days.arrived()))
    loss = first + 10
    days.company.execute(f"CREATE TABLE lost AS SELECT * FROM rental WHERE {LOST}")
    days.company.execute(f"DELETE FROM rental WHERE {LOST}")
    real = Real("sakila", days.path)
    return days, real, loss, real.silent(loss, 90)


def mass_change():
    if not here("sakila", "a mass change on real data"):
        return
    days, real, loss, late = lose_half("mass change")
    n = len(late)
    active = sum(1 for c, (_, _, active) in real.customers.items() if active and real.days(c, loss))
    print(f"({n} of {active} customers seem late at once)")
    wrong = [days.live(date.fromordinal(loss), 1)]
    words = f"Rule lapse suddenly has far more new cases.*{n} new cases on {in_words(loss)}, at most 10 are usual; it has {active} customers"
    check("the admin is told of it with its numbers, and what to do", alerts(days, words + ".*followupctl release mass-change lapse")
          == [text(loss)], [m["text"] for m in days.sink.mails()])
    check("nobody else is told", quiet(days) and not to_people(days), to_people(days))
    said = days.ctl("status")
    check("status says what is held and how to let it go", said.code and f"mass change {n} of those waiting are held because rule lapse" in said.out
          and "followupctl release mass-change lapse" in said.out, said.all)
    held = {r["customer"] for r in days.ctl("list", "held", "--format", "csv").rows()}
    check("list held has each of them", held == set(late), (len(held), len(late)))
    wrong.append(days.live(date.fromordinal(loss + 1), 2))
    check("the next day the admin is told again, and nobody else", quiet(days) and alerts(days, f"Rule lapse is still held back: {n} cases wait") == [text(loss + 1)]
          and not to_people(days), days.arrived())
    days.daemon.kill()
    days.start()
    wrong.append(days.live(date.fromordinal(loss + 2), 3))
    check("killed and started again it still holds", quiet(days) and not to_people(days), to_people(days))
    said = days.ctl("release", "mass-change", "lapse")
    check("release mass-change says what it does", said.code == 0 and said.out == "the new cases are told in their turn now, within the caps\n", said.all)
    check("at once five each are told, of those who are late", wait(lambda: sum(to_people(days).values()) == 2 * CAP, 5)
          and {c for c, _, _ in to_people(days)} <= set(late), to_people(days))
    check("to whom they belong", all(address == ADDRESS[real.customers[c][1]] for c, _, address in to_people(days)), to_people(days))
    said = days.ctl("status")
    check("status holds nothing for it any more", "mass change" not in re.sub("alert .*", "", said.out), said.all)
    wrong.append(days.live(date.fromordinal(loss + 3), 3 + 4 * CAP))
    check("the next day five more, and no new alarm", quiet(days) and sum(to_people(days).values()) == 4 * CAP
          and len(alerts(days, "Rule lapse")) == 3, days.arrived())
    check("each of the days ended with its work done", not any(wrong), wrong)
    check("it ends well", days.daemon.stop() == 0)


def mass_change_mended():
    """The lost half comes back the next morning: nobody was accused, and nothing needs a release."""
    if not here("sakila", "a mass change that is mended, on real data"):
        return
    days, _, loss, late = lose_half("mended")
    wrong = [days.live(date.fromordinal(loss), 1)]
    days.company.execute("INSERT INTO rental SELECT * FROM lost")
    wrong.append(days.live(date.fromordinal(loss + 1), 0, lambda: not days.store.execute("SELECT 1 FROM episode WHERE state = 'held'").fetchone()))
    check("what came back closes its cases", not any(wrong) and not days.ctl("list", "held", "--format", "csv").rows(), wrong)
    closed = [r for r in days.ctl("history", "--format", "csv").rows() if " withdrawn: " in r["what"]]
    check("history says of each that it bought", {r["customer"] for r in closed} == set(late) and all("bought on 2005-" in r["what"] for r in closed),
          closed[:3])
    days.live(date.fromordinal(loss + 2))
    said = days.ctl("status")
    check("the hold has ended by itself", "mass change" not in re.sub("alert .*", "", said.out), said.all)
    check("nobody was told anything", quiet(days) and not to_people(days), to_people(days))
    check("it ends well", days.daemon.stop() == 0)


# ---- gone customers

def gone_customers():
    """Three customers disappear from Chinook: one who was told of, one who waits, and one who comes back within the day."""
    if not here("chinook", "gone customers on real data"):
        return
    first = ordinal("2023-06-30")
    real = Real("chinook")
    wanted, seasons = expected_start(real, first, 1)
    days = Days("chinook", date.fromordinal(first), DEFAULT)
    wrong = [days.live(date.fromordinal(first), sum(wanted.values()))]
    told = {c for c, _, _ in wanted}
    waits = sorted(set(real.silent(first, 90)) - told - set(seasons[first]))
    gone, lost, back = min(told), waits[0], waits[1]
    three = ",".join((gone, lost, back))
    days.company.execute(f"CREATE TABLE away AS SELECT * FROM Customer WHERE CustomerId IN ({three})")
    days.company.execute(f"DELETE FROM Customer WHERE CustomerId IN ({three})")
    reason = lambda: {r["customer"]: r["reason"] for r in days.ctl("list", "held", "--format", "csv").rows() if r["reason"].startswith("missing")}
    check("missing from one pass: who waited is held, and says so", wait(lambda: len(reason()) == 2, 5)
          and reason() == {lost: "missing from the database", back: "missing from the database"}, reason())
    lines = {r["customer"] for r in days.ctl("history", "--format", "csv").rows() if r["what"] == "lapse held: missing from the database"}
    check("history says it of all three", lines == {gone, lost, back}, lines)
    said = days.ctl("status")
    check("status counts those who wait", "gone        2 of those waiting are of customers missing from the database" in said.out, said.all)
    days.company.execute("INSERT INTO Customer SELECT * FROM away WHERE CustomerId = ?", (back,))
    check("who comes back goes on", wait(lambda: set(reason()) == {lost}, 5), reason())
    ended = lambda: {r["customer"]: r["what"] for r in days.ctl("history", "--format", "csv").rows() if "withdrawn" in r["what"]}
    days.clock.forward(23 * 3600)
    days.company.execute("UPDATE beat SET at = 1")
    check("23 hours later nobody is withdrawn yet", quiet(days) and not ended(), ended())
    days.clock.forward(3700)
    days.company.execute("UPDATE beat SET at = 2")
    check("from two passes a day apart: withdrawn, with the reason", wait(lambda: len(ended()) == 2, 5)
          and ended() == {c: "lapse withdrawn: gone from the database" for c in (gone, lost)}, ended())
    check("who came back still waits, as the same case", any(r["customer"] == back for r in days.ctl("list", "held", "--format", "csv").rows())
          and sum(1 for r in days.ctl("history", back, "--format", "csv").rows() if " due since " in r["what"]) == 1)
    check("status says no more of them", "gone  " not in days.ctl("status").out, days.ctl("status").out)
    check("nobody was told of whom the database did not have", quiet(days) and lost not in {c for c, _, _ in to_people(days)}, to_people(days))
    check("it ends well", days.daemon.stop() == 0 and not any(wrong), wrong)


run(calm_start, season, stale_feed, mass_change, mass_change_mended, gone_customers)
