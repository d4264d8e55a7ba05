"""The course as frozen data. It knows no file, no notebook and no widget.

``workshop.content`` makes it from text, ``workshop.build`` makes notebooks and notes of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workshop.agenda import Agenda

Value = str | int | float | bool | None
"""What a field of an exercise holds: text, a number, a choice's name, a commitment, or nothing yet."""


ANSWERED = ("exercise", "quiz")
"""The kinds of blocks that participants answer in a form. A quiz block's name is that of its module's quiz."""
TIMED = (*ANSWERED, "facilitator")
"""The kinds of blocks whose minutes make the module's length."""


@dataclass(frozen=True)
class Place:
    """A line of a source file. ``path`` is relative to the folder that holds ``content/``."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Minutes:
    """How long something takes: ``low`` to ``high`` minutes."""

    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.low}" if self.low == self.high else f"{self.low}-{self.high}"

    def __add__(self, other: "Minutes") -> "Minutes":
        return Minutes(self.low + other.low, self.high + other.high)


@dataclass(frozen=True)
class Block:
    """A piece of a source file: a run of prose, a code cell, or a fence with blocks inside.

    ``kind`` is ``prose``, ``code``, or the fence's kind. ``text`` has its facts filled in;
    ``raw`` is what stands in the file, so that an identity made from it survives a new number.
    """

    kind: str
    place: Place
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    raw: str = ""
    children: tuple["Block", ...] = ()

    @property
    def objectives(self) -> tuple[str, ...]:
        """The objectives that an exercise or a question serves, by the ids in the module's head."""
        return tuple(name.strip() for name in self.attributes.get("objective", "").split(",") if name.strip())

    @property
    def prose(self) -> str:
        """The prose directly inside this block, without that of fences within."""
        return "\n\n".join(child.text for child in self.children if child.kind == "prose")

    def walk(self) -> Iterator["Block"]:
        """This block and every block inside it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Module:
    """A module of the course: one Markdown file, one notebook, one page of notes."""

    slug: str
    number: int
    title: str
    place: Place
    summary: str = ""
    """What one does in it, in one sentence: its line in the course's map."""
    after: tuple[str, ...] = ()
    objectives: Mapping[str, str] = field(default_factory=dict)
    """Objective id to the sentence that says what a participant can do afterwards."""
    blocks: tuple[Block, ...] = ()

    @property
    def stem(self) -> str:
        """The file name shared by source, notebook and notes: ``08-your-story``."""
        return f"{self.number:02d}-{self.slug}"

    @property
    def name(self) -> str:
        """What a list of modules calls it: ``8 Your story``."""
        return f"{self.number} {self.title}"

    def walk(self) -> Iterator[Block]:
        """Every block of the module, in the order of the file."""
        for block in self.blocks:
            yield from block.walk()

    @cached_property
    def exercises(self) -> Mapping[str, Minutes]:
        """The module's exercises, in order and with its quiz, and how long each takes."""
        return {b.name: parse_minutes(b.attributes["minutes"]) for b in self.walk() if b.kind in ANSWERED}

    def serving(self, objective: str, kind: str) -> tuple[Block, ...]:
        """The blocks of this kind (``exercise`` or ``question``) that name the objective, in order."""
        return tuple(block for block in self.walk() if block.kind == kind and objective in block.objectives)

    @cached_property
    def minutes(self) -> Minutes:
        """The module's length: its exercises, its quiz and the timed facilitator parts."""
        total = Minutes(0, 0)
        for block in self.walk():
            if block.kind in TIMED and "minutes" in block.attributes:
                total += parse_minutes(block.attributes["minutes"])
        return total


def parse_minutes(text: str) -> Minutes:
    """``"15"`` or ``"15-20"`` as minutes; ValueError for anything else, zero or a falling range."""
    low, _, high = text.partition("-")
    minutes = Minutes(int(low), int(high or low))
    if not 0 < minutes.low <= minutes.high:
        raise ValueError(text)
    return minutes


@dataclass(frozen=True)
class FieldWords:
    """A field's words: its label, its help (Markdown) and the label of each choice."""

    label: str
    help: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FigureWords:
    """The words of a table or chart: its title, its caption, and the labels that its code names."""

    title: str
    caption: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Timer:
    """A stretch of an exercise that is done against the clock: what to do in it, and for how many minutes."""

    label: str
    minutes: int


@dataclass(frozen=True)
class ExerciseWords:
    """Every sentence of an exercise, by the names that its code uses."""

    name: str
    title: str
    place: Place
    intro: str = ""
    on_paper: str = ""
    """The intro without what makes sense on a screen only."""
    fields: Mapping[str, FieldWords] = field(default_factory=dict)
    groups: Mapping[str, FieldWords] = field(default_factory=dict)
    advice: Mapping[str, str] = field(default_factory=dict)
    """Advice key to its sentence, which may hold ``{{ names }}`` of values the code supplies."""
    timers: Sequence[Timer] = ()
    """The stretches that are done against the clock, in order."""


@dataclass(frozen=True)
class Evidence:
    """What a claim from research or practice rests on."""

    key: str
    label: str
    """``strong``, ``mixed``, ``weak`` or ``practice``."""
    source: str
    """Who says so: authors and year."""
    claim: str
    measured: str
    """What was measured, with its figures, as Markdown."""
    against: tuple[str, ...]
    """Results that contradict the claim or limit it, as Markdown."""
    place: Place


@dataclass(frozen=True)
class Fact:
    """One fact of a scenario: a value with its unit and its source."""

    name: str
    value: Decimal | date | str
    unit: str
    source: str
    place: Place

    @property
    def number(self) -> float:
        """The value as a float, in its unit; ValueError for a date or a text."""
        if isinstance(self.value, Decimal):
            return float(self.value)
        raise ValueError(f"{self.name} is no number but {self.value!r}")


@dataclass(frozen=True)
class Event:
    """A line of the case's timeline. ``week`` counts from the planned launch (negative: before)."""

    key: str
    week: float
    known: str
    """``before`` if participants see it before they commit an estimate, else ``after``."""
    title: str
    text: str
    place: Place


@dataclass(frozen=True)
class Dependency:
    """Something that another team promised to deliver."""

    key: str
    team: str
    weeks: float
    """Planned duration, weeks from the project's start."""
    promise: str
    """How it was promised: ``verbal`` or ``contract``."""
    title: str
    text: str
    place: Place
    does: str = ""
    """What it is for, as a predicate: "converts currencies"."""


@dataclass(frozen=True)
class Persona:
    """A file of answers, by exercise and field, as a participant would have typed them."""

    name: str
    title: str
    place: Place
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """The case: its facts (given and derived), its timeline, its dependencies, its data, its personas."""

    name: str
    title: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    """Source id to what it is."""
    timeline: Sequence[Event] = ()
    dependencies: Sequence[Dependency] = ()
    data: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    """Data set name (``mix``, ``decision``, ...) to its rows, each column's cells as text."""
    personas: Mapping[str, Persona] = field(default_factory=dict)


@dataclass(frozen=True)
class Course:
    """All of it."""

    title: str
    version: str
    modules: Sequence[Module]
    """Those that the case can fill, in order."""
    words: Mapping[str, ExerciseWords]
    scenario: Scenario
    left_out: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The stems of the other modules, with the data sets that each needs and the case doesn't have."""
    wording: Sequence[Any] = ()
    """The rules of the wording checks (``workshop.exercises.wording.Rule``)."""
    review: Any = None
    """What the post-mortem holds an action against (``workshop.exercises.strength.Review``)."""
    interface: Mapping[str, str] = field(default_factory=dict)
    """The sentences of the forms themselves: "Saved", "Not saved yet" ..."""
    figures: Mapping[str, FigureWords] = field(default_factory=dict)
    """The words of the tables and charts, by figure."""
    quizzes: Mapping[str, Any] = field(default_factory=dict)
    """The modules' quizzes (``workshop.exercises.quiz.Quiz``), by name. Their words are among ``words``."""
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    """What the course's claims rest on, by key."""
    agendas: Mapping[str, "Agenda"] = field(default_factory=dict)
    """The ways to run the course, by name: ``90``, ``half-day``."""
    guide: str = ""
    """The session guide for facilitators, as Markdown."""
