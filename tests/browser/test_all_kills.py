"""Kills, of the kernel, the browser, or both at once, over every piece of the course: nothing is lost."""

import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.needs import need
from workshop.attempt import DISMISSED, Attempt
from workshop.course import Value
from workshop.exercises.base import Field
from workshop.facts import fill_in
from workshop.journal import Journal

from .conftest import (
    CHROMIUM,
    CHROMIUM_FLAGS,
    PATIENCE,
    Server,
    browser_processes,
    end_sessions,
    kill_browser,
    kill_kernels,
    open_notebook,
    run_all,
    wait_for_kernel,
)
from .person import Person, Seen, holds, screen, seen, title_of, watch
from .pieces import COURSE, PIECES, form_of, write_pieces

pytestmark = pytest.mark.browser

HUNDRED = os.environ.get("WORKSHOP_TEST_KILLS") == "100"
KILLS = {"kernel": 60, "browser": 20, "both": 20} if HUNDRED else {"kernel": 24, "browser": 8, "both": 8}
"""A hundred take a quarter of an hour on two cores, so each piece is killed once unless all are asked for."""
SHELVES = tuple(PIECES[n::8] for n in range(8))
"""The pieces, some in each of the notebooks: neighbours, which read each other's answers, stand apart."""
HALF_A_SECOND = 500
"""Milliseconds of typing that the death of the browser may cost."""
SEED = 20260302
NEW_KERNEL = """async () => {
    const { sessionContext } = window.jupyterapp.shell.currentWidget;
    for (let tries = 1; ; tries += 1) {
        try {
            await sessionContext.changeKernel({ name: "python3" });
            return;
        } catch (error) { // the server is just about to restart the killed one
            if (tries === 5) throw error;
            await new Promise((done) => setTimeout(done, 500));
        }
    }
}"""
BEGUN = ("estimate", "premortem", "forecast", "vote", "revote", "story", "commitments")
"""Pieces that begin with answers: others look at them, or a promise needs them."""
SETTLED = """(titles) => {
    const forms = [...document.querySelectorAll(".ff-form")].map((form) =>
        [form.querySelector("h3").textContent, form.querySelector(".ff-status").dataset.kind]);
    const settled = new Map(forms.filter(([, kind]) => /^(saved|recovered|empty)$/.test(kind)));
    return titles.every((title) => settled.has(title));
}"""


def kills() -> list[str]:
    """Every kill, in an order that is random and always the same."""
    kinds = [kind for kind, count in KILLS.items() for _ in range(count)]
    random.Random(SEED).shuffle(kinds)
    return kinds


@dataclass
class Desk:
    """One participant's notebook with some pieces, in a browser of its own that remembers."""

    browser: Browser
    server: Server
    folder: Path
    profile: Path
    pieces: tuple[str, ...]
    path: str = ""
    context: BrowserContext | None = None
    before: dict[str, dict[str, Value]] = field(default_factory=dict)
    """What was on disk when the forms had last settled, by piece and field."""

    @property
    def page(self) -> Page:
        assert self.context
        return self.context.pages[0]

    def lines(self) -> list[dict[str, str]]:
        """The journal's lines; a torn one is passed over, as the journal itself does."""
        file = self.folder / "answers/me.jsonl"
        found = []
        for line in file.read_text(errors="replace").splitlines() if file.exists() else []:
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
        return found

    def disk(self) -> dict[str, dict[str, Value]]:
        """The answers on disk, by piece and field."""
        journal = Journal.of(self.folder, "me", COURSE.version)
        return {piece: journal.answers(piece) for piece in self.pieces}

    def fields(self, piece: str) -> tuple[Field, ...]:
        return Attempt.of(COURSE, piece, Journal.of(self.folder, "me", COURSE.version)).fields

    def open(self) -> None:
        """Start the browser and open the notebook; its forms are not there yet."""
        self.context = self.browser.browser_type.launch_persistent_context(
            str(self.profile),
            executable_path=need("chromium", *CHROMIUM),
            args=CHROMIUM_FLAGS,
            viewport={"width": 1280, "height": 900},
        )
        self.context.set_default_timeout(PATIENCE)
        # JupyterLab tells of a dead kernel at a moment of its own, and of each try to get another that fails.
        told = self.page.locator(".jp-Dialog .jp-mod-accept")
        self.page.add_locator_handler(told, lambda button: button.click(), no_wait_after=True)
        open_notebook(self.page, self.server, self.path)

    def kill(self, kind: str) -> None:
        """End the kernel, the browser or both as a crash would."""
        processes = [] if kind == "kernel" else browser_processes(self.profile)
        if kind != "browser":
            kill_kernels(self.server)
        kill_browser(processes)

    def come_back(self, kind: str) -> None:
        """What a person does after such a crash: a new kernel or a new browser, and Run All."""
        if kind == "kernel":
            # A new one instead of a restart, which would meet the server's own restart of the killed one half-way.
            self.page.evaluate(NEW_KERNEL)
            wait_for_kernel(self.page)
        else:
            self.open()
        run_all(self.page)
        self.settle()

    def settle(self) -> None:
        """Wait until every form is there and has nothing on the way, and begin to watch them."""
        self.page.wait_for_function(SETTLED, arg=[title_of(piece) for piece in self.pieces])
        watch(self.page)
        self.before = self.disk()


@pytest.fixture
def desk(browser: Browser, lab_server: Server, folder: Path, tmp_path: Path) -> Iterator[Desk]:
    end_sessions(lab_server)
    desk = Desk(browser, lab_server, folder, tmp_path / "profile", ())
    yield desk
    if desk.context:
        desk.context.close()
    end_sessions(lab_server)


def begin(desk: Desk, shelf: int) -> None:
    """Write the notebook and the answers that it begins with, open it and run it."""
    desk.pieces = SHELVES[shelf]
    desk.path = write_pieces(desk.server, desk.folder, f"shelf-{shelf}", *desk.pieces)
    journal = Journal.of(desk.folder, "me", COURSE.version)
    for piece in BEGUN:
        attempt = Attempt.of(COURSE, piece, journal)
        promises = [each.name for each in attempt.fields if each.kind == "commit"]
        answers = COURSE.scenario.personas["strong"].answers[piece]
        attempt.answer({name: value for name, value in answers.items() if name not in promises})
    desk.open()
    run_all(desk.page)
    desk.settle()


def work(desk: Desk, person: Person, piece: str, promise: bool) -> None:
    """Use one piece for a while, and sometimes another; ``promise``: commit to its answers in the end."""
    for _ in range(person.chance.randrange(0, 4)):
        person.act(desk.page, piece, desk.fields(piece))
    if person.chance.random() < 0.3:
        other = person.chance.choice(desk.pieces)
        person.act(desk.page, other, desk.fields(other))
    if promise:
        person.commit(desk.page, piece)


def states(desk: Desk, told: Seen, piece: str, name: str) -> list[tuple[int, float, Value]]:
    """What a field has shown, one after the other: the change's number on the page, its time, its value."""
    held = {each.name: each for each in desk.fields(piece)}
    first = (-1, 0.0, desk.before[piece].get(name))
    changes = [
        (number, at, value)
        for number, (at, title, field, value) in enumerate(told.log)
        if (title, field) == (title_of(piece), name) and (name not in held or holds(held[name], value))
    ]
    return [first, *changes]


def plain(value: Value) -> Value:
    """One empty value for every kind of field."""
    return None if value is False or value == "" else value


def check(desk: Desk, told: Seen, disk: dict[str, dict[str, Value]], said: str, *, since: float | None = None) -> None:
    """Every field on disk holds the newest value that must be there, or one that came after it.

    Must be there: what its form had said was saved; with ``since``, what was on screen at that time.
    """
    for piece in desk.pieces:
        changed = {field for _, title, field, _ in told.log if title == title_of(piece)}
        for name in changed | set(disk[piece]):
            if name.startswith(DISMISSED):
                continue
            history = states(desk, told, piece, name)
            sure = [
                each
                for each in history
                if (each[0] < told.said.get(title_of(piece), 0) if since is None else each[1] <= since)
            ]
            allowed = [plain(value) for _, _, value in history[len(sure) - 1 :]]
            assert plain(disk[piece].get(name)) in allowed, f"{said}: {piece} {name}"


def check_back(desk: Desk, lines: int) -> None:
    """The forms show what is on disk, and their status lines say how it got there; no line is there twice."""
    shown = screen(desk.page)
    added = desk.lines()[lines:]
    for piece in desk.pieces:
        on_screen = shown[title_of(piece)]
        assert on_screen == {name: plain(desk.before[piece].get(name)) for name in on_screen}, piece
        back = sum(line["exercise"] == piece for line in added)
        written = any(value is not None for value in on_screen.values())
        status = form_of(desk.page, piece).get_by_role("status").text_content()
        # A line may have been on its way when the browser died: then it is on disk, and nothing had to be brought back.
        brought = {fill_in(COURSE.interface["recovered"], n=str(n)) for n in range(1, back + 1)}
        assert status in brought | {COURSE.interface["saved" if written else "empty"]}, piece
    ids = [line["id"] for line in desk.lines()]
    assert len(ids) == len(set(ids)), "an answer was written twice"


@pytest.mark.parametrize("shelf", range(len(SHELVES)))
def test_no_kill_costs_an_answer(desk: Desk, shelf: int) -> None:
    person = Person(random.Random(SEED + shelf))
    begin(desk, shelf)
    mine = kills()[shelf :: len(SHELVES)]
    assert len(mine) >= len(desk.pieces), "each piece is killed under the person's hands at least once"
    for number, kind in enumerate(mine):
        piece = desk.pieces[number % len(desk.pieces)]
        work(desk, person, piece, promise=number + len(desk.pieces) >= len(mine))
        desk.page.wait_for_timeout(person.chance.randrange(0, 700))
        told = seen(desk.page)
        desk.kill(kind)
        if kind == "kernel":  # of which the person knows nothing yet
            if person.chance.random() < 0.5:
                person.act(desk.page, piece, desk.fields(piece))
            told = seen(desk.page)
        check(desk, told, desk.disk(), "said to be saved")
        lines = len(desk.lines())
        before = desk.before
        desk.come_back(kind)
        desk.before, back = before, desk.before
        since = told.now if kind == "kernel" else told.now - HALF_A_SECOND
        check(desk, told, back, "on screen", since=since)
        desk.before = back
        check_back(desk, lines)
    on_disk = Journal.of(desk.folder, "me", COURSE.version)
    for piece, count in person.dismissed.items():
        kept = [name for name in on_disk.answers(piece) if name.startswith(DISMISSED)]
        assert len(kept) >= count
