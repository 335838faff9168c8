#!/usr/bin/python3
"""The daemon as systemd and an admin meet it: readiness, watchdog, reload, the end, a second one, a wrong configuration, crashes."""
import re
import signal
import socket
import subprocess
import threading
import time
from collections import Counter

from followupd_test import BUILD, Clock, Company, Daemon, Sink, check, ctl, folder, query, run, wait, write_conf


class Notify:
    """What systemd hears on $NOTIFY_SOCKET, with the time it came."""

    def __init__(self, path):
        self.path = path
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self.heard = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while text := self.socket.recv(4096).decode():
            self.heard += [(time.monotonic(), line) for line in text.splitlines()]

    def hears(self, line, seconds=5.0, after=0.0):
        """The time of the first such line since `after`, or None."""
        return wait(lambda: next((at for at, what in list(self.heard) if what == line and at >= after), None), seconds)

    def lines(self, after=0.0):
        return [what for at, what in list(self.heard) if not what.startswith("STATUS=") and at >= after]


def time_passes(clock, company, until):
    """Two minutes at a time, until something is so."""
    for _ in range(8):
        if until():
            return
        clock.forward(120)
        company.beat()
        wait(until, 1 if clock.environment else 90)


def company_of(customers, journal="delete"):
    company = Company(folder(), journal)
    for i in range(customers):
        company.customer(i + 1, 91 + i % 9, total=100 + i)
    return company


def what_systemd_is_told():
    company = company_of(3)
    for i in range(3000):  # so that a pass takes a while
        company.customer(1000 + i, 10, orders=3)
    sink = Sink(company.where)
    conf = write_conf(company, sink)
    notify = Notify(company.where / "notify")
    daemon = Daemon(conf, ready=False, NOTIFY_SOCKET=notify.path, WATCHDOG_USEC=400_000)
    ready = notify.hears("READY=1")
    check("READY=1 comes within half a second", ready and ready - daemon.began < 0.5, ready and ready - daemon.began)
    first = wait(lambda: "due since" in daemon.log() and time.monotonic(), 10, 0.005)
    check("before the database was read through", ready and first and ready < first, (ready, first))
    wait(lambda: len(sink.mails()) == 3, 10)
    time.sleep(1.3)
    beats = [at for at, line in list(notify.heard) if line == "WATCHDOG=1"]
    gaps = [b - a for a, b in zip(beats, beats[1:])]
    check("WATCHDOG=1 comes at half of WATCHDOG_USEC", len(beats) >= 5 and 0.1 < sum(gaps) / len(gaps) < 0.3 and max(gaps) < 0.4, gaps)
    asked = time.monotonic()
    daemon.signal(signal.SIGHUP)
    reloading = notify.hears("RELOADING=1", after=asked)
    again = notify.hears("READY=1", after=asked)
    check("RELOADING=1 comes on SIGHUP, READY=1 behind it", reloading and again and reloading <= again, notify.lines())
    check("the log says so", daemon.says(f"reloaded {conf}"), daemon.log())
    stopping = time.monotonic()
    code = daemon.stop()
    check("STOPPING=1 comes on SIGTERM, and exit code 0", notify.hears("STOPPING=1", after=stopping) and code == 0, (code, notify.lines()[-3:]))
    check("an idle daemon ends within a second", time.monotonic() - stopping < 1, time.monotonic() - stopping)
    began = time.monotonic()
    daemon = Daemon(conf, NOTIFY_SOCKET=notify.path, WATCHDOG_USEC=400_000, WATCHDOG_PID=1)
    time.sleep(0.6)
    check("a watchdog meant for another process is not fed", "WATCHDOG=1" not in notify.lines(after=began), notify.lines(after=began))
    daemon.stop()
    deaf = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    deaf.bind(str(company.where / "deaf"))
    daemon = Daemon(conf, NOTIFY_SOCKET=company.where / "deaf", WATCHDOG_USEC=2000)
    time.sleep(1)  # by now its queue is full
    company.customer(5000, 95)
    check("a socket that nobody reads holds nobody up", wait(lambda: len(sink.mails()) == 4, 5), daemon.log()[-500:])
    check("it ends well all the same", daemon.stop() == 0)


def the_end_while_a_server_stalls():
    """The server has the whole message and says nothing. Who can know whether it was delivered?"""
    company = company_of(1)
    sink = Sink(company.where, "--at", "final=stall")
    conf, clock = write_conf(company, sink), Clock(company.where)
    daemon = Daemon(conf, **clock.environment)
    wait(lambda: len(sink.mails()) == 1, 10)
    began = time.monotonic()
    code = daemon.stop(15)
    took = time.monotonic() - began
    check("SIGTERM ends it within ten seconds though a server does not answer", code == 0 and took < 10, (code, took))
    sink.stop()
    rows = ctl(conf, "list", "queue", "--format", "csv").rows()
    check("the message is in the queue still", len(rows) == 1, rows)
    sink2 = Sink(company.where, port=sink.port, log="smtp2.log")
    daemon = Daemon(conf, **clock.environment)
    check("after the restart it is said to be in doubt", daemon.says("unknown", 5), daemon.log())
    time_passes(clock, company, lambda: len(sink2.mails()) == 1)
    check("and repeated once", len(sink2.mails()) == 1, daemon.log())
    first, second = sink.mails()[0], sink2.mails()[0] if sink2.mails() else {}
    check("with the same Message-ID, and the same bytes", second and first["id"] == second["id"] and first["sha"] == second["sha"], (first, second))
    wait(lambda: "sent 250" in daemon.log(), 5)
    check("then nothing is left to do", ctl(conf, "list", "queue", "--format", "csv").rows() == [])
    time.sleep(1)
    check("it is not repeated a second time", len(sink2.mails()) == 1)
    check("it ends well", daemon.stop() == 0)


def a_second_sigterm_ends_it_at_once():
    company = company_of(1)
    sink = Sink(company.where, "--at", "final=stall")
    daemon = Daemon(write_conf(company, sink))
    wait(lambda: len(sink.mails()) == 1, 10)
    daemon.signal(signal.SIGTERM)
    check("one SIGTERM waits for the server", daemon.ended(0.7) is None)
    began = time.monotonic()
    daemon.signal(signal.SIGTERM)
    code = daemon.ended(3)
    check("a second one does not, but for a second", code == 0 and time.monotonic() - began < 1.5, (code, time.monotonic() - began))


def a_reload_while_a_server_stalls():
    """The couriers of the old configuration are not waited for longer than ten seconds, and do no harm when they wake up."""
    company = company_of(1)
    sink = Sink(company.where, "--at", "final=stall-13")
    conf = write_conf(company, sink)
    daemon = Daemon(conf)
    wait(lambda: len(sink.mails()) == 1, 10)
    began = time.monotonic()
    daemon.signal(signal.SIGHUP)
    check("a reload waits at most ten seconds for a server that stalls", daemon.says("reloaded", 12), daemon.log())
    check("and at least until then gives it the time", time.monotonic() - began > 5, time.monotonic() - began)
    company.customer(7, 95)
    time.sleep(4)
    check("the courier left behind wakes up and does no harm", daemon.process.poll() is None, daemon.log())
    check("work goes on with the new one", wait(lambda: len(sink.mails()) >= 2, 5), daemon.log())
    daemon.signal(signal.SIGTERM)
    time.sleep(0.2)
    daemon.signal(signal.SIGTERM)
    check("it ends well", daemon.ended(5) == 0, daemon.log())


def only_one_at_a_time():
    company = company_of(1)
    conf = write_conf(company, Sink(company.where))
    daemon = Daemon(conf)
    began = time.monotonic()
    second = Daemon(conf, ready=False, log="second.log")
    code = second.ended(3)
    check("a second daemon on the same store ends within a second", code == 1 and time.monotonic() - began < 1, (code, time.monotonic() - began))
    check("and names the process that has it", f"(process {daemon.pid})" in second.log(), second.log())
    check("the first goes on", daemon.process.poll() is None and daemon.stop() == 0)
    third = Daemon(conf)
    check("after its end another may start", third.stop() == 0)


def wrong_configurations():
    company = company_of(1)
    conf = write_conf(company, Sink(company.where))
    text = conf.read_text()
    good = subprocess.run([BUILD / "followupd", "-t", "-c", conf], capture_output=True, text=True)
    check("-t finds a right one right: exit code 0", good.returncode == 0 and str(conf) in good.stderr and "<3>" not in good.stderr, good)
    bad = company.where / "bad.conf"
    for name, old, new, line, says in (
            ("a misspelt setting", "per_day", "per_dya", text[:text.index("per_day")].count("\n") + 1, "per_day"),
            ("a broken line", "guards = {", "guards = = {", text[:text.index("guards")].count("\n") + 1, ""),
            ("an offer that is none", 'kind = "lapse";', 'kind = "lapse"; offer = "nope";', text[:text.index("  { id = \"lapse\"")].count("\n") + 1, "nope")):
        bad.write_text(text.replace(old, new, 1))
        said = subprocess.run([BUILD / "followupd", "-t", "-c", bad], capture_output=True, text=True)
        check(f"{name}: -t exits with 78 and says {bad.name}:{line}", said.returncode == 78 and f"{bad}:{line}: " in said.stderr and says in said.stderr, said)
        daemon = Daemon(bad, ready=False, log="bad.log")
        check(f"{name}: the start is refused with 78", daemon.ended(5) == 78 and f"{bad}:{line}: " in daemon.log(), daemon.log())
    said = subprocess.run([BUILD / "followupd", "-t", "-c", company.where / "nowhere.conf"], capture_output=True, text=True)
    check("a configuration that is not there: 78, and its name", said.returncode == 78 and "nowhere.conf" in said.stderr, said)
    said = subprocess.run([BUILD / "followupd", "-q"], capture_output=True, text=True)
    check("a wrong option: 64, and one sentence", said.returncode == 64 and said.stderr == 'followupd: there is no option "-q"; followupd --help lists them\n', said)


def reloads():
    company = company_of(2)
    company.customer(8, 70)
    sink = Sink(company.where)
    conf = write_conf(company, sink)
    good = conf.read_text()
    notify = Notify(company.where / "notify")
    daemon = Daemon(conf, NOTIFY_SOCKET=notify.path)
    wait(lambda: len(sink.mails()) == 2, 10)
    conf.write_text(good.replace('after = "90 days"', 'after = "sixty days"'))
    asked = time.monotonic()
    daemon.signal(signal.SIGHUP)
    check("a wrong configuration is refused at a reload, with its line", daemon.says("going on with the old one", 5)
          and re.search(rf"<3>{re.escape(str(conf))}:\d+: ", daemon.log()), daemon.log())
    check("systemd hears READY=1 all the same", notify.hears("READY=1", after=asked), notify.lines())
    company.customer(3, 95)
    check("the old configuration stays in force", wait(lambda: len(sink.mails()) == 3, 5), daemon.log())
    conf.write_text(good.replace('after = "90 days"', 'after = "60 days"'))
    daemon.signal(signal.SIGHUP)
    check("a new period takes effect at the reload", wait(lambda: len(sink.mails()) == 4, 5), daemon.log())
    check("whom it finds is who is late by it", "Customer 8:" in str(sink.mails()[-1]["mail"]["Subject"]), sink.mails()[-1]["mail"]["Subject"])
    conf.write_text(good.replace("rules = (", 'rules = (\n  { id = "review"; kind = "review"; every = "20 days"; who = ["regular"]; },'))
    daemon.signal(signal.SIGHUP)
    check("so does a new rule", daemon.says("review due since", 5), daemon.log())
    wait(lambda: len(sink.mails()) == 8, 5)
    time.sleep(0.5)
    ids = [m["id"] for m in sink.mails()]
    told = query(company.where / "store.db", "SELECT e.rule, e.customer, count(*) FROM telling t JOIN episode e ON e.id = t.episode GROUP BY 1, 2")
    check("nobody heard twice of the same, over all reloads", len(ids) == len(set(ids)) == 8 and all(row[2] == 1 for row in told), told)
    with_review = conf.read_text()
    conf.write_text(good)
    daemon.signal(signal.SIGHUP)
    check("a rule that vanishes with open follow-ups is refused, with the remedy", daemon.says("rule review is gone, but", 5), daemon.log())
    check("status says so", wait(lambda: re.search(r"settings +refused since .*rule review is gone, but .*followupctl retire review", ctl(conf, "status").out), 5),
          ctl(conf, "status").out)
    retired = ctl(conf, "retire", "review")
    check("the rule is retired while followupd runs", retired.code == 0 and "of rule review withdrawn" in retired.out, retired)
    reloads = daemon.log().count("reloaded")
    daemon.signal(signal.SIGHUP)
    check("and the settings without it are taken", wait(lambda: daemon.log().count("reloaded") > reloads, 5), daemon.log())
    check("status does not say it any more", "refused" not in ctl(conf, "status").out.replace("and 0 refused", ""), ctl(conf, "status").out)
    conf.write_text(with_review)
    daemon.signal(signal.SIGHUP)
    check("whoever wants it back has it back", daemon.says("review open again", 5), daemon.log())
    conf.write_text(with_review.replace(f'store = "{company.where}/store.db"', f'store = "{company.where}/other.db"'))
    daemon.signal(signal.SIGHUP)
    check("another store needs a restart, and that is said", daemon.says("the store cannot be changed by a reload", 5), daemon.log())
    for i in range(20):
        daemon.signal(signal.SIGHUP)
    time.sleep(0.5)
    conf.write_text(with_review)
    for i in range(20):
        daemon.signal(signal.SIGHUP)
        time.sleep(0.01)
    time.sleep(1)
    check("forty reloads in a row harm nobody", daemon.process.poll() is None and len(sink.mails()) == 8, (daemon.process.poll(), len(sink.mails())))
    check("it ends well", daemon.stop() == 0, daemon.log()[-500:])


def killed_in_the_middle():
    """kill -9 again and again while 50 mails leave: each arrives, at most one for each courier and kill twice, with the same Message-ID."""
    company = company_of(50)
    sink = Sink(company.where, "--at", "final=stall-0.03")
    conf, clock = write_conf(company, sink, email="couriers = 1;"), Clock(company.where)
    kills, at = 0, 4
    for _ in range(6):
        daemon = Daemon(conf, **clock.environment)
        if not wait(lambda: len(sink.mails()) >= at, 5, 0.002):
            break
        daemon.kill()
        kills += 1
        at = len(sink.mails()) + 7
    daemon.kill()
    check("it was killed at least five times in the middle", kills >= 5, kills)
    daemon = Daemon(conf, log="last.log", **clock.environment)
    everybody = {f"Customer {i + 1}" for i in range(50)}

    def told():
        return Counter(str(m["mail"]["Subject"]).partition(":")[0] for m in sink.mails())
    wait(lambda: set(told()) >= everybody, 10)
    time_passes(clock, company, lambda: not queue(conf))
    check("every one of 50 mails arrived", set(told()) == everybody, everybody - set(told()))
    twice = {who: n for who, n in told().items() if n > 1}
    check("at most one came twice for each kill", sum(n - 1 for n in twice.values()) <= kills and max(told().values()) <= 2, twice)
    ids = {}
    for m in sink.mails():
        ids.setdefault(str(m["mail"]["Subject"]), set()).add((m["id"], m["sha"]))
    check("what came twice has one Message-ID and the same bytes", all(len(same) == 1 for same in ids.values()), ids)
    check("the store is sound", query(company.where / "store.db", "PRAGMA integrity_check") == [("ok",)])
    check("it ends well", daemon.stop() == 0)
    states = query(company.where / "store.db", "SELECT state, count(*) FROM episode GROUP BY 1")
    check("all episodes are told", states == [("told", 50)], states)


def queue(conf):
    return ctl(conf, "list", "queue", "--format", "csv").rows()


def the_log():
    company = company_of(2)
    company.customer(9, 95, name="Tønder & Søn \u202egnorw\u202c\r\n<3>forged line")
    daemon = Daemon(write_conf(company, Sink(company.where)))
    check("three are told", daemon.says("message 3 sent", 5) and wait(lambda: daemon.log().count(" sent ") == 3, 5), daemon.log())
    daemon.stop()
    log = daemon.log()
    lines = log.splitlines()
    check("each line begins with its priority", lines and all(re.match(r"<[3-6]>\S", line) for line in lines), lines)
    check("customers are named by their ids", "customer 1: lapse due since" in log and "customer 9: " in log, log)
    names = [word for word in ("Customer 1", "Tønder", "forged", "sam@nordlys.example", "Sam Seller") if word in log]
    check("names and addresses are not in it", not names, names)
    check("it says what happened: due, told by whom, the server's word", re.search(r"customer 1: lapse told to 2 by email, step 1, message \d+", log)
          and re.search(r"message \d+ sent 250 ", log), log)


run(what_systemd_is_told, the_end_while_a_server_stalls, a_second_sigterm_ends_it_at_once, a_reload_while_a_server_stalls, only_one_at_a_time,
    wrong_configurations, reloads, killed_in_the_middle, the_log)
