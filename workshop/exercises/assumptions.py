"""Assumptions said aloud: how sure, what would test them, and which demand the money rests on."""

import re
from math import prod
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.facts import show_number

ASSUMPTIONS = ("first", "second", "third")

VAGUE = re.compile(
    r"\b(enough|soon|(in|on) time|fine|smooth(ly)?|on track|quick(ly)?|reasonabl[ey]|easy|easily|stable|no problem)\b",
    re.IGNORECASE,
)
ASKING = re.compile(
    r"\b(ask|e-?mail|message|chat|talk|speak|meet|meeting|call|sync|status|confirm|check in|check with|remind)\b",
    re.IGNORECASE,
)
SEEING = re.compile(
    r"\b(run|test|tests|measure|replay|sandbox|mock|demo|prototype|build|deploy|load|trace|count|compare|signed|sign"
    r"|contract|written|log|logs|response|example|history|api|endpoint)\b",
    re.IGNORECASE,
)


class Assumptions(Exercise):
    """Three assumptions, each with how sure (%) and what would test it; and one of three demand curves.

    An assumption with a digit in it is never called vague. Known false positives: a vague word beside something else
    that can be seen ("the old cutover script is easy to reuse: Ana did it"); a test that begins with asking and names
    none of the words of ``SEEING`` ("ask for their velocity chart").
    """

    name: ClassVar = "assumptions"
    fields: ClassVar = (
        *(
            field
            for name in ASSUMPTIONS
            for field in (
                Field(name, "line", group=name),
                Field(f"{name}_sure", "number", group=name, minimum=0, maximum=100, unit="%"),
                Field(f"{name}_test", "line", group=name),
            )
        ),
        Field("demand", "choice", choices=("calendar", "uniform", "shifted")),
    )
    keys: ClassVar = {
        "assumption.vague": (),
        "sure.certain": (),
        "sure.impossible": (),
        "sure.same": ("sure",),
        "test.none": (),
        "test.asking": (),
        "together": ("together",),
        "demand.calendar": (),
        "demand.uniform": (),
        "demand.shifted": (),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Questions about each assumption; then the chance that all hold, if they are independent."""
        advice = [item for name in ASSUMPTIONS for item in _about(name, answers)]
        sure = [value for name in ASSUMPTIONS if isinstance(value := answers.get(f"{name}_sure"), int | float)]
        if len(sure) == len(ASSUMPTIONS):
            if len(set(sure)) == 1:
                advice.append(Advice("sure.same", "third_sure", values={"sure": show_number(sure[0], "%")}))
            together = show_number(round(100 * prod(value / 100 for value in sure)), "%")
            advice.append(Advice("together", "third_sure", "tell", values={"together": together}))
        if demand := answers.get("demand"):
            advice.append(Advice(f"demand.{demand}", "demand"))
        return advice


def _about(name: str, answers: Answers) -> list[Advice]:
    """What to ask about one assumption, its certainty and its test."""
    advice = []
    stated, test = (str(answers.get(key) or "") for key in (name, f"{name}_test"))
    sure = answers.get(f"{name}_sure")
    if (vague := VAGUE.search(stated)) and not re.search(r"\d", stated):
        advice.append(Advice("assumption.vague", name, quotes=(vague[0],)))
    if sure in (0, 100):
        advice.append(Advice("sure.certain" if sure else "sure.impossible", f"{name}_sure"))
    if stated and sure is not None and not test:
        advice.append(Advice("test.none", f"{name}_test"))
    if (asking := ASKING.search(test)) and not SEEING.search(test):
        advice.append(Advice("test.asking", f"{name}_test", quotes=(asking[0],)))
    return advice
