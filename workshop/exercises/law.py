"""A law in plain words: what has to be asked, what has to hold, and who would have met it first if it didn't."""

import re
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field

REPEATED = re.compile(r"\b(?:again|twice|second|two|both|same|repeat\w*|once more|retr\w+)\b", re.IGNORECASE)
"""Words of something that is done more than once."""
COMPARED = re.compile(r"\b(?:equal\w*|same|identical|no second|no new|one|only|match\w*|number|id)\b", re.IGNORECASE)
"""Words of something that can be compared; "works" and "is right" can't."""


class LawInWords(Exercise):
    """Three lines. It asks when nothing is done a second time, and when nothing is compared."""

    name: ClassVar = "law"
    fields: ClassVar = (Field("asks"), Field("holds"), Field("harm"))
    keys: ClassVar = {"asks.once": (), "holds.vague": ()}

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Questions about a law that looks once, and about one that compares nothing."""
        asks, holds = (str(answers.get(name) or "").strip() for name in ("asks", "holds"))
        advice = []
        if asks and not REPEATED.search(asks):
            advice.append(Advice("asks.once", "asks"))
        if holds and not COMPARED.search(holds):
            advice.append(Advice("holds.vague", "holds"))
        return advice
