"""The suite that the case's team had: eight checks in EUR and USD. Each passes, whatever is wrong with the service.

That is its point. Nothing in it is false; it asks the questions whose answers were known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from workshop.payments.document import Contract
from workshop.payments.exchange import Caller, Handler


@dataclass(frozen=True)
class Check:
    """A check of the suite and how it went."""

    name: str
    passed: bool


def _money(currency: str, amount: str) -> dict[str, str]:
    return {"currency": currency, "amount": amount}


def rate_of_the_dollar(call: Caller) -> bool:
    """One euro is 1.085 dollars."""
    exchange = call("readRate", path={"base": "EUR", "quote": "USD"})
    return exchange.good and Decimal(exchange.answer["rate"]) == Decimal("1.085")


def euros_to_dollars(call: Caller) -> bool:
    """100 euros are 108.50 dollars."""
    exchange = call("createQuote", {"sell": _money("EUR", "100.00"), "buy_currency": "USD"})
    return exchange.good and bool(exchange.answer["buy"] == _money("USD", "108.50"))


def dollars_to_euros(call: Caller) -> bool:
    """And the way back."""
    exchange = call("createQuote", {"sell": _money("USD", "108.50"), "buy_currency": "EUR"})
    return exchange.good and bool(exchange.answer["buy"] == _money("EUR", "100.00"))


def quote_can_be_read(call: Caller) -> bool:
    """A quote is found under its number."""
    made = call("createQuote", {"sell": _money("EUR", "100.00"), "buy_currency": "USD"})
    return made.good and call("readQuote", path={"quote_id": made.answer["quote_id"]}).answer == made.answer


def quote_can_be_accepted(call: Caller) -> bool:
    """A fresh quote becomes a deal."""
    made = call("createQuote", {"sell": _money("EUR", "100.00"), "buy_currency": "USD"})
    return made.good and call("acceptQuote", path={"quote_id": made.answer["quote_id"]}).good


def two_lines_have_a_total(call: Caller) -> bool:
    """10 and 20 euros are 32.55 dollars."""
    request = {"lines": [_money("EUR", "10.00"), _money("EUR", "20.00")], "buy_currency": "USD"}
    exchange = call("totalLines", request)
    return exchange.good and bool(exchange.answer["total"] == _money("USD", "32.55"))


def nonsense_is_refused(call: Caller) -> bool:
    """Ten is no amount."""
    return call("createQuote", {"sell": _money("EUR", "ten"), "buy_currency": "USD"}).status == 422


def key_is_required(call: Caller) -> bool:
    """Without a proper Idempotency-Key there is no quote."""
    request = {"sell": _money("EUR", "100.00"), "buy_currency": "USD"}
    return call("createQuote", request, headers={"Idempotency-Key": "short"}).status == 422


SUITE: tuple[Callable[[Caller], bool], ...] = (
    rate_of_the_dollar, euros_to_dollars, dollars_to_euros, quote_can_be_read,
    quote_can_be_accepted, two_lines_have_a_total, nonsense_is_refused, key_is_required,
)  # fmt: skip


def narrow_suite(contract: Contract, handler: Handler) -> tuple[Check, ...]:
    """Every check of the suite against ``handler``."""
    call = Caller(contract, handler)
    return tuple(Check(check.__name__.replace("_", " "), check(call)) for check in SUITE)
