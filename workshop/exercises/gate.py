"""A gate of one's own: which promise at work is checked where, what it stops, and who may overrule it."""

import re
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field

STOPS = re.compile(
    r"\b(?:block\w*|stop\w*|refus\w*|reject\w*|prevent\w*|fail\w*|can(?:'|no)t|no longer|until|red|closed)\b",
    re.IGNORECASE,
)
"""Words of something that doesn't go on."""
ADVISES = re.compile(r"\b(?:remind\w*|warn\w*|report\w*|notif\w*|train\w*|discuss\w*|review\w*|e?-?mail\w*)\b", re.I)
"""Words of something that people may pass by."""
ANYBODY = re.compile(r"\b(?:any(?:one|body)|every(?:one|body)|all|the team|whoever)\b", re.IGNORECASE)


class Gate(Exercise):
    """A promise, its check, what stops, and who may pass. It asks when nothing stops and when anybody may pass."""

    name: ClassVar = "gate"
    fields: ClassVar = (
        Field("promise"),
        Field("check"),
        Field("stops"),
        Field("overrule", "line"),
        Field("start", "line"),
    )
    keys: ClassVar = {"stops.nothing": (), "stops.advice": ("quote",), "overrule.anybody": ("quote",)}

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Questions about a gate that stands open."""
        stops, overrule = (str(answers.get(name) or "").strip() for name in ("stops", "overrule"))
        advice = []
        if stops and not STOPS.search(stops):
            if softly := ADVISES.search(stops):
                advice.append(Advice("stops.advice", "stops", quotes=(softly[0],), values={"quote": softly[0]}))
            else:
                advice.append(Advice("stops.nothing", "stops"))
        if anybody := ANYBODY.search(overrule):
            advice.append(Advice("overrule.anybody", "overrule", quotes=(anybody[0],), values={"quote": anybody[0]}))
        return advice
