"""A real JupyterLab and a real Chromium for the tests in this folder, and the few steps that they share."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.needs import need
from workshop.start import LAB_SETTINGS, prepare

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTINGS = {**LAB_SETTINGS, "@jupyterlab/docmanager-extension/plugin.jupyterlab-settings": {"autosave": False}}
"""As a course wants them, but that JupyterLab saves when told to. A notebook that is closed while it is being saved
leaves a message ("File Save Error", "Disposed") that keeps the focus until somebody reads it."""
STARTUP = 60.0
"""Seconds that JupyterLab may take to answer for the first time."""
PATIENCE = 30_000
"""Milliseconds that the browser waits for anything before a test fails."""
expect.set_options(timeout=PATIENCE)
LONGEST_RUN = 300_000
"""Milliseconds that all cells of a notebook may take, be it in a browser's Python on a busy machine."""


@dataclass(frozen=True)
class Server:
    """A running JupyterLab: its address, the folder that it serves, and its process."""

    url: str
    token: str
    root: Path
    process: subprocess.Popen[bytes]

    def address(self, path: str) -> str:
        """Where ``path`` (a file below ``root``) opens in JupyterLab, in a fresh workspace."""
        return f"{self.url}/lab/tree/{path}?token={self.token}&reset"

    def kernels(self) -> list[psutil.Process]:
        """The kernel processes that this server has started and that still run."""
        children = psutil.Process(self.process.pid).children()
        return [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


def write_notebook(server: Server, path: str, cells: Sequence[str]) -> None:
    """Writes a notebook of code cells below the server's folder."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, server.root / path)


def open_notebook(page: Page, server: Server, path: str) -> None:
    """Opens a notebook in JupyterLab and waits until its kernel is ready."""
    page.goto(server.address(path))
    page.locator(".jp-Notebook").wait_for()
    wait_for_kernel(page)


def wait_for_kernel(page: Page) -> None:
    """Waits until the open notebook is connected to a kernel that has nothing to do."""
    page.wait_for_function(
        """() => {
            const session = window.jupyterapp.shell.currentWidget?.sessionContext;
            return session?.isReady && session.session?.kernel?.status === "idle";
        }"""
    )


FORMS_SHOWN = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const outputs = [...panel.content.widgets].flatMap(({ model }) => model.outputs?.toJSON() ?? []);
    const sent = outputs.filter(({ data }) => data && "application/vnd.jupyter.widget-view+json" in data).length;
    return panel.node.querySelectorAll(".ff-form").length === sent;
}"""
"""Every form that the notebook's cells have sent is on screen."""


def run_all(page: Page) -> None:
    """Runs all cells of the open notebook and waits until the last one is done, and the forms are there."""
    page.evaluate("""() => {
        window.ranAll = false;
        const told = window.jupyterapp.commands.execute("notebook:run-all-cells");
        void told.then(() => { window.ranAll = true; });
    }""")
    # Not by a promise to ``evaluate``, which would wait for it without end.
    page.wait_for_function("window.ranAll", timeout=LONGEST_RUN)
    page.wait_for_function(FORMS_SHOWN)


def kill_kernels(server: Server) -> None:
    """Ends the server's kernels as a crash would, with no chance to write anything."""
    for kernel in server.kernels():
        kernel.kill()


def end_sessions(server: Server) -> None:
    """Shuts down what tests have left running: a killed kernel would start anew by itself, and so would all others."""
    headers = {"Authorization": f"token {server.token}"}
    with urllib.request.urlopen(urllib.request.Request(f"{server.url}/api/sessions", headers=headers)) as told:
        sessions = json.load(told)
    for session in sessions:
        address = f"{server.url}/api/sessions/{session['id']}"
        urllib.request.urlopen(urllib.request.Request(address, headers=headers, method="DELETE")).close()


def _environment(home: Path) -> dict[str, str]:
    folders = {
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    for name, settings in SETTINGS.items():
        file = home / "settings" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings), encoding="utf-8")
    return {**os.environ, **{name: str(folder) for name, folder in folders.items()}}


def free_port() -> int:
    """A port that nobody on this machine listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_server(url: str, token: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTUP
    request = urllib.request.Request(f"{url}/api/status", headers={"Authorization": f"token {token}"})
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(request, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")


@contextmanager
def serving(home: Path, port: int) -> Iterator[Server]:
    """JupyterLab on this machine only, with settings, workspaces and notebooks of its own in ``home``."""
    root = home / "notebooks"
    root.mkdir(exist_ok=True)
    token = secrets.token_hex(16)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--expose-app-in-browser"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    command += [f"--ServerApp.root_dir={root}", f"--IdentityProvider.token={token}"]
    command += ["--LabApp.extension_manager=readonly"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    log = home / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=root, env=_environment(home), stdout=output, stderr=output, start_new_session=True
        )
    server = Server(f"http://127.0.0.1:{port}", token, root, process)
    try:
        _wait_for_server(server.url, token, process, log)
        yield server
    finally:
        _end(process)


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The JupyterLab that all tests share."""
    need("chromium", *CHROMIUM)
    with serving(tmp_path_factory.mktemp("lab"), free_port()) as server:
        yield server


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the server and, should it not do so itself, its kernels."""
    if process.poll() is not None:
        return
    family = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)
    for child in family:
        if child.is_running():
            child.kill()


@pytest.fixture
def folder(lab_server: Server) -> Iterator[Path]:
    """A participant's folder, ``course`` below the server's, with nothing answered yet."""
    folder = lab_server.root / "course"
    prepare(folder)
    yield folder
    for path in folder.glob("answers/*"):
        path.unlink()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, without a window."""
    path = need("chromium", *CHROMIUM)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, headless=True, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    """A window with nothing remembered from other windows."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


def browser_processes(profile: Path) -> list[psutil.Process]:
    """The browser that uses this profile, and all that it has started."""
    mine = f"--user-data-dir={profile}"
    main = [each for each in psutil.Process().children(recursive=True) if mine in _arguments(each)]
    return list({*main, *(child for each in main for child in each.children(recursive=True))})


def _arguments(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:  # it has just ended
        return []


def kill_browser(processes: Sequence[psutil.Process]) -> None:
    """Ends a browser's processes as a crash would."""
    for process in processes:
        if process.is_running():
            process.kill()
    psutil.wait_procs(processes, timeout=15)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window for one test."""
    with new_page(browser) as page:
        yield page
