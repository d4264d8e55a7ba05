"""Somebody who fills in forms with real keys and a real mouse, at random, and what they saw on the page meanwhile."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page

from workshop.course import Value
from workshop.errors import AnswerError
from workshop.exercises.base import Field

from .pieces import COURSE, form_of

WORDS = ("we planned twelve days", "the vendor let us down", "nobody could have known", "until week 3", "so", "and")
WATCH = """() => {
    const values = (form) => Object.fromEntries([...form.querySelectorAll("[data-field]")].map((frame) => {
        const input = frame.querySelector("input, textarea");
        const kind = (name) => frame.classList.contains(`ff-${name}`);
        const value = kind("choice") ? frame.querySelector("input:checked")?.value
            : kind("commit") ? input.checked
            : kind("slider") ? (frame.querySelector(".ff-slide button").hidden ? null : Number(input.value))
            : kind("number") ? input.value.trim() && Number(input.value)
            : input.value;
        return [frame.dataset.field, value === undefined || value === "" || value === false ? null : value];
    }));
    const title = (form) => form.querySelector("h3").textContent;
    const forms = () => [...document.querySelectorAll(".ff-form")];
    const screen = () => Object.fromEntries(forms().map((form) => [title(form), values(form)]));
    const watch = { log: [], said: {}, seen: screen(), screen };
    const note = (event) => {
        // The button that was clicked may be gone from the form by now.
        const form = event.composedPath().find((node) => node.classList?.contains("ff-form"));
        if (!form) return;
        const name = title(form), now = values(form), before = watch.seen[name] ?? {};
        for (const [field, value] of Object.entries(now)) {
            if (value !== (before[field] ?? null)) watch.log.push([performance.now(), name, field, value]);
        }
        watch.seen[name] = now;
    };
    window.watching?.abort();
    window.watching = new AbortController();
    for (const type of ["input", "change", "click"]) document.addEventListener(type, note, window.watching);
    const observer = new MutationObserver((records) => {
        for (const { target } of records) {
            const form = target.closest(".ff-form");
            if (form && /^(saved|recovered)$/.test(target.dataset.kind)) watch.said[title(form)] = watch.log.length;
        }
    });
    observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-kind"] });
    window.watching.signal.addEventListener("abort", () => observer.disconnect());
    window.watch = watch;
}"""
"""Notes in the page each change on screen with its time, and how many of them each form has said to be saved."""


@dataclass(frozen=True)
class Seen:
    """What the page has noted: each change of a field on screen, in order, as (ms, title, field, value); how many of
    the changes stood there when a form last said "Saved", by its title; and the time now on the page's clock."""

    log: Sequence[tuple[float, str, str, Value]]
    said: dict[str, int]
    now: float


def watch(page: Page) -> None:
    """Begin to note what stands on screen; what was noted before is forgotten."""
    page.evaluate(WATCH)


def seen(page: Page) -> Seen:
    """What was noted since ``watch``."""
    told = page.evaluate("({ log: watch.log, said: watch.said, now: performance.now() })")
    return Seen([(at, title, name, value) for at, title, name, value in told["log"]], told["said"], told["now"])


def screen(page: Page) -> dict[str, dict[str, Value]]:
    """What each form on the page shows now: values by field, by the form's title."""
    shown: dict[str, dict[str, Value]] = page.evaluate("watch.screen()")
    return shown


@dataclass
class Person:
    """Does one thing after the other. ``dismissed`` counts the questions put aside, by piece, that went away."""

    chance: random.Random
    dismissed: dict[str, int] = field(default_factory=dict)

    def act(self, page: Page, piece: str, fields: Sequence[Field]) -> None:
        """One small thing in one form, as far as it has anything to do."""
        form = form_of(page, piece)
        ways = [self.fill, self.fill, self.fill, self.fill, self.add_row, self.remove_row, self.dismiss]
        self.chance.choice(ways)(page, piece, form, {each.name: each for each in fields})

    def fill(self, page: Page, piece: str, form: Locator, fields: dict[str, Field]) -> None:
        """Answer a field that is in sight, a promise aside."""
        names = form.evaluate(
            """(form) => [...form.querySelectorAll("[data-field]:not(.ff-commit)")]
                .filter((frame) => frame.checkVisibility()).map((frame) => frame.dataset.field)"""
        )
        if names:
            name = self.chance.choice(names)
            self.answer(page, form.locator(f'[data-field="{name}"]'), fields[name])

    def answer(self, page: Page, frame: Locator, field: Field) -> None:
        """Answer this field."""
        if field.kind == "choice":
            frame.locator("label.ff-box").nth(self.chance.randrange(len(field.choices))).click()
            return
        frame.locator("input, textarea").first.evaluate("(input) => input.focus()")
        if field.kind == "slider":
            key = self.chance.choice(["ArrowRight", "ArrowLeft"])
            for _ in range(self.chance.randrange(1, 6)):
                page.keyboard.press(key)
        elif field.kind == "number":
            low = max(field.minimum, 0)
            page.keyboard.press("Control+A")
            page.keyboard.type(str(int(self.chance.uniform(low, min(field.maximum, low + 60)))), delay=20)
        else:
            page.keyboard.press(self.chance.choice(["Control+A", "Control+End", "Control+Home"]))
            self.type(page)

    def type(self, page: Page) -> None:
        """A few words where the caret is, at some speed."""
        text = " ".join(self.chance.choices(WORDS, k=self.chance.randrange(1, 4)))
        page.keyboard.type(f"{text} {self.chance.randrange(100)}", delay=self.chance.randrange(0, 25))

    def add_row(self, page: Page, piece: str, form: Locator, fields: dict[str, Field]) -> None:
        """Ask for another row and begin it: the focus is in its first field."""
        more = form.locator(".ff-rows > .ff-actions > button:visible")
        if more.count():
            more.first.click()
            name = page.evaluate("document.activeElement.closest('[data-field]').dataset.field")
            self.answer(page, form.locator(f'[data-field="{name}"]'), fields[name])

    def remove_row(self, page: Page, piece: str, form: Locator, fields: dict[str, Field]) -> None:
        """Remove a row, and perhaps bring it back."""
        remove = form.locator("details.ff-row > button:visible")
        if remove.count():
            remove.last.click()
            if self.chance.random() < 0.5:
                form.locator(".ff-undo button").click()

    def dismiss(self, page: Page, piece: str, form: Locator, fields: dict[str, Field]) -> None:
        """Put a question aside and wait until it is gone."""
        buttons = form.locator(".ff-ask button:visible")
        before = buttons.count()
        if before:
            question = form.locator(".ff-ask").filter(has=page.locator("button:visible")).first.element_handle()
            buttons.first.click()
            page.wait_for_function("(node) => !node.isConnected", arg=question)
            self.dismissed[piece] = self.dismissed.get(piece, 0) + 1

    def commit(self, page: Page, piece: str) -> None:
        """Make the form's promise, where it has one that isn't made yet."""
        boxes = form_of(page, piece).locator(".ff-commit input")
        if boxes.count() and not boxes.first.is_checked():
            boxes.first.click()


def title_of(piece: str) -> str:
    """The title of the piece's form, by which the page knows it."""
    return COURSE.words[piece].title


def holds(field: Field, value: Any) -> bool:
    """Whether the field can take what stands on screen; what it can't, such as half a number, is not an answer."""
    try:
        field.read(value)
    except AnswerError:
        return False
    return True
