"""Questions asked before the course and again after it, so that a participant sees what changed."""

from typing import ClassVar

from workshop.exercises.base import Exercise, Field

SCALE = ("1", "2", "3", "4", "5")


class Before(Exercise):
    """Four ratings of one's own confidence (1 to 5) and four questions of judgement. Nothing is said back yet.

    Each rating and each question stands for something that the course teaches: to tell a failure, to say it early,
    to estimate with a range, to firm up a promise; to own in one sentence, to judge a decision by what was known,
    to read a range, to choose a fix that holds.
    """

    name: ClassVar = "before"
    fields: ClassVar = (
        Field("tell", "choice", group="confidence", choices=SCALE),
        Field("early", "choice", group="confidence", choices=SCALE),
        Field("range", "choice", group="confidence", choices=SCALE),
        Field("promise", "choice", group="confidence", choices=SCALE),
        Field(
            "sentence", "choice", group="judgement", choices=("passive", "others", "everything", "decision", "unsure")
        ),
        Field("luck", "choice", group="judgement", choices=("right", "wrong", "open", "unsure")),
        Field("ranges", "choice", group="judgement", choices=("five", "eight", "ten", "unsure")),
        Field("fix", "choice", group="judgement", choices=("training", "checklist", "alert", "gate", "unsure")),
    )
