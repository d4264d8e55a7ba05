"""A pre-mortem's risks as data: what a row says, what it comes to, and how the list leans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.course import Value
from workshop.exercises.base import Answers, filled
from workshop.exercises.days import read_day
from workshop.exercises.moves import has_number, is_nobody

MOST = 12
"""Rows in a pre-mortem; nobody scores more."""
CONTROLS = ("ours", "shared", "outside")
FEW = 3
"""Risks from which on it makes sense to speak of a share."""


@dataclass(frozen=True)
class Risk:
    """A row: chances in percent, money in $M. Empty texts and None stand for what isn't answered yet."""

    number: int
    texts: Mapping[str, str]
    numbers: Mapping[str, float]

    def __getitem__(self, column: str) -> str:
        return self.texts.get(column, "")

    @property
    def title(self) -> str:
        """Its cause, or as long as there is none, what else it tells."""
        return self["cause"] or self["event"] or self["effect"]

    @property
    def money(self) -> float | None:
        """Expected loss, $M: the chance times what it costs if it happens."""
        return self._expected("likelihood", "money")

    @property
    def days(self) -> float | None:
        """Expected delay in days."""
        return self._expected("likelihood", "days")

    @property
    def after(self) -> float | None:
        """Expected loss with the mitigation, $M: what remains of the chance times the money, plus its cost."""
        remaining = self._expected("residual", "money")
        return None if remaining is None else remaining + self.numbers.get("cost", 0)

    @property
    def is_watched(self) -> bool:
        """It has a first move, and a tripwire with a number, a day, and somebody who looks."""
        told = all(self[column] for column in ("move", "indicator", "owner"))
        return told and has_number(self["threshold"]) and bool(read_day(self["check"])) and not is_nobody(self["owner"])

    def _expected(self, chance: str, impact: str) -> float | None:
        if chance not in self.numbers or impact not in self.numbers:
            return None
        return self.numbers[chance] / 100 * self.numbers[impact]


def read_risks(answers: Answers) -> list[Risk]:
    """The risks of a pre-mortem's answers, in the order of their numbers."""
    return [Risk(row.number, _texts(row.values), _numbers(row.values)) for row in filled(answers, "risk")]


def _texts(values: Mapping[str, Value]) -> dict[str, str]:
    return {column: " ".join(value.split()) for column, value in values.items() if isinstance(value, str)}


def _numbers(values: Mapping[str, Value]) -> dict[str, float]:
    return {
        column: float(value)
        for column, value in values.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def outward(risks: Sequence[Risk]) -> tuple[int, int]:
    """How many of the risks whose control is stated lie outside one's control, and how many state it."""
    stated = [risk["control"] for risk in risks if risk["control"]]
    return stated.count("outside"), len(stated)
