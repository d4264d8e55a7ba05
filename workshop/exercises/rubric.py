"""The story rubric: eight dimensions, four levels, two gates, one overall level.

What a level of a dimension means stands in ``content/rubrics/story.md``. Whoever rates reads those anchors: the teller
here, peers later. Scope (self, team, organisation) is recorded beside the levels and never scored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median_low

DIMENSIONS = ("stakes", "ownership", "causes", "decision", "bad_news", "result", "system_change", "under_probing")
"""In the order in which a listener meets them."""

UNTESTED = "under_probing"
"""The dimension that has no level until somebody has asked a follow-up question."""

LEVELS = (1, 2, 3, 4)
GATES = ("stakes", "ownership")
CAP = 2
"""The highest overall level of a story whose stakes or ownership are at level 1."""

Levels = Mapping[str, int]
"""Dimension to level, 1 to 4; a dimension that nobody has rated is absent."""


@dataclass(frozen=True)
class Overall:
    """A story's overall level, the level its dimensions alone would give, and the gates that hold it down."""

    level: int
    ungated: int
    gates: tuple[str, ...]


def closed_gates(levels: Levels) -> tuple[str, ...]:
    """The gates at level 1, whether or not the other dimensions are rated."""
    return tuple(gate for gate in GATES if levels.get(gate) == 1)


def unrated(levels: Levels) -> tuple[str, ...]:
    """The dimensions that an overall level still waits for."""
    return tuple(dimension for dimension in DIMENSIONS if dimension not in levels and dimension != UNTESTED)


def overall(levels: Levels) -> Overall | None:
    """The lower median of the rated dimensions, capped by a closed gate; None while a dimension is unrated.

    A median, because levels are ordered and their distances are not known; the lower one, because half of a story at
    level 3 does not make a story at level 3. ``under_probing`` counts if it is rated.
    """
    if unrated(levels):
        return None
    ungated = median_low(levels[dimension] for dimension in DIMENSIONS if dimension in levels)
    gates = closed_gates(levels)
    return Overall(min(ungated, CAP) if gates else ungated, ungated, gates)


def next_step(levels: Levels) -> str | None:
    """The dimension to work on first: the lowest one, a gate before the others, then the earliest in the story.

    None if nothing is rated, or if everything that is rated stands at the top.
    """
    rated = [dimension for dimension in DIMENSIONS if levels.get(dimension, LEVELS[-1]) < LEVELS[-1]]
    return min(rated, key=lambda dimension: (levels[dimension], dimension not in GATES), default=None)
