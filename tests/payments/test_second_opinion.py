"""An industrial tool on the same file: content with the mock and the reference, and with what was delivered not."""

import importlib.util

import pytest

from workshop.payments.bugs import provider
from workshop.payments.document import Contract
from workshop.payments.mock import Mock
from workshop.payments.second_opinion import NotInstalled, second_opinion

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["mock", "reference"])
def test_it_has_nothing_against_what_keeps_the_contract(contract: Contract, name: str) -> None:
    handler = Mock(contract).handle if name == "mock" else provider(contract, name)
    assert second_opinion(contract, handler) == ()


def test_it_sees_the_shape_of_what_was_delivered(contract: Contract) -> None:
    complaints = second_opinion(contract, provider(contract, "delivered"))
    assert {operation for each in complaints for operation in each.operations} >= {"POST /v1/quotes", "POST /v1/totals"}
    assert all(each.count > 0 for each in complaints)


def test_without_the_extra_it_says_how_to_get_it(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NotInstalled, match="second-opinion"):
        second_opinion(contract, Mock(contract).handle)
