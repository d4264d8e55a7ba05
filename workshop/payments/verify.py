"""Verification: walks a contract against whatever answers, and reports what it finds as data.

The walk goes through every operation and every currency, from the contract's own examples to its extremes, follows the
links from answer to answer, and sends what the contract forbids as well. Same contract, same service, same seed: same
report, under any hash seed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from workshop.errors import UnknownName, WorkshopError
from workshop.payments.contract import clause, clauses
from workshop.payments.document import SCHEMA_LEVELS, Contract, Link, Operation, at_level
from workshop.payments.exchange import Caller, Exchange, Handler, Json, resolve, wrong_shape
from workshop.payments.law import Law
from workshop.payments.laws import SHIPPED
from workshop.payments.samples import allowed, forbidden, paths

LEVELS = (*SCHEMA_LEVELS, "laws")
"""How much is checked: schemas of growing strictness, then laws on top of the strictest."""

SHAPE, REFUSAL = "answers keep their shape", "wrong requests are refused"
CRASH, EXAMPLE = "nothing ends in a server error", "examples are granted"
SCHEMA_CLAUSES = ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2")
"""Clauses that schemas guard; the others need a law."""


@dataclass(frozen=True)
class Finding:
    """Something that breaks the contract: the clause, the rule that saw it, how often, and the simplest example."""

    clause: str
    rule: str
    operation: str
    count: int
    example: str


@dataclass(frozen=True)
class Report:
    """What a verification found. ``calls`` is how many requests it made."""

    level: str
    findings: tuple[Finding, ...]
    calls: int

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that are broken, each once."""
        return tuple(dict.fromkeys(finding.clause for finding in self.findings))


@dataclass
class _Notes:
    """Findings as they come in, each with its count and its simplest example.

    Simplest is an example of the contract itself, then what is shortest to say, then what came first.
    """

    contract: Contract
    found: dict[tuple[str, str, str], tuple[int, tuple[bool, int], str]] = field(default_factory=dict)

    def add(self, number: str, rule: str, exchange: Exchange, words: str) -> None:
        key, asked = (number, rule, exchange.operation), str(exchange)
        own = exchange.request in self.contract.operation(exchange.operation).examples.values()
        rank, example = (not own, len(asked)), f"{asked}: {words}"
        count, best, kept = self.found.get(key, (0, rank, example))
        self.found[key] = (count + 1, rank, example) if rank < best else (count + 1, best, kept)

    def findings(self) -> tuple[Finding, ...]:
        return tuple(Finding(*key, self.found[key][0], self.found[key][2]) for key in sorted(self.found))


def verify(
    contract: Contract,
    handler: Handler,
    *,
    level: str = "laws",
    laws: Iterable[Law] = SHIPPED,
    seed: int = 0,
) -> Report:
    """What ``handler`` breaks of the contract, checked at a level; ``seed`` varies the amounts that are tried.

    UnknownName for a level that doesn't exist, or a law that cites a clause or operation the contract lacks.
    """
    if level not in LEVELS:
        raise UnknownName("level", level, LEVELS)
    judged = at_level(contract, "patterns" if level == "laws" else level)
    active = tuple(laws) if level == "laws" else ()
    for each in active:
        clause(judged, each.clause)
        for name in each.operations:
            judged.operation(name)
    call, notes, random = Caller(judged, handler), _Notes(judged), Random(seed)
    for operation in judged.operations.values():
        for exchange in _walk(call, operation, random):
            if _judge(exchange, call, active, notes) and exchange.good:
                for link in operation.answers[str(exchange.status)].links:
                    _judge(_follow(call, link, exchange), call, active, notes)
        _provoke(call, operation, random, notes)
    for each in active:
        _attack(each, call, notes)
    return Report(level, notes.findings(), call.calls)


def unguarded(contract: Contract, laws: Iterable[Law] = SHIPPED) -> Mapping[str, str]:
    """The clauses that nothing checks, number to sentence."""
    guarded = {*SCHEMA_CLAUSES, *(each.clause for each in laws)}
    return {number: words for number, words in clauses(contract).items() if number not in guarded}


def _walk(call: Caller, operation: Operation, random: Random) -> Iterator[Exchange]:
    """The exchanges that the contract allows: its examples, then every value that matters."""
    contract = call.contract
    answers = (answer for each in contract.operations.values() for answer in each.answers.values())
    if operation.id in {link.operation for answer in answers for link in answer.links}:
        return  # it needs what another operation answers, and is called from there
    for path, request in _requests(contract, operation, random):
        yield call(operation.id, request, path)


def _requests(contract: Contract, operation: Operation, random: Random) -> Iterator[tuple[Mapping[str, str], Json]]:
    """Path parameters and body of every request of the walk."""
    schemas = {each.name: each.schema for each in operation.parameters if each.where == "path"}
    if operation.body is None:
        for path in paths(contract, schemas, random):
            yield path, None
    else:
        for request in (*operation.examples.values(), *allowed(contract, operation.body, random)):
            yield {}, request


def _follow(call: Caller, link: Link, exchange: Exchange) -> Exchange:
    """The call that ``link`` promises after ``exchange``."""
    path = {name: str(resolve(expression, exchange)) for name, expression in link.parameters.items()}
    return call(link.operation, resolve(link.body, exchange) if link.body else None, path)


def _judge(exchange: Exchange, call: Caller, laws: Iterable[Law], notes: _Notes) -> bool:
    """Whether the exchange keeps its shape; if so and if it was granted, the laws that apply everywhere judge it."""
    if exchange.status >= 500:
        notes.add("1.3", CRASH, exchange, f"answered with {exchange.status}")
        return False
    if wrong := wrong_shape(call.contract, exchange):
        notes.add(wrong[0], SHAPE, exchange, wrong[1])
        return False
    if not exchange.good and exchange.request in call.contract.operation(exchange.operation).examples.values():
        notes.add("1.4", EXAMPLE, exchange, f"refused with {exchange.status}")
    for each in laws:
        if exchange.good and each.everywhere and exchange.operation in each.operations:
            _apply(each, exchange, call, notes)
    return True


def _attack(law: Law, call: Caller, notes: _Notes) -> None:
    """The law on its own requests."""
    for ask in law.asks(call) if law.asks else ():
        exchange = call(ask.operation, ask.request, ask.path)
        if _judge(exchange, call, (), notes) and (exchange.good or law.refusals):
            _apply(law, exchange, call, notes)


def _apply(law: Law, exchange: Exchange, call: Caller, notes: _Notes) -> None:
    try:
        words = law(exchange, call)
    except WorkshopError:
        raise  # a misspelt operation, or a service that is gone
    except Exception as error:  # a law that can't read an answer has found something, be it in the law itself
        words = f"the law could not be applied, {type(error).__name__}: {error}"
    if words:
        notes.add(law.clause, law.title, exchange, words)


def _provoke(call: Caller, operation: Operation, random: Random, notes: _Notes) -> None:
    """What the contract forbids must be refused, and not by falling over."""
    for exchange, number in _provocations(call, operation, random):
        if exchange.status >= 500:
            notes.add("1.3", CRASH, exchange, f"answered with {exchange.status}")
        elif exchange.good:
            notes.add(number or "1.2", REFUSAL, exchange, f"granted with {exchange.status}")
        elif wrong := wrong_shape(call.contract, exchange):
            notes.add(wrong[0], SHAPE, exchange, wrong[1])


def _provocations(call: Caller, operation: Operation, random: Random) -> Iterator[tuple[Exchange, str]]:
    contract = call.contract
    path = {
        each.name: str(allowed(contract, each.schema, random)[0])
        for each in operation.parameters
        if each.where == "path"
    }
    request: Json = next(iter(operation.examples.values()), None)
    for each in operation.parameters:
        for value, number in forbidden(contract, each.schema, allowed(contract, each.schema, random)[0]):
            if isinstance(value, str) and each.where == "path":
                yield call(operation.id, request, {**path, each.name: value}), number
            elif isinstance(value, str):
                yield call(operation.id, request, path, {each.name: value}), number
    if operation.body is not None:
        for value, number in forbidden(contract, operation.body, request):
            yield call(operation.id, value, path), number
