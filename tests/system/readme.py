#!/usr/bin/python3
"""What the README tells a newcomer to do works as it stands there: its configuration with each of its three mappings, on a database with
the tables that the mapping names, gives the right customers to the right salespeople."""
import re
import sqlite3
from datetime import date, timedelta

from followupd_test import ROOT, check, ctl, folder, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
TODAY = date(2026, 11, 22)


def ago(days):
    return TODAY - timedelta(days=days)


def blocks():
    return re.findall(r"^```\n(.*?)^```$", README, re.M | re.S)


def block(mark):
    """The one block of the README that has `mark` in it."""
    found = [text for text in blocks() if mark in text]
    if len(found) != 1:
        raise ValueError(f"README.md has {len(found)} blocks with {mark!r}")
    return found[0]


def rhythm(last, gap=30, times=6):
    """Days of purchases every `gap` days, the last one `last` days ago."""
    return [ago(last + gap * i) for i in range(times - 1, -1, -1)]


# Customer 1 buys every 30 days and has been silent for 100: late. Customer 2 bought ten days ago. Customer 3's last orders do not count.

def till(db):
    db.execute("CREATE TABLE sales (sold TEXT, customer_no INTEGER, customer TEXT, phone TEXT, rep TEXT, rep_mail TEXT, goods TEXT, total NUMERIC)")

    def sell(day, customer, rep, total=500):
        db.execute("INSERT INTO sales VALUES (?, ?, ?, '22 22 22 22', ?, ?, 'paper', ?)",
                   (day.isoformat(), customer, f"Customer {customer}", rep, f"{rep.lower()}@shop.example", total))
    for i, day in enumerate(rhythm(100)):
        sell(day, 1, "Ola" if i < 3 else "Kari")  # changed hands
    for day in rhythm(10):
        sell(day, 2, "Ola")
    for day in rhythm(90):
        sell(day, 3, "Ola")
    sell(ago(3), 3, "Ola", total=-500)  # brought back


def erp(db):
    db.executescript("""
        CREATE TABLE employee (id INTEGER PRIMARY KEY, first TEXT, last TEXT, mail TEXT, boss INTEGER, "left" TEXT, department TEXT);
        CREATE TABLE segment (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, owner INTEGER, segment INTEGER, contact TEXT, mail TEXT, phone TEXT, blocked INTEGER);
        CREATE TABLE order_head (id INTEGER PRIMARY KEY, account INTEGER, ordered TEXT, state TEXT);
        CREATE TABLE order_line (order_id INTEGER, item TEXT, quantity INTEGER, price NUMERIC);
        CREATE TABLE activity (account INTEGER, at TEXT, kind TEXT, employee INTEGER);
        INSERT INTO employee VALUES (7, 'Kari', 'Nordmann', 'kari@erp.example', 8, NULL, 'sales'), (8, 'Ola', 'Nordmann', 'ola@erp.example', NULL, NULL, 'sales');
        INSERT INTO segment VALUES (1, 'shops');
        INSERT INTO account VALUES (1, 'Customer 1', 7, 1, 'Astrid', NULL, NULL, 0), (2, 'Customer 2', 8, 1, NULL, NULL, NULL, 0),
            (3, 'Customer 3', 8, NULL, NULL, NULL, NULL, 0);
        INSERT INTO activity VALUES (1, '2026-01-05', 'visit', 7);
    """)

    def order(day, account, state="paid"):
        number = db.execute("INSERT INTO order_head (account, ordered, state) VALUES (?, ?, ?)", (account, day.isoformat(), state)).lastrowid
        db.executemany("INSERT INTO order_line VALUES (?, ?, 2, 125)", [(number, "toner"), (number, "paper")])
    for day in rhythm(100):
        order(day, 1)
    for day in rhythm(10):
        order(day, 2)
    for day in rhythm(90):
        order(day, 3)
    order(ago(3), 3, "cancelled")


def shop(db):
    db.executescript("""
        CREATE TABLE seller (id TEXT PRIMARY KEY, name TEXT, mail TEXT);
        CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, mail TEXT);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER, seller TEXT, day TEXT, paid NUMERIC, coupon TEXT);
        INSERT INTO seller VALUES ('ola', 'Ola', 'ola@shop.example'), ('kari', 'Kari', 'kari@shop.example');
        INSERT INTO customer VALUES (1, 'Customer 1', NULL), (2, 'Customer 2', NULL), (3, 'Customer 3', NULL);
    """)

    def order(day, customer, seller, paid=500):
        db.execute("INSERT INTO orders (customer, seller, day, paid) VALUES (?, ?, ?, ?)", (customer, seller, day.strftime("%d.%m.%Y"), paid))
    for i, day in enumerate(rhythm(100)):
        order(day, 1, "ola" if i < 3 else "kari")
    for day in rhythm(10):
        order(day, 2, "ola")
    for day in rhythm(90):
        order(day, 3, "ola")
    order(ago(3), 3, "ola", paid=0)


def try_mapping(database, make, owners):
    where = folder()
    db = sqlite3.connect(where / "company.db")
    make(db)
    db.commit()
    db.close()
    (where / "my-source.conf").write_text(block(database).replace(database, str(where / "company.db")), encoding="utf-8")
    conf = where / "my.conf"
    text = block('@include "my-source.conf"').replace("/tmp/", f"{where}/").replace('"conf/languages"', f'"{ROOT}/conf/languages"')
    (where / "my-mails").mkdir()
    conf.write_text(text, encoding="utf-8")
    said = ctl(conf, "check")
    check(f"{database}: check has nothing against the README's mapping", said.code == 0, said.all)
    rows = ctl(conf, "list", "late", "--at", TODAY, "--format", "csv").rows()
    check(f"{database}: customers 1 and 3 are late, and known to whom they belong",
          {(row["customer"], row["salesperson"]) for row in rows} == owners, rows)
    said = ctl(conf, "explain", "1", "--at", TODAY)
    check(f"{database}: explain gives the numbers", said.code == 0 and "every 30 days (6 orders" in said.out and "100 days" in said.out, said.all)


def the_flat_table():
    try_mapping("/srv/till/sales.db", till, {("1", "Kari"), ("3", "Ola")})


def the_erp():
    try_mapping("/srv/erp/erp.db", erp, {("1", "7"), ("3", "8")})


def the_salesperson_on_the_order():
    try_mapping("/srv/shop/shop.db", shop, {("1", "kari"), ("3", "ola")})


def the_files_it_names_are_there():
    for name in sorted(set(re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", README))):
        path = name[0] or name[1]
        if "://" not in path:
            check(f"{path} is there", (ROOT / path).exists())


run(the_flat_table, the_erp, the_salesperson_on_the_order, the_files_it_names_are_there)
