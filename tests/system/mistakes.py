#!/usr/bin/python3
"""Mistakes that admins really make, what they run then, and the sentence that answers them.

Each row is one mistake in a company where everything else is right: what it is, how it is made, the command, its exit code, and all that it
says, word by word (less what it says where all is right, and the counts of check). A sentence says where (file and line, where there is one), what is wrong, and what to do.

    tests/system/mistakes.py            try them all
    tests/system/mistakes.py secret     only those with "secret" in their description
    tests/system/mistakes.py --show     print them for reading, with what the programs say today
"""
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys

import followupd_test
from followupd_test import BUILD, ROOT, Company, Sink, check, folder, run, skip, today, wait

NOBODY = 65534
SHOW = "--show" in sys.argv
WORDS = [word for word in sys.argv[1:] if word != "--show"]
del sys.argv[1:]  # what remains would choose among functions


def phrase(language, name):
    """Where a phrase stands: others come and go above it."""
    path = f"languages/{language}/phrases"
    lines = (ROOT / "conf" / path).read_text().splitlines()
    return f"{path}:{next(n for n, line in enumerate(lines, 1) if line.startswith(name + ':'))}"


CONF = """\
company = { name = "Nordlys Kontor AS"; time_zone = "Europe/Oslo"; currency = "NOK"; };
store = "store.db";
languages = "languages";
admin = { email = "it@nordlys.example"; };
source = {
  database = "company.db";
  salespeople = { query = "SELECT id, name, email, manager_id AS manager FROM seller"; };
  customers = { query = "SELECT id, name, seller_id AS salesperson, segment AS category, active FROM client"; };
  purchases = { query = "SELECT client_id AS customer, invoiced AS at, total AS amount FROM invoice"; };
  contacts = { query = "SELECT client_id AS customer, at, kind FROM activity"; };
};
people = { hours = "mon-fri 09:00-17:00"; per_day = 5; holidays = ( ("NO", "holidays.txt") ); };
categories = ( "everyone", "regular", "key accounts" );
channels = {
  email = { url = "smtp://127.0.0.1:PORT"; from = "Follow-up <followup@nordlys.example>"; };
};
offers = ( { id = "welcome-back"; percent = 10; valid = "14 days"; } );
rules = (
  { id = "lapse"; kind = "lapse"; after = "2.5 x rhythm"; offer = "welcome-back"; },
  { id = "visit"; kind = "visit"; every = ( ("everyone", "1 year"), ("key accounts", "1 month") ); }
);
"""
RULES = CONF[CONF.index("rules = ("):]

TEST = "followupd -t"
SCHEMA = len(list(ROOT.glob("daemon/store/0*.sql")))  # what the store is at
CHECK = "followupctl check"
SEND = "followupctl test-send --to 2"
LATE = "followupctl list late"
STATUS = "followupctl status"
START = "followupd"
RELOAD = "systemctl reload followupd"  # which sends a SIGHUP to the daemon that runs
SECOND = "followupd (a second one)"


# ---- what an admin does: each returns a function that does it to a Place

def edit(old, new):
    """Write `new` for `old` in the configuration."""
    def deed(place):
        text = place.conf.read_text()
        if text.count(old) != 1:
            raise ValueError(f"{old!r} is there {text.count(old)} times")
        place.conf.write_text(text.replace(old, new))
    return deed


def url(new, more=""):
    """Another mail server, and what belongs to it."""
    deed = edit('url = "smtp://127.0.0.1:PORT";', f'url = "{new}"; {more}'.rstrip())
    deed.needs = "openssl" if new.startswith("smtps://localhost") else None
    return deed


def password(text, mode=0o600, more=""):
    """A password in a file, as the configuration names it."""
    return both(write("password", text, mode), url("smtp://127.0.0.1:PORT", f'user = "me"; password_file = "./password"; {more}'))


def save_as(encoding="utf-8", ends="\n"):
    """Save the configuration with another editor."""
    return lambda place: place.conf.write_bytes(place.conf.read_text().replace("\n", ends).encode(encoding))


def sql(*statements, file="company.db"):
    """Change a database with another program."""
    def deed(place):
        db = sqlite3.connect(place.where / file, isolation_level=None)
        for statement in statements:
            db.execute(statement)
        db.close()
    return deed


def write(name, text="", mode=0o644):
    def deed(place):
        path = place.where / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(mode)
    return deed


def change(name, old, new):
    """Write `new` for the first `old` in a file."""
    def deed(place):
        text = (place.where / name).read_text()
        if old not in text:
            raise ValueError(f"{old!r} is not in {name}")
        (place.where / name).write_text(text.replace(old, new, 1))
    return deed


def remove(name):
    return lambda place: (place.where / name).unlink()


def folder_for(name):
    """A folder in the place of a file."""
    def deed(place):
        (place.where / name).unlink(missing_ok=True)
        (place.where / name).mkdir()
    return deed


def link(name, to):
    def deed(place):
        (place.where / name).unlink(missing_ok=True)
        (place.where / name).symlink_to(to)
    return deed


def chmod(name, mode):
    return lambda place: (place.where / name).chmod(mode)


def both(*deeds):
    return lambda place: [deed(place) for deed in deeds]


def root(deed):
    """Only root can make this one."""
    deed.needs = "root"
    return deed


def user(number, *deeds):
    """Everything belongs to the user followupd (nobody plays that part), then `deeds`; the command is run by user `number`."""
    def deed(place):
        for path in (place.where, *place.where.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        place.user = NOBODY
        for one in deeds:
            one(place)
        place.user = number
    return root(deed)


def disk(name, options, *deeds, full=False):
    """A file system of its own in the folder `name`."""
    def deed(place):
        (place.where / name).mkdir()
        for one in deeds:
            one(place)
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place.where / name], check=True, capture_output=True)
        place.mounted.append(place.where / name)
        if full:
            subprocess.run(["dd", "if=/dev/zero", f"of={place.where / name}/films"], capture_output=True)
    return root(deed)


def ran_before(place):
    """followupd ran for a moment: there is a store."""
    place.daemon().terminate()
    place.running.wait(10)


def while_running(deed, until):
    """The mistake is made while followupd runs, which notices."""
    def all_of_it(place):
        place.daemon()
        wait(lambda: "read whole" in place.run(STATUS)[1])
        deed(place)
        wait(lambda: until in place.log())
    return all_of_it


merged_query = edit("  contacts = {", '  aliases = { query = "SELECT old_id, new_id AS id FROM merged"; };\n  contacts = {')

# A follow-up of the rule lapse is open.
lapse_open = sql("INSERT INTO episode (rule, kind, customer, occasion, state, opened_at, changed_at, due, anchor_day, days, threshold, occasions, typical, "
                 "category_gap, times_usual, at_risk) VALUES ('lapse', 'lapse', '1', '2020-01-01', 'snoozed', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)", file="store.db")
LAPSE_GONE = ('followupd.conf:18: rule lapse is gone, but 1 follow-up of it is open; put formerly = "lapse"; into the lapse rule that takes its place, '
              'or run "followupctl retire lapse"')


# ---- the mistakes

MISTAKES = (
    "The configuration file: followupd -t reads it, as systemctl reload does first",

    ("a setting is misspelt", edit("per_day", "per_dya"), TEST, 78,
     'followupd.conf:12: "per_dya" is not a setting of people; did you mean "per_day"?'),
    ("a setting stands in the wrong group", edit("per_day = 5;", "per_day = 5; stale_feed = false;"), TEST, 78,
     'followupd.conf:12: "stale_feed" is not a setting of people; it belongs to guards'),
    ("a word processor made typographic quotation marks", edit('"store.db"', "“store.db”"), TEST, 78,
     'followupd.conf:2: these are typographic quotation marks; write plain ones: "'),
    ("simple quotation marks, as in a shell", edit('"store.db"', "'store.db'"), TEST, 78,
     "followupd.conf:2: ' does not open a text; write \""),
    ("no quotation marks", edit('"store.db"', "store.db"), TEST, 78,
     "followupd.conf:2: store is not understood; a text needs quotation marks"),
    ("the closing quotation mark is missing", edit('09:00-17:00";', "09:00-17:00;"), TEST, 78,
     "followupd.conf:12: a quotation mark ends the text in front of NO; inside of a text write \\\" (in SQL a simple ' will do), or is one missing before it?"),
    ("quotation marks inside of a query", edit("FROM invoice", 'FROM invoice WHERE state <> "void"'), TEST, 78,
     "followupd.conf:9: a quotation mark ends the text in front of void; inside of a text write \\\" (in SQL a simple ' will do), or is one missing before it?"),
    ("a closing bracket is missing", edit('currency = "NOK"; };', 'currency = "NOK";'), TEST, 78,
     'followupd.conf:1: the "{" that opens here is never closed'),
    ("a comma between two rules is missing", edit('"welcome-back"; },\n', '"welcome-back"; }\n'), TEST, 78,
     "followupd.conf:20: a comma is missing before this"),
    ("semicolons are missing: that is no mistake", edit('"NOK"; };', '"NOK" }'), TEST, 0,
     ""),
    ("saved with a byte order mark, tabs and CRLF: no mistake", both(edit("  database", "\t\tdatabase"), save_as("utf-8-sig", "\r\n")), TEST, 0,
     ""),
    ("saved as UTF-16", save_as("utf-16"), TEST, 78,
     "followupd.conf:1: this file is UTF-16; save it as UTF-8"),
    ("saved as Latin-1", both(edit("Nordlys Kontor", "Nordlys Kontør"), save_as("latin-1")), TEST, 78,
     "followupd.conf:1: there is a byte that is not UTF-8; save the file as UTF-8"),
    ("@include of a file that is not there", edit("categories", '@include "rules.conf"\ncategories'), TEST, 78,
     'followupd.conf:13: @include "rules.conf": rules.conf does not exist; is the path right?'),
    ("the file lies somewhere else", remove("followupd.conf"), TEST, 78,
     "followupd.conf: does not exist; is the path right?"),
    ("the file may only be read by root", user(NOBODY, lambda p: os.chown(p.conf, 0, 0), chmod("followupd.conf", 0o600)), TEST, 78,
     "followupd.conf: may not be read by this user; run this with sudo, or see who may read it"),
    ("an address without an @", edit("it@nordlys.example", "it"), TEST, 78,
     'followupd.conf:4: email = "it" is not a mail address; write one such as "it@nordlys.example"'),
    ("the sender has no address", edit("Follow-up <followup@nordlys.example>", "Follow-up"), TEST, 78,
     'followupd.conf:15: channel email: from: address "Follow-up": there is no single address in it: write name@example.com'),
    ("hours without days", edit("mon-fri 09:00-17:00", "9-17"), TEST, 78,
     'followupd.conf:12: hours: working hours "9-17" does not begin with a weekday: write such as "mon-thu 08:30-17:00, fri 08:00-14:00", or "always"'),
    ("an unknown time zone", edit("Europe/Oslo", "Europe/Olso"), TEST, 78,
     'followupd.conf:1: time_zone: there is no time zone "Europe/Olso": write a name that exists below /usr/share/zoneinfo, such as "Europe/Oslo" or "UTC"'),
    ("an offer of 110 percent", edit("percent = 10", "percent = 110"), TEST, 78,
     "followupd.conf:17: percent = 110 is out of range; it goes from 0.01 to 100"),
    ("a percent sign", edit("percent = 10", "percent = 10%"), TEST, 78,
     'followupd.conf:17: "%" is not understood here; is it part of a text without quotation marks?'),
    ("an offer that nobody defined", edit('offer = "welcome-back"', 'offer = "welcomeback"'), TEST, 78,
     'followupd.conf:19: there is no offer "welcomeback"; did you mean "welcome-back"?'),
    ("a unit is misspelt", edit("2.5 x rhythm", "2.5 x rythm"), TEST, 78,
     'followupd.conf:19: after: "2.5 x rythm" has the unit "x rythm", which is none; did you mean "x rhythm"?'),
    ("a unit is missing", edit("2.5 x rhythm", "90"), TEST, 78,
     'followupd.conf:19: after: "90" has no unit; write "90 days", or another of days, working days, weeks, months, years or x rhythm'),
    ("a decimal comma", edit("2.5 x rhythm", "2,5 x rhythm"), TEST, 78,
     'followupd.conf:19: after: "2,5 x rhythm" has a decimal comma; write a point instead'),
    ("an unknown kind of rule", edit('kind = "lapse"', 'kind = "lapsed"'), TEST, 78,
     'followupd.conf:19: kind = "lapsed" is not known; did you mean "lapse"?'),
    ("two rules with the same id", edit('id = "visit"', 'id = "lapse"'), TEST, 78,
     'followupd.conf:20: there is already a rule "lapse", in line 19; give this one an id of its own'),
    ("a category is misspelt", edit('("key accounts", "1 month")', '("key acounts", "1 month")'), TEST, 78,
     'followupd.conf:20: every names the category "key acounts", which is not in categories; did you mean "key accounts"?'),
    ("a category that no customer has", edit('("key accounts", "1 month")', '("gold", "1 month")'), CHECK, 1,
     "followupd.conf:20: rule visit speaks of the category \"gold\", which is neither in categories nor any customer's; the customers have \"regular\""),
    ("no rules at all", edit(RULES, ""), CHECK, 1,
     "followupd.conf: there is no rule: nobody will ever be told anything; add one to rules"),
    ("an unknown channel", edit("email = {", "emial = {"), TEST, 78,
     'followupd.conf:15: there is no channel "emial"; there are email, folder, discord, googlechat, line, matrix, mattermost, max, ntfy, rocketchat, slack, sms, teams, telegram, webhook and whatsapp'),
    ("the store is the customer database", edit('"store.db"', '"company.db"'), START, 78,
     'followupd.conf:2: store names the customer database, which is only ever read; write a file of its own, such as "/var/lib/followupd/store.db"'),

    "Files that it names",

    ("the file of holidays is missing", remove("holidays.txt"), TEST, 78,
     "followupd.conf:12: holidays of NO: cannot read holidays.txt: No such file or directory; name a file of days, or leave this region out"),
    ("holidays in another format", write("holidays.txt", "25.12.2026 Christmas\n"), TEST, 78,
     'followupd.conf:12: holidays of NO: holidays.txt:1: expected a day such as "2026-12-25" at the beginning of "25.12.2026 Christmas"'),
    ("a web page was saved as holidays", write("holidays.txt", "<!DOCTYPE html>\n"), TEST, 78,
     'followupd.conf:12: holidays of NO: holidays.txt:1: expected a day such as "2026-12-25" at the beginning of "<!DOCTYPE html>"'),
    ("holidays are a folder", folder_for("holidays.txt"), TEST, 78,
     "followupd.conf:12: holidays of NO: holidays.txt is no file; name a file of days, or leave this region out"),
    ("holidays are empty", write("holidays.txt"), CHECK, 1,
     "followupd.conf:12: holidays of NO: there is no day in holidays.txt; write one a line, such as 2026-12-25"),
    ("holidays ended years ago", write("holidays.txt", "2020-12-25\n"), CHECK, 1,
     "followupd.conf:12: holidays of NO: holidays.txt ends on 2020-12-25; add the next year's"),
    ("the languages lie somewhere else", edit('"languages"', '"language"'), TEST, 78,
     'followupd.conf:3: languages: the folder language cannot be read: No such file or directory; run "make install", or write languages = "conf/languages" with the way to the folder that holds en'),
    ("a language that is not there", edit("currency", 'language = "da"; currency'), TEST, 78,
     'followupd.conf:1: there is no language "da" in languages; write one whose folder is there, such as "en"'),

    "Letters, and what is said",

    ("languages names the folder of one language", edit('"languages"', '"languages/en"'), TEST, 78,
     "followupd.conf:3: languages: languages/en is the folder of one language; name the folder that holds it"),
    ("languages names an empty folder", both(lambda p: (p.where / "mine").mkdir(), edit('"languages"', '"mine"')), TEST, 78,
     "followupd.conf:3: languages: there is no language in mine; it must hold a folder such as en, with phrases and letters"),
    ("a section is never closed", change("languages/en/lapse.md", "{{/repeat}}", ""), TEST, 78,
     "languages/en/lapse.md:1: the section {{#repeat}} is never closed"),
    ("another section is closed", change("languages/en/lapse.md", "{{/offer}}", "{{/ofer}}"), TEST, 78,
     "languages/en/lapse.md:35: {{/ofer}} does not close {{#offer}} of line 33"),
    ("a variable is misspelt", change("languages/th/visit.md", "{{customer.name}}", "{{customer.nmae}}"), TEST, 78,
     "languages/th/visit.md:1: there is no {{customer.nmae}}; do you mean {{customer.name}}?"),
    ("braces that are never closed", change("languages/en/test.md", "# Messages", "# {{company"), TEST, 78,
     "languages/en/test.md:5: a tag is opened here and never closed by }}"),
    ("a part that is not there", change("languages/nb/review.md", "{{> covering}}", "{{> coverage}}"), TEST, 78,
     "languages/nb/review.md:21: there is no coverage.md beside this letter, and no coverage.html in the layout"),
    ("a line is said that is not in the script", change("languages/en/visit.md", "{{say.hello}}", "{{say.helo}}"), TEST, 78,
     'languages/en/visit.md:32: there is no line "helo" in languages/en/script; do you mean {{say.hello}}?'),
    ("a letter without a subject", change("languages/en/test.md", "Subject: ", ""), TEST, 78,
     'languages/en/test.md:1: the first line must be "Subject: ..."'),
    ("a letter with a subject alone", write("languages/ru/test.md", "Subject: Test\n\n"), TEST, 78,
     "languages/ru/test.md:2: nothing stands below the subject; write the letter there"),
    ("a letter of a language does not say why", change("languages/nb/lapse.md", "{{> reason}}", ""), TEST, 78,
     "languages/nb/lapse.md:1: this letter does not say why now; write {{> reason}} in it, or {{reason}}"),
    ("a letter of a language has no number to call", change("languages/th/visit.md", "{{> who}}", "{{customer.name}}"), TEST, 78,
     "languages/th/visit.md:1: this letter does not say how to reach the customer; write {{> who}} in it, or {{customer.phone}} and {{customer.email}}"),
    ("a letter of a language forgets the offer", change("languages/ru/problem.md", "{{> offer}}", "{{offer.what}}"), TEST, 78,
     "languages/ru/problem.md:1: this letter does not say what the offer is; write {{> offer}} in it, or {{offer.what}}, {{offer.code}} and {{offer.until}}"),
    ("the card of the offer has no end", change("languages/layout/offer.html", "{{offer.until}}", ""), TEST, 78,
     "languages/layout/offer.html:1: this part does not say what the offer is; write {{offer.what}}, {{offer.code}} and {{offer.until}} in it"),
    ("HTML in a letter", change("languages/en/test.md", "# Messages", "# Messages<br>"), TEST, 78,
     "languages/en/test.md:5: HTML is not possible in a letter: write Markdown; < alone is \\<"),
    ("a phrase is missing in a language", change("languages/ru/phrases", "label-call:", "# label-call:"), TEST, 78,
     f'languages/ru/phrases: the phrase "label-call" is missing; English has it at {phrase("en", "label-call")}'),
    ("a phrase says nothing", change("languages/nb/phrases", "label-call: Ring", "label-call:"), TEST, 78,
     f'{phrase("nb", "label-call")}: "label-call" says nothing; write its text behind the colon'),
    ("a phrase has a value that it does not get", change("languages/en/phrases", "label-call: Call", "label-call: Call {name}"), TEST, 78,
     f"{phrase('en', 'label-call')}: label-call has no {{name}}: it takes no values"),
    ("a brace of a phrase is missing", change("languages/en/phrases", "\nuntil: until {date}", "\nuntil: until {date"), TEST, 78,
     f"{phrase('en', 'until')}: until: {{date is not closed by }}"),
    ("a phrase of a language leaves out a value", change("languages/nb/phrases", "until: til og med {date}", "until: til"), TEST, 78,
     f"{phrase('nb', 'until')}: until leaves out {{date}}; write it where that value belongs"),
    ("a plural has the forms of another language", change("languages/ru/phrases", "days: {days, plural, one{# день} few{# дня} many{# дней} other{# дня}}",
                                                          "days: {days, plural, one{# день} other{# дней}}"), TEST, 78,
     f"{phrase('ru', 'days')}: days: {{days, plural ...}} lacks few{{...}} (2, 3, 4) and many{{...}} (0, 5, 6); write them beside the others"),
    ("a plural has no singular", change("languages/nb/phrases", "days: {days, plural, one{# dag} other{# dager}}", "days: {days, plural, other{# dager}}"), TEST, 78,
     f"{phrase('nb', 'days')}: days: {{days, plural ...}} lacks one{{...}} (1); write it beside the others"),
    ("a date has a letter that means nothing", change("languages/en/phrases", "date-short: d MMM yyyy", "date-short: dth MMM yyyy"), TEST, 78,
     f"{phrase('en', 'date-short')}: date-short: t is no part of a date; put words between apostrophes"),
    ("a date has no day", change("languages/th/phrases", "date-long: d MMMM", "date-long: MMMM"), TEST, 78,
     f"{phrase('th', 'date-long')}: date-long must have a day and a month, such as d MMMM"),
    ("an apostrophe of a date is not closed", change("languages/ru/phrases", "'г.'", "'г."), TEST, 78,
     f"{phrase('ru', 'date-long')}: date-long: an apostrophe is opened and never closed"),
    ("a line of the script is missing in a language", change("languages/nb/script", "lapse-why:", "# lapse-why:"), TEST, 78,
     'languages/nb/script: the line "lapse-why" is missing; English has it at languages/en/script:9'),
    ("a letter is missing in a language", remove("languages/th/visit.md"), TEST, 78,
     "languages/th: the file visit.md is missing; English has it at languages/en/visit.md:1"),
    ("the phrases of a language are missing", remove("languages/nb/phrases"), TEST, 78,
     "languages/nb/phrases: cannot be read: No such file or directory; put it there, and let followupd read it"),
    ("the languages may not be read", user(NOBODY, lambda p: os.chown(p.where / "languages/en/script", 0, 0), chmod("languages/en/script", 0o600)), TEST, 78,
     "languages/en/script: cannot be read: Permission denied; put it there, and let followupd read it"),

    "The customer database",

    ("the database is not there", remove("company.db"), CHECK, 1,
     "followupd.conf:6: company.db does not exist; is the path in source.database right?"),
    ("the database is not there, and a list is asked for", remove("company.db"), LATE, 2,
     "followupctl: followupd.conf:6: company.db does not exist; is the path in source.database right?"),
    ("a link into nowhere", link("company.db", "/srv/crm/crm.db"), CHECK, 1,
     "followupd.conf:6: company.db does not exist: it is a link to /srv/crm/crm.db, and nothing is there; mend the link"),
    ("its folder is named", edit('"company.db"', '"."'), CHECK, 1,
     "followupd.conf:6: . is a folder: source.database must name the database file in it"),
    ("it is a text file", write("company.db", "id;name\n1;Mia\n" * 99), CHECK, 1,
     "followupd.conf:6: FOLDER/company.db is not an SQLite database, or is encrypted; name one that followupd can read in source.database"),
    ("it is encrypted", write("company.db", bytes(range(256)) * 64), CHECK, 1,
     "followupd.conf:6: FOLDER/company.db is not an SQLite database, or is encrypted; name one that followupd can read in source.database"),
    ("it is empty", write("company.db"), CHECK, 1,
     "followupd.conf:6: company.db is empty (0 bytes): it is being made, or was cut off; name another in source.database, or wait"),
    ("it was copied only in part", lambda p: os.truncate(p.where / "company.db", 6000), CHECK, 1,
     "followupd.conf:6: FOLDER/company.db is damaged (database disk image is malformed): check it with PRAGMA integrity_check"),
    ("it is on another server", edit('"company.db"', '"postgres://crm/crm"'), CHECK, 1,
     "followupd.conf:6: postgres://crm/crm is no file: followupd reads SQLite databases, and source.database names their file"),
    ("followupd's user may not read it", user(NOBODY, lambda p: os.chown(p.where / "company.db", 0, 0), chmod("company.db", 0o600)), CHECK, 1,
     "followupd.conf:6: company.db may not be read by this user: let the user that followupd runs as read it (chgrp, chmod g+r)"),
    ("followupd's user may not enter its folder", user(NOBODY, edit('"company.db"', '"crm/company.db"'), folder_for("crm"), chmod("crm", 0),
                                                       lambda p: os.chown(p.where / "crm", 0, 0)), CHECK, 1,
     "followupd.conf:6: crm/company.db is in a folder that this user may not enter: let the user that followupd runs as enter it (chmod o+x, or a group)"),
    ("it is moved away while followupd runs", while_running(remove("company.db"), "cannot be read"), STATUS, 2,
     "daemon      running, process N\n"
     "database    3 customers, read whole on TIME in N ms\n"
     "episodes    0 waiting, 0 on their way, 0 told and open, 0 snoozed\n"
     "messages    0 sent and 0 refused in the last 24 hours, 0 to be tried again, 0 in doubt\n"
     "channel     email: up\n"
     "stopped     source since TIME until TIME: followupd.conf:6: company.db does not exist; is the path in source.database right?\n"
     "something does not work"),

    "Queries",

    ("a table is misspelt", edit("FROM invoice", "FROM invoices"), CHECK, 1,
     "followupd.conf:9: purchases: no such table: invoices; did you mean invoice?"),
    ("a table was renamed", sql("ALTER TABLE invoice RENAME TO bill"), CHECK, 1,
     "followupd.conf:9: purchases: no such table: invoice; there are activity, bill, client, seller"),
    ("a column of the table is misspelt", edit("total AS amount", "totl AS amount"), CHECK, 1,
     "followupd.conf:9: purchases: no such column: totl; did you mean total?"),
    ("our name for a column is misspelt", edit("AS salesperson", "AS salesprson"), CHECK, 1,
     'followupd.conf:8: customers: the column "salesprson" is not known; did you mean "salesperson"?'),
    ("AS is forgotten", edit("client_id AS customer, invoiced", "client_id, invoiced"), CHECK, 1,
     'followupd.conf:9: purchases: the column "customer" is missing, and "client_id" is not known; did you mean client_id AS customer?'),
    ("there is no id", edit("SELECT id, name, seller_id", "SELECT name, seller_id"), CHECK, 1,
     'followupd.conf:8: customers: the column "id" is missing; write ... AS id in the query'),
    ("a word of SQL is misspelt", edit("amount FROM", "amount FORM"), CHECK, 1,
     'followupd.conf:9: purchases: near "FORM": syntax error; look there and just before it for a slip, a comma too many or a word too few'),
    ("a comma too many", edit("amount FROM", "amount, FROM"), CHECK, 1,
     'followupd.conf:9: purchases: near "FROM": syntax error; look there and just before it for a slip, a comma too many or a word too few'),
    ("a text in double quotation marks", edit("FROM invoice", r"FROM invoice WHERE total <> \"none\""), CHECK, 1,
     "followupd.conf:9: purchases: no such column: none; a text stands in simple quotation marks in SQL: 'none'"),
    ("the clock in a query", edit("FROM invoice", "FROM invoice WHERE invoiced > date('now', '-5 years')"), CHECK, 1,
     "followupd.conf:9: purchases: the hour at which it is read must not change the answer: instead of 'now' write :today or :now"),
    ("two statements", edit("FROM invoice", "FROM invoice; SELECT 1"), CHECK, 1,
     "followupd.conf:9: purchases: one statement only: take away what follows the semicolon"),
    ("an UPDATE", edit("SELECT client_id AS customer, at, kind FROM activity", "UPDATE activity SET kind = 'call'"), CHECK, 1,
     "followupd.conf:10: contacts: a query may only read, and UPDATE is not allowed: write a SELECT"),
    ("rows in an order of their own: no mistake", edit("FROM invoice", "FROM invoice ORDER BY invoiced DESC"), CHECK, 0,
     ""),
    ("a join repeats the customers", edit("name, seller_id AS salesperson, segment AS category, active FROM client",
                                          "name, seller_id AS salesperson FROM client JOIN (SELECT 1 UNION SELECT 2)"), CHECK, 1,
     "followupd.conf:8: customers: customer 1 is there twice; an id must be unique: does a join repeat the rows?"),
    ("a column is in two tables", edit("active FROM client", "active FROM client JOIN seller"), CHECK, 1,
     "followupd.conf:8: customers: ambiguous column name: id; two tables have it: write TABLE.id"),
    ("purchases name another id than the customer's", edit("client_id AS customer, invoiced", "-id AS customer, invoiced"), CHECK, 1,
     "followupd.conf:9: purchases: not one row belongs to a customer of the customers query: nobody can be judged; compare its customer column with the id there\n"
     "followupd.conf:9: purchases: to find one customer everything is read; its column customer is computed, so no plain index can help: use a column of the table, or :customer\n"
     "followupd.conf:9: purchases: it is read in one go, and while it is read other programs cannot write"),
    ("a table is empty", sql("DELETE FROM client"), CHECK, 1,
     "followupd.conf:8: customers: the query gives no rows: nobody can be followed up; is its WHERE right, and is it that table?"),

    ("rules that need what is not mapped", edit('{ id = "visit"', """{ id = "problem"; kind = "problem"; after = "2 days"; },
  { id = "service"; kind = "after-sale"; steps = [ "1 day" ]; },
  { id = "ask"; kind = "referral"; after = "2 weeks"; content = [ "good" ]; },
  { id = "birthday"; kind = "occasion"; on = "x_birthday"; },
  { id = "visit\""""), CHECK, 1,
     "followupd.conf:20: rule problem watches complaints, and there is no source.problems; add that query, with the columns customer, opened_at and closed_at\n"
     'followupd.conf:21: rule service needs a column delivered_at, and the purchases query has none; name one of yours AS delivered_at, or say from = "ordered" in the rule\n'
     "followupd.conf:22: rule ask needs a column outcome, and the contacts query has none; name one of yours AS outcome, or leave content out of the rule\n"
     "followupd.conf:23: rule birthday needs a column x_birthday, and the customers query has none; name one of yours AS x_birthday"),

    "What is in the database",

    ("dates in another format", sql("UPDATE invoice SET invoiced = '31.12.2025'"), CHECK, 1,
     "followupd.conf:9: purchases.at: 12 values cannot be read, as in customer 1: '31.12.2025'; if that is how dates are written there, add a format to the query, such as format = \"%d.%m.%Y\";"),
    ("dates in another format, and a list is asked for", sql("UPDATE invoice SET invoiced = '31.12.2025'"), LATE, 0,
     '12 values cannot be read and were left out; "followupctl check" shows which'),
    ("a format that does not fit", both(sql("UPDATE invoice SET invoiced = '2025-12-31'"), edit('FROM invoice";', 'FROM invoice"; format = "%d.%m.%Y";')), CHECK, 1,
     "followupd.conf:9: purchases.at: 12 values cannot be read, as in customer 1: '2025-12-31'; they do not look like format = \"%d.%m.%Y\""),
    ("a format in the letters of Excel", edit('FROM invoice";', 'FROM invoice"; format = "DD.MM.YYYY";'), CHECK, 1,
     'followupd.conf:9: purchases: format "DD.MM.YYYY" needs a year (%Y or %y), a month (%m) and a day (%d), such as "%d.%m.%Y"'),
    ("amounts as people write them", sql("UPDATE invoice SET total = '1.234,50' WHERE client_id = 1"), CHECK, 1,
     "followupd.conf:9: purchases.amount: 4 values cannot be read, as in customer 1: '1.234,50'; amounts are plain numbers, such as 1234.50: make them so in the query"),
    ("customers name salespeople who are not there", sql("UPDATE client SET seller_id = 99"), CHECK, 1,
     "followupd.conf:8: customers: 3 whose salesperson is not in the salespeople query, such as customer 1 with salesperson 99: nobody is told about them; compare that column with the id there"),
    ("customers of nobody", sql("UPDATE client SET seller_id = NULL WHERE id < 3"), CHECK, 1,
     "followupd.conf:8: customers: 2 without a salesperson, such as customer 1: nobody is told about them; write in people.unassigned the id of who should be"),
    ("nobody is the one who gets them", edit("per_day = 5;", 'per_day = 5; unassigned = "77";'), CHECK, 1,
     'followupd.conf:12: unassigned names "77", who is not in the salespeople query; write the id of one who is'),
    ("salespeople without an address", sql("UPDATE seller SET email = NULL"), CHECK, 1,
     "followupd.conf:8: customers: 3 belong to salespeople without an address, such as customer 1 to salesperson 2; give them an email in the salespeople query"),
    ("an address that is none", sql("UPDATE seller SET email = 'sam(at)nordlys.example' WHERE id = 2"), CHECK, 1,
     'followupd.conf:7: salesperson 2: address "sam(at)nordlys.example": there is no single address in it: write name@example.com'),
    ("managers in a circle", sql("UPDATE seller SET manager_id = 3 - id"), CHECK, 1,
     "followupd.conf:7: salespeople: the managers above salesperson 1 (first 2) go round in a circle; mend the manager column"),
    ("a deputy who is not there", edit("manager_id AS manager", "manager_id AS manager, 22 AS deputy"), CHECK, 1,
     "followupd.conf:7: salespeople: 2 with a deputy who is not in this query, such as salesperson 1 with deputy 22; deputies are named by their id"),
    ("a merged customer is said to be itself", both(sql("CREATE TABLE merged (old_id, new_id)", "INSERT INTO merged VALUES (7, 7)"), merged_query), CHECK, 1,
     "followupd.conf:10: aliases: 1 that lead to a customer who is said to be itself, such as 7; leave those rows out"),
    ("merged customers go round in a circle", both(sql("CREATE TABLE merged (old_id, new_id)", "INSERT INTO merged VALUES (7, 8), (8, 9), (9, 7)"), merged_query), CHECK, 1,
     "followupd.conf:10: aliases: 3 go round in a circle, such as 7, who is 8; mend those rows"),
    ("a merged customer is said to be two others", both(sql("CREATE TABLE merged (old_id, new_id)", "INSERT INTO merged VALUES (7, 1), (7, 2)"), merged_query), CHECK, 1,
     "followupd.conf:10: aliases: 2 that are said to be two customers, such as 7, who is 1 and another; one row for each old_id"),
    ("a merged customer is still there", both(sql("CREATE TABLE merged (old_id, new_id)", "INSERT INTO merged VALUES (1, 2)"), merged_query), CHECK, 0,
     "followupd.conf:10: aliases: 1 whose old id is a customer still, such as 1, who is said to be 2: nothing is carried over before they are gone from the customers query"),
    ("a manager who is not there", sql("UPDATE seller SET manager_id = 22 WHERE id = 1"), CHECK, 1,
     "followupd.conf:7: salespeople: 1 with a manager who is not in this query, such as salesperson 1 with manager 22; managers are named by their id"),
    ("a region without holidays", edit("email, manager_id AS manager", "email, 'SE' AS region"), CHECK, 1,
     'followupd.conf:7: salesperson 1 and 1 more: there are no holidays of region "SE" in people.holidays; meanwhile those of NO are used'),
    ("hours that nobody understands", edit("email, manager_id AS manager", "email, '9 to 5' AS hours"), CHECK, 1,
     'followupd.conf:7: salesperson 1 and 1 more: working hours "9 to 5" does not begin with a weekday: write such as "mon-thu 08:30-17:00, fri 08:00-14:00", or "always"; meanwhile people.hours is used'),

    "The store",

    ("its folder is not there", edit('"store.db"', '"var/store.db"'), START, 1,
     "followupd.conf:2: store var/store.db: there is no folder var; make it, and let it belong to the user that followupd runs as"),
    ("its folder is not there, and check is asked", edit('"store.db"', '"var/store.db"'), CHECK, 1,
     "followupd.conf:2: store var/store.db: there is no folder var; make it, and let it belong to the user that followupd runs as"),
    ("it is a folder", folder_for("store.db"), START, 1,
     "followupd.conf:2: store store.db: this is a folder; name a plain file: followupd makes it"),
    ("it is a text file", write("store.db", "hello\n" * 999), START, 1,
     "followupd.conf:2: store store.db: file is not a database; name another file, which followupd makes new, or put a backup in its place"),
    ("it is another program's database", sql("CREATE TABLE song (title)", file="store.db"), START, 1,
     "followupd.conf:2: store store.db: this database belongs to another program; name a file of its own: followupd makes it"),
    ("it was written by a newer version", both(ran_before, sql("PRAGMA user_version = 99", file="store.db")), START, 1,
     f"followupd.conf:2: store store.db: it was written by a newer followupd (schema 99, this program knows {SCHEMA}); install that one"),
    ("it belongs to root", user(NOBODY, lambda p: os.chown(p.where, 0, 0), write("store.db")), START, 1,
     "followupd.conf:2: store store.db: this user (65534) may not write it; let it belong to the user that followupd runs as"),
    ("its disk is read-only", disk("var", "ro", edit('"store.db"', '"var/store.db"')), START, 1,
     "followupd.conf:2: store var/store.db: the file system is read-only; name a file where followupd may write"),
    ("its disk is full", disk("var", "size=64k", edit('"store.db"', '"var/store.db"'), full=True), START, 1,
     "followupd.conf:2: store var/store.db: cannot write var/store.db.daemon: No space left on device; make room on its disk"),
    ("a second followupd is started", None, SECOND, 1,
     "followupd.conf:2: store store.db: another followupd (process N) works on this store; stop it first"),
    ("the store is changed, and reloaded", while_running(edit('"store.db"', '"new.db"'), ""), RELOAD, None,
     "followupd.conf:2: the store cannot be changed by a reload; restart followupd\n"
     "the configuration is wrong; going on with the old one"),
    ("a mistake, and a reload", while_running(edit("per_day = 5", "per_day = five"), ""), RELOAD, None,
     "followupd.conf:12: five is not understood; a text needs quotation marks\n"
     "the configuration is wrong; going on with the old one"),
    ("a rule gets another id", both(ran_before, lapse_open, edit('id = "lapse"', 'id = "silent"')), START, 78, LAPSE_GONE),
    ("a rule gets another id, and the settings are tested", both(ran_before, lapse_open, edit('id = "lapse"', 'id = "silent"')), TEST, 78, LAPSE_GONE),
    ("a rule gets another id, and check is asked", both(ran_before, lapse_open, edit('id = "lapse"', 'id = "silent"')), CHECK, 1, LAPSE_GONE),
    ("a rule gets another id, and a reload", while_running(both(lapse_open, edit('id = "lapse"', 'id = "silent"')), ""), RELOAD, None,
     LAPSE_GONE + "\nthe configuration is wrong; going on with the old one"),
    ("a rule of another kind takes over", both(ran_before, lapse_open, edit('id = "lapse"; ', ""), edit('id = "visit";', 'id = "visit"; formerly = "lapse";'),
                                               edit('kind = "lapse";', 'id = "silent"; kind = "lapse";')), TEST, 78,
     "followupd.conf:20: rule visit cannot go on with what is open of lapse: that was a lapse rule, this is a visit rule; put formerly into one of the same "
     'kind, or run "followupctl retire lapse"'),
    ("a rule takes over one that is still there", edit('id = "visit";', 'id = "visit"; formerly = "lapse";'), TEST, 78,
     'followupd.conf:20: formerly names "lapse", which is a rule of its own in line 19; keep one of the two'),
    ("a rule is retired before it is taken out", ran_before, "followupctl retire lapse", 2,
     "followupctl: rule lapse is in followupd.conf, line 19; take it out there, then retire it"),
    ("a rule that is not there is retired", ran_before, "followupctl retire laspe", 2,
     "followupctl: rule laspe has no open follow-up: there is nothing to retire"),
    ("followupctl is run by another user", user(1, ran_before), STATUS, 2,
     "followupctl: the store store.db belongs to nobody: run this as sudo -u nobody followupctl ..."),
    ("followupd was never started", None, STATUS, 2,
     "daemon      never started: there is no store at store.db; start it: systemctl start followupd"),

    "The mail server: followupctl test-send tries it",

    ("nobody listens at the port", url("smtp://127.0.0.1:CLOSED"), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: Failed to connect to 127.0.0.1 port CLOSED after N ms: Couldn't connect to server: does the mail server run there, is the port in url right, and does no firewall stop us?"),
    ("the server's name is misspelt", url("smtp://mail.nordlys.invalid"), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: Could not resolve host: mail.nordlys.invalid: is the name in url right, and does this machine know a name server?"),
    ("no smtp:// before the name", url("127.0.0.1:PORT"), TEST, 78,
     'followupd.conf:15: channel email: url "127.0.0.1:PORT" begins with neither smtp:// nor smtps://: write smtp://HOST:PORT'),
    ("smtps:// where TLS begins later", url("smtps://127.0.0.1:PORT"), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: the server does not begin with TLS on this port: write smtp:// in url (587, 25); smtps:// is for the other kind (465)"),
    ("starttls where there is none", url("smtp://127.0.0.1:PORT", 'security = "starttls";'), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: STARTTLS not supported: nothing is sent in plain text; is this the port for sending (587), and does nobody in between remove it?"),
    ("the certificate has expired", url("smtps://localhost:EXPIRED", 'ca_file = "expired.pem";'), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: SSL certificate problem: certificate has expired: renew it on the mail server; if it is new, look at this machine's clock"),
    ("the certificate is another host's", url("smtps://localhost:STRANGER", 'ca_file = "stranger.pem";'), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: SSL: no alternative certificate subject name matches target host name 'localhost': write in url the name that the certificate is for"),
    ("the certificate is self-signed", url("smtps://localhost:OWN"), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: SSL certificate problem: self-signed certificate: if this is your own server, write its certificate, or that of its authority, to a file, and name that in ca_file"),
    ("ca_file is not there", url("smtps://localhost:OWN", 'ca_file = "ca.pem";'), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: error setting certificate file: ca.pem: ca_file must name a file of certificates (PEM) that followupd's user may read"),
    ("ca_file is not there, and check is asked", url("smtps://localhost:OWN", 'ca_file = "ca.pem";'), CHECK, 1,
     "followupd.conf:15: channel email: ca_file ca.pem cannot be read: No such file or directory; name a file of certificates (PEM)"),
    ("a user without a password", url("smtp://127.0.0.1:PORT", 'user = "me";'), TEST, 78,
     "followupd.conf:15: channel email: user without password_file: write both or none (or oauth_token_file for a token)"),
    ("the password stands in url", url("smtp://me:secret@127.0.0.1:PORT"), TEST, 78,
     'followupd.conf:15: channel email: url "smtp://me:secret@127.0.0.1:PORT" holds a name or password: write user and password_file instead'),
    ("a password over an open network", url("smtp://mail.nordlys.example", 'security = "none"; user = "me"; password_file = "./password";'), TEST, 78,
     'followupd.conf:15: channel email: the password would cross the network in plain text: write security = "starttls"'),
    ("the secret is not there", both(password("x"), remove("password")), CHECK, 1,
     "followupd.conf:15: channel email: secret ./password: No such file or directory; make it, with the secret alone in it, mode 0600"),
    ("the token is not there", url("smtp://mail.nordlys.example", 'user = "me"; oauth_token_file = "./token";'), CHECK, 1,
     "followupd.conf:15: channel email: secret ./token: No such file or directory; make it, with the secret alone in it, mode 0600"),
    ("the secret is world-readable", password("x", 0o644), CHECK, 1,
     "followupd.conf:15: channel email: secret ./password: others may read or change it (mode 0644): make it root:followupd with mode 0640, or followupd's own with mode 0600"),
    ("the secret is world-readable, and a test is sent", password("x", 0o644), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: secret ./password: others may read or change it (mode 0644): make it root:followupd with mode 0640, or followupd's own with mode 0600"),
    ("the secret is empty", password("\n"), CHECK, 1,
     "followupd.conf:15: channel email: secret ./password: it is empty: write the secret into it"),
    ("the secret has a second line", password("x\ny\n"), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: password_file holds several lines; it must hold the password alone, on one line"),
    ("the password is wrong", both(write("password", "x", 0o600),
                                   url("smtp://127.0.0.1:STRICT", 'user = "me"; password_file = "./password";')), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: the login was refused (see user and its secret): 535 5.7.8 as the script says at auth"),
    ("the server wants no password", password("x"), SEND, 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by email: the server offers no login (AUTH), and mail does not leave without it: take user away, or use the port for sending (587)"),
    ("the folder for messages has no place", edit("email = {", 'folder = { path = "var/mails"; };\n  email = {'), CHECK, 1,
     "followupd.conf:15: channel folder: there is no folder var to make var/mails in; make it"),
    ("the folder for messages has no place, and a test is sent", edit("email = {", 'folder = { path = "var/mails"; from = "us@nordlys.example"; };\n  email = {'), SEND + " --channel folder", 2,
     "followupctl: followupd.conf:15: not sent to sam@nordlys.example by folder: var/mails/test.N@nordlys.example.eml: No such file or directory; make the folder above it"),

    "The command line",

    ("a verb is misspelt", None, "followupctl lits late", 64,
     'followupctl: there is no verb "lits"; followupctl --help lists them'),
    ("an argument is missing", None, "followupctl explain", 64,
     "followupctl: say which customer: followupctl explain CUSTOMER"),
    ("an option is misspelt", None, "followupctl list late --fromat csv", 64,
     'followupctl: list has no option "--fromat"; followupctl list --help says what it takes'),
    ("an option without its value", None, "followupctl test-send --to", 64,
     "followupctl: --to needs something behind it; followupctl test-send --help says what"),
    ("a date as people write it", None, "followupctl list late --at 31.12.2025", 64,
     'followupctl: --at "31.12.2025" is no time; write 2026-11-22, "TIME" or 2026-11-22T09:00:00Z'),
    ("a customer who is not there", None, "followupctl explain 99", 2,
     'followupctl: there is no customer "99": ids are those of the customers query'),
    ("a customer who is not there, to be previewed", None, "followupctl preview 99", 2,
     'followupctl: there is no customer "99": ids are those of the customers query'),
    ("a customer who is not there, to be recorded", ran_before, "followupctl record 99 done", 2,
     'followupctl: there is no customer "99" in the database: ids are those of the customers query'),
    ("a customer who is not there, and what happened", ran_before, "followupctl history 99", 0,
     'nothing has happened with a customer "99"; ids are those of the customers query\n'
     "when  customer  by  what"),
    ("an outcome is misspelt", None, "followupctl record 1 doen", 64,
     'followupctl: there is no outcome "doen"; write: followupctl record CUSTOMER done|won|lost|not-late|later [SPAN]|call|visit|mail|review [--note TEXT] [--rule ID] [--by PERSON]'),
    ("a salesperson who is not there", None, "followupctl test-send --to Sam", 2,
     'followupctl: there is no salesperson "Sam", and it is no address either; write an id of the salespeople query, or name@example.com'),
    ("half an address", None, "followupctl test-send --to sam@", 2,
     'followupctl: address "sam@": there is nothing behind the @'),
    ("a long option, as other daemons have it", None, "followupd --daemon", 64,
     'followupd: there is no option "--daemon"; followupd --help lists them'),
    ("a verb for the daemon", None, "followupd start", 64,
     'followupd: "start" is one argument too many; followupd --help says what it takes'),
)


# ---- trying them

class Place:
    """A folder with everything right in it, until somebody makes a mistake."""

    def __init__(self, base, ports):
        self.where, self.ports, self.user, self.running, self.out, self.mounted = folder(), ports, None, None, None, []
        shutil.copytree(base, self.where, dirs_exist_ok=True)
        self.where.chmod(0o755)
        self.conf = self.where / "followupd.conf"
        self.conf.write_text(CONF)

    def real_ports(self):
        """PORT and the like become numbers."""
        if self.conf.is_file() and self.conf.stat().st_size and os.access(self.conf, os.R_OK):
            text = self.conf.read_bytes()
            for name, port in self.ports.items():
                text = text.replace(name.encode(), str(port).encode())
            mode = self.conf.stat().st_mode
            self.conf.write_bytes(text)
            self.conf.chmod(mode)

    def start(self, *command):
        before = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"] if self.user is not None else []
        if self.out:
            self.out.close()
        self.out = open(self.where / "said", "ab")
        process = subprocess.Popen([*before, BUILD / command[0], "-c", "followupd.conf", *command[1:]], cwd=self.where, stdin=subprocess.DEVNULL,
                                   stdout=self.out, stderr=self.out, env={**os.environ, "LC_ALL": "C.UTF-8"})
        followupd_test.started.append(process)
        return process

    def log(self):
        return (self.where / "said").read_text(errors="backslashreplace")

    def daemon(self):
        self.real_ports()
        self.running = self.start("followupd")
        if not wait(lambda: "followupd " in self.log(), 20):
            raise RuntimeError(self.log())
        return self.running

    def run(self, command):
        """Its exit code, or None of a daemon that runs on, and what it said, without what differs each time."""
        code = None
        if command in (RELOAD, SECOND) and not self.running:
            self.daemon()
        before = len(self.log()) if (self.where / "said").exists() else 0
        self.real_ports()
        if command == RELOAD:
            self.running.send_signal(signal.SIGHUP)
            wait(lambda: "reloaded" in self.log() or "going on with" in self.log())
        else:
            process = self.start(*command.replace(" (a second one)", "").split())
            wait(lambda: process.poll() is not None or (process.args[-1] == "followupd.conf" and "followupd 0" in self.log()[before:]), 20, 0.002)
            code = process.poll()
        return code, self.plain(self.log()[before:])

    def plain(self, text):
        text = re.sub(r"^<\d>", "", text, flags=re.M).replace(str(self.where), "FOLDER").replace(str(ROOT), "ROOT")
        for name, port in self.ports.items():
            text = re.sub(rf"\b{port}\b", name, text)
        for differs, shown in ((r"\b(after|in) \d+ ms", r"\1 N ms"), (r"\bprocess \d+", "process N"), (r"\btest\.\d+@", "test.N@"),
                               (r"\d{4}-\d\d-\d\d \d\d:\d\d", "TIME"), (r"^(\d+ customers \(|rule \w+ \(.*judged).*\n", "")):
            text = re.sub(differs, shown, text, flags=re.M)
        return text.splitlines()

    def done(self):
        if self.running and self.running.poll() is None:
            self.running.kill()
            self.running.wait()
        for path in self.mounted:
            subprocess.run(["umount", path], check=True)
        if self.out:
            self.out.close()
        shutil.rmtree(self.where)


def right():
    """What is copied for each mistake."""
    where = folder()
    company = Company(where)
    for number, silent in ((1, 40), (2, 20), (3, 5)):
        company.customer(number, silent)
    company.close()
    shutil.copytree(ROOT / "conf/languages", where / "languages")
    (where / "holidays.txt").write_text("".join(f"{today().year + i}-12-25 Christmas\n" for i in range(2)))
    return where


def certificate(where, name, host, *more):
    pair = where / f"{name}.key", where / f"{name}.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", pair[0], "-out", pair[1],
                    "-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}", *more], check=True, capture_output=True)
    if name == "EXPIRED":
        for step in (["x509", "-x509toreq", "-in", pair[1], "-signkey", pair[0], "-out", where / "csr"],
                     ["x509", "-req", "-days", "-1", "-in", where / "csr", "-signkey", pair[0], "-out", pair[1]]):
            subprocess.run(["openssl", *step], check=True, capture_output=True)
    return "--cert", pair[1], "--key", pair[0]


def servers(base):
    """Mail servers by the name that stands for their port. Nobody listens at CLOSED."""
    logs = folder()
    sinks = {"PORT": Sink(logs), "STRICT": Sink(logs, "--auth", "--at", "auth=535-5.7.8", log="strict")}
    if shutil.which("openssl"):
        for name, host in (("EXPIRED", "localhost"), ("STRANGER", "mail.else.example"), ("OWN", "localhost")):
            sinks[name] = Sink(logs, "--tls", *certificate(logs, name, host), log=name)
        shutil.copy(logs / "STRANGER.pem", base / "stranger.pem")
        shutil.copy(logs / "EXPIRED.pem", base / "expired.pem")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return {**{name: sink.port for name, sink in sinks.items()}, "CLOSED": closed.getsockname()[1]}


def try_all():
    base = right()
    ports = servers(base)
    answers, missing = {}, {}
    for row in MISTAKES:
        if isinstance(row, str):
            print(f"\n{row}\n" if SHOW else f"# {row}", flush=True)
            continue
        what, deed, command, code, sentence = row
        if WORDS and not any(word in what for word in WORDS):
            continue
        needs = getattr(deed, "needs", None)
        if (needs == "root" and os.geteuid() != 0) or (needs == "openssl" and "OWN" not in ports):
            missing.setdefault(f"this needs {needs}", []).append(what)
            continue
        if command not in answers:
            place = Place(base, ports)
            answers[command] = place.run(command)[1] if command in (TEST, CHECK, LATE) else []
            place.done()
        place = Place(base, ports)
        try:
            if deed:
                deed(place)
            got, said = place.run(command)
        except subprocess.CalledProcessError as e:
            missing.setdefault(f"{e.cmd[0]} does not work here", []).append(what)
            continue
        finally:
            place.done()
        said = "\n".join(line for line in said if line not in answers[command])
        if SHOW:
            print(f"  {what}\n    {command}\n      " + said.replace("\n", "\n      ") + f"\n      ({'runs on' if got is None else f'exit code {got}'})\n")
        else:
            check(f"{what}: {command}", (got, said) == (code, sentence), f"exit code {got} instead of {code}\n  says   {said}\n  not    {sentence}")
    for why, rows in missing.items():
        skip(", ".join(rows), why)


if SHOW:
    try_all()
else:
    run(try_all)
