"""Days on which things go wrong, with the course's own exercises: what the status line says, and what is kept."""

import re
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocketRoute, expect

from workshop.attempt import Attempt
from workshop.facts import fill_in
from workshop.journal import Journal
from workshop.start import prepare

from .conftest import (
    PATIENCE,
    Server,
    end_sessions,
    free_port,
    kill_kernels,
    new_page,
    open_notebook,
    serving,
    write_notebook,
)
from .pieces import COURSE, form_of, on_disk, open_pieces, write_pieces

pytestmark = pytest.mark.browser

WORDS = COURSE.interface


@pytest.fixture(autouse=True)
def quiet(lab_server: Server) -> Iterator[None]:
    """One kernel at a time."""
    end_sessions(lab_server)
    yield
    end_sessions(lab_server)


def field(form: Locator, name: str) -> Locator:
    """The control of a text field."""
    return form.locator(f'[data-field="{name}"]').locator("input, textarea")


def prompt(page: Page) -> Locator:
    """What stands beside the last cell: a star while it runs, then its number."""
    return page.locator(".jp-CodeCell").last.locator(".jp-InputPrompt")


def expect_status(form: Locator, key: str, **values: str) -> None:
    expect(form.get_by_role("status")).to_have_text(fill_in(WORDS[key], **values))


def again(page: Page, server: Server, path: str, piece: str) -> Locator:
    """The form after the page was loaded anew and all cells have run."""
    (form,) = open_pieces(page, server, path, piece)
    return form


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Waits for something outside the page, while the page goes on."""
    for _ in range(PATIENCE // 50):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail("It never came to hold.")


@contextmanager
def room_for(server: Server, file: Path, more: int) -> Iterator[None]:
    """Lets no file of the kernel grow beyond the size of this one and a few bytes, as a full disk would."""
    (kernel,) = server.kernels()
    before = kernel.rlimit(psutil.RLIMIT_FSIZE)
    kernel.rlimit(psutil.RLIMIT_FSIZE, (file.stat().st_size + more, before[1]))
    try:
        yield
    finally:
        kernel.rlimit(psutil.RLIMIT_FSIZE, before)


def test_a_full_disk(page: Page, lab_server: Server, folder: Path) -> None:
    (form,) = open_pieces(page, lab_server, write_pieces(lab_server, folder, "full", "story"), "story")
    field(form, "situation").fill("Kept before.")
    expect_status(form, "saved")
    with room_for(lab_server, folder / "answers/me.jsonl", 40):
        field(form, "task").fill("Mine was the order of the waves.")
        expect(form.get_by_role("alert").filter(has_text="the disk is full")).to_be_visible()
        expect(form.get_by_role("status")).to_have_text("")
        expect(form.get_by_role("button", name=WORDS["copy"])).to_be_visible()
        expect(field(form, "task")).to_have_value("Mine was the order of the waves.")
        assert on_disk(folder, "story") == {"situation": "Kept before."}
    form.get_by_role("button", name=WORDS["retry"]).click()
    expect_status(form, "saved")
    expect(form.get_by_text("the disk is full")).to_have_count(0)
    expect(form.get_by_text(fill_in(WORDS["unreadable"], lines="2", file="me.jsonl"))).to_be_visible()
    assert on_disk(folder, "story") == {"situation": "Kept before.", "task": "Mine was the order of the waves."}


def test_a_read_only_folder(page: Page, lab_server: Server) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH)
        # Root may write anywhere; as nobody, it may not.
        nobody = "if os.geteuid() == 0:\n    os.seteuid(65534)"
        workspace = f"os.environ['WORKSHOP_WORKSPACE'] = {name!r}"
        start = f"from workshop import Lab\nimport os\n{workspace}"
        write_notebook(lab_server, "locked.ipynb", [start, "Lab('start-here').exercise('story')", nobody])
        (form,) = open_pieces(page, lab_server, "locked.ipynb", "story")
        expect_status(form, "empty")
        expect(prompt(page)).to_have_text("[3]:")
        field(form, "task").fill("Mine was the order of the waves.")
        expect(form.get_by_role("alert").filter(has_text="the folder may not be written to")).to_be_visible()
        expect(form.get_by_role("status")).to_have_text("")
        expect(field(form, "task")).to_have_value("Mine was the order of the waves.")
        assert list(place.iterdir()) == []
        place.chmod(0o777)
        form.get_by_role("button", name=WORDS["retry"]).click()
        expect_status(form, "saved")
        (line,) = (place / "answers/me.jsonl").read_text().splitlines()
        assert "Mine was the order of the waves." in line


def test_a_cell_that_runs_for_long_and_is_interrupted(page: Page, lab_server: Server, folder: Path) -> None:
    busy = folder / "busy"
    wait = f"""import time
from pathlib import Path
busy = Path({str(busy)!r})
busy.touch()
try:
    for _ in range(3000):
        time.sleep(0.1)
finally:
    busy.unlink()"""
    path = (folder / "busy.ipynb").relative_to(lab_server.root).as_posix()
    write_notebook(lab_server, path, ["from workshop import Lab", "Lab('start-here').exercise('story')", wait])
    open_notebook(page, lab_server, path)
    page.evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    form = form_of(page, "story")
    until(page, busy.exists)
    field(form, "task").fill("Typed while a cell runs.")
    expect_status(form, "unsaved")
    assert busy.exists()
    page.evaluate("window.jupyterapp.commands.execute('notebook:interrupt-kernel')")
    expect_status(form, "saved")
    assert not busy.exists()
    assert on_disk(folder, "story") == {"task": "Typed while a cell runs."}
    field(form, "task").fill("Typed after it was stopped.")
    expect_status(form, "saved")
    assert on_disk(folder, "story") == {"task": "Typed after it was stopped."}


def test_python_stands_still_and_goes_on(page: Page, lab_server: Server, folder: Path) -> None:
    (form,) = open_pieces(page, lab_server, write_pieces(lab_server, folder, "still", "story"), "story")
    (kernel,) = lab_server.kernels()
    kernel.suspend()
    try:
        field(form, "task").focus()
        page.keyboard.type("Nobody hears this, ", delay=10)
        expect_status(form, "unsaved")
        expect(form.get_by_role("button", name=WORDS["copy"])).to_be_visible()
        page.keyboard.type("or does somebody?", delay=10)
        expect(field(form, "task")).to_have_value("Nobody hears this, or does somebody?")
        assert on_disk(folder, "story") == {}
    finally:
        kernel.resume()
    expect_status(form, "saved")
    assert on_disk(folder, "story") == {"task": "Nobody hears this, or does somebody?"}


def test_an_edit_that_follows_one_saved_unheard_is_the_newest(page: Page, lab_server: Server, folder: Path) -> None:
    """The first edit is on disk and its acknowledgement got lost; the second waits in the browser."""
    deaf: list[bool] = []

    def listen(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda message: None if deaf else socket.send(message))

    page.route_web_socket(re.compile("/channels"), listen)
    path = write_pieces(lab_server, folder, "unheard", "story")
    (form,) = open_pieces(page, lab_server, path, "story")
    expect_status(form, "empty")
    deaf.append(True)
    field(form, "task").focus()
    page.keyboard.type("one")
    until(page, lambda: on_disk(folder, "story") == {"task": "one"})
    kill_kernels(lab_server)
    page.keyboard.type(" two")
    expect_status(form, "unsaved")
    deaf.clear()
    form = again(page, lab_server, path, "story")
    expect_status(form, "recovered", n="1")
    expect(field(form, "task")).to_have_value("one two")
    assert on_disk(folder, "story") == {"task": "one two"}


def test_a_draft_that_was_overtaken_is_not_said_to_be_brought_back(
    page: Page, lab_server: Server, folder: Path
) -> None:
    path = write_pieces(lab_server, folder, "overtaken", "story")
    (form,) = open_pieces(page, lab_server, path, "story")
    kill_kernels(lab_server)
    field(form, "task").fill("the draft")
    field(form, "result").fill("three weeks")
    expect_status(form, "unsaved")
    Attempt.of(COURSE, "story", Journal.of(folder, "me", COURSE.version)).answer(task="given meanwhile, elsewhere")
    form = again(page, lab_server, path, "story")
    expect_status(form, "recovered", n="1")
    expect(field(form, "task")).to_have_value("given meanwhile, elsewhere")
    assert on_disk(folder, "story") == {"task": "given meanwhile, elsewhere", "result": "three weeks"}
    assert "the draft" in (folder / "answers/me.jsonl").read_text(), "kept, though not the newest"


def test_a_browser_that_is_slow_to_find_what_it_kept(page: Page, lab_server: Server, folder: Path) -> None:
    path = write_pieces(lab_server, folder, "slow", "story")
    (form,) = open_pieces(page, lab_server, path, "story")
    kill_kernels(lab_server)
    field(form, "task").fill("the draft")
    expect_status(form, "unsaved")
    page.add_init_script(
        """const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (name, ...rest) {
            const request = open.call(this, name, ...rest);
            if (name !== "fail-forward") return request;
            const late = {};
            request.onupgradeneeded = () => late.onupgradeneeded?.();
            request.onsuccess = () => setTimeout(() => late.onsuccess?.(), 3000);
            Object.defineProperty(late, "result", { get: () => request.result });
            return late;
        };"""
    )
    form = again(page, lab_server, path, "story")
    field(form, "result").fill("typed before that")
    expect_status(form, "recovered", n="1")
    expect(field(form, "task")).to_have_value("the draft")
    assert on_disk(folder, "story") == {"task": "the draft", "result": "typed before that"}


def test_a_clock_set_back_while_typing_without_a_pause(page: Page, lab_server: Server, folder: Path) -> None:
    (form,) = open_pieces(page, lab_server, write_pieces(lab_server, folder, "clock", "story"), "story")
    field(form, "task").focus()
    sent = page.evaluate(
        """async () => {
            const now = Date.now, send = WebSocket.prototype.send;
            let sent = 0;
            WebSocket.prototype.send = function (data) {
                sent += (typeof data === "string" ? data : new TextDecoder().decode(data)).includes('"answer"');
                send.call(this, data);
            };
            for (let key = 0; key < 30; key += 1) {
                if (key === 2) Date.now = () => now() - 3600_000;
                document.execCommand("insertText", false, "x");
                await new Promise((done) => setTimeout(done, 40));
            }
            WebSocket.prototype.send = send;
            Date.now = now;
            return sent;
        }"""
    )
    assert sent >= 1
    expect_status(form, "saved")
    assert on_disk(folder, "story") == {"task": "x" * 30}


def test_a_promise_made_after_the_clock_was_set_back_follows_its_answers(
    page: Page, lab_server: Server, folder: Path
) -> None:
    answers = dict(COURSE.scenario.personas["strong"].answers["estimate"])
    del answers["commit"], answers["reason"]
    Attempt.of(COURSE, "estimate", Journal.of(folder, "me", COURSE.version)).answer(answers)
    path = write_pieces(lab_server, folder, "set-back", "estimate")
    (form,) = open_pieces(page, lab_server, path, "estimate")
    kill_kernels(lab_server)
    field(form, "reason").fill("Two promises, nothing written.")
    page.evaluate("{ const now = Date.now; Date.now = () => now() - 86_400_000; }")
    form.get_by_role("checkbox").click()
    expect_status(form, "unsaved")
    form = again(page, lab_server, path, "estimate")
    expect_status(form, "recovered", n="2")
    expect(form.get_by_role("checkbox")).to_be_checked()
    assert on_disk(folder, "estimate")["commit"] is True


def test_python_s_clock_jumps(page: Page, lab_server: Server, folder: Path) -> None:
    now = folder / "now"
    clock = f"lab.journal._now = lambda: datetime.fromisoformat(Path({str(now)!r}).read_text())"
    start = ["from datetime import datetime", "from pathlib import Path", "from workshop import Lab"]
    path = (folder / "jumps.ipynb").relative_to(lab_server.root).as_posix()
    write_notebook(lab_server, path, ["\n".join([*start, "lab = Lab('start-here')", clock, "lab.exercise('story')"])])
    now.write_text("2026-03-02T09:30:00")
    (form,) = open_pieces(page, lab_server, path, "story")
    for year, text in ((2026, "said first"), (2001, "said second"), (2090, "said third"), (2026, "said last")):
        now.write_text(f"{year}-03-02T09:30:00")
        field(form, "task").fill(text)
        expect_status(form, "saved")
    (form,) = open_pieces(page, lab_server, path, "story")
    expect(field(form, "task")).to_have_value("said last")
    assert on_disk(folder, "story") == {"task": "said last"}
    now.unlink()


def test_a_notebook_renamed_while_a_draft_waits(page: Page, lab_server: Server, folder: Path) -> None:
    path = write_pieces(lab_server, folder, "first-name", "story")
    (form,) = open_pieces(page, lab_server, path, "story")
    kill_kernels(lab_server)
    field(form, "task").fill("Typed under the old name.")
    expect_status(form, "unsaved")
    page.evaluate("window.jupyterapp.shell.currentWidget.context.rename('second-name.ipynb')")
    assert not (lab_server.root / path).exists()
    (form,) = open_pieces(page, lab_server, path.replace("first-name", "second-name"), "story")
    expect_status(form, "recovered", n="1")
    expect(field(form, "task")).to_have_value("Typed under the old name.")
    assert on_disk(folder, "story") == {"task": "Typed under the old name."}


def test_two_windows_write_at_once(page: Page, browser: Browser, lab_server: Server, folder: Path) -> None:
    path = write_pieces(lab_server, folder, "two", "story")
    (here,) = open_pieces(page, lab_server, path, "story")
    with new_page(browser) as other:
        (there,) = open_pieces(other, lab_server, path, "story")
        for name, mine, theirs in (
            ("task", "My half.", ""),
            ("result", "", "Your half."),
            ("learning", "Mine.", "Yours"),
        ):
            for window, form, text in ((page, here, mine), (other, there, theirs)):
                field(form, name).focus()
                window.keyboard.type(text, delay=5)
        for form in (here, there):
            expect_status(form, "saved")
        kept = on_disk(folder, "story")
        assert (kept["task"], kept["result"]) == ("My half.", "Your half.")
        assert kept["learning"] in ("Mine.", "Yours")  # whichever came last
        for window, form in ((page, here), (other, there)):
            window.evaluate("window.dispatchEvent(new Event('focus'))")
            for name, text in kept.items():
                expect(field(form, name)).to_have_value(str(text))


def test_two_tabs_of_one_browser_share_what_it_keeps(page: Page, lab_server: Server, folder: Path) -> None:
    path = write_pieces(lab_server, folder, "tabs", "story")
    other = page.context.new_page()
    (here,), (there,) = (open_pieces(each, lab_server, path, "story") for each in (page, other))
    kill_kernels(lab_server)
    for form, name, text in (
        (here, "task", "here"),
        (there, "result", "there"),
        (here, "learning", "old"),
        (there, "learning", "new"),
    ):
        field(form, name).fill(text)
    for form in (here, there):
        expect_status(form, "unsaved")
    for each in (page, other):
        (form,) = open_pieces(each, lab_server, path, "story")
        expect(field(form, "task")).to_have_value("here")
        expect(field(form, "result")).to_have_value("there")
        expect(field(form, "learning")).to_have_value("new")
    assert on_disk(folder, "story") == {"task": "here", "result": "there", "learning": "new"}


def test_a_server_that_was_started_anew(page: Page, tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, port) as server:
        prepare(server.root)
        path = write_pieces(server, server.root, "again", "story")
        (form,) = open_pieces(page, server, path, "story")
        field(form, "task").fill("Before the server went.")
        expect_status(form, "saved")
    field(form, "result").fill("After it had gone.")
    expect_status(form, "unsaved")
    with serving(tmp_path, port) as server:
        (form,) = open_pieces(page, server, path, "story")
        expect_status(form, "recovered", n="1")
        assert on_disk(server.root, "story") == {"task": "Before the server went.", "result": "After it had gone."}
