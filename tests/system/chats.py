#!/usr/bin/python3
"""Chats: the real daemon against a scripted HTTP server that does everything a service on the internet does on its bad days. Nothing is lost,
nothing is sent twice but what may not have come, and the loop goes on meanwhile."""
import base64
import hashlib
import hmac
import json
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

from followupd_test import BUILD, ROOT, Clock, Company, Daemon, ago, check, ctl, folder, query, run, skip, started, wait

KEY = "whsec_" + base64.b64encode(bytes(range(32))).decode()


class Web:
    """tests/servers/httpd.py. It ends when its standard input does."""

    def __init__(self, where, *options, log="http.log"):
        self.file = Path(where) / log
        self.process = subprocess.Popen([ROOT / "tests/servers/httpd.py", "--log", self.file, *options], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        started.append(self.process)
        self.port = int(self.process.stdout.readline())
        self.url = f"http://127.0.0.1:{self.port}"

    def requests(self):
        with open(self.file, encoding="utf-8") as log:
            return [json.loads(line) for line in log if line.endswith("\n")]

    def to(self, who):
        """All that came for this address."""
        return [r for r in self.requests() if who in addressed(r)]


def addressed(request):
    """Whom a request is for; of a connection closed before the body was read nobody can say."""
    try:
        body = json.loads(request["body"])
    except (TypeError, ValueError):
        return []
    return [str(body[k]) for k in ("chat_id", "topic") if k in body] + ([body["data"]["to"]] if "data" in body else [])


class Ticker:
    """How long the daemon's main thread is anywhere else than waiting in its loop, without the time it waits for a processor."""

    def __init__(self, pid):
        self.thread, self.worst, self.on, self.seen = Path(f"/proc/{pid}/task/{pid}"), 0.0, True, 0
        self.run = threading.Thread(target=self.look, daemon=True)
        self.run.start()

    def look(self):
        began = delay = None
        while self.on:
            try:
                call = (self.thread / "syscall").read_text().split()[0]
                waited = int((self.thread / "schedstat").read_text().split()[1]) / 1e9
            except (OSError, IndexError):
                return
            now = time.monotonic()
            if call in ("232", "281", "441"):  # epoll_wait, epoll_pwait, epoll_pwait2
                began = None
            elif began is None:
                began, delay = now, waited
            else:
                self.worst = max(self.worst, now - began - (waited - delay))
            self.seen += 1
            time.sleep(0.002)

    def stop(self):
        self.on = False
        self.run.join()
        return self.worst * 1000


def secret(where, name, text):
    file = where / name
    file.touch(0o600)
    file.write_text(text + "\n")
    return file


class Office(Company):
    """A company whose salespeople are reached by chats: `people` says {"telegram": [...], "webhook": [...]}, each with one late customer."""

    def __init__(self, people):
        super().__init__(folder())
        self.db.execute("ALTER TABLE seller ADD COLUMN channel TEXT")
        self.db.execute("ALTER TABLE seller ADD COLUMN chat TEXT")
        self.db.execute("UPDATE seller SET manager_id = NULL")
        number = 100
        for channel, addresses in people.items():
            for address in addresses:
                number += 1
                self.db.execute("INSERT INTO seller (id, name, channel, chat) VALUES (?, ?, ?, ?)", (number, f"Seller {number}", channel, address))
                self.customer(number, 95, seller=number)

    def settle(self, channels, more=""):
        secret(self.where, "token", "123:abc")
        secret(self.where, "key", KEY)
        columns = ", ".join(f"CASE channel WHEN '{c}' THEN chat END AS {c}" for c in channels)
        rows = "\n".join(f"  {name} = {{ {text} }};" for name, text in channels.items())
        conf = self.where / "followupd.conf"
        conf.write_text(f"""company = {{ name = "Nordlys Kontor AS"; time_zone = "UTC"; language = "en"; currency = "NOK"; }};
store = "{self.where}/store.db";
languages = "{ROOT}/conf/languages";
source = {{
  database    = "{self.path}";
  salespeople = {{ query = "SELECT id, name, channel AS channels, {columns} FROM seller WHERE id > 100"; }};
  customers   = {{ query = "SELECT id, name, seller_id AS salesperson FROM client"; }};
  purchases   = {{ query = "SELECT client_id AS customer, invoiced AS at, total AS amount, id FROM invoice"; }};
}};
people = {{ hours = "always"; }};
guards = {{ stale_feed = false; mass_change = false; season = false; calm_start = "off"; }};
channels = {{
{rows}
}};
rules = ( {{ id = "lapse"; kind = "lapse"; after = "90 days"; min_purchases = 1; }} );
{more}""", encoding="utf-8")
        return conf

    def settled(self):
        return query(self.where / "store.db", "SELECT count(*) FROM message WHERE state IN ('queued', 'sending') OR (state = 'unknown' AND settled_at IS NULL)") == [(0,)]

    def states(self):
        return dict(query(self.where / "store.db", "SELECT address, state FROM message"))


def time_passes(clock, company, until, rounds=14):
    """Two minutes at a time, until something is so."""
    for _ in range(rounds):
        if wait(until, 0.6 if clock.environment else 90):
            return True
        clock.forward(120)
        company.beat()
    return until()


def same(requests):
    """One message, whatever the attempt: id and body."""
    return len({(r["headers"].get("webhook-id"), r["body"]) for r in requests}) == 1


# Address, what the first request for it gets, and how many requests there are in the end.
NO, DOUBT = "certainly not taken", "perhaps taken"
WEBHOOKS = [("w-ok", "ok", 1, None), ("w-seconds", "429;Retry-After: 1:", 2, NO), ("w-date", "429;Retry-After: +2:", 2, NO),
            ("w-past", "429;Retry-After: -500:", 2, NO), ("w-fraction", "429;Retry-After: 1.5:", 2, NO), ("w-none", "429", 2, NO),
            ("w-negative", "429;Retry-After: -30 s:", 2, NO), ("w-503", "503:Service Unavailable", 2, NO), ("w-500", "500:{oops", 2, NO),
            ("w-slow-headers", "slow-headers-1", 1, None), ("w-slow-body", "slow-body-1", 1, None), ("w-leave", "leave", 1, None),
            ("w-cut", "cut", 2, DOUBT), ("w-half", "half", 2, DOUBT), ("w-reset", "reset", 2, DOUBT), ("w-garbage", "garbage", 2, DOUBT),
            ("w-huge", "huge", 1, None)]
TELEGRAMS = [("1001", "ok", 1, None), ("1002", '429:{"ok":false,"parameters":{"retry_after":2}}', 2, NO),
             ("1003", '429:{"ok":false,"parameters":{"retry_after":1.5}}', 2, NO), ("1004", '429:{"ok":false,"parameters":{"retry_after":-7}}', 2, NO),
             ("1005", "200:<html>Welcome</html>", 2, DOUBT), ("1006", '200:{"ok":', 2, DOUBT), ("1007", "502:Bad Gateway", 2, NO),
             ("1008", "cut", 2, DOUBT), ("1009", "half", 2, DOUBT), ("1010", "slow-body-1", 1, None), ("1011", "leave", 1, None),
             ("1012", "ok", 1, None)]


def everything_at_once():
    rows = WEBHOOKS + TELEGRAMS
    company = Office({"webhook": [r[0] for r in WEBHOOKS], "telegram": [r[0] for r in TELEGRAMS], "ntfy": ["far_away"]})
    rules = [x for who, action, *_ in rows if action != "ok"
             for x in ("--rule", (f'"to":"{who}"' if who[0] == "w" else f'"chat_id":{who},') + f"#1={action}")]
    web = Web(company.where, *rules)
    conf = company.settle({"webhook": f'url = "{web.url}/hook"; secret_file = "{company.where}/key";', "telegram": f'url = "{web.url}"; secret_file = "{company.where}/token";',
                           "ntfy": 'url = "http://ntfy.followupd.invalid";'})
    clock = Clock(company.where)
    slow = slow_names(company.where)
    environment = {**clock.environment, "LD_PRELOAD": f"{clock.environment.get('LD_PRELOAD', '')} {slow}".strip()}
    check("check finds nothing wrong with these settings", ctl(conf, "check").code in (0, 1), ctl(conf, "check").all)
    daemon = Daemon(conf, **environment)
    ticker = Ticker(daemon.pid)
    left = lambda: query(company.where / "store.db", "SELECT count(*) FROM message WHERE channel <> 'ntfy' AND (state IN ('queued', 'sending') OR (state = 'unknown' AND settled_at IS NULL))")[0][0]
    done = lambda: len(company.states()) == len(rows) + 1 and left() == 0
    time_passes(clock, company, done)
    worst = ticker.stop()
    states = company.states()
    for who, action, n, kind in rows:
        got = web.to(who)
        check(f"{who}, {action.split(':')[0]}: told, with {n} request{'s' * (n > 1)}{' of the same id and bytes' * (kind == DOUBT)}",
              len(got) == n and states.get(who) == "sent" and (kind != DOUBT or same(got)), (states.get(who), [(r["action"], r["headers"].get("webhook-id")) for r in got]))
    ids = {}
    for r in web.requests():
        if r["path"] == "/hook":
            ids.setdefault(addressed(r)[0], set()).add(r["headers"]["webhook-id"])
    check("every webhook has one id for all attempts", all(len(x) == 1 for x in ids.values()) and len(ids) == len(WEBHOOKS), ids)
    check("every signature is by the rules of Standard Webhooks", all(signed(r) for r in web.requests() if r["path"] == "/hook"))
    connections = Counter(r["connection"] for r in web.requests() if "/bot" in r["path"])
    check("what must not come twice has a connection of its own", max(connections.values()) == 1, connections)
    kept = Counter(r["connection"] for r in web.requests() if r["path"] == "/hook")
    check("what has an id keeps its connection", max(kept.values()) > 1, kept)
    check("a name that takes its time holds up nobody, and its message waits", states.get("far_away") in ("queued", "sending"), states)
    if ticker.seen:
        check(f"the loop's worst gap is under 50 ms ({worst:.0f} ms, looked at {ticker.seen} times)", worst < 50, worst)
    else:
        skip("the loop's worst gap", "/proc/PID/syscall cannot be read")
    said = ctl(conf, "status").out
    check("status says which channel waits, and why", "ntfy: away since" in said and "resolve" in said.partition("ntfy: ")[2].splitlines()[0] and "webhook: up" in said, said)
    check("it ends well", daemon.stop() == 0, daemon.log()[-800:])


def slow_names(where):
    """getaddrinfo() takes 2 s for what is no address."""
    source = where / "slowdns.c"
    source.write_text("""#define _GNU_SOURCE
#include <ctype.h>
#include <dlfcn.h>
#include <netdb.h>
#include <unistd.h>
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **out)
{
    int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    *(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
    if (name && isalpha((unsigned char)*name))
        sleep(2);
    return name && isalpha((unsigned char)*name) ? EAI_AGAIN : real(name, service, hints, out);
}
""")
    made = where / "slowdns.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
    return made


def signed(request):
    h = request["headers"]
    text = f"{h['webhook-id']}.{h['webhook-timestamp']}.{request['body']}".encode()
    return h["webhook-signature"] == "v1," + base64.b64encode(hmac.new(bytes(range(32)), text, hashlib.sha256).digest()).decode()


def killed_before_the_answer():
    company = Office({"webhook": ["anna"], "telegram": ["4711"]})
    web = Web(company.where, "--rule", '"to":"anna"#1=slow-headers-9', "--rule", '"chat_id":4711#1=slow-headers-9')
    conf = company.settle({"webhook": f'url = "{web.url}/hook"; secret_file = "{company.where}/key";',
                           "telegram": f'url = "{web.url}"; secret_file = "{company.where}/token"; in_doubt = "hold";'})
    clock = Clock(company.where)
    daemon = Daemon(conf, **clock.environment)
    wait(lambda: web.to("anna") and web.to("4711"))
    daemon.kill()
    daemon = Daemon(conf, **clock.environment)
    time_passes(clock, company, company.settled)
    got = web.to("anna")
    check("killed between request and answer: repeated once, with the same id and bytes", len(got) == 2 and same(got), got)
    check("where in_doubt says hold it is not repeated", len(web.to("4711")) == 1, web.to("4711"))
    check("and counts as told", company.states() == {"anna": "sent", "4711": "unknown"}, company.states())
    daemon.stop()


def elsewhere_and_not_trusted():
    company = Office({"webhook": ["anna"], "telegram": ["4711"]})
    where = company.where
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.pem", "-days", "3", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], cwd=where, check=True, capture_output=True)
    web = Web(where, "--rule", "/moved=302;Location: /hook:")
    safe = Web(where, "--cert", where / "server.pem", "--key", where / "server.key", log="https.log")
    token, key = f'secret_file = "{where}/token";', f'secret_file = "{where}/key";'

    def sent(url, more="", **channels):
        conf = company.settle({"webhook": f'url = "{url}"; {key} {more}'})
        return ctl(conf, "test-send", "--to", "101", "--channel", "webhook")

    said = sent(f"https://127.0.0.1:{safe.port}/hook")
    check("a certificate that nobody known signed is refused, and what to do is said", said.code and "ca_file" in said.err and not safe.requests(), said.all)
    said = sent(f"https://127.0.0.1:{safe.port}/hook", f'ca_file = "{where}/server.pem";')
    check("with ca_file it is taken", said.code == 0 and len(safe.requests()) == 1, said.all)
    said = sent("https://service.followupd.invalid/hook".replace("https", "http"), f'proxy = "{web.url}";')
    check("a proxy is asked for what this machine cannot reach", said.code == 0 and web.requests()[-1]["path"] == "http://service.followupd.invalid/hook", said.all)
    before = len(web.requests())
    said = sent(f"{web.url}/moved")
    check("a redirect is not followed", said.code and "elsewhere" in said.err and [r["path"] for r in web.requests()[before:]] == ["/moved"], said.all)
    said = sent(f"{web.url}/hook", 'in_doubt = "repeat";')
    check("test-send says that it was sent", said.code == 0 and "sent to anna by webhook" in said.out, said.all)

    conf = company.settle({"telegram": f'url = "{web.url}"; {token}', "webhook": f'url = "{web.url}/moved"; {key}'})
    daemon = Daemon(conf)
    check("a channel that is sent elsewhere is stopped", wait(lambda: "webhook: stopped" in ctl(conf, "status").out), ctl(conf, "status").out)
    check("the other one goes on", wait(lambda: company.states().get("4711") == "sent"), company.states())
    said = ctl(conf, "status")
    check("status names both, and its exit code is that of monitoring", said.code == 2 and "telegram: up" in said.out and "elsewhere" in said.out, said.all)
    daemon.stop()


def a_secret_that_is_refused():
    company = Office({"telegram": ["4711"]})
    company.db.execute("UPDATE seller SET channel = 'telegram ntfy'")
    company.db.execute("ALTER TABLE seller ADD COLUMN topic TEXT DEFAULT 'anna_topic'")
    web = Web(company.where, "--rule", '/bot123:abc/=401:{"ok":false,"description":"Unauthorized"}')
    conf = company.settle({"telegram": f'url = "{web.url}"; secret_file = "{company.where}/token";', "ntfy": f'url = "{web.url}";'})
    conf.write_text(conf.read_text().replace("CASE channel WHEN 'telegram' THEN chat END AS telegram, CASE channel WHEN 'ntfy' THEN chat END AS ntfy",
                                             "chat AS telegram, topic AS ntfy").replace('store =', 'admin = { channels = [ "ntfy:admin_topic" ]; };\nstore ='))
    daemon = Daemon(conf)
    check("what a channel with a bad token did not take comes over the next one", wait(lambda: len(web.to("anna_topic")) == 1, 15), daemon.log())
    check("and the admin hears, over a chat", wait(lambda: len(web.to("admin_topic")) == 1), web.requests())
    check("each in the form of its channel", all("MIME-Version" not in r["body"] for r in web.requests()), web.requests())
    time.sleep(0.1)
    secret(company.where, "token", "456:def")
    check("a changed token starts it again", wait(lambda: "telegram: up" in ctl(conf, "status").out, 15), ctl(conf, "status").out)
    company.customer(900, 95, seller=101)
    check("and what is new goes over it again", wait(lambda: len(web.to("4711")) == 2, 15), web.requests())
    check("nobody heard twice", len(web.to("anna_topic")) == 1, web.to("anna_topic"))
    daemon.stop()


run(everything_at_once, killed_before_the_answer, elsewhere_and_not_trusted, a_secret_that_is_refused)
