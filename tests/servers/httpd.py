#!/usr/bin/python3
"""A scripted HTTP server on loopback, for tests. Python's standard library only.

    httpd.py --log FILE [--port N] [--cert FILE --key FILE] [--rule WHERE=ACTION ...]

Prints the port it listens on (one line), then serves until it is killed or its standard input ends. One JSON line per request goes to
FILE: {"at", "method", "path", "headers", "body", "connection", "action"}.

WHERE is a regular expression, looked for in "METHOD PATH BODY"; the first rule that matches decides. "#2" behind it: only its second
match. Rules are added in front of the others while it runs: POST /_rules with {"rules": ["WHERE=ACTION", ...]}; DELETE /_rules forgets
all. Without a rule the answer is what the service of that path says when all is well (SERVICES below). ACTION is one of
    ok                       that very answer
    STATUS                   429: that status, an empty body
    STATUS:BODY              400:{"ok":false}: with that body; "@name" reads BODY from the rule's own file
    STATUS;HEADER: VALUE;...:BODY   with headers; a VALUE "+5" of Retry-After becomes the date in 5 s, "-5" of 5 s ago
    slow-headers-2           2 s later          slow-body-2     headers at once, the body 2 s later
    stall                    no answer until the client leaves
    drop                     close without having read the body      cut     read it all, then close
    reset                    close with RST after reading           half    half of the answer, then close
    huge                     a body of 200 MB, as long as anybody reads
    garbage                  no HTTP at all                         leave   the whole answer, then close without having said so
"""
import argparse
import email.utils
import json
import os
import re
import socket
import ssl
import struct
import sys
import threading
import time

SERVICES = [
    (r"/bot[^/]+/", '{"ok":true,"result":{"message_id":7}}'),
    (r"/v2/bot/", '{"sentMessages":[{"id":"461230966842064897"}]}'),
    (r"/api/chat\.postMessage", '{"ok":true,"channel":"D1","ts":"1503435956.000247"}'),
    (r"/_matrix/", '{"event_id":"$1"}'),
    (r"/spaces/[^/]+/messages", '{"name":"spaces/A/messages/1.1","thread":{}}'),
    (r"/\d+/messages", '{"messaging_product":"whatsapp","messages":[{"id":"wamid.1"}]}'),
    (r"/webhooks/\d+/", '{"id":"1160000000000000000","type":0}'),
    (r"/hooks/[^/]+/[^/ ]+", '{"success":true}'),
    (r"/messages", '{"message":{"body":{"mid":"mid.1"}}}'),
    (r"/services/|/hooks/", "ok"),
]


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--log", required=True)
    p.add_argument("--port", type=int, default=0)
    p.add_argument("--cert")
    p.add_argument("--key")
    p.add_argument("--rule", action="append", default=[])
    return p.parse_args()


class Rules:
    def __init__(self, rules):
        self.lock, self.rows = threading.Lock(), []
        self.add(rules)

    def add(self, rules):
        rows = []
        for text in rules:
            where, action = text.split("=", 1)
            where, _, count = where.partition("#")
            rows.append({"where": re.compile(where, re.S), "only": int(count or 0), "met": 0, "action": action})
        with self.lock:
            self.rows = rows + self.rows

    def forget(self):
        with self.lock:
            self.rows = []

    def action(self, text):
        with self.lock:
            for row in self.rows:
                if row["where"].search(text):
                    row["met"] += 1
                    if row["only"] in (0, row["met"]):
                        return row["action"]
        return "ok"


class Server:
    def __init__(self, o):
        self.rules, self.log, self.lock, self.connections = Rules(o.rule), open(o.log, "a"), threading.Lock(), 0
        self.tls = None
        if o.cert:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(o.cert, o.key)
        self.listener = socket.create_server(("127.0.0.1", o.port), backlog=256)

    def write(self, **event):
        with self.lock:
            self.log.write(json.dumps(event) + "\n")
            self.log.flush()

    def serve(self):
        while True:
            client, _ = self.listener.accept()
            self.connections += 1
            threading.Thread(target=self.talk, args=(client, self.connections), daemon=True).start()

    def talk(self, client, number):
        try:
            client.settimeout(60)
            if self.tls:
                client = self.tls.wrap_socket(client, server_side=True)
            while self.one(client, number):
                pass
        except (OSError, ValueError):
            pass
        finally:
            client.close()

    def head(self, client):
        got = b""
        while b"\r\n\r\n" not in got:
            piece = client.recv(65536)
            if not piece:
                return None, None, None
            got += piece
        head, _, rest = got.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        return first.split(" "), headers, rest

    def one(self, client, number):
        first, headers, body = self.head(client)
        if not first:
            return False
        method, path = first[0], first[1]
        size = int(headers.get("content-length", 0))
        if self.rules.action(f"{method} {path} ") == "drop":
            self.write(at=time.time(), method=method, path=path, headers=headers, body=None, connection=number, action="drop")
            return False
        while len(body) < size:
            piece = client.recv(65536)
            if not piece:
                return False
            body += piece
        text = body.decode("utf-8", "replace")
        if path == "/_rules":
            self.rules.forget() if method == "DELETE" else self.rules.add(json.loads(text)["rules"])
            return self.answer(client, 200, {}, "")
        action = self.rules.action(f"{method} {path} {text}")
        self.write(at=time.time(), method=method, path=path, headers=headers, body=text, connection=number, action=action)
        return self.act(client, path, action)

    def answer(self, client, status, headers, body):
        body = body.encode()
        lines = [f"HTTP/1.1 {status} Scripted", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        client.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        return True

    def usual(self, path):
        for where, body in SERVICES:
            if re.search(where, path):
                return body
        return "{}"

    def act(self, client, path, action):
        name, _, rest = action.partition("-")
        usual = self.usual(path)
        whole = f"HTTP/1.1 200 OK\r\nContent-Length: {len(usual)}\r\n\r\n{usual}".encode()
        if action == "ok":
            return self.answer(client, 200, {}, usual)
        if action[0].isdigit():
            head, _, body = re.match(r"([^:;{]*(?:;[^:]+: [^;:]*)*)(:?)(.*)", action, re.S).groups()
            status, *headers = head.split(";")
            pairs = dict(h.split(": ", 1) for h in headers)
            after = pairs.get("Retry-After", "")
            if after[:1] in "+-" and after:
                pairs["Retry-After"] = email.utils.formatdate(time.time() + int(after), usegmt=True)
            return self.answer(client, int(status), pairs, body)
        if name == "slow":
            kind, _, seconds = rest.partition("-")
            if kind == "body":
                client.sendall(whole[:-len(usual)])
                whole = usual.encode()
            time.sleep(float(seconds))
            client.sendall(whole)
            return True
        if action == "leave":
            client.sendall(whole)
        elif action == "stall":
            client.recv(1)
        elif action == "reset":
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif action == "half":
            client.sendall(whole[: len(whole) - len(usual) // 2 - 1])
        elif action == "huge":
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n")
            for _ in range(3200):
                client.sendall(b"x" * 62500)
        elif action == "garbage":
            client.sendall(b"\x00\x01\x02 this is no HTTP\r\n\r\n")
        return False  # "cut": nothing


def main():
    o = arguments()
    server = Server(o)
    print(server.listener.getsockname()[1], flush=True)
    threading.Thread(target=server.serve, daemon=True).start()
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


main()
