"""What changed between the questions before the course and the same ones after it, objective by objective."""

from collections.abc import Mapping, Sequence

from workshop.course import FigureWords
from workshop.exercises.after import LEADS_TO, both_complete
from workshop.exercises.base import Answers, Case
from workshop.exercises.before import Before
from workshop.views.chart import Chart
from workshop.views.table import Column, Table


def show(answers: Answers, case: Case, words: Mapping[str, FigureWords]) -> Sequence[Table | Chart]:
    """A row for each objective with the answers of both times, once both are complete."""
    before = case.answers.get("before", {})
    if not both_complete(before, answers):
        return ()
    own = words["after"]
    columns = [Column(own.labels[f"column_{name}"]) for name in ("objective", "before", "after")]
    rows = [
        [own.labels[field.name], *(_shown(field.name, str(each[field.name]), own) for each in (before, answers))]
        for field in Before.fields
    ]
    return (Table(own.title, columns, rows, own.caption),)


def _shown(name: str, value: str, words: FigureWords) -> str:
    """A level as it is; a judgement by how it stands to the course: there, elsewhere, or not known."""
    if name not in LEADS_TO:
        return f"{words.labels['level']} {value}"
    if value == LEADS_TO[name]:
        return words.labels["there"]
    return words.labels["unsure" if value == "unsure" else "elsewhere"]
