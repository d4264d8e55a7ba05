"""What a participant wants from the course, and how they take it."""

import re
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field

WISH = re.compile(r"\b(learn\w*|improv\w*|better|insights?|understand\w*|ideas?|inspir\w*|grow\w*)\b", re.IGNORECASE)


class Goal(Exercise):
    """The setting, the goal, and what would make it worth the time.

    A ``worth`` that only names a wish ("learn more") is asked how one would see it. Known false positive: a wish
    word beside something that can be seen, without a number ("a better opening line, written down").
    """

    name: ClassVar = "goal"
    fields: ClassVar = (
        Field("setting", "choice", choices=("alone", "room")),
        Field("purpose", "choice", choices=("interview", "team")),
        Field("worth", "line"),
    )
    keys: ClassVar = {
        "setting.alone": (),
        "setting.room": (),
        "purpose.interview": (),
        "purpose.team": (),
        "worth.wish": (),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """What to keep ready for the chosen setting and purpose; and of a mere wish, how one would see it."""
        told = [Advice(f"{name}.{answers[name]}", name, "tell") for name in ("setting", "purpose") if answers.get(name)]
        worth = str(answers.get("worth") or "")
        wish = None if re.search(r"\d", worth) else WISH.search(worth)
        return [*told, Advice("worth.wish", "worth", quotes=(wish[0],))] if wish else told
