"""Facts as an author writes them and as a reader sees them.

A fact's unit decides how its value is read and shown::

    unit        in facts.yaml   shown as
    text        Meridian        Meridian          (also when there is no unit)
    date        2026-03-02      2 March 2026
    $M          10              $10M              (at most two decimals: $1.54M, $0.26M)
    %           15              15%
    x           5               5x
    count       66              66
    weeks, ...  4               4 weeks           (any plural noun; 1 gives "1 week")

Prose names a fact in braces, ``{{ delay.weeks }}``, with filters behind bars: ``{{ lost.calendar | about }}``.

That is the whole grammar, and a few lines read it. A template engine would bring conditions and loops into prose, where
nobody tests them, and would report an unknown name at a line of its own output; here each problem has its exact line.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from workshop.course import Fact, Place
from workshop.errors import offer

FILTERS: Mapping[str, str] = {
    "bare": "a number without its unit",
    "about": "a number to two significant digits",
    "words": "a whole number up to twelve as a word",
    "cap": "the first letter as a capital",
    "long": "a date with its day of the week",
}
"""Filter to what it does. They combine in any order: ``{{ lost.calendar | about | bare }}`` is "1.5"."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

IRREGULAR: Mapping[str, str] = {"people": "person", "ms": "ms"}
NUMBER = re.compile(r"-?\d+(\.\d+)?")
NOUN = re.compile(r"[^\W\d_]+([ -][^\W\d_]+)*")
REFERENCE = re.compile(r"\{\{\s*(?P<name>[\w-]+(?:\.[\w-]+)*)(?P<filters>(?:\s*\|\s*\w+)*)\s*\}\}")
UNREADABLE = r"(?P<unreadable>\{\{[^{}]*\}{0,2}|\{\s*[\w.-]+\s*\}\})"
BRACES = re.compile(f"{REFERENCE.pattern}|{UNREADABLE}")

Shown = Fact | str
"""What a name in prose may stand for: a fact, or a text that is ready to be shown."""


def read_fact(name: str, value_text: str, unit: str, source: str, place: Place) -> Fact:
    """The fact that an author wrote. ValueError says what doesn't fit: the value to its unit, or the unit itself."""
    unit = unit or "text"
    value: Decimal | date | str = value_text
    if unit == "date":
        try:
            value = date.fromisoformat(value_text)
        except ValueError:
            raise ValueError(f"{name}: {value_text!r} is no date of the form 2026-03-02") from None
    elif unit != "text":
        if not (unit in ("$M", "%", "x", "count") or _is_plural(unit)):
            known = "date, $M, %, x, count or a plural noun such as weeks"
            raise ValueError(f"{name}: {unit!r} is no unit; units are {known}")
        if not NUMBER.fullmatch(value_text):
            raise ValueError(f"{name}: {value_text!r} is no number such as 4 or 1.5, as the unit {unit!r} needs")
        value = Decimal(value_text)
    elif not value_text.strip():
        raise ValueError(f"{name} has no value")
    return Fact(name, value, unit, source, place)


def show(fact: Fact) -> str:
    """The fact as prose shows it, with its unit."""
    if isinstance(fact.value, Decimal):
        return show_number(fact.value, fact.unit)
    return show_date(fact.value) if isinstance(fact.value, date) else fact.value


def show_date(day: date, *, weekday: bool = False) -> str:
    """``2 March 2026``, or ``Monday 2 March 2026``, whatever the locale."""
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{DAYS[day.weekday()]} {text}" if weekday else text


def show_number(value: Decimal | float, unit: str) -> str:
    """``value`` in ``unit``, rounded half up to two decimals (below 0.01 to two significant digits)."""
    number = Decimal(str(value)) + 0  # no minus zero
    return _with_unit(_round(number, 2 if number.adjusted() > -3 or not number else 1 - number.adjusted()), unit)


def show_about(value: Decimal | float, unit: str) -> str:
    """``value`` in ``unit`` to two significant digits: 26.67 -> "$27M"."""
    number = Decimal(str(value))
    return _with_unit(_round(number, 1 - number.adjusted()), unit)


def fill(text: str, facts: Mapping[str, Shown], *, problem: Callable[[int, str, str], None]) -> str:
    """``text`` with every ``{{ name | filter }}`` replaced.

    ``problem(line, message, fix)`` is called for each reference that can't be read or filled, with the line counted
    from 0 at the start of ``text``; such a reference stays as it is.
    """

    def replace(match: re.Match[str]) -> str:
        def report(message: str, fix: str) -> str:
            problem(text.count("\n", 0, match.start()), message, fix)
            return match[0]

        if match["unreadable"]:
            fix = "write {{ name }} or {{ name | filter }}, nothing else between the braces"
            return report(f"unreadable braces: {match[0].partition(chr(10))[0][:40]!r}", fix)
        name = match["name"]
        if name not in facts:
            return report(f"there is no fact {name!r}", offer(name, facts))
        filters = match["filters"].replace("|", " ").split()
        for unknown in sorted(set(filters) - FILTERS.keys()):
            return report(f"there is no filter {unknown!r}", offer(unknown, FILTERS))
        try:
            return _filtered(facts[name], set(filters))
        except ValueError as error:
            return report(f"{name}: {error}", "take the filter away, or name another fact")

    return BRACES.sub(replace, text)


def fill_in(sentence: str, **values: str) -> str:
    """``sentence`` with ready texts for its names; KeyError if it wants one that isn't given."""

    def unfilled(line: int, message: str, fix: str) -> None:
        raise KeyError(f"{sentence!r}: {message}")

    return fill(sentence, values, problem=unfilled)


def names_in(text: str) -> set[str]:
    """The names that ``text`` refers to, known or not."""
    return {match["name"] for match in REFERENCE.finditer(text)}


def _filtered(shown: Shown, filters: set[str]) -> str:
    """The value under these filters; ValueError if one of them doesn't suit it."""
    if not filters:
        return shown if isinstance(shown, str) else show(shown)
    value = shown if isinstance(shown, str) else shown.value
    kind = "text" if isinstance(value, str) else "number" if isinstance(value, Decimal) else "date"
    fits = {"bare": "number", "about": "number", "words": "number", "long": "date", "cap": kind}
    for unfit in sorted(name for name in filters if fits[name] != kind):
        raise ValueError(f"the filter {unfit!r} needs a {fits[unfit]}, and this is a {kind}")
    if isinstance(shown, str) or isinstance(value, str):
        text = str(value)
    elif isinstance(value, Decimal):
        text = _number_filtered(value, shown.unit, filters)
    else:
        text = show_date(value, weekday="long" in filters)
    return text[:1].upper() + text[1:] if "cap" in filters else text


def _number_filtered(value: Decimal, unit: str, filters: set[str]) -> str:
    unit = "count" if "bare" in filters else unit
    if "words" in filters:
        if unit in ("$M", "%", "x"):
            raise ValueError(f"the filter 'words' can't say {unit!r}; add 'bare'")
        if value in range(len(WORDS)):
            return _with_unit(WORDS[int(value)], unit)
    return show_about(value, unit) if "about" in filters else show_number(value, unit)


def _with_unit(digits: str, unit: str) -> str:
    """``digits`` (or a word for them) with the unit where it belongs."""
    if unit == "$M":
        return f"-${digits[1:]}M" if digits.startswith("-") else f"${digits}M"
    if unit in ("%", "x"):
        return digits + unit
    if unit == "count":
        return digits
    one = digits in ("1", "-1", "one")
    return f"{digits} {singular(unit) if one else unit}"


def _round(number: Decimal, places: int) -> str:
    """``number`` to ``places`` decimals (negative: tens, hundreds), thousands marked, without trailing zeros."""
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_plural(unit: str) -> bool:
    return bool(NOUN.fullmatch(unit)) and (unit.endswith("s") or unit == "people")


def singular(unit: str) -> str:
    """``weeks`` -> ``week``, ``time zones`` -> ``time zone``, ``countries`` -> ``country``, ``calls a second``."""
    noun, per, time = unit.partition(" a ")
    if noun in IRREGULAR:
        return IRREGULAR[noun] + per + time
    for ending, instead in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("s", "")):
        if noun.endswith(ending):
            return noun.removesuffix(ending) + instead + per + time
    return unit
