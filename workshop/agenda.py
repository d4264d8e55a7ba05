"""Agendas as frozen data: which modules a session runs, in which cut, and what each minute is for.

``content/agendas/*.md`` is read into these by ``workshop.content.agendas``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workshop.course import Block, Minutes, Place


@dataclass(frozen=True)
class Step:
    """A piece of a slot: an exercise in this cut, or something that the facilitator does besides.

    ``span`` is how short and how long it may get, ``minutes`` what the agenda plans. ``parts`` are what the facilitator
    says and does; those of an exercise stand for the parts of the same kind in the module.
    """

    title: str
    minutes: int
    span: Minutes
    place: Place
    exercise: str = ""
    cut: str = ""
    """What is left out, where an exercise gets less than its shortest time."""
    asks: tuple[str, ...] | None = None
    """The groups and fields of the exercise's form that are filled in here; None for all of them."""
    reads: tuple[str, ...] = ()
    """Headings of the module whose text is read aloud or silently here."""
    shows: tuple[str, ...] = ()
    """Tables and charts of the case that are looked at here."""
    parts: tuple[Block, ...] = ()
    notes: tuple[Block, ...] = ()
    """Parts of the module that belong to this step and take no time of their own."""


@dataclass(frozen=True)
class CutPoint:
    """What can be left out when the session is late, and how many minutes that saves."""

    saves: int
    text: str


@dataclass(frozen=True)
class Slot:
    """A stretch of a session: a module, a break, or an opening or closing of its own."""

    title: str
    minutes: int
    place: Place
    module: str = ""
    """The module's slug; "" for a break, an opening or a closing."""
    rest: bool = False
    """It is a break."""
    whole: bool = False
    """The module is run as its own notes say, with nothing left out."""
    steps: tuple[Step, ...] = ()
    parts: tuple[Block, ...] = ()
    cuts: tuple[CutPoint, ...] = ()

    @property
    def span(self) -> Minutes:
        """How short and how long the slot may get."""
        return (
            sum((step.span for step in self.steps), Minutes(0, 0))
            if self.steps
            else Minutes(self.minutes, self.minutes)
        )


@dataclass(frozen=True)
class Day:
    """What is done in one go: the whole agenda, or one session of several."""

    title: str
    intro: str
    place: Place
    slots: tuple[Slot, ...] = ()

    @property
    def minutes(self) -> int:
        """From the first word to the last, breaks included."""
        return sum(slot.minutes for slot in self.slots)

    @property
    def net(self) -> int:
        """Minutes without the breaks."""
        return sum(slot.minutes for slot in self.slots if not slot.rest)

    @property
    def span(self) -> Minutes:
        """How short and how long it may get, breaks included."""
        return sum((slot.span for slot in self.slots), Minutes(0, 0))


@dataclass(frozen=True)
class Agenda:
    """A way to run the course: ``minutes`` for each of its ``days``, breaks included, ``net`` of it without them."""

    name: str
    title: str
    intro: str
    minutes: int
    net: int
    place: Place
    days: Sequence[Day] = ()
    without: Mapping[str, Place] = field(default_factory=dict)
    """Modules that this agenda leaves out although others build on them."""

    @property
    def exercises(self) -> tuple[str, ...]:
        """The exercises that are used, in order."""
        steps = (step for day in self.days for slot in day.slots for step in slot.steps)
        return tuple(step.exercise for step in steps if step.exercise)
