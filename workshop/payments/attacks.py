"""Requests that a careless service gets wrong, computed from the contract and from the rates that the service tells.

Each attack takes a caller, so that it can ask for rates first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from math import gcd

from workshop.payments.contract import currencies
from workshop.payments.exchange import Caller, Json
from workshop.payments.money import EURO, Currency, format_amount

TIES = 6
"""Amounts on a rounding tie that are asked per currency."""


@dataclass(frozen=True)
class Ask:
    """A request that is still to be made."""

    operation: str
    request: Json = None
    path: Mapping[str, str] = field(default_factory=dict)


def one_per_class(call: Caller) -> Iterator[Ask]:
    """A quote from the euro into one currency of each number of decimals."""
    seen = set()
    for currency in currencies(call.contract).values():
        if currency.code != EURO and currency.decimals not in seen:
            seen.add(currency.decimals)
            yield _quote(EURO, "100.00", currency.code)


def zeros(call: Caller) -> Iterator[Ask]:
    """Nothing, sold in every currency."""
    for currency in currencies(call.contract).values():
        yield _quote(currency.code, format_amount(Decimal(0), currency.decimals), _other(currency))


def around_the_limits(call: Caller) -> Iterator[Ask]:
    """The smallest and the largest amount of every currency, and one step beyond each."""
    for currency in currencies(call.contract).values():
        smallest, largest, unit = currency.smallest, currency.largest, currency.unit
        for amount in (smallest, smallest - unit, largest, largest + unit):
            if amount:
                yield _quote(currency.code, format_amount(amount, currency.decimals), _other(currency))


def from_the_euro(call: Caller) -> Iterator[Ask]:
    """The euro's rate to every other currency."""
    for code in currencies(call.contract):
        if code != EURO:
            yield _rate_ask(EURO, code)


def pairs(call: Caller) -> Iterator[Ask]:
    """The rate of the euro to every currency, and of every currency to the next in the table."""
    yield from from_the_euro(call)
    for currency, after in _neighbours(call):
        yield _rate_ask(currency.code, after.code)


def every_pair(call: Caller) -> Iterator[Ask]:
    """The rate of every two currencies: many calls, to count how many pairs a fault concerns."""
    for base, quote in combinations(currencies(call.contract), 2):
        yield _rate_ask(base, quote)


def out_of_other_currencies(call: Caller) -> Iterator[Ask]:
    """The largest amount of every currency but the euro, sold for euros and for the next currency in the table.

    An inverse rate, or a cross rate, of six figures is off by then.
    """
    for currency, after in _neighbours(call):
        largest = format_amount(currency.largest, currency.decimals)
        yield _quote(currency.code, largest, EURO)
        yield _quote(currency.code, largest, after.code)


def rounding_lines(call: Caller) -> Iterator[Ask]:
    """Ten equal lines into every currency: a single rounding is small, and ten equal ones don't cancel out."""
    for currency in currencies(call.contract).values():
        if currency.code != EURO:
            lines = [{"currency": EURO, "amount": "0.99"}] * 10
            yield Ask("totalLines", {"lines": lines, "buy_currency": currency.code})


def ties(call: Caller) -> Iterator[Ask]:
    """Euro amounts whose conversion lies exactly half-way between two amounts, where rounding modes part company."""
    table = currencies(call.contract)
    for currency in table.values():
        if currency.code != EURO and (rate := _rate(call, currency.code)):
            for amount in tie_amounts(table[EURO], currency, rate):
                yield _quote(EURO, amount, currency.code)


def tie_amounts(sell: Currency, buy: Currency, rate: Decimal, count: int = TIES) -> list[str]:
    """Up to ``count`` amounts of ``sell`` that buy a whole number of units of ``buy`` and exactly a half.

    One unit of ``sell`` buys ``p/m`` units of ``buy``, so that ``n`` units end on a half when ``n*p = m/2 (mod m)``.
    With ``g = gcd(p, m)`` that has solutions only if ``g`` divides ``m/2``; then ``n`` is unique modulo ``m/g``.
    """
    p, m = (rate * sell.unit / buy.unit).as_integer_ratio()
    if m % 2:
        return []
    half, common = m // 2, gcd(p, m)
    if half % common:
        return []
    step = m // common
    first = half // common * pow(p // common, -1, step) % step
    lowest, highest = int(sell.smallest / sell.unit), int(sell.largest / sell.unit)
    # The first solution that is allowed, then others in growing distance: near and far amounts.
    start = first + -(-max(0, lowest - first) // step) * step
    found = (start + step * i * i for i in range(count))
    return [format_amount(n * sell.unit, sell.decimals) for n in found if n <= highest]


def _rate(call: Caller, code: str) -> Decimal | None:
    told = call("readRate", path={"base": EURO, "quote": code})
    try:
        return Decimal(told.answer["rate"]) if told.good else None
    except (ArithmeticError, KeyError, TypeError):
        return None


def _quote(sell: str, amount: str, buy: str) -> Ask:
    return Ask("createQuote", {"sell": {"currency": sell, "amount": amount}, "buy_currency": buy})


def _rate_ask(base: str, quote: str) -> Ask:
    return Ask("readRate", path={"base": base, "quote": quote})


def _neighbours(call: Caller) -> Iterator[tuple[Currency, Currency]]:
    """Every currency but the euro with the next in the table."""
    others = [currency for currency in currencies(call.contract).values() if currency.code != EURO]
    return zip(others, [*others[1:], *others[:1]], strict=True)


def _other(currency: Currency) -> str:
    return "USD" if currency.code == EURO else EURO
