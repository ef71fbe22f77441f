#!/usr/bin/env python3
"""What the console promises on a terminal, each promise tried on a real one. Run by scripts/terminals.

    promises.py [PART…]    the parts that are named, or all; a line for each, and 1 in the end if one was broken
"""
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import traceback

from house import BIN, House, Overdue, wait
from screen import Terminal
from sshd import Sshd

KINDS = ["xterm-256color", "tmux-256color", "screen", "linux", "vt100"]
LIVE = " LIVE"
# The first of the simulated servers, which is where the console begins.
GUILD = "Map Room"


def expect(is_so, words):
    if not is_so:
        raise AssertionError(words)


def console(house, *words, **more):
    return Terminal("--socket", house.socket, *words, **more)


def capability(term, name):
    found = subprocess.run(["tput", "-T", term, name], capture_output=True)
    return re.sub(rb"\$<[^>]*>", b"", found.stdout)


def kinds(house):
    """CON-01: every kind of terminal shows the console, with colours and without, and is given back as it was."""
    for term in KINDS:
        for more in ({}, {"NO_COLOR": "1"}) if term == KINDS[0] else ({},):
            with console(house, term=term, **more) as terminal:
                terminal.shows(LIVE)
                terminal.shows("Overview" if "Overview" in terminal.text() else "House")
                terminal.settles()
                first = len(terminal.bytes)
                terminal.press("l")
                terminal.shows("Leaderboard")
                terminal.press("o")
                terminal.shows("House")
                terminal.settles()
                later = terminal.bytes[first:]
                for clear in (b"\x1b[2J", b"\x1b[H\x1b[J"):
                    expect(clear not in later, f"{term}: the screen was cleared after the start")
                if more or term == "vt100":
                    colours = re.findall(rb"\x1b\[(?:\d+;)*(?:3[0-7]|4[0-7]|38|48)(?:;\d+)*m", terminal.bytes)
                    expect(not colours, f"{term} {more}: colours were sent: {colours[:3]}")
                terminal.press("q")
                expect(terminal.ends() == 0, f"{term}: it ended with {terminal.process.returncode}")
                expect(terminal.is_as_before(), f"{term}: the line's modes were not given back")
                farewell = capability(term, "rmcup")
                expect(farewell in terminal.bytes[-400:], f"{term}: {farewell!r} is missing at the end")


def signals(house):
    """CON-01: whatever ends it, the terminal is given back; Ctrl-Z stops it and it comes back whole."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGABRT, signal.SIGSEGV):
        with console(house) as terminal:
            terminal.shows(LIVE)
            terminal.process.send_signal(number)
            terminal.ends()
            expect(terminal.is_as_before(), f"{number.name}: the line's modes were not given back")
            expect(b"\x1b[?1049l" in terminal.bytes[-400:], f"{number.name}: the first screen was not given back")
            released = re.search(rb"\x1b\[\?(\d+;)*1000(;\d+)*l", terminal.bytes[-400:])
            expect(released, f"{number.name}: the mouse was not given back: {terminal.bytes[-200:]!r}")
    with console(house) as terminal:
        terminal.shows(LIVE)
        terminal.process.send_signal(signal.SIGTSTP)
        state = lambda: open(f"/proc/{terminal.process.pid}/stat").read().rsplit(")", 1)[1].split()[0]
        wait("it to stop", lambda: (terminal.pump(0.02), state() == "T")[1])
        expect(terminal.is_as_before(), "stopped: the line's modes were not given back")
        terminal.screen.reset()
        terminal.process.send_signal(signal.SIGCONT)
        terminal.shows(LIVE)
        terminal.press("q")
        expect(terminal.ends() == 0, "it did not end after it had been stopped")


def small(house):
    """CON-01: below 80x24 there is a calm message, and nothing is lost."""
    with console(house) as terminal:
        terminal.shows(LIVE)
        terminal.press(":")
        terminal.shows("Go to, or do")
        terminal.press("house st")
        terminal.shows("house st")
        terminal.resize(61, 18)
        terminal.shows("needs 80x24, and has 61x18")
        terminal.press("jjj:")
        terminal.resize(1, 1)
        terminal.settles()
        terminal.resize(80, 24)
        terminal.shows("house st")
        terminal.shows("Go to, or do")
        expect(terminal.process.poll() is None, "it ended")


def storm(house):
    """CON-01: a storm of sizes leaves a whole screen, and no scrap of another."""
    seed = int(os.environ.get("HEARTH_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
    dice = random.Random(seed)
    try:
        with console(house) as terminal:
            terminal.shows(LIVE)
            for _ in range(int(os.environ.get("HEARTH_STORM", "60"))):
                terminal.resize(dice.randint(1, 300), dice.randint(1, 100))
                terminal.press(dice.choice(["l", "o", "j", "?", "\x1b", "s", ""]))
                terminal.pump(dice.choice([0, 0, 0.005, 0.03]))
            terminal.press("\x1b\x1b\x1b")
            terminal.settles(0.3)
            terminal.resize(80, 24)
            terminal.settles(0.3)
            terminal.press("\x1b")
            terminal.settles(0.3)
            terminal.press("ogg")
            terminal.shows(LIVE)
            terminal.settles(0.3)
            stormy = terminal.screen.display
        with console(house) as calm:
            calm.shows(LIVE)
            calm.settles(0.5)
            rows = [row for row in range(1, 23) if re.search(r"─|House|Faults|Server", calm.screen.display[row])]
            for row in rows:
                expect(len(stormy[row]) == 80, f"line {row} is {len(stormy[row])} wide")
                head = calm.screen.display[row][:10]
                expect(stormy[row][:10] == head, f"line {row} is {stormy[row]!r}, not {calm.screen.display[row]!r}")
    except Exception as error:
        raise AssertionError(f"seed {seed}: {error}") from error


def bytes_on_the_line(house):
    """C5: a cursor down costs 400 B at most, a first screen 4.5 KiB, and who does nothing is sent 300 B/s at most."""
    house.tell("load", {"events": 120, "guild": GUILD, "members": 30, "channels": 3, "seed": 2})
    with console(house) as terminal:
        terminal.shows(LIVE)
        terminal.settles(0.5)
        expect(len(terminal.bytes) <= 4608 + 1024, f"the first screen took {len(terminal.bytes)} B")
        terminal.press("l")
        terminal.shows(" 12 ")
        terminal.settles(0.5)
        costs = []
        for _ in range(10):
            terminal.press("\x1bOB")
            costs.append(terminal.settles(0.05))
        costs.sort()
        # A second that begins meanwhile adds the clock's digits.
        expect(costs[len(costs) // 2] <= 400, f"a cursor down took {costs} B")
        # Of five spans one has nobody speaking in it; a console that chatters by itself does so in all of them.
        idle = []
        while len(idle) < 5 and (not idle or min(idle) > 600):
            count, end = 0, time.monotonic() + 2
            while time.monotonic() < end:
                count += terminal.pump(0.1)
            idle.append(count)
        expect(min(idle) <= 600, f"two seconds of nothing took {idle} B")


def live(house):
    """C5: a board in the middle of a flood is sent 2 KiB/s at most."""
    with console(house) as terminal:
        terminal.shows(LIVE)
        terminal.press("l")
        terminal.shows(" 12 ")
        house.tell("load", {"events": 3000, "guild": GUILD, "rate": 500, "members": 30, "channels": 3, "seed": 3})
        terminal.pump(0.5)
        count, began = 0, time.monotonic()
        while time.monotonic() < began + 4:
            count += terminal.pump(0.1)
        rate = count / (time.monotonic() - began)
        expect(rate <= 2048, f"a live board took {rate:.0f} B/s")


def killed(house):
    """CON-01: a daemon that is killed while somebody writes costs them nothing of it; one that is back is live at once."""
    with console(house) as terminal:
        terminal.shows(LIVE)
        terminal.press("!")
        terminal.shows("Changes are allowed")
        terminal.press(":")
        terminal.shows("Go to, or do")
        terminal.press("house set\r")
        terminal.shows("name")
        terminal.settles()
        terminal.press("activity.rep")
        terminal.shows("activity.rep")
        house.kill()
        terminal.shows("NO DAEMON")
        terminal.shows("activity.rep")
        terminal.press("ly")
        terminal.shows("activity.reply")
        house.start()
        terminal.shows(LIVE)
        terminal.shows("activity.reply")


def ascii_only(house):
    """CON-01: where the locale has no UTF-8, no byte of it is sent."""
    with console(house, locale="C") as terminal:
        terminal.shows(LIVE)
        terminal.press("l")
        terminal.settles(0.3)
        expect(all(byte < 128 for byte in terminal.bytes), "bytes beyond ASCII were sent")


def inside_tmux(house):
    """CON-01: it lives in a tmux, is left there and found again, and its status line is one short line."""
    server = house.folder + "/tmux.sock"
    def tmux(*words):
        return subprocess.run(["tmux", "-S", server, "-f", "/dev/null", *words], capture_output=True, text=True, timeout=20)
    try:
        command = f"LC_ALL=C.UTF-8 {BIN}/hearth --socket {house.socket}"
        begun = tmux("new-session", "-d", "-x", "80", "-y", "24", command)
        expect(begun.returncode == 0, begun.stderr)
        wait("the console in tmux", lambda: LIVE in tmux("capture-pane", "-p").stdout)
        tmux("send-keys", "l")
        wait("the board in tmux", lambda: "Leaderboard" in tmux("capture-pane", "-p").stdout)
        tmux("resize-window", "-x", "120", "-y", "40")
        wait("the wider board", lambda: len(tmux("capture-pane", "-p").stdout.splitlines()) >= 40)
        with Terminal("-S", server, "attach", program="/usr/bin/tmux", size=(120, 41)) as terminal:
            terminal.shows("Leaderboard")
            terminal.press("\x02d")
            expect(terminal.ends() == 0, "tmux did not let go")
        expect(LIVE in tmux("capture-pane", "-p").stdout, "it did not outlive the one who looked")
    finally:
        tmux("kill-server")
    line = house.shell("status-line")
    expect(re.fullmatch(r"hearth (ok|warn|BAD).{0,45}\n", line.stdout), f"the status line is {line.stdout!r}")


def plain(house):
    """CON-01: line by line it lists, asks, shows and watches, and no byte of it moves a cursor."""
    with console(house, "--plain", term="dumb") as terminal:
        terminal.shows("hearth>")
        terminal.press("house set\n")
        terminal.shows("name:")
        terminal.press("activity.reply\n")
        terminal.shows("value:")
        terminal.press("nothing\n")
        terminal.shows("points is a number")
        terminal.press("3\n")
        terminal.shows("Enter to leave it:")
        terminal.press("yes\n")
        terminal.shows("is now")
        terminal.press("watch house.guilds\n")
        terminal.shows("Enter ends it")
        terminal.press("\nquit\n")
        expect(terminal.ends() == 0, "it did not end")
        expect(b"\x1b" not in terminal.bytes, "an escape was sent")


def refusals(house):
    """CON-01: a terminal that can show no screen, and a theme that cannot be read, are named with what to do."""
    theme = house.folder + "/theme"
    with open(theme, "w") as file:
        file.write("titel 3\n")
    cases = [
        ({"term": "dumb"}, "hearth --plain"), ({"term": "no-such-terminal"}, "hearth --plain"),
        ({"HEARTH_THEME": theme}, "did you mean title?"), ({"HEARTH_THEME": "/nowhere"}, "cannot be read"),
    ]
    for more, words in cases:
        with console(house, size=(200, 24), **more) as terminal:
            expect(terminal.ends() == 1, f"{more}: it ended with {terminal.process.returncode}")
            expect(words in terminal.text(), f"{more}: {terminal.text().strip()}")
            expect(terminal.is_as_before(), f"{more}: the line's modes were not given back")


def over_ssh(house):
    """LEAD-30: ssh lands in the console; a key says who one is and what one may at most, and nobody talks it out of that."""
    with Sshd(house) as sshd:
        with Terminal("-tt", "house", program=sshd.client("mo")) as terminal:
            terminal.shows("moderator LIVE")
            people = json.loads(house.shell("house", "people", "--json").stdout)["rows"]
            here = [person for person in people if person["state"] == "ok"]
            expect([(one["name"], one["role"]) for one in here] == [("mo", "moderator")], f"here are {here}")
            terminal.press("q")
            expect(terminal.ends() == 0, f"it ended with {terminal.process.returncode}")
        answers = [
            ("hearth status --json", 0), ("status", 0), ("house set activity.reply 4", 4), ("--as ayla", 4),
            ("status --role owner", 4), ("status --socket /tmp/other.sock", 4), ("rm -rf /", 2), ("status; id", 2),
        ]
        for words, code in answers:
            run = sshd.run("mo", words)
            expect(run.returncode == code, f"{words}: {run.returncode}, {run.stdout}{run.stderr}")
        entries = json.loads(house.shell("audit", "list", "--json").stdout)["rows"]
        refused = [entry for entry in entries if entry["command"] == "house.set" and "refused" in entry["outcome"]]
        expect(refused and refused[0]["who"].startswith("mo ("), f"the audit names {refused[:1]}")
        with Terminal("-tt", "house", f"hearth --socket {house.socket}", program=sshd.client("ann")) as terminal:
            terminal.shows(LIVE)
            terminal.press("q")
            expect(terminal.ends() == 0, "it did not end")


def far_away(house):
    """CON-01: through a socket that ssh forwards, and through --host, the same console, under the rights of the login."""
    with Sshd(house) as sshd:
        near = house.folder + "/near.sock"
        tunnel = subprocess.Popen(
            [sshd.client("ann"), "-N", "-o", "ExitOnForwardFailure=yes", "-L", f"{near}:{house.socket}", "house"],
            stdin=subprocess.DEVNULL)
        try:
            wait("the forwarded socket", lambda: os.path.exists(near))
            role = subprocess.run(
                [BIN + "/hearth", "--socket", near, "call", "hello"], capture_output=True, text=True, timeout=60)
            expect('"role":"owner"' in role.stdout, role.stdout + role.stderr)
            with Terminal("--socket", near) as terminal:
                terminal.shows(LIVE)
                terminal.press("l")
                terminal.shows("Leaderboard")
                terminal.press("q")
                expect(terminal.ends() == 0, "it did not end")
        finally:
            tunnel.terminate()
            tunnel.wait()
        with Terminal("--host", "house", "--socket", house.socket, HEARTH_SSH=sshd.client("ann")) as terminal:
            terminal.shows(LIVE)
            terminal.press("q")
            expect(terminal.ends() == 0, "it did not end")
        # Over the bridge of a key that names somebody, nobody becomes somebody else.
        def over(*words, **more):
            surroundings = dict(os.environ, HEARTH_SSH=sshd.client("mo"), **more)
            return subprocess.run(
                [BIN + "/hearth", "--host", "house", *words], capture_output=True, text=True, timeout=60, env=surroundings)
        hello = over("call", "hello")
        expect('"name":"mo"' in hello.stdout and '"role":"moderator"' in hello.stdout, hello.stdout + hello.stderr)
        expect(over("status", HEARTH_AS="ayla").returncode == 4, "mo became ayla over the bridge")
        expect(over("--role", "owner", "status").returncode == 4, "a moderator became an owner over the bridge")


def directed(_):
    """LEAD-28: in the demo one says something, clicks, lets three days pass and kills the daemon, and every count stays exact."""
    demo = subprocess.Popen(
        ["scripts/run"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        folder = None
        for line in demo.stdout:
            found = re.search(r"direct\.py (\S+)", line)
            if found:
                folder = found.group(1)
            if "stops it" in line:
                break
        expect(folder, "the demo did not start")
        deeds = "say hello rsvp counts days 3 counts kill counts".split()
        told = subprocess.run(
            [sys.executable, "scripts/demo/direct.py", folder, *deeds], capture_output=True, text=True, timeout=240)
        expect(told.returncode == 0, told.stdout + told.stderr)
        expect(told.stdout.count("Exact: ") == 3 and "You clicked" in told.stdout, told.stdout)
        expect(subprocess.run(
            [sys.executable, "scripts/demo/direct.py", folder, "dance"], capture_output=True).returncode == 1, "it danced")
    finally:
        demo.terminate()
        demo.wait(60)
        demo.stdout.close()
    expect(folder and not os.path.exists(folder), "the demo left its folder behind")


PARTS = [kinds, signals, small, bytes_on_the_line, live, storm, killed, ascii_only, inside_tmux, plain, refusals, over_ssh, far_away, directed]


def main():
    wanted = sys.argv[1:] or [part.__name__ for part in PARTS]
    known = {part.__name__: part for part in PARTS}
    for name in wanted:
        if name not in known:
            sys.exit(f"There is no part {name!r}. There are: {', '.join(known)}")
    broken = []
    with House() as house:
        for name in wanted:
            began = time.monotonic()
            try:
                known[name](house)
                print(f"kept    {name} ({time.monotonic() - began:.1f} s)", flush=True)
            except (AssertionError, Overdue, OSError, subprocess.TimeoutExpired) as error:
                broken.append(name)
                print(f"BROKEN  {name}: {known[name].__doc__}\n{error}", flush=True)
                traceback.print_exc()
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
