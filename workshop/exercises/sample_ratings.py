"""Rate three sample stories on the rubric, and see how far one's reading and the reference agree.

The stories stand in the module's text and the reasons for each reference level in the content file. The levels
themselves stand here: they are numbers that the code compares.
"""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from workshop.exercises.agreement import FEWEST, agreement
from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.rubric import DIMENSIONS, LEVELS, UNTESTED
from workshop.facts import show_number

RATED = tuple(dimension for dimension in DIMENSIONS if dimension != UNTESTED)
"""All dimensions but one: a story on paper answers no follow-up question."""

REFERENCE: Mapping[str, Mapping[str, int]] = {
    story: dict(zip(RATED, levels, strict=True))
    for story, levels in (
        ("market", (2, 1, 1, 1, 1, 1, 2)),
        ("clinic", (3, 2, 2, 2, 2, 2, 3)),
        ("pool", (4, 4, 4, 3, 3, 4, 3)),
    )
}
"""The level that the reference takes, by story and dimension. It is one careful reading, and open to argument."""

FAR = 2
"""Levels between two readings from which on it is worth going back to the words."""
CHOICES = tuple(str(level) for level in LEVELS)


class SampleRatings(Exercise):
    """A level for each story in each dimension, then the reference levels with their reasons.

    The reference for a story waits until all of that story is rated, since one level would colour the next. The
    agreement counts whole stories, all ratings together; it describes two readings, and never the person. A kappa over
    ratings of the same three stories is rougher still than its number of ratings suggests: they hang together.
    """

    name: ClassVar = "sample-ratings"
    fields: ClassVar = tuple(
        Field(f"{story}_{dimension}", "choice", group=story, choices=CHOICES)
        for story in REFERENCE
        for dimension in RATED
    )
    keys: ClassVar = {
        "far": ("distance",),
        **{f"{story}.{dimension}": ("level",) for story in REFERENCE for dimension in RATED},
        "agreement": ("ratings", "exact", "within_one", "higher", "lower"),
        "kappa": ("kappa",),
        "kappa.few": ("ratings", "fewest"),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """The reference for each story that is rated in full, then the agreement over those."""
        advice: list[Advice] = []
        pairs: list[tuple[int, int]] = []
        for story, reference in REFERENCE.items():
            own = rated_levels(story, answers)
            if len(own) == len(RATED):
                advice += _beside(story, own)
                pairs += [(own[dimension], reference[dimension]) for dimension in RATED]
        return [*advice, *_agreement(pairs)] if pairs else advice


def rated_levels(story: str, answers: Answers) -> dict[str, int]:
    """The levels that these answers give to a story."""
    given = {dimension: str(answers.get(f"{story}_{dimension}") or "") for dimension in RATED}
    return {dimension: int(level) for dimension, level in given.items() if level in CHOICES}


def _beside(story: str, own: Mapping[str, int]) -> Iterator[Advice]:
    """The reference level and its reason, dimension by dimension."""
    for dimension, level in REFERENCE[story].items():
        field = f"{story}_{dimension}"
        distance = abs(own[dimension] - level)
        if distance >= FAR:
            yield Advice("far", field, values={"distance": str(distance)})
        yield Advice(f"{story}.{dimension}", field, "tell", values={"level": str(level)})


def _agreement(pairs: list[tuple[int, int]]) -> Iterator[Advice]:
    """How far the two readings agree, and the kappa or why there is none."""
    found = agreement(pairs)
    shares = {name: show_number(round(100 * getattr(found, name)), "%") for name in ("exact", "within_one")}
    counts = {name: str(getattr(found, name)) for name in ("ratings", "higher", "lower")}
    yield Advice("agreement", kind="tell", values={**shares, **counts})
    if found.kappa is None:
        yield Advice("kappa.few", kind="tell", values={"ratings": counts["ratings"], "fewest": str(FEWEST)})
    else:
        yield Advice("kappa", kind="tell", values={"kappa": f"{found.kappa:z.2f}"})
