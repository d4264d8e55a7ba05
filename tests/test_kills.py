"""kill -9 of a real kernel at random moments while answers come in: what was acknowledged is on disk, each time."""

import json
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from workshop.journal import Journal

KILLS = 50
LONGEST = 0.4
"""Seconds after the first acknowledgement within which the kernel is killed."""
CODE = "from workshop import Lab; form = Lab('your-story', 'me').exercise('story'); form"
VIEW = "application/vnd.jupyter.widget-view+json"

pytestmark = pytest.mark.notebooks


@contextmanager
def kernel(folder: Path) -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    """A kernel as JupyterLab starts one, in a participant's folder."""
    manager = KernelManager(kernel_name="python3")
    environment = {**os.environ, "WORKSHOP_WORKSPACE": str(folder)}
    manager.start_kernel(cwd=str(folder), env=environment, extra_arguments=["--IPKernelApp.log_level=50"])
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def open_form(client: BlockingKernelClient) -> str:
    """Run the cell and return the comm of the form that it shows."""
    client.execute(CODE)
    while True:
        message = client.get_iopub_msg(timeout=60)
        assert message["msg_type"] != "error", message["content"]
        if message["msg_type"] == "display_data" and VIEW in message["content"]["data"]:
            return str(message["content"]["data"][VIEW]["model_id"])


def send(client: BlockingKernelClient, comm: str, number: int) -> None:
    """What the browser sends for the ``number``-th state of a text that grows as somebody types."""
    event = {"id": f"event-{number}", "field": "situation", "value": "x" * number, "over": None}
    data = {"method": "custom", "content": {"type": "answer", "events": [event]}}
    client.shell_channel.send(client.session.msg("comm_msg", {"comm_id": comm, "data": data}))


def acknowledged(client: BlockingKernelClient, timeout: float) -> set[int]:
    """The numbers of the events that the kernel says are saved, until it says nothing for ``timeout`` seconds."""
    found: set[int] = set()
    while True:
        try:
            message = client.get_iopub_msg(timeout=timeout)
        except Empty:
            return found
        content = message["content"].get("data", {}).get("content", {}) if message["msg_type"] == "comm_msg" else {}
        if content.get("type") == "saved":
            found |= {int(id.partition("-")[2]) for id in content["ids"]}


def test_no_acknowledged_answer_is_lost_in_fifty_kills(tmp_path: Path) -> None:
    chance = random.Random(20260302)
    number = 0
    saved = 0
    for _ in range(KILLS):
        with kernel(tmp_path) as (manager, client):
            comm = open_form(client)
            said: set[int] = set()
            # Three answers that are surely acknowledged, then a burst that the kill cuts short somewhere.
            for _ in range(3):
                number += 1
                send(client, comm, number)
                said |= acknowledged(client, timeout=0.02)
            for _ in range(chance.randrange(1, 60)):
                number += 1
                send(client, comm, number)
            said |= acknowledged(client, timeout=chance.random() * LONGEST / 100)
            manager.provisioner.process.kill()
            said |= acknowledged(client, timeout=0.05)
        saved = max(said, default=saved)
        journal = Journal.of(tmp_path, "me", "1")
        on_disk = len(str(journal.answers("story").get("situation", "")))
        assert on_disk >= saved, "an answer that was acknowledged is not on disk"
        ids = [json.loads(line)["id"] for line in readable_lines(journal.path)]
        assert len(ids) == len(set(ids)), "an answer was written twice"
    assert saved > KILLS, "the answers did get through"


def readable_lines(path: Path) -> Iterator[str]:
    for line in path.read_text(errors="replace").splitlines():
        try:
            json.loads(line)
        except ValueError:
            continue
        yield line
