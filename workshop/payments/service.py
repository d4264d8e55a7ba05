"""The quote service: quotes, acceptance, refunds and totals over plain HTTP data, in exact decimal arithmetic.

It does what its :class:`~workshop.payments.rules.Rules` say. With the default rules it keeps the contract.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from threading import Lock
from typing import Any

from workshop.payments.exchange import Json, Response, json_response, problem
from workshop.payments.money import EXACT, format_amount, parse_amount, quantize
from workshop.payments.rules import OPENING, Rules, book, published

KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
CLIENT = re.compile(r"[a-z][a-z-]{1,30}")
NOW = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
INSTANT = "%Y-%m-%dT%H:%M:%SZ"
MOST_LINES = 12
UNLISTED_DECIMALS = 2
Clock = Callable[[], datetime]


class Refused(Exception):
    """A request that the service won't grant: (status, code, title)."""

    @property
    def response(self) -> Response:
        """The refusal as an answer."""
        return problem(*self.args)


@dataclass
class Quote:
    """A quote and what became of it. ``answer`` is what the client was told."""

    answer: Mapping[str, Json]
    sold: Decimal
    bought: Decimal
    expires_at: datetime
    deal: Mapping[str, str] | None = None
    refunded: Decimal = Decimal(0)
    paid_back: Decimal = Decimal(0)


@dataclass(frozen=True)
class Request:
    """A request as the operations see it: header names in lower case, the body parsed."""

    headers: Mapping[str, str]
    body: Json
    now: datetime


@dataclass(frozen=True)
class Line:
    """One conversion: amounts as they are told, and the exact one before rounding."""

    answer: Mapping[str, Json]
    sold: Decimal
    bought: Decimal
    exact: Decimal


@dataclass
class Service:
    """A running quote service. ``handle`` is its :data:`~workshop.payments.exchange.Handler`; ``clock`` its time."""

    rules: Rules
    clock: Clock = lambda: OPENING
    quotes: dict[str, Quote] = field(default_factory=dict)
    keys: dict[tuple[str, str, str], tuple[Json, Response, datetime]] = field(default_factory=dict)
    deals: int = 0
    refunds: int = 0
    _lock: Any = field(default_factory=Lock, repr=False)

    def handle(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Response:
        """The answer to one request."""
        with self._lock:
            try:
                return self._route(method, path, {name.lower(): value for name, value in headers.items()}, body)
            except Refused as refused:
                return refused.response
            except Exception as error:  # what a server does with a crash in its own code
                return problem(500, "malformed", f"{type(error).__name__} in the service")

    def _route(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Response:
        for pattern, allowed, operation in ROUTES:
            if match := pattern.fullmatch(path):
                if method != allowed:
                    return problem(405, "method_not_allowed", f"Only {allowed} here", {"Allow": allowed})
                request = Request(headers, _parsed(headers, body) if body else None, self._now(headers))
                return operation(self, request, *match.groups())
        return problem(404, "not_found", "There is nothing here")

    def read_rate(self, request: Request, base: str, quote: str) -> Response:
        """How much of ``quote`` one ``base`` buys."""
        rate = published(self.rules, self._code(base), self._code(quote), request.now.date())
        return json_response(200, {"base": base, "quote": quote, "rate": f"{rate:f}", "as_of": _text(request.now)})

    def create_quote(self, request: Request) -> Response:
        """A quote for the money in the body, once for each Idempotency-Key."""
        return self._once("quote", request, lambda: self._quote(request))

    def _quote(self, request: Request) -> Response:
        body = _fields(request.body, "sell", "buy_currency")
        line = self._line(body["sell"], body["buy_currency"], request.now)
        number, expires_at = f"q-{len(self.quotes) + 1:06d}", request.now + self.rules.life
        answer = {"quote_id": number, **line.answer, "as_of": _text(request.now), "expires_at": _text(expires_at)}
        self.quotes[number] = Quote(answer, line.sold, line.bought, expires_at)
        return json_response(201, answer)

    def read_quote(self, request: Request, number: str) -> Response:
        """The quote as it was told."""
        return json_response(200, self._known(number).answer)

    def accept_quote(self, request: Request, number: str) -> Response:
        """A deal at the quoted price; the same deal again when asked again."""
        quote = self._known(number)
        if quote.deal is None or not self.rules.accepted_once:
            if self.rules.expires and request.now > quote.expires_at:
                raise Refused(410, "quote_expired", f"The quote expired at {_text(quote.expires_at)}")
            self.deals += 1
            quote.deal = {"deal_id": f"d-{self.deals:06d}", "quote_id": number, "accepted_at": _text(request.now)}
        return json_response(200, quote.deal)

    def refund(self, request: Request, number: str) -> Response:
        """Money back for an accepted quote, once for each Idempotency-Key."""
        return self._once(f"refund {number}", request, lambda: self._refund(request, number))

    def _refund(self, request: Request, number: str) -> Response:
        quote = self._known(number)
        code, amount = self._money(request.body)
        buy, sell = quote.answer["buy"]["currency"], quote.answer["sell"]["currency"]
        if quote.deal is None:
            raise Refused(409, "not_accepted", "The quote was never accepted")
        if code != buy:
            raise Refused(422, "malformed", f"The quote bought {buy}, and the refund is in {code}")
        if self.rules.refunds_capped and quote.refunded + amount > quote.bought:
            raise Refused(422, "refund_too_large", f"Of {quote.bought} {buy}, {quote.refunded} are refunded already")
        back = self._back(quote, amount, request.now)
        quote.refunded += amount
        quote.paid_back += back
        self.refunds += 1
        refund = {"refund_id": f"r-{self.refunds:06d}", "quote_id": number, "refunded": request.body}
        return json_response(201, {**refund, "paid_back": self._told(sell, back)})

    def _back(self, quote: Quote, amount: Decimal, now: datetime) -> Decimal:
        """What a refund pays back: its share of what was sold, so that all shares add up to exactly that."""
        buy, sell = quote.answer["buy"]["currency"], quote.answer["sell"]["currency"]
        if not self.rules.refunds_at_quote:
            rates = (self.rules.euro_rate(book(code, now.date())) for code in (buy, sell))
            return quantize(self.rules.product(amount, buy, sell, *rates), self._decimals(sell))
        refunded = quote.refunded + amount
        if refunded == quote.bought:
            return quote.sold - quote.paid_back
        share = EXACT.divide(EXACT.multiply(quote.sold, refunded), quote.bought)
        return quantize(share, self._decimals(sell)) - quote.paid_back

    def total_lines(self, request: Request) -> Response:
        """Several amounts in one currency, and their total."""
        body = _fields(request.body, "lines", "buy_currency")
        if not isinstance(body["lines"], list) or not 1 <= len(body["lines"]) <= MOST_LINES:
            raise Refused(422, "malformed", f"A total has 1 to {MOST_LINES} lines")
        buy = body["buy_currency"]
        lines = [self._line(sell, buy, request.now) for sell in body["lines"]]
        amounts = (line.bought if self.rules.sums_rounded_lines else line.exact for line in lines)
        total = sum(amounts, Decimal(0))
        return json_response(200, {"lines": [line.answer for line in lines], "total": self._told(buy, total)})

    def _line(self, sell: Json, buy: Json, now: datetime) -> Line:
        """The conversion of the money ``sell`` into the currency ``buy``."""
        code, amount = self._money(sell)
        buy = self._code(buy)
        self._check_limits(code, amount)
        if self.rules.drops_third_decimal:
            amount = EXACT.divide(Decimal(int(amount * 100)), 100)
        sell_rate, buy_rate = (self.rules.euro_rate(book(each, now.date())) for each in (code, buy))
        exact = self.rules.product(amount, code, buy, sell_rate, buy_rate)
        decimals = self._decimals(buy)
        bought = quantize(exact, decimals, self.rules.rounding)
        for finish in self.rules.finish:
            bought = finish(bought, buy, decimals)
        kept = {"currency": code, "amount": format_amount(amount, self._listed(code))}
        rates = {"sell_rate": f"{sell_rate:f}", "buy_rate": f"{buy_rate:f}"}
        return Line({"sell": kept, "buy": self._told(buy, bought), **rates}, amount, bought, exact)

    def _check_limits(self, code: str, amount: Decimal) -> None:
        if not amount and self.rules.zero != "quoted":
            if self.rules.zero == "fails":
                raise ZeroDivisionError
            raise Refused(422, "amount_too_small", "Nothing to sell")
        if not (limits := self.rules.currencies.get(code)):
            return
        if self.rules.smallest_holds and 0 < amount < limits.smallest:
            raise Refused(422, "amount_too_small", f"The smallest {code} amount is {limits.smallest}")
        if amount > limits.largest:
            raise Refused(422, "amount_too_large", f"The largest {code} amount is {limits.largest}")

    def _code(self, code: Json) -> str:
        if not isinstance(code, str):
            raise Refused(422, "malformed", "A currency is a text of three letters")
        if code in self.rules.currencies or code in self.rules.strangers:
            return code
        if since := self.rules.withdrawn.get(code):
            raise Refused(422, "withdrawn_currency", f"{code} was withdrawn ({since})")
        raise Refused(422, "unknown_currency", f"{code[:8]!r} is no currency of this service")

    def _money(self, value: Json) -> tuple[str, Decimal]:
        fields = _fields(value, "currency", "amount")
        code, text = self._code(fields["currency"]), fields["amount"]
        if not isinstance(text, str):
            raise Refused(422, "malformed", "An amount is a text")
        negative = self.rules.negatives and text.startswith("-")
        try:
            amount = parse_amount(text.removeprefix("-") if negative else text, self._listed(code))
        except ValueError as error:
            raise Refused(422, "malformed", f"{code}: {error}") from None
        return code, -amount if negative else amount

    def _listed(self, code: str) -> int:
        """The decimals that an amount comes in with."""
        return self.rules.currencies[code].decimals if code in self.rules.currencies else UNLISTED_DECIMALS

    def _decimals(self, code: str) -> int:
        """The decimals that an amount goes out with."""
        return self.rules.decimals.get(code, UNLISTED_DECIMALS)

    def _told(self, code: str, amount: Decimal) -> dict[str, str]:
        return {"currency": code, "amount": format_amount(amount, self._decimals(code))}

    def _known(self, number: str) -> Quote:
        if number not in self.quotes:
            raise Refused(404, "unknown_quote", "There is no such quote")
        return self.quotes[number]

    def _now(self, headers: Mapping[str, str]) -> datetime:
        text = headers.get("x-sandbox-now")
        if text is None:
            return self.clock()
        if not NOW.fullmatch(text):
            raise Refused(422, "malformed", "X-Sandbox-Now is a time such as 2026-01-15T09:00:00Z")
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise Refused(422, "malformed", f"There is no {text}") from None

    def _once(self, operation: str, request: Request, work: Callable[[], Response]) -> Response:
        """The answer of ``work``, or the one that the same Idempotency-Key got before."""
        key, client = request.headers.get("idempotency-key", ""), request.headers.get("x-client", "anyone")
        if not KEY.fullmatch(key) or not CLIENT.fullmatch(client):
            raise Refused(422, "malformed", "Idempotency-Key has 8 to 64 letters, digits or hyphens, X-Client a name")
        scope = (client if self.rules.keys_by_client else "", operation, key)
        if self.rules.remembers_keys and scope in self.keys:
            body, response, since = self.keys[scope]
            if self.rules.key_life is None or request.now < since + self.rules.key_life:
                if self.rules.compares_bodies and body != request.body:
                    raise Refused(409, "key_reused", "This key came with another body")
                return response
        try:
            response = work()
        except Refused as refused:
            if not self.rules.keeps_refusals:
                raise
            response = refused.response
        self.keys[scope] = (request.body, response, request.now)
        return response


Operation = Callable[..., Response]
ROUTES: tuple[tuple[re.Pattern[str], str, Operation], ...] = (
    (re.compile("/v1/rates/([^/]+)/([^/]+)"), "GET", Service.read_rate),
    (re.compile("/v1/quotes"), "POST", Service.create_quote),
    (re.compile("/v1/quotes/([^/]+)"), "GET", Service.read_quote),
    (re.compile("/v1/quotes/([^/]+)/accept"), "POST", Service.accept_quote),
    (re.compile("/v1/quotes/([^/]+)/refunds"), "POST", Service.refund),
    (re.compile("/v1/totals"), "POST", Service.total_lines),
)


def _parsed(headers: Mapping[str, str], body: bytes) -> Json:
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refused(422, "malformed", "The body is to be application/json")
    try:
        return json.loads(body)
    except ValueError:
        raise Refused(422, "malformed", "The body is no JSON") from None


def _fields(value: Json, *names: str) -> Mapping[str, Json]:
    """``value`` if it has exactly these fields."""
    if not isinstance(value, dict) or value.keys() != set(names):
        raise Refused(422, "malformed", f"The fields are to be {' and '.join(names)}")
    return value


def _text(instant: datetime) -> str:
    return instant.strftime(INSTANT)
