"""The teller's levels and the listeners', side by side."""

from collections.abc import Mapping, Sequence

from workshop.course import FigureWords
from workshop.exercises.base import Answers, Case
from workshop.exercises.peer_rating import listener_levels
from workshop.exercises.rubric import DIMENSIONS
from workshop.exercises.self_rating import rated_levels
from workshop.views.chart import Chart
from workshop.views.table import Column, Table


def show(answers: Answers, case: Case, words: Mapping[str, FigureWords]) -> Sequence[Table | Chart]:
    """A row for each dimension, once a listener has rated them all; a dash where the teller has no level."""
    listeners = listener_levels(answers)
    if not listeners:
        return ()
    own, labels = rated_levels(case.answers.get("self-rating", {})), words["peer-rating"].labels
    heads = [labels["column_dimension"], labels["column_own"], *(f"{labels['column_listener']} {n}" for n in listeners)]
    columns = [Column(head, "number" if number else "text") for number, head in enumerate(heads)]
    rows = [
        [labels[d], *(str(levels[d]) if d in levels else "–" for levels in (own, *listeners.values()))]
        for d in DIMENSIONS
    ]
    return (Table(words["peer-rating"].title, columns, rows, words["peer-rating"].caption),)
