import json
from typing import Any

import pytest

from workshop.payments.contract import currencies
from workshop.payments.document import Contract
from workshop.payments.exchange import Caller, Exchange, wrong_shape
from workshop.payments.mock import Mock


@pytest.fixture
def call(contract: Contract) -> Caller:
    return Caller(contract, Mock(contract).handle)


def ask(call: Caller, amount: str = "100.00", buy: str = "JPY", prefer: str = "") -> Exchange:
    headers = {"Prefer": prefer} if prefer else {}
    return call("createQuote", {"sell": {"currency": "EUR", "amount": amount}, "buy_currency": buy}, headers=headers)


@pytest.mark.parametrize(("buy", "amount"), [("USD", "108.50"), ("JPY", "16237"), ("KWD", "33.340")])
def test_an_example_request_gets_the_answer_beside_it(call: Caller, buy: str, amount: str) -> None:
    assert ask(call, buy=buy).answer["buy"] == {"currency": buy, "amount": amount}


def test_an_example_path_gets_the_answer_beside_it(call: Caller) -> None:
    rate = call("readRate", path={"base": "EUR", "quote": "JPY"})
    assert rate.answer["rate"] == "162.370"
    assert call("readQuote", path={"quote_id": "q-000001"}).answer["buy"]["amount"] == "108.50"


def test_any_other_answer_fits_and_repeats_the_request(call: Caller, contract: Contract) -> None:
    amounts = set()
    for code in currencies(contract):
        answer = ask(call, "77.77", code)
        assert wrong_shape(contract, answer) is None
        assert answer.answer["sell"] == {"currency": "EUR", "amount": "77.77"}
        assert answer.answer["buy"]["currency"] == code
        amounts.add(answer.answer["buy"]["amount"])
    assert len(amounts) > 15
    assert call("readQuote", path={"quote_id": "q-424242"}).answer["quote_id"] == "q-424242"


def test_answers_depend_on_request_and_seed_alone(contract: Contract) -> None:
    def answers(seed: int) -> list[Any]:
        call = Caller(contract, Mock(contract, seed=seed).handle)
        return [ask(call, amount, "ISK").answer for amount in ("1.00", "2.00", "3.00")]

    assert answers(0) == answers(0)
    assert answers(0) != answers(1)
    assert len({json.dumps(answer) for answer in answers(0)}) == 3


@pytest.mark.parametrize(
    ("prefer", "status", "code"),
    [("code=409", 409, "key_reused"), ("code=422, example=withdrawn_currency", 422, "withdrawn_currency")],
)
def test_error_cases_come_on_demand(call: Caller, prefer: str, status: int, code: str) -> None:
    answer = ask(call, prefer=prefer)
    assert (answer.status, answer.answer["code"], answer.media) == (status, code, "application/problem+json")


def test_examples_and_made_up_values_come_on_demand(call: Caller, contract: Contract) -> None:
    assert ask(call, "1.00", "USD", "example=eur_kwd").answer["buy"]["currency"] == "KWD"
    made_up = ask(call, prefer="dynamic")
    assert made_up.answer["buy"] != {"currency": "JPY", "amount": "16237"}
    assert wrong_shape(contract, made_up) is None
    unknown = ask(call, prefer="code=418")
    assert "it has 201, 409, 422" in unknown.answer["title"]


def test_it_waits_as_long_as_asked(contract: Contract) -> None:
    slept: list[float] = []
    call = Caller(contract, Mock(contract, latency_ms=120, sleep=slept.append).handle)
    ask(call)
    ask(call, prefer="wait=250")
    ask(call, prefer="wait=99999999")
    ask(call, prefer="wait=long")
    assert slept == [0.12, 0.25, 10.0, 0.12]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"sell": {"currency": "JPY", "amount": "1.00"}, "buy_currency": "EUR"}, "an amount without decimals"),
        ({"sell": {"currency": "EUR", "amount": "1.00"}, "buy_currency": "HRK"}, "a currency of the contract's table"),
        ({"sell": {"currency": "EUR", "amount": "1.00"}}, "buy_currency"),
    ],
)
def test_a_request_that_breaks_the_contract_is_refused(call: Caller, body: object, says: str) -> None:
    answer = call("createQuote", body)
    assert answer.status == 422
    assert says in answer.answer["title"]


def test_parameters_are_held_to_the_contract_too(call: Caller, contract: Contract) -> None:
    assert ask(call).good
    keyless = Mock(contract).handle("POST", "/v1/quotes", {}, b"{}")
    assert json.loads(keyless.body)["title"] == "Idempotency-Key is missing"
    assert call("readRate", path={"base": "EUR", "quote": "eur"}).status == 422
    assert Mock(contract).handle("GET", "/v1/nowhere", {}, b"").status == 404
    wrong = Mock(contract).handle("PUT", "/v1/quotes", {}, b"")
    assert (wrong.status, wrong.headers["Allow"]) == (405, "POST")
    key = {"Idempotency-Key": "key-12345678"}
    assert json.loads(Mock(contract).handle("POST", "/v1/quotes", key, b"{").body)["title"] == "The body is no JSON"
