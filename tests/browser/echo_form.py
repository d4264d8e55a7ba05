"""Runs in the tests' notebook: a form whose receiver writes down every message and saves answers in a file.

Files beside the notebook steer it: while ``full`` exists the disk is full; ``<key>.elsewhere.json`` holds what
another window has answered.
"""

import json
from pathlib import Path
from typing import Any

from IPython.display import HTML, display

from workshop.views.form import Form

WORDS = {
    "empty": "Nothing yet",
    "saving": "Saving",
    "saved": "Saved",
    "unsaved": "Not saved yet",
    "except": "Saved, except: {{ names }}",
    "recovered": "Recovered: {{ n }}",
    "unreachable": "Nobody there",
    "optional": "optional",
    "dismiss": "I mean it",
    "not_a_number": "A number, please",
    "too_low": "At least {{ bound }}",
    "too_high": "At most {{ bound }}",
    "copy": "Copy my answers",
    "copied": "Copied",
    "retry": "Try again",
    "open": "Still open: {{ n }}",
    "add_row": "Add another: {{ name }}",
    "remove_row": "Remove {{ name }}",
    "removed_row": "{{ name }} is removed.",
    "undo_row": "Bring it back",
    "row_asks": "Questions: {{ n }}",
    "order": "Order",
    "order_written": "As written",
    "order_highest": "{{ label }}, highest first",
    "order_earliest": "{{ label }}, earliest first",
    "order_theme": "{{ label }}, in groups",
    "order_again": "Put in order again",
    "ordered": "{{ order }}. At the top: {{ name }}",
    "fold_all": "Fold all",
    "theme_none": "{{ label }}: none yet",
    "theme_rows": "{{ n }} here",
    "theme_votes": "{{ label }}: {{ n }}",
    "vote_more": "One more for {{ name }}",
    "vote_less": "One less for {{ name }}",
    "voted": "{{ label }} for {{ name }}: {{ n }}",
    "slider_back": "Back to {{ value }}",
    "timer": "Clock",
    "timer_of": "{{ n }} of {{ count }}",
    "timer_start": "Start",
    "timer_pause": "Pause",
    "timer_next": "Next",
    "timer_again": "From the beginning",
    "timer_over": "Time is up: {{ label }}",
}


def field(name: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "help": "",
        "choices": [],
        "unit": "",
        "minimum": None,
        "maximum": None,
        "optional": False,
        "timed": False,
    }
    return {**plain, "name": name, "kind": kind, "label": label, **more}


CHOICES = [{"value": value, "label": value} for value in ("mine", "shared", "theirs")]
FIELDS = [
    field("title", "line", "Title", optional=True),  # named like other parts of a form, whose ids must not meet
    field("situation", "text", "Situation", help="<p>Where were you?</p>"),
    field("control", "choice", "In whose control?", choices=CHOICES),
    field("loss", "number", "Loss", unit="$M", minimum=10, maximum=100),
    field("sure", "commit", "That is my estimate"),
]
NAMES = [each["name"] for each in FIELDS]
GROUPS = [{"name": "all", "title": "All of it", "help": "", "fields": FIELDS}]


def risk(number: int) -> dict[str, Any]:
    """A row of a repeating group; the first is asked for, the others are spare."""
    columns = [field(f"risk.{number}.cause", "text", "Cause"), field(f"risk.{number}.odds", "number", "Odds", unit="%")]
    row = {"rows": "risk", "row": number, "spare": number > 1}
    return {"name": f"risk.{number}", "title": f"Risk {number}", "help": "", "fields": columns, **row}


SHARE = field("share", "slider", "Share", unit="%", minimum=0, maximum=100, step=5, base=60)
BOARD = [*map(risk, (1, 2, 3)), {"name": "", "title": "", "help": "", "fields": [SHARE]}]


def note(number: int) -> dict[str, Any]:
    """A row on a wall: it has a theme, votes, and a day that only Python can read. The last two are spare."""
    columns = [
        field(f"note.{number}.what", "line", "What"),
        field(f"note.{number}.theme", "line", "Theme", role="theme"),
        field(f"note.{number}.votes", "number", "Votes", minimum=0, maximum=3, role="votes", order="highest"),
        field(f"note.{number}.day", "line", "Day", order="earliest"),
    ]
    row = {"rows": "note", "row": number, "spare": number > 3}
    return {"name": f"note.{number}", "title": f"Note {number}", "help": "", "fields": columns, **row}


WALL = [note(number) for number in range(1, 6)]
DAYS = {"Monday": 1, "Tuesday": 2, "Friday": 5}


class Echo:
    """Answers in ``<key>.jsonl``, one event a line; every message in ``messages.jsonl``."""

    def __init__(self, key: str) -> None:
        self.journal = Path(f"{key}.jsonl")
        self.dismissed: set[str] = set()
        groups = {"board": BOARD, "wall": WALL}.get(key, GROUPS)
        timers = [{"label": "Tell", "minutes": 1}, {"label": "Ask", "minutes": 2}] if key == "board" else []
        actions = [{"name": "export", "label": "Export"}, {"name": "fail", "label": "Fail"}]
        spec = {"title": key, "intro": "", "words": WORDS, "groups": groups, "actions": actions, "copy": key}
        self.form = Form(key, {**spec, "timers": timers}, self.state(), self.receive, self.results())
        display(self.form)

    def events(self) -> list[dict[str, Any]]:
        if not self.journal.exists():
            return []
        return [json.loads(line) for line in self.journal.read_text().splitlines()]

    def state(self) -> dict[str, Any]:
        values = {event["field"]: event["value"] for event in self.events()}
        newest = {event["field"]: event["id"] for event in self.events()}
        elsewhere = self.journal.with_suffix(".elsewhere.json")
        if elsewhere.exists():
            values |= json.loads(elsewhere.read_text())
        asked = {
            "we": ("Who is we?", "situation", " we " in f" {values.get('situation')} "),
            "many": ("Say it shorter?", "situation", len(values.get("situation") or "") > 20),
        }
        advice = [
            {"id": key, "field": where, "kind": "ask", "text": text, "quotes": [key], "dismissable": True}
            for key, (text, where, holds) in asked.items()
            if holds and key not in self.dismissed
        ]
        missing = [name for name in NAMES[1:] if not values.get(name)]
        locked = NAMES if values.get("sure") else []
        moments = {name: DAYS[value] for name, value in values.items() if value in DAYS}
        state = {"values": values, "newest": newest, "locked": locked, "advice": advice, "moments": moments}
        return {**state, "notice": "", "missing": missing}

    def results(self) -> str:
        """What follows from the answers, with a part that the reader may unfold."""
        share = self.state()["values"].get("share", "no")
        return f"<p>Share: {share}</p><details><summary>Numbers</summary><p>In full: {share}</p></details>"

    def receive(self, message: dict[str, Any]) -> list[dict[str, Any]]:
        with Path("messages.jsonl").open("a") as log:
            log.write(json.dumps(message) + "\n")
        if message["type"] == "answer":
            return self.save(message["events"])
        if message["type"] == "action":
            ok = message["name"] == "export"
            text = "It is done" if ok else "It went wrong"
            return [{"type": "done", "name": message["name"], "ok": ok, "text": text}]
        if message["type"] == "dismiss":
            self.dismissed.add(message["advice"])
        self.form.state = self.state()
        return []

    def save(self, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        ids = [event["id"] for event in events]
        if Path("full").exists():
            return [{"type": "failed", "ids": ids, "text": "The disk is full"}]
        if refused := [event["id"] for event in events if event["field"] == "loss" and event["value"] == 66]:
            return [{"type": "refused", "id": refused[0], "text": "Anything but 66"}]
        known = {event["id"] for event in self.events()}
        with self.journal.open("a") as journal:
            journal.writelines(json.dumps(event) + "\n" for event in events if event["id"] not in known)
        self.form.state, self.form.results = self.state(), self.results()
        return [{"type": "saved", "ids": ids}]


def show_copy(key: str) -> None:
    display(HTML(f'<div class="ff-copy" data-key="{key}">Printed copy of {key}</div>'))
