"""The pre-mortem: what is asked about a risk, and when; what the list as a whole says."""

import math
from itertools import product

import pytest

from workshop.course import Course, Value
from workshop.exercises.base import Answers, Case
from workshop.exercises.premortem import COLUMNS, SCORING, Premortem
from workshop.exercises.risks import Risk, outward, read_risks
from workshop.exercises.tenses import untold

WRITTEN: dict[str, Value] = {
    "cause": "We had taken a spoken yes for a date.",
    "event": "Nothing was there when we wanted to begin.",
    "effect": "The launch moved, and 40 customers waited.",
}
SCORED: dict[str, Value] = {
    **WRITTEN,
    "likelihood": 50,
    "money": 2,
    "days": 20,
    "control": "ours",
    "move": "Write down what is promised, and have it signed.",
    "indicator": "Signed pages",
    "threshold": "fewer than 2",
    "check": "19 December 2025",
    "then": "I show the smaller scope.",
    "owner": "Ana",
}


@pytest.fixture
def case(course: Course) -> Case:
    scenario = course.scenario
    return Case(scenario.facts, course.wording, scenario.data, scenario.dependencies, scenario.timeline)


def listed(*risks: dict[str, Value]) -> dict[str, Value]:
    return {f"risk.{n}.{column}": value for n, risk in enumerate(risks, 1) for column, value in risk.items()}


def said(answers: Answers, case: Case) -> list[tuple[str, str]]:
    return [(item.key, item.field) for item in Premortem().advise(answers, case)]


def about(case: Case, **changed: Value) -> list[tuple[str, str]]:
    """What is said about one scored risk with these columns changed."""
    return [(key, field.removeprefix("risk.1.")) for key, field in said(listed({**SCORED, **changed}), case)]


# When what is wanted


def test_the_silent_minutes_want_three_columns_and_ask_nothing(case: Case) -> None:
    assert said({}, case) == []
    assert said(listed(WRITTEN), case) == []
    assert Premortem().missing(listed(WRITTEN, WRITTEN)) == ("risk.3.cause", "risk.3.event", "risk.3.effect")
    assert Premortem().missing(listed(WRITTEN, WRITTEN, WRITTEN, {"votes": 1})) == (
        "risk.4.cause", "risk.4.event", "risk.4.effect",
    )  # fmt: skip


def test_only_a_risk_whose_scoring_has_begun_wants_the_rest() -> None:
    three = listed(WRITTEN, {**WRITTEN, "likelihood": 0}, WRITTEN)
    assert Premortem().missing(three) == tuple(f"risk.2.{name}" for name in SCORING if name != "likelihood")
    assert Premortem().missing(listed(SCORED, WRITTEN, WRITTEN)) == ()


def test_a_sound_risk_is_left_alone(case: Case) -> None:
    assert about(case) == []


def test_what_is_still_being_typed_is_not_asked_about(case: Case) -> None:
    assert said(listed({"cause": "We had taken it for a date."}), case) == []
    assert said(listed({"cause": "Poor communication"}), case) == []
    assert said(listed({"effect": "Everybody waited."}), case) == []


def test_a_chain_is_asked_for_its_missing_end_once_the_writer_has_gone_on(case: Case) -> None:
    begun: dict[str, Value] = {"cause": "We had taken it for a date."}
    assert said(listed(begun, WRITTEN), case) == [("cause.alone", "risk.1.event")]
    assert ("cause.alone", "risk.1.event") in said(listed({**begun, "likelihood": 10}), case)
    assert said(listed({"effect": "Everybody waited."}, WRITTEN), case) == [("cause.none", "risk.1.cause")]


def test_three_written_risks_are_sent_on_to_the_scoring(case: Case) -> None:
    assert said(listed(WRITTEN, WRITTEN), case) == []
    (next_step,) = Premortem().advise(listed(WRITTEN, WRITTEN, WRITTEN), case)
    assert (next_step.key, next_step.kind, dict(next_step.values)) == ("written", "tell", {"count": "3"})
    assert "written" not in dict(said(listed(WRITTEN, WRITTEN, SCORED), case))


# The tense of a cause


@pytest.mark.parametrize(
    "cause",
    [
        "We had taken a promise for a date", "Nobody wrote it down", "We couldn't agree on a scope",
        "We believed that they would deliver", "Rates has slipped", "In May we ordered the wrong part",
        "They said 'we will have it' and we built on it", "Two people left", "The need for speed won",
        "We would not listen",
    ],
)  # fmt: skip
def test_a_cause_told_as_past_is_taken_as_it_is(cause: str) -> None:
    assert untold(cause) is None


@pytest.mark.parametrize(
    ("cause", "word"),
    [
        ("Rates will be late", "will"),
        ("We'll miss the date", "We'll"),
        ("The vendor could fail", "could"),
        ("The order might be delayed", "might"),
        ("The plan has no slack", "has"),
        ("The part is delivered late", "is"),
        ("We don’t talk enough", "don't"),
        ("Poor communication", ""),
        ("The need for speed", ""),
        ("", ""),
    ],
)
def test_a_cause_that_is_still_open_gives_itself_away(cause: str, word: str) -> None:
    assert untold(cause) == word


def test_the_open_word_is_quoted_and_a_mere_thing_is_asked_who_did_it(case: Case) -> None:
    (open_cause,) = Premortem().advise(listed({**SCORED, "cause": "They will be late"}), case)
    assert (open_cause.key, open_cause.quotes) == ("cause.open", ("will",))
    assert about(case, cause="Poor communication") == [("cause.untold", "cause")]


# First move and tripwire


@pytest.mark.parametrize(
    ("move", "quote"),
    [
        ("The vendor must deliver earlier", "The vendor must"),
        ("They should tell us sooner", "They should"),
        ("Rates delivers two weeks earlier", "Rates"),
        ("The other team writes it down", "The other team"),
        ("We plan it, and the suppliers have to sign", "the suppliers have to"),
    ],
)
def test_a_move_that_somebody_else_has_to_make_is_quoted(case: Case, move: str, quote: str) -> None:
    (asked,) = Premortem().advise(listed({**SCORED, "move": move}), case)
    assert (asked.key, asked.field, asked.quotes) == ("move.others", "risk.1.move", (quote,))


@pytest.mark.parametrize(
    "move", ["Monitor it closely", "Keep an eye on them", "Stay in touch", "Ask for a status weekly"]
)
def test_watching_is_no_move(case: Case, move: str) -> None:
    assert about(case, move=move) == [("move.watches", "move")]


@pytest.mark.parametrize(
    "move",
    [
        "I write one page with Rates and both of us sign it", "Monitor it and order a second one",
        "We must cut the scope",
        "Our team will test with examples", "Book the counsel for week 1", "Team up with the lab and share a rig",
    ],
)  # fmt: skip
def test_an_own_move_is_left_alone(case: Case, move: str) -> None:
    assert about(case, move=move) == []


def test_a_missing_move_is_asked_for_by_who_can_change_it(case: Case) -> None:
    assert about(case, move=None) == [("move.none", "move")]
    assert about(case, move=None, control="outside") == [("move.outside", "move")]
    assert said(listed({**WRITTEN, "likelihood": 20}), case) == []


@pytest.mark.parametrize("threshold", ["red", "too many", "when it gets bad"])
def test_a_threshold_without_a_number_is_quoted(case: Case, threshold: str) -> None:
    assert about(case, threshold=threshold) == [("threshold.number", "threshold")]


@pytest.mark.parametrize(
    "threshold", ["fewer than 3 of 5", "two days", "no answer", "the first complaint", "below 95%"]
)
def test_a_threshold_with_a_quantity_is_left_alone(case: Case, threshold: str) -> None:
    assert about(case, threshold=threshold) == []


def test_what_a_tripwire_lacks_is_asked_once_something_after_it_is_filled_in(case: Case) -> None:
    begun: dict[str, Value] = {**WRITTEN, "indicator": "Signed pages"}
    assert said(listed(begun), case) == []
    assert said(listed({**begun, "owner": "Ana"}), case) == [
        ("threshold.none", "risk.1.threshold"),
        ("check.none", "risk.1.check"),
    ]


@pytest.mark.parametrize(
    ("check", "key"),
    [("every week", "check.unreadable"), ("9/1/2026", "check.unreadable"), ("2026-03-02", "check.late"),
     ("1 May 2026", "check.late"), ("7 December 2025", "check.early")],
)  # fmt: skip
def test_a_day_must_be_readable_and_lie_before_the_launch(case: Case, check: str, key: str) -> None:
    assert about(case, check=check) == [(key, "check")]


@pytest.mark.parametrize("check", ["8 December 2025", "2026-03-01"])
def test_the_day_of_the_kick_off_and_the_eve_of_the_launch_will_do(case: Case, check: str) -> None:
    assert about(case, check=check) == []


@pytest.mark.parametrize("owner", ["team", "The team", "we", "Everyone", "TBD", "?", "all of us", "management", "n/a"])
def test_a_crowd_is_no_owner(case: Case, owner: str) -> None:
    assert about(case, owner=owner) == [("owner.nobody", "owner")]


@pytest.mark.parametrize(
    "owner", ["Rates team", "the Rates team", "Team Rates", "the whole project team", "Ana's team"]
)
def test_a_crowd_with_a_name_is_no_owner(case: Case, owner: str) -> None:
    assert about(case, owner=owner) == [("owner.nobody", "owner")]


@pytest.mark.parametrize("owner", ["Team lead", "Ana (Rates team)", "The lead of the Rates team", "Usain Wells"])
def test_a_person_of_a_team_is_an_owner(case: Case, owner: str) -> None:
    assert about(case, owner=owner) == []


@pytest.mark.parametrize("owner", ["Ana and Ben", "Ana/Ben", "Ana, Ben", "Ana & Ben"])
def test_two_owners_are_one_too_many(case: Case, owner: str) -> None:
    assert about(case, owner=owner) == [("owner.several", "owner")]


@pytest.mark.parametrize("owner", ["Ana", "Tech Lead", "the head of the lab", "Team lead", "Anderson", "Wendy"])
def test_a_name_or_a_role_is_an_owner(case: Case, owner: str) -> None:
    assert about(case, owner=owner) == []


# Figures


def test_certainty_and_harmlessness_are_asked_about(case: Case) -> None:
    assert about(case, likelihood=0) == [("likelihood.zero", "likelihood")]
    assert about(case, likelihood=100) == [("likelihood.certain", "likelihood")]
    assert about(case, money=0, days=0) == [("impact.nothing", "money")]
    assert about(case, money=0) == []


def test_a_mitigation_is_weighed_against_what_it_saves(case: Case) -> None:
    assert about(case, cost=0.1, residual=10) == []
    assert about(case, residual=60) == [("residual.more", "residual")]
    (dear,) = Premortem().advise(listed({**SCORED, "cost": 0.9, "residual": 10}), case)
    assert (dear.key, dict(dear.values)) == ("cost.more", {"cost": "$0.9M", "saved": "$0.8M"})


def test_expected_loss_is_chance_times_cost() -> None:
    (risk,) = read_risks(listed({**SCORED, "cost": 0.25, "residual": 10}))
    assert (risk.money, risk.days, risk.after) == (1.0, 10.0, 0.45)
    assert (Risk(1, {}, {"money": 1.0}).money, Risk(1, {}, {"likelihood": 1.0}).after) == (None, None)


@pytest.mark.parametrize("column", ["move", "indicator", "threshold", "check", "owner"])
def test_a_risk_is_watched_only_with_all_of_its_tripwire(column: str) -> None:
    assert read_risks(listed(SCORED))[0].is_watched
    assert not read_risks(listed({**SCORED, column: None}))[0].is_watched


def test_a_tripwire_that_nobody_can_look_at_watches_nothing() -> None:
    for column, value in (("check", "every week"), ("owner", "everyone"), ("threshold", "red")):
        assert not read_risks(listed({**SCORED, column: value}))[0].is_watched, column


# The list as a whole


def test_the_drift_outward_is_told_from_three_risks_on(case: Case) -> None:
    ours, outside = SCORED, {**SCORED, "control": "outside"}
    assert said(listed(ours, outside), case) == []
    (told,) = Premortem().advise(listed(ours, outside, ours), case)
    assert (told.key, told.kind, dict(told.values)) == ("drift", "tell", {"outside": "1", "count": "3"})
    assert said(listed(ours, outside, ours, outside), case) == [("drift", "")], "half is not more than half"
    assert said(listed(ours, outside, outside), case) == [("drift", ""), ("drift.outward", "")]


def test_risks_that_do_not_say_who_can_change_them_are_not_counted() -> None:
    assert outward(read_risks(listed(WRITTEN, SCORED, {**SCORED, "control": "outside"}))) == (1, 2)


def test_votes_and_money_that_disagree_are_named(case: Case) -> None:
    voted, dear = {**SCORED, "votes": 5}, {**SCORED, "votes": 1, "money": 9}
    (asked,) = Premortem().advise(listed(voted, dear), case)
    assert (asked.key, dict(asked.values)) == ("votes.differ", {"voted": "1", "dearest": "2"})
    assert said(listed({**voted, "money": 9}, {**dear, "money": 2}), case) == []
    assert said(listed({**voted, "votes": 1}, dear), case) == [], "a tie favours nobody"


def test_the_wording_is_asked_about_as_in_a_post_mortem(case: Case) -> None:
    (asked,) = Premortem().advise(listed({**SCORED, "cause": "The vendor let us down."}), case)
    assert (asked.key, asked.field) == ("wording.blame_shift", "risk.1.cause")
    assert asked.quotes[0] in "The vendor let us down."


@pytest.mark.slow
def test_nothing_that_a_form_can_hold_breaks_the_advice(case: Case) -> None:
    texts: tuple[Value, ...] = (None, "", " ", "x", "?", "\ufffc" * 9, "99999999-99-99", "(((", "will " * 300, "0")
    numbers: tuple[Value, ...] = (None, 0, 0.0, 1e-9, 100, 1e5, -0.0)
    for text, number in product(texts, numbers):
        row = {c.name: number if c.kind == "number" else text for c in COLUMNS if c.kind != "choice"}
        for control in (None, "ours", "outside"):
            answers = listed(*[{**row, "control": control}] * 12)
            for item in Premortem().advise(answers, case):
                assert item.key in Premortem.keys
            assert all(risk.money is None or math.isfinite(risk.money) for risk in read_risks(answers))


def test_the_strong_persona_has_nothing_left_to_mend_and_the_weak_one_drifts(course: Course, case: Case) -> None:
    def asked(persona: str) -> list[str]:
        typed = course.scenario.personas[persona].answers["premortem"]
        answers = {field.name: field.read(typed.get(field.name)) for field in Premortem.fields}
        return [item.key for item in Premortem().advise(answers, case) if item.kind == "ask"]

    assert asked("strong") == ["votes.differ"]
    drifted = {"cause.open", "cause.untold", "move.watches", "move.others", "move.outside", "drift.outward"}
    vague = {"owner.nobody", "threshold.number", "check.unreadable", "likelihood.certain"}
    assert drifted | vague <= set(asked("weak"))
