#!/usr/bin/python3
"""A scripted SMTP server on loopback, for tests. Python's standard library only.

    smtpd.py --log FILE [--port N] [option...]

Prints the port it listens on (one line), then serves until it is killed or its standard input ends.
One JSON line per event goes to FILE: connect, cmd, auth, mail (a whole message taken), gone (the client left), close.

What it does at each stage is an ACTION; without one it does what a good server does. An action comes from the command line
    --at STAGE=ACTION        every time; --at STAGE#2=ACTION: only the second time on each connection
or from the local part of sender and recipient, in pieces joined by "+", each STAGE-ACTION:
    rcpt-550-5.1.1+anna@x.example     final-stall@x.example     body-reset@x.example
Stages: banner ehlo starttls auth mail rcpt data bdat body final rset quit.
Actions:
    450  550-5.1.1  421   answer that, with some words (421 also closes)
    stall                 no answer until the client leaves
    stall-0.2             0.2 s later, then the good answer
    drop / reset          close, or close with RST
    huge                  a line without end           lines    an answer without end
    garbage               not SMTP at all              eight    NUL, 8-bit and control bytes in the words
    split                 the good answer octet by octet
    slowly                one octet per 0.1 s, without end
    multi                 the good answer in three lines
    plain                 starttls: 220, then no TLS
    354                   data: go ahead whatever RCPT said
    early                 body: refuse with 552 while the message is still coming, then close
    rude                  body: the same, but neither close nor read on
    eager                 data: say 250 right behind 354
    challenge             auth: what a bad token gets, 334 with the error as a challenge, then 535
Options: --no-pipelining --no-size --no-8bitmime --no-smtputf8 --chunking --auth --starttls --tls (with --cert FILE --key FILE)
    --host ADDRESS (127.0.0.1)   --size N (what SIZE says)   --no-ehlo (HELO only)
    --logins WORDS (behind AUTH, with commas; PLAIN,LOGIN)   --auth-before (AUTH is offered only before STARTTLS)
    --old-tls (nothing above TLS 1.1)   --lower (EHLO keywords in small letters)
    --limit N   421 and close, unasked, after N messages of a connection
    --slow-read (reads the body at 64 KB/s)
"""
import argparse
import base64
import hashlib
import json
import os
import re
import socket
import ssl
import struct
import sys
import threading
import time
import warnings

STAGES = "banner ehlo starttls auth mail rcpt data bdat body final rset quit".split()


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--log", required=True)
    p.add_argument("--port", type=int, default=0)
    p.add_argument("--at", action="append", default=[])
    p.add_argument("--limit", type=int, default=0)
    p.add_argument("--host", default="127.0.0.1")
    p.add_argument("--size", type=int, default=20000000)
    p.add_argument("--logins", default="PLAIN,LOGIN")
    p.add_argument("--cert")
    p.add_argument("--key")
    for flag in "no-pipelining no-size no-8bitmime no-smtputf8 chunking auth auth-before no-ehlo starttls tls old-tls lower slow-read".split():
        p.add_argument("--" + flag, action="store_true")
    return p.parse_args()


ASK = object()


class Gone(Exception):
    """The connection is over."""


class Server:
    def __init__(self, a):
        self.a = a
        self.lock = threading.Lock()
        self.log = open(a.log, "a", buffering=1)
        self.rules = {}
        for rule in a.at:
            stage, action = rule.split("=", 1)
            assert stage.split("#")[0] in STAGES, stage
            self.rules[stage] = action
        self.context = None
        if a.cert:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            if a.old_tls:
                warnings.simplefilter("ignore")
                self.context.set_ciphers("ALL:@SECLEVEL=0")
                self.context.minimum_version = ssl.TLSVersion.TLSv1
                self.context.maximum_version = ssl.TLSVersion.TLSv1_1
            self.context.load_cert_chain(a.cert, a.key)
        self.listener = socket.create_server((a.host, a.port), backlog=128,
                                             family=socket.AF_INET6 if ":" in a.host else socket.AF_INET)

    def record(self, **event):
        with self.lock:
            self.log.write(json.dumps(event) + "\n")

    def serve(self):
        print(self.listener.getsockname()[1], flush=True)
        number = 0
        while True:
            s, _ = self.listener.accept()
            number += 1
            threading.Thread(target=Session(self, s, number).run, daemon=True).start()


class Session:
    def __init__(self, server, s, number):
        self.server, self.a, self.s, self.number = server, server.a, s, number
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.times = {}
        self.tls = False
        self.forget()

    def forget(self):
        self.sender, self.rcpts, self.chunks, self.words = None, [], b"", ""

    def record(self, event, **more):
        self.server.record(event=event, conn=self.number, **more)

    # -- the socket

    def send(self, data):
        try:
            self.s.sendall(data)
        except OSError as e:
            raise Gone(str(e))

    def more(self, most=65536):
        try:
            data = self.s.recv(most)
        except OSError as e:
            raise Gone(str(e))
        if not data:
            raise Gone("closed by the client")
        self.buffer += data

    def line(self):
        while b"\n" not in self.buffer:
            self.more()
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line + b"\n"

    def hang_up(self, rst):
        if rst:
            raw = self.s.detach() if isinstance(self.s, ssl.SSLSocket) else None
            self.s = socket.socket(fileno=raw) if raw is not None else self.s
            self.s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.s.close()
        raise Gone("reset by us" if rst else "closed by us")

    # -- what to say

    def action(self, stage):
        n = self.times[stage] = self.times.get(stage, 0) + 1
        for name in (f"{stage}#{n}", stage):
            if name in self.server.rules:
                return self.server.rules[name]
        found = re.search(r"(?:^|[+\s])" + stage + r"-([^+@\s]+)", self.words)
        return found.group(1) if found else None

    def endless(self, piece, pause=0):
        while True:
            self.send(piece)
            time.sleep(pause)

    def answer(self, stage, *good, action=ASK):
        """Do what the script says at this stage. True if the answer was the good one."""
        action = self.action(stage) if action is ASK else action
        text = "".join(f"{g[:3]}{'-' if i < len(good) - 1 else ' '}{g[4:]}\r\n" for i, g in enumerate(good)).encode()
        name, _, rest = (action or "").partition("-")
        if not action:
            self.send(text)
        elif re.fullmatch(r"\d{3}", name):
            self.send(f"{name} {rest + ' ' if rest else ''}as the script says at {stage}\r\n".encode())
            if name == "421":
                self.hang_up(False)
            return name[0] == good[0][0]
        elif name == "stall":
            if not rest:
                while True:
                    self.more()
            time.sleep(float(rest))
            self.send(text)
        elif name in ("drop", "reset"):
            self.hang_up(name == "reset")
        elif name == "huge":
            self.send(good[0][:4].encode())
            self.endless(b"x" * 65536)
        elif name == "lines":
            self.endless((good[0][:3] + "-and so on\r\n").encode() * 1000)
        elif name == "slowly":
            self.endless(good[0][:1].encode(), 0.1)
        elif name == "garbage":
            self.send(b"\x16\x03\x01 what is this?\r\n")
        elif name == "eight":
            self.send(good[0][:4].encode() + b"\x00\x1b[31m \xff\xfe \xe2\x80\xae ok\r\n")
        elif name == "split":
            for i in range(len(text)):
                self.send(text[i:i + 1])
                time.sleep(0.001)
        elif name == "multi":
            last = good[-1]
            self.send(f"{last[:3]}-one\r\n{last[:3]}-two\r\n{last}\r\n".encode())
        else:
            raise SystemExit(f"smtpd.py: what is {action}?")
        return True

    # -- the dialogue

    def run(self):
        self.record("connect")
        why = "QUIT"
        try:
            if self.a.tls:
                self.wrap()
            if self.answer("banner", "220 scripted ESMTP"):
                self.talk()
        except Gone as e:
            why = str(e)
        except (OSError, ssl.SSLError) as e:
            why = f"{type(e).__name__}: {e}"
        self.record("gone", why=why)
        self.s.close()

    def wrap(self):
        self.s = self.server.context.wrap_socket(self.s, server_side=True)
        self.tls = True

    def talk(self):
        verbs = {"EHLO": self.ehlo, "HELO": self.helo, "STARTTLS": self.starttls, "AUTH": self.auth, "MAIL": self.mail,
                 "RCPT": self.rcpt, "DATA": self.data, "BDAT": self.bdat, "RSET": self.rset, "QUIT": self.quit}
        while True:
            raw = self.line()
            cmd = raw.decode("utf-8", "backslashreplace").rstrip("\r\n")
            verb = cmd.split(" ")[0].upper()
            self.record("cmd", cmd=cmd if verb != "AUTH" else "AUTH", tls=self.tls)
            if verb not in verbs or (verb == "EHLO" and self.a.no_ehlo):
                self.send(b"500 5.5.2 what?\r\n")
            elif verbs[verb](cmd):
                return

    def ehlo(self, cmd):
        a = self.a
        offers = ["ENHANCEDSTATUSCODES"]
        offers += [] if a.no_pipelining else ["PIPELINING"]
        offers += [] if a.no_size else [f"SIZE {a.size}"]
        offers += [] if a.no_8bitmime else ["8BITMIME"]
        offers += [] if a.no_smtputf8 else ["SMTPUTF8"]
        offers += ["CHUNKING"] if a.chunking else []
        offers += ["AUTH " + a.logins.replace(",", " ")] if a.auth and (self.tls or not a.starttls) != a.auth_before else []
        offers += ["STARTTLS"] if a.starttls and not self.tls else []
        if a.lower:
            offers = [o.lower() for o in offers]
        self.answer("ehlo", "250 scripted", *["250 " + o for o in offers])

    def helo(self, cmd):
        self.answer("ehlo", "250 scripted")

    def starttls(self, cmd):
        action = self.action("starttls")
        if action == "plain":
            self.send(b"220 2.0.0 go\r\n250 fooled\r\n")
        elif action:
            self.answer("starttls", "220 2.0.0 go", action=action)
        else:
            self.send(b"220 2.0.0 go\r\n")
            self.wrap()
            self.buffer = b""

    def ask(self, prompt):
        self.send(b"334 " + base64.b64encode(prompt) + b"\r\n")
        return base64.b64decode(self.line()).decode()

    def auth(self, cmd):
        parts = cmd.split(" ")
        mechanism = parts[1].upper()
        if mechanism not in self.a.logins.split(","):
            self.send(b"504 5.5.4 not offered\r\n")
            return
        if mechanism == "LOGIN":
            said = [base64.b64decode(parts[2]).decode() if len(parts) > 2 else self.ask(b"Username:"), self.ask(b"Password:")]
        else:
            first = base64.b64decode(parts[2]).decode() if len(parts) > 2 else self.ask(b"")
            if mechanism == "PLAIN":
                said = first.split("\0")[1:]
            elif mechanism == "XOAUTH2":  # user=NAME^Aauth=Bearer TOKEN^A^A
                said = re.fullmatch("user=(.*)\x01auth=Bearer (.*)\x01\x01", first).groups()
            elif mechanism == "OAUTHBEARER":  # RFC 7628 3.1
                said = re.fullmatch("n,a=(.*),\x01host=.*\x01port=[0-9]+\x01auth=Bearer (.*)\x01\x01", first).groups()
            else:
                raise SystemExit(f"smtpd.py: what is {mechanism}?")
        self.record("auth", mechanism=mechanism, user=said[0], password=said[1], encrypted=self.tls)
        action = self.action("auth")
        if action == "challenge":
            self.ask(b'{"status":"401","schemes":"bearer","scope":"https://mail.example/"}')
            action = "535-5.7.8"
        self.answer("auth", "235 2.7.0 welcome", action=action)

    def mail(self, cmd):
        if self.sender:
            self.send(b"503 5.5.1 one at a time\r\n")
            return
        self.forget()
        self.words = re.sub(r".*<(.*)>.*", r"\1", cmd)
        if self.answer("mail", "250 2.1.0 ok"):
            self.sender = cmd

    def rcpt(self, cmd):
        self.words = re.sub(r".*<(.*)>.*", r"\1", cmd) + " " + self.words
        if self.sender is None:
            self.send(b"503 5.5.1 MAIL first\r\n")
        elif self.answer("rcpt", "250 2.1.5 ok"):
            self.rcpts.append(cmd)

    def data(self, cmd):
        action = self.action("data")
        if not self.rcpts and action != "354":
            self.send(b"554 5.5.1 no valid recipients\r\n")
            return
        if action == "eager":
            self.send(b"354 go ahead\r\n250 2.0.0 queued\r\n")
        elif not self.answer("data", "354 go ahead", action=action):
            return
        self.in_body()
        raw, looked, cut = bytearray(b"\r\n"), 0, -1  # the CR LF before the first line
        while cut < 0:
            raw += self.read_some()
            cut = raw.find(b"\r\n.\r\n", looked)
            looked = max(0, len(raw) - 4)
        self.buffer, raw = bytes(raw[cut + 5:]), bytes(raw[2:cut + 2])  # pipelined commands may follow the dot
        body = re.sub(rb"(^|\r\n)\.", rb"\1", raw)
        if not self.rcpts:
            self.record("nothing", size=len(body))
            self.send(b"554 5.5.1 no valid recipients\r\n")
            return
        self.take(body, raw)

    def read_some(self):
        if not self.buffer:
            self.more(16384 if self.a.slow_read else 65536)
            if self.a.slow_read:
                time.sleep(0.25)
        data, self.buffer = self.buffer, b""
        return data

    def in_body(self):
        action = self.action("body")
        if not action:
            return
        if action in ("drop", "reset"):
            self.more(1024)
            self.hang_up(action == "reset")
        if action in ("early", "rude"):
            self.more(1024)
            self.send(b"552 5.3.4 too much for me\r\n")
            time.sleep(0.2 if action == "early" else 3600)
            self.hang_up(False)
        if action == "421":
            self.more(1024)
            self.send(b"421 4.3.2 as the script says at body\r\n")
            time.sleep(0.2)
            self.hang_up(False)
        if action.startswith("stall"):  # reads nothing more; the client's window closes
            time.sleep(float(action.partition("-")[2] or 3600))

    def bdat(self, cmd):
        action = self.action("bdat")
        size, last = int(cmd.split(" ")[1]), cmd.upper().endswith(" LAST")
        self.in_body()
        while len(self.buffer) < size:
            self.more()
        self.chunks, self.buffer = self.chunks + self.buffer[:size], self.buffer[size:]
        if action:
            self.answer("bdat", "250 2.0.0 taken", action=action)
        elif not self.rcpts:
            self.send(b"554 5.5.1 no valid recipients\r\n")
        elif not last:
            self.send(b"250 2.0.0 more\r\n")
        else:
            self.take(self.chunks, self.chunks)

    def take(self, body, raw):
        action = self.action("final")
        refused = bool(action and action[0] in "45")
        self.record("refused" if refused else "mail", sender=self.sender, rcpts=self.rcpts, size=len(body), sha=hashlib.sha256(body).hexdigest(),
                    bare=len(re.findall(rb"\r(?!\n)|(?<!\r)\n", raw)), data=body[:20000].decode("utf-8", "backslashreplace"))
        self.answer("final", "250 2.0.0 queued", action=action)
        self.times["taken"] = self.times.get("taken", 0) + 1
        self.forget()
        if self.a.limit and self.times["taken"] >= self.a.limit:
            self.send(b"421 4.7.0 enough for one connection\r\n")
            self.hang_up(False)

    def rset(self, cmd):
        self.forget()
        self.answer("rset", "250 2.0.0 forgotten")

    def quit(self, cmd):
        self.answer("quit", "221 2.0.0 bye")
        return True


def end_with_parent():
    while sys.stdin.buffer.read(1):
        pass
    os._exit(0)


if __name__ == "__main__":
    server = Server(arguments())
    threading.Thread(target=end_with_parent, daemon=True).start()
    server.serve()
