"""Requests and answers as data, and calls by the contract's operation names instead of by address.

Whatever answers requests in this package is a plain function, a :data:`Handler`: the reference, the delivered service,
the mock, and one far away behind a URL. No socket is needed to put any of them to the test.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from workshop.payments.document import Answer, Contract

Json = Any
"""What JSON can hold."""


@dataclass(frozen=True)
class Response:
    """An answer on the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Handler = Callable[[str, str, Mapping[str, str], bytes], Response]
"""``handler(method, path, headers, body)``."""


def json_response(status: int, value: Json, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that carries ``value``; from 400 on it is a problem after RFC 9457."""
    media = "application/json" if status < 400 else "application/problem+json"
    return Response(status, {"Content-Type": media, **(headers or {})}, json.dumps(value).encode())


def problem(status: int, code: str, title: str, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal: its code is for programs, its title for people."""
    return json_response(status, {"title": title, "status": status, "code": code}, headers)


@dataclass(frozen=True)
class Exchange:
    """One request and its answer, as a law sees them."""

    operation: str
    path: Mapping[str, str]
    headers: Mapping[str, str]
    request: Json
    status: int
    answer: Json
    media: str = "application/json"

    @property
    def good(self) -> bool:
        """Whether the request was granted."""
        return 200 <= self.status < 300

    def __str__(self) -> str:
        asked = [f"{name} {value}" for name, value in self.path.items() if not name.endswith("_id")]
        if self.request is not None:
            asked.append(in_words(self.request))
        return f"{self.operation}({'; '.join(asked)})"


@dataclass
class Caller:
    """Calls a handler by operation: ``call("createQuote", {...})``, and counts the calls.

    Every request gets a fresh Idempotency-Key unless it brings one, unlike any of another caller: a service that is
    verified twice must not take the second time for a repetition of the first.
    """

    contract: Contract
    handler: Handler
    calls: int = 0
    run: str = field(default_factory=lambda: uuid4().hex[:12])
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def __call__(
        self,
        operation: str,
        request: Json = None,
        path: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Exchange:
        """The exchange. ``path`` and ``headers`` are the operation's parameters by name."""
        wanted = self.contract.operation(operation)
        sent = dict(headers or {})
        if wanted.keyed and "Idempotency-Key" not in sent:
            sent["Idempotency-Key"] = self.fresh_key()
        address = wanted.path
        for name, value in (path or {}).items():
            address = address.replace("{" + name + "}", quote(str(value), safe=""))
        body = b"" if request is None else json.dumps(request).encode()
        wire = {**sent, "Content-Type": "application/json"} if body else sent
        self.calls += 1
        response = self.handler(wanted.method, address, wire, body)
        media = next((v for k, v in response.headers.items() if k.lower() == "content-type"), "").partition(";")[0]
        try:
            answer = json.loads(response.body)
        except ValueError:
            answer = None
        return Exchange(operation, dict(path or {}), sent, request, response.status, answer, media)

    def again(self, exchange: Exchange, *, request: Json = None, headers: Mapping[str, str] | None = None) -> Exchange:
        """The same request once more, its Idempotency-Key included, with another body or other headers if given."""
        body = exchange.request if request is None else request
        return self(exchange.operation, body, exchange.path, {**exchange.headers, **(headers or {})})

    def fresh_key(self) -> str:
        """A key that nobody has used."""
        return f"{self.run}-{next(self._numbers):06d}"


def in_words(value: Json) -> str:
    """A request or an answer, short enough for a table: ``sell 100.00 EUR, buy_currency JPY``."""
    if isinstance(value, Mapping):
        if value.keys() == {"currency", "amount"}:
            return f"{value['amount']} {value['currency']}"
        return ", ".join(f"{name} {in_words(item)}" for name, item in value.items())
    if isinstance(value, list):
        first = [in_words(item) for item in value[:3]]
        return "[" + ", ".join(first) + (f", ... {len(value)} in all" if len(value) > 3 else "") + "]"
    return str(value)


def resolve(expression: str, exchange: Exchange) -> Json:
    """What an OpenAPI runtime expression stands for: ``$request.path.base``, ``$response.body#/buy``.

    ValueError for an expression of another form, LookupError for a place that the exchange lacks.
    """
    source, _, pointer = expression.partition("#")
    if source.startswith("$request.path."):
        return exchange.path[source.removeprefix("$request.path.")]
    if source not in ("$request.body", "$response.body"):
        raise ValueError(f"{expression!r} is no expression that this course reads")
    return at(exchange.request if source == "$request.body" else exchange.answer, pointer)


def at(value: Json, pointer: str) -> Json:
    """The part of ``value`` at a JSON pointer (RFC 6901, without escapes); LookupError if there is none."""
    for name in pointer.split("/")[1:]:
        if not isinstance(value, Mapping):
            raise LookupError(pointer)
        value = value[name]
    return value


def wrong_shape(contract: Contract, exchange: Exchange) -> tuple[str, str] | None:
    """What the contract's schemas have against an answer, as (clause, sentence); None if nothing."""
    operation = contract.operation(exchange.operation)
    answer: Answer | None = operation.answers.get(str(exchange.status))
    if answer is None:
        return "1.1", f"answers {exchange.status}, which the contract doesn't know for {operation.id}"
    if exchange.media != answer.media:
        return "1.1", f"the content type is {exchange.media or 'missing'} instead of {answer.media}"
    breach = contract.breach(answer.schema, exchange.answer)
    return (breach.clause or "1.1", breach.words) if breach else None


Environ = Mapping[str, Any]
StartResponse = Callable[[str, Sequence[tuple[str, str]]], Any]


def as_wsgi(handler: Handler) -> Callable[[Environ, StartResponse], Iterable[bytes]]:
    """``handler`` as a WSGI application (PEP 3333), for tools that call one."""

    def application(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        headers = {name[5:].replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
        if environ.get("CONTENT_TYPE"):
            headers["Content-Type"] = environ["CONTENT_TYPE"]
        length = int(environ.get("CONTENT_LENGTH") or 0)
        path = quote(environ.get("PATH_INFO", "").encode("latin-1"), safe="/")
        response = handler(environ["REQUEST_METHOD"], path, headers, environ["wsgi.input"].read(length))
        phrase = HTTPStatus(response.status).phrase
        start(f"{response.status} {phrase}", [*response.headers.items(), ("Content-Length", str(len(response.body)))])
        return [response.body]

    return application
