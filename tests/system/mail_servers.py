#!/usr/bin/python3
"""Mail to real servers, Postfix and OpenSMTPD, and to the scripted one for what real ones do not do: what is delivered, what crosses the
wire, and the sentence the admin gets when it must not.

The servers run as root in a mount and process namespace of their own (unshare), out of packages that scripts/setup --tests unpacked but did
not install: two mail servers cannot be installed beside each other, and none should be on an admin's machine because of a test. They see
this machine's /usr with the package laid over it, own users, /run and /var, and the test's folder; they end with the namespace's first process,
a shell, which ends with us. (Postfix in its place would not: whoever changes its user id is no longer told that its parent died.)
"""
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

from followupd_test import Company, Daemon, Sink, check, ctl, folder, query, run, skip, started, wait, write_conf

PACKAGES = Path("/var/cache/followupd-tests")  # not below /usr: it is laid over that
PASSWORD, TOKEN = "s3cret Ünd lang", "ya29.a0AfB_by-C~d+e/f=="
BOX = 61003  # the user id of the mailbox, inside the servers' namespaces only


# ---- certificates

def certificates(where):
    """An authority of the test's own, one that nobody knows, and a certificate of the first for localhost, 127.0.0.1 and ::1."""
    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=where, check=True, capture_output=True)
    for name in ("ca", "stranger"):
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "30", "-subj", f"/CN={name} of the test")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (where / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30", "-extfile", "names", "-out", "server.pem")
    (where / "server.key").chmod(0o600)


def secret(where, name, text):
    """The file with this secret, replaced as a careful helper does it."""
    new = where / (name + ".new")
    new.touch(0o600)
    new.write_text(text)
    return new.rename(where / name)


# ---- servers

def free_port():
    with socket.socket(socket.AF_INET6) as s:  # of both families
        s.bind(("::", 0))
        return s.getsockname()[1]


class Server:
    """A package's server in a namespace of its own, prepared by `commands`."""

    def __init__(self, package, users, commands):
        self.where = folder()
        self.where.chmod(0o755)
        certificates(self.where)
        (self.where / "mail").mkdir()
        os.chown(self.where / "mail", BOX, BOX)
        for what in ("passwd", "group"):
            rows = [f"{name}:x:{number}:" + (f"{number}::/nonexistent:/usr/sbin/nologin" if what == "passwd" else "") for name, number in users]
            (self.where / what).write_text(Path("/etc", what).read_text() + "\n".join(rows) + "\n")
        self.script = f"""set -e
            mount -t overlay overlay -o lowerdir={PACKAGES}/{package}/usr:/usr /usr
            for place in /run /var/spool /var/lib; do mount -t tmpfs tmpfs $place; done
            mount --bind {self.where}/passwd /etc/passwd
            mount --bind {self.where}/group /etc/group
            {commands}"""
        self.log_file = self.where / "server.log"

    def start(self, port):
        with open(self.log_file, "wb") as out:
            self.process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", self.script],
                                            stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        started.append(self.process)
        if not wait(lambda: answers(port) or self.process.poll() is not None, 15, 0.05) or self.process.poll() is not None:
            raise RuntimeError("the server does not start: " + self.log())
        return self

    def log(self):
        return self.log_file.read_text(errors="backslashreplace")

    def delivered(self):
        """What lies in the mailbox, oldest first."""
        files = [path for path in (self.where / "mail").rglob("new/*") if path.is_file()]
        return [path.read_bytes() for path in sorted(files, key=lambda path: path.stat().st_mtime_ns)]


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as s:
            s.settimeout(2)
            return s.recv(3) == b"220"
    except OSError:
        return False


def postfix():
    ports = {name: free_port() for name in "submission smtps local bare no_chunking no_utf8 small".split()}
    server = Server("postfix", (("postfix", 61001), ("postdrop", 61002), ("mailbox", BOX)), "")
    w = server.where
    (w / "conf").mkdir()
    (w / "queue").mkdir()
    (w / "data").mkdir()
    os.chown(w / "data", 61001, 61001)
    (w / "conf/sasl").mkdir()  # Debian's Postfix looks there
    (w / "conf/sasl/smtpd.conf").write_text(f"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: {w}/sasldb\nmech_list: PLAIN LOGIN CRAM-MD5 DIGEST-MD5\n")
    subprocess.run(["saslpasswd2", "-p", "-c", "-f", w / "sasldb", "-u", "nordlys.example", "followup"], input=PASSWORD.encode(), check=True)
    os.chown(w / "sasldb", 61001, 61001)
    (w / "conf/main.cf").write_text(f"""compatibility_level = 3.6
queue_directory = {w}/queue
data_directory = {w}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
shlib_directory = /usr/lib/postfix
meta_directory = {PACKAGES}/postfix/etc/postfix
maillog_file = /dev/stdout
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.nordlys.example
mydestination =
mynetworks = 127.0.0.1 [::1]
inet_interfaces = all
inet_protocols = all
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = sales.example
virtual_mailbox_maps = static:anna/
virtual_mailbox_base = {w}/mail
virtual_uid_maps = static:{BOX}
virtual_gid_maps = static:{BOX}
smtpd_tls_cert_file = {w}/server.pem
smtpd_tls_key_file = {w}/server.key
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_local_domain = nordlys.example
smtpd_client_restrictions =
smtpd_helo_required = yes
smtpd_helo_restrictions = reject_non_fqdn_helo_hostname
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_relay_restrictions =
message_size_limit = 1000000
""")
    plain = "-o smtpd_tls_security_level=none -o smtpd_sasl_auth_enable=no -o smtpd_recipient_restrictions=permit_mynetworks,reject"
    rows = [("submission", ""), ("smtps", "-o smtpd_tls_wrappermode=yes"), ("local", plain), ("small", plain + " -o message_size_limit=500"),
            ("no_chunking", plain + " -o smtpd_discard_ehlo_keywords=chunking"), ("no_utf8", plain + " -o smtputf8_enable=no"),
            ("bare", plain + " -o smtpd_discard_ehlo_keywords=chunking,pipelining,size,8bitmime,smtputf8,dsn,enhancedstatuscodes")]
    lines = [f"{address}:{ports[name]} inet n - n - - smtpd {options}" for name, options in rows for address in ("127.0.0.1", "[::1]", "127.0.0.2")]
    lines += [f"{name} unix {private} {'n' if name == 'virtual' else '-'} n {wake} {most} {program}" for name, private, wake, most, program in (
        ("pickup", "n", "60", "1", "pickup"), ("cleanup", "n", "-", "0", "cleanup"), ("qmgr", "n", "300", "1", "qmgr"), ("tlsmgr", "-", "1000?", "1", "tlsmgr"),
        ("rewrite", "-", "-", "-", "trivial-rewrite"), ("bounce", "-", "-", "0", "bounce"), ("defer", "-", "-", "0", "bounce"), ("trace", "-", "-", "0", "bounce"),
        ("proxymap", "-", "-", "-", "proxymap"), ("error", "-", "-", "-", "error"), ("retry", "-", "-", "-", "error"), ("virtual", "-", "-", "-", "virtual"),
        ("anvil", "-", "-", "1", "anvil"), ("postlog", "n", "-", "1", "postlogd"))]
    (w / "conf/master.cf").write_text("\n".join(lines).replace("postlog unix n", "postlog unix-dgram n") + "\n")
    server.script += f"postfix -c {w}/conf start-fg & wait"
    server.ports = ports
    return server.start(ports["submission"])


def opensmtpd():
    ports = {name: free_port() for name in ("submission", "smtps", "local")}
    server = Server("opensmtpd-bookworm-backports", (("opensmtpd", 61001), ("opensmtpq", 61002), ("mailbox", BOX)), """
            mkdir -p /var/lib/opensmtpd/empty /var/spool/smtpd
            chmod 711 /var/spool/smtpd /var/lib/opensmtpd /var/lib/opensmtpd/empty
            """)
    w = server.where
    digest = subprocess.run(["openssl", "passwd", "-6", PASSWORD], check=True, capture_output=True, text=True).stdout.strip()
    listen = "\n".join(f"listen on {address} port {ports[name]} {options} hostname relay.nordlys.example"
                       for name, options in (("submission", "tls-require pki here auth <users>"), ("smtps", "smtps pki here auth <users>"), ("local", ""))
                       for address in ("127.0.0.1", "::1"))
    (w / "smtpd.conf").write_text(f"""pki here cert "{w}/server.pem"
pki here key "{w}/server.key"
table users {{ "followup@nordlys.example" = "{digest}" }}
table boxes {{ "@" = "mailbox" }}
smtp max-message-size 1M
{listen}
action keep maildir "{w}/mail/anna" virtual <boxes>
match from any for domain "sales.example" action keep
""")
    (w / "smtpd.conf").chmod(0o600)
    server.script += f"/usr/sbin/smtpd -d -f {w}/smtpd.conf & wait"
    server.ports = ports
    return server.start(ports["submission"])


def startable(package):
    """Why this server cannot be started here, or None."""
    if os.geteuid() != 0:
        return "it needs root"
    if not (PACKAGES / package / "usr").is_dir():
        return f"{PACKAGES}/{package} is not there (scripts/setup --tests)"
    if package == "postfix" and not shutil.which("saslpasswd2"):
        return "saslpasswd2 is not there (scripts/setup --tests)"
    mounts = subprocess.run(["unshare", "--mount", "sh", "-c", f"mount -t overlay overlay -o lowerdir={PACKAGES}/{package}/usr:/usr /usr"], capture_output=True)
    return None if mounts.returncode == 0 else "this root may not mount"


class Tap:
    """A port that hands everything on, and keeps what the client said."""

    def __init__(self, port):
        self.to, self.said = port, b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client = self.listener.accept()[0]
            server = socket.create_connection(("127.0.0.1", self.to))
            for source, sink, keep in ((client, server, True), (server, client, False)):
                threading.Thread(target=self.hand_on, args=(source, sink, keep), daemon=True).start()

    def hand_on(self, source, sink, keep):
        try:
            while data := source.recv(65536):
                self.said += data if keep else b""
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass


# ---- followupd

def conf_for(url, *settings, where=None, customers=0):
    """A configuration that mails to `url`, with a company of its own, its sellers in sales.example."""
    company = Company(where or folder())
    company.db.execute("UPDATE seller SET email = replace(email, 'nordlys', 'sales')")
    for i in range(customers):
        company.customer(i + 1, 95 + i, name=f"Blåbær & Ærfugl {i + 1} AS – กข")
    conf = write_conf(company, 1, email="couriers = 1; " + " ".join(settings))
    conf.write_text(conf.read_text().replace('"smtp://127.0.0.1:1"', f'"{url}"').replace("it@nordlys.example", "it@sales.example"))
    companies[conf] = company
    return conf


companies = {}


STARTTLS, TLS, PLAIN = (f'security = "{s}";' for s in ("starttls", "tls", "none"))  # to this very machine it is "none" by itself


def login(where, password=PASSWORD, ca="ca", user="followup@nordlys.example"):
    return (f'user = "{user}"; password_file = "{secret(where, "password", password)}"; ca_file = "{where}/{ca}.pem";')


def test_send(conf, to="anna@sales.example"):
    return ctl(conf, "test-send", "--to", to)


def check_sent(promise, conf, **more):
    said = test_send(conf, **more)
    check(promise, said.code == 0 and said.out.startswith("sent to"), said.all)


def check_said(promise, conf, *words, **more):
    """Not sent, and said with these words."""
    said = test_send(conf, **more)
    print("   ", said.all.strip())
    check(promise, said.code == 2 and all(word in said.all for word in words), said.all)


def is_whole(delivered, stored):
    """The bytes of the store with the trace headers of the server before them, lines ended as the mailbox does it."""
    body = stored.replace(b"\r\n", b"\n")
    before = delivered[:-len(body)].decode()
    names = {line.partition(":")[0].lower() for line in before.splitlines() if line[:1] not in " \t"}
    return delivered.endswith(body) and names <= {"return-path", "x-original-to", "delivered-to", "received"}


def check_bytes(name, server, url, *settings):
    """The daemon mails about two customers; what lies in the mailbox is what the store holds."""
    conf = conf_for(url, *settings, customers=2)
    daemon = Daemon(conf)
    wait(lambda: daemon.log().count(" sent 250") == 2, 10)
    stored = [row[0] for row in query(conf.parent / "store.db", "SELECT bytes FROM body JOIN message ON message.id = body.message WHERE state = 'sent'")]
    whole = wait(lambda: len(stored) == 2 and all(sum(is_whole(mail, text) for mail in server.delivered()) == 1 for text in stored), 5, 0.05)
    check(f"{name}: what the daemon sent is delivered byte for byte as the store holds it", whole, (stored, server.delivered()[-2:], daemon.log()))
    check(f"{name}: the daemon ends well", daemon.stop() == 0, daemon.log())


def check_wrong_password(server, url):
    conf = conf_for(url, STARTTLS, login(server.where, "wrong"), customers=1)
    before = len(server.delivered())
    daemon = Daemon(conf)
    check("a wrong password stops the channel", daemon.says("Channel email is stopped. The reason: the login was refused (see user and its secret): 535 5.7.8"),
          daemon.log())
    said = ctl(conf, "status")
    print("   ", "\n    ".join(line for line in said.out.splitlines() if "email" in line))
    check("status says so, with what to look at", said.code == 2 and "stopped     channel email since" in said.out and "see user and its secret" in said.out,
          said.all)
    time.sleep(0.1)
    logins = server.log().count("authentication failed")
    companies[conf].customer(2, 95)
    time.sleep(1)
    check("nobody hammers the server", server.log().count("authentication failed") == logins == 1, server.log())
    secret(server.where, "password", PASSWORD)
    companies[conf].beat()
    check("a new password lets it go on by itself", wait(lambda: len(server.delivered()) >= before + 2, 10) and "what it logs in with was changed" in daemon.log(),
          daemon.log())
    check("and the stop is gone from status", "stopped     channel" not in ctl(conf, "status").out, ctl(conf, "status").out)
    daemon.stop()


def check_tls(server, name):
    """STARTTLS and TLS: the right authority, a wrong one, none, another host's name. Nothing is said to whom we do not believe."""
    w, ports = server.where, server.ports
    for scheme, port, secure in (("smtp", "submission", STARTTLS), ("smtps", "smtps", TLS)):
        for host in ("localhost", "127.0.0.1", "[::1]"):
            check_sent(f"{name}: {scheme}://{host} with a password and a private authority", conf_for(f"{scheme}://{host}:{ports[port]}", secure, login(w)))
        mark, tap = len(server.log()), Tap(ports[port])
        check_said(f"{name}: {scheme}: another authority is refused", conf_for(f"{scheme}://localhost:{tap.port}", secure, login(w, ca="stranger")), "certificate", "that of its authority, to a file, and name that in ca_file")
        check_said(f"{name}: {scheme}: so is ours where no ca_file is named", conf_for(f"{scheme}://localhost:{tap.port}", secure, login(w).partition("ca_file")[0]), "name that in ca_file")
        time.sleep(0.2)
        plain = set(re.findall(rb"^(?:EHLO|HELO|STARTTLS|AUTH|MAIL|RCPT)", tap.said, re.M))
        check(f"{name}: {scheme}: and nothing is said to it", plain <= ({b"EHLO", b"STARTTLS"} if scheme == "smtp" else set()) and b"anna" not in tap.said
              and "client=" not in server.log()[mark:] and "sasl" not in server.log()[mark:], (tap.said, server.log()[mark:]))
        if name == "Postfix":
            check_said(f"{name}: {scheme}: a certificate for another name is refused", conf_for(f"{scheme}://127.0.0.2:{ports[port]}", secure, login(w)), "127.0.0.2", "write in url the name that the certificate is for")


def postfix_delivers():
    if why := startable("postfix"):
        return skip("Postfix: everything", why)
    server = postfix()
    w, p = server.where, server.ports
    check_bytes("Postfix, STARTTLS and password", server, f"smtp://localhost:{p['submission']}", STARTTLS, login(w))
    check_tls(server, "Postfix")
    check_wrong_password(server, f"smtp://localhost:{p['submission']}")
    check("Postfix saw PLAIN or LOGIN although it offers CRAM-MD5 and DIGEST-MD5", set(re.findall(r"sasl_method=(\S+?),", server.log())) <= {"PLAIN", "LOGIN"}
          and "sasl_method=PLAIN" in server.log(), server.log())
    check_said("Postfix, a port without AUTH: nothing leaves without the login", conf_for(f"smtp://localhost:{p['local']}", PLAIN, login(w)), "offers no login (AUTH)")
    check_said("Postfix, AUTH only behind STARTTLS, and we without", conf_for(f"smtp://localhost:{p['submission']}", PLAIN, login(w)), "offers no login", 'write security = "starttls"')
    check_said("Postfix, a port without STARTTLS: refused", conf_for(f"smtp://localhost:{p['local']}", STARTTLS), "STARTTLS not supported: nothing is sent in plain text")
    for name, wire in (("local", b"BDAT "), ("no_chunking", b"DATA\r\n"), ("bare", b"DATA\r\n")):
        tap = Tap(p[name])
        check_bytes(f"Postfix, {name}", server, f"smtp://127.0.0.1:{tap.port}")
        whole = re.search(rb"MAIL FROM:<[^>]+>( SIZE=\d+)?\r\nRCPT TO:", tap.said)
        check(f"Postfix, {name}: {wire.decode().strip()} is on the wire" + (", no extension at all" if name == "bare" else ", SIZE is announced"),
              wire in tap.said and whole and bool(whole.group(1)) == (name != "bare"), tap.said[:600])
    check_said("Postfix: a message over its SIZE is refused", conf_for(f"smtp://127.0.0.1:{p['small']}"), "the message was refused", "the server takes 500 at most (SIZE)")
    check_sent("Postfix: an address with letters outside ASCII, with SMTPUTF8", conf_for(f"smtp://127.0.0.1:{p['local']}"), to="bjørn@sales.example")
    check_said("Postfix: and without", conf_for(f"smtp://127.0.0.1:{p['no_utf8']}"), "bjørn@sales.example", "no SMTPUTF8", to="bjørn@sales.example")
    check("Postfix: no mail waits in its queue", wait(lambda: not [f for q in ("incoming", "active", "deferred") for f in (w / "queue" / q).rglob("*") if f.is_file()]))


def opensmtpd_delivers():
    if why := startable("opensmtpd-bookworm-backports"):
        return skip("OpenSMTPD: everything", why)
    server = opensmtpd()
    w, p = server.where, server.ports
    for host in ("127.0.0.1", "[::1]", "localhost"):
        check_sent(f"OpenSMTPD: smtp://{host} as the local mail server", conf_for(f"smtp://{host}:{p['local']}"))
    tap = Tap(p["local"])
    check_bytes("OpenSMTPD", server, f"smtp://127.0.0.1:{tap.port}")
    check("OpenSMTPD has no PIPELINING: each command waits for its answer; SIZE is announced", re.search(rb"MAIL FROM:<followup@nordlys.example> SIZE=\d+\r\nRCPT TO:<sam@sales.example>\r\nDATA\r\n", tap.said), tap.said[:600])
    check_said("OpenSMTPD: no SMTPUTF8, so an address that needs it is refused", conf_for(f"smtp://127.0.0.1:{p['local']}"), "no SMTPUTF8", to="bjørn@sales.example")
    check_said("OpenSMTPD, a port without STARTTLS: refused", conf_for(f"smtp://127.0.0.1:{p['local']}", STARTTLS), "STARTTLS not supported: nothing is sent in plain text")
    check_said("OpenSMTPD: a recipient that it does not serve", conf_for(f"smtp://127.0.0.1:{p['local']}"), "550", to="anna@elsewhere.example")
    check_bytes("OpenSMTPD, STARTTLS and password", server, f"smtp://localhost:{p['submission']}", STARTTLS, login(w))
    check_tls(server, "OpenSMTPD")


# ---- the scripted server

def scripted(where, *options, log):
    return Sink(where, "--cert", where / "server.pem", "--key", where / "server.key", *options, log=log)


def tokens():
    where = folder()
    certificates(where)
    for mechanism in ("XOAUTH2", "OAUTHBEARER"):
        sink = scripted(where, "--starttls", "--auth", "--logins", "PLAIN,LOGIN," + mechanism, log=f"{mechanism}.log")
        token = STARTTLS + f' user = "followup@nordlys.example"; ca_file = "{where}/ca.pem"; oauth_token_file = "{secret(where, "token", TOKEN)}";'
        conf = conf_for(f"smtp://localhost:{sink.port}", token, customers=1)
        check_sent(f"{mechanism}: a token opens the door", conf)
        logins = [e for e in sink.events() if e["event"] == "auth"]
        check(f"{mechanism}: it crossed the wire in TLS, for its user", [(e["mechanism"], e["user"], e["password"], e["encrypted"]) for e in logins]
              == [(mechanism, "followup@nordlys.example", TOKEN, True)], logins)
        sink.stop()
        bad = scripted(where, "--starttls", "--auth", "--logins", mechanism, "--at", "auth=challenge", "--at", "banner=stall-1", log=f"{mechanism}-bad.log")
        conf.write_text(conf.read_text().replace(f":{sink.port}", f":{bad.port}"))
        daemon = Daemon(conf)
        check(f"{mechanism}: a login takes its time", wait(lambda: [e for e in bad.events() if e["event"] == "connect"], 10), daemon.log())
        secret(where, "token", "late." + TOKEN)  # read already: this login goes on with the old one
        check(f"{mechanism}: a token that has expired stops the channel", daemon.says("Channel email is stopped"), daemon.log())
        companies[conf].beat()
        logins = lambda: [e["password"] for e in bad.events() if e["event"] == "auth"]
        check(f"{mechanism}: one that was refreshed while it was refused is tried", wait(lambda: len(logins()) >= 2, 10) and logins() == [TOKEN, "late." + TOKEN], bad.events())
        check(f"{mechanism}: and refused", wait(lambda: len(re.findall("message . later", daemon.log())) >= 2, 10), daemon.log())
        said = ctl(conf, "status").out
        print("   ", "\n    ".join(line for line in said.splitlines() if "stopped " in line))
        check(f"{mechanism}: status names the file to look at", "stopped     channel email" in said and "oauth_token_file" in said and "fresh" in said, said)
        bad.stop()
        good = scripted(where, "--starttls", "--auth", "--logins", mechanism, "--port", str(bad.port), log=f"{mechanism}-again.log")
        time.sleep(0.5)
        check(f"{mechanism}: until it changes nobody asks again", not good.events(), good.events())
        secret(where, "token", "fresh." + TOKEN)
        companies[conf].beat()
        check(f"{mechanism}: when it has been refreshed the mail leaves", wait(lambda: len(good.mails()) >= 1, 10), daemon.log())
        check(f"{mechanism}: neither token is in what the daemon says", TOKEN not in daemon.log(), daemon.log())
        daemon.stop()
    conf.write_text(conf.read_text().replace("oauth_token_file", 'password_file = "/p"; oauth_token_file'))
    said = ctl(conf, "check")
    print("   ", said.err.strip())
    check("a token and a password are a complaint, with its line", said.code != 0 and re.search(r"followupd.conf:\d+: channel email: password_file and oauth_token_file", said.all), said.all)


def what_real_servers_do_not_do():
    where = folder()
    certificates(where)
    tls = STARTTLS + login(where)
    for promise, options, settings, words in (
            ("STARTTLS is not offered", ["--auth"], tls, ["STARTTLS not supported", "nothing is sent in plain text"]),
            ("AUTH is offered only before STARTTLS", ["--starttls", "--auth", "--auth-before"], tls, ["offers no login (AUTH)"]),
            ("no AUTH at all behind STARTTLS", ["--starttls"], tls, ["offers no login (AUTH)", "587"]),
            ("only logins that we do not have", ["--starttls", "--auth", "--logins", "GSSAPI,CRAM-MD5"], tls, ['PLAIN or LOGIN is not among "GSSAPI CRAM-MD5"']),
            ("HELO only, where STARTTLS is asked for", ["--no-ehlo"], tls, ["does not know EHLO", "nothing is sent in plain text"]),
            ("HELO only, where a login is asked for", ["--no-ehlo"], PLAIN + login(where), ["offers no login (AUTH)"]),
            ("more words behind STARTTLS's 220", ["--starttls", "--auth", "--at", "starttls=plain"], tls, ["not sent", "does not speak SMTP"]),
            ("STARTTLS that is not possible just now", ["--starttls", "--auth", "--at", "starttls=454-4.7.0"], tls, ["not sent", "454 4.7.0"])):
        sink = scripted(where, *options, log=re.sub(r"\W", "-", promise) + ".log")
        check_said(promise + ": said", conf_for(f"smtp://localhost:{sink.port}", settings), *words)
        events = sink.events()
        check(promise + ": neither login nor mail crossed the wire", not [e for e in events if e["event"] in ("auth", "mail") or e.get("cmd", "")[:4] in ("AUTH", "MAIL")], events)
        sink.stop()
    sink = Sink(where, log="ports.log")
    check_said("smtps:// on a port that begins in plain text", conf_for(f"smtps://127.0.0.1:{sink.port}", TLS), "write smtp:// in url")
    check_sent("SMTPUTF8 is said where the address needs it", conf_for(f"smtp://127.0.0.1:{sink.port}"), to="bjørn@sales.example")
    check_sent("and only there", conf_for(f"smtp://127.0.0.1:{sink.port}"))
    mails = [e for e in sink.events() if e["event"] == "mail"]
    check("with 8BITMIME, for the address in the header", ["SMTPUTF8" in m["sender"] for m in mails] == ["BODY=8BITMIME" in m["sender"] for m in mails]
          == [True, False] and "To: bjørn@sales.example" in mails[0]["data"], mails)
    sink = Sink(where, "--no-ehlo", log="helo.log")
    check_sent("a server that knows only HELO takes a mail", conf_for(f"smtp://localhost:{sink.port}"))
    check("with none of the extensions", [e["cmd"].split()[0] for e in sink.events() if e["event"] == "cmd"][:5] == ["EHLO", "HELO", "MAIL", "RCPT", "DATA"]
          and "MAIL FROM:<followup@nordlys.example>" in [e.get("cmd") for e in sink.events()], sink.events())
    for host, url in (("::1", "[::1]"), ("::1", "localhost"), ("127.0.0.1", "localhost")):
        sink = Sink(where, "--host", host, log="family.log")
        check_sent(f"a server on {host} alone is found as {url}", conf_for(f"smtp://{url}:{sink.port}"))


run(postfix_delivers, opensmtpd_delivers, tokens, what_real_servers_do_not_do)
