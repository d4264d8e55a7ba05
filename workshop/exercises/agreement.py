"""How far two readers of the same things agree, on levels that are ordered. Pure arithmetic.

It compares two readings. Neither is the truth, and nothing here says which of the two read better.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

FEWEST = 12
"""The ratings that a kappa needs. With half as many it swings so widely from chance alone that it says nothing."""

Pairs = Sequence[tuple[int, int]]
"""What each reader gave to one thing after the other: (mine, theirs)."""


@dataclass(frozen=True)
class Agreement:
    """``exact`` and ``within_one`` are shares from 0 to 1; ``higher`` and ``lower`` count how the first reader differs.

    ``kappa`` is None below ``FEWEST`` ratings, and where both readers gave everything one and the same level.
    """

    ratings: int
    exact: float
    within_one: float
    higher: int
    lower: int
    kappa: float | None


def agreement(pairs: Pairs) -> Agreement:
    """How far the two readers of these pairs agree. ValueError if there are none."""
    if not pairs:
        raise ValueError("Agreement needs at least one rating by both readers.")
    apart = [mine - theirs for mine, theirs in pairs]
    return Agreement(
        ratings=len(pairs),
        exact=sum(gap == 0 for gap in apart) / len(pairs),
        within_one=sum(abs(gap) <= 1 for gap in apart) / len(pairs),
        higher=sum(gap > 0 for gap in apart),
        lower=sum(gap < 0 for gap in apart),
        kappa=quadratic_kappa(pairs) if len(pairs) >= FEWEST else None,
    )


def quadratic_kappa(pairs: Pairs) -> float | None:
    """Cohen's kappa with quadratic weights (Cohen 1968): 1 less the observed over the chance disagreement.

    A disagreement weighs the square of its distance in levels. What chance would give is the mean over every level of
    the one reader beside every level of the other. From 1 (the same throughout) over 0 (as by chance) down to -1; None
    where chance leaves no disagreement to compare with.
    """
    observed = sum((mine - theirs) ** 2 for mine, theirs in pairs) / len(pairs)
    by_chance = sum((mine - theirs) ** 2 for (mine, _), (_, theirs) in product(pairs, pairs)) / len(pairs) ** 2
    return 1 - observed / by_chance if by_chance else None
