#!/usr/bin/python3
"""Two users at one database: the company's program writes as one, followupd reads as another, who may write there too or may not.

In each state that a database can be in: the company's program can write before, beside and after us, also after kill -9 of ours; nothing of
ours lies beside its files; and what cannot be read tells nobody anything and closes nothing, and `status` says so.
"""
import os
import shutil
import sqlite3
import subprocess
import sys
import time

from followupd_test import BUILD, ROOT, Clock, Company, Daemon, Sink, ago, check, ctl, folder, run, skip, wait, write_conf

OWNER, READER = 65534, 65533
QUIET = 0.25  # seconds in which a mail would have come
PROGRAM = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=5)
for line in sys.stdin:
    try:
        db.execute(line)
        print("done", flush=True)
    except sqlite3.Error as e:
        print("failed:", e, flush=True)
"""
# Dies in the middle of a commit: pages are in the file already, and the journal that would undo them stays behind.
DIES = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 5")
db.execute("BEGIN")
db.execute("UPDATE filler SET text = upper(text)")
db.execute("DELETE FROM invoice")
os.kill(os.getpid(), 9)
"""
WRITE = "UPDATE invoice SET total = total + 1 WHERE id = 1"


def as_user(uid, *groups):
    return ("setpriv", f"--reuid={uid}", f"--regid={uid}", f"--groups={','.join(map(str, groups))}" if groups else "--clear-groups")


class Owner:
    """The company's program."""

    def __init__(self, path):
        self.process = subprocess.Popen([*as_user(OWNER), sys.executable, "-c", PROGRAM, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, cwd="/")

    def says(self, *statements):
        for sql in statements:
            self.process.stdin.write(sql + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline().strip()
            if answer != "done":
                return answer
        return "done"

    def leave(self):
        self.process.stdin.close()
        return self.process.wait(10)


class House:
    """A company whose customers 1 and 2 are told already; 3 is late too, and was entered while followupd was off."""

    def __init__(self, journal, writable):
        self.where = folder()
        os.chmod(self.where, 0o755)
        self.path = self.where / "house"
        self.path.mkdir()
        company = Company(self.path, journal)
        for i in range(2):
            company.customer(i + 1, 95)
        company.db.execute("CREATE TABLE filler (text)")
        company.db.executemany("INSERT INTO filler VALUES (?)", [("x" * 4000,)] * 100)
        company.close()
        company.where, self.database = self.where / "ours", company.path
        company.where.mkdir()
        self.sink, self.clock = Sink(self.where), Clock(self.where)
        self.conf = write_conf(company, self.sink)
        for path in (self.path, *self.path.iterdir()):
            os.chown(path, OWNER, OWNER)
            os.chmod(path, 0o2775 if path.is_dir() else 0o664)
        os.chown(company.where, READER, READER)
        # The clock is faked only behind the change of user: libfaketime could not open what it made before.
        self.user = (*as_user(READER, *([OWNER] if writable else [])), "env", *(f"{k}={v}" for k, v in self.clock.environment.items()))
        self.start()
        if not wait(lambda: len(self.sink.mails()) >= 2, 10):
            raise RuntimeError("the first mails did not arrive: " + self.daemon.log())
        self.daemon.stop()
        self.owner = Owner(self.database)
        done = self.owner.says("PRAGMA synchronous = OFF", f"INSERT INTO client (id, name, seller_id) VALUES (3, 'Customer 3', 2)",
                        f"INSERT INTO invoice (client_id, invoiced, total) VALUES (3, '{ago(95)}', 5)")
        check(f"{journal}, {'writable' if writable else 'read only'}: its program writes after ours ended well", done == "done", done)

    def start(self):
        self.daemon = Daemon(self.conf, *self.user)

    def ctl(self, *arguments):
        return ctl(self.conf, *arguments, before=self.user)

    def told(self, wanted, seconds=5):
        wait(lambda: len(self.mails()) >= wanted, seconds)
        wait(lambda: len(self.mails()) > wanted, QUIET)
        return len(self.mails()) == wanted

    def mails(self):
        return [m for m in self.sink.mails() if "it@nordlys.example" not in m["to"]]

    def open_episodes(self):
        return sorted((r["customer"], r["state"]) for r in self.ctl("list", "open", "--format", "csv").rows())

    def files(self):
        return {p.name: (p.stat().st_ino, p.stat().st_uid) for p in self.path.iterdir()}

    def strangers(self, before):
        return {name: at for name, at in self.files().items() if at[1] != OWNER or (name not in before and name != "company.db-journal")}


# ---- what a database can be in: how it comes about, what is said of it (None: it is read), and how it ends

class Closed:
    """In rollback mode, or WAL that its program closed cleanly."""
    said = None

    def begin(self, house):
        house.owner.leave()
        house.owner = None

    def end(self, house):
        house.owner = house.owner or Owner(house.database)


class Living(Closed):
    def begin(self, house):
        house.owner.says("SELECT 1 FROM invoice", WRITE)


class Writing(Living):
    """A writer that holds its transaction for ten minutes; what it did is not committed, and does not count."""
    ten_minutes = True

    def begin(self, house):
        house.owner.says("BEGIN IMMEDIATE", f"INSERT INTO invoice (client_id, invoiced, total) VALUES (1, '{ago(0)}', 5)")

    def end(self, house):
        house.owner.says("ROLLBACK")


class Locked(Writing):
    said = "is locked by another program"

    def begin(self, house):
        house.owner.says("BEGIN EXCLUSIVE", "DELETE FROM invoice")


class LogAlone(Living):
    said = "has a -wal file without its -shm"

    def begin(self, house):
        house.owner.says("PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = DELETE", "PRAGMA journal_mode = WAL", WRITE)

    def end(self, house):
        house.owner.leave()
        house.owner = Owner(house.database)


class HotJournal(Living):
    said = "journal"

    def begin(self, house):
        house.owner.leave()
        subprocess.run([*as_user(OWNER), sys.executable, "-c", DIES, str(house.database)], cwd="/")
        house.owner = None

    def end(self, house):
        house.owner = house.owner or Owner(house.database)


class Renamed(Living):
    said = "invoiced"

    def begin(self, house):
        house.owner.says("ALTER TABLE invoice RENAME COLUMN invoiced TO day")

    def end(self, house):
        house.owner.says("ALTER TABLE invoice RENAME COLUMN day TO invoiced")


class Replaced(Living):
    """As by a nightly export."""

    def begin(self, house):
        house.owner.leave()
        fresh = house.path / "fresh.db"
        shutil.copyfile(house.database, fresh)
        os.chown(fresh, OWNER, OWNER)
        os.rename(fresh, house.database)
        house.owner = Owner(house.database)


def live_through(name, journal, state, writable):
    house = House(journal, writable)
    name = f"{name}, {'a folder we may write to' if writable else 'read only for us'}"
    state.begin(house)
    before, opened = house.files(), house.open_episodes()
    house.start()
    if state.said:
        check(f"{name}: it is said", house.daemon.says("the customer database cannot be read", 4) and state.said in house.daemon.log(),
              house.daemon.log())
        said = house.ctl("status")
        check(f"{name}: status says so too, and its exit code", said.code == 2 and state.said in said.out, said.all)
        said = house.ctl("list", "late")
        check(f"{name}: list lists nobody and says why", said.code == 2 and said.out == "" and state.said in said.err, said.all)
        check(f"{name}: nobody is told", house.told(2), house.mails())
        check(f"{name}: nothing is closed or opened", house.open_episodes() == opened, house.open_episodes())
    else:
        check(f"{name}: it is read, and the third is told", house.told(3), house.daemon.log())
    if hasattr(state, "ten_minutes"):
        ten_minutes(house, name, state, opened)
    if house.owner:
        check(f"{name}: its program writes beside us", house.owner.says(WRITE) == "done")
    check(f"{name}: nothing of ours lies beside it", not house.strangers(before), house.strangers(before))
    house.daemon.kill()
    check(f"{name}: nor after kill -9", not house.strangers(before), house.strangers(before))
    if house.owner:
        check(f"{name}: its program writes after kill -9 of ours", house.owner.says(WRITE) == "done")
    state.end(house)
    check(f"{name}: and once that is over", house.owner.says(WRITE) == "done")
    house.start()
    check(f"{name}: then all is read, each is told once", house.told(3), house.daemon.log())
    check(f"{name}: still it writes", house.owner.says(WRITE) == "done")
    house.daemon.kill()
    check(f"{name}: and leaves in peace", house.owner.says(WRITE) == "done" and house.owner.leave() == 0)
    check(f"{name}: its file is whole", sqlite3.connect(house.database).execute("PRAGMA integrity_check").fetchone() == ("ok",))


def ten_minutes(house, name, state, opened):
    """Time passes as on a machine that sleeps; commands wake the daemon now and then."""
    for _ in range(10):
        house.clock.forward(60)
        os.utime(house.database)
        time.sleep(0.05)
    if not state.said:
        check(f"{name}: ten minutes later it is still read", house.ctl("status").code == 0, house.ctl("status").all)
        check(f"{name}: what is not committed closes nothing", ("1", "told") in house.open_episodes(), house.open_episodes())
        return
    said = house.ctl("status")
    check(f"{name}: ten minutes later status still says so", said.code == 2 and state.said in said.out, said.all)
    check(f"{name}: and nothing was concluded", house.told(2, 0) and house.open_episodes() == opened, house.open_episodes())
    check(f"{name}: it was said once", house.daemon.log().count("cannot be read") == 1, house.daemon.log())


STATES = (("WAL open", "wal", Living), ("WAL closed", "wal", Closed), ("WAL, a writer for ten minutes", "wal", Writing),
          ("a -wal alone", "wal", LogAlone), ("rollback journal", "delete", Living), ("rollback journal, nobody there", "delete", Closed),
          ("rollback journal, a writer for ten minutes", "delete", Writing), ("locked for ten minutes", "delete", Locked),
          ("a hot journal", "delete", HotJournal), ("a column renamed", "wal", Renamed), ("replaced by rename", "delete", Replaced))


def make(name, journal, state):
    def test():
        for writable in (False, True):
            live_through(name, journal, state(), writable)
    test.__name__ = name.replace(" ", "_").replace(",", "").replace("-", "")
    return test


if os.geteuid() == 0 and shutil.which("setpriv") and all(os.stat(p).st_mode & 5 == 5 for p in (BUILD, *BUILD.parents, ROOT)):
    run(*(make(*state) for state in STATES))
else:
    run(lambda: skip("the company's program can always write", "this needs root, setpriv and a folder that all users may enter"))
