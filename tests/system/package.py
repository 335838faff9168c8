#!/usr/bin/python3
"""The unit, `make install` and the Debian package, for real: built, looked at by lintian, then installed, started, upgraded, removed and purged under a
systemd of its own, on an overlay over this machine's files that is gone afterwards. The machine itself is not touched."""
import os
import pwd
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from followupd_test import CONF, LAPSE, ROOT, Company, check, count, folder, run, skip, wait

INSIDE = "--inside"  # we are the process in the container
EXAMPLES = Path("/usr/share/doc/followupd/examples")
CONFIGURATION = Path("/etc/followupd/followupd.conf")
STATE = Path("/var/lib/followupd")


def call(*words, **more):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, errors="backslashreplace", stdin=subprocess.DEVNULL, **more)


def said(done):
    return f"exit code {done.returncode}: {done.stdout}{done.stderr}"


# ---- make install

def files(where):
    return sorted(str(p.relative_to(where)) for p in where.rglob("*") if not p.is_dir())


def install_and_uninstall():
    where = folder()
    make = ["make", "-C", ROOT, "-j2", f"DESTDIR={where}", "PREFIX=/usr", "O=build/deb/objects", "OUT=build/deb/programs"]  # as scripts/deb
    done = call(*make, "install")
    there = files(where)
    check("make install works with PREFIX and DESTDIR", done.returncode == 0, said(done))
    wanted = {"bin/followupd", "bin/followupctl", "share/man/man8/followupd.8", "share/man/man1/followupctl.1", "share/man/man5/followupd.conf.5",
              "share/bash-completion/completions/followupctl", "lib/systemd/system/followupd.service", "lib/sysusers.d/followupd.conf",
              "lib/tmpfiles.d/followupd.conf", "share/doc/followupd/examples/followupd.conf", "share/doc/followupd/examples/native.conf",
              "share/doc/followupd/examples/schema.sql"}
    wanted |= {f"share/followupd/{f.relative_to(ROOT / 'conf')}" for f in (ROOT / "conf/languages").rglob("*") if f.is_file()}
    check("programs, manual pages, languages, sample, completion, unit, user and folders are in place", {f"usr/{w}" for w in wanted} <= set(there),
          {f"usr/{w}" for w in wanted} - set(there))
    old = call("grep", "-rlI", "/usr/local/", where / "usr")
    check("no installed text names a place that it is not in", not old.stdout, old.stdout)
    check("the program looks for its languages below PREFIX", b"/usr/share/followupd" in (where / "usr/bin/followupd").read_bytes())
    modes = {oct(os.stat(where / f).st_mode & 0o777) for f in there if "/bin/" not in f}
    check("files are readable for everybody and writable for their owner", modes == {"0o644"}, modes)
    for own in ("share/followupd/languages/xx/phrases", "share/man/man1/other.1"):
        path = where / "usr" / own
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("not ours\n")
    done = call(*make, "uninstall")
    left = files(where)
    check("make uninstall takes exactly that away again, and nothing of others", left == ["usr/share/followupd/languages/xx/phrases",
          "usr/share/man/man1/other.1"], said(done) + str(left))


# ---- the unit

def unit():
    if not shutil.which("systemd-analyze"):
        skip("the unit's exposure is at most 1.1, and 0.9 with the allowed addresses", "systemd is not installed")
        return
    where = folder()
    text = (ROOT / "systemd/followupd.service").read_text()
    (where / "followupd.service").write_text(re.sub(r"/usr/local/bin/followupd", "/bin/true", re.sub("Documentation=.*\n", "", text)))
    score = exposure(where)
    check("systemd-analyze security: 1.1 at most", score <= 1.1, score)
    done = call("systemd-analyze", "verify", where / "followupd.service")
    check("systemd-analyze verify has nothing to say", done.returncode == 0 and not done.stderr, said(done))
    more = where / "followupd.service.d"
    more.mkdir()
    for example in sorted((ROOT / "systemd/examples").iterdir()):
        drop = more / example.name.removesuffix(".example")
        shutil.copy(example, drop)
        done = call("systemd-analyze", "verify", where / "followupd.service")
        check(f"nor with {drop.name}", done.returncode == 0 and not done.stderr, said(done))
        if drop.name == "allowed-addresses.conf":
            score = exposure(where)
            check("systemd-analyze security with the allowed addresses: 0.9 at most", score <= 0.9, score)
        if drop.name == "other-clock-program.conf":
            check("what is given up for the clock is seen in the score", exposure(where) > 1.1, exposure(where))
        drop.unlink()
    (more / "worse.conf").write_text("[Service]\nProtectKernelModules=no\nPrivateUsers=no\n")
    check("a looser unit is seen in the score", exposure(where) > 1.1, exposure(where))


def exposure(where):
    """Of the unit in that folder with its drop-ins."""
    done = call("systemd-analyze", "security", "--offline=true", "--no-pager", where / "followupd.service", env={**os.environ, "SYSTEMD_UNIT_PATH": f"{where}:"})
    found = re.search(r"exposure level for followupd.service: ([0-9.]+)", done.stdout)
    return float(found[1]) if found else 10.0


# ---- the package from outside

def build(version, where):
    done = call(ROOT / "scripts/deb", version, where)
    made = sorted(Path(where).glob(f"followupd_{version}_*.deb"))
    check(f"scripts/deb builds version {version}", done.returncode == 0 and len(made) == 1, said(done))
    return made[0]


def package():
    if not shutil.which("dpkg-shlibdeps"):
        skip("the Debian package", "dpkg-dev is not installed")
        return
    where = folder()
    first, second = build("0.1", where), build("0.2", where)
    bytes_before = first.read_bytes()
    build("0.1", where)
    check("the same sources make the same package, byte for byte", bytes_before == first.read_bytes())
    if shutil.which("lintian"):
        done = call("lintian", "--fail-on", "error,warning", *(["--allow-root"] if os.geteuid() == 0 else []), first)
        check("lintian finds neither error nor warning", done.returncode == 0, said(done))
    else:
        skip("lintian finds neither error nor warning", "lintian is not installed")
    owners = {line.split()[1] for line in call("dpkg-deb", "-c", first).stdout.splitlines()}
    check("all files belong to root", owners == {"root/root"}, owners)
    needs = call("dpkg-deb", "-f", first, "Depends").stdout
    check("it depends on what the programs are linked with", all(f"{n} " in needs for n in ("libcurl4", "libsqlite3-0", "libgmime-3.0-0", "libev4")), needs)
    boot(where)


# ---- the container

UNIT = f"""[Unit]
Description=The package test
[Service]
Type=oneshot
ExecStart=/usr/bin/python3 /test/tests/system/package.py {INSIDE}
StandardOutput=file:/packages/out
StandardError=file:/packages/out
Environment=PYTHONDONTWRITEBYTECODE=1
ExecStopPost=/bin/systemctl --no-block poweroff
TimeoutStartSec=90
"""
TARGET = "[Unit]\nRequires=basic.target\nAfter=basic.target\nAllowIsolate=yes\nWants=package-test.service systemd-journald.service\n"

# In a mount namespace of its own: whatever is mounted is gone when it ends. The container has its own network, and boots only what we ask.
MACHINE = """set -e
mount --make-rprivate /
mount -t tmpfs tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/root" "$1/run"
mount --bind "$1/run" /run/systemd
mount -t overlay overlay -o lowerdir=/,upperdir="$1/upper",workdir="$1/work" "$1/root"
units=$1/root/etc/systemd/system
cp "$2/package-test.service" "$2/package-test.target" "$units"
rm -f "$1/root/etc/machine-id" "$1/root/usr/sbin/policy-rc.d" "$1/root/var/lib/man-db/auto-update" # whose index of all pages takes seconds
exec systemd-nspawn --quiet --register=no --keep-unit --private-network --link-journal=no --system-call-filter='adjtimex clock_adjtime' -D "$1/root" \\
    --bind-ro="$3:/test" --bind="$2:/packages" --boot systemd.unit=package-test.target systemd.log_level=notice
"""


def control_groups():
    return {g for payload in Path("/sys/fs/cgroup").rglob("payload") for g in (payload, *payload.rglob("*")) if g.is_dir()}


def boot(where):
    promise = "installed, started, upgraded, removed and purged under a real systemd"
    if os.geteuid() != 0:
        skip(promise, "this needs root")
        return
    if not shutil.which("systemd-nspawn"):
        skip(promise, "systemd-container is not installed")
        return
    (where / "package-test.service").write_text(UNIT)
    (where / "package-test.target").write_text(TARGET)
    machine, groups = folder(), control_groups()
    began = time.monotonic()
    done = call("timeout", "-k", "5", "100", "unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", MACHINE, "machine", machine, where, ROOT)
    for group in sorted(control_groups() - groups, reverse=True):
        group.rmdir()  # nspawn leaves them behind, empty
    out = (where / "out").read_text(errors="backslashreplace") if (where / "out").exists() else ""
    if not out and done.returncode != 124 and re.search("mount|permitted|denied|cgroup|unshare: ", said(done)):
        skip(promise, "this machine cannot run a container: " + said(done)[-300:].replace("\n", " "))
        return
    print(re.sub(r"\n[0-9]+ passed.*\n\Z", "\n", out), end="")
    summary = re.search(r"([0-9]+) passed, ([0-9]+) failed\n\Z", out)
    check("the container ran to its end", summary, said(done)[-1500:] + out[-500:])
    if summary:
        count["passed"] += int(summary[1])
        count["failed"] += int(summary[2])
    print(f"# the container took {time.monotonic() - began:.0f} s")


# ---- inside of it

def shown(property_, unit="followupd"):
    return call("systemctl", "show", "-P", property_, unit).stdout.strip()


def mode(path):
    about = os.stat(path)
    return f"{pwd.getpwuid(about.st_uid).pw_name} {about.st_mode & 0o7777:04o}"


def dpkg(*words):
    return call("dpkg", *words, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"})


def write_configuration(database, **more):
    text = CONF.format(where=STATE, root=ROOT, database=database, admin="folder", per_day=0, guards='stale_feed = false; mass_change = false; season = false; calm_start = "off";', rules=LAPSE,
                       channels='  folder = { path = "/var/lib/followupd/outbox"; from = "Follow-up <followup@nordlys.example>"; };')
    text = re.sub(r"languages = .*\n", "", text)
    CONFIGURATION.write_text(text)


def mails():
    return sorted((STATE / "outbox").glob("*.eml"))


def installing():
    done = dpkg("-i", next(Path("/packages").glob("followupd_0.1_*.deb")))
    check("it installs", done.returncode == 0, said(done))
    check("and says that it is not configured, and what to do", "it has no configuration yet" in done.stdout and "systemctl enable --now followupd" in done.stdout,
          done.stdout)
    user = call("getent", "passwd", "followupd").stdout.strip()
    check("there is a user followupd, who cannot log in", user.endswith(":/var/lib/followupd:/usr/sbin/nologin"), user)
    check("the folder of the configuration is root's, and only followupd may look into it", mode("/etc/followupd") == "root 0750" and
          Path("/etc/followupd").group() == "followupd", mode("/etc/followupd"))
    check("the folder of the store is followupd's", mode(STATE) == "followupd 0750", mode(STATE))
    check("nothing was started or will be at boot", shown("ActiveState") == "inactive" and shown("UnitFileState") == "disabled",
          shown("ActiveState") + shown("UnitFileState"))
    check("the manual pages are found", call("man", "-w", "followupd", "followupctl", "followupd.conf").returncode == 0)
    done = call("systemctl", "start", "followupd")
    sentence = call("systemctl", "status", "--no-pager", "followupd").stdout
    check("systemctl start before there is a configuration fails, and the status says why", done.returncode != 0 and
          str(CONFIGURATION) + ": does not exist" in sentence, said(done) + sentence)
    check("and it is not tried for ever", shown("ActiveState") == "failed" and shown("ExecMainStatus") == "78", shown("ActiveState"))


def configuring():
    Path("/srv/crm").mkdir(parents=True)
    company = Company(Path("/srv/crm"), name="crm.db")
    company.customer(1, 95)
    company.close()
    for part in ("followupd.conf", "holidays"):
        call("cp", "-r", EXAMPLES / part, "/etc/followupd/")
    done = call("followupd", "-t")
    check("the sample is a right configuration where it lies", done.returncode == 0, said(done))
    write_configuration("/srv/crm/crm.db")
    os.makedirs(STATE / "outbox")
    shutil.chown(STATE / "outbox", "followupd", "followupd")
    done = call("followupctl", "check")
    check("followupctl check finds it right", done.returncode == 0, said(done))
    done = call("systemctl", "enable", "--now", "followupd")
    check("systemctl enable --now starts it", done.returncode == 0 and shown("ActiveState") == "active",
          said(done) + call("systemctl", "status", "--no-pager", "followupd").stdout)
    check("it runs as followupd", mode(f"/proc/{shown('MainPID')}").startswith("followupd ") or
          "followupd" in call("ps", "-o", "user=", "-p", shown("MainPID")).stdout)
    check("it says that it runs", shown("StatusText") == "Running.", shown("StatusText"))
    check("a follow-up that is due becomes a message", wait(mails, 15), call("journalctl", "-u", "followupd", "--no-pager").stdout)
    check("the store is for followupd only", mode(STATE / "store.db") == "followupd 0600", mode(STATE / "store.db"))
    check("nothing was made beside the database", sorted(os.listdir("/srv/crm")) == ["crm.db"], os.listdir("/srv/crm"))
    check("followupctl status is content", call("followupctl", "status").returncode == 0, said(call("followupctl", "status")))


def confined():
    inside = ["nsenter", "-t", shown("MainPID"), "-m"]
    done = call(*inside, "touch", "/srv/crm/x")
    check("the unit sees the database's folder read-only", "Read-only file system" in done.stderr, said(done))
    done = call(*inside, "touch", "/etc/x")
    check("and everything else but the state directory", "Read-only file system" in done.stderr and
          call(*inside, "touch", STATE / "x").returncode == 0, said(done))
    (STATE / "x").unlink()
    done = call(*inside, "ls", "/home", "/root")
    check("homes are hidden", "crm" not in done.stdout and done.stdout.split() in ([], ["/home:", "/root:"]), said(done))
    if os.uname().machine == "x86_64":
        check("asking the kernel about the clock is refused, setting it too", ask_clock() == "-1 Operation not permitted", ask_clock())
        drop_in("other-clock-program.conf.example")
        check("with the drop-in for other clock programs it is answered", re.match(r"[0-5] ", ask_clock()), ask_clock())
        shutil.rmtree("/etc/systemd/system/followupd.service.d")


def ask_clock():
    """adjtimex() in the sandbox of the unit, from a copy of it that runs perl."""
    text = Path("/usr/lib/systemd/system/followupd.service").read_text()
    text = re.sub(r"Exec.*\n|Type=.*\n|Restart.*\n|Watchdog.*\n", "", text)
    code = "my $b = pack('x208'); my $r = syscall(159, $b); print $r, ' ', $r < 0 ? $! : 'answered'"
    text = text.replace("[Service]\n", f'[Service]\nType=oneshot\nExecStart=/usr/bin/perl -e "{code.replace("$", "$$")}"\n'
                                       "StandardOutput=file:/var/lib/followupd/asked\n")
    Path("/etc/systemd/system/asks.service").write_text(text)
    more = Path("/etc/systemd/system/followupd.service.d")
    if more.exists():
        shutil.copytree(more, "/etc/systemd/system/asks.service.d")
    call("systemctl", "daemon-reload")
    done = call("systemctl", "start", "asks")
    answer = (STATE / "asked").read_text() if (STATE / "asked").exists() else said(done)
    call("rm", "-rf", STATE / "asked", "/etc/systemd/system/asks.service", "/etc/systemd/system/asks.service.d")
    return answer


def drop_in(name):
    where = Path("/etc/systemd/system/followupd.service.d")
    where.mkdir(exist_ok=True)
    shutil.copy(EXAMPLES / name, where / name.removesuffix(".example"))
    call("systemctl", "daemon-reload")


def reloading():
    good = CONFIGURATION.read_text()
    CONFIGURATION.write_text(good.replace("rules =", "ruels ="))
    done = call("systemctl", "reload", "followupd")
    check("a reload with a mistake fails, and the daemon goes on", done.returncode != 0 and shown("ActiveState") == "active", said(done))
    CONFIGURATION.write_text(good.replace("Nordlys", "Sydlys"))
    done = call("systemctl", "reload", "followupd")
    check("a reload without one works", done.returncode == 0 and
          wait(lambda: "reloaded /etc/followupd" in call("journalctl", "-u", "followupd", "--no-pager").stdout, 5), said(done))
    CONFIGURATION.write_text(good)


def elsewhere():
    shutil.copytree("/srv/crm", "/home/crm/data")
    write_configuration("/home/crm/data/crm.db")
    drop_in("database-elsewhere.conf.example")
    drop_in("allowed-addresses.conf.example")
    done = call("systemctl", "restart", "followupd")
    company = sqlite3.connect("/home/crm/data/crm.db", isolation_level=None)
    company.execute("INSERT INTO client (id, name, seller_id, segment) VALUES (2, 'Two', 2, 'regular')")
    company.execute("INSERT INTO invoice (client_id, invoiced, total) VALUES (2, date('now', '-100 days'), 9)")
    company.close()
    check("with the drop-in for a database in a home, that one is read, and its changes are noticed", done.returncode == 0 and
          wait(lambda: len(mails()) == 2, 15), said(done) + call("journalctl", "-u", "followupd", "-n", "20", "--no-pager").stdout)


def upgrading():
    pid, conf, sent = shown("MainPID"), CONFIGURATION.read_text(), mails()
    done = dpkg("-i", next(Path("/packages").glob("followupd_0.2_*.deb")))
    check("it upgrades", done.returncode == 0 and "no configuration" not in done.stdout, said(done))
    check("the daemon was restarted", shown("ActiveState") == "active" and shown("MainPID") not in (pid, "0"), shown("MainPID"))
    check("the configuration is as it was", CONFIGURATION.read_text() == conf)
    time.sleep(1)
    check("the store is as it was: nobody is told twice", mails() == sent and len(sent) == 2, mails())
    check("a daemon that does not run is not started by an upgrade", call("systemctl", "stop", "followupd").returncode == 0 and
          dpkg("-i", next(Path("/packages").glob("followupd_0.2_*.deb"))).returncode == 0 and shown("ActiveState") == "inactive", shown("ActiveState"))
    call("systemctl", "start", "followupd")


def removing():
    shipped = [f for f in call("dpkg", "-L", "followupd").stdout.split() if not Path(f).is_dir()]
    done = dpkg("-r", "followupd")
    check("it is removed", done.returncode == 0 and "warning" not in said(done), said(done))
    check("and stopped", not call("pgrep", "-x", "followupd").stdout)
    check("no file of it is left", len(shipped) > 20 and not [f for f in shipped if os.path.lexists(f)], [f for f in shipped if os.path.lexists(f)])
    check("configuration and store are kept", CONFIGURATION.exists() and (STATE / "store.db").exists() and len(mails()) == 2)
    done = dpkg("-i", next(Path("/packages").glob("followupd_0.2_*.deb")))
    check("installed again, it starts at boot as before", done.returncode == 0 and shown("UnitFileState") == "enabled", said(done) + shown("UnitFileState"))
    done = call("systemctl", "start", "followupd")
    check("and remembers", done.returncode == 0 and time.sleep(1) is None and len(mails()) == 2, said(done))
    done = dpkg("-P", "followupd")
    check("it is purged: the configuration is gone", done.returncode == 0 and not Path("/etc/followupd").exists(), said(done))
    check("the store is kept, and that is said", (STATE / "store.db").exists() and "/var/lib/followupd is kept" in done.stdout, done.stdout)
    left = call("find", "/etc/systemd/system", "/var/lib/systemd/deb-systemd-helper-enabled", "/var/lib/systemd/deb-systemd-helper-masked", "-name", "followupd.service")
    check("systemd has forgotten it", not left.stdout and call("systemctl", "cat", "followupd").returncode != 0, left.stdout)


if INSIDE in sys.argv:
    sys.argv.remove(INSIDE)
    run(installing, configuring, confined, reloading, elsewhere, upgrading, removing)
run(unit, install_and_uninstall, package)
