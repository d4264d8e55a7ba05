"""A listener's levels beside the teller's: agreement, the widest difference, and no verdict."""

import pytest

from workshop.course import Course, FigureWords
from workshop.exercises.base import Advice, Answers, Case
from workshop.exercises.peer_rating import PeerRating
from workshop.exercises.rubric import DIMENSIONS
from workshop.views.results.peer_rating import show

OWN = "3322332"
"""The teller's levels; under probing is open."""


def rated(number: int, levels: str) -> dict[str, str]:
    return {f"listener.{number}.{d}": level for d, level in zip(DIMENSIONS, levels, strict=False)}


def case(own: str = OWN) -> Case:
    return Case(answers={"self-rating": dict(zip(DIMENSIONS, own, strict=False))})


def advice(answers: Answers, own: str = OWN) -> dict[str, Advice]:
    return {item.key: item for item in PeerRating().advise(answers, case(own))}


def test_half_a_rating_is_told_nothing() -> None:
    assert advice(rated(1, "3322332")) == {}
    assert advice({}) == {}


def test_agreement_counts_what_both_have_rated() -> None:
    said = advice(rated(1, "34213323"))
    assert said["agreement"].values == {
        "ratings": "7", "exact": "71%", "within_one": "100%", "higher": "1", "lower": "1",
    }  # fmt: skip
    assert said["kappa.few"].values == {"ratings": "7", "fewest": "12"}
    assert "kappa" not in said


def test_probing_counts_once_the_teller_has_rated_it_too() -> None:
    said = advice(rated(1, "33223323"), OWN + "2")
    assert said["agreement"].values["ratings"] == "8"
    assert "probing" not in said


def test_probing_that_only_the_listener_could_rate_is_asked_about() -> None:
    said = advice(rated(1, "33223324"))
    assert (said["probing"].field, said["probing"].kind) == ("listener.1.under_probing", "ask")
    assert said["probing"].values == {"level": "4"}


def test_the_widest_difference_is_a_question() -> None:
    said = advice(rated(1, "32242332"))["apart"]
    assert (said.field, said.kind, said.values) == ("listener.1.decision", "ask", {"own": "2", "theirs": "4"})


def test_among_equal_differences_a_gate_comes_first_and_then_the_order_of_the_story() -> None:
    assert advice(rated(1, "32123322"))["apart"].field == "listener.1.ownership"
    assert advice(rated(1, "33113322"))["apart"].field == "listener.1.causes"


def test_two_listeners_have_a_kappa_and_are_compared_with_each_other() -> None:
    answers = {**rated(1, "33223322"), **rated(2, "23423342")}
    said = advice(answers)
    assert said["agreement"].values["ratings"] == "14"
    assert "kappa.few" not in said
    assert said["kappa"].values == {"kappa": "0.14"}
    assert said["listeners"].values == {"exact": "62%", "within_one": "75%"}


def test_a_second_listener_who_has_only_begun_is_left_out() -> None:
    said = advice({**rated(1, "33223322"), **rated(2, "23")})
    assert said["agreement"].values["ratings"] == "7"
    assert "listeners" not in said


def test_where_no_level_differs_nobody_is_congratulated() -> None:
    said = advice(rated(1, "33223322"))
    assert said["same"].kind == "ask"
    assert "apart" not in said


def test_one_level_throughout_has_no_kappa_and_is_not_called_too_few() -> None:
    said = advice({**rated(1, "22222222"), **rated(2, "22222222")}, "2222222")
    assert not {"kappa", "kappa.few"} & said.keys()


@pytest.mark.parametrize("own", ["", "333", "33.3332"])
def test_without_a_complete_rating_of_ones_own_there_is_nothing_to_compare(own: str) -> None:
    said = advice(rated(1, "33223322"), own)
    assert list(said) == ["self.open"]


def test_only_the_first_listener_is_asked_for() -> None:
    missing = PeerRating().missing({})
    assert missing == tuple(f"listener.1.{dimension}" for dimension in DIMENSIONS)


def test_every_level_has_the_rubrics_own_anchor(course: Course) -> None:
    words, own = course.words["peer-rating"], course.words["self-rating"]
    for dimension in DIMENSIONS:
        assert words.fields[f"listener.{dimension}"] == own.fields[dimension]


def words() -> dict[str, FigureWords]:
    labels = {name: name for name in (*DIMENSIONS, "column_dimension", "column_own", "column_listener")}
    return {"peer-rating": FigureWords("Levels", "Talk about it.", labels)}


def test_the_table_lays_the_levels_side_by_side() -> None:
    (table,) = show({**rated(1, "33223324"), **rated(2, "23")}, case(), words())
    assert [column.label for column in table.columns] == ["column_dimension", "column_own", "column_listener 1"]
    assert table.rows[0] == ["stakes", "3", "3"]
    assert table.rows[-1] == ["under_probing", "–", "4"]
    assert show(rated(1, "33"), case(), words()) == ()
