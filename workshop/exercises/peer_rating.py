"""What listeners rate, beside what the teller rated: how far they agree, and where to talk about a difference."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from workshop.exercises.agreement import FEWEST, agreement
from workshop.exercises.base import Advice, Answers, Case, Exercise, Field, filled, rows
from workshop.exercises.rubric import DIMENSIONS, GATES, UNTESTED, Levels, unrated
from workshop.exercises.self_rating import CHOICES, rated_levels
from workshop.facts import show_number

MOST = 2
"""Listeners: a triad has two."""


class PeerRating(Exercise):
    """A level in every dimension from each listener; *under probing* counts, since a listener has asked.

    The comparison waits until a listener has rated everything and the teller has rated all but *under probing*. It
    tells how often two readings agree, and asks about the widest difference. Nobody is told who was right.
    """

    name: ClassVar = "peer-rating"
    reads: ClassVar = ("self-rating",)
    exports: ClassVar = ("md",)
    fields: ClassVar = rows("listener", MOST, [Field(d, "choice", choices=CHOICES) for d in DIMENSIONS])
    keys: ClassVar = {
        "self.open": (),
        "agreement": ("ratings", "exact", "within_one", "higher", "lower"),
        "same": (),
        "kappa": ("kappa",),
        "kappa.few": ("ratings", "fewest"),
        "listeners": ("exact", "within_one"),
        "apart": ("own", "theirs"),
        "probing": ("level",),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Each listener's widest difference; how far the listeners agree with each other and with the teller."""
        listeners = listener_levels(answers)
        if not listeners:
            return []
        own = rated_levels(case.answers.get("self-rating", {}))
        advice = list(_between(list(listeners.values())))
        if unrated(own):
            return [*advice, Advice("self.open", kind="tell")]
        for number, levels in listeners.items():
            advice += _beside(number, levels, own)
        pairs = [(levels[d], own[d]) for levels in listeners.values() for d in DIMENSIONS if d in own]
        return [*advice, *_agreement(pairs)]


def listener_levels(answers: Answers) -> dict[int, Levels]:
    """The levels of each listener who has rated every dimension, by the listener's number."""
    rated = {row.number: rated_levels(row.values) for row in filled(answers, "listener")}
    return {number: levels for number, levels in rated.items() if len(levels) == len(DIMENSIONS)}


def _beside(number: int, levels: Levels, own: Levels) -> Iterator[Advice]:
    """A question about the dimension in which this listener and the teller are furthest apart, a gate before others."""
    apart = [dimension for dimension in DIMENSIONS if dimension in own and levels[dimension] != own[dimension]]
    if apart:
        widest = max(apart, key=lambda d: (abs(levels[d] - own[d]), d in GATES, -DIMENSIONS.index(d)))
        values = {"own": str(own[widest]), "theirs": str(levels[widest])}
        yield Advice("apart", f"listener.{number}.{widest}", values=values)
    if UNTESTED not in own:
        yield Advice("probing", f"listener.{number}.{UNTESTED}", values={"level": str(levels[UNTESTED])})


def _agreement(pairs: Sequence[tuple[int, int]]) -> Iterator[Advice]:
    """How far listeners and teller agree, and the kappa or why there is none."""
    found = agreement(pairs)
    counts = {name: str(getattr(found, name)) for name in ("ratings", "higher", "lower")}
    yield Advice("agreement", kind="tell", values={**_shares(pairs), **counts})
    if found.exact == 1:
        yield Advice("same")
    if found.kappa is not None:
        yield Advice("kappa", kind="tell", values={"kappa": f"{found.kappa:z.2f}"})
    elif found.ratings < FEWEST:
        yield Advice("kappa.few", kind="tell", values={"ratings": counts["ratings"], "fewest": str(FEWEST)})


def _between(listeners: Sequence[Levels]) -> Iterator[Advice]:
    """How far two listeners to the same telling agree with each other."""
    if len(listeners) == MOST:
        first, second = listeners
        yield Advice("listeners", kind="tell", values=_shares([(first[d], second[d]) for d in DIMENSIONS]))


def _shares(pairs: Sequence[tuple[int, int]]) -> Mapping[str, str]:
    found = agreement(pairs)
    return {name: show_number(round(100 * getattr(found, name)), "%") for name in ("exact", "within_one")}
