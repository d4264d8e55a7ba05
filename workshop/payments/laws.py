"""The laws of the course, by clause. ``workshop.payments.law`` says what a law is.

One gap is left open on purpose: clause 4.4, a quote is accepted once, has no law here. What was delivered breaks it
without anybody noticing, and participants close the gap with a law of their own.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from workshop.payments.attacks import (
    around_the_limits,
    from_the_euro,
    one_per_class,
    out_of_other_currencies,
    pairs,
    rounding_lines,
    ties,
    zeros,
)
from workshop.payments.contract import currencies
from workshop.payments.exchange import Caller, Exchange, Json, at, in_words, resolve
from workshop.payments.law import Law, Verdict, law
from workshop.payments.money import EURO, FIGURES, Currency, count_figures, quantize

INSTANT = "%Y-%m-%dT%H:%M:%SZ"
CLOSE = Decimal("0.00001")


@law("2.3", on="createQuote", asks=around_the_limits, refusals=True)
def amounts_stay_within_limits(exchange: Exchange, call: Caller) -> Verdict:
    """Granted at the limits, refused one step beyond them; the asks hold both."""
    sell = exchange.request["sell"]
    limits, amount = currencies(call.contract)[sell["currency"]], Decimal(sell["amount"])
    within = limits.smallest <= amount <= limits.largest
    if exchange.good != within:
        range_ = f"{limits.smallest} to {limits.largest} {limits.code}"
        return f"{in_words(sell)} is {'quoted' if exchange.good else 'refused'}; the table allows {range_}"
    return None


@law("2.4", on="createQuote", asks=zeros, refusals=True)
def zero_is_quoted_as_zero(exchange: Exchange, call: Caller) -> Verdict:
    """A card check goes through and costs nothing."""
    if not exchange.good:
        return f"{in_words(exchange.request['sell'])} is refused with {exchange.status}"
    bought = exchange.answer["buy"]
    return None if not Decimal(bought["amount"]) else f"nothing is sold, and {in_words(bought)} is bought"


@law("3.1", on="readRate", asks=from_the_euro)
def euro_rates_have_six_figures(exchange: Exchange, call: Caller) -> Verdict:
    """EC 1103/97, article 4(1)."""
    rate = exchange.answer["rate"]
    if count_figures(rate) == FIGURES:
        return None
    return f"1 EUR = {rate} {exchange.answer['quote']}, which has {count_figures(rate)} figures"


@law("3.2", on="readRate", asks=pairs)
def directions_agree(exchange: Exchange, call: Caller) -> Verdict:
    """There and back again is one."""
    base, quote = exchange.path["base"], exchange.path["quote"]
    back = call("readRate", path={"base": quote, "quote": base})
    there, return_ = Decimal(exchange.answer["rate"]), Decimal(back.answer["rate"])
    if abs(there * return_ - 1) <= CLOSE:
        return None
    return f"{base}/{quote} {there} times {quote}/{base} {return_} is {there * return_:.6f}"


@law("3.3", on=("createQuote", "totalLines"), asks=out_of_other_currencies, everywhere=True)
def conversions_lead_through_the_euro(exchange: Exchange, call: Caller) -> Verdict:
    """EC 1103/97, article 4(3) and (4): divide by the euro rate, three decimals in between, no inverse rate."""
    return _misconverted(exchange, currencies(call.contract), lambda line: line["sell"]["currency"] != EURO)


@law("3.4", on=("createQuote", "totalLines"), asks=ties, everywhere=True)
def amounts_are_rounded_half_to_even(exchange: Exchange, call: Caller) -> Verdict:
    """From the euro one multiplication and one rounding; asked at amounts that lie exactly between two."""
    return _misconverted(exchange, currencies(call.contract), lambda line: line["sell"]["currency"] == EURO)


@law("3.5", on="totalLines", asks=rounding_lines, everywhere=True)
def total_is_the_sum_of_its_lines(exchange: Exchange, call: Caller) -> Verdict:
    """Ten lines of 0.99 come to something else when only their sum is rounded."""
    lines, total = exchange.answer["lines"], exchange.answer["total"]
    summed = sum(Decimal(line["buy"]["amount"]) for line in lines)
    if summed == Decimal(total["amount"]):
        return None
    return f"{len(lines)} lines add up to {summed} {total['currency']}, and the total says {total['amount']}"


@law("4.1", on=("readRate", "createQuote", "readQuote", "acceptQuote", "refund", "totalLines"))
def answers_repeat_the_question(exchange: Exchange, call: Caller) -> Verdict:
    """As the contract's ``x-echo`` has it."""
    answer = call.contract.operation(exchange.operation).answers[str(exchange.status)]
    for pointer, expression in answer.echo.items():
        asked, told = resolve(expression, exchange), at(exchange.answer, pointer)
        if asked != told:
            return f"asked for {in_words(asked)}, answered with {in_words(told)}"
    return None


@law("4.2", on="createQuote")
def quotes_live_thirty_seconds(exchange: Exchange, call: Caller) -> Verdict:
    """From ``as_of`` to ``expires_at``."""
    life = _instant(exchange.answer["expires_at"]) - _instant(exchange.answer["as_of"])
    return None if life == timedelta(seconds=30) else f"the quote lives {life.total_seconds():.0f} seconds"


@law("4.3", on="createQuote", asks=one_per_class)
def acceptance_ends_with_the_quote(exchange: Exchange, call: Caller) -> Verdict:
    """Accepted at the last second, refused one second later."""
    ends = _instant(exchange.answer["expires_at"])
    late = _accept(call, exchange, ends + timedelta(seconds=1))
    if late.good:
        return f"the quote expired at {exchange.answer['expires_at']} and is accepted a second later"
    last = _accept(call, exchange, ends)
    return None if last.good else f"the quote is refused with {last.status} while it is still valid"


@law("5.1", on=("createQuote", "refund"), asks=one_per_class)
def repetition_changes_nothing(exchange: Exchange, call: Caller) -> Verdict:
    """A retry after a lost answer: the same key, the same body, the same answer."""
    again = call.again(exchange)
    return None if again.answer == exchange.answer else _twice(exchange, again)


@law("5.2", on="createQuote", asks=one_per_class)
def other_body_is_refused(exchange: Exchange, call: Caller) -> Verdict:
    """The key of one payment must not fetch the price of another."""
    other = {**exchange.request, "sell": {"currency": EURO, "amount": "7.00"}}
    again = call.again(exchange, request=other)
    return None if again.status == 409 else f"the same key with another body is answered with {again.status}"


@law("5.3", on="createQuote", asks=one_per_class)
def keys_belong_to_their_client(exchange: Exchange, call: Caller) -> Verdict:
    """Two clients that happen to use one key get a quote each."""
    other = call.again(exchange, headers={"X-Client": "another-shop"})
    if other.good and other.answer["quote_id"] != exchange.answer["quote_id"]:
        return None
    return "another client with an equal key gets the first client's quote"


@law("5.4", on="createQuote", asks=one_per_class)
def keys_are_free_after_a_day(exchange: Exchange, call: Caller) -> Verdict:
    """Remembered until 24 hours have passed, free afterwards."""
    made = _instant(exchange.answer["as_of"])
    day = timedelta(hours=24)
    within = call.again(exchange, headers={"X-Sandbox-Now": _text(made + day - timedelta(seconds=1))})
    if within.answer != exchange.answer:
        return "a second before 24 hours have passed, the key is forgotten"
    after = call.again(exchange, headers={"X-Sandbox-Now": _text(made + day)})
    if after.good and after.answer["quote_id"] != exchange.answer["quote_id"]:
        return None
    return f"24 hours later the key still gets the quote of {exchange.answer['as_of']}"


@law("5.5", on="createQuote", asks=one_per_class)
def refusals_leave_the_key_free(exchange: Exchange, call: Caller) -> Verdict:
    """Whoever mends a refused request may send it with the same key."""
    key = {"Idempotency-Key": call.fresh_key()}
    wrong = {**exchange.request, "buy_currency": "XXX"}
    if call("createQuote", wrong, headers=key).good:
        return None  # then there is no refusal to look at; clause 2.1 has its own check
    mended = call("createQuote", exchange.request, headers=key)
    return None if mended.good else f"after a refusal, the mended request is answered with {mended.status}"


@law("6.1", on="createQuote", asks=one_per_class)
def whole_refund_pays_back_what_was_sold(exchange: Exchange, call: Caller) -> Verdict:
    """Also on the next day, when the rates have moved."""
    made = _instant(exchange.answer["as_of"])
    _accept(call, exchange, made)
    tomorrow = {"X-Sandbox-Now": _text(made + timedelta(days=1))}
    back = call("refund", exchange.answer["buy"], _path(exchange), tomorrow)
    sold = exchange.answer["sell"]
    if back.good and back.answer["paid_back"] == sold:
        return None
    told = in_words(back.answer["paid_back"]) if back.good else f"a refusal ({back.status})"
    return f"{in_words(sold)} sold for {in_words(exchange.answer['buy'])}; the whole refund pays back {told}"


@law("6.2", on="createQuote", asks=one_per_class)
def refunds_end_at_what_was_bought(exchange: Exchange, call: Caller) -> Verdict:
    """A second whole refund is one too many."""
    _accept(call, exchange, _instant(exchange.answer["as_of"]))
    bought = exchange.answer["buy"]
    answers = [call("refund", bought, _path(exchange)) for _ in range(2)]
    return f"{in_words(bought)} is refunded twice" if answers[1].good else None


SHIPPED: tuple[Law, ...] = (
    amounts_stay_within_limits, zero_is_quoted_as_zero,
    euro_rates_have_six_figures, directions_agree, conversions_lead_through_the_euro,
    amounts_are_rounded_half_to_even, total_is_the_sum_of_its_lines,
    answers_repeat_the_question, quotes_live_thirty_seconds, acceptance_ends_with_the_quote,
    repetition_changes_nothing, other_body_is_refused, keys_belong_to_their_client, keys_are_free_after_a_day,
    refusals_leave_the_key_free,
    whole_refund_pays_back_what_was_sold, refunds_end_at_what_was_bought,
)  # fmt: skip
"""The laws of the course, by clause."""


def expected(line: Mapping[str, Json], table: Mapping[str, Currency]) -> Decimal:
    """What a line must buy, from its own rates: clauses 3.3 and 3.4, written down a second time.

    The service has its own formula. Two that agree are worth more than one that is called twice.
    """
    sell, buy = line["sell"]["currency"], line["buy"]["currency"]
    amount, decimals = Decimal(line["sell"]["amount"]), table[buy].decimals
    if sell == buy:
        return amount
    if sell == EURO:
        return quantize(amount * Decimal(line["buy_rate"]), decimals, ROUND_HALF_EVEN)
    euros = amount / Decimal(line["sell_rate"])
    if buy == EURO:
        return quantize(euros, decimals, ROUND_HALF_EVEN)
    return quantize(quantize(euros, 3, ROUND_HALF_EVEN) * Decimal(line["buy_rate"]), decimals, ROUND_HALF_EVEN)


def _misconverted(exchange: Exchange, table: Mapping[str, Currency], concerns: Callable[[Json], bool]) -> str | None:
    lines = exchange.answer["lines"] if exchange.operation == "totalLines" else [exchange.answer]
    for line in filter(concerns, lines):
        wanted = expected(line, table)
        if Decimal(line["buy"]["amount"]) != wanted:
            buys = f"{in_words(line['sell'])} buys {in_words(line['buy'])}"
            return f"{buys} at {line['sell_rate']} and {line['buy_rate']}; it should be {wanted}"
    return None


def _twice(first: Exchange, second: Exchange) -> str:
    if not second.good:
        return f"the repeated request is refused with {second.status}"
    number = "quote_id" if first.operation == "createQuote" else "refund_id"
    if first.answer[number] != second.answer[number]:
        return f"the repeated request makes a second {number.removesuffix('_id')}"
    return "the repeated request gets another answer"


def _accept(call: Caller, quote: Exchange, when: datetime) -> Exchange:
    return call("acceptQuote", path=_path(quote), headers={"X-Sandbox-Now": _text(when)})


def _path(quote: Exchange) -> Mapping[str, str]:
    return {"quote_id": quote.answer["quote_id"]}


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(instant: datetime) -> str:
    return instant.strftime(INSTANT)
