"""The second vote, after the model: what moved, what the model says to it, and what can be said for the delay."""

import re
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.decision import Weighed, weigh
from workshop.facts import show_number
from workshop.models.choice import least_weight
from workshop.models.decision import OPTIONS

OUTCOME = re.compile(
    r"\b(?:(?:they|it|we|the delay) (?:found|caught|saved|waited)|turned out|in the end|proved|(?:was|were) right"
    r"|(?:bug|defect|fault|problem) (?:was|that was) (?:found|caught|there))\b",
    re.IGNORECASE,
)
"""An argument from what happened later. Known to be wrong: "I was right to count", "limited turned out cheaper"."""


class Revote(Exercise):
    """The same choice again, with how sure and what moved it; then, once it is closed, an open word on the delay.

    While it is open it asks about a choice that one's own settings rule out, or that costs more than another there.
    Afterwards it tells what changed since the first vote, and for the settings of the case what would have to hold for
    the delay to be best: with a limited launch feasible, and without.
    """

    name: ClassVar = "revote"
    reads: ClassVar = ("vote", "decision")
    fields: ClassVar = (
        Field("choice", "choice", choices=OPTIONS),
        Field("sure", "number", minimum=0, maximum=100, unit="%"),
        Field("moved"),
        Field("commit", "commit"),
    )
    keys: ClassVar = {
        "choice.infeasible": (),
        "choice.dearer": ("gap",),
        "moved.outcome": ("quote",),
        "told.first": ("sure",),
        "told.held": ("sure", "before"),
        "told.changed": ("sure", "before"),
        "told.grounds": (),
        **{f"with.{ground}": values for ground, values in (("best", ()), ("weight", ("weight",)), ("never", ()))},
        **{f"without.{ground}": values for ground, values in (("best", ()), ("weight", ("weight",)), ("never", ()))},
        "told.luck": (),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Questions while the vote is open; once it is closed, the comparison and the grounds for the delay."""
        if self.locked(answers):
            return [*_compare(answers, case), *_grounds(case), Advice("told.luck", kind="tell")]
        weighed = weigh(case.answers.get("decision", {}), case)
        later = OUTCOME.search(str(answers.get("moved") or ""))
        outcome = [Advice("moved.outcome", "moved", quotes=(later[0],))] if later else []
        return [*_ask(answers, weighed), *outcome]


def _ask(answers: Answers, weighed: Weighed) -> list[Advice]:
    """About a choice that one's own settings don't bear out."""
    choice = next((option for option in OPTIONS if option == answers.get("choice")), None)
    if choice is None:
        return []
    if choice not in weighed.options:
        return [Advice("choice.infeasible", "choice")]
    if choice == weighed.best:
        return []
    gap = show_number(round(weighed.losses[choice] - weighed.losses[weighed.best], 6), "$M")
    return [Advice("choice.dearer", "choice", values={"gap": gap})]


def _compare(answers: Answers, case: Case) -> list[Advice]:
    """The second vote beside the first."""
    first = case.answers.get("vote", {})
    values = {"sure": _percent(answers)}
    if first.get("choice") is None or first.get("sure") is None:
        return [Advice("told.first", "choice", "tell", values=values)]
    key = "told.held" if first["choice"] == answers.get("choice") else "told.changed"
    return [Advice(key, "choice", "tell", values={**values, "before": _percent(first)})]


def _percent(vote: Answers) -> str:
    sure = vote.get("sure")
    return show_number(sure if isinstance(sure, int | float) else 0, "%")


def _grounds(case: Case) -> list[Advice]:
    """What would have to hold for the delay to be best, at the case's own settings, with a limited launch and without.

    The participant's own settings stand in the tables of the decision; this is about the decision as it was taken.
    """
    settings = weigh({}, case).settings
    told = [Advice("told.grounds", kind="tell")]
    for branch, limited in (("with", True), ("without", False)):
        weight = least_weight(settings, limited)
        if weight is None:
            told.append(Advice(f"{branch}.never", kind="tell"))
        elif weight == 0:
            told.append(Advice(f"{branch}.best", kind="tell"))
        else:
            told.append(Advice(f"{branch}.weight", kind="tell", values={"weight": show_number(weight, "%")}))
    return told
