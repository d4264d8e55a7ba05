"""The reveal: own risks as choices, proposals by shared words, and what is told when all causes are matched."""

from dataclasses import replace

import pytest

from workshop.course import Course, Value
from workshop.exercises.base import Advice, Answers, Case
from workshop.exercises.overlap import shared
from workshop.exercises.premortem import Premortem
from workshop.exercises.reveal import MOST_CAUSES, Reveal, matched, read_causes

CAUSES = (
    {
        "key": "spoken",
        "title": "Spoken promises",
        "text": "Promised on the phone, signed by nobody.",
        "control": "ours",
    },
    {"key": "slack", "title": "No slack", "text": "The plan was full.", "control": "ours"},
    {"key": "storm", "title": "A storm", "text": "It came on the Friday.", "control": "outside"},
)
RISKS: dict[str, Value] = {
    "risk.1.cause": "We had relied on a promise from a phone call.",
    "risk.1.control": "outside",
    "risk.2.cause": "The mayor had moved the feast.",
    "risk.2.control": "outside",
    "risk.4.event": "The lamps went out.",
    "risk.4.control": "ours",
}
WATCHED: dict[str, Value] = {
    "risk.1.move": "I get it signed.",
    "risk.1.indicator": "Signatures",
    "risk.1.threshold": "none",
    "risk.1.check": "2026-01-09",
    "risk.1.owner": "Ana",
}
CASE = Case(data={"causes": CAUSES}, answers={"premortem": RISKS})


def told(answers: Answers, case: Case = CASE) -> dict[str, Advice]:
    return {item.key: item for item in Reveal().advise(answers, case)}


def test_without_a_risk_the_causes_stay_hidden() -> None:
    for empty in ({}, {"risk.1.control": "ours"}, {"risk.1.cause": " "}):
        case = Case(data={"causes": CAUSES}, answers={"premortem": empty})
        assert Reveal().fitted(case) == ()
        (waiting,) = Reveal().advise({}, case)
        assert (waiting.key, waiting.kind) == ("waiting", "tell")


def test_each_cause_offers_the_own_risks_in_the_own_words() -> None:
    fields = Reveal().fitted(CASE)
    assert [field.label for field in fields] == [cause["title"] for cause in CAUSES]
    for field in fields:
        assert field.choices == ("none", "risk.1", "risk.2", "risk.4")
        assert field.labels == (
            "", "1. We had relied on a promise from a phone call.", "2. The mayor had moved the feast.",
            "4. The lamps went out.",
        )  # fmt: skip
        assert field.read("risk.4") == "risk.4"


def test_a_match_is_proposed_where_words_overlap_and_is_never_made() -> None:
    (proposed,) = Reveal().advise({}, CASE)
    assert (proposed.key, proposed.field, proposed.kind) == ("propose", "cause_1", "ask")
    assert dict(proposed.values) == {
        "number": "1",
        "risk": "We had relied on a promise from a phone call",
        "words": "promise, phone",
    }
    assert matched({}, CASE) == {}


def test_a_matched_cause_gets_no_proposal_any_more() -> None:
    assert told({"cause_1": "none"}) == {}


def test_one_shared_word_is_too_little() -> None:
    assert shared("The plan had a hole", "The plan was full") == ("plan",)
    risks = {"risk.1.cause": "The plan had a hole"}
    assert Reveal().advise({}, Case(data={"causes": CAUSES}, answers={"premortem": risks})) == []


def test_words_are_compared_by_their_beginnings_and_common_ones_not_at_all() -> None:
    assert shared("Promises were spoken when testing", "a promised test") == ("promises", "testing")
    assert shared("The team was late after the launch", "The team was late after the launch") == ()


def test_the_result_waits_until_every_cause_has_its_answer() -> None:
    assert told({"cause_1": "risk.1", "cause_2": "none"}) == {}


def test_what_was_foreseen_and_what_was_not_is_told() -> None:
    said = told({"cause_1": "risk.1", "cause_2": "none", "cause_3": "none"})
    assert dict(said["told.foreseen"].values) == {"foreseen": "1", "count": "3"}
    assert dict(said["told.missed"].values) == {"missed": "No slack; A storm"}
    assert dict(said["told.unwatched"].values) == {"watched": "0", "foreseen": "1"}
    assert dict(said["told.drift"].values) == {"outside": "2", "risks": "3", "theirs": "1", "count": "3"}
    assert all(item.kind == "tell" for item in said.values())


def test_a_foreseen_cause_with_a_tripwire_is_told_apart() -> None:
    case = replace(CASE, answers={"premortem": {**RISKS, **WATCHED}})
    assert "told.watched" in told({"cause_1": "risk.1", "cause_2": "none", "cause_3": "none"}, case)
    both = told({"cause_1": "risk.1", "cause_2": "risk.2", "cause_3": "none"}, case)
    assert dict(both["told.unwatched"].values) == {"watched": "1", "foreseen": "2"}


def test_nothing_foreseen_is_told_without_a_word_on_tripwires() -> None:
    said = told(dict.fromkeys(("cause_1", "cause_2", "cause_3"), "none"))
    assert dict(said["told.foreseen"].values) == {"foreseen": "0", "count": "3"}
    assert not {"told.watched", "told.unwatched"} & said.keys()


def test_one_risk_for_everything_is_asked_about_and_counts_as_all_foreseen() -> None:
    said = told(dict.fromkeys(("cause_1", "cause_2", "cause_3"), "risk.2"))
    assert dict(said["wide"].values) == {"number": "2", "risk": "The mayor had moved the feast", "count": "3"}
    assert dict(said["told.all"].values) == {"count": "3"}
    assert "told.missed" not in said


def test_a_match_with_a_risk_that_is_gone_is_open_again() -> None:
    answers = {"cause_1": "risk.3", "cause_2": "none", "cause_3": "none"}
    assert matched(answers, CASE) == {"cause_2": "none", "cause_3": "none"}
    assert set(told(answers)) == {"propose"}


def test_with_two_risks_nobody_speaks_of_a_share() -> None:
    few = {name: value for name, value in RISKS.items() if not name.startswith("risk.4")}
    case = replace(CASE, answers={"premortem": few})
    assert "told.drift" not in told(dict.fromkeys(("cause_1", "cause_2", "cause_3"), "none"), case)


def test_the_case_has_five_to_seven_causes_most_of_them_its_own(course: Course) -> None:
    causes = course.scenario.data["causes"]
    assert 5 <= len(causes) <= MOST_CAUSES
    controls = [cause["control"] for cause in causes]
    assert set(controls) <= {"ours", "shared", "outside"}
    assert controls.count("ours") > len(causes) / 2
    assert read_causes(Case(data=course.scenario.data)) == causes


@pytest.mark.parametrize("persona", ["strong", "weak"])
def test_a_persona_that_answers_is_told_the_result(course: Course, persona: str) -> None:
    typed = course.scenario.personas[persona].answers
    risks = {field.name: field.read(typed["premortem"].get(field.name)) for field in Premortem.fields}
    case = Case(data=course.scenario.data, answers={"premortem": risks})
    assert "told.foreseen" in told(typed["reveal"], case)
