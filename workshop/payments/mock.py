"""The mock: answers from the contract alone, so that a consumer can build against it before anything is delivered.

A request that breaks the contract is refused. A request that the contract shows as an example gets the answer that
stands beside it. Any other gets values that fit the schema, the same for the same request, and repeat what was asked.

A client says what it prefers (RFC 7240)::

    Prefer: code=410            the answer with this status
    Prefer: example=eur_jpy     this example
    Prefer: dynamic             made-up values, even where there is an example
    Prefer: wait=250            after so many milliseconds
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import unquote

from workshop.payments.document import Answer, Contract, Operation, Schema
from workshop.payments.exchange import Exchange, Json, Response, at, json_response, problem, resolve
from workshop.payments.samples import vary

LONGEST_WAIT = 10_000


@dataclass(frozen=True)
class Mock:
    """A mock of a contract. ``latency_ms`` is how long every answer takes; ``handle`` is its handler."""

    contract: Contract
    latency_ms: int = 0
    seed: int = 0
    sleep: Callable[[float], None] = time.sleep

    def handle(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Response:
        """The answer to one request."""
        named = {name.lower(): value for name, value in headers.items()}
        wishes = _wishes(named.get("prefer", ""))
        wait = wishes.get("wait", "")
        milliseconds = min(int(wait), LONGEST_WAIT) if wait.isdigit() else self.latency_ms
        if milliseconds:
            self.sleep(milliseconds / 1000)
        operations = self.contract.operations.values()
        matches = [(each, match) for each in operations if (match := each.address.fullmatch(path))]
        if not matches:
            return problem(404, "not_found", "The contract has no such path")
        for operation, match in matches:
            if operation.method == method:
                parts = {name: unquote(value) for name, value in match.groupdict().items()}
                return self._answer(operation, parts, named, body, wishes)
        allowed = ", ".join(operation.method for operation, _ in matches)
        return problem(405, "method_not_allowed", f"Only {allowed} here", {"Allow": allowed})

    def _answer(
        self,
        operation: Operation,
        path: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
        wishes: Mapping[str, str],
    ) -> Response:
        try:
            request = json.loads(body) if operation.body is not None else None
        except ValueError:
            return problem(422, "malformed", "The body is no JSON")
        if fault := self._fault(operation, path, headers, request):
            return problem(422, "malformed", fault)
        code = wishes.get("code", operation.granted)
        if code not in operation.answers:
            known = ", ".join(operation.answers)
            return problem(422, "malformed", f"The contract has no {code} for {operation.id}; it has {known}")
        exchange = Exchange(operation.id, path, headers, request, int(code), None)
        return json_response(int(code), self._value(operation, operation.answers[code], exchange, wishes))

    def _fault(
        self, operation: Operation, path: Mapping[str, str], headers: Mapping[str, str], request: Json
    ) -> str | None:
        """What a request has against the contract."""
        for parameter in operation.parameters:
            value = path.get(parameter.name) if parameter.where == "path" else headers.get(parameter.name.lower())
            if value is None and parameter.required:
                return f"{parameter.name} is missing"
            if value is not None and (breach := self.contract.breach(parameter.schema, value)):
                return f"{parameter.name}: {breach.words}"
        breach = self.contract.breach(operation.body, request) if operation.body is not None else None
        return breach.words if breach else None

    def _value(self, operation: Operation, answer: Answer, exchange: Exchange, wishes: Mapping[str, str]) -> Json:
        wanted = wishes.get("example", "")
        if wanted in answer.examples:
            return answer.examples[wanted]
        if "dynamic" not in wishes:
            for name, value in answer.examples.items():
                if _belongs(operation, answer, name, value, exchange):
                    return value
            if exchange.status >= 400:
                return next(iter(answer.examples.values()))
        # Python's own hash of a text differs from run to run; this seed doesn't.
        random = Random(json.dumps([self.seed, operation.id, exchange.path, exchange.request], sort_keys=True))
        return self._made_up(answer.schema, random, _repeated(answer, exchange))

    def _made_up(self, schema: Schema, random: Random, fixed: Json = None) -> Json:
        """A value that fits ``schema``, with ``fixed`` parts where they are given."""
        schema = self.contract.resolve(schema)
        if schema.get("type") == "object":
            known = dict(fixed or {})
            value = {n: self._made_up(part, random, known.get(n)) for n, part in schema["properties"].items()}
            for name, part in self.contract.branch(schema, value).items():
                if name not in known and part is not schema["properties"][name]:
                    value[name] = self._made_up(part, random)
            return value
        if fixed is not None:
            return fixed
        if "enum" in schema:
            return random.choice(schema["enum"])
        if schema.get("type") == "array":
            return [self._made_up(schema["items"], random) for _ in range(random.randint(1, 3))]
        if schema.get("type") == "integer":
            return random.randint(schema.get("minimum", 0), schema.get("maximum", 999))
        return vary(self.contract, schema, random.choice(schema.get("examples", ["text"])), random)


def _repeated(answer: Answer, exchange: Exchange) -> Json:
    """The parts of an answer that repeat the request, each at its place; None if there are none."""
    fixed: dict[str, Any] = {}
    for pointer, expression in answer.echo.items():
        *parents, last = pointer.split("/")[1:]
        place = fixed
        for name in parents:
            place = place.setdefault(name, {})
        place[last] = resolve(expression, exchange)
    return fixed or None


def _wishes(header: str) -> Mapping[str, str]:
    """``code=410, wait=5`` as a mapping; a wish without a value has the value "true"."""
    parts = (part.strip().partition("=") for part in header.split(",") if part.strip())
    return {name.strip().lower(): value.strip() or "true" for name, _, value in parts}


def _belongs(operation: Operation, answer: Answer, name: str, value: Json, exchange: Exchange) -> bool:
    """Whether an example is the answer to this request: the example request of that name, or the path it repeats."""
    if operation.examples:
        return bool(operation.examples.get(name) == exchange.request) and _repeats_path(answer, value, exchange)
    return _repeats_path(answer, value, exchange)


def _repeats_path(answer: Answer, value: Json, exchange: Exchange) -> bool:
    from_path = {pointer: text for pointer, text in answer.echo.items() if text.startswith("$request.path.")}
    return all(at(value, pointer) == resolve(text, exchange) for pointer, text in from_path.items())
