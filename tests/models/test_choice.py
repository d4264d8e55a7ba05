"""Choosing: with and without weight on the worst, with and without a limited launch, and what makes the delay best."""

from dataclasses import replace

import pytest

from tests.models.test_decision_model import case, rows
from workshop.models.choice import (
    Reign,
    best,
    judge,
    judged,
    least_weight,
    open_options,
    premium,
    reigns,
    swings,
    turn,
)
from workshop.models.decision import Settings, expected, parameters, simulate, with_one

KNOWN = parameters(rows())


def test_the_mean_alone_chooses_the_limited_launch_and_without_it_the_full_one() -> None:
    losses = judge(case(), 0)
    assert losses == expected(case())
    assert best(losses) == "limited"
    assert best(losses, open_options(limited=False)) == "full"


def test_weight_on_the_worst_moves_a_loss_from_its_mean_to_its_tail() -> None:
    assert judged(1, 16, 0.5) == 8.5
    assert judge(case(), 1) == pytest.approx({option: spread.worst for option, spread in simulate(case()).items()})


def test_full_and_limited_change_places_at_the_break_even_of_the_case() -> None:
    full, limited = reigns(case(), limited=True)
    assert (full.start, full.option, limited.end, limited.option) == (0, "full", 1, "limited")
    assert full.end == limited.start == pytest.approx(0.46, abs=0.005)
    even = expected(replace(case(), defect=full.end))
    assert even["full"] == pytest.approx(even["limited"], abs=1e-12)


def test_one_option_may_lose_least_at_every_chance() -> None:
    assert reigns(case(), limited=False) == [Reign(0, 1, "full")]
    free = replace(case(), served=1, extra_limited=0, left=0, leak=0, stop_limited=0)
    assert [reign.option for reign in reigns(free, limited=True)] == ["limited"]


def test_all_three_may_have_their_turn() -> None:
    settings = replace(case(stop=25, window=26.7, missed=0, leak=50), stop_limited=0.06)
    found = reigns(settings, limited=True)
    assert [reign.option for reign in found] == ["full", "limited", "delay"]
    for reign in found:
        inside = expected(replace(settings, defect=(reign.start + reign.end) / 2))
        assert best(inside) == reign.option


@pytest.mark.parametrize("limited", [True, False])
def test_the_premium_compares_the_delay_with_the_best_of_the_others(limited: bool) -> None:
    losses = expected(case())
    other = losses["limited"] if limited else losses["full"]
    assert premium(case(), limited) == pytest.approx(losses["delay"] - other)


def test_where_a_limited_launch_is_feasible_no_parameter_alone_makes_the_delay_best() -> None:
    assert [turn(case(), each, limited=True) for each in KNOWN.values()] == [None] * len(KNOWN)
    assert least_weight(case(), limited=True) is None


def test_without_it_the_stop_alone_does_near_the_end_of_its_range() -> None:
    turns = {name: value for name, each in KNOWN.items() if (value := turn(case(), each, limited=False)) is not None}
    assert turns == pytest.approx({"stop": 23.93}, abs=0.005)
    at = with_one(case(), KNOWN["stop"], turns["stop"])
    assert premium(at, limited=False) == pytest.approx(0, abs=1e-6)


def test_without_it_two_thirds_of_the_weight_on_the_worst_make_the_delay_best() -> None:
    weight = least_weight(case(), limited=False)
    assert weight == pytest.approx(66, abs=1)
    assert best(judge(case(), (weight or 0) / 100), open_options(limited=False)) == "delay"
    assert best(judge(case(), (weight or 0) / 100 - 0.02), open_options(limited=False)) == "full"


@pytest.mark.parametrize("limited", [True, False])
def test_a_delay_that_is_best_already_needs_no_turn_and_no_weight(limited: bool) -> None:
    settings = case(stop=25, defect=80, served=0, extra_limited=20)
    assert premium(settings, limited) < 0
    assert turn(settings, KNOWN["stop"], limited) is None
    assert least_weight(settings, limited) == 0


def test_a_turn_is_the_nearest_one_on_either_side() -> None:
    settings = case(stop=22)
    value = turn(settings, KNOWN["defect"], limited=False) or 0
    assert premium(with_one(settings, KNOWN["defect"], value), limited=False) == pytest.approx(0, abs=1e-6)
    assert value > 50
    downwards = turn(settings, KNOWN["missed"], limited=False) or 0
    assert 0 < downwards < 3


def test_swings_come_widest_first_and_only_for_parameters_with_a_range() -> None:
    found = swings(case(), KNOWN, limited=True)
    widths = [abs(swing.high - swing.low) for swing in found]
    assert widths == sorted(widths, reverse=True)
    assert {swing.parameter.name for swing in found} == {each.name for each in KNOWN.values() if each.ranged}
    missed = found[0]
    assert (missed.parameter.name, missed.low) == ("missed", pytest.approx(premium(case(missed=0), limited=True)))
    assert missed.high == pytest.approx(premium(case(missed=15), limited=True))


@pytest.mark.parametrize("moved", [{"fix": 0}, {"delay": 0}, {"delay": 60, "fix": 90}, {"window": 0}])
def test_settings_beyond_every_range_still_have_an_answer(moved: dict[str, float]) -> None:
    settings: Settings = case(**moved)
    assert best(judge(settings, 0.5)) in ("full", "limited", "delay")
    assert len(swings(settings, KNOWN, limited=False)) == 10
