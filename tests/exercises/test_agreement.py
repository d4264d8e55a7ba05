"""Agreement between two readers, against values worked out by hand."""

import pytest

from workshop.exercises.agreement import FEWEST, agreement, quadratic_kappa

SAME = ((1, 1), (2, 2), (3, 3), (4, 4))


def test_shares_and_directions_are_counted() -> None:
    found = agreement([(1, 1), (2, 2), (3, 2), (1, 2), (4, 2)])
    assert (found.ratings, found.exact, found.within_one) == (5, 2 / 5, 4 / 5)
    assert (found.higher, found.lower) == (2, 1)


def test_the_same_throughout_is_a_kappa_of_1() -> None:
    assert quadratic_kappa(SAME) == 1


def test_the_opposite_throughout_is_a_kappa_of_minus_1() -> None:
    """Observed (9 + 1 + 1 + 9) / 4 = 5; by chance 2 * 1.25 = 2.5, since both have a variance of 1.25 round 2.5."""
    assert quadratic_kappa([(1, 4), (2, 3), (3, 2), (4, 1)]) == pytest.approx(-1)


def test_every_level_beside_every_level_is_a_kappa_of_0() -> None:
    assert quadratic_kappa([(a, b) for a in range(1, 5) for b in range(1, 5)]) == pytest.approx(0)


def test_one_level_apart_throughout() -> None:
    """Observed 1. By chance, for 1 2 3 beside 2 3 4: (1+4+9 + 0+1+4 + 1+0+1) / 9 = 21 / 9. So 1 - 9 / 21 = 4 / 7."""
    assert quadratic_kappa([(1, 2), (2, 3), (3, 4)]) == pytest.approx(4 / 7)


def test_a_distance_weighs_its_square() -> None:
    """One miss by 2 weighs as four by 1: observed 4 / 4 = 1; by chance, for 1 1 3 3 beside 1 1 3 1, 8 * 4 / 16 = 2."""
    assert quadratic_kappa([(1, 1), (1, 1), (3, 3), (3, 1)]) == pytest.approx(1 / 2)


def test_eight_of_ten_alike_can_be_less_than_chance() -> None:
    """The figure in the module's text. Observed 2 / 10; by chance (9 * 1 + 1 * 9) / 100 = 0.18; 1 - 0.2 / 0.18."""
    pairs = [*[(2, 2)] * 8, (2, 3), (3, 2)]
    assert agreement(pairs).exact == 0.8
    assert quadratic_kappa(pairs) == pytest.approx(-1 / 9)


def test_a_kappa_of_one_single_level_is_undefined() -> None:
    assert quadratic_kappa([(2, 2)] * FEWEST) is None
    assert agreement([(2, 2)] * FEWEST).kappa is None


def test_a_kappa_waits_for_twelve_ratings() -> None:
    twelve = [*SAME, *SAME, *SAME]
    assert FEWEST == 12
    assert agreement(twelve[:-1]).kappa is None
    assert agreement(twelve).kappa == 1


def test_it_does_not_matter_who_reads_first() -> None:
    pairs = [(1, 2), (4, 2), (3, 3), (2, 4)]
    assert quadratic_kappa(pairs) == quadratic_kappa([(theirs, mine) for mine, theirs in pairs])


def test_no_ratings_agree_on_nothing() -> None:
    with pytest.raises(ValueError, match="at least one"):
        agreement([])
