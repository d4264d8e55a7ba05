"""Replay: a market's payments through a service, and what share of them the contract calls failed.

Only what the traffic shows is judged: the shape of every answer and the laws that need no request of their own. A law
that provokes a service finds things here that no payment would have met; that is what verification is for.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from math import sqrt

from workshop.payments.contract import clause, objectives
from workshop.payments.document import Contract
from workshop.payments.exchange import Caller, Exchange, Handler, wrong_shape
from workshop.payments.law import Law
from workshop.payments.laws import INSTANT, SHIPPED
from workshop.payments.traffic import Payment

Z95 = 1.959963984540054
"""The standard normal quantile of a two-sided 95% interval."""


@dataclass(frozen=True)
class Share:
    """``failed`` of ``count``, with its 95% interval after Wilson (1927), which also holds near 0 and for few."""

    failed: int
    count: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 if nothing was counted."""
        return self.failed / self.count if self.count else 0.0

    def interval(self, z: float = Z95) -> tuple[float, float]:
        """Lowest and highest share that the sample speaks for; (0, 1) if nothing was counted."""
        if not self.count:
            return 0.0, 1.0
        n, p = self.count, self.share
        middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        # At 0 and at 1 the formula is exact, and floating point is not.
        low = 0.0 if not self.failed else (middle - half) / (1 + z * z / n)
        high = 1.0 if self.failed == n else (middle + half) / (1 + z * z / n)
        return low, high


@dataclass(frozen=True)
class Outcome:
    """What became of a payment; ``clause`` is the one it broke, "" if it went through."""

    payment: Payment
    clause: str = ""
    words: str = ""


@dataclass(frozen=True)
class Replay:
    """The outcomes of a replay, and its shares."""

    outcomes: tuple[Outcome, ...]

    @cached_property
    def total(self) -> Share:
        """The failing share of all payments."""
        return Share(sum(bool(outcome.clause) for outcome in self.outcomes), len(self.outcomes))

    def by_currency(self) -> Mapping[str, Share]:
        """Failing share by currency, the largest number of failures first."""
        return self._by(lambda payment: payment.currency)

    def by_country(self) -> Mapping[str, Share]:
        """Failing share by country."""
        return self._by(lambda payment: payment.country)

    def by_group(self) -> Mapping[str, Share]:
        """Failing share by group of the mix."""
        return self._by(lambda payment: payment.group)

    def by_cause(self) -> Mapping[str, Share]:
        """By broken clause, its share of all payments."""
        counts: dict[str, int] = {}
        for outcome in self.outcomes:
            if outcome.clause:
                counts[outcome.clause] = counts.get(outcome.clause, 0) + 1
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return {number: Share(count, len(self.outcomes)) for number, count in ordered}

    def budget_spent(self, contract: Contract) -> float | None:
        """How many times over the failures spend the error budget at the usual load; None if no budget is promised."""
        promised = objectives(contract).get(1)
        if promised is None or not promised.error_budget_percent:
            return None
        return self.total.share / (float(promised.error_budget_percent) / 100)

    def _by(self, key: Callable[[Payment], str]) -> Mapping[str, Share]:
        counts: dict[str, list[int]] = {}
        for outcome in self.outcomes:
            count = counts.setdefault(key(outcome.payment), [0, 0])
            count[0] += bool(outcome.clause)
            count[1] += 1
        ordered = sorted(counts.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))
        return {name: Share(*count) for name, count in ordered}


def replay(contract: Contract, handler: Handler, payments: Iterable[Payment], laws: Sequence[Law] = SHIPPED) -> Replay:
    """Every payment through ``handler``, in order, judged by the contract's shapes and ``laws``."""
    call = Caller(contract, handler)
    passive = [each for each in laws if each.everywhere]
    for each in passive:
        clause(contract, each.clause)
    return Replay(tuple(_outcome(payment, call, passive) for payment in payments))


def _outcome(payment: Payment, call: Caller, laws: Sequence[Law]) -> Outcome:
    cause = _basket(payment, call, laws) if payment.lines > 1 else _quote(payment, call, laws)
    return Outcome(payment, *cause) if cause else Outcome(payment)


Cause = tuple[str, str]
"""The clause that broke, and how."""


def _basket(payment: Payment, call: Caller, laws: Sequence[Law]) -> Cause | None:
    line = {"currency": payment.sell, "amount": payment.amount}
    request = {"lines": [line] * payment.lines, "buy_currency": payment.currency}
    return _cause(call("totalLines", request), call, laws)


def _quote(payment: Payment, call: Caller, laws: Sequence[Law]) -> Cause | None:
    sell = {"currency": payment.sell, "amount": payment.amount}
    quote = call("createQuote", {"sell": sell, "buy_currency": payment.currency})
    if cause := _cause(quote, call, laws):
        return cause
    if payment.repeated and call.again(quote).answer != quote.answer:
        return "5.1", "a repeated request makes a second quote"
    when = datetime.fromisoformat(quote.answer["as_of"]) + timedelta(seconds=payment.seconds)
    late = when > datetime.fromisoformat(quote.answer["expires_at"])
    headers = {"X-Sandbox-Now": when.strftime(INSTANT)}
    taken = call("acceptQuote", path={"quote_id": quote.answer["quote_id"]}, headers=headers)
    if late:
        # Refused is right: the shopper is shown the new price.
        return ("4.3", "an expired quote is accepted") if taken.good else None
    return _cause(taken, call, laws)


def _cause(exchange: Exchange, call: Caller, laws: Sequence[Law]) -> Cause | None:
    if exchange.status >= 500:
        return "1.3", f"answered with {exchange.status}"
    if wrong := wrong_shape(call.contract, exchange):
        return wrong
    if not exchange.good:
        return "2.1", f"a payment that the contract allows is refused with {exchange.status}"
    for each in laws:
        if exchange.operation in each.operations and (words := each(exchange, call)):
            return each.clause, words
    return None


def pooled(replays: Iterable[Replay]) -> Share:
    """The failing share of several replays together."""
    totals = [each.total for each in replays]
    return Share(sum(total.failed for total in totals), sum(total.count for total in totals))


def exact_share(mix: Sequence[Mapping[str, str]], groups: Iterable[str]) -> Decimal:
    """What part of the mix, in percent, lies in ``groups``: what a sample of it scatters around."""
    wanted = set(groups)
    return sum((Decimal(row["percent"]) for row in mix if row["group"] in wanted), Decimal(0))
