"""Actions: the grade with its reason, and what is asked about owner, day, measure and the list as a whole."""

import pytest

from workshop.course import Course, Value
from workshop.exercises.actions import CONDITIONS, Actions, read_actions
from workshop.exercises.base import Advice, Answers, Case
from workshop.exercises.strength import GRADES

STRONG = "Block the opening while the check is red"
WHOLE: dict[str, Value] = {
    "what": STRONG,
    "mechanism": "A hall that failed its check can't be opened.",
    "owner": "Head of the hall",
    "due": "2026-06-01",
    "metric": "openings without a check: none in a year",
    "condition": "1",
}


@pytest.fixture
def case(course: Course) -> Case:
    conditions = {"condition.1.what": "The promise was spoken.", "condition.3.what": "The plan was full. " * 9}
    scenario = course.scenario
    return Case(
        scenario.facts,
        course.wording,
        dependencies=scenario.dependencies,
        answers={"conditions": conditions},
        review=course.review,
    )


def listed(*rows: dict[str, Value]) -> dict[str, Value]:
    return {f"action.{n}.{column}": value for n, row in enumerate(rows, 1) for column, value in row.items()}


def advice(answers: Answers, case: Case) -> list[Advice]:
    return Actions().advise(answers, case)


def about(case: Case, **changed: Value) -> list[tuple[str, str]]:
    """What is said about one action with these columns changed, without the list's own questions."""
    found = [(item.key, item.field.removeprefix("action.1.")) for item in advice(listed({**WHOLE, **changed}), case)]
    return [(key, field) for key, field in found if field]


@pytest.mark.parametrize(
    ("line", "grade", "asked"),
    [
        (STRONG, "stronger", []),
        ("Show the age of each promise on a dashboard", "intermediate", ["stronger.intermediate"]),
        ("Sign an agreement with every team", "weaker", ["stronger.weaker"]),
        ("Retrain the stewards", "weaker", ["stronger.weaker"]),
        ("Remind everybody to be careful", "weaker", ["stronger.weaker"]),
    ],
)
def test_a_line_is_graded_and_a_weaker_one_asked_for_a_stronger(
    case: Case, line: str, grade: str, asked: list[str]
) -> None:
    assert about(case, what=line) == [(f"graded.{grade}", "what"), *((key, "what") for key in asked)]
    told = advice(listed({**WHOLE, "what": line}), case)[0]
    assert told.kind == "tell"
    assert told.values["quote"] in line
    assert told.values["reason"].endswith(".")


def test_an_unclear_line_is_asked_and_given_no_grade(case: Case) -> None:
    assert about(case, what="Improve the plan", mechanism="Better plans") == [("graded.unclear", "what")]


@pytest.mark.parametrize(
    ("column", "value", "key"),
    [
        ("owner", "the team", "look.group_owner"),
        ("owner", "everyone", "look.group_owner"),
        ("owner", "QA and Operations", "look.two_owners"),
        ("due", None, "due.none"),
        ("due", "asap", "due.unread"),
        ("due", "2026-02-02", "due.past"),
        ("metric", None, "metric.none"),
        ("metric", "All trained", "look.mere_doing"),
        ("mechanism", "People will be more careful.", "wording.individual_fix"),
        ("mechanism", "Dave won't open it again.", "look.named"),
    ],
)
def test_what_is_asked_about_owner_day_measure_and_mechanism(case: Case, column: str, value: Value, key: str) -> None:
    assert about(case) == [("graded.stronger", "what")]
    assert (key, column) in about(case, **{column: value})


def test_a_team_of_the_case_is_known_by_its_name(case: Case) -> None:
    team = case.dependencies[0].team
    for owner in (team, f"the {team}", f"{team} team", team.upper()):
        assert ("owner.team", "owner") in about(case, owner=owner)
    assert ("owner.team", "owner") not in about(case, owner=f"Lead of {team}")


def test_a_list_without_a_strong_action_is_asked_about_once_there_are_three(case: Case) -> None:
    weak = {**WHOLE, "what": "Retrain the stewards"}
    keys = [[item.key for item in advice(listed(*[weak] * n), case)] for n in (2, 3)]
    assert ["set.none_stronger" in found for found in keys] == [False, True]
    assert "set.none_stronger" not in [item.key for item in advice(listed(weak, weak, weak, WHOLE), case)]


def test_a_condition_that_no_action_answers_is_named(case: Case) -> None:
    last = advice(listed(WHOLE), case)[-1]
    assert last.key == "set.unanswered"
    assert last.values["conditions"].startswith("3 (The plan was full.")
    both = listed(WHOLE, {**WHOLE, "condition": "3"})
    assert "set.unanswered" not in [item.key for item in advice(both, case)]
    assert "set.unanswered" not in [item.key for item in advice(listed({"what": STRONG}), case)]


def test_the_choices_carry_the_participants_own_conditions(case: Case) -> None:
    field = next(field for field in Actions().fitted(case) if field.choices)
    assert field.choices == tuple(str(number) for number in range(1, CONDITIONS + 1))
    assert field.labels[:2] == ("1: The promise was spoken.", "")
    assert field.labels[2].startswith("3: The plan was full. The plan")
    assert field.labels[2].endswith(" ...")
    assert len(field.labels[2]) < 70


def test_a_row_without_a_line_is_no_action(case: Case) -> None:
    assert read_actions({"action.1.owner": "Head of the hall"}, case) == []
    (action,) = read_actions(listed(WHOLE), case)
    assert action.graded.grade == GRADES[0]
    assert action.due is not None
    assert action.due.isoformat() == "2026-06-01"


def test_nothing_written_is_asked_nothing(case: Case) -> None:
    assert advice({}, case) == []
    assert advice({f"action.{n}.tracker": "x" for n in range(1, 9)}, case) == []
