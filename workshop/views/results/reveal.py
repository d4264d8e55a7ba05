"""What follows from the reveal: the case's real causes, and the own risk that had foreseen each."""

from collections.abc import Mapping

from workshop.course import FigureWords
from workshop.exercises.base import Answers, Case
from workshop.exercises.reveal import NONE, matched, own_risks, read_causes
from workshop.views.figures import worded_table
from workshop.views.table import Table

COLUMNS = ("cause", "detail", "control", "foreseen", "watched")


def show(answers: Answers, case: Case, words: Mapping[str, FigureWords]) -> list[Table]:
    """The causes by the risks, once there are risks to lay beside them."""
    risks = own_risks(case)
    if not risks:
        return []
    causes, labels = read_causes(case), words["foreseen"].labels
    matches = matched(answers, case)
    rows = []
    for number, cause in enumerate(causes, 1):
        choice = matches.get(f"cause_{number}", "")
        risk = risks.get(choice)
        foreseen = f"{risk.number}. {risk.title}" if risk else labels["none"] if choice == NONE else labels["open"]
        watched = labels["yes" if risk.is_watched else "no"] if risk else ""
        rows.append([cause["title"], cause["text"], labels[f"control_{cause['control']}"], foreseen, watched])
    return [worded_table(words["foreseen"], COLUMNS, rows)]
