"""The agreement as it stands: what keeps it from standing, and what whoever signs it signs."""

from collections.abc import Mapping, Sequence

from workshop.course import FigureWords
from workshop.exercises.base import Answers, Case
from workshop.exercises.revenue import day_of_week
from workshop.views.table import Table


def show(answers: Answers, case: Case, words: Mapping[str, FigureWords]) -> Sequence[Table]:
    """What is open, then the clauses and the currencies, folded."""
    # Here, so that a notebook without this exercise doesn't wait for the lab.
    from workshop.payments.contract import problems
    from workshop.payments.rfc import drafted, drafted_on
    from workshop.views.contract import agreed, standing

    contract = drafted(answers, round(case.facts["load.peak"].number))
    kickoff = next(event for event in case.timeline if event.key == "kickoff")
    day = drafted_on(answers, day_of_week(case.facts, kickoff.week))
    return [standing(words, problems(contract, day)), *agreed(words, contract)]
