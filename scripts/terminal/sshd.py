"""A real sshd on loopback, with keys and a configuration of its own, for whoever runs this and nobody else."""
import getpass
import os
import socket
import subprocess
import tempfile

from house import BIN, PATIENCE, Overdue, wait

SSHD = "/usr/sbin/sshd"


class Sshd:
    def __init__(self, house):
        self.house = house
        self.folder = tempfile.mkdtemp(prefix="ssh.", dir=house.folder)
        self.process = None
        if not os.path.exists(SSHD):
            raise Overdue("there is no sshd here; scripts/prepare installs it")
        for name in ("host", "mo", "ann"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", f"{self.folder}/{name}"], check=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.write("authorized_keys", self.keys())
        self.write("sshd_config", f"""\
            ListenAddress 127.0.0.1:{self.port}
            HostKey {self.folder}/host
            AuthorizedKeysFile {self.folder}/authorized_keys
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            PermitRootLogin yes
            AllowStreamLocalForwarding yes
            AllowUsers {getpass.getuser()}
            SetEnv PATH={BIN}:/usr/bin:/bin SWIFT_BACKTRACE=enable=no LC_ALL=C.UTF-8
            """)
        for key in ("mo", "ann"):
            self.write(f"ssh_{key}", f"""\
                Host house
                HostName 127.0.0.1
                Port {self.port}
                User {getpass.getuser()}
                IdentityFile {self.folder}/{key}
                IdentitiesOnly yes
                IdentityAgent none
                UserKnownHostsFile {self.folder}/known_hosts
                StrictHostKeyChecking accept-new
                LogLevel ERROR
                """)
            self.write(f"{key}-ssh", f'#!/bin/sh\nexec ssh -F {self.folder}/ssh_{key} "$@"\n', mode=0o700)
        # As root it wants this folder, which the package's service makes elsewhere.
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", 0o755, exist_ok=True)
        with open(self.folder + "/said", "wb") as said:
            self.process = subprocess.Popen(
                [SSHD, "-D", "-e", "-f", self.folder + "/sshd_config"], stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            wait("sshd", self.listens)
        except BaseException:
            self.close()
            raise

    def keys(self):
        """mo's key leads into the console under mo's name and as a moderator, whatever is asked for; ann's is a usual one."""
        forced = f'restrict,pty,command="{BIN}/hearth --socket {self.house.socket} --as mo --role moderator"'
        mo, ann = (open(f"{self.folder}/{name}.pub").read().strip() for name in ("mo", "ann"))
        return f"{forced} {mo}\n{ann}\n"

    def write(self, name, text, mode=0o600):
        path = f"{self.folder}/{name}"
        lines = [line.strip() if name.startswith("ssh") else line for line in text.splitlines()]
        with open(path, "w") as file:
            file.write("\n".join(lines) + "\n")
        os.chmod(path, mode)

    def listens(self):
        if self.process.poll() is not None:
            raise Overdue("sshd has ended: " + open(self.folder + "/said").read())
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def client(self, key):
        """The program that reaches it with this key, as HEARTH_SSH wants one."""
        return f"{self.folder}/{key}-ssh"

    def run(self, key, *words):
        return subprocess.run(
            [self.client(key), "--", "house", *words], capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL)

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
