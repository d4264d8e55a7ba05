"""What an exercise is: fields, rules, and the questions it asks back. Pure: no widget, file, clock or chance.

Code owns names, types, rules and advice *keys*; ``content/exercises/<name>.md`` owns every sentence.
Loading the course checks that both sides have the same names.
"""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from workshop.course import Dependency, Event, Fact, Value
from workshop.errors import AnswerError
from workshop.exercises.days import read_day
from workshop.exercises.rules import Length, outside, read_number
from workshop.exercises.strength import Review

Answers = Mapping[str, Value]
"""Field name to value; a field without an answer is absent, or holds None or ""."""


def is_answer(value: Value) -> bool:
    """Whether a field holds something: zero is an answer; nothing, a blank text and an open commitment are none."""
    return value is not None and value is not False and str(value).strip() != ""


@dataclass(frozen=True)
class Field:
    """One thing that a participant fills in.

    ``line`` is a short text, ``text`` a long one, ``number`` a float within ``minimum`` and ``maximum`` in ``unit``,
    ``slider`` such a number that moves in ``step`` and counts as ``base`` until it is moved, ``choice`` one of
    ``choices``, ``commit`` a promise not to change the answers before it.

    A label comes from ``content/``. Where it is the case's own, or the participant's own words, ``label`` and
    ``labels`` (one for each of ``choices``, "" for content's) stand in for it; see ``Exercise.fitted``.
    """

    name: str
    kind: Literal["line", "text", "number", "slider", "choice", "commit"] = "text"
    group: str = ""
    choices: tuple[str, ...] = ()
    minimum: float = -math.inf
    maximum: float = math.inf
    unit: str = ""
    optional: bool = False
    step: float = 0.0
    base: float = 0.0
    label: str = ""
    labels: tuple[str, ...] = ()
    rows: str = ""
    """The name of the repeating group that the field belongs to; see ``rows``."""
    row: int = 0
    """Which row of that group, from 1."""
    quote: str = ""
    """The participant's own words that the field asks about; they stand before its label."""
    spare: bool = False
    """The row is offered and not asked for: only once it is begun, its fields want an answer."""
    role: Literal["", "theme", "votes"] = ""
    """What a column does for its rows: rows with the same ``theme`` can stand together, ``votes`` can be counted up."""
    order: Literal["", "highest", "earliest"] = ""
    """What the rows can be put in the order of: the ``highest`` number first, or the ``earliest`` moment."""

    @property
    def words(self) -> str:
        """The name of its words in ``content/``: one label serves a column in every row."""
        return self.name.replace(f".{self.row}.", ".", 1) if self.row else self.name

    def read(self, value: Any) -> Value:
        """``value`` as this field holds it. None and "" take an answer back. AnswerError says why not."""
        if value is None or value == "":
            return None
        if self.kind in ("number", "slider"):
            return self._number(value) if is_answer(value) else None
        if self.kind == "choice":
            if str(value) not in self.choices:
                raise AnswerError(f"{self.name!r} is one of {', '.join(self.choices)}, not {value!r}.")
            return str(value)
        if self.kind == "commit":
            if str(value).lower() not in ("true", "false"):
                raise AnswerError(f"{self.name!r} is true or false, not {value!r}.")
            return str(value).lower() == "true"
        if not isinstance(value, str):
            raise AnswerError(f"{self.name!r} is a text, not {value!r}.")
        return value

    def _number(self, value: Any) -> float:
        number = read_number(str(value), self.unit)
        if number is None or outside(number, self.minimum, self.maximum):
            low, high = f"{self.minimum:g}", f"{self.maximum:g}"
            raise AnswerError(
                f"{self.name!r} is a number from {low} to {high} {self.unit}".rstrip() + f", not {value!r}."
            )
        return number


@dataclass(frozen=True)
class Row:
    """A row of a repeating group that holds something: its number, and its answers by column."""

    number: int
    values: Mapping[str, Value]


def rows(name: str, most: int, columns: Sequence[Field], *, least: int = 1) -> tuple[Field, ...]:
    """A group that repeats up to ``most`` times: fields ``risk.1.cause``, ``risk.1.effect``, ``risk.2.cause`` ...

    ``least`` rows are asked for; the others are there for whoever begins them.
    """
    return tuple(
        replace(
            column,
            name=f"{name}.{number}.{column.name}",
            group=f"{name}.{number}",
            rows=name,
            row=number,
            spare=number > least,
        )
        for number in range(1, most + 1)
        for column in columns
    )


def filled(answers: Answers, name: str) -> list[Row]:
    """The rows of the group ``name`` that hold any answer, in order; empty cells are left out."""
    found: dict[int, dict[str, Value]] = {}
    for field, value in answers.items():
        group, _, rest = field.partition(".")
        number, _, column = rest.partition(".")
        if group == name and column and is_answer(value):
            found.setdefault(int(number), {})[column] = value
    return [Row(number, found[number]) for number in sorted(found)]


@dataclass(frozen=True)
class Advice:
    """Something the exercise says back, by the key of its sentence.

    ``ask`` is a question about the answer, which may be dismissed; ``tell`` states a result.
    ``quotes`` are the participant's own words that it means; ``values`` fill the sentence's ``{{ names }}``.
    """

    key: str
    field: str = ""
    kind: Literal["ask", "tell"] = "ask"
    quotes: tuple[str, ...] = ()
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """What an exercise may know of what is around it: the scenario, the wording rules, and the participant's answers.

    ``data``, ``dependencies`` and ``timeline`` are the scenario's; ``answers`` holds, by exercise, those that
    ``Exercise.reads`` names; ``review`` is what the post-mortem holds an answer against.
    """

    facts: Mapping[str, Fact] = dataclasses.field(default_factory=dict)
    wording: Sequence[Any] = ()
    data: Mapping[str, Sequence[Mapping[str, str]]] = dataclasses.field(default_factory=dict)
    dependencies: Sequence[Dependency] = ()
    timeline: Sequence[Event] = ()
    answers: Mapping[str, Answers] = dataclasses.field(default_factory=dict)
    review: Review = dataclasses.field(default_factory=Review)


class Exercise:
    """The base of every exercise. A subclass states its data and overrides the methods that it needs."""

    name: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    keys: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Advice key to the names of the values that its sentence may use."""
    exports: ClassVar[tuple[str, ...]] = ()
    """The formats in which the answers can be taken along: ``docx``, ``md``, ``html``, ``csv`` ..."""
    uses: ClassVar[tuple[str, ...]] = ()
    """The facts of the scenario that the exercise's arithmetic rests on."""
    reads: ClassVar[tuple[str, ...]] = ()
    """The other exercises whose answers this one looks at, in ``Case.answers``."""
    length: ClassVar[Length | None] = None
    """The rule about how long its texts are together; ``about_length`` says what it says."""

    def fitted(self, case: Case) -> tuple[Field, ...]:
        """The fields as this case has them: with its bounds, its choices and its own words. A part may be left out."""
        return self.fields

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """What the exercise says back to these answers."""
        return []

    def moments(self, answers: Answers, case: Case) -> dict[str, float]:
        """When the answers are that rows can be put in the order of, by field; without those that can't be read."""
        told = {f.name: str(answers.get(f.name) or "") for f in self.fields if f.order == "earliest"}
        return {name: when for name, text in told.items() if (when := self.moment(text, case)) is not None}

    def moment(self, text: str, case: Case) -> float | None:
        """The moment that ``text`` means, in days or any unit of the exercise's own; None if it means none."""
        day = read_day(text)
        return None if day is None else float(day.toordinal())

    def about_length(self, answers: Answers) -> list[Advice]:
        """How long the texts of ``length`` are together; nothing before the first word, or without such a rule."""
        texts = {name: str(value) for name, value in answers.items() if is_answer(value)}
        if not self.length or not (said := self.length.said(texts)):
            return []
        key, values = said
        kind: Literal["ask", "tell"] = "ask" if key.endswith((".long", ".short")) else "tell"
        return [Advice(key, kind=kind, values=values)]

    def locked(self, answers: Answers) -> frozenset[str]:
        """The fields that these answers have closed: once a ``commit`` is true, every field."""
        committed = any(answers.get(f.name) is True for f in self.fields if f.kind == "commit")
        return frozenset(f.name for f in self.fields) if committed else frozenset()

    def missing(self, answers: Answers) -> tuple[str, ...]:
        """The fields, in order, that still want an answer. A slider wants none, and a spare row none until begun."""
        answered = {name for name, value in answers.items() if is_answer(value)}
        begun = {f.group for f in self.fields if f.row and f.name in answered}
        wanted = (f for f in self.fields if not f.optional and f.kind != "slider")
        return tuple(f.name for f in wanted if f.name not in answered and (not f.spare or f.group in begun))
