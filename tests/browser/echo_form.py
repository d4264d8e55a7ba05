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
    "copy": "Copy my answers",
    "copied": "Copied",
    "retry": "Try again",
    "open": "Still open: {{ n }}",
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


class Echo:
    """Answers in ``<key>.jsonl``, one event a line; every message in ``messages.jsonl``."""

    def __init__(self, key: str) -> None:
        self.journal = Path(f"{key}.jsonl")
        self.dismissed: set[str] = set()
        groups = [{"name": "all", "title": "All of it", "help": "", "fields": FIELDS}]
        actions = [{"name": "export", "label": "Export"}, {"name": "fail", "label": "Fail"}]
        spec = {"title": key, "intro": "", "words": WORDS, "groups": groups, "actions": actions, "copy": key}
        self.form = Form(key, spec, self.state(), self.receive)
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
        state = {"values": values, "newest": newest, "locked": locked, "advice": advice}
        return {**state, "notice": "", "missing": missing}

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
        if refused := [event["id"] for event in events if event["field"] == "loss" and (event["value"] or 10) > 100]:
            return [{"type": "refused", "id": refused[0], "text": "At most 100"}]
        known = {event["id"] for event in self.events()}
        with self.journal.open("a") as journal:
            journal.writelines(json.dumps(event) + "\n" for event in events if event["id"] not in known)
        self.form.state = self.state()
        return [{"type": "saved", "ids": ids}]


def show_copy(key: str) -> None:
    display(HTML(f'<div class="ff-copy" data-key="{key}">Printed copy of {key}</div>'))
