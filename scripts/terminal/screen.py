"""The console on a terminal of its own: keys go in, and what comes out is counted and drawn by pyte."""
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time

import pyte

from house import BIN, PATIENCE, Overdue, wait

class Terminal:
    """A process whose controlling terminal we are. The other end stays open here, so that its modes can be read afterwards."""

    def __init__(self, *words, term="xterm-256color", size=(80, 24), locale="C.UTF-8", program=BIN + "/hearth", **more):
        self.master, self.slave = pty.openpty()
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        self.resize(*size, tell=False)
        self.modes = termios.tcgetattr(self.slave)
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "SWIFT_BACKTRACE")}
        surroundings = dict(kept, TERM=term, LC_ALL=locale, **more)
        slave = self.slave

        def take_terminal():
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            signal.pthread_sigmask(signal.SIG_SETMASK, [])

        self.process = subprocess.Popen(
            [program, *words], stdin=slave, stdout=slave, stderr=slave, env=surroundings, preexec_fn=take_terminal)

    def resize(self, columns, rows, tell=True):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)
        if tell:
            self.process.send_signal(signal.SIGWINCH)

    def pump(self, seconds=0.0):
        """Takes what has come; waits for the first of it so long at most. Answers how much it was."""
        before = len(self.bytes)
        ready, _, _ = select.select([self.master], [], [], seconds)
        while ready:
            part = os.read(self.master, 65536)
            self.bytes += part

            self.stream.feed(part)
            ready, _, _ = select.select([self.master], [], [], 0)
        return len(self.bytes) - before

    def text(self):
        return "\n".join(self.screen.display)

    def shows(self, wanted, patience=PATIENCE):
        def look():
            self.pump(0.02)
            return wanted in self.text()
        try:
            wait(f"the screen to show {wanted!r}", look, patience)
        except Overdue as late:
            raise Overdue(f"{late}\n{self.text()}\nlast bytes: {self.bytes[-300:]!r}") from None

    def hides(self, unwanted):
        def look():
            self.pump(0.02)
            return unwanted not in self.text()
        wait(f"the screen to hide {unwanted!r}", look)

    def press(self, keys):
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def settles(self, quiet=0.15, patience=10):
        """Counts what comes until nothing has come for a while."""
        end = time.monotonic() + patience
        count = 0
        while time.monotonic() < end:
            part = self.pump(quiet)
            count += part
            if not part:
                return count
        return count

    def ends(self):
        """Its exit code, with everything it said before."""
        def look():
            self.pump(0.02)
            return self.process.poll() is not None
        wait("the program to end", look)
        self.pump(0.05)
        return self.process.returncode

    def is_as_before(self):
        """The line's modes are those that it was found with."""
        return termios.tcgetattr(self.slave) == self.modes

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
