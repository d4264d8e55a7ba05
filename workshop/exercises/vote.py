"""The vote: what to do about a missed date, before any model; closed by a commitment, so that it can be compared."""

import re
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.models.decision import OPTIONS

ROOM = tuple(f"room_{option}" for option in OPTIONS)

NOTHING = re.compile(
    r"\W*(nothing|none|no|nope|never|n/?a|i (don[\u2019']t know|wouldn[\u2019']t))\b.{0,25}", re.IGNORECASE
)


class Vote(Exercise):
    """A choice between a full launch, a limited one and a delay, with how sure, why, and what would change it.

    The commitment closes these. Whoever leads a room may note its votes beside them at any time.
    """

    name: ClassVar = "vote"
    fields: ClassVar = (
        Field("choice", "choice", choices=OPTIONS),
        Field("sure", "number", minimum=0, maximum=100, unit="%"),
        Field("why"),
        Field("change"),
        Field("commit", "commit"),
        *(Field(name, "number", group="room", minimum=0, maximum=1000, unit="votes", optional=True) for name in ROOM),
    )
    keys: ClassVar = {
        "sure.certain": (),
        "sure.coin": (),
        "change.nothing": (),
        "told.kept": (),
        "told.room": ("share", "total"),
    }

    def locked(self, answers: Answers) -> frozenset[str]:
        """What the commitment closes: one's own vote, and never the room's."""
        return super().locked(answers) - set(ROOM)

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Questions about certainty while the vote is open, a line when it is closed, and how the room is split."""
        advice = []
        sure, change = answers.get("sure"), str(answers.get("change") or "").strip()
        if self.locked(answers):
            advice.append(Advice("told.kept", "commit", "tell"))
        else:
            if sure == 100:
                advice.append(Advice("sure.certain", "sure"))
            if isinstance(sure, int | float) and sure < 100 / len(OPTIONS):
                advice.append(Advice("sure.coin", "sure"))
            if NOTHING.fullmatch(change):
                advice.append(Advice("change.nothing", "change", quotes=(change,)))
        votes = [float(value) for name in ROOM if isinstance(value := answers.get(name), int | float)]
        if (total := sum(votes)) > 0:
            values = {"share": f"{100 * max(votes) / total:.0f}%", "total": f"{total:g}"}
            advice.append(Advice("told.room", ROOM[0], "tell", values=values))
        return advice
