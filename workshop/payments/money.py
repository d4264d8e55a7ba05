"""Currencies and exact amounts.

Decimals of a currency ("minor units") follow ISO 4217, list one. Conversions follow Council Regulation (EC) No 1103/97,
article 4: six significant figures for a euro rate, between two other currencies through the euro with at least three
decimals, no inverse rates. Its article 5 rounds exact halves up; the course's contract rounds them to even. Both are
right somewhere, which is why a contract has to say.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache

EXACT = Context(prec=50)
"""Arithmetic wide enough that nothing is rounded before the one rounding that the contract asks for."""

AMOUNT = re.compile(r"(0|[1-9][0-9]{0,14})(?:\.([0-9]+))?")
EURO = "EUR"
EURO_STEP = 3
"""Decimals of the euro amount between two other currencies."""
FIGURES = 6
"""Significant figures of a euro rate."""


@dataclass(frozen=True)
class Currency:
    """A currency as a contract has it: its decimals, who says so, and the limits of an amount to sell."""

    code: str
    decimals: int
    authority: str
    smallest: Decimal
    largest: Decimal

    @property
    def unit(self) -> Decimal:
        """The smallest step of an amount: 0.01 for two decimals."""
        return Decimal(1).scaleb(-self.decimals)


@cache
def iso_decimals(code: str) -> int | None:
    """The decimals of ``code`` by ISO 4217; None for a code that the standard lacks, withdrew, or gives none."""
    # Reading the standard's table takes longer than the rest of this package.
    from iso4217 import raw_table

    units = str(raw_table.get(code, {}).get("CcyMnrUnts"))
    return int(units) if units.isdigit() else None


def parse_amount(text: str, decimals: int) -> Decimal:
    """The amount that ``text`` writes with exactly ``decimals`` decimals; ValueError for anything else."""
    match = AMOUNT.fullmatch(text)
    if not match or len(match[2] or "") != decimals or ("." in text and not decimals):
        raise ValueError(f"{text!r} is no amount with {decimals} decimals")
    return Decimal(text)


def format_amount(value: Decimal, decimals: int) -> str:
    """``value`` as a text with ``decimals`` decimals (rounded half to even if it has more)."""
    return f"{quantize(value, decimals):f}"


def quantize(value: Decimal, decimals: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """``value`` rounded to ``decimals`` decimals."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding, EXACT)


def figures(value: Decimal, count: int = FIGURES) -> Decimal:
    """``value`` rounded half to even to ``count`` significant figures (EC 1103/97, article 4(1))."""
    return quantize(value, count - 1 - value.adjusted()) if value else value


def count_figures(text: str) -> int:
    """How many significant figures the number in ``text`` has: 6 in "1.08500", 4 in "0.3334"."""
    return len(Decimal(text).as_tuple().digits)


def convert(amount: Decimal, sell: str, buy: str, sell_rate: Decimal, buy_rate: Decimal) -> Decimal:
    """What ``amount`` of ``sell`` is worth in ``buy``, before the one rounding at the end.

    Rates say how much of a currency one euro buys. After EC 1103/97, article 4(3) and (4).
    """
    if sell == buy:
        return amount
    euros = amount if sell == EURO else EXACT.divide(amount, sell_rate)
    if buy == EURO:
        return euros
    if sell != EURO:
        euros = quantize(euros, EURO_STEP)
    return EXACT.multiply(euros, buy_rate)
