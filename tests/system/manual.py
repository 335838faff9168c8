#!/usr/bin/python3
"""The manual pages as people see them, and the completion in a real bash, held against what the programs say themselves. (Settings, columns and
verbs are held against their tables by tests/unit/man_pages.c.)"""
import re
import shutil
import subprocess

from followupd_test import BUILD, ROOT, check, folder, run, skip

PAGES = sorted((ROOT / "daemon/man").glob("*.[0-9]"))
COMPLETION = ROOT / "scripts/followupctl.bash"


def call(*words, **more):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, stdin=subprocess.DEVNULL, **more)


# ---- manual pages

def lint(page):
    return call("mandoc", "-T", "lint", "-W", "warning", page).stdout


def pages():
    check("there are three pages", [p.name for p in PAGES] == ["followupctl.1", "followupd.8", "followupd.conf.5"], PAGES)
    if not shutil.which("mandoc"):
        skip("the manual pages are right mdoc and fit 80 columns", "mandoc is not installed")
        return
    for page in PAGES:
        check(f"mandoc has nothing to say about {page.name}", not lint(page), lint(page))
        text = re.sub(".\b", "", call("mandoc", "-T", "utf8", "-O", "width=78", page).stdout)
        wide = [line for line in text.splitlines() if len(line) > 80]
        check(f"{page.name} fits 80 columns", text and not wide, wide)
    broken = folder() / "broken.1"
    broken.write_text(PAGES[0].read_text() + ".Bl -tag\n.It x\n")
    check("a broken page would be seen", "Bl" in lint(broken), lint(broken))


def options_of(page):
    """The options that a page explains in the list of its DESCRIPTION: "-c", "--at"."""
    text = page.read_text().partition(".Sh DESCRIPTION")[2].partition(".El")[0]
    return {"-" + name for line in re.findall(r"^\.It Fl (.*)$", text, re.M) for name in re.findall(r"(?:^|Fl )(-?[A-Za-z]+)", line)}


def options():
    daemon, ctl = (call(BUILD / name, "--help").stdout for name in ("followupd", "followupctl"))
    said = set(re.findall(r"^  (-\w)", daemon, re.M)) | {"-h", "--help"}
    check("followupd.8 has the options of followupd", options_of(PAGES[1]) == said, options_of(PAGES[1]) ^ said)
    said = set(re.findall(r"\[(-+\w+) ", ctl.partition("\n")[0])) | {"-h", "--help", "-V", "--version"}
    check("followupctl.1 has the options of followupctl", options_of(PAGES[0]) == said, options_of(PAGES[0]) ^ said)
    for program in ("followupd", "followupctl"):
        for option in ("-h", "-V"):
            check(f"{program} {option} works", call(BUILD / program, option).returncode == 0)


def exit_codes():
    codes = set(re.findall(r"CTL_\w+ = (\d+)", (ROOT / "daemon/ctl/ctl.h").read_text()))
    status = PAGES[0].read_text().partition(".Sh EXIT STATUS")[2].partition(".El")[0]
    check("followupctl.1 has every exit code", codes == set(re.findall(r"^\.It (\d+)$", status, re.M)), codes)
    check("the code of a wrong command is 64, of a wrong configuration 78", call(BUILD / "followupctl", "nosuch").returncode == 64 and
          call(BUILD / "followupctl", "-c", "/nowhere", "check").returncode == 78 and call(BUILD / "followupd", "-t", "-c", "/nowhere").returncode == 78 and
          call(BUILD / "followupd", "more").returncode == 64)


# ---- completion

BASH = """source "$1"; shift; PATH=$1:$PATH; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_followupctl "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"; [[ $- == *f* ]] && echo NOGLOB; complete -p followupctl >/dev/null || echo UNBOUND"""


def completed(*words, programs=BUILD):
    """What bash offers for the last of these words."""
    done = call("bash", "-uc", BASH, "bash", COMPLETION, programs, "followupctl", *words, cwd=ROOT)
    return done.stdout.split() + done.stderr.split()


def usage(verb):
    return call(BUILD / "followupctl", verb, "--help").stdout.partition("\n")[0].split(" ", 2)[2]


def plain_words(text):
    return {w for w in re.split(r"[ |\[\]]+", re.sub(r"--[a-z-]+ [A-Za-z|=]+", "", text)) if re.match("[a-z]", w)}


def completion():
    verbs = re.findall(r"^  ([a-z-]+) ", call(BUILD / "followupctl", "--help").stdout, re.M)
    check("all verbs are completed", len(verbs) >= 10 and completed("") == verbs, completed(""))
    check("and the ones that begin so", completed("re") == [v for v in verbs if v.startswith("re")], completed("re"))
    for verb in verbs:
        line = usage(verb)
        wanted = {"-c", "--at", "--format"} | set(re.findall(r"--[a-z-]+", line))
        check(f"{verb}: its options", set(completed(verb, "-")) == wanted, completed(verb, "-"))
        ours = set(completed(verb, "") if not line.startswith(("CUSTOMER", "FILE")) else completed(verb, "12", ""))
        check(f"{verb}: its words", ours == plain_words(line), ours ^ plain_words(line))
    check("only a plan may be a calendar", completed("plan", "--format", "") == ["table", "csv", "json", "ics"]
          and completed("list", "--format", "") == ["table", "csv", "json"], completed("plan", "--format", ""))
    check("list: its subjects", {"late", "watch", "cannot-judge"} <= set(completed("list", "")), completed("list", ""))
    check("record: its outcomes, once the customer is said", {"done", "won", "later"} <= set(completed("record", "12", "")) and not completed("record", ""))
    check("formats, wherever the option stands", completed("list", "late", "--format", "") == completed("--format", "") == ["table", "csv", "json"],
          completed("--format", ""))
    check("formats behind =", completed("--format", "=", "c") == ["csv"] and completed("--format", "=") == ["table", "csv", "json"], completed("--format", "="))
    check("options and their values are no words", completed("-c", "some.conf", "--at", "2026-01-01", "list", "w") == ["watch"])
    check("files for -c, folders for --to", completed("-c", "READ") == ["README.md"] and completed("preview", "--to", "daem") == ["daemon"],
          completed("-c", "READ"))
    check("files for a verb that takes one, words for its options", completed("import", "READ") == ["README.md"] and
          completed("import", "x.csv", "--decimal", "") == ["comma", "point"], completed("import", "READ"))
    check("nothing where nothing can be known", not completed("explain", "") and not completed("nosuch", "") and not completed("list", "late", ""))


def completion_follows_the_program():
    """Planted: another program with another verb."""
    where = folder()
    other = where / "followupctl"
    other.write_text("#!/bin/sh\nif [ \"$1\" = dance ]; then echo 'followupctl dance slow|quick [--with NAME] [--to FOLDER]'; else\n"
                     "echo 'usage: followupctl [-c FILE] VERB ...'; echo; echo '  dance      Dance.'; fi\n")
    other.chmod(0o755)
    check("the completion knows nothing of its own: another program, other words", completed("", programs=where) == ["dance"] and
          completed("dance", "", programs=where) == ["slow", "quick"] and completed("dance", "--", programs=where) == ["--with", "--to"],
          completed("dance", "", programs=where))


run(pages, options, exit_codes, completion, completion_follows_the_program)
