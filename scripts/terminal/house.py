"""A simulated Discord and the daemon beside it, as two processes that can be killed."""
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

BIN = os.environ["HEARTH_BIN"]
TOKEN = "c2ltdWxhdGVk.hearth.a-made-up-token-for-the-simulator"
PATIENCE = float(os.environ.get("HEARTH_PATIENCE", "60"))


class Overdue(Exception):
    """Something was waited for in vain."""


def wait(wanted, is_so, patience=PATIENCE):
    """Looks often, and gives up only after a time that no busy machine needs."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = is_so()
        if found:
            return found
        time.sleep(0.02)
    raise Overdue(f"waited in vain for {wanted}")


class House:
    def __init__(self, community="quiet"):
        self.folder = tempfile.mkdtemp(prefix="hearth-terminals.")
        self.socket = self.folder + "/control.sock"
        self.daemon = None
        with open(self.folder + "/simulator.out", "wb") as out:
            self.simulator = subprocess.Popen(
                [BIN + "/hearth-simulator", "--community", community, "--token", TOKEN], stdin=subprocess.DEVNULL,
                stdout=out, stderr=out)
        try:
            said = wait("the simulator", lambda: re.search(r"http://127\.0\.0\.1:\d+", self.read("simulator.out")))
            self.discord = said.group(0)
            with open(self.folder + "/hearth.yml", "w") as file:
                file.write(
                    f"store: {{ path: {self.folder}/hearth.db, backups: {self.folder}/backups }}\n"
                    f"control: {{ socket: {self.socket} }}\nlog: {{ file: {self.folder}/hearthd.log }}\n")
            self.start()
        except BaseException:
            self.close()
            raise

    def read(self, name):
        with open(f"{self.folder}/{name}", errors="replace") as file:
            return file.read()

    def start(self):
        surroundings = dict(os.environ, DISCORD_API_BASE=self.discord + "/api/v10", DISCORD_TOKEN=TOKEN)
        with open(self.folder + "/hearthd.out", "ab") as out:
            self.daemon = subprocess.Popen(
                [BIN + "/hearthd", "--config", self.folder + "/hearth.yml"], stdin=subprocess.DEVNULL, stdout=out,
                stderr=out, env=surroundings)
        wait("the daemon", self.has_guild)

    def has_guild(self):
        if self.daemon.poll() is not None:
            raise Overdue("the daemon has ended: " + self.read("hearthd.out")[-2000:])
        answer = self.shell("--timeout", "5", "house", "guilds", "--json")
        return answer.returncode == 0 and json.loads(answer.stdout)["rows"]

    def kill(self):
        """At once, in the middle of whatever it does."""
        self.daemon.kill()
        self.daemon.wait()

    def shell(self, *words, **more):
        return subprocess.run(
            [BIN + "/hearth", "--socket", self.socket, *words], capture_output=True, text=True, timeout=PATIENCE, **more)

    def tell(self, deed, body):
        """Has somebody do something in the simulated Discord."""
        request = urllib.request.Request(
            f"{self.discord}/simulator/{deed}", json.dumps(body).encode(), {"Content-Type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def close(self):
        for process in (self.daemon, self.simulator):
            if process and process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
