"""Contributing conditions: several, each with why it made sense then and what it met."""

import re
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field, filled, rows
from workshop.exercises.post_mortem import KEYS, LOOK, ask, look

MOST, WANTED = 6, 3
COLUMNS = ("what", "sense", "met")
SENSELESS = re.compile(
    r"\W+|\W*(?:(?:it\s+)?did\s*n[o']t|(?:it\s+)?made\s+no(?:ne|\s+sense)|no(?:ne| reason| sense|t at all)?|nothing"
    r"|n/?a|nobody\s+(?:thought|cared|knew)\b.*)\W*",
    re.IGNORECASE | re.DOTALL,
)
"""An answer to "why did it make sense?" that gives no reason."""


class Conditions(Exercise):
    """What had to be there for it to happen: no single root, and nobody's carelessness, but what made it sensible."""

    name: ClassVar = "conditions"
    exports: ClassVar = ("md", "csv")
    fields: ClassVar = rows("condition", MOST, (Field("what"), Field("sense"), Field("met")), least=WANTED)
    keys: ClassVar = {
        **KEYS,
        f"{LOOK}single_cause": ("quote",),
        "few.one": (),
        "few.two": (),
        "sense.none": ("quote",),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """What to ask about each condition; then, once one is whole, whether there are enough."""
        advice = []
        for row in filled(answers, "condition"):
            for column in COLUMNS:
                field, text = f"condition.{row.number}.{column}", str(row.values.get(column, ""))
                advice += [*ask(field, text, case), *look(field, "single_cause", text, case)]
            sense = str(row.values.get("sense", ""))
            if sense and SENSELESS.fullmatch(sense):
                field = f"condition.{row.number}.sense"
                advice.append(Advice("sense.none", field, quotes=(sense,), values={"quote": sense}))
        named = described(answers)
        whole = any(len(row.values) == len(COLUMNS) for row in filled(answers, "condition"))
        if whole and len(named) < WANTED:
            advice.append(Advice("few.one" if len(named) == 1 else "few.two"))
        return advice


def described(answers: Answers) -> dict[str, str]:
    """The conditions that have a description: their numbers (as text) and descriptions, in order."""
    found = ((str(row.number), str(row.values.get("what", ""))) for row in filled(answers, "condition"))
    return {number: " ".join(what.split()) for number, what in found if what}
