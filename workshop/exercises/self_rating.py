"""Rate your own story on the rubric: a level for each dimension, and the level to work on next."""

from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.rubric import CAP, DIMENSIONS, LEVELS, UNTESTED, Levels, closed_gates, next_step, overall

CHOICES = tuple(str(level) for level in LEVELS)


class SelfRating(Exercise):
    """One choice of level per dimension, anchored by the rubric's words, and the scope of the change.

    ``gate`` speaks as soon as a gate is at level 1. The rest waits until the rating is complete: half a rating has no
    overall level, and its lowest dimension may be one that is still to come.
    """

    name: ClassVar = "self-rating"
    fields: ClassVar = (
        *(Field(dimension, "choice", choices=CHOICES, optional=dimension == UNTESTED) for dimension in DIMENSIONS),
        Field("scope", "choice", choices=("self", "team", "org")),
    )
    keys: ClassVar = {
        "gate": ("cap",),
        "overall": ("level",),
        "overall.capped": ("level", "ungated"),
        **{f"next.{dimension}": ("level", "next") for dimension in DIMENSIONS},
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """The closed gates; then, of a complete rating, the overall level and the dimension to work on next."""
        levels = rated_levels(answers)
        advice = [Advice("gate", gate, "tell", values={"cap": str(CAP)}) for gate in closed_gates(levels)]
        total = overall(levels)
        if total is None:
            return advice
        values = {"level": str(total.level)}
        if total.level < total.ungated:
            advice.append(Advice("overall.capped", kind="tell", values=values | {"ungated": str(total.ungated)}))
        else:
            advice.append(Advice("overall", kind="tell", values=values))
        if lowest := next_step(levels):
            level = levels[lowest]
            values = {"level": str(level), "next": str(level + 1)}
            advice.append(Advice(f"next.{lowest}", lowest, values=values))
        return advice


def rated_levels(answers: Answers) -> Levels:
    """The levels that these answers hold."""
    return {d: int(value) for d in DIMENSIONS if isinstance(value := answers.get(d), str) and value in CHOICES}
