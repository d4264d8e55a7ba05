"""The notice as its reader would get it: one text under a subject line."""

from collections.abc import Mapping

from workshop.course import FigureWords
from workshop.exercises.base import Answers, Case
from workshop.exercises.notice import parts_of
from workshop.views.figures import on_one_line
from workshop.views.table import Column, Table


def show(answers: Answers, case: Case, words: Mapping[str, FigureWords]) -> list[Table]:
    """The parts that hold text, each beside its heading, under the status line; nothing while all are empty."""
    own, texts = on_one_line(words["notice"]), parts_of(answers)
    if not texts:
        return []
    headings = [Column(own.labels[f"column_{name}"]) for name in ("part", "text")]
    rows = [(own.labels[part], text) for part, text in texts.items() if part != "status"]
    return [Table(texts.get("status", own.title), headings, rows, own.caption)]
