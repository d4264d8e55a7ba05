"""How a quote service behaves, as data. The defaults keep the contract; a bug is a default that somebody changed."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from workshop.payments.contract import currencies, withdrawn
from workshop.payments.document import Contract
from workshop.payments.money import EURO, EXACT, Currency, convert, figures

OPENING = datetime(2026, 1, 15, 9, tzinfo=UTC)
"""Where the sandbox's clock stands unless a request moves it."""

BOOK: Mapping[str, Decimal] = {
    code: Decimal(rate)
    for code, rate in {
        "EUR": "1.00000", "USD": "1.08500", "GBP": "0.857000", "PLN": "4.32000", "CHF": "0.948000", "SEK": "11.2400",
        "AED": "3.98500", "CZK": "25.3000", "SAR": "4.06900", "DKK": "7.45900", "NOK": "11.4600", "RON": "4.97600",
        "ZAR": "20.3500", "HUF": "395.500", "JPY": "162.370", "XOF": "655.957", "ISK": "149.500", "XAF": "655.957",
        "UGX": "4130.00", "KWD": "0.333400", "JOD": "0.769300", "TND": "3.37900", "BHD": "0.409100", "OMR": "0.417700",
        "HRK": "7.53450", "BGN": "1.95583",
    }.items()
}  # fmt: skip
"""How much of a currency one euro buys on the day of OPENING. Invented, apart from the fixed XOF, XAF, HRK and BGN."""

FIXED = frozenset({"EUR", "XOF", "XAF", "HRK", "BGN"})
DAILY_MOVE = Decimal("0.001")
"""Every other rate rises by this share a day for a week, and then falls back: a market that moves, and repeats."""

Product = Callable[[Decimal, str, str, Decimal, Decimal], Decimal]
"""(amount, sell, buy, euro rate of sell, euro rate of buy) -> amount of ``buy``, not yet rounded."""

Finish = Callable[[Decimal, str, int], Decimal]
"""(rounded amount, currency, decimals) -> what is answered."""


@dataclass(frozen=True)
class Rules:
    """Everything that a quote service may get right or wrong."""

    currencies: Mapping[str, Currency]
    withdrawn: Mapping[str, str]

    # Currencies and amounts
    decimals: Mapping[str, int]
    """Decimals of an amount in an answer."""
    strangers: Container[str] = ()
    """Codes that aren't in the table and are converted all the same."""
    negatives: bool = False
    smallest_holds: bool = True
    zero: Literal["quoted", "refused", "fails"] = "quoted"
    drops_third_decimal: bool = False
    """Whether an amount that comes in loses what is below a hundredth."""

    # Rates and rounding
    euro_rate: Callable[[Decimal], Decimal] = figures
    pair_rate: Callable[[Decimal], Decimal] = figures
    product: Product = convert
    rounding: str = ROUND_HALF_EVEN
    finish: tuple[Finish, ...] = ()
    sums_rounded_lines: bool = True

    # Quotes
    life: timedelta = timedelta(seconds=30)
    expires: bool = True
    accepted_once: bool = True

    # Idempotency
    remembers_keys: bool = True
    key_life: timedelta | None = timedelta(hours=24)
    keys_by_client: bool = True
    compares_bodies: bool = True
    keeps_refusals: bool = False

    # Refunds
    refunds_at_quote: bool = True
    refunds_capped: bool = True


def faithful(contract: Contract) -> Rules:
    """The rules that keep the contract."""
    table = currencies(contract)
    return Rules(table, withdrawn(contract), {code: currency.decimals for code, currency in table.items()})


def book(code: str, day: date) -> Decimal:
    """How much of ``code`` one euro buys on ``day``, unrounded; a currency that the book lacks is taken for a euro."""
    rate = BOOK.get(code, Decimal(1))
    if code in FIXED or code not in BOOK:
        return rate
    return EXACT.multiply(rate, 1 + DAILY_MOVE * ((day - OPENING.date()).days % 7))


def published(rules: Rules, base: str, quote: str, day: date) -> Decimal:
    """How much of ``quote`` one unit of ``base`` buys, as the service publishes it."""
    if base == EURO:
        return rules.euro_rate(book(quote, day))
    return rules.pair_rate(EXACT.divide(book(quote, day), book(base, day)))
