"""The grading of actions against the corpus: precision and recall of every grade on every split.

A line of the corpus is ``- action`` or ``- (perhaps grade) action`` under ``## grade``. The first lists were there to
tune the patterns on. The two held-out lists were written and labelled later, by the same hand, and measured before
anything changed again. Together (precision / recall): stronger .96 / .71, intermediate .96 / .69, weaker .97 / .79.
What the patterns don't know comes out as unclear, and is asked about.
anything changed again. Precision / recall of both together: stronger .96 / .71, intermediate .96 / .69, weaker
.97 / .79. What the patterns don't know comes out as unclear, and is asked about.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from workshop.course import Course
from workshop.exercises.strength import GRADES, UNCLEAR, grade

HERE = Path(__file__).parent
TUNED = ("dev.md", "dev_2.md", "dev_3.md", "dev_4.md")
HELD_OUT = ("held_out.md", "held_out_2.md")
LINE = re.compile(r"- (?:\(perhaps (?P<perhaps>\w+)\) )?(?P<text>.+)")


@dataclass(frozen=True)
class Labelled:
    grade: str
    perhaps: str
    text: str


def read_corpus(*names: str) -> list[Labelled]:
    found, label = [], ""
    for name in names:
        for line in (HERE / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("## "):
                label = line.removeprefix("## ")
            elif match := LINE.fullmatch(line):
                found.append(Labelled(label, match["perhaps"] or "", match["text"]))
    return found


@pytest.mark.parametrize(
    ("names", "precision", "recall"), [(TUNED, 0.97, 0.95), (HELD_OUT, 0.90, 0.65)], ids=["tuned", "held out"]
)
def test_every_grade_is_precise_and_complete_enough(
    course: Course, names: tuple[str, ...], precision: float, recall: float
) -> None:
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for each in read_corpus(*names):
        found = grade(each.text, "", course.review.mechanisms).grade
        if found in (each.grade, each.perhaps):
            right[each.grade] += 1
        else:
            wrong[found] += 1
            missed[each.grade] += 1
    figures = {g: (right[g] / ((right[g] + wrong[g]) or 1), right[g] / (right[g] + missed[g])) for g in GRADES}
    assert all(p >= precision and r >= recall for p, r in figures.values()), figures
    assert right[UNCLEAR] / (right[UNCLEAR] + missed[UNCLEAR]) >= 0.9, "what says nothing is not given a grade"


def test_the_corpus_is_large_and_says_nothing_twice() -> None:
    corpus = read_corpus(*TUNED, *HELD_OUT)
    assert len(corpus) >= 450
    assert len({each.text for each in corpus}) == len(corpus)
    assert {each.grade for each in corpus} == {*GRADES, UNCLEAR}
    assert {each.perhaps for each in corpus} <= {*GRADES, UNCLEAR, ""}
    assert min(Counter(each.grade for each in read_corpus(*HELD_OUT)).values()) >= 16


@pytest.mark.parametrize(
    ("action", "graded", "mechanism"),
    [
        ("Sign an RFC for each shared part", "weaker", "agreement"),
        ("Sign an RFC for each shared part, and block the opening while its check is red", "stronger", "gate"),
        ("Write a rule that nobody opens the hall without a check", "weaker", "policy"),
        ("Consider a lock on the gate that opens only after the check", "weaker", "study"),
        ("Train the stewards to refuse a ticket without a name", "weaker", "training"),
        ("Replace the checklist by an interlock", "stronger", "gate"),
        ("Handle it better", UNCLEAR, ""),
        ("", UNCLEAR, ""),
    ],
)
def test_what_a_mechanism_stands_in_decides(course: Course, action: str, graded: str, mechanism: str) -> None:
    found = grade(action, "", course.review.mechanisms)
    assert (found.grade, found.mechanism) == (graded, mechanism)
    assert bool(found.hint) == (graded in GRADES[1:]), "whatever isn't the strongest says where to look further"


def test_the_line_about_the_mechanism_counts_only_where_the_action_is_unclear(course: Course) -> None:
    stop = "The door stays locked until the lamp is green."
    assert grade("Change the door", stop, course.review.mechanisms).grade == "stronger"
    assert grade("Put a sign on the door", stop, course.review.mechanisms).grade == "weaker"


def test_a_quotation_ends_with_a_word_that_says_something(course: Course) -> None:
    assert grade("Reject a plan without a date", "", course.review.mechanisms).quote == "Reject"


@pytest.mark.parametrize(
    ("look", "sees", "spares"),
    [
        ("named", "Priya signed it.", "The deputy signed it."),
        ("single_cause", "The root cause was the date.", "The date was one condition."),
        ("group_owner", "Platform team", "Head of platform"),
        ("two_owners", "Head of sales and chief buyer", "Head of sales and marketing"),
        ("mere_doing", "100% trained", "fewer than 5% late"),
    ],
)
def test_a_look_sees_what_it_is_about(course: Course, look: str, sees: str, spares: str) -> None:
    assert course.review.sees(look, sees) in sees
    assert course.review.sees(look, sees)
    assert course.review.sees(look, spares) == ""
