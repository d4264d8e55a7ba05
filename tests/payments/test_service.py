import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from workshop.errors import UnknownName
from workshop.payments.bugs import BUGS, DELIVERED, provider, with_bugs
from workshop.payments.document import Contract
from workshop.payments.exchange import Caller, Exchange, as_wsgi
from workshop.payments.rules import faithful
from workshop.payments.service import Service


@pytest.fixture
def call(contract: Contract) -> Caller:
    return Caller(contract, provider(contract))


def quote(call: Caller, amount: str = "100.00", sell: str = "EUR", buy: str = "USD", **headers: str) -> Exchange:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return call("createQuote", {"sell": {"currency": sell, "amount": amount}, "buy_currency": buy}, headers=named)


def bought(exchange: Exchange) -> str:
    money = exchange.answer["buy"]
    return f"{money['amount']} {money['currency']}"


@pytest.mark.parametrize(
    ("amount", "sell", "buy", "expected"),
    [
        ("100.00", "EUR", "USD", "108.50 USD"),
        ("108.50", "USD", "EUR", "100.00 EUR"),
        ("100.00", "EUR", "JPY", "16237 JPY"),
        ("100.00", "EUR", "KWD", "33.340 KWD"),
        ("100.00", "EUR", "HUF", "39550 HUF"),
        ("100.00", "USD", "JPY", "14965 JPY"),  # 92.166 euros
        ("1.30", "EUR", "USD", "1.41 USD"),  # 1.4105
        ("5.65", "EUR", "CZK", "142.94 CZK"),  # 142.945, to even
        ("0.00", "EUR", "ISK", "0 ISK"),
    ],
)
def test_amounts_are_exact_and_in_the_currency_s_decimals(
    call: Caller, amount: str, sell: str, buy: str, expected: str
) -> None:
    assert bought(quote(call, amount, sell, buy)) == expected


@pytest.mark.parametrize(
    ("amount", "sell", "buy", "code"),
    [
        ("100.00", "EUR", "HRK", "withdrawn_currency"),
        ("100.00", "EUR", "XXX", "unknown_currency"),
        ("100.00", "JPY", "EUR", "malformed"),
        ("-5.00", "EUR", "USD", "malformed"),
        ("0.49", "EUR", "USD", "amount_too_small"),
        ("10000000.00", "EUR", "USD", "amount_too_large"),
    ],
)
def test_refusals_name_their_reason(call: Caller, amount: str, sell: str, buy: str, code: str) -> None:
    refused = quote(call, amount, sell, buy)
    assert (refused.status, refused.answer["code"], refused.media) == (422, code, "application/problem+json")


def test_keys_repeat_conflict_and_end(contract: Contract) -> None:
    now = datetime(2026, 1, 15, 9, tzinfo=UTC)
    call = Caller(contract, Service(faithful(contract), lambda: now).handle)
    first = quote(call, Idempotency_Key="key-12345678")
    assert quote(call, Idempotency_Key="key-12345678").answer == first.answer
    assert quote(call, "7.00", Idempotency_Key="key-12345678").answer["code"] == "key_reused"
    stranger = quote(call, Idempotency_Key="key-12345678", X_Client="another-shop")
    assert stranger.answer["quote_id"] != first.answer["quote_id"]
    now += timedelta(hours=24)
    assert quote(call, Idempotency_Key="key-12345678").answer["quote_id"] != first.answer["quote_id"]


def test_a_refusal_leaves_its_key_free(call: Caller) -> None:
    assert quote(call, "0.01", Idempotency_Key="key-12345678").status == 422
    assert quote(call, "1.00", Idempotency_Key="key-12345678").status == 201


def test_a_quote_is_accepted_once_and_in_time(call: Caller) -> None:
    path = {"quote_id": quote(call).answer["quote_id"]}
    early = call("acceptQuote", path=path, headers={"X-Sandbox-Now": "2026-01-15T09:00:30Z"})
    again = call("acceptQuote", path=path, headers={"X-Sandbox-Now": "2026-01-15T10:00:00Z"})
    assert (early.status, again.answer) == (200, early.answer)
    late = call("acceptQuote", path={"quote_id": quote(call).answer["quote_id"]},
                headers={"X-Sandbox-Now": "2026-01-15T09:00:31Z"})  # fmt: skip
    assert (late.status, late.answer["code"]) == (410, "quote_expired")


def test_parts_refunded_add_up_to_what_was_sold(call: Caller) -> None:
    made = quote(call, "0.50", "EUR", "JPY")  # 81 JPY
    path = {"quote_id": made.answer["quote_id"]}
    assert call("refund", {"currency": "JPY", "amount": "1"}, path).answer["code"] == "not_accepted"
    call("acceptQuote", path=path)
    parts = [call("refund", {"currency": "JPY", "amount": "27"}, path).answer["paid_back"]["amount"] for _ in range(3)]
    assert parts == ["0.17", "0.16", "0.17"]
    assert call("refund", {"currency": "JPY", "amount": "1"}, path).answer["code"] == "refund_too_large"


def test_a_total_is_the_sum_of_rounded_lines(call: Caller, contract: Contract) -> None:
    request = {"lines": [{"currency": "EUR", "amount": "0.99"}] * 10, "buy_currency": "USD"}
    assert call("totalLines", request).answer["total"]["amount"] == "10.70"  # ten times 1.07415
    careless = Caller(contract, provider(contract, "total_of_exact"))
    assert careless("totalLines", request).answer["total"]["amount"] == "10.74"


def test_what_is_not_there_is_not_there(contract: Contract) -> None:
    handler = provider(contract)
    assert handler("GET", "/nowhere", {}, b"").status == 404
    wrong = handler("DELETE", "/v1/quotes", {}, b"")
    assert (wrong.status, wrong.headers["Allow"]) == (405, "POST")
    keyed = {"Content-Type": "application/json", "Idempotency-Key": "key-12345678"}
    assert handler("POST", "/v1/quotes", keyed, b"{").status == 422
    assert handler("POST", "/v1/quotes", {"Idempotency-Key": "key-12345678"}, b"{}").status == 422


def test_what_was_delivered_has_the_root_cause_and_its_companions(contract: Contract) -> None:
    call = Caller(contract, provider(contract, "delivered"))
    assert bought(quote(call, buy="JPY")) == "16237.00 JPY"
    assert bought(quote(call, buy="KWD")) == "33.34 KWD"
    assert quote(call, "0.00").status == 500
    assert bought(quote(call, buy="USD")) == "108.50 USD"
    assert set(DELIVERED) < set(BUGS)


def test_the_old_engine_knows_the_home_market(contract: Contract) -> None:
    call = Caller(contract, provider(contract, "legacy"))
    assert bought(quote(call, buy="GBP")) == "85.70 GBP"
    assert quote(call, buy="HUF").status == 422


def test_unknown_names_offer_the_nearest(contract: Contract) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'delivered'"):
        provider(contract, "deliverd")
    with pytest.raises(UnknownName, match="Did you mean 'half_up'"):
        with_bugs(contract, ["halfup"])


def test_any_handler_is_a_wsgi_application(contract: Contract) -> None:
    class Body:
        def __init__(self, content: bytes) -> None:
            self.content = content

        def read(self, length: int) -> bytes:
            return self.content[:length]

    content = json.dumps({"sell": {"currency": "EUR", "amount": "100.00"}, "buy_currency": "JPY"}).encode()
    started: list[object] = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/v1/quotes", "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(content)), "HTTP_IDEMPOTENCY_KEY": "key-12345678", "wsgi.input": Body(content),
    }  # fmt: skip
    parts: Iterator[bytes] = iter(as_wsgi(provider(contract))(environ, lambda *args: started.append(args)))
    body = b"".join(parts)
    assert json.loads(body)["buy"] == {"currency": "JPY", "amount": "16237"}
    assert started == [("201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])]
