"""``workshop start`` as a participant's terminal runs it, for the tests."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ADDRESS = re.compile(r"It runs at (http://\S+)")
LONGEST = 120.0
"""Seconds after which a command that neither serves nor ends is killed."""


@dataclass(frozen=True)
class Started:
    """A running ``workshop start``: the process, all it has said so far, and the address that it named."""

    process: subprocess.Popen[str]
    said: str
    address: str

    @property
    def base(self) -> str:
        """The server's own address, with a slash at its end."""
        return re.match(r"http://[^/]+/", self.address)[0]  # type: ignore[index]

    @property
    def token(self) -> str:
        return self.address.partition("?token=")[2]

    def end(self, *signals: int) -> tuple[int, str]:
        """Send these signals one after the other; returns the exit code and what was said from the address on."""
        for number in signals:
            self.process.send_signal(number)
        rest = self.process.communicate(timeout=LONGEST)[0]
        return self.process.returncode, rest


def own_jupyter(home: Path) -> dict[str, str]:
    """An environment in which Jupyter keeps its files below ``home``."""
    names = {"CONFIG", "DATA", "RUNTIME"}
    return {**os.environ, "BROWSER": "", **{f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in names}}


def command(*arguments: str) -> list[str]:
    """The words that run ``workshop`` with these arguments."""
    return [sys.executable, "-u", "-c", "from workshop.cli import main; main()", *arguments]


@contextmanager
def started(home: Path, folder: Path, *arguments: str) -> Iterator[Started]:
    """``workshop start FOLDER --no-browser ARGUMENTS``, until the end of the block."""
    process = subprocess.Popen(
        command("start", str(folder), "--no-browser", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=own_jupyter(home),
    )
    watch = threading.Timer(LONGEST, process.kill)
    watch.start()
    try:
        said, address = "", None
        assert process.stdout
        for line in process.stdout:
            said += line
            if address := ADDRESS.search(line):
                break
        watch.cancel()
        assert address, said
        yield Started(process, said, address[1])
    finally:
        watch.cancel()
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=LONGEST)
