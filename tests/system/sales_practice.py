#!/usr/bin/python3
"""conf/sales-practice.md says of every line of ../shared/reference/sales-practice.md what does it. Every line is there, and everything that is
named is: a kind of rule with a letter in every language, a setting, a column, a command, a phrase, a part of a letter. What is said not to be there
yet is told loudly, and is a mistake once it is there.

Settings and columns are looked up in followupd.conf(5), which tests/unit/man_pages.c holds against the tables of the program.
"""
import re
import subprocess

from followupd_test import BUILD, ROOT, SHARED, check, run, skip

PAGE = ROOT / "conf/sales-practice.md"
SOURCE = SHARED.parent / "reference/sales-practice.md"
LANGUAGES = sorted(path.parent for path in (ROOT / "conf/languages").glob("*/phrases"))
MANUAL = (ROOT / "daemon/man/followupd.conf.5").read_text(encoding="utf-8")
MISSING = re.compile(r"Not there yet: ([^()]*) \(issue (\d+)\)")


def table(path):
    """[left, right] of each line."""
    rows = [line.strip("| ").split(" | ", 1) for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [row for row in rows if row[0] != "advice" and not row[0].startswith("---")]


def listed(head):
    """What followupd.conf(5) lists below its mark `.\\" HEAD ...`: {"rules[].after", ...}, {"customers.values", ...}, {"lapse", ...}."""
    names = set()
    for mark, body in re.findall(rf'^\.\\" {head} ?(.*)\n((?:(?!\.El).*\n)*)', MANUAL, re.M):
        before = "" if mark in ("", "the whole") or head == "kinds of rules" else mark + "."
        names |= {before + name.split()[0] for name in re.findall(r"^\.It Ic (.*)$", body, re.M)}
    return names


SETTINGS, COLUMNS, KINDS = listed("rows of"), listed("columns of"), listed("kinds of rules")
QUERIES = {f"source.{column.split('.')[0]}" for column in COLUMNS}


def in_every_language(name, what):
    """Does the file `name` have that text in each language?"""
    return bool(LANGUAGES) and all((path / name).is_file() and what in (path / name).read_text(encoding="utf-8") for path in LANGUAGES)


def command_there(words):
    done = subprocess.run([BUILD / "followupctl", words[0], "--help"], capture_output=True, text=True)
    return done.returncode == 0 and all(re.search(rf"\b{re.escape(word)}\b", done.stdout) for word in words[1:])


def exists(pointer, letter):
    """Is what stands between the backticks there? `letter` is the file that a {{part}} is to be found in."""
    if kind := re.fullmatch(r'kind = "(.*)"', pointer):
        return kind[1] in KINDS and in_every_language(f"{kind[1]}.md", "Subject: ") and pointer in (ROOT / "conf/followupd.conf").read_text()
    if pointer.startswith("followupctl "):
        return command_there(pointer.split()[1:])
    if pointer.startswith("{{"):
        line = re.fullmatch(r"\{\{say\.(.*)\}\}", pointer)
        return in_every_language(letter, pointer) and (not line or in_every_language("script", f"\n{line[1]}: "))
    if pointer.endswith(".md"):
        return in_every_language(pointer, "Subject: ")
    return pointer in SETTINGS | COLUMNS | QUERIES or in_every_language("phrases", f"\n{pointer}: ")


def pointers(text):
    """(pointer, the letter it is in) of a right column: a part of a letter is of the letter named next, else of the one before."""
    found = re.findall(r"`([^`]*)`", text)
    for i, pointer in enumerate(found):
        behind, before = [p for p in found[i:] if p.endswith(".md")], [p for p in found[:i] if p.endswith(".md")]
        yield pointer, (before[-1] if before and pointer.startswith("{{") and not behind else behind[0] if behind else "")


def every_line_is_done():
    if not SOURCE.exists():
        return skip("every line of the sales practice is there", f"{SOURCE} is absent")
    wanted, ours = [row[0] for row in table(SOURCE)], [row[0] for row in table(PAGE)]
    check("every line of the sales practice is in conf/sales-practice.md, word by word", wanted and ours == wanted, set(wanted) ^ set(ours))


def everything_named_is_there():
    for advice, what in table(PAGE):
        done = MISSING.sub("", what)
        there = list(pointers(done))
        wrong = [p for p, letter in there if not exists(p, letter)]
        check(f"{advice[:60]}...: {len(there)} things do it", there and not wrong and "not there yet" not in done.lower(), wrong or what)
        for missing, issue in MISSING.findall(what):
            grown = [p for p, letter in pointers(missing) if exists(p, letter)]
            if check(f"what is called missing is: {missing}", not grown, f"{grown} exists: say so in {PAGE.name}"):
                skip(f"\"{missing}\", for \"{advice[:60]}...\"", f"it is not built yet (issue {issue})")


def what_is_not_there_is_found():
    """The look-ups themselves: what would let a hollow page pass."""
    check("there are tables to look things up in", len(SETTINGS) > 60 and len(COLUMNS) > 40 and len(KINDS) > 8 and len(LANGUAGES) >= 4,
          (len(SETTINGS), len(COLUMNS), len(KINDS), LANGUAGES))
    for pointer in ('kind = "lapses"', "rules[].afterwards", "customers.nothing", "source.nothing", "followupctl lst", "followupctl list nobody",
                    "{{say.lapse-nothing}}", "lapses.md", "reason-nothing", ""):
        check(f"{pointer!r} would not pass", not exists(pointer, "lapse.md"))
    check("a part that only another letter has would not pass", not exists("{{say.referral-ask}}", "lapse.md"))


run(every_line_is_done, everything_named_is_there, what_is_not_there_is_found)
