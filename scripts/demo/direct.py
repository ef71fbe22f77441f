#!/usr/bin/env python3
"""The demo's director: lets somebody who tries Hearth be a member, let days pass, and kill the daemon, and shows that what is
counted is what happened.

    direct.py FOLDER           a menu, over a demo that scripts/run has started
    direct.py FOLDER DEED…     these deeds, one after the other: say TEXT, rsvp, days N, kill, counts
"""
import json
import os
import signal
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

PATIENCE = 30
DAY = 86_400
YOU = "you"
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Sorry(Exception):
    """Something did not work, and the sentence says what."""


class Demo:
    def __init__(self, folder):
        try:
            with open(folder + "/demo.json") as file:
                self.__dict__.update(json.load(file))
        except (OSError, ValueError) as error:
            raise Sorry(f"There is no demo in {folder} ({error}). make run starts one.") from error
        self.folder = folder

    def discord(self, path, body=None):
        request = urllib.request.Request(
            self.simulator + path, json.dumps(body).encode() if body is not None else None,
            {"Content-Type": "application/json"})
        try:
            with OPENER.open(request, timeout=PATIENCE) as answer:
                return json.load(answer)
        except (urllib.error.URLError, ValueError) as error:
            raise Sorry(f"The simulated Discord does not answer: {error}") from error

    def ask(self, *words):
        """What the daemon answers; it may be starting just now."""
        run = subprocess.run(
            [self.hearth, "--socket", self.socket, "--wait", "--timeout", "20", *words, "--json"],
            capture_output=True, text=True, timeout=PATIENCE)
        if run.returncode != 0:
            raise Sorry(run.stderr.strip())
        return json.loads(run.stdout)

    def home(self):
        """The first server by name, which is where the console begins."""
        return sorted(self.discord("/simulator/state")["guilds"], key=lambda guild: guild["name"])[0]

    def square(self):
        """Where people talk."""
        return next(channel for channel in self.home()["channels"] if channel["type"] == 0)

    # What one can do

    def say(self, text):
        guild, channel = self.home(), self.square()
        self.discord("/simulator/says", {"guild": guild["id"], "channel": channel["id"], "author": YOU, "text": text})
        return f"You said it in #{channel['name']} of {guild['name']}. Look for \"{YOU}\" on the leaderboard."

    def rsvp(self):
        guild, channel = self.home(), self.square()
        rows = self.ask("events", "list", "--guild", guild["id"])["rows"]
        if not rows:
            soon = time.strftime("%Y-%m-%d %H:%M", time.gmtime(time.time() + self.shift() + 2 * DAY))
            self.ask("events", "create", "--guild", guild["id"], "--title", "Tea and talk", "--start", soon,
                     "--channel", channel["id"])
        message, button = self.until("the event's message", lambda: self.invitation(channel))
        self.discord("/simulator/clicks", {
            "guild": guild["id"], "channel": channel["id"], "message": message, "author": YOU, "component": button})
        row = self.ask("events", "list", "--guild", guild["id"])["rows"][0]
        return f"You clicked on the event \"{row.get('title', 'Tea and talk')}\". The console's events show who comes."

    def invitation(self, channel):
        """The bot's newest message with a button by which somebody comes."""
        for message in reversed(self.discord(f"/simulator/messages?channel={channel['id']}&limit=200")):
            for row in message.get("components") or []:
                for part in row.get("components") or []:
                    if "going" in (part.get("label") or "").lower() and "not" not in part["label"].lower():
                        return message["id"], part["custom_id"]
        return None

    def days(self, count):
        self.set_shift(self.shift() + int(count) * DAY)
        today = time.strftime("%A, %d %B %Y", time.gmtime(time.time() + self.shift()))
        self.say("Good morning.")
        return f"{count} days have passed: it is {today}. Boards decay, streaks end, what fell due is done."

    def shift(self):
        with open(self.clock, "rb") as file:
            return struct.unpack("<q", file.read(8))[0]

    def set_shift(self, seconds):
        with open(self.clock, "r+b") as file:
            file.write(struct.pack("<q", seconds))

    def kill(self):
        with open(self.pid) as file:
            process = int(file.read())
        os.kill(process, signal.SIGKILL)
        began = time.monotonic()
        self.until("another daemon", lambda: open(self.pid).read().strip() not in ("", str(process)))
        self.ask("call", "meta.info")
        return f"kill -9. Another one serves since {time.monotonic() - began:.1f} s; it goes on where that one was."

    def counts(self):
        """Both ledgers, read while nobody spoke in between."""
        def same():
            guild = self.home()["id"]
            before = self.discord(f"/simulator/oracle?guild={guild}")
            told = self.ask("activity", "totals")
            after = self.discord(f"/simulator/oracle?guild={guild}")
            truth = (before["house_messages"], before["house_millipoints"])
            counted = (told["messages"], round(told["points"] * 1000))
            if truth == (after["house_messages"], after["house_millipoints"]):
                same.seen = truth, counted
            return counted if truth == counted else None
        same.seen = None
        try:
            messages, points = self.until("a moment in which both agree", same)
        except Sorry as sorry:
            raise Sorry(f"{sorry}. Discord's ledger and ours: {same.seen}") from None
        return f"Exact: {messages} messages and {points / 1000:g} points, by Discord's own ledger and by the daemon's."

    @staticmethod
    def until(wanted, look):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            time.sleep(0.1)
        raise Sorry(f"Waited in vain for {wanted}")


MENU = """
  1  be a member: say something          4  kill -9 the daemon
  2  be a member: come to an event       5  compare the counts with Discord's
  3  let three days pass                 c  the console    q  leave the demo
"""


def perform(demo, words):
    deed = words.pop(0)
    if deed == "say":
        return demo.say(words.pop(0))
    if deed == "days":
        return demo.days(words.pop(0))
    if deed in ("rsvp", "kill", "counts"):
        return getattr(demo, deed)()
    raise Sorry(f"There is no deed {deed!r}.")


def choose(demo, key):
    if key == "1":
        return demo.say(input("  What do you say? ").strip() or "Hello, everybody!")
    deeds = {"2": ["rsvp"], "3": ["days", "3"], "4": ["kill"], "5": ["counts"]}
    return perform(demo, deeds[key]) if key in deeds else "Press one of the keys above, and Enter."


def main():
    demo = Demo(sys.argv[1])
    words = sys.argv[2:]
    if words:
        while words:
            print(perform(demo, words), flush=True)
        return
    print("You direct this demo. The bot goes on meanwhile; the console shows what you do.")
    while True:
        print(MENU)
        try:
            key = input("> ").strip().lower()
        except EOFError:
            return
        if key in ("q", "quit", "exit"):
            return
        try:
            if key in ("c", ""):
                shifted = dict(os.environ, HEARTH_DEMO_CLOCK=demo.clock, LD_PRELOAD=demo.folder + "/clock.so")
                subprocess.run([demo.hearth, "--socket", demo.socket], check=False, env=shifted)
            else:
                print("  " + choose(demo, key))
        except Sorry as sorry:
            print(f"  {sorry}")


if __name__ == "__main__":
    try:
        main()
    except Sorry as sorry:
        sys.exit(str(sorry))
    except (KeyboardInterrupt, IndexError):
        sys.exit(__doc__)
