"""Every way in which the quote service can break its contract, each as a switch; and what was delivered.

``GAP`` is the one that no law of the course finds: clause 4.4 has no law. Participants write it.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from workshop.errors import UnknownName
from workshop.payments.document import Contract
from workshop.payments.exchange import Handler
from workshop.payments.money import EURO, EXACT, convert, figures, quantize
from workshop.payments.rules import OPENING, Rules, faithful
from workshop.payments.service import Clock, Service


@dataclass(frozen=True)
class Bug:
    """A bug: what it does, in words, and the change of the rules that it is."""

    words: str
    change: Callable[[Rules], Rules]


def _set(**changes: Any) -> Callable[[Rules], Rules]:
    return lambda rules: replace(rules, **changes)


def _decimals(decimals: int, *codes: str) -> Callable[[Rules], Rules]:
    """These currencies (or all of them) are answered with so many decimals."""
    return lambda rules: replace(rules, decimals={**rules.decimals, **dict.fromkeys(codes or rules.decimals, decimals)})


def _finish(step: Callable[[Decimal, str, int], Decimal]) -> Callable[[Rules], Rules]:
    return lambda rules: replace(rules, finish=(*rules.finish, step))


class _AnyCode(Container[str]):
    """Every text of three capital letters."""

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def _in_binary(amount: Decimal, sell: str, buy: str, sell_rate: Decimal, buy_rate: Decimal) -> Decimal:
    return Decimal(float(amount) / float(sell_rate) * float(buy_rate))


def _across(amount: Decimal, sell: str, buy: str, sell_rate: Decimal, buy_rate: Decimal) -> Decimal:
    """Between two other currencies by a rate of their own instead of through the euro."""
    if EURO in (sell, buy):
        return convert(amount, sell, buy, sell_rate, buy_rate)
    return EXACT.multiply(amount, figures(EXACT.divide(buy_rate, sell_rate)))


def _by_inverse(amount: Decimal, sell: str, buy: str, sell_rate: Decimal, buy_rate: Decimal) -> Decimal:
    """To the euro by multiplying with an inverse rate instead of dividing."""
    if buy != EURO or sell == EURO:
        return convert(amount, sell, buy, sell_rate, buy_rate)
    return EXACT.multiply(amount, figures(EXACT.divide(Decimal(1), sell_rate)))


def _four_decimals(rate: Decimal) -> Decimal:
    return quantize(rate, 4)


def _hundredfold_isk(amount: Decimal, code: str, decimals: int) -> Decimal:
    return amount * 100 if code == "ISK" else amount


COINS = {"CHF": Decimal("0.05"), "DKK": Decimal("0.50"), "SEK": Decimal(1), "NOK": Decimal(1), "CZK": Decimal(1)}
"""The smallest coin in circulation, where it is larger than the smallest amount on a card."""


def _to_coins(amount: Decimal, code: str, decimals: int) -> Decimal:
    coin = COINS.get(code, Decimal(1).scaleb(-decimals))
    return EXACT.multiply(quantize(EXACT.divide(amount, coin), 0), coin)


def _in_32_bits(amount: Decimal, code: str, decimals: int) -> Decimal:
    return Decimal(int(amount.scaleb(decimals)) & 0x7FFFFFFF).scaleb(-decimals)


BUGS: Mapping[str, Bug] = {
    # The thirteen of the experiment
    "jpy_two": Bug("JPY is answered with two decimals", _decimals(2, "JPY")),
    "kwd_two": Bug("KWD, which has three decimals, is answered with two", _decimals(2, "KWD")),
    "isk_two": Bug("ISK is answered with two decimals", _decimals(2, "ISK")),
    "all_two": Bug("every currency is answered with two decimals", _decimals(2)),
    "half_up": Bug("halves are always rounded up", _set(rounding=ROUND_HALF_UP)),
    "binary_float": Bug("amounts are computed in binary floating point", _set(product=_in_binary)),
    "inverse_drift": Bug("rates to the euro are kept to four decimals", _set(pair_rate=_four_decimals)),
    "late_accepted": Bug("an expired quote is accepted", _set(expires=False)),
    "zero_fails": Bug("a zero amount ends in a server error", _set(zero="fails")),
    "unknown_served": Bug("a currency that doesn't exist is converted at 1", _set(strangers=_AnyCode())),
    "retry_repeats": Bug("a repeated request makes a second quote", _set(remembers_keys=False)),
    "total_of_exact": Bug("a total is rounded once instead of line by line", _set(sums_rounded_lines=False)),
    "isk_hundredfold": Bug("ISK amounts are a hundred times too large", _finish(_hundredfold_isk)),
    # Currencies and amounts
    "huf_iso": Bug("HUF has the two decimals of ISO 4217 instead of the acquirer's none", _decimals(2, "HUF")),
    "withdrawn_served": Bug("withdrawn currencies are still converted", _set(strangers=("HRK", "BGN"))),
    "negative_served": Bug("a negative amount is quoted", _set(negatives=True)),
    "smallest_ignored": Bug("amounts below the smallest are quoted", _set(smallest_holds=False)),
    "zero_refused": Bug("a zero amount is refused", _set(zero="refused")),
    "third_decimal_dropped": Bug("amounts lose their third decimal on the way in", _set(drops_third_decimal=True)),
    # Rates and rounding
    "short_rates": Bug("euro rates are kept to four decimals", _set(euro_rate=_four_decimals)),
    "cross_direct": Bug("two other currencies are converted past the euro", _set(product=_across)),
    "inverse_rate": Bug("amounts to the euro are multiplied with an inverse rate", _set(product=_by_inverse)),
    "cash_rounding": Bug("card amounts are rounded to coins", _finish(_to_coins)),
    "overflow": Bug("amounts are kept in 32 bits and wrap around", _finish(_in_32_bits)),
    # Quotes, keys, refunds
    "long_life": Bug("a quote lives five minutes", _set(life=timedelta(minutes=5))),
    "other_body_answered": Bug("a key with another body gets the first answer", _set(compares_bodies=False)),
    "key_shared": Bug("clients share their keys", _set(keys_by_client=False)),
    "key_forever": Bug("a key is never free again", _set(key_life=None)),
    "refusal_kept": Bug("a refused request uses up its key", _set(keeps_refusals=True)),
    "refund_new_rate": Bug("a refund pays back at the rate of the day", _set(refunds_at_quote=False)),
    "refund_unlimited": Bug("more can be refunded than was bought", _set(refunds_capped=False)),
    "accepted_twice": Bug("accepting a quote again makes a second deal", _set(accepted_once=False)),
}
"""Bug kind to what it is."""

GAP = "accepted_twice"

DELIVERED = ("all_two", "zero_fails", "retry_repeats", "late_accepted", "total_of_exact", "inverse_drift", GAP)
"""The root cause of the case, two decimals everywhere, and its smaller companions."""

HOME = ("EUR", "USD", "GBP")
"""The currencies of the old engine."""

PROVIDERS = ("reference", "delivered", "legacy")


def provider(contract: Contract, name: str = "reference", clock: Clock = lambda: OPENING) -> Handler:
    """A fresh service: ``reference`` keeps the contract, ``delivered`` doesn't, ``legacy`` knows the home market only.

    A bug kind is also a name: the reference with that one bug. UnknownName for any other.
    """
    if name == "legacy":
        rules = faithful(contract)
        home = {code: currency for code, currency in rules.currencies.items() if code in HOME}
        return Service(replace(rules, currencies=home), clock).handle
    if name not in PROVIDERS and name not in BUGS:
        raise UnknownName("provider", name, (*PROVIDERS, *BUGS))
    return with_bugs(contract, DELIVERED if name == "delivered" else () if name == "reference" else (name,), clock)


def with_bugs(contract: Contract, bugs: Iterable[str], clock: Clock = lambda: OPENING) -> Handler:
    """A fresh service with these bugs; UnknownName for one that doesn't exist."""
    rules = faithful(contract)
    for name in bugs:
        if name not in BUGS:
            raise UnknownName("bug", name, BUGS)
        rules = BUGS[name].change(rules)
    return Service(rules, clock).handle
