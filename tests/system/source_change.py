#!/usr/bin/python3
"""The company's program works on its database while followupd reads it: what it changes is noticed, and it is never hindered.

Each trouble (locked, deleted, a column renamed) is said once, accuses nobody, and is over as soon as it is over.
"""
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time

from followupd_test import Company, Daemon, Sink, ago, check, ctl, folder, run, skip, wait, write_conf

SOON = 2.0  # seconds


def world(journal, customers=6):
    """A company in which customers 1..6 went silent five days ago and 50 is as ever; all mails have arrived."""
    where = folder()
    company, sink = Company(where, journal), Sink(where)
    for i in range(customers):
        company.customer(i + 1, 95, total=100 + i)
    company.customer(50, 89)
    conf = write_conf(company, sink)
    daemon = Daemon(conf)
    if not wait(lambda: len(sink.mails()) >= customers, 10):
        raise RuntimeError("the first mails did not arrive: " + daemon.log())
    return company, sink, conf, daemon


def lines(conf, customer):
    return [r["what"] for r in ctl(conf, "history", customer, "--format", "csv").rows()]


def won_within(conf, customer, seconds):
    """Seconds until history says that the customer bought, or None."""
    began = time.monotonic()
    found = wait(lambda: any("lapse won: bought on" in line for line in lines(conf, customer)), seconds, 0.02)
    return time.monotonic() - began if found else None


def beside(company):
    return {p.name for p in company.where.iterdir() if p.name.startswith(company.path.name)}


def purchases_are_noticed():
    for journal, name in (("delete", "rollback mode"), ("persist", "rollback mode, journal kept"), ("wal", "WAL mode")):
        company, _, conf, daemon = world(journal)
        company.db.execute("PRAGMA synchronous = FULL")
        seen = beside(company)
        took = []
        for customer in (1, 2, 3):
            company.buys(customer)
            took.append(won_within(conf, customer, 4))
            time.sleep(0.3)
        check(f"{name}: a purchase by another process closes the episode within {SOON:.0f} s", all(t is not None and t < SOON for t in took), took)
        company.db.execute("BEGIN")
        company.buys(4)
        time.sleep(0.5)
        check(f"{name}: what is not committed does not count", not any("won" in line for line in lines(conf, 4)))
        company.db.execute("COMMIT")
        check(f"{name}: and does once it is", (won_within(conf, 4, 4) or 9) < SOON)
        check(f"{name}: nothing was created beside the database", beside(company) <= seen | {"company.db-journal"}, beside(company))
        check(f"{name}: the log says nothing worse than a notice", not re.search("^<[0-4]>", daemon.log(), re.M), daemon.log())
        check(f"{name}: at rest it does not hold the database open", wait(lambda: not holds(daemon.pid, company.path), 6), holds(daemon.pid, company.path))
        check(f"{name}: it ends well", daemon.stop() == 0)
        company.close()


def holds(pid, path):
    """The files at `path` that the process has open."""
    found = []
    for name in os.listdir(f"/proc/{pid}/fd"):
        try:
            found.append(os.readlink(f"/proc/{pid}/fd/{name}"))
        except OSError:
            pass
    return [file for file in found if file.startswith(str(path))]


WRITER = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA synchronous = FULL")
db.execute("INSERT INTO invoice (client_id, invoiced, total) VALUES (?, ?, 5)", (sys.argv[2], sys.argv[3]))
os._exit(0)
"""


def slow_commits_are_noticed():
    """The file's bytes change before the commit can be seen: a disk that takes its time must not hide a purchase till midnight."""
    if not shutil.which("strace"):
        return skip("a purchase is noticed though the disk syncs slowly", "strace is absent")
    company, _, conf, daemon = world("wal")
    for customer, delay in ((1, 100_000), (2, 700_000)):
        done = subprocess.run(["strace", "-f", "-o", "/dev/null", "-e", f"inject=fdatasync,fsync:delay_enter={delay}", sys.executable, "-c",
                               WRITER, str(company.path), str(customer), ago(0)], capture_output=True, text=True, timeout=60)
        if done.returncode:
            daemon.stop()
            return skip("a purchase is noticed though the disk syncs slowly", "strace may not trace here: " + done.stderr[:200])
        took = won_within(conf, customer, 6)
        check(f"a commit that waits {delay // 1000} ms for the disk is noticed", took is not None and took < 3, took)
    check("it ends well", daemon.stop() == 0)


def a_restart_catches_up():
    company, sink, conf, daemon = world("delete")
    daemon.stop()
    company.buys(2)
    daemon = Daemon(conf)
    check("what was bought while followupd was down closes the episode at its start", won_within(conf, 2, 4) is not None)
    check("and nobody is told again", len(sink.mails()) == 6, len(sink.mails()))
    check("it ends well", daemon.stop() == 0)


def replaced_by_rename():
    """A nightly export that writes a new file and renames it over the old one."""
    company, sink, conf, daemon = world("delete")
    for customer in (1, 2):
        fresh = company.where / "fresh.db"
        shutil.copyfile(company.path, fresh)
        db = sqlite3.connect(fresh, isolation_level=None)
        db.execute("INSERT INTO invoice (client_id, invoiced, total) VALUES (?, ?, 9)", (customer, ago(0)))
        db.close()
        os.rename(fresh, company.path)
        took = won_within(conf, customer, 4)
        check(f"replaced by rename ({customer}): the new file is read within {SOON:.0f} s", took is not None and took < SOON, took)
    db = sqlite3.connect(company.path, isolation_level=None)
    db.execute("INSERT INTO invoice (client_id, invoiced, total) VALUES (3, ?, 9)", (ago(0),))
    db.close()
    check("and is watched from then on", (won_within(conf, 3, 4) or 9) < SOON)
    check("nobody was told twice", len(sink.mails()) == 6, len(sink.mails()))
    check("it ends well", daemon.stop() == 0)


def locked_for_three_seconds():
    company, _, conf, daemon = world("delete")
    time.sleep(1)
    locker = sqlite3.connect(company.path, isolation_level=None)
    locker.execute("BEGIN EXCLUSIVE")
    locker.execute("INSERT INTO invoice (client_id, invoiced, total) VALUES (1, ?, 5)", (ago(0),))
    # What a writer does to the file while it holds the lock; by another process, since closing a file drops all locks of one's own.
    subprocess.run([sys.executable, "-c", "import sys; f = open(sys.argv[1], 'r+b'); b = f.read(100); f.seek(0); f.write(b)", company.path], check=True)
    check("a locked database is noticed and said", daemon.says("the customer database cannot be read", 3), daemon.log())
    check("with the reason", "is locked by another program" in daemon.log(), daemon.log())
    said = ctl(conf, "status")
    check("status says so too, and its exit code", said.code == 2 and "is locked by another program" in said.out, said.all)
    time.sleep(2.5)
    count = daemon.log().count("cannot be read")
    check("it is said once, however often it is tried", count == 1, count)
    locker.execute("COMMIT")
    locker.close()
    check("once it is free it is read, within five seconds", daemon.says("the customer database can be read again", 5), daemon.log())
    check("and what was written meanwhile is known", won_within(conf, 1, 4) is not None)
    check("status is well again", wait(lambda: ctl(conf, "status").code == 0, 3), ctl(conf, "status").all)
    check("it ends well", daemon.stop() == 0)


def deleted_and_back():
    company, sink, conf, daemon = world("delete")
    time.sleep(0.5)
    company.close()
    away = company.where / "away"
    os.rename(company.path, away)
    check("a deleted database is said within a moment", daemon.says("the customer database cannot be read", 5), daemon.log())
    check("it is not made anew", not company.path.exists())
    said = ctl(conf, "status")
    check("status says that it does not work", said.code == 2 and str(company.path) in said.out, said.all)
    said = ctl(conf, "list", "late")
    check("list says what is wrong and lists nobody", said.code == 2 and "does not exist" in said.err and said.out == "", said.all)
    check("no episode was touched", ctl(conf, "list", "open", "--format", "csv").rows() != [] and len(sink.mails()) == 6)
    db = sqlite3.connect(away, isolation_level=None)
    db.execute("INSERT INTO invoice (client_id, invoiced, total) VALUES (1, ?, 5)", (ago(0),))
    db.close()
    os.rename(away, company.path)
    check("when it is back it is read", daemon.says("the customer database can be read again", 8), daemon.log())
    check("and what it says counts", won_within(conf, 1, 4) is not None)
    check("nobody is told twice", len(sink.mails()) == 6)
    check("it ends well", daemon.stop() == 0)


def a_column_renamed():
    """After an update of the company's program a column has another name: absence is not evidence."""
    company, sink, conf, daemon = world("wal")
    company.db.execute("ALTER TABLE invoice RENAME COLUMN invoiced TO invoice_date")
    company.db.execute("UPDATE invoice SET invoice_date = ? WHERE client_id = 50", (ago(120),))  # would be late now
    check("a renamed column is said within a moment", daemon.says("the customer database cannot be read", 5), daemon.log())
    check("with its name", "invoiced" in daemon.log().partition("cannot be read")[2], daemon.log()[-600:])
    said = ctl(conf, "check")
    check("check names file, line and column", said.code == 1 and re.search(rf"{re.escape(str(conf))}:\d+: .*invoiced", said.all), said.all)
    time.sleep(1.5)
    check("nobody is judged meanwhile", len(sink.mails()) == 6 and lines(conf, 50) == [], lines(conf, 50))
    check("no episode is closed or reopened", {r["state"] for r in ctl(conf, "list", "open", "--format", "csv").rows()} == {"told"})
    company.db.execute("ALTER TABLE invoice RENAME COLUMN invoice_date TO invoiced")
    check("once it is back, judging goes on", wait(lambda: len(sink.mails()) == 7, 8), daemon.log()[-600:])
    check("it ends well", daemon.stop() == 0)


run(purchases_are_noticed, slow_commits_are_noticed, a_restart_catches_up, replaced_by_rename, locked_for_three_seconds, deleted_and_back,
    a_column_renamed)
