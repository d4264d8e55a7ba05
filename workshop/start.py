"""A participant's folder, and JupyterLab on it."""

import hashlib
import json
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary

from workshop.errors import WorkspaceError
from workshop.files import write_file
from workshop.workspace import CONTENT, KEPT_SCENARIO, MARKER, WORKSPACE, built, content_root, scenario_root

LAB_SETTINGS = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "checkForUpdates": False,
        "doNotDisturbMode": True,
        "fetchNews": "false",
    },
    # Forms far down the page must exist to show that they are saved.
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none", "recordTiming": False},
    "@jupyterlab/docmanager-extension/plugin.jupyterlab-settings": {"autosaveInterval": 30},
}
"""What a course wants of JupyterLab. Written once; a participant's own changes stay."""


@dataclass(frozen=True)
class Prepared:
    """What was done to a folder: notebooks new there, brought up to date, and laid beside a participant's own."""

    folder: Path
    added: tuple[str, ...]
    updated: tuple[str, ...]
    beside: tuple[str, ...]


def prepare(folder: Path) -> Prepared:
    """Make ``folder`` a workspace with the course's notebooks.

    A notebook that the participant has edited is never touched: a newer one is laid beside it as ``NAME.new.ipynb``.
    The folder remembers the scenario pack in use. WorkspaceError if the folder can't be written to.
    """
    source, own = built("notebooks", folder), scenario_root(folder)
    notebooks = sorted(source.glob("*.ipynb"))
    if not notebooks:
        raise WorkspaceError(f"There are no notebooks in {source}. Make them with 'workshop build'.")
    if folder.resolve() == source.resolve():
        raise WorkspaceError(
            f"{folder} holds the built notebooks. Name another folder, as in: workshop start my-course"
        )
    record = folder / MARKER / "notebooks.json"
    done: dict[str, list[str]] = {"added": [], "updated": [], "beside": []}
    try:
        (folder / MARKER).mkdir(parents=True, exist_ok=True)
        if own:
            write_file(folder / KEPT_SCENARIO, f"{own.resolve()}\n")
        known = json.loads(record.read_text()) if record.exists() else {}
        for path in notebooks:
            what = _place(path, folder, known)
            if what:
                done[what].append(path.name)
            known[path.name] = _digest(path)
        write_file(record, json.dumps(known, indent=1, sort_keys=True) + "\n")
        for name, settings in LAB_SETTINGS.items():
            target = folder / MARKER / "lab-settings" / name
            if not target.exists():
                write_file(target, json.dumps(settings, indent=1) + "\n")
    except OSError as error:
        message = f"{folder} can't be used: {error.strerror}. Name a folder that you may write to."
        raise WorkspaceError(message) from error
    return Prepared(folder, *(tuple(done[key]) for key in ("added", "updated", "beside")))


def _place(path: Path, folder: Path, known: dict[str, str]) -> str:
    """Bring one notebook into the folder; returns which list of ``Prepared`` it belongs to, or ""."""
    mine = folder / path.name
    what = "added"
    if mine.exists():
        now = _digest(mine)
        if now == _digest(path):
            return ""
        what = "updated" if now == known.get(path.name) else "beside"
        if what == "beside":
            mine = mine.with_suffix(".new.ipynb")
            if known.get(path.name) == _digest(path) or (mine.exists() and _digest(mine) == _digest(path)):
                return ""  # the course hasn't changed since; only the participant's own copy has
    write_file(mine, path.read_bytes())
    # Our own notebooks are trusted, so that their charts show before any cell has run.
    NotebookNotary().sign(nbformat.read(mine, as_version=4))
    return what


def _digest(path: Path) -> str:
    """A notebook's cells without their outputs: what running it does not change."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        sources = ["".join(cell["source"]) for cell in cells]
    except (ValueError, KeyError, TypeError):
        return ""  # no notebook any more: a participant's business
    return hashlib.sha256(json.dumps(sources).encode()).hexdigest()


def start_lab(folder: Path, *, browser: bool, port: int | None, say: Callable[[str], None]) -> None:
    """Serve JupyterLab on ``folder``, on this machine only, until Ctrl+C; in a browser if one is wanted and found."""
    hidden = (folder / MARKER).resolve()
    os.environ.update(
        {
            WORKSPACE: str(folder.resolve()),
            CONTENT: str(content_root().resolve()),
            "JUPYTERLAB_SETTINGS_DIR": str(hidden / "lab-settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(hidden / "lab-workspaces"),
        }
    )
    from jupyterlab.labapp import LabApp  # reads the environment when it is imported

    first = min(path.name for path in folder.glob("*.ipynb"))
    options = [
        f"--ServerApp.root_dir={folder.resolve()}",
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.default_url=/lab/tree/{first}",
        f"--ServerApp.open_browser={browser}",
        "--Application.log_level=WARN",
        # Nothing leaves this machine: no news, no look for updates, no list of extensions.
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
    if port is not None:
        options.append(f"--ServerApp.port={port}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        say("You are root here (a container, perhaps); JupyterLab is started all the same, on this machine only.")
        options.append("--allow-root")
    say("JupyterLab starts. Its address follows, in case no browser opens. Stop it with Ctrl+C.")
    server = LabApp.initialize_server(options)

    def stop(number: int, frame: object) -> None:
        say("JupyterLab stops.")
        server.stop(from_signal=True)

    # JupyterLab's own way asks back in a terminal, and may not hear the first Ctrl+C outside one.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    server.start()
