"""What the system tests share: promises that are counted, folders, a small company, and the real programs, each ended by its process id.

A test is a function that calls check(); run() calls them all and prints the last line "N passed, N failed[, N skipped]".
FOLLOWUPD_BUILD names another folder with the programs (build/gcc-san), FOLLOWUPD_SHARED another ../shared.
"""
import atexit
import calendar
import csv
import email
import email.policy
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("FOLLOWUPD_BUILD", ROOT / "build")).resolve()
SHARED = Path(os.environ.get("FOLLOWUPD_SHARED", ROOT.parent / "shared")) / "data"
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")

count = {"passed": 0, "failed": 0, "skipped": 0}


# ---- promises

def check(promise, holds, seen=""):
    """One promise. `seen` is shown where it is broken."""
    count["passed" if holds else "failed"] += 1
    print(f"ok - {promise}" if holds else f"FAILED - {promise}: {str(seen)[:2000]}", flush=True)
    return bool(holds)


def skip(promise, why):
    count["skipped"] += 1
    print(f"SKIPPED {promise}: {why}: this promise was NOT tested", flush=True)


def run(*tests):
    """Run the tests named on the command line (parts of their names), or all; ends the program."""
    for test in tests:
        if len(sys.argv) > 1 and not any(part in test.__name__ for part in sys.argv[1:]):
            continue
        try:
            test()
        except Exception:
            check(test.__name__ + " runs to its end", False, traceback.format_exc())
        end_all()
    tail = f", {count['skipped']} skipped" if count["skipped"] else ""
    if not count["failed"]:
        for made in folders:
            shutil.rmtree(made, ignore_errors=True)
    elif folders:
        print("left for a look:", *folders)
    print(f"{count['passed']} passed, {count['failed']} failed{tail}")
    sys.exit(1 if count["failed"] or not sum(count.values()) else 0)


def wait(for_what, seconds=10.0, every=0.01):
    """Ask for_what() until it says something true, or the time is over; returns what it said last."""
    end = time.monotonic() + seconds
    while not (said := for_what()) and time.monotonic() < end:
        time.sleep(every)
    return said


# ---- folders and processes

folders = []
started = []  # Popen objects


def folder():
    made = Path(tempfile.mkdtemp(prefix="followupd-test-"))
    folders.append(made)
    return made


def end_all():
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
    started.clear()


atexit.register(end_all)


class Sink:
    """The scripted SMTP server of tests/servers, with its options. It ends when its standard input does."""

    def __init__(self, where, *options, port=0, log="smtp.log"):
        self.file = Path(where) / log
        self.process = subprocess.Popen([ROOT / "tests/servers/smtpd.py", "--log", self.file, "--port", str(port), *options],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(self.process)
        self.port = int(self.process.stdout.readline())
        self.read, self.seen = 0, []

    def events(self):
        with open(self.file, encoding="utf-8") as log:
            log.seek(self.read)
            for line in log:
                if not line.endswith("\n"):
                    break
                self.read += len(line.encode())
                self.seen.append(json.loads(line))
        return self.seen

    def mails(self):
        """Whole messages taken, as dicts: to, mail (parsed), text, id."""
        return [taken(e) for e in self.events() if e["event"] == "mail"]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)


def taken(event):
    if "mail" not in event:
        mail = event["mail"] = email.message_from_string(event["data"], policy=email.policy.default)
        body = mail.get_body(("plain",))
        event["text"] = body.get_content() if body else ""
        event["id"] = mail["Message-ID"]
        event["to"] = [r.partition("<")[2].partition(">")[0] for r in event["rcpts"]]
    return event


class Daemon:
    """followupd in the foreground, what it says in a file."""

    def __init__(self, conf, *before, log="followupd.log", ready=True, **environment):
        self.file = Path(conf).parent / log
        self.out = open(self.file, "ab")
        self.start = self.out.tell()
        self.began = time.monotonic()
        self.process = subprocess.Popen([*before, BUILD / "followupd", "-c", conf], stdin=subprocess.DEVNULL, stdout=self.out,
                                        stderr=self.out, env={**os.environ, **{k: str(v) for k, v in environment.items()}})
        started.append(self.process)
        self.pid = self.process.pid
        if ready and not self.says("followupd ", 20):
            raise RuntimeError("followupd does not start: " + self.log())

    def log(self):
        with open(self.file, "rb") as log:
            log.seek(self.start)
            return log.read().decode("utf-8", "backslashreplace")

    def says(self, text, seconds=10.0):
        return wait(lambda: text in self.log(), seconds)

    def signal(self, number):
        self.process.send_signal(number)

    def ended(self, seconds):
        """Its exit code, or None if it still runs then."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self, seconds=12):
        self.signal(signal.SIGTERM)
        return self.ended(seconds)

    def kill(self):
        self.process.kill()
        self.process.wait()


def kernel_clock():
    """tests/servers/kernel_clock.c, built; None without a compiler."""
    source, made = ROOT / "tests/servers/kernel_clock.c", BUILD / "kernel_clock.so"
    if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
        fresh = made.with_suffix(f".{os.getpid()}")
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", fresh, source, "-ldl"], check=True)
        fresh.rename(made)
    return made


class Clock:
    """Clocks of their own for the programs that are given its `environment`: libfaketime for the wall clock, kernel_clock.c for the kernel's
    part. Both read a file each time. Timers run on as on a real machine. Without libfaketime it is the real clock."""

    def __init__(self, where):
        self.file, self.offset = Path(where) / "clock", 0.0
        self.kernel, self.jumped, self.answer = Path(where) / "kernel-clock", 0.0, "no"
        # A sanitizer's runtime wants to come first.
        san = subprocess.run(["gcc", "-print-file-name=libasan.so"], capture_output=True, text=True).stdout.strip() if "san" in BUILD.name else ""
        self.environment = {"LD_PRELOAD": f"{san} {kernel_clock()} {FAKETIME}".strip(), "FAKETIME_TIMESTAMP_FILE": str(self.file),
                            "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                            "KERNEL_CLOCK": str(self.kernel)} if FAKETIME.exists() else {}
        self.kernel_says(self.answer)
        self.forward(0)

    def write(self, file, text):
        fresh = file.with_suffix(".new")
        fresh.write_text(text)
        fresh.rename(file)

    def forward(self, seconds):
        """Time passes, as on a machine that sleeps so long."""
        self.offset += seconds
        self.write(self.file, f"{self.offset:+.3f}\n")

    def jump(self, seconds):
        """Somebody sets the wall clock; no time passes."""
        self.jumped += seconds
        self.kernel_says(self.answer)
        self.forward(seconds)

    def kernel_says(self, answer):
        """Is the clock synchronised: "yes", "no", "forbidden" to ask."""
        self.answer = answer
        self.write(self.kernel, f"{self.jumped:.3f} {answer}\n")

    def set(self, day, hour):
        """`hour` o'clock of that day, UTC."""
        self.offset = calendar.timegm(day.timetuple()) + hour * 3600 - time.time()
        self.forward(0)


class Said:
    """What followupctl said."""

    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        self.all = self.out + self.err

    def rows(self):
        return list(csv.DictReader(io.StringIO(self.out, newline="")))


def ctl(conf, *arguments, before=(), **environment):
    done = subprocess.run([*before, BUILD / "followupctl", "-c", conf, *map(str, arguments)], capture_output=True, text=True,
                          errors="backslashreplace", stdin=subprocess.DEVNULL, timeout=60,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **environment})
    return Said(done)


# ---- the mappings of the real databases

def shared(name):
    """A file below ../shared/data, or None."""
    path = SHARED / name
    return path if path.exists() else None


def mapping(name, where, *changes, source=None):
    """tests/mappings/NAME.conf with its store and outbox in the folder `where`; each of `changes` is (old, new), the old text must be there
    once. Returns the new file."""
    text = (ROOT / f"tests/mappings/{name}.conf").read_text(encoding="utf-8")
    data = next(path for path in SHARED.joinpath(name).iterdir() if path.suffix == ".sqlite")
    old = text.partition('database    = "')[2].partition('"')[0]
    for before, after in ((old, str(source or data)), ("../../conf/languages", str(ROOT / "conf/languages")),
                          (f"/tmp/followupd-{name}.store", f"{where}/{name}.store"),
                          (f"/tmp/followupd-{name}.outbox", f"{where}/{name}.outbox"), *changes):
        if text.count(before) != 1:
            raise ValueError(f"{name}.conf has {before!r} {text.count(before)} times")
        text = text.replace(before, after)
    Path(where, f"{name}.outbox").mkdir(exist_ok=True)
    made = Path(where) / f"{name}-{len(list(Path(where).glob('*.conf')))}.conf"
    made.write_text(text, encoding="utf-8")
    return made


# ---- a small company

SCHEMA = """
CREATE TABLE seller (id INTEGER PRIMARY KEY, name TEXT, email TEXT, manager_id INTEGER);
CREATE TABLE client (id INTEGER PRIMARY KEY, name TEXT, seller_id INTEGER, segment TEXT, grade TEXT, since TEXT, active INTEGER DEFAULT 1);
CREATE TABLE invoice (id INTEGER PRIMARY KEY, client_id INTEGER, invoiced TEXT, total NUMERIC);
CREATE TABLE activity (id INTEGER PRIMARY KEY, client_id INTEGER, at TEXT, kind TEXT);
CREATE INDEX invoice_by_client ON invoice (client_id, invoiced);
CREATE INDEX activity_by_client ON activity (client_id, at);
INSERT INTO seller VALUES (1, 'Mia Manager', 'mia@nordlys.example', NULL), (2, 'Sam Seller', 'sam@nordlys.example', 1);
"""
CONF = """company = {{ name = "Nordlys Kontor AS"; time_zone = "UTC"; language = "en"; currency = "NOK"; }};
store = "{where}/store.db";
languages = "{root}/conf/languages";
admin = {{ email = "it@nordlys.example"; channels = [ "{admin}" ]; }};
source = {{
  database    = "{database}";
  salespeople = {{ query = "SELECT id, name, email, manager_id AS manager FROM seller"; }};
  customers   = {{ query = "SELECT id, name, seller_id AS salesperson, segment AS category, grade AS opportunity, since, active FROM client"; }};
  purchases   = {{ query = "SELECT client_id AS customer, invoiced AS at, total AS amount, id FROM invoice"; }};
  contacts    = {{ query = "SELECT client_id AS customer, at, kind FROM activity"; }};
}};
people = {{ hours = "always"; per_day = {per_day}; unassigned = "1"; }};
guards = {{ {guards} }};
digests = {{ weekly = "off"; summary = "off"; }};
channels = {{
{channels}
}};
offers = ( {{ id = "welcome-back"; percent = 10; valid = "14 days"; not_again = "6 months"; }} );
rules = (
  {rules}
);
"""
LAPSE = '{ id = "lapse"; kind = "lapse"; after = "90 days"; min_purchases = 1; again = "100 years"; }'


def today():
    return datetime.now(timezone.utc).date()


def ago(days):
    return str(today() - timedelta(days=days))


class Company:
    """A database like a company's own. Its days are counted back from today."""

    def __init__(self, where, journal="delete", name="company.db"):
        self.where, self.path = Path(where), Path(where) / name
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.execute(f"PRAGMA journal_mode = {journal}")
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.executescript("BEGIN;" + SCHEMA + "COMMIT;")

    def customer(self, number, silent, name=None, seller=2, orders=4, gap=30, total=500):
        """Customer `number`, who bought every `gap` days, the last time `silent` days ago."""
        self.db.execute("BEGIN")
        self.db.execute("INSERT INTO client (id, name, seller_id, segment) VALUES (?, ?, ?, 'regular')", (number, name or f"Customer {number}", seller))
        self.db.executemany("INSERT INTO invoice (client_id, invoiced, total) VALUES (?, ?, ?)",
                            [(number, ago(silent + gap * i), total) for i in range(orders - 1, -1, -1)])
        self.db.execute("COMMIT")

    def buys(self, number, days_ago=0):
        self.db.execute("INSERT INTO invoice (client_id, invoiced, total) VALUES (?, ?, 750)", (number, ago(days_ago)))

    def beat(self):
        """Write something that means nothing: it wakes the daemon."""
        self.db.execute("CREATE TABLE IF NOT EXISTS beat (at)")
        self.db.execute("INSERT INTO beat VALUES (0)")

    def close(self):
        self.db.close()


def write_conf(company, sink=None, name="followupd.conf", rules=LAPSE, per_day=0, guards='stale_feed = false; mass_change = false; season = false; calm_start = "off";', email="",
               folder_channel=False):
    """A configuration for `company`; mail goes to `sink`, or messages into the folder beside it."""
    where = company.where
    rows = []
    if sink:
        port = sink if isinstance(sink, int) else sink.port
        rows.append(f'  email = {{ url = "smtp://127.0.0.1:{port}"; from = "Follow-up <followup@nordlys.example>"; {email} }};')
    if not sink or folder_channel:
        (where / "outbox").mkdir(exist_ok=True)
        rows.append(f'  folder = {{ path = "{where}/outbox"; from = "Follow-up <followup@nordlys.example>"; }};')
    made = where / name
    made.write_text(CONF.format(where=where, root=ROOT, admin="email" if sink else "folder", database=company.path, per_day=per_day, guards=guards,
                                channels="\n".join(rows), rules=rules), encoding="utf-8")
    return made


def query(store, sql, *values):
    """Read the store while others work on it."""
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=5)
    try:
        return db.execute(sql, values).fetchall()
    finally:
        db.close()
