#!/usr/bin/python3
"""followupctl, verb by verb, as an admin uses it: what it prints, what it changes, its exit codes, and what it says to a mistake."""
import email
import email.policy
import html.parser
import json
import os
import re
import shutil
import subprocess
import time
from datetime import timedelta

from followupd_test import BUILD, ROOT, Clock, Company, Daemon, Sink, ago, check, ctl, folder, run, skip, today, wait, write_conf

NAMES = {10: '=HYPERLINK("http://evil.example";"click")', 11: "+47 10 20 30", 12: "-5 Grader AS", 13: "@home", 14: 'Quote "and", comma'}
REMINDED = '{ id = "lapse"; kind = "lapse"; after = "90 days"; min_purchases = 1; offer = "welcome-back"; repeat = "1 day"; times = 1; }'


def late_company(customers=5):
    company = Company(folder())
    for i in range(customers):
        company.customer(i + 1, 95 + i, total=100 + i)
    return company


def rows(conf, *arguments):
    said = ctl(conf, "--format", "csv", *arguments)
    if said.code:
        raise RuntimeError(said.all)
    return said.rows()


# ---- what the rules find

def check_and_broken_mappings():
    company = late_company(1)
    conf = write_conf(company)
    good = conf.read_text()
    said = ctl(conf, "check")
    check("a right mapping: exit code 0, what was read, what is due", said.code == 0 and said.out.startswith("1 customers (") and
          "rule lapse (lapse): 1 due now, 0 cannot be judged\n" in said.out and said.out.endswith(f"{conf} is right\n"), said.all)
    for name, old, new, exactly in (
            ("a misspelt column", "seller_id AS salesperson", "seller_id AS salesprson",
             ':8: customers: the column "salesprson" is not known; did you mean "salesperson"?'),
            ("a required column that is missing", "client_id AS customer, invoiced", "invoiced", ':9: purchases: the column "customer" is missing'),
            ("a table that is not there", "FROM invoice", "FROM invoices", ":9: purchases: no such table: invoices"),
            ("a column that is not there", "total AS amount", "totl AS amount", ":9: purchases: no such column: totl"),
            ("the clock inside a query", "invoiced AS at", "date('now') AS at",
             ":9: purchases: the hour at which it is read must not change the answer: instead of 'now' write :today or :now"),
            ("a query that writes", "SELECT client_id AS customer, at, kind FROM activity", "DELETE FROM activity",
             ":10: contacts: a query may only read, and DELETE is not allowed: write a SELECT"),
            ("two statements", "kind FROM activity", "kind FROM activity; SELECT 1", ":10: contacts: one statement only: take away what follows the semicolon"),
            ("a database that is not there", 'company.db"', 'nowhere.db"', f":6: {company.where}/nowhere.db does not exist; is the path in source.database right?")):
        conf.write_text(good.replace(old, new, 1))
        said = ctl(conf, "check")
        check(f"check: {name}: exit code 1 and one sentence with file and line", said.code == 1 and said.out.startswith(f"{conf}{exactly}")
              and said.out.count("\n") == 1, said.all)
    conf.write_text(good.replace("invoiced AS at", "'31.12.2025' AS at", 1))
    said = ctl(conf, "check")
    check("check: values that cannot be read are counted and shown with an example", said.code == 1 and "purchases.at: 4 values cannot be read" in said.out
          and "customer 1: '31.12.2025'" in said.out, said.all)
    check("and nobody is judged by them", "rule lapse (lapse): 0 due now, 1 cannot be judged" in said.out, said.out)
    check("check created nothing beside the database", sorted(p.name for p in company.where.iterdir()) == ["company.db", "followupd.conf", "outbox"],
          list(company.where.iterdir()))


def lists():
    company = late_company(2)
    company.customer(3, 70)
    company.db.executescript("INSERT INTO client (id, name, seller_id) VALUES (77, 'Never', 2), (78, 'Nobody''s', NULL), (79, 'Lost', 99);"
                             "INSERT INTO client (id, name, seller_id, active) VALUES (80, 'Inactive', 2, 0);")
    company.customer(4, 95, seller=99)
    conf = write_conf(company, rules=REMINDED.replace("min_purchases", 'watch = "60 days"; min_purchases'))
    for what, wanted in (("late", {"1", "2", "4"}), ("watch", {"3"}), ("due", {"1", "2", "4"}), ("cannot-judge", set()), ("never-bought", {"77", "78", "79"}),
                         ("unassigned", {"78", "79", "4"}), ("open", set()), ("held", set())):
        ours = {r["customer"] for r in rows(conf, "list", what)}
        check(f"list {what}", ours == wanted, ours)
    for what in ("queue", "sent", "failed"):
        check(f"list {what}: empty before the daemon ever ran", rows(conf, "list", what) == [])
    past = {days: {r["customer"] for r in rows(conf, "--at", ago(days), "list", "late")} for days in (7, 6, 5, 4)}
    check("the past is judged as it was", past == {7: set(), 6: {"2"}, 5: {"1", "2", "4"}, 4: {"1", "2", "4"}}, past)
    later = str(today() + timedelta(days=20))
    check("the future too", {r["customer"] for r in rows(conf, "--at", later, "list", "late")} == {"1", "2", "3", "4"})
    check("the same instant gives the same bytes", len({ctl(conf, "--at", later, "--format", f, "list", "late").out for f in ("csv", "csv", "csv")}) == 1)
    noon, end = (ctl(conf, "--at", f"{later}{t}", "--format", "csv", "list", "late").out for t in (" 12:00", "T23:59:59Z"))
    check("a time of day may be given, with or without Z", noon == end and noon.count("\n") == 5, (noon, end))


def cells_that_spreadsheets_would_run():
    company = Company(folder())
    for number, name in NAMES.items():
        company.customer(number, 95, name=name)
    conf = write_conf(company)
    found = {int(r["customer"]): r["name"] for r in rows(conf, "list", "late")}
    wanted = {n: ("'" if name[0] in "=+-@" else "") + name for n, name in NAMES.items()}
    check("in CSV what begins with = + - @ is defused by an apostrophe", found == wanted, found)
    found = {int(r["customer"]): r["name"] for r in json.loads(ctl(conf, "--format", "json", "list", "late").out)}
    check("in JSON it stands as it is", found == NAMES, found)
    lines = ctl(conf, "list", "late").out.splitlines()
    check("the table keeps each customer on one line", len(lines) == len(NAMES) + 2, lines)
    check("programs get the salesperson's id and the name", {(r["salesperson"], r["salesperson_name"]) for r in rows(conf, "list", "late")} == {("2", "Sam Seller")})
    check("people get the name alone", "Sam Seller" in lines[1] and "salesperson_name" not in lines[0], lines[:2])
    company.db.execute("UPDATE seller SET name = 'Sam Seller of the northern and the western districts' WHERE id = 2")
    line = ctl(conf, "list", "late").out.splitlines()[1]
    check("cut, if it is long", "  Sam Seller of the north\u2026  " in line and "western" not in line, line)


def explain():
    company = late_company(1)
    company.customer(2, 10)
    conf = write_conf(company, rules='{ id = "lapse"; kind = "lapse"; after = "2.5 x rhythm"; watch = "1.5 x rhythm"; }')
    said = ctl(conf, "explain", "1")
    check("explain says who, the numbers, and the rule's line", said.code == 0 and "Customer 1: Customer 1" in said.out and
          "gaps between occasions, in days: 30 30 30" in said.out and re.search(rf"Rule lapse \({re.escape(str(conf))}:\d+\): due", said.out), said.all)
    check("with the arithmetic of the rhythm", "typical gap 30.0 days, of its category 30.0; 2.5 times that is 75 days" in said.out
          and f"due on {ago(20)}" in said.out and f"occasion {ago(95)}" in said.out, said.out)
    check("and the money at risk", "at risk: 3.33 a day" in said.out, said.out)
    said = ctl(conf, "explain", "2")
    check("explain also says why somebody is not due", said.code == 0 and "not yet due" in said.out, said.all)
    said = ctl(conf, "explain", "4711")
    check("explain: no such customer: exit code 2 and a hint", said.code == 2 and 'there is no customer "4711"' in said.err, said.all)


class Tags(html.parser.HTMLParser):
    """Are all elements closed in order?"""
    void = {"meta", "br", "img", "hr", "link", "input"}

    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.text = [], [], ""

    def handle_starttag(self, tag, attributes):
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        self.text += data


def preview():
    company = late_company(3)
    company.customer(10, 95, name='<script>alert(1)</script> & Søn "AS"')
    conf = write_conf(company, rules=REMINDED)
    where = company.where / "preview"
    said = ctl(conf, "preview", "1", "10", "--to", where)
    names = sorted(p.name for p in where.iterdir())
    check("preview writes text, HTML and mail of each", said.code == 0 and names == sorted(f"{c}-lapse.{e}" for c in ("1", "10") for e in ("txt", "html", "eml")),
          (said.all, names))
    for customer in ("1", "10"):
        text = (where / f"{customer}-lapse.txt").read_text(encoding="utf-8")
        check(f"customer {customer}: the text has at most 72 columns", max(map(len, text.splitlines())) <= 72, text)
        check(f"customer {customer}: it says why now", "95 days" in text and "90" in text, text)
        page = Tags()
        page.feed((where / f"{customer}-lapse.html").read_text(encoding="utf-8"))
        page.close()
        check(f"customer {customer}: all elements of the HTML are closed", not page.open and not page.wrong and "html" not in page.open, (page.open, page.wrong))
        mail = email.message_from_bytes((where / f"{customer}-lapse.eml").read_bytes(), policy=email.policy.default)
        defects = [d for part in mail.walk() for d in part.defects]
        check(f"customer {customer}: the mail is one: two parts, no defects", not defects and mail.get_content_type() == "multipart/alternative"
              and [p.get_content_type() for p in mail.iter_parts()][:2] == ["text/plain", "text/html"], (defects, mail.get_content_type()))
        check(f"customer {customer}: it goes to the salesperson", mail["To"].addresses[0].addr_spec == "sam@nordlys.example", mail["To"])
    source = (where / "10-lapse.html").read_text(encoding="utf-8")
    check("a name is text, whatever it looks like", "<script" not in source and '<script>alert(1)</script> & Søn "AS"' in page.text, page.text[:500])
    check("the code of the offer is none yet", "XXXX-XXXX-X" in (where / "1-lapse.txt").read_text(), "")
    said = ctl(conf, "preview", "--count", "2", "--to", company.where / "two")
    check("preview of the first two", said.code == 0 and len(list((company.where / "two").iterdir())) == 6, said.all)
    conf = write_conf(company, rules='{ id = "talk"; kind = "visit"; every = "3 months"; }')
    said = ctl(conf, "preview", "1", "--to", company.where / "visit")
    mail = email.message_from_bytes((company.where / "visit/1-talk.eml").read_bytes(), policy=email.policy.default)
    parts = [p.get_content_type() for p in mail.iter_parts()]
    check("a visit has its .ics behind the text", parts == ["multipart/alternative", "text/calendar"] and not any(p.defects for p in mail.walk()), parts)
    calendar = list(mail.iter_parts())[1]
    check("as a file that a calendar opens", calendar.get_filename() == "visit-Customer-1.ics" and calendar.is_attachment()
          and calendar["Content-Type"].params["method"] == "PUBLISH", str(calendar["Content-Type"]))
    check("the same lies beside the mail", calendar.get_payload(decode=True) == (company.where / "visit/1-talk.ics").read_bytes(), said.all)
    check("and the proposal is told in a line", re.search(r"meeting proposed for \d{4}-\d\d-\d\d \d\d:[03]0-\d\d:[03]0 \(UTC\)\n", said.out), said.out)
    check("nothing else was written", not (company.where / "store.db").exists())


def test_send():
    company = late_company(1)
    sink = Sink(company.where)
    conf = write_conf(company, sink)
    said = ctl(conf, "test-send", "--to", "2")
    check("test-send to a salesperson: the server's answer, exit code 0", said.code == 0 and said.out.startswith("sent to sam@nordlys.example by email: 250"), said.all)
    check("the mail arrived", len(sink.mails()) == 1 and sink.mails()[0]["to"] == ["sam@nordlys.example"], sink.mails())
    said = ctl(conf, "test-send", "--to", "rcpt-550-5.1.1+anna@nordlys.example")
    check("refused: what the server said, exit code 2", said.code == 2 and ": refused to rcpt-550-5.1.1+anna@nordlys.example by email: the recipient was refused: 550 5.1.1" in said.err, said.all)
    said = ctl(conf, "test-send", "--to", "nobody-of-ours")
    check("to nobody known: exit code 2, said", said.code == 2 and 'there is no salesperson "nobody-of-ours"' in said.err, said.all)
    sink.stop()
    said = ctl(conf, "test-send", "--to", "2")
    check("a server that is not there: exit code 2, said", said.code == 2 and ": not sent to sam@nordlys.example by email" in said.err, said.all)
    check("it touched no store", not (company.where / "store.db").exists())


# ---- the year to come

YEAR = """{ id = "lapse"; kind = "lapse"; after = "90 days"; },
  { id = "review"; title = "Account review"; kind = "review"; every = ( ("high", "100 days") ); counts = ["review"]; },
  { id = "visit"; title = "Regular meeting"; kind = "visit"; every = ( ("everyone", "200 days"), ("key", "60 days") ); counts = ["visit"]; },
  { id = "gift"; kind = "occasion"; on = "06-24"; who = ["key"]; }"""


def plan():
    company = Company(folder())
    company.customer(1, 10, name="Key, Sons & Co")
    company.customer(2, 95, name='=HYPERLINK("http://evil.example")')
    company.customer(3, 5, seller=1)
    company.db.executescript("UPDATE client SET segment = 'key', grade = 'high' WHERE id = 1; UPDATE client SET active = 0 WHERE id = 3;"
                             "INSERT INTO client (id, name, seller_id, since) VALUES (4, 'Prospect', 1, '2026-03-02');"
                             "INSERT INTO activity (client_id, at, kind) VALUES (1, '2026-03-02', 'visit'), (1, '2026-03-02', 'review'), (2, '2026-03-02', 'visit'),"
                             " (4, '2026-03-02', 'visit');"
                             "UPDATE invoice SET invoiced = date('2026-03-02', '-' || id || ' days');")
    conf = write_conf(company, rules=YEAR)
    conf.write_text(conf.read_text().replace('hours = "always"', 'hours = "mon-fri 09:00-17:00"') + 'categories = ( "everyone", "key" );\n')
    at = ("--at", "2026-03-02")
    found = [(r["date"], r["rule"], r["what"], r["unless"]) for r in rows(conf, *at, "plan", "1", "--days", "150")]
    check("plan of a customer: each contact on its day, the next counted from there, on working days", found == [
        ("2026-05-01", "visit", "visit", ""), ("2026-06-01", "lapse", "late if no order comes", "ordered"), ("2026-06-10", "review", "review", ""),
        ("2026-06-24", "gift", "for 2026-06-24", ""), ("2026-06-30", "visit", "visit", "")], found)
    everybody = rows(conf, *at, "plan")
    check("plan of the company: sorted by day, whoever is inactive left out", [r["date"] for r in everybody] == sorted(r["date"] for r in everybody)
          and {r["customer"] for r in everybody} == {"1", "2", "4"}, everybody)
    check("for 365 days unless it is said", max(r["date"] for r in everybody) < "2027-03-02" < max(r["date"] for r in rows(conf, *at, "plan", "--days", "3660")))
    ours = {r["customer"] for r in rows(conf, *at, "plan", "--salesperson", "1")}
    check("plan of a salesperson: their own customers", ours == {"4"}, ours)
    check("in CSV a name that a spreadsheet would run is defused", {r["name"][:2] for r in everybody if r["customer"] == "2"} == {"'="}, everybody)
    found = json.loads(ctl(conf, *at, "--format", "json", "plan").out)
    check("JSON has the same", [(r["date"], r["customer"], r["occasion"]) for r in found] == [(r["date"], r["customer"], r["occasion"]) for r in everybody])
    said = ctl(conf, *at, "plan")
    check("the table ends with what each rule and each person has to do, and in which week most", said.code == 0
          and re.search(r"^\d+ contacts from 2026-03-02 to 2027-03-01, and 2 perhaps: ", said.out, re.M) and re.search(r"^visit +Regular meeting +\d+ +0$", said.out, re.M)
          and re.search(r"^2 +Sam Seller +\d+ +\d\.\d +\d+  \d{4}-\d\d-\d\d +2$", said.out, re.M), said.all)
    plan_as_a_calendar(conf, at, everybody)
    for arguments, code, says in (
            (("plan", "4711"), 2, 'there is no customer "4711"'), (("plan", "3"), 2, 'customer "3" is inactive or not to be contacted'),
            (("plan", "--salesperson", "9"), 2, 'there is no salesperson "9"'), (("plan", "--days", "0"), 64, '--days "0" is no number from 1 to 3660'),
            (("plan", "--days", "4000"), 64, "write for example --days 90"), (("plan", "--days", "1e3"), 64, '--days "1e3" is no number'),
            (("plan", "1", "2"), 64, "plan takes one customer"), (("plan", "1", "--salesperson", "2"), 64, "plan takes one customer"),
            (("plan", "--format", "xml"), 64, "write table, csv or json, or ics for a calendar"),
            (("list", "late", "--format", "ics"), 64, '--format "ics" is not known; write table, csv or json')):
        said = ctl(conf, *arguments)
        check(f"followupctl {' '.join(arguments)}: exit code {code}, and why", said.code == code and says in said.err and said.out == "", said.all)
    check("nothing was written", not (company.where / "store.db").exists())
    conf.write_text(conf.read_text().replace('mon-fri 09:00-17:00', 'always'))
    daemon = Daemon(conf)
    wait(lambda: "lapse told" in daemon.log() or " sent" in daemon.log())
    ctl(conf, "record", "2", "lost", "--rule", "lapse")
    daemon.stop()
    ours = [r["occasion"] for r in rows(conf, "plan", "2") if r["rule"] == "lapse"]
    check("what was closed is not planned again, only what a further year of silence brings", ours == ["2026-02-25#2"]
          and any("lapse lost" in r["what"] for r in rows(conf, "history", "2")), ours)


def plan_as_a_calendar(conf, at, everybody):
    said = ctl(conf, *at, "plan", "--format", "ics")
    text = said.out.replace("\n ", "")  # Python already made LF of CR LF
    days = [f"{d[:4]}-{d[4:6]}-{d[6:]}" for d in re.findall(r"^DTSTART;VALUE=DATE:(\d{8})$", text, re.M)]
    uids = re.findall(r"^UID:(.*)$", text, re.M)
    check("--format ics: a calendar with a whole day for each contact", said.code == 0 and text.startswith("BEGIN:VCALENDAR\n") and text.endswith("END:VCALENDAR\n")
          and "\nMETHOD:PUBLISH\n" in text and days == [r["date"] for r in everybody], said.all)
    check("names are escaped", "\nSUMMARY:Key\\, Sons & Co: visit\n" in text, text)
    later = re.findall(r"^UID:(.*)$", ctl(conf, "--at", "2026-03-04", "plan", "--format", "ics").out, re.M)
    check("each has a UID of its own, and keeps it", len(set(uids)) == len(uids) and set(uids[:3]) <= set(later), (uids, later))


# ---- what the daemon remembers

def record_while_the_daemon_runs():
    company = late_company(6)
    sink = Sink(company.where)
    conf, clock = write_conf(company, sink, rules=REMINDED), Clock(company.where)
    daemon = Daemon(conf, **clock.environment)
    wait(lambda: len(sink.mails()) == 6 and daemon.log().count(" sent 250") == 6)

    def record(*arguments):
        return ctl(conf, "record", *arguments, **clock.environment)

    def states():
        return {r["customer"]: r["state"] for r in rows(conf, "list", "open")}
    began = time.monotonic()
    said = record("1", "done", "--note", "will order on Monday")
    check("record done", said.code == 0 and said.out == "recorded for 1 episode of customer 1\n", said.all)
    check("it closes the episode within two seconds", wait(lambda: "1" not in states(), 2) and time.monotonic() - began < 2, states())
    lines = [r for r in rows(conf, "history", "1")]
    check("history has the line, with the note and by whom", any("lapse done: will order on Monday" in r["what"] and r["by"] != "followupd" for r in lines), lines)
    check("record lost", record("2", "lost", "--by", "Mia").code == 0 and [r["by"] for r in rows(conf, "history", "2")][-1] == "Mia")
    check("record not-late", record("3", "not-late").code == 0 and wait(lambda: "3" not in states(), 2), states())
    said = record("4", "call", "--note", "asked about prices")
    check("record a call", said.code == 0 and said.out == "recorded a call with customer 4\n", said.all)
    check("a contact closes the episode as done, by the running daemon, within two seconds", wait(lambda: "4" not in states(), 2) and
          any("lapse done: a contact was logged" in r["what"] for r in rows(conf, "history", "4")), rows(conf, "history", "4"))
    check("record later", record("5", "later", "3 days").code == 0 and states()["5"] == "snoozed", states())
    day = str(today() + timedelta(days=3))
    check("and history says until when", any(r["what"] == f"lapse snoozed until {day}" for r in rows(conf, "history", "5")), rows(conf, "history", "5"))
    said = record("1", "done")
    check("what is closed cannot be recorded again: exit code 2", said.code == 2 and "customer 1 has no open episode" in said.err, said.all)
    said = record("4711", "done")
    check("nor for a customer who is not there", said.code == 2 and 'there is no customer "4711"' in said.err, said.all)
    said = record("6", "later", "soon")
    check("a span that is none is refused", said.code == 64 and "soon" in said.err, said.all)
    said = record("6", "done", "--rule", "nope")
    check("nor for a rule that has none", said.code == 2, said.all)
    if clock.environment:
        check_repeats(clock, company, sink)
    else:
        skip("who was recorded is not reminded", "libfaketime is absent")
    check("it ends well", daemon.stop() == 0)


def check_repeats(clock, company, sink):
    """Two days later only customer 6 is reminded, four days later 5 too: all others were recorded."""
    def reminded():
        return [str(m["mail"]["Subject"]) for m in sink.mails()[6:]]
    for _ in range(2):
        clock.forward(86400)
        company.beat()
        wait(lambda: len(reminded()) >= 1, 3)
    time.sleep(0.5)
    check("no repeat is sent about whoever was recorded; about the one who was not it is", len(reminded()) == 1 and "Customer 6" in reminded()[0], reminded())
    first = next(m for m in sink.mails()[:6] if "Customer 6" in str(m["mail"]["Subject"]))
    again = sink.mails()[6]["mail"]
    check("it threads to the first", again["In-Reply-To"] == first["id"] and first["id"] in again["References"], (again["In-Reply-To"], first["id"]))
    for _ in range(2):
        clock.forward(86400)
        company.beat()
        wait(lambda: len(reminded()) >= 2, 2)
    check("the snoozed one is reminded when its time has come", len(reminded()) == 2 and "Customer 5" in reminded()[1], reminded())


LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def right(code):
    """The check character: a sum in GF(32) = GF(2)[x] / (x^5 + x^2 + 1), each place weighing x times the one behind it."""
    total = 0
    for letter in code[:4] + code[5:9]:
        total = (total ^ LETTERS.index(letter)) << 1
        total = total ^ 37 if total & 32 else total
    return LETTERS[total] == code[10]


def offers():
    company = late_company(3)
    sink = Sink(company.where)
    conf = write_conf(company, sink, rules=REMINDED)
    daemon = Daemon(conf)
    wait(lambda: daemon.log().count(" sent 250") == 3)
    found = {r["customer"]: r for r in rows(conf, "offers")}
    check("offers: one for each customer who was told of, with size and last day", set(found) == {"1", "2", "3"} and all(
        (r["offer"], r["kind"], r["size"], r["valid_until"], r["state"]) == ("welcome-back", "percent", "10", str(today() + timedelta(days=14)), "told")
        for r in found.values()), found)
    codes = [r["code"] for r in found.values()]
    check("each code is its own, and its check character is right", len(set(codes)) == 3 and all(re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-.", c)
                                                                                               and right(c) for c in codes), codes)
    for mail in sink.mails():
        customer = re.match(r"Customer (\d+)", str(mail["mail"]["Subject"])).group(1)
        check(f"the mail about customer {customer} has that very code", found[customer]["code"] in mail["text"], mail["text"])
    check("JSON has the same", {o["code"] for o in json.loads(ctl(conf, "--format", "json", "offers").out)} == set(codes))
    check("it ends well", daemon.stop() == 0)


def status_for_monitoring():
    company = late_company(1)
    sink = Sink(company.where)
    conf = write_conf(company, sink)
    said = ctl(conf, "status")
    check("status before the first start: exit code 2", said.code == 2 and "never started" in said.out, said.all)
    daemon = Daemon(conf)
    wait(lambda: " sent 250" in daemon.log())
    said = ctl(conf, "status")
    check("a running daemon: exit code 0, its process, what it did", said.code == 0 and f"daemon      running, process {daemon.pid}\n" in said.out
          and "1 told and open" in said.out and "1 sent" in said.out and said.out.endswith("all is well\n"), said.all)
    company.db.execute("INSERT INTO invoice (client_id, invoiced, total) VALUES (1, '2026-13-45', 5)")
    check("a value that cannot be read is an alert: exit code 1", wait(lambda: ctl(conf, "status").code == 1, 4), ctl(conf, "status").all)
    said = ctl(conf, "status")
    check("with its text", re.search(r"alert .*cannot be read.*2026-13-45", said.out), said.out)
    check("the admin gets one mail about it", wait(lambda: any(m["to"] == ["it@nordlys.example"] for m in sink.mails()), 4), sink.mails())
    company.beat()
    time.sleep(1)
    check("and no second one that day", sum(m["to"] == ["it@nordlys.example"] for m in sink.mails()) == 1)
    daemon.stop()
    said = ctl(conf, "status")
    check("not running: exit code 2", said.code == 2 and "daemon      not running" in said.out, said.all)


def history():
    company = late_company(2)
    conf = write_conf(company)
    daemon = Daemon(conf)
    wait(lambda: daemon.log().count(" sent") == 2)
    company.buys(1)
    wait(lambda: "lapse won" in daemon.log())
    whole, one = rows(conf, "history"), rows(conf, "history", "1")
    check("history of one customer: due, told, won", [re.sub(r" \d.*| to .*|:.*", "", r["what"]) for r in one] ==
          ["lapse due since", "lapse told", "lapse won"], one)
    check("history of all has everybody's", {r["customer"] for r in whole} >= {"1", "2"} and all(r in whole for r in one), whole)
    check("--at says what was known then", rows(conf, "--at", ago(1), "history") == [])
    daemon.stop()


def digest_by_its_name():
    company = late_company(3)
    sink = Sink(company.where)
    conf = write_conf(company, sink, rules=REMINDED.replace("after", 'tell = "daily"; after'))
    daemon = Daemon(conf)
    wait(lambda: " sent 250" in daemon.log())
    sent = rows(conf, "list", "sent")
    check("list sent names a digest, and how many it told", [r["tells"] for r in sent] == ["daily digest, 3 told"], sent)
    lines = [r["what"] for r in rows(conf, "history")]
    check("history names it too", any(re.fullmatch(r"daily digest to \S+ by email: 3 new, message \d+", line) for line in lines), lines)
    check("it ends well", daemon.stop() == 0)


# ---- mistakes, and who runs it

def bad_usage():
    company = late_company(1)
    conf = write_conf(company)
    for arguments, says in (
            ((), "usage: followupctl"), (("lst",), 'there is no verb "lst"; followupctl --help lists them'), (("list",), "say what to list: late|watch"),
            (("list", "lat"), 'list cannot list "lat"; it lists late|watch'), (("list", "late", "more"), "say what to list"),
            (("explain",), "say which customer"), (("record", "1"), "write: followupctl record CUSTOMER done|"),
            (("record", "1", "doen"), 'there is no outcome "doen"; write: followupctl record CUSTOMER done|'), (("release", "everything"), "write: followupctl release feed"),
            (("status", "now"), 'status takes no argument "now"'), (("offers", "1"), 'offers takes no argument "1"'), (("check", "1"), 'check takes no argument "1"'),
            (("history", "1", "2"), "history takes one customer"), (("test-send",), "say to whom"),
            (("test-send", "--to", "2", "--channel", "pigeon"), 'there is no channel "pigeon"'),
            (("--at", "yesterday", "list", "late"), '--at "yesterday" is no time; write 2026-11-22'),
            (("--at", "2026-02-30", "list", "late"), '--at "2026-02-30" is no time'), (("--format", "xml", "list", "late"), '--format "xml" is not known; write table, csv or json')):
        said = ctl(conf, *arguments)
        check(f"followupctl {' '.join(arguments)}: exit code 64, and what to write", said.code == 64 and says in said.err and said.out == "", said.all)
    said = ctl(company.where / "nowhere.conf", "status")
    check("a configuration that is not there: 78, and its name", said.code == 78 and "nowhere.conf" in said.err, said.all)
    said = ctl(conf, "--help")
    check("--help lists the verbs: exit code 0", said.code == 0 and all(v in said.out for v in ("check", "list", "explain", "plan", "preview", "test-send", "record",
                                                                                                 "history", "offers", "release", "status")), said.all)
    said = ctl(conf, "record", "1", "done")
    check("record before the first start says what to do", said.code == 2 and "start followupd first" in said.err, said.all)


NOBODY, OTHER = 65534, 1


def as_user(uid):
    return ("setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups")


def run_by_root_and_by_others():
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return skip("root becomes the store's owner", "this needs root and setpriv")
    if subprocess.run([*as_user(NOBODY), "test", "-x", BUILD / "followupd", "-a", "-r", ROOT / "conf/languages/en/phrases"]).returncode:
        return skip("root becomes the store's owner", f"user nobody may not read {ROOT}")
    company = late_company(2)
    where = company.where
    conf = write_conf(company)
    os.chmod(where, 0o755)
    os.chown(where, NOBODY, NOBODY)
    for path in where.iterdir():
        os.chown(path, NOBODY, NOBODY)
    daemon = Daemon(conf, *as_user(NOBODY))
    wait(lambda: daemon.log().count(" sent") == 2)
    store = {p.name: (p.stat().st_uid, oct(p.stat().st_mode & 0o777)) for p in where.glob("store.db*")}
    check("the store belongs to the daemon's user, and nobody else may look", set(store.values()) == {(NOBODY, "0o600")}, store)
    said = ctl(conf, "record", "1", "done")
    check("root records", said.code == 0 and daemon.process.poll() is None, said.all)
    daemon.stop()
    said = ctl(conf, "record", "2", "done")
    check("also while the daemon is down", said.code == 0, said.all)
    ctl(conf, "status")
    foreign = [p.name for p in where.glob("store.db*") if p.stat().st_uid != NOBODY]
    check("no file of the store became root's", foreign == [], foreign)
    daemon = Daemon(conf, *as_user(NOBODY))
    check("the daemon can still use it", daemon.process.poll() is None and daemon.stop() == 0)
    said = ctl(conf, "status", before=as_user(OTHER))
    check("another user is told how to run it", said.code == 2 and "run this as sudo -u nobody followupctl" in said.err, said.all)
    said = ctl(conf, "status", before=as_user(NOBODY))
    check("its owner just runs it", "daemon      not running" in said.out, said.all)


run(check_and_broken_mappings, lists, cells_that_spreadsheets_would_run, explain, preview, test_send, plan, record_while_the_daemon_runs, offers,
    status_for_monitoring, history, digest_by_its_name, bad_usage, run_by_root_and_by_others)
