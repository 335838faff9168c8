#!/usr/bin/python3
"""A company without a database: four files as their programs write them, imported twice, checked, judged, noticed by the daemon;
hostile files; and a database of somebody else, which stays as it is."""
import fcntl
import hashlib
import os
import pty
import random
import re
import signal
import sqlite3
import subprocess
import time

from followupd_test import BUILD, LAPSE, ROOT, Daemon, ago, check, ctl, folder, run, skip, wait

CONF = """company = {{ name = "Nordlys Kontor AS"; time_zone = "Europe/Oslo"; currency = "NOK"; }};
store = "store.db";
languages = "{root}/conf/languages";
@include "native.conf"
people = {{ hours = "always"; }};
guards = {{ stale_feed = false; calm_start = "off"; }};
channels = {{ folder = {{ path = "outbox"; from = "Follow-up <followup@nordlys.example>"; }}; }};
rules = ( {lapse} );
"""


def norwegian(iso):
    year, month, day = iso.split("-")
    return f"{day}.{month}.{year}"


class Firm:
    """A configuration that includes conf/native.conf, with the database beside it."""

    def __init__(self):
        self.where = folder()
        self.db, self.conf = self.where / "customers.db", self.where / "followupd.conf"
        native = (ROOT / "conf/native.conf").read_text()
        assert native.count('"/var/lib/followupd/customers.db"') == 1
        (self.where / "native.conf").write_text(native.replace('"/var/lib/followupd/customers.db"', f'"{self.db}"'))
        self.conf.write_text(CONF.format(root=ROOT, lapse=LAPSE))
        (self.where / "outbox").mkdir()

    def file(self, name, text, encoding="utf-8"):
        path = self.where / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    def take(self, text, into, *options, encoding="utf-8", name="in.csv"):
        return ctl(self.conf, "import", self.file(name, text, encoding), "--into", into, *options)

    def rows(self, sql, *values):
        db = sqlite3.connect(self.db)
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()

    def everything(self):
        return [self.rows(f"SELECT * FROM {t} ORDER BY 1, 2, 3, 4") for t in ("salespeople", "customers", "purchases", "contacts", "problems")]


def filled(firm):
    """Four files in four encodings with three delimiters; returns what was said."""
    orders = [(17, 95, "1 234,50"), (17, 125, "900"), (17, 155, "1.050,00"), (18, 10, "12,5"), (18, 40, "12,5"), ("Ю-3", 200, "7")]
    return [
        firm.take('sep=;\r\n"Id";"Name";E-mail;Telegram;\r\n1;Åse Bjørnstad;ase@nordlys.example;;\r\n2;"Sam ""S"" Seller";sam@nordlys.example;@sam;\r\n',
                  "salespeople", "--map", "E-mail=email", "--encoding", "windows-1252", encoding="windows-1252", name="selgere.csv"),
        firm.take("id\tname\tSalesperson\tNotes\tX Birthday\n17\tKrokmyr Verksted AS\t2\t\"two\nlines\"\t1970-06-24\n18\tบริษัท ไทย\t2\t\t\n"
                  "Ю-3\tООО Ромашка\t1\t\t\n", "customers", encoding="utf-16", name="kunder.txt"),
        firm.take("Kundenr;Dato;Beløp;Intern kode\n" + "".join(f"{c};{norwegian(ago(d))};{a};x\n" for c, d, a in orders) +
                  f"18;{norwegian(ago(10))};12,5;x\n", "purchases", "--map", "Kundenr=customer", "--map", "Dato=at", "--map", "Beløp=amount",
                  "--date-format", "%d.%m.%Y", "--unknown", "ignore", name="ordrer.csv"),
        firm.take(f"customer,at,kind,note\r\n17,{ago(96)} 10:30,visit,Привет\r\n", "contacts", "--encoding", "koi8-r", encoding="koi8-r", name="besøk.csv"),
    ]


def the_whole_way():
    firm = Firm()
    said = filled(firm)
    check("four files in four encodings with three delimiters are taken whole", [(s.code, s.out.splitlines()[-1]) for s in said] == [
        (0, f"{n} added, 0 changed, 0 unchanged, 0 refused") for n in (2, 3, 7, 1)], [s.all for s in said])
    check("the first one makes the database and says so", said[0].out.startswith(f"made the database {firm.db}\n") and "made" not in said[1].out, said[0].all)
    check("names keep their letters, ids their kind", firm.rows("SELECT id, name FROM customers") == [
        (17, "Krokmyr Verksted AS"), (18, "บริษัท ไทย"), ("Ю-3", "ООО Ромашка")] and firm.rows("SELECT name FROM salespeople") ==
        [("Åse Bjørnstad",), ('Sam "S" Seller',)], firm.rows("SELECT id, name FROM customers"))
    check("a column of the company's own becomes one of the database", firm.rows("SELECT x_birthday FROM customers WHERE id = 17") == [("1970-06-24",)])
    check("amounts with spaces, points and commas are what they mean", firm.rows("SELECT amount FROM purchases WHERE customer = 17 ORDER BY amount") ==
          [(900,), (1050,), (1234.5,)], firm.rows("SELECT amount FROM purchases"))
    check("two equal purchases in one file are two", firm.rows("SELECT count(*) FROM purchases WHERE customer = 18 AND at = ?", ago(10)) == [(2,)])
    check("a time of day is the company's", re.fullmatch(rf"{ago(96)}T(08|09):30:00Z", firm.rows("SELECT at FROM contacts")[0][0]), firm.rows("SELECT at FROM contacts"))
    before = firm.everything()
    said = filled(firm)
    check("the same files again change nothing", [(s.code, s.out) for s in said] == [
        (0, f"0 added, 0 changed, {n} unchanged, 0 refused\n") for n in (2, 3, 7, 1)] and firm.everything() == before, [s.all for s in said])
    said = ctl(firm.conf, "check")
    check("check has nothing to find, nor an index to wish for", said.code == 0 and said.out.endswith(f"{firm.conf} is right\n") and "would help" not in said.out
          and "would be safer" not in said.out, said.all)
    late = [(r["customer"], r["name"]) for r in ctl(firm.conf, "--format", "csv", "list", "late").rows()]
    check("list late is right", sorted(late) == [("17", "Krokmyr Verksted AS"), ("Ю-3", "ООО Ромашка")], late)
    said = firm.take("id;name;phone\n18;บริษัท ไทย;+66 2\n19;Ny Kunde;\n17;Krokmyr Verksted AS;\n", "customers")
    check("who is there is changed in the columns that the file has", said.out == "1 added, 1 changed, 1 unchanged, 0 refused\n" and
          firm.rows("SELECT salesperson, phone FROM customers WHERE id = 18") == [(2, "+66 2")], said.all)
    check("nothing is left beside the database", {p.name for p in firm.where.iterdir() if p.name.startswith("customers")} == {"customers.db"}, list(firm.where.iterdir()))


def the_daemon_notices():
    firm = Firm()
    filled(firm)
    daemon = Daemon(firm.conf)
    outbox = firm.where / "outbox"
    check("the daemon tells about who is late", wait(lambda: len(list(outbox.iterdir())) == 2), daemon.log())
    said = firm.take(f"customer,at,amount\n17,{ago(0)},50\n", "purchases")
    check("a purchase is imported beside the daemon", said.out == "1 added, 0 changed, 0 unchanged, 0 refused\n", said.all)
    check("and closes the follow-up", wait(lambda: "lapse won" in ctl(firm.conf, "history", "17").out, 5), ctl(firm.conf, "history", "17").all + daemon.log())
    check("it ends well", daemon.stop() == 0, daemon.log())


def bad_lines():
    firm = Firm()
    text = "id,customer,at,amount\nA1,17,2026-01-02,10\nA2,,2026-01-03,10\nA3,17,03/01/2026,10\nA4,17,2026-01-04,1.234\nA5,17\nA6,17,2026-01-05,x,y\n" \
           "A7,\"17,2026-01-06,5\nA8,17,2026-01-07,5\nA1,17,2026-01-08,99\n;;;\n\n,17,2026-01-09,5\n"
    rejects = firm.where / "rejects.txt"
    said = firm.take(text, "purchases", "--rejects", rejects)
    f = firm.where / "in.csv"
    wanted = [f"{f}:3: customer is empty", f'{f}:4: at "03/01/2026": this is no date; write 2026-12-24, or say how dates are written, such as --date-format %d.%m.%Y',
              f'{f}:5: amount "1.234": this can be read in two ways; say with --decimal comma or --decimal point which is meant',
              f"{f}:6: it has 2 cells, the header has 4", f"{f}:7: it has 5 cells, the header has 4; a cell with the delimiter in it stands in quotation marks",
              f"{f}:8: a quotation mark opens a cell here and is not closed",
              f"{f}:10: its id came before in this file with other values; if these are lines of one order, write their sum in one line",
              f"{f}:11: it has 1 cells, the header has 4"]
    check("each bad line is told with file, line and reason, all others are taken, and the exit code is 1", said.code == 1 and said.err.splitlines() == wanted and
          said.out.splitlines()[-1] == "3 added, 0 changed, 0 unchanged, 8 refused", said.all)
    check("--rejects holds them all", rejects.read_text().splitlines() == wanted)
    said = firm.take(text, "purchases", "--rejects", rejects)
    check("a file that is there is not written over", said.code == 2 and "--rejects needs the name of a new file" in said.err, said.all)
    said = firm.take("id,name\n" + "".join(f"{i},\n" for i in range(30)), "customers")
    check("at most twenty are shown, the rest is counted", said.err.count("name is empty") == 20 and said.err.endswith("and 10 more; --rejects FILE keeps them all\n"), said.all)
    said = firm.take("customer,at,amount\n1,2026-01-01,1.234\n", "purchases", "--decimal", "comma")
    check("--decimal says which is meant", firm.rows("SELECT amount FROM purchases WHERE customer = 1") == [(1234,)], said.all)


def before_anything_is_written():
    firm = Firm()
    for promise, text, into, options, code, exactly in (
            ("a near miss in the header", "id,nmae\n1,A\n", "customers", (), 2, 'in.csv:1: the column "nmae" is not known; did you mean "name"?'),
            ("an unknown column", "id,name,shoe size\n1,A,40\n", "customers", (), 2, 'in.csv:1: the column "shoe_size" is not known; say what it is'),
            ("a missing column", "id\n1\n", "customers", (), 2, 'in.csv:1: there is no column "name", which customers must have'),
            ("a column twice", "id,name,Name\n1,A,B\n", "customers", (), 2, 'the column "name" is there twice'),
            ("a --map that finds nothing", "id,name\n1,A\n", "customers", ("--map", "Nr=id"), 2, '--map names a column "Nr", which is not in the header'),
            ("problems without an id", "customer,opened_at\n1,2026-01-01\n", "problems", (), 2, 'there is no column "id", which problems must have'),
            ("a delimiter that cannot be told", "id,name;phone\n1,A\n", "customers", (), 2, "write --delimiter comma, semicolon or tab"),
            ("an empty file", "", "customers", (), 2, "is empty: its first line must name the columns"),
            ("another encoding than UTF-8", "id,name\n1,Bø\n".encode("latin-1"), "customers", (), 2,
             "in.csv:2: this is not UTF-8 (byte 0xF8): say how the file is written, for example --encoding windows-1252"),
            ("bytes that its encoding does not have", b"id,name\n1,\x82\n", "customers", ("--encoding", "shift_jis"), 2, "this is not text in the encoding shift_jis"),
            ("an encoding that nobody knows", "id,name\n", "customers", ("--encoding", "klingon"), 2, 'the encoding "klingon" is not known'),
            ("UTF-16 without its mark", "id,name\n1,A\n".encode("utf-16le"), "customers", (), 2, "it has a NUL byte; if the file is UTF-16, write --encoding utf-16le"),
            ("a table that is none", "id\n", "clients", (), 64, "--into says what the lines are: customers, purchases"),
            ("a decimal that is none", "id\n", "customers", ("--decimal", "dot"), 64, '--decimal "dot" is not known; write comma or point'),
            ("a date format that is none", "id\n", "customers", ("--date-format", "%q"), 64, "%q is not known")):
        said = firm.take(text, into, *options)
        check(f"refused before anything is written: {promise}", said.code == code and exactly in said.err and not firm.db.exists(), said.all)
    said = ctl(firm.conf, "import", firm.where / "nowhere.csv", "--into", "customers")
    check("a file that is not there", said.code == 2 and "nowhere.csv: No such file or directory" in said.err, said.all)
    said = ctl(firm.conf, "import", firm.where, "--into", "customers")
    check("a folder", said.code == 2 and "is a folder; name the CSV file in it" in said.err, said.all)


def databases_of_others():
    for journal in ("delete", "wal"):
        firm = Firm()
        db = sqlite3.connect(firm.db, isolation_level=None)
        db.execute(f"PRAGMA journal_mode = {journal}")
        db.executescript("CREATE TABLE customers (id PRIMARY KEY, name); CREATE TABLE purchases (customer, at); INSERT INTO customers VALUES (1, 'A')")
        if journal == "delete":
            db.close()
        before = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in firm.where.iterdir() if p.name.startswith("customers.db") and not p.name.endswith("shm")}
        said = firm.take("id,name\n2,B\n", "customers")
        after = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in firm.where.iterdir() if p.name.startswith("customers.db") and not p.name.endswith("shm")}
        check(f"another program's database ({journal}) is refused", said.code == 2 and "it is another program's, and that is never written to" in said.err
              and re.search(r"native.conf:\d+: ", said.err), said.all)
        check("and stays as it was, to the byte, with nothing beside it", before == after, (before, after))
        db.close()
    for name, content in (("no database", b"Dear Sir or Madam, " * 20), ("an empty file", b"")):
        firm = Firm()
        firm.db.write_bytes(content)
        said = firm.take("id,name\n2,B\n", "customers")
        check(f"{name} is refused and stays", said.code == 2 and firm.db.read_bytes() == content, said.all)
    firm = Firm()
    firm.db.symlink_to(firm.where / "elsewhere.db")
    said = firm.take("id,name\n2,B\n", "customers")
    check("a link to nowhere is refused", said.code == 2 and not (firm.where / "elsewhere.db").exists(), said.all)


def hostile_files():
    chance = random.Random(8)
    pieces = [b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"id", b"name", b"\0", b"\xff", b"\xfe", b"\xef\xbb\xbf", "ø".encode(), b"x" * 100, b"=1+1", b"17"]
    files = [b'id,name\n1,"' + b"a" * 10_000_000, b"id,name\n1," + b"b" * 10_000_000 + b"\n2,B\n", b"id,name\n" + b'"\n' * 300_000,
             b"id,name\n" + b"," * 2000 + b"\n3,C\n", b"," * 5_000_000, b'id,name\n1,A\0B\n4,D\n', b"\n" * 1_000_000, b"id,name\r5,E\n6,F\r\n7,G", b"\xff\xfe\x00"]
    files += [b"id,name\n" + b"".join(chance.choice(pieces) for _ in range(chance.randrange(200))) for _ in range(25)]
    bad, firm = [], Firm()
    for i, content in enumerate(files):
        for into in ("customers", "purchases") if i > 8 else ("customers",):
            said = firm.take(content, into, *(("--map", "id=customer", "--map", "name=at") if into == "purchases" else ()))
            if said.code not in (0, 1, 2) or "anitizer" in said.err:
                bad.append((content[:100], said.code, said.err[:300]))
    check("no file makes it fall over", not bad, bad)
    ids = {r[0] for r in firm.rows("SELECT id FROM customers")}
    check("and what is right in them is taken", {2, 3, 4, 5, 6, 7} <= ids and firm.rows("PRAGMA integrity_check") == [("ok",)], ids)
    check("a cell is never a formula to the database", all(isinstance(r[0], str) for r in firm.rows("SELECT name FROM customers")))


def ended_in_the_middle():
    """Ctrl-C, kill -9, a second import, a terminal."""
    firm = Firm()
    header, lines = "customer,at,amount\n", [f"{i % 977},2026-01-{1 + i % 28:02},{i}\n" for i in range(60_000)]
    path = firm.file("orders.csv", header + "".join(lines))
    command = [BUILD / "followupctl", "-c", firm.conf, "import", path, "--into", "purchases"]
    for number, name in ((signal.SIGINT, "Ctrl-C"), (signal.SIGKILL, "kill -9")):
        fifo = firm.where / f"{name[:4]}.fifo"
        os.mkfifo(fifo)
        process = subprocess.Popen([*command[:4], fifo, *command[5:]], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        with open(fifo, "w") as out:
            out.write(header + "".join(lines[:20_000]))
            out.flush()
            wait(lambda: firm.db.exists() and firm.rows("SELECT count(*) FROM purchases")[0][0] >= 15_000, 20, 0.05)
            second = ctl(firm.conf, *command[3:])
            process.send_signal(number)
            out_text, err_text = process.communicate(timeout=20)
        there = firm.rows("SELECT count(*) FROM purchases")[0][0]
        check(f"a second import beside the first is refused ({name})", second.code == 2 and "another import into" in second.err, second.all)
        if number == signal.SIGINT:
            check("Ctrl-C ends it, keeps what was read, and says so", process.returncode == 2 and "stopped; what was read before is kept" in err_text
                  and f"{there} added" in out_text and there > 15_000, (process.returncode, out_text, err_text, there))
        check(f"after {name} the database is whole", firm.rows("PRAGMA integrity_check") == [("ok",)] and there >= 15_000, there)
    try:
        parent, child = pty.openpty()
    except OSError as error:
        skip("progress is shown on a terminal and nowhere else", error)
        return
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=child, text=True)
    out_text, _ = process.communicate(timeout=60)
    os.close(child)
    fcntl.fcntl(parent, fcntl.F_SETFL, os.O_NONBLOCK)
    shown = os.read(parent, 100_000).decode()
    os.close(parent)
    check("the same command goes on from there: nothing is lost, nothing twice", firm.rows("SELECT count(*), sum(amount) FROM purchases") ==
          [(60_000, sum(range(60_000)))] and out_text.endswith(f"{60_000 - there} added, 0 changed, {there} unchanged, 0 refused\n"), (there, out_text))
    check("a terminal shows how far it is, in one line that goes away", re.search(r"\r\x1b\[K\d+ lines, \d+ %", shown) and shown.endswith("\r\x1b[K"), repr(shown[-200:]))
    began = time.monotonic()
    said = ctl(firm.conf, *command[3:])
    check("without a terminal there is no progress", said.err == "" and said.out == "0 added, 0 changed, 60000 unchanged, 0 refused\n", said.all)
    check("sixty thousand known lines take seconds", time.monotonic() - began < 10, time.monotonic() - began)


run(the_whole_way, the_daemon_notices, bad_lines, before_anything_is_written, databases_of_others, hostile_files, ended_in_the_middle)
