import json
import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from workshop.errors import UnknownName
from workshop.payments.bugs import BUGS, provider
from workshop.payments.contract import currencies
from workshop.payments.document import Contract
from workshop.payments.exchange import Response
from workshop.payments.mock import Mock
from workshop.payments.narrow import narrow_suite
from workshop.payments.verify import LEVELS, verify

REPORT = """
from workshop.payments.bugs import provider
from workshop.payments.document import fx_quote
from workshop.payments.mock import Mock
from workshop.payments.verify import verify
contract = fx_quote()
print(verify(contract, provider(contract, "delivered"), seed=5))
print(verify(contract, Mock(contract, seed=3).handle, seed=5, level="patterns"))
"""


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_reference_has_no_finding(contract: Contract, level: str, seed: int) -> None:
    report = verify(contract, provider(contract), level=level, seed=seed)
    assert report.findings == ()
    assert report.calls > 100


def test_the_report_is_the_same_under_any_hash_seed() -> None:
    reports = []
    for hash_seed in ("0", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        run = subprocess.run(
            [sys.executable, "-c", REPORT], env=environment, capture_output=True, text=True, check=True
        )
        reports.append(run.stdout)
    assert reports[0] == reports[1]
    assert "clause='3.2'" in reports[0]


def test_seeds_try_other_amounts(contract: Contract) -> None:
    def asked(seed: int) -> list[bytes]:
        bodies: list[bytes] = []
        handler = provider(contract)

        def watching(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Response:
            bodies.append(body)
            return handler(method, path, headers, body)

        verify(contract, watching, seed=seed)
        return bodies

    first, again, other = asked(0), asked(0), asked(1)
    assert first == again
    assert set(first) != set(other)


def test_the_walk_reaches_every_currency_on_both_sides(contract: Contract) -> None:
    sold, bought = set(), set()
    handler = provider(contract)

    def watching(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Response:
        response = handler(method, path, headers, body)
        if path == "/v1/quotes" and response.status == 201:
            answer = json.loads(response.body)
            sold.add(answer["sell"]["currency"])
            bought.add(answer["buy"]["currency"])
        return response

    verify(contract, watching, level="patterns")
    assert sold == bought == set(currencies(contract))


def test_what_was_delivered_is_red_where_it_is_wrong(contract: Contract) -> None:
    report = verify(contract, provider(contract, "delivered"))
    assert set(report.clauses) == {"1.3", "2.2", "3.2", "3.5", "4.3", "5.1", "5.2", "5.4"}
    shape = next(finding for finding in report.findings if finding.clause == "2.2")
    assert shape.operation == "createQuote"
    asked, _, wrong = shape.example.partition(": ")
    assert asked == "createQuote(sell 100.00 EUR, buy_currency JPY)"
    assert wrong == "buy.amount is '16237.00' and should be an amount without decimals"
    assert shape.count > 100


def test_a_service_that_refuses_everything_is_not_green(contract: Contract) -> None:
    legacy = verify(contract, provider(contract, "legacy"), level="free")
    assert [finding.clause for finding in legacy.findings] == ["1.4"]
    silent = verify(contract, provider(contract, "delivered"), level="free")
    assert silent.passed


def test_a_mock_keeps_the_shape_and_knows_no_sums(contract: Contract) -> None:
    mock = Mock(contract).handle
    assert all(verify(contract, mock, level=level).passed for level in LEVELS[:3])
    assert {"3.4", "3.5"} <= set(verify(contract, mock).clauses)


def test_an_unknown_level_offers_the_nearest(contract: Contract) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'laws'"):
        verify(contract, provider(contract), level="law")


@pytest.mark.parametrize("name", ["mock", "reference", "delivered", *BUGS])
def test_the_narrow_suite_is_green_under_everything(contract: Contract, name: str) -> None:
    handler = Mock(contract).handle if name == "mock" else provider(contract, name)
    checks = narrow_suite(contract, handler)
    assert len(checks) == 8
    assert [check.name for check in checks if not check.passed] == []


def test_the_narrow_suite_can_fail(contract: Contract) -> None:
    def nowhere(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Response:
        return provider(contract)("GET", "/nowhere", {}, b"")

    checks = narrow_suite(contract, nowhere)
    assert not any(check.passed for check in checks)
