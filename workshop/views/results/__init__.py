"""The tables and charts that belong to an exercise, drawn anew whenever an answer changes."""

from collections.abc import Callable, Mapping, Sequence

from workshop.course import FigureWords
from workshop.exercises.base import Answers, Case
from workshop.views.chart import Chart
from workshop.views.results import (
    actions,
    after,
    decision,
    notice,
    peer_rating,
    post_mortem_timeline,
    premortem,
    promise,
    reveal,
    schedule,
)
from workshop.views.table import Table

Show = Callable[[Answers, Case, Mapping[str, FigureWords]], Sequence[Table | Chart]]

RESULTS: Mapping[str, Show] = {
    "premortem": premortem.show,
    "reveal": reveal.show,
    "peer-rating": peer_rating.show,
    "after": after.show,
    "schedule": schedule.show,
    "decision": decision.show,
    "notice": notice.show,
    "promise": promise.show,
    "post-mortem-timeline": post_mortem_timeline.show,
    "actions": actions.show,
}
"""Exercise to the function that shows what follows from its answers; the words are those of ``content/figures.md``."""
