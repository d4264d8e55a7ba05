"""What an exercise is: fields, rules, and the questions it asks back. Pure: no widget, file, clock or chance.

Code owns names, types, rules and advice *keys*; ``content/exercises/<name>.md`` owns every sentence.
Loading the course checks that both sides have the same names.
"""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from workshop.course import Fact, Value
from workshop.errors import AnswerError

Answers = Mapping[str, Value]
"""Field name to value; a field without an answer is absent, or holds None or ""."""


@dataclass(frozen=True)
class Field:
    """One thing that a participant fills in.

    ``line`` is a short text, ``text`` a long one, ``number`` a float within ``minimum`` and ``maximum`` in ``unit``,
    ``choice`` one of ``choices``, ``commit`` a promise not to change the answers before it.
    """

    name: str
    kind: Literal["line", "text", "number", "choice", "commit"] = "text"
    group: str = ""
    choices: tuple[str, ...] = ()
    minimum: float = -math.inf
    maximum: float = math.inf
    unit: str = ""
    optional: bool = False

    def read(self, value: Any) -> Value:
        """``value`` as this field holds it. None and "" take an answer back. AnswerError says why not."""
        if value is None or value == "":
            return None
        if self.kind == "number":
            return self._number(value)
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
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if not self.minimum <= number <= self.maximum or math.isinf(number):
            low, high = f"{self.minimum:g}", f"{self.maximum:g}"
            raise AnswerError(
                f"{self.name!r} is a number from {low} to {high} {self.unit}".rstrip() + f", not {value!r}."
            )
        return number


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
    """What an exercise may know of the course around it: the scenario's facts and the wording rules."""

    facts: Mapping[str, Fact] = dataclasses.field(default_factory=dict)
    wording: Sequence[Any] = ()


class Exercise:
    """The base of every exercise. A subclass states its data and overrides ``advise`` and ``locked`` where it must."""

    name: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    keys: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Advice key to the names of the values that its sentence may use."""
    card: ClassVar[bool] = False
    """The exercise's answers make a card that can be exported."""
    uses: ClassVar[tuple[str, ...]] = ()
    """The facts of the scenario that the exercise's arithmetic rests on."""

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """What the exercise says back to these answers."""
        return []

    def locked(self, answers: Answers) -> frozenset[str]:
        """The fields that these answers have closed: once a ``commit`` is true, every field."""
        committed = any(answers.get(f.name) is True for f in self.fields if f.kind == "commit")
        return frozenset(f.name for f in self.fields) if committed else frozenset()

    def missing(self, answers: Answers) -> tuple[str, ...]:
        """The fields, in order, that still want an answer."""
        answered = {name for name, value in answers.items() if value not in (None, "") and value is not False}
        return tuple(f.name for f in self.fields if not f.optional and f.name not in answered)
