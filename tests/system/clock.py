#!/usr/bin/python3
"""The wall clock jumps under the real daemon, or while it is off: nobody hears anything meanwhile, everybody once afterwards.

libfaketime moves the wall clock; tests/servers/kernel_clock.c tells a machine that slept from one whose clock was set, and answers
whether the clock is synchronised.
"""
import re

from followupd_test import FAKETIME, LAPSE, Clock, Company, Daemon, Sink, check, ctl, folder, query, run, skip, wait, write_conf

QUIET = 1.0  # seconds in which a mail would have come
DAY = 86400
REPEATED = LAPSE.replace(' }', ' repeat = "7 days"; times = 1; }')


class World:
    """Customers 1 and 2 are late and told; 3 will be in four days, 4 in twelve."""

    def __init__(self, *sink, rules=LAPSE):
        where = folder()
        self.company, self.sink, self.clock = Company(where), Sink(where, *sink), Clock(where)
        for number, silent in ((1, 95), (2, 94), (3, 86), (4, 78)):
            self.company.customer(number, silent)
        self.conf = write_conf(self.company, self.sink, rules=rules)
        self.start()

    def start(self, ready=2):
        self.daemon = Daemon(self.conf, **self.clock.environment)
        if ready and not wait(lambda: len(self.told()) >= ready, 10):
            raise RuntimeError("the first mails did not arrive: " + self.daemon.log())

    def told(self):
        """Customers, once for each mail about them."""
        found = (re.search(r"Customer (\d+):", str(m["mail"]["Subject"])) for m in self.sink.mails())
        return sorted(int(f.group(1)) for f in found if f)

    def alerts(self):
        return [m for m in self.sink.mails() if "it@nordlys.example" in m["to"]]

    def heard(self, wanted, seconds=6):
        """Were exactly these told, once each? A moment is left for one too many."""
        self.company.beat()
        if not wait(lambda: self.told() == wanted, seconds):
            return False
        wait(lambda: self.told() != wanted, QUIET)
        return self.told() == wanted

    def ctl(self, *arguments):
        return ctl(self.conf, *arguments, **self.clock.environment)

    def doubts(self, words, seconds=5):
        self.company.beat()
        return self.daemon.says(words, seconds)

    def in_flight(self):
        return query(self.company.where / "store.db", "SELECT id FROM message WHERE state = 'sending'")

    def wakes(self, seconds):
        """Time passes as on a machine that sleeps; then something wakes it."""
        self.clock.forward(seconds)
        self.company.beat()


def check_held(world, told, words):
    check(f"{words}: it is said", world.doubts("the clock went " + words), world.daemon.log())
    check(f"{words}: the admin gets one mail, at once", wait(lambda: len(world.alerts()) == 1, 5) and "release clock" in " ".join(world.alerts()[0]["text"].split()),
          world.alerts())
    check(f"{words}: nobody else is told anything", world.heard(told), world.told())
    said = world.ctl("status")
    check(f"{words}: status says so, and its exit code", said.code == 2 and re.search("stopped +clock since .*it went " + words, said.out), said.all)


def ahead_until_synchronised():
    world = World()
    world.clock.kernel_says("yes")
    world.wakes(60)
    world.clock.kernel_says("no")
    world.clock.jump(6 * DAY)
    check_held(world, [1, 2], "forward by 6 days")
    world.wakes(DAY / 2)
    check("half a day later still", world.heard([1, 2]), world.told())
    world.clock.kernel_says("yes")
    check("once it is synchronised, who became late is told, once", world.heard([1, 2, 3]), (world.told(), world.daemon.log()))
    said = world.ctl("status")
    check("status does not say that anything is stopped", "stopped" not in said.out, said.all)
    check("it ends well", world.daemon.stop() == 0)


def ahead_until_released():
    world = World()
    world.clock.jump(6 * DAY)
    check_held(world, [1, 2], "forward by 6 days")
    world.daemon.kill()
    world.start(ready=0)
    world.company.beat()
    check("killed and started again it is as careful", world.heard([1, 2]) and world.ctl("status").code == 2, world.told())
    said = world.ctl("release", "clock")
    check("release clock says what it does", said.code == 0 and said.out == "the clock is taken to be right as it is\n", said.all)
    check("and at once who became late is told, once", world.heard([1, 2, 3]), (world.told(), world.daemon.log()))
    check("one mail to the admin was enough", len(world.alerts()) == 1, world.alerts())
    check("it ends well", world.daemon.stop() == 0)


def back_for_ten_minutes():
    """Nobody keeps this clock, or the unit forbids to ask: both are no answer."""
    for answer in ("no", "forbidden"):
        world = World()
        world.clock.kernel_says(answer)
        world.clock.jump(-3 * 3600)
        check_held(world, [1, 2], "back by 3 hours")
        world.company.customer(5, 120)
        world.wakes(9 * 60)
        check(f'kernel: "{answer}": after nine minutes nobody is told', world.heard([1, 2]), world.told())
        world.wakes(61)
        check(f'kernel: "{answer}": after ten they are, once', world.heard([1, 2, 5]), (world.told(), world.daemon.log()))
        check("it ends well", world.daemon.stop() == 0)


def a_mail_on_its_way():
    """Its verdict comes while the clock is ten years ahead: its reminder must not wait for ten years, nor leave at once."""
    world = World("--at", "final#1=stall-2", rules=REPEATED)
    began = len(world.in_flight())
    world.clock.jump(3652 * DAY)
    check("a mail was on its way when the clock jumped", began > 0, began)
    check("forward by ten years: it is said", world.doubts("the clock went forward by 3652 days"), world.daemon.log())
    check("the verdict is filed", wait(lambda: not world.in_flight(), 8))
    world.clock.jump(-3652 * DAY)
    world.company.beat()
    check("back where it should be, all goes on", world.daemon.says("it is back where it should be", 5), world.daemon.log())
    check("nothing was told twice", world.heard([1, 2]), world.told())
    world.wakes(8 * DAY)
    check("the reminders leave a week later, and who became late is told, once each", world.heard([1, 1, 2, 2, 3], 12),
          (world.told(), world.daemon.log()))
    check("it ends well", world.daemon.stop() == 0)


def off_for_a_while():
    world = World()
    check("it ends well", world.daemon.stop() == 0)
    world.clock.forward(6 * DAY)
    world.start(3)
    check("off for six days: it goes on at once", world.heard([1, 2, 3]) and not world.alerts(), (world.told(), world.alerts()))
    world.daemon.stop()
    world.clock.forward(8 * DAY)
    world.start(0)
    check_held(world, [1, 2, 3], "forward by 8 days")
    world.clock.kernel_says("yes")
    check("off for eight days: it goes on once the clock is synchronised", world.heard([1, 2, 3, 4]), (world.told(), world.daemon.log()))
    world.daemon.stop()
    world.clock.kernel_says("no")
    world.clock.jump(-2 * DAY)
    world.company.customer(5, 100)
    world.start(0)
    check("gone back while it was off: it is held", world.daemon.says("went back by", 5) and world.heard([1, 2, 3, 4]), world.daemon.log())
    world.daemon.stop()
    check("release clock while it is off", world.ctl("release", "clock").code == 0)
    world.start(0)
    check("holds for the next start", world.heard([1, 2, 3, 4, 5]), (world.told(), world.daemon.log()))
    check("it ends well", world.daemon.stop() == 0)

if FAKETIME.exists():
    run(ahead_until_synchronised, ahead_until_released, back_for_ten_minutes, a_mail_on_its_way, off_for_a_while)
else:
    run(lambda: skip("a clock that jumps", f"{FAKETIME} is absent (package libfaketime)"))
