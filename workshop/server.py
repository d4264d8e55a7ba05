"""JupyterLab on a participant's folder, on this machine only, until Ctrl+C; with Voila, as an app as well."""

import os
import secrets
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from workshop.errors import WorkspaceError
from workshop.workspace import CONTENT, MARKER, TEMPLATE, TEMPLATES, WORKSPACE, content_root

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp
    from traitlets.config import Config

HOST = "127.0.0.1"
GRACE = 10.0
"""Seconds that kernels have to end when the server does."""
OPTIONS = (
    f"--ServerApp.ip={HOST}",
    "--Application.log_level=WARN",
    # Nothing leaves this machine: no news, no look for updates, no list of extensions.
    "--LabApp.news_url=",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    # Pages that JupyterLab exports, and those that Voila shows, name no other machine either.
    f"--HTMLExporter.template_name={TEMPLATE}",
)
WIDGETS = ("@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget")
VOILA = (
    f"--VoilaConfiguration.template={TEMPLATE}",
    "--VoilaConfiguration.classic_tree=True",
    # What else is installed for JupyterLab stays out of the pages.
    f"--VoilaConfiguration.extension_allowlist={list(WIDGETS)}",
    # A cell that fails says so in its place, and the rest of the page comes all the same.
    "--VoilaExecutor.allow_errors=True",
)


def serve(folder: Path, page: str, *, browser: bool, port: int | None, say: Callable[[str], None]) -> None:
    """Serve JupyterLab on ``folder`` until Ctrl+C, with ``page`` as the first one; in a browser if one is wanted.

    ``page`` is an address below the server's own, as ``lab_page`` and ``app_page`` give it. A folder that is served
    already is not served twice. WorkspaceError if ``port`` is in use.
    """
    for address, token in _running(folder):
        url = f"{address}{page}?token={token}"
        say(f"This folder is open already: {url}")
        if browser:
            webbrowser.open(url)
        return
    if port is not None and not _is_free(port):
        raise WorkspaceError(f"Port {port} is in use. Name another one, or leave --port away: a free one is found.")
    hidden = (folder / MARKER).resolve()
    os.environ.update(
        {
            WORKSPACE: str(folder.resolve()),
            CONTENT: str(content_root().resolve()),
            "JUPYTERLAB_SETTINGS_DIR": str(hidden / "lab-settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(hidden / "lab-workspaces"),
            "JUPYTER_PATH": os.pathsep.join(filter(None, (str(TEMPLATES), os.environ.get("JUPYTER_PATH")))),
        }
    )
    from jupyterlab.labapp import LabApp  # reads the environment when it is imported

    token = secrets.token_hex(24)
    options = [
        *OPTIONS,
        *(VOILA if has_voila() else ()),
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--ServerApp.open_browser={browser}",
        f"--LabApp.default_url=/{page}",
        f"--IdentityProvider.token={token}",
    ]
    if port is not None:
        options += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        say("You are root here (a container, perhaps); JupyterLab is started all the same, on this machine only.")
        options.append("--allow-root")
    log = hidden / "server.log"
    with _errors_to(log):
        try:
            server = LabApp.initialize_server(options, config=_hooks())
        except SystemExit as error:
            raise WorkspaceError(f"JupyterLab could not start. What it said is in {log}") from error
        told = (
            f"It runs at {server.connection_url}{page}?token={token}\n"
            "Leave this window open, and stop with Ctrl+C. What you have answered is on disk."
        )
        server.io_loop.add_callback(say, told)  # once it listens
        _end_on_signals(server, say)
        server.start()
    say("JupyterLab has stopped.")


def lab_page(notebook: str) -> str:
    """Where JupyterLab shows a notebook of the folder."""
    return f"lab/tree/{quote(notebook)}"


def app_page(notebook: str = "") -> str:
    """Where Voila shows a notebook of the folder; without one, the list of modules. WorkspaceError without Voila."""
    if not has_voila():
        raise WorkspaceError(
            "The app needs Voila, and it isn't installed here. Install it with: pip install 'failforward-workshop[app]'"
        )
    return f"voila/render/{quote(notebook)}" if notebook else "voila/tree"


def has_voila() -> bool:
    """Whether Voila is installed."""
    return find_spec("voila") is not None


def _hooks() -> "Config":
    """What can't be written as an option: the functions that complete Voila's pages."""
    from traitlets.config import Config

    from workshop.app import complete_notebook, complete_page

    return Config(VoilaConfiguration={"page_config_hook": complete_page, "prelaunch_hook": complete_notebook})


def _running(folder: Path) -> Iterator[tuple[str, str]]:
    """Address and token of each server of this user that serves ``folder`` and listens."""
    from jupyter_server.serverapp import list_running_servers

    for server in list_running_servers():
        port = int(server.get("port") or 0)
        if Path(server["root_dir"]) == folder.resolve() and port and not _is_free(port):
            yield server["url"], server["token"]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


@contextmanager
def _errors_to(path: Path) -> Iterator[None]:
    """Write to a file what the server and its kernels log: a participant can do nothing about it."""
    kept = os.dup(2)
    with path.open("wb") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _end_on_signals(server: "ServerApp", say: Callable[[str], None]) -> None:
    """Let Ctrl+C, a closed terminal and a polite kill end the server and its kernels, within ``GRACE`` seconds.

    JupyterLab's own way asks back in a terminal, and may not hear the first Ctrl+C outside one.
    """

    def stop(_number: int, _frame: object) -> None:
        for name in names:
            signal.signal(name, lambda *_: os._exit(0))  # asked twice: at once, and kernels follow their parent
        say("JupyterLab stops ...")
        # A kernel that is busy answering a page can hold the polite way up for ever.
        late = threading.Timer(GRACE, os._exit, [0])
        late.daemon = True
        late.start()
        server.stop(from_signal=True)

    names = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    for name in names:
        signal.signal(name, stop)
