"""A participant's attempt at an exercise: the one place where model, journal and view meet."""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workshop import onscreen
from workshop.course import Course, Value
from workshop.errors import AnswerError, ExportError, JournalError, UnknownName
from workshop.exercises import EXERCISES
from workshop.exercises.base import Answers, Case, Exercise, Field
from workshop.facts import fill_in
from workshop.files import write_file
from workshop.journal import Entry, Journal
from workshop.views.card import Card
from workshop.views.documents import DOCUMENTS, WRITERS, Document
from workshop.views.printed import printed_html, printed_text
from workshop.views.results import RESULTS
from workshop.views.sheet import Spec, State, build_spec, labels_of, say, writable
from workshop.workspace import IN_BROWSER

if TYPE_CHECKING:
    from workshop.views.chart import Chart
    from workshop.views.live import Live
    from workshop.views.table import Table

DISMISSED = "dismissed/"
"""Journal fields that begin so hold a question that the participant put aside."""

Message = dict[str, Any]


class Attempt:
    """One exercise with one participant's answers.

    As a cell's last value it shows the form; ``answer(...)`` does from Python what typing does in the form. Every
    answer is on disk before this object says that it is saved.
    """

    def __init__(self, exercise: Exercise, course: Course, journal: Journal) -> None:
        self.exercise, self.course, self.journal = exercise, course, journal
        self.words, self._interface = course.words[exercise.name], course.interface
        self._lock = threading.RLock()  # messages from the browser come on a thread of their own
        self._live: Live | None = None

    @classmethod
    def of(cls, course: Course, name: str, journal: Journal) -> "Attempt":
        """The attempt at the course's exercise or quiz ``name``; UnknownName if there is none of that name."""
        known = {**EXERCISES, **course.quizzes}
        if name not in course.words:
            raise UnknownName("exercise", name, course.words)
        return cls(known[name], course, journal)

    @property
    def case(self) -> Case:
        """What the exercise may know of what is around it, with the participant's answers of this moment."""
        course, case = self.course, self.course.scenario
        others = {
            name: Attempt.of(course, name, self.journal).answers if name in course.words else {}
            for name in self.exercise.reads
        }
        return Case(case.facts, course.wording, case.data, case.dependencies, case.timeline, others, course.review)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The exercise's fields as they were fitted to the case at the last look."""
        return self.exercise.fitted(self.case)

    def _fit(self, case: Case) -> None:
        """Fit the fields anew: what other exercises hold may have become a label or a choice of this one."""
        fields = self.exercise.fitted(case)
        if fields != self.__dict__.get("fields"):
            self.fields = fields
            self.__dict__.pop("spec", None)

    # What a notebook's reader calls

    def answer(self, values: Mapping[str, Value] | None = None, /, **more: Value) -> "Attempt":
        """Answer fields by name, as typing into the form would.

        Names with a dot, such as ``risk.1.cause``, come in a mapping. Raises UnknownName for a field that the
        exercise doesn't have, AnswerError for a value that the field can't take or an answer that a commitment has
        locked, JournalError if it can't be saved.
        """
        values = {**(values or {}), **more}
        with self._lock:
            for name in values:
                self._field(name)
            answers, entries = self.answers, []
            for field in self.fields:
                if field.name in values:
                    answers[field.name] = self._checked(field, values[field.name], answers)
                    entries.append(self.journal.entry(self.exercise.name, field.name, answers[field.name]))
            self.journal.append(entries)
            self._show_news_everywhere()
        return self

    @property
    def answers(self) -> dict[str, Value]:
        """The answers so far, by field. Answers to fields that the exercise no longer has stay in the journal only."""
        return self._as_fields(self.journal.answers(self.exercise.name))

    def _as_fields(self, kept: Mapping[str, Value]) -> dict[str, Value]:
        """What the journal has kept, as today's fields hold it."""
        answers = {}
        for field in self.fields:
            try:
                answers[field.name] = field.read(kept.get(field.name))
            except AnswerError:
                answers[field.name] = None  # an older course's answer that the field can't take today
        return answers

    @property
    def advice(self) -> list[str]:
        """What the exercise says back to the answers so far, questions first come first served."""
        return [advice["text"] for advice in self.state["advice"]]

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that still want an answer."""
        return self._missing(self.answers)

    def _missing(self, answers: Answers) -> tuple[str, ...]:
        here = {field.name for field in self.fields}
        return tuple(name for name in self.exercise.missing(answers) if name in here)

    # What views show

    @cached_property
    def spec(self) -> Spec:
        """The form's structure and words."""
        copy = f"{self.journal.path.stem}/{self.exercise.name}"
        return build_spec(self.exercise, self.fields, self.words, self._interface, copy)

    @property
    def state(self) -> State:
        """What the form shows: values, locked fields, what the exercise says back, and trouble with the journal."""
        return self._look()[0]

    @property
    def results(self) -> Sequence["Table | Chart"]:
        """The tables and charts that follow from the answers so far."""
        return self._look()[1]

    def _look(self) -> tuple[State, Sequence["Table | Chart"]]:
        """State and results, from one reading of the journal."""
        case = self.case
        self._fit(case)
        stored = self.journal.answers(self.exercise.name)
        answers = self._as_fields(stored)
        show = RESULTS.get(self.exercise.name)
        dismissed = {name.removeprefix(DISMISSED) for name in stored if name.startswith(DISMISSED)}
        sentences = self.words.advice
        said = [say(advice, sentences) for advice in self.exercise.advise(answers, case)]
        state = {
            "values": answers,
            "newest": self.journal.newest(self.exercise.name),
            "locked": sorted(self.exercise.locked(answers)),
            "missing": list(self._missing(answers)),
            "moments": self.exercise.moments(answers, case),
            "advice": [item for item in said if item["id"] not in dismissed],
            "notice": self._notice(),
        }
        return state, show(answers, case, self.course.figures) if show else ()

    def __repr__(self) -> str:
        state, results = self._look()
        return printed_text(self.spec, state, results)

    def _repr_html_(self) -> str:
        state, results = self._look()
        return printed_html(self.spec, state, results)

    def _ipython_display_(self) -> None:
        """Show the live form, and below it the printed copy that stays in the saved notebook."""
        from workshop.views.live import Live

        with self._lock:
            state, results = self._look()
            self._live = Live(self._outbox_key, self.receive, self.spec, state, results)
            onscreen.show(self._outbox_key, self)

    # What the browser sends

    def receive(self, message: Message) -> list[Message]:
        """Take a message from the form and return the replies. The view calls this; nothing else needs to."""
        with self._lock:
            try:
                if message["type"] == "answer":
                    return self._receive_answers(message["events"])
                if message["type"] == "dismiss":
                    self.journal.write(self.exercise.name, DISMISSED + str(message["advice"]), True)
                if message["type"] == "action":
                    return [self._export_from_form()]
                self._show_news()
            except JournalError as error:
                ids = [event["id"] for event in message.get("events", ())]
                return [{"type": "failed", "ids": ids, "text": str(error)}]
        return []

    def _receive_answers(self, events: Sequence[Mapping[str, Any]]) -> list[Message]:
        refusals: list[Message] = []
        saved: list[str] = []
        entries: list[Entry] = []
        answers = self.answers
        for event in events:
            if self.journal.knows(event["id"]):  # sent again, because its acknowledgement got lost
                saved.append(event["id"])
                continue
            try:
                field = self._field(event["field"])
                # Against the answers before it in this message, too: a commitment may follow what it needs.
                value = self._checked(field, event["value"], answers)
            except (AnswerError, UnknownName) as error:
                refusals.append({"type": "refused", "id": event["id"], "text": str(error)})
                continue
            answers[field.name] = value
            # Only a draft that was typed while no kernel listened may turn out to be older than the file.
            over = (event.get("over") or "") if event.get("late") else None
            entries.append(self.journal.entry(self.exercise.name, field.name, value, event["id"], over))
        self.journal.append(entries)
        self._show_news_everywhere()
        saved += [entry.id for entry in entries]
        return [{"type": "saved", "ids": saved}, *refusals] if saved else refusals

    def _field(self, name: str) -> Field:
        fields = {field.name: field for field in self.fields}
        if name not in fields:
            raise UnknownName("field", name, fields, f"the exercise {self.exercise.name!r}")
        return fields[name]

    def _checked(self, field: Field, value: Any, answers: Mapping[str, Value]) -> Value:
        """The value as the field holds it; AnswerError if it can't, or if a commitment stands in the way."""
        if field.name in self.exercise.locked(answers):
            raise AnswerError(self._interface["locked"])
        read = field.read(value)
        before = [name for name in self._missing(answers) if name != field.name]
        if field.kind == "commit" and read is True and before:
            raise AnswerError(self._sentence("commit_missing", names=labels_of(self.spec, before)))
        return read

    def _show_news(self) -> None:
        """Bring what is on screen up to date with the journal."""
        if self._live:
            state, results = self._look()
            self._live.show(self.spec, state, results)

    def _show_news_everywhere(self) -> None:
        """Bring this form up to date, and all beside it that shows this exercise's answers."""
        self._show_news()
        onscreen.saved(self.exercise.name, self.journal.path)

    def follow(self, exercise: str, journal: Path) -> None:
        """Bring the form up to date if it looks at this exercise's answers."""
        if exercise in self.exercise.reads and journal == self.journal.path:
            with self._lock:
                self._show_news()

    @property
    def _outbox_key(self) -> str:
        """Names the browser's outbox: this participant's exercise in this folder, whatever the notebook is called."""
        folder = hashlib.sha256(str(self.journal.path.resolve()).encode()).hexdigest()[:12]
        return f"{folder}/{self.exercise.name}"

    def _notice(self) -> str:
        lines = ", ".join(str(line) for line in self.journal.unreadable)
        return self._sentence("unreadable", lines=lines, file=self.journal.path.name) if lines else ""

    def _sentence(self, key: str, **values: str) -> str:
        return fill_in(self._interface[key], **values)

    # What can be taken along

    @property
    def card(self) -> Card:
        """The answers so far as a page to take along."""
        return self._document.card

    @property
    def _document(self) -> Document:
        state, results = self._look()
        return Document(self.spec, state, results, self.case)

    def export(self, *formats: str, folder: Path | None = None) -> list[Path]:
        """Write the answers in these formats (all that the exercise has, if none is named) and return the files.

        They go to ``exports/`` in the workspace. ExportError says what went wrong, UnknownName names a format that
        this exercise doesn't have; a half-written file never replaces a good one.
        """
        offered = writable(self.exercise.exports)
        if not offered:
            raise ExportError(f"The exercise {self.exercise.name!r} has nothing to take along.")
        for name in formats:
            if name not in offered:
                raise UnknownName("format", name, offered, f"the exercise {self.exercise.name!r}")
        writers = {**WRITERS, **DOCUMENTS.get(self.exercise.name, {})}
        document = self._document
        into = folder or self.journal.path.parent.parent / "exports"
        written = []
        for name in formats or offered:
            path = into / f"{self.exercise.name}-{self.journal.path.stem}.{name}"
            try:
                write_file(path, writers[name](document))
            except OSError as error:
                reason = self._sentence("export_failed", file=str(path), reason=str(error.strerror))
                raise ExportError(reason) from error
            written.append(path)
        return written

    def export_report(self, written: Sequence[Path]) -> str:
        """The sentence that says where the files are and what is still open."""
        names = labels_of(self.spec, self.missing)
        lacks = self._sentence("missing", names=names) if names else self._interface["card_complete"]
        files = ", ".join(f"{path.parent.name}/{path.name}" for path in written)
        said = [self._sentence("exported", files=files)]
        if written and not IN_BROWSER:
            said.append(self._sentence("exported_folder", folder=str(written[0].parent.resolve())))
        more = {"no_word": writable(self.exercise.exports) != self.exercise.exports, "site_exported": IN_BROWSER}
        told = [self._interface[key] for key, so in more.items() if so]
        return " ".join([*said, lacks, *told])

    def _export_from_form(self) -> Message:
        try:
            text = self.export_report(self.export())
        except ExportError as error:
            return {"type": "done", "name": "export", "ok": False, "text": str(error)}
        return {"type": "done", "name": "export", "ok": True, "text": text}
