"""What two teams agreed, and whether the agreement stands: signed, complete, in force, and its dates kept.

The agreement is ``info.x-contract`` of the contract's file. Everything in it may be missing: a promise that was made on
a call has a purpose and perhaps a date. :func:`problems` says what is missing, and everything that uses a contract
shows what it says.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from workshop.errors import UnknownName
from workshop.payments.document import Contract, walk_examples
from workshop.payments.money import Currency, iso_decimals, parse_amount

ROLES = ("consumer owner", "provider owner")
"""Who has to sign."""


@dataclass(frozen=True)
class Shortfall:
    """One thing that keeps a contract from standing.

    ``kind`` is ``unsigned``, ``expired``, ``half-filled``, ``slip``, ``currency`` or ``example``; ``place`` is where it
    belongs.
    """

    kind: str
    place: str
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Objective:
    """What the provider promises at ``load`` times the usual volume."""

    load: int
    per_second: int
    p95_ms: int
    available_percent: Decimal
    error_budget_percent: Decimal


ASKED: Mapping[str, str] = {
    "purpose": "The contract doesn't say what the API is for.",
    "non_goals": "The contract doesn't say what the API is not for.",
    "consumer.team": "No team is named that needs the API.",
    "consumer.owner": "Nobody owns the contract on the side that needs the API.",
    "consumer.deputy": "Nobody stands in for the owner on the side that needs the API.",
    "provider.team": "No team is named that delivers the API.",
    "provider.owner": "Nobody owns the contract on the side that delivers the API.",
    "provider.deputy": "Nobody stands in for the owner on the side that delivers the API.",
    "delivery.mock": "No date is named for the mock.",
    "delivery.p50": "No date is named by which delivery is as likely as not.",
    "delivery.p80": "No date is named that holds in four cases out of five.",
    "notice.hours": "Nobody has to tell within a given time that a date slips.",
    "notice.to": "The contract doesn't say whom to tell when a date slips.",
    "verification": "Nothing checks what is delivered against the contract.",
    "fallback": "There is no fallback for a late delivery.",
    "escalation": "The contract doesn't say who decides when the two teams can't.",
    "change": "The contract doesn't say how it may be changed.",
    "expires": "The contract doesn't say until when it holds.",
}
"""Every question that an agreement has to answer, by its place in ``x-contract``, and what to say if it doesn't."""


def agree(contract: Contract, terms: Mapping[str, Any]) -> Contract:
    """The contract with ``terms`` (places such as ``provider.owner`` to values) instead of those it has."""
    agreed: dict[str, Any] = dict(contract.terms)
    for place, value in terms.items():
        group, _, name = place.partition(".")
        agreed[group] = {**(agreed.get(group) or {}), name: value} if name else value
    return Contract({**contract.document, "info": {**contract.document["info"], "x-contract": agreed}})


def promise(contract: Contract) -> Contract:
    """The contract as it was before anybody wrote anything down: no answer, no objective, no signature."""
    return agree(contract, {**dict.fromkeys(ASKED, ""), "objectives": [], "signatures": []})


def term(contract: Contract, place: str) -> str:
    """The text at a place such as ``provider.owner``; "" if the contract leaves it open."""
    value: Any = contract.terms
    for name in place.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return "" if value is None else str(value).strip()


def clauses(contract: Contract) -> Mapping[str, str]:
    """The clauses, id to sentence, in order."""
    return {str(number): " ".join(str(text).split()) for number, text in contract.terms.get("clauses", {}).items()}


def clause(contract: Contract, number: str) -> str:
    """The sentence of a clause; UnknownName if the contract has none of that number."""
    known = clauses(contract)
    if number not in known:
        raise UnknownName("clause", number, known)
    return known[number]


@lru_cache(maxsize=16)
def currencies(contract: Contract) -> Mapping[str, Currency]:
    """The table of currencies by code; empty if the contract has none."""
    return {code: _currency(code, row) for code, row in contract.terms.get("currencies", {}).items()}


def withdrawn(contract: Contract) -> Mapping[str, str]:
    """Codes that used to be currencies, and since when they aren't."""
    return {code: str(since) for code, since in contract.terms.get("withdrawn", {}).items()}


def objectives(contract: Contract) -> Mapping[int, Objective]:
    """The objectives by load (1 is the usual volume, 5 is five times it)."""
    found = {}
    for row in contract.terms.get("objectives", ()):
        percents = Decimal(str(row["available_percent"])), Decimal(str(row["error_budget_percent"]))
        found[row["load"]] = Objective(row["load"], row["per_second"], row["p95_ms"], *percents)
    return found


def problems(contract: Contract, on: date) -> tuple[Shortfall, ...]:
    """Everything that keeps the contract from standing on the day ``on``; nothing if it stands."""
    checks: tuple[Callable[[Contract, date], Iterator[Shortfall]], ...] = (
        _unsigned,
        _expired,
        _open,
        _slips,
        _table,
        _examples,
    )
    return tuple(shortfall for check in checks for shortfall in check(contract, on))


def _unsigned(contract: Contract, on: date) -> Iterator[Shortfall]:
    signed = {row.get("role"): _day(row.get("signed")) for row in contract.terms.get("signatures", ())}
    for role in ROLES:
        day = signed.get(role)
        if day is None:
            yield Shortfall("unsigned", role, f"Not signed: the {role}'s signature, or its date, is missing.")
        elif day > on:
            yield Shortfall("unsigned", role, f"Not signed yet: the {role}'s signature is dated {day}, after {on}.")


def _expired(contract: Contract, on: date) -> Iterator[Shortfall]:
    end = _day(term(contract, "expires"))
    if end and end < on:
        yield Shortfall("expired", "expires", f"Expired: the contract held until {end}, and it is {on}.")


def _open(contract: Contract, on: date) -> Iterator[Shortfall]:
    for place, words in ASKED.items():
        text = term(contract, place)
        wants_date = place.startswith("delivery.") or place == "expires"
        if not text:
            yield Shortfall("half-filled", place, words)
        elif wants_date and _day(text) is None:
            yield Shortfall("half-filled", place, f"{place}: {text!r} is no date of the form 2026-03-02.")
        elif place == "notice.hours" and not text.isdigit():
            yield Shortfall("half-filled", place, f"{place}: {text!r} is no whole number of hours.")
    likely, safe = _day(term(contract, "delivery.p50")), _day(term(contract, "delivery.p80"))
    if likely and safe and likely > safe:
        words = f"The date that holds in four cases out of five ({safe}) is before the even one ({likely})."
        yield Shortfall("half-filled", "delivery.p80", words)
    if not clauses(contract):
        yield Shortfall("half-filled", "clauses", "The contract has no clause that anything could be held against.")
    promised = {row.get("load") for row in contract.terms.get("objectives", ())}
    for load in (1, 5):
        if load not in promised:
            words = f"Nothing is promised about volume, speed and availability at {load}x the usual load."
            yield Shortfall("half-filled", f"objectives.{load}", words)


def _slips(contract: Contract, on: date) -> Iterator[Shortfall]:
    """Slips that were told too late, or not at all. A slip has ``known``, ``told`` and the new ``p80``."""
    hours = term(contract, "notice.hours")
    delivery = contract.terms.get("delivery") or {}
    due, team = _day(delivery.get("p80")), term(contract, "provider.team") or "The provider"
    for slip in contract.terms.get("slips", ()):
        known, told = _day(slip.get("known")), _day(slip.get("told"))
        due = _day(slip.get("p80")) or due
        if not hours.isdigit() or known is None or known > on:
            continue
        # Days, since nobody writes down the hour: 24 hours are "by the next day".
        latest = known + timedelta(days=-(-int(hours) // 24))
        if told is None and on > latest:
            yield Shortfall("slip", "slips", f"{team} knew on {known} that the date slips, and has told nobody.")
        elif told is not None and told > latest:
            late = f"the contract asks for notice within {hours} hours"
            yield Shortfall("slip", "slips", f"{team} knew on {known} that the date slips and told on {told}; {late}.")
    if due and due < on and not _day(delivery.get("delivered")):
        words = f"{team} was due to deliver by {due}, and by {on} has neither delivered nor named a new date."
        yield Shortfall("slip", "delivery", words)


def _table(contract: Contract, on: date) -> Iterator[Shortfall]:
    """Currencies that contradict ISO 4217 without naming another authority, or the schema's own pattern."""
    for code, row in contract.terms.get("currencies", {}).items():
        decimals, authority = row.get("decimals"), str(row.get("authority") or "")
        official = iso_decimals(code)
        if official is None:
            yield Shortfall("currency", code, f"{code} is not (or no longer) a currency of ISO 4217 with decimals.")
        elif decimals != official and authority in ("", "ISO 4217"):
            differs = f"{code} has {decimals} decimals here and {official} in ISO 4217"
            yield Shortfall("currency", code, f"{differs}, and no other authority is named.")
        try:
            currency = _currency(code, row)
        except (InvalidOperation, KeyError, TypeError, ValueError) as error:
            yield Shortfall("currency", code, f"The limits of {code} can't be read: {error}.")
            continue
        amount = {"currency": code, "amount": f"{currency.largest:f}"}
        if breach := contract.breach({"$ref": "#/components/schemas/Money"}, amount):
            yield Shortfall("currency", code, f"The table and the schema disagree on {code}: {breach.words}.")


def _examples(contract: Contract, on: date) -> Iterator[Shortfall]:
    """Examples that contradict the schema beside them: the mock would answer with them."""
    for name, schema, value in walk_examples(contract):
        if breach := contract.breach(schema, value):
            yield Shortfall("example", name, f"An example contradicts its schema ({name}): {breach.words}.")


def _currency(code: str, row: Mapping[str, Any]) -> Currency:
    decimals = int(row["decimals"])
    smallest, largest = parse_amount(str(row["smallest"]), decimals), parse_amount(str(row["largest"]), decimals)
    return Currency(code, decimals, str(row.get("authority") or ""), smallest, largest)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


CHECKS: tuple[Callable[[Contract, date], Iterator[Shortfall]], ...] = (
    _unsigned, _expired, _open, _slips, _table, _examples,
)  # fmt: skip
