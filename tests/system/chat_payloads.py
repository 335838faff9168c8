#!/usr/bin/python3
"""What followupctl test-send says to the chats' services, held against what Debian's Apprise says to them: where, how, under which names.
Both talk to nobody: ours to a scripted server on loopback, Apprise to a stand-in for its HTTP library."""
import json
import re
import subprocess

from followupd_test import ROOT, Company, check, ctl, folder, run, skip, write_conf

TOKENS = {"telegram": "123456789:abcdefg_hijklmnop-qrstuvwxyz012345678", "line": "a" * 77, "slack": "xoxb-1234-1234-abc124", "matrix": "syt_x"}
TO = {"telegram": "12345", "line": "U1234567890abcdef1234567890abcdef", "slack": "C024BE91L", "matrix": "!room:matrix.example",
      "teams": "anna@nordlys.example", "mattermost": "@anna", "rocketchat": "#sales", "googlechat": "users/1234567890",
      "discord": "876543210987654321", "max": "5012345", "whatsapp": "+4791234567", "sms": "+4791234567"}
# Where the secret is the address of a webhook: its path.
HOOKS = {"teams": "/workflows/0a/triggers/manual/paths/invoke?sig=x", "mattermost": "/hooks/3ccdd113474722377935511fc85d3dd4",
         "rocketchat": f"/hooks/{'w' * 24}/{'x' * 42}", "googlechat": "/v1/spaces/space/messages?key=key&token=token",
         "discord": "/api/webhooks/123456789/tokenabcdefghijklmnopqrstuvwxyz"}
MORE = {"whatsapp": 'url = "http://127.0.0.1:{port}/v23.0/1065"; template = "follow_up"; ',
        "sms": 'url = "http://127.0.0.1:{port}/sms"; body = "{{\\"to\\":\\"{{{{to}}}}\\",\\"text\\":\\"{{{{text}}}}\\"}}"; '}
# The same in Apprise's own words. Matrix is left out: its 1.2.0 still speaks r0 and posts without a transaction id.
APPRISE = {"telegram": "tgram://{telegram}/12345", "line": "line://{line}/U1234567890abcdef1234567890abcdef",
           "slack": "slack://{slack}/C024BE91L?footer=no",
           "mattermost": "mmosts://chat.example.com/3ccdd113474722377935511fc85d3dd4?channel=anna",
           "rocketchat": f"rockets://{'w' * 24}/{'x' * 42}@chat.example.com/#sales", "googlechat": "gchat://space/key/token",
           "discord": "discord://123456789/tokenabcdefghijklmnopqrstuvwxyz"}
STAND_IN = '''
import json, sys, apprise, requests
class Answer:
    status_code, headers, text = 200, {}, '{"ok":true}'
    content = text.encode()
    def json(self): return {"ok": True}
def post(url, data=None, headers=None, params=None, **rest):
    url += "?" + "&".join(f"{k}={v}" for k, v in params.items()) if params else ""
    print("SAID " + json.dumps({"url": url, "headers": dict(headers), "body": json.loads(data)}))
    return Answer()
requests.post = post
a = apprise.Apprise()
assert a.add(sys.argv[1])
a.notify(title="Call back", body="Somchai")
'''


class Services:
    """httpd.py, which answers as the services do when all is well."""

    def __init__(self, where, *rules):
        self.log = where / "httpd.log"
        self.process = subprocess.Popen([ROOT / "tests/servers/httpd.py", "--log", self.log, *[w for r in rules for w in ("--rule", r)]],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def last(self):
        return json.loads(self.log.read_text().splitlines()[-1])

    def count(self):
        return len(self.log.read_text().splitlines()) if self.log.exists() else 0

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)


def configured(where, port):
    company = Company(where)
    company.customer(1, 95)
    rows = []
    for name in TO:
        secret = f"http://127.0.0.1:{port}{HOOKS[name]}" if name in HOOKS else TOKENS.get(name, "token")
        (where / f"{name}.secret").write_text(secret + "\n")
        (where / f"{name}.secret").chmod(0o600)
        url = "" if name in HOOKS else MORE.get(name, 'url = "http://127.0.0.1:{port}"; ').format(port=port)
        rows.append(f'  {name} = {{ {url}secret_file = "{where}/{name}.secret"; }};')
    conf = write_conf(company)
    conf.write_text(conf.read_text().replace("channels = {\n", "channels = {\n" + "\n".join(rows) + "\n", 1))
    return conf


def services_are_written_to():
    where = folder()
    services = Services(where, 'joined_members=200:{"joined":{}}', "validate=200:{}")
    conf = configured(where, services.port)
    try:
        for name, to in TO.items():
            said = ctl(conf, "test-send", "--to", to, "--channel", name)
            check(f"test-send by {name}: sent", said.code == 0 and said.out.startswith(f"sent to {to} by {name}"), said.all)
            ours = services.last()
            body = json.loads(ours["body"])
            bare = to.removeprefix("+")
            check(f"{name}: the address is in the request",
                  bare in json.dumps(body) or bare in ours["path"] or "%21room%3Amatrix.example" in ours["path"], ours)
            if name in APPRISE:
                against_apprise(name, ours, body)
        for name in ("telegram", "line", "matrix", "discord"):
            said = ctl(conf, "test-send", "--to", TO[name], "--channel", name, "--dry-run")
            path = services.last()["path"]
            check(f"--dry-run asks {name} and sends nothing", said.code == 0 and said.out.startswith("nothing was sent") and
                  re.search(r"/getChat\?|/validate/push$|/joined_members$|/webhooks/[^?]*$", path), said.all + path)
        for name in ("slack", "teams", "mattermost", "rocketchat", "googlechat", "max", "whatsapp", "sms"):
            before = services.count()
            said = ctl(conf, "test-send", "--to", TO[name], "--channel", name, "--dry-run")
            check(f"--dry-run by {name}, which cannot be asked, asks nobody", said.code == 0 and services.count() == before and
                  "only a real message shows more" in said.out, said.all)
    finally:
        services.end()


def against_apprise(name, ours, body):
    done = subprocess.run(["/usr/bin/python3", "-c", STAND_IN, APPRISE[name].format(**TOKENS)], capture_output=True, text=True, timeout=60)
    if "No module named 'apprise'" in done.stderr:
        return skip(f"{name}: the same as Apprise says", "the package apprise is not installed")
    lines = [line for line in done.stdout.splitlines() if line.startswith("SAID ")]
    if not check(f"{name}: Apprise speaks to it", lines, done.stderr):
        return None
    theirs = json.loads(lines[-1][5:])
    path = re.sub(r"^https://[^/]+", "", theirs["url"])
    extra = {"discord": r"\?wait=true$", "googlechat": r"&requestId=.*$"}.get(name, "$^")  # Apprise has none of these
    check(f"{name}: the path is Apprise's", ours["method"] == "POST" and sorted(re.split("[?&]", re.sub(extra, "", ours["path"]))) ==
          sorted(re.split("[?&]", path)), (ours["path"], path))
    wanted = {k.lower(): v.split(";")[0] for k, v in theirs["headers"].items() if k not in ("User-Agent", "Accept")}
    check(f"{name}: and so are the headers", all(ours["headers"].get(k) == v for k, v in wanted.items()), wanted)
    address = {"telegram": "chat_id", "line": "to", "slack": "channel", "mattermost": "channel", "rocketchat": "channel"}.get(name)
    check(f"{name}: the address has Apprise's name and type", not address or (isinstance(body.get(address), type(theirs["body"][address])) and
          str(body[address]).lstrip("#@") == str(theirs["body"][address]).lstrip("#")), (body, theirs["body"]))
    shared = {"telegram": {"text", "parse_mode", "chat_id"}, "line": {"to", "messages"}, "slack": {"channel", "mrkdwn"},
              "mattermost": {"text", "channel"}, "rocketchat": {"text", "channel"}, "googlechat": {"text"}, "discord": {"content"}}[name]
    check(f"{name}: the names of its fields too", shared <= set(body) and shared <= set(theirs["body"]), (sorted(body), sorted(theirs["body"])))
    return None


run(services_are_written_to)
