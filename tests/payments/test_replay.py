from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import NormalDist

import pytest

from workshop.course import Course
from workshop.payments.attacks import every_pair
from workshop.payments.bugs import provider
from workshop.payments.contract import agree
from workshop.payments.document import Contract
from workshop.payments.laws import directions_agree
from workshop.payments.replay import Replay, Share, exact_share, pooled, replay
from workshop.payments.traffic import Habits, traffic
from workshop.payments.verify import verify

Mix = Sequence[Mapping[str, str]]
SEEDS = range(10)
COUNT = 1000


@pytest.fixture(scope="module")
def delivered(contract: Contract, mix: Mix) -> list[Replay]:
    """The market of ten seeds through what was delivered."""
    return [replay(contract, provider(contract, "delivered"), traffic(mix, COUNT, seed)) for seed in SEEDS]


def test_the_share_is_that_of_the_mix_within_its_error(delivered: list[Replay], mix: Mix, course: Course) -> None:
    expected = float(exact_share(mix, ("zero", "three"))) / 100
    assert expected == course.scenario.facts["bug.share"].number / 100
    # Ten intervals at once: each at the level at which all ten hold together in 95 of 100 cases.
    z = NormalDist().inv_cdf(1 - 0.05 / 2 / len(SEEDS))
    for each in delivered:
        low, high = each.total.interval(z)
        assert low <= expected <= high
    low, high = pooled(delivered).interval()
    assert low <= expected <= high
    assert len({each.total.failed for each in delivered}) > 5


def test_the_reference_loses_no_payment(contract: Contract, mix: Mix) -> None:
    assert replay(contract, provider(contract), traffic(mix, COUNT, 0, Habits(0.1, 0.1, 0.1, 0.1))).total.failed == 0


def test_the_companions_fail_payments_of_their_own(contract: Contract, mix: Mix) -> None:
    often = traffic(mix, 600, 0, Habits(0.1, 0.1, 0.1, 0.1))
    causes = replay(contract, provider(contract, "delivered"), often).by_cause()
    assert set(causes) == {"1.3", "2.2", "3.5", "4.3", "5.1"}
    assert next(iter(causes)) == "2.2"


def test_the_share_follows_mix_and_bug(contract: Contract, mix: Mix) -> None:
    home = [row for row in mix if row["group"] == "two"]
    payments = traffic(home, COUNT, 0)
    assert replay(contract, provider(contract, "all_two"), payments).total.failed == 0
    kwd = replay(contract, provider(contract, "kwd_two"), traffic(mix, COUNT, 0))
    failing = {code for code, share in kwd.by_currency().items() if share.failed}
    assert failing == {"KWD"}
    assert kwd.by_currency()["KWD"].share == 1


def test_failures_are_where_the_decimals_differ(delivered: list[Replay]) -> None:
    groups = delivered[0].by_group()
    assert groups["zero"].share == groups["three"].share == 1
    assert groups["two"].share < 0.02
    assert delivered[0].by_country()["KW"].share == 1
    assert next(iter(delivered[0].by_currency())) == "HUF"
    assert sum(share.failed for share in delivered[0].by_cause().values()) == delivered[0].total.failed


def test_inverse_drift_is_invisible_to_replay_and_not_to_a_law(contract: Contract, mix: Mix) -> None:
    assert replay(contract, provider(contract, "inverse_drift"), traffic(mix, COUNT, 0)).total.failed == 0
    assert verify(contract, provider(contract, "inverse_drift")).clauses == ("3.2",)
    thorough = replace(directions_agree, asks=every_pair)
    report = verify(contract, provider(contract, "inverse_drift"), laws=[thorough])
    # Of the 276 pairs of 24 currencies.
    assert 250 < report.findings[0].count < 276


def test_the_old_engine_serves_the_home_market_only(contract: Contract, mix: Mix) -> None:
    legacy = replay(contract, provider(contract, "legacy"), traffic(mix, 300, 0))
    assert set(legacy.by_cause()) == {"2.1"}
    assert {code for code, share in legacy.by_currency().items() if not share.failed} == {"EUR", "GBP"}


def test_the_error_budget_is_spent_many_times(contract: Contract, delivered: list[Replay]) -> None:
    spent = delivered[0].budget_spent(contract)
    assert spent is not None
    assert spent == pytest.approx(delivered[0].total.share / 0.001)
    assert delivered[0].budget_spent(agree(contract, {"objectives": []})) is None


@pytest.mark.parametrize(
    ("failed", "count", "low", "high"),
    [(0, 10, 0.0, 0.2775), (15, 100, 0.0931, 0.2328), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)],
)
def test_intervals_are_wilson_s(failed: int, count: int, low: float, high: float) -> None:
    assert Share(failed, count).interval() == pytest.approx((low, high), abs=5e-5)


def test_traffic_is_reproducible_and_follows_its_mix(mix: Mix) -> None:
    payments = traffic(mix, 3000, 7)
    assert payments == traffic(mix, 3000, 7)
    assert payments != traffic(mix, 3000, 8)
    assert all(payment.sell != payment.currency for payment in payments)
    euros = Share(sum(payment.currency == "EUR" for payment in payments), len(payments))
    low, high = euros.interval(z=3)
    assert low <= 0.46 <= high < 0.55
    assert {payment.country for payment in payments if payment.currency == "NOK"} == {"NO"}
    assert {payment.country for payment in payments if payment.currency == "XAF"} <= {"CM", "GA", "TD"}


@pytest.mark.parametrize("rows", [[], [{"group": "two", "currency": "EUR", "percent": "0"}]])
def test_an_empty_mix_is_refused(rows: Mix) -> None:
    with pytest.raises(ValueError, match="a mix needs rows"):
        traffic(rows, 10, 0)
