"""A real exercise's form on an empty page, with no Python behind it: what shows is the front end's own doing."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from workshop.attempt import Attempt
from workshop.course import Value
from workshop.journal import Journal
from workshop.views.form import Form

from .pieces import COURSE

OPEN = """async ([source, style, data]) => {
    const heard = {};
    window.sent = [];
    window.publish = (state) => {
        data.state = state;
        heard["change:state"]();
        const ids = window.sent.flatMap(({ events = [] }) => events.map(({ id }) => id));
        heard["msg:custom"]({ type: "saved", ids });
    };
    const model = {
        get: (name) => data[name],
        on: (name, listener) => { heard[name] = listener; },
        off: () => {},
        send: (message) => { window.sent.push(message); },
    };
    const module = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    const widget = module.default();
    widget.initialize({ model });
    document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
    await widget.render({ model, el: document.body.appendChild(document.createElement("div")) });
}"""


@dataclass(frozen=True)
class LonelyForm:
    """The form on its page, and the attempt that Python would keep."""

    page: Page
    attempt: Attempt

    def field(self, name: str) -> Locator:
        """The control of a field."""
        return self.page.locator(f"[data-field='{name}']").locator("input, textarea").first

    def sent(self) -> dict[str, Any]:
        """The newest value of each field that was sent to Python."""
        messages = self.page.evaluate("window.sent.filter(({ type }) => type === 'answer')")
        return {event["field"]: event["value"] for message in messages for event in message["events"]}

    def save(self, **said: str) -> None:
        """Python saves what was sent, and publishes what follows; ``said`` replaces sentences, by their advice key."""
        state = self.attempt.answer(self.sent()).state
        for advice in state["advice"]:
            advice["text"] = said.get(advice["id"].removeprefix("/"), advice["text"])
        self.page.evaluate("window.publish", state)


def open_lonely(page: Page, folder: Path, piece: str, **answers: Value) -> LonelyForm:
    """The form of a piece with these answers."""
    attempt = Attempt.of(COURSE, piece, Journal.of(folder, "me", COURSE.version)).answer(answers)
    data = {"key": "lonely", "spec": attempt.spec, "state": attempt.state, "results": ""}
    page.evaluate(OPEN, [Form._esm, Form._css, data])
    return LonelyForm(page, attempt)
