"""The real databases of ../shared/data as plain Python reads them, and the rules of DESIGN.md section 6 written down a second time: what
the tests hold followupd's answers against. No code of followupd is involved. Days are ordinals, amounts cents. Last, a real database lived
through day by day by the real daemon."""
import math
import shutil
import sqlite3
from collections import Counter, defaultdict
from datetime import date

from followupd_test import SHARED, Clock, Daemon, Sink, ctl, folder, mapping, wait

TABLES = {  # customers: id, category as of the day, salesperson, active; purchases: customer, day, cents
    "chinook": ("SELECT CustomerId, CASE WHEN Company IS NOT NULL THEN 'business' ELSE 'consumer' END, SupportRepId, 1 FROM Customer",
                "SELECT CustomerId, substr(InvoiceDate, 1, 10), CAST(round(Total * 100) AS INTEGER) FROM Invoice"),
    "cdnow": ("SELECT DISTINCT customer_id, NULL, 2, 1 FROM cdnow",
              "SELECT customer_id, substr(date, 1, 4) || '-' || substr(date, 5, 2) || '-' || substr(date, 7, 2), "
              "CASE WHEN dollar_value <> 0 THEN CAST(round(dollar_value * 100) AS INTEGER) END FROM cdnow"),
    "sakila": ("SELECT customer_id, 'store' || store_id, (SELECT manager_staff_id FROM store s WHERE s.store_id = customer.store_id), active = '1' "
               "FROM customer", "SELECT customer_id, substr(rental_date, 1, 10), NULL FROM rental"),
}


class Real:
    """customers: id -> (category, salesperson, active); bought: id -> [(day, cents)] in order."""

    def __init__(self, name, path=None):
        path = path or next(SHARED.joinpath(name).glob("*.sqlite"))
        db = sqlite3.connect(f"file:{path}?mode=ro" if path.is_relative_to("/tmp") else f"file:{path}?immutable=1", uri=True)
        self.customers = {str(c): (category, str(owner), active) for c, category, owner, active in db.execute(TABLES[name][0])}
        self.bought = defaultdict(list)
        for c, day, cents in db.execute(TABLES[name][1]):
            self.bought[str(c)].append((date.fromisoformat(day).toordinal(), cents))
        for rows in self.bought.values():
            rows.sort(key=lambda row: row[0])
        db.close()

    def days(self, customer, until):
        """The days on which it had bought by then."""
        return [d for d, _ in self.bought.get(customer, ()) if d <= until]

    def category(self, customer, day):
        fixed, n = self.customers[customer][0], len(set(self.days(customer, day)))
        return fixed if fixed is not None else "once" if n == 1 else "repeat" if n <= 5 else "loyal"

    def typical(self, day):
        """Customer -> its usual gap on that day, of those that have one: the mean of its own gaps' logarithms, shrunk with the weight of 3
        towards its category's as it was before that day."""
        means = defaultdict(list)
        for c in self.customers:
            starts = firsts(self.days(c, day - 1))
            if len(starts) >= 3:
                means[self.category(c, day)].append(sum(math.log(b - a) for a, b in zip(starts, starts[1:])) / (len(starts) - 1))
        m = {k: sum(values) / len(values) for k, values in means.items()}
        found = {}
        for c in self.customers:
            starts, k = firsts(self.days(c, day)), self.category(c, day)
            logs = [math.log(b - a) for a, b in zip(starts, starts[1:])]
            weight = 3 if k in m else 0  # where the category has taught nothing, own gaps stand alone
            if starts and (logs or weight):
                found[c] = math.exp((sum(logs) + weight * m.get(k, 0)) / (len(logs) + weight))
        return found

    def at_risk(self, day):
        """Customer -> money at risk a day: the average purchase by the usual gap; without amounts 1 by it; 0 where no gap is usual."""
        risk = defaultdict(float)
        for c, typical in self.typical(day).items():
            cents = [x for d, x in self.bought[c] if d <= day and x is not None]
            risk[c] = (sum(cents) / 100 / len(firsts(self.days(c, day))) if cents else 1) / typical
        return risk

    def silent(self, day, threshold):
        """Customer -> the day on which a fixed threshold was reached, of the active ones that have bought and are late on `day`."""
        return {c: days[-1] + threshold for c, (_, _, active) in self.customers.items()
                if active and (days := self.days(c, day)) and days[-1] + threshold <= day}

    def feed_ends(self, day):
        """The first day on which the whole database has been still for suspiciously long, as seen from `day`."""
        days = sorted({d for c in self.customers for d in self.days(c, day)})
        gaps = [b - a for a, b in zip(days, days[1:]) if b > days[-1] - 365]
        return days[-1] + max(2, min(30, 3 * max(gaps))) + 1  # the mappings' companies work every day

    def season(self, customer, due, threshold, day):
        """(last day before, first day after) the pause a year before `due` if that was over the threshold itself, and from when this year's
        silence is told; else None."""
        ago = years_later(due, -1)
        before, after = [d for d in self.days(customer, day) if d <= ago], [d for d in self.days(customer, day) if d > ago]
        if not before or not after or not threshold < after[0] - before[-1] <= 548:
            return None
        return before[-1], after[0], years_later(after[0], 1) + 14


def firsts(days):
    """The first day of each occasion: a purchase fewer than 3 days after it belongs to it."""
    found = []
    for day in days:
        if not found or day - found[-1] >= 3:
            found.append(day)
    return found


def years_later(day, years):
    d = date.fromordinal(day)
    return d.replace(year=d.year + years, day=28 if (d.month, d.day) == (2, 29) else d.day).toordinal()


def text(day):
    return str(date.fromordinal(day))


class Days:
    """A copy of a real database, the real daemon at it, and a mail server; live() takes all three through one day after the other."""

    def __init__(self, name, first, *changes):
        self.where = where = folder()
        self.path = where / f"{name}.db"
        shutil.copyfile(next(SHARED.joinpath(name).glob("*.sqlite")), self.path)
        self.path.chmod(0o600)
        self.company = sqlite3.connect(self.path, isolation_level=None, timeout=10)
        self.company.executescript("PRAGMA journal_mode = wal; PRAGMA synchronous = off; CREATE TABLE beat (at); INSERT INTO beat VALUES (0)")
        self.sink = Sink(where)
        self.conf = mapping(name, where, ('channels = [ "folder" ]', 'channels = [ "email" ]'),
                            (f'folder = {{ path = "{where}/{name}.outbox";', f'email = {{ url = "smtp://127.0.0.1:{self.sink.port}";'), *changes,
                            source=self.path)
        names = self.company.execute({"chinook": "SELECT CustomerId, FirstName || ' ' || LastName FROM Customer",
                                      "sakila": "SELECT customer_id, first_name || ' ' || last_name FROM customer"}[name])
        self.names = {shown: str(c) for c, shown in names}
        self.clock = Clock(where)
        self.clock.set(first, 23.5)
        self.start()
        self.store = sqlite3.connect(f"file:{where}/{name}.store?mode=ro", uri=True, isolation_level=None, timeout=10)

    def start(self):
        self.daemon = Daemon(self.conf, **self.clock.environment)

    def ctl(self, *arguments):
        return ctl(self.conf, *arguments, **self.clock.environment)

    def passed(self, day):
        row = self.store.execute("SELECT value FROM meta WHERE key = 'last pass'").fetchone()
        return row and row[0] // 86400000 == (day - date(1970, 1, 1)).days

    def settled(self):
        return not self.store.execute("SELECT 1 FROM message WHERE state IN ('queued', 'sending', 'unknown')").fetchone()

    def live(self, day, mails=0, done=lambda: True):
        """One day, which the company's program begins by writing a row. What is due on it must have happened before it ends: so many mails since
        the first day, and what done() asks. Returns what was missing, or None."""
        self.clock.set(day, 23.5)
        self.company.execute("UPDATE beat SET at = ?", (str(day),))
        if not wait(lambda: self.passed(day), 5, 0.001):
            return "the database was not read"
        if mails and not wait(lambda: len(self.sink.mails()) >= mails, 5, 0.001):
            return f"{len(self.sink.mails())} mails so far, not {mails}"
        if not wait(done, 5, 0.001):
            return "what was to be closed is still open"
        return None if wait(self.settled, 5, 0.001) else "a message has no verdict"

    def arrived(self):
        """(customer, day, address) of each mail, by what a reader sees: the name in the subject, the Date, the envelope's recipient. Mails that
        name no customer, as those to the admin, count under their subject."""
        found = Counter()
        for mail in self.sink.mails():
            subject = str(mail["mail"]["Subject"])
            found[self.names.get(subject.partition(":")[0], subject), str(mail["mail"]["Date"].datetime.date()), " ".join(mail["to"])] += 1
        return found


def differ(theirs, ours):
    """The first that only one of the two has."""
    return f"missing: {sorted((theirs - ours).elements())[:6]}; too many: {sorted((ours - theirs).elements())[:6]}"
