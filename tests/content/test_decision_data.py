"""A scenario's decision parameters: what can't be computed is one problem, at their file."""

from pathlib import Path

import pytest

from workshop.content import check_course

FILE = "scenarios/payment-migration/decision.yaml"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("parameter: cL,", "parameter: cl,", "the decision can't be computed: the parameter 'cl' is unknown"),
        ("base: 63,", "base: 95,", "the decision can't be computed: the parameter 's' has its base outside its range"),
        ("base: 63,", "base: most,", "base is 'most', and has to be a number"),
        ('high: 85, unit: "%"', "high: 85, unit: share", "the parameter 's' is in 'share'; units are %, x, $M"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_one_problem(content: Path, old: str, new: str, says: str) -> None:
    file = content / FILE
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))
    (problem,) = check_course(content)
    assert problem.path == f"content/{FILE}"
    assert says in problem.message


def test_a_parameter_that_rests_on_an_unreadable_fact_is_no_second_problem(content: Path) -> None:
    facts = content / "scenarios/payment-migration/facts.yaml"
    facts.write_text(facts.read_text().replace("odds.defect: {value: 50,", "odds.defect: {value: fifty,"))
    assert [problem.path for problem in check_course(content)] == ["content/scenarios/payment-migration/facts.yaml"]
