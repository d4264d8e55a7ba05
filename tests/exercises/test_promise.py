"""A promise in writing: what it asks back, which contract it gives, and that every hole in it is named."""

from collections.abc import Mapping
from datetime import date

import pytest

from workshop.course import Course, Value
from workshop.exercises.base import Case
from workshop.exercises.gate import Gate
from workshop.exercises.law import LawInWords
from workshop.exercises.promise import Promise
from workshop.payments.contract import ASKED, objectives, problems, term
from workshop.payments.document import fx_quote
from workshop.payments.rfc import PLACES, TEAMS, drafted, drafted_on

KICKOFF = date(2025, 12, 8)
PEAK = 5


@pytest.fixture
def case(course: Course) -> Case:
    return Case(course.scenario.facts)


@pytest.fixture
def strong(course: Course) -> dict[str, Value]:
    """The strong persona's answers, as the fields hold them."""
    typed = course.scenario.personas["strong"].answers["promise"]
    return {field.name: field.read(typed.get(field.name)) for field in Promise.fields}


def asked(answers: Mapping[str, Value], case: Case) -> list[tuple[str, str]]:
    return [(advice.key, advice.field) for advice in Promise().advise(answers, case)]


def test_every_question_of_a_contract_has_a_field() -> None:
    assert {*PLACES.values(), *TEAMS} == set(ASKED)


def test_a_whole_promise_stands_and_is_asked_nothing(strong: dict[str, Value], case: Case) -> None:
    assert asked(strong, case) == [("complete", "")]
    assert problems(drafted(strong, PEAK), drafted_on(strong, KICKOFF)) == ()


@pytest.mark.parametrize("field", [field.name for field in Promise.fields])
def test_each_field_left_open_is_a_hole_that_is_named(field: str, strong: dict[str, Value]) -> None:
    left_open = {**strong, field: None}
    assert problems(drafted(left_open, PEAK), drafted_on(left_open, KICKOFF))


def test_an_empty_promise_keeps_nothing_but_the_teams_and_the_file() -> None:
    contract = drafted({}, PEAK)
    assert {place for place in ASKED if term(contract, place)} == set(TEAMS)
    assert contract.operations.keys() == fx_quote().operations.keys()
    assert objectives(contract) == {}


def test_days_are_written_as_the_file_wants_them_and_the_peak_is_the_case_s(strong: dict[str, Value]) -> None:
    contract = drafted({**strong, "p50": "Mon 2 Feb 2026"}, 3)
    assert term(contract, "delivery.p50") == "2026-02-02"
    usual, peak = objectives(contract).values()
    assert (usual.load, usual.per_second, peak.load, peak.per_second) == (1, 40, 3, 120)


@pytest.mark.parametrize(
    ("answers", "key", "field"),
    [
        ({"mock": "end of January"}, "day.unreadable", "mock"),
        ({"provider_owner": "the whole team"}, "person.nobody", "provider_owner"),
        ({"consumer_owner": "Noor", "consumer_deputy": "noor"}, "person.twice", "consumer_deputy"),
        ({"p50": "2026-02-13", "p80": "2026-02-02"}, "dates.crossed", "p80"),
        ({"p50": "2026-02-02", "p80": "2026-02-02"}, "dates.one", "p80"),
        ({"mock": "2026-02-03", "p50": "2026-02-02"}, "dates.mock", "mock"),
        ({"p80": "2026-03-02"}, "dates.launch", "p80"),
        ({"p95": 250, "p95_peak": 200}, "peak.slower", "p95_peak"),
        ({"notice_hours": 120}, "notice.long", "notice_hours"),
        ({"verification": "We test it together."}, "verification.open", "verification"),
        ({"fallback": "None."}, "fallback.none", "fallback"),
        ({"consumer_signed": "2025-12-10"}, "signed.early", "consumer_signed"),
    ],
)
def test_what_would_not_hold_is_asked_about(answers: dict[str, Value], key: str, field: str, case: Case) -> None:
    assert (key, field) in asked(answers, case)


def test_people_may_be_called_anything_but_nobody(case: Case) -> None:
    assert asked({"provider_owner": "Weronika Teamer", "consumer_owner": "Usain Wells"}, case) == []
    assert asked({"provider_owner": "Weronika, who leads the platform team"}, case) == []


@pytest.mark.parametrize(
    ("asks", "holds", "keys"),
    [
        ("Accept it.", "It works.", ["asks.once", "holds.vague"]),
        ("Accept it again.", "Both carry the number of the first deal.", []),
        ("", "", []),
    ],
)
def test_a_law_looks_twice_and_compares(asks: str, holds: str, keys: list[str], case: Case) -> None:
    assert [advice.key for advice in LawInWords().advise({"asks": asks, "holds": holds}, case)] == keys


@pytest.mark.parametrize(
    ("answers", "keys"),
    [
        ({"stops": "We discuss it in the review."}, ["stops.advice"]),
        ({"stops": "A nice dashboard."}, ["stops.nothing"]),
        ({"stops": "The import can't start.", "overrule": "the team"}, ["overrule.anybody"]),
        ({"stops": "A warning, and the merge is blocked.", "overrule": "Ana, in the log"}, []),
    ],
)
def test_a_gate_stops_something_and_somebody_may_pass(answers: dict[str, Value], keys: list[str], case: Case) -> None:
    assert [advice.key for advice in Gate().advise(answers, case)] == keys
