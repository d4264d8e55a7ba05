"""Facts: read as authors write them, shown as readers see them, filled into prose."""

from datetime import date
from decimal import Decimal

import pytest

from workshop.course import Fact, Place
from workshop.facts import Shown, fill, names_in, read_fact, show, show_about, show_number

PLACE = Place("content/scenarios/case/facts.yaml", 7)


def fact(value: str, unit: str = "", name: str = "a.fact") -> Fact:
    return read_fact(name, value, unit, "brief", PLACE)


@pytest.mark.parametrize(
    ("value", "unit", "shown", "about"),
    [
        ("10", "$M", "$10M", "$10M"),
        ("1.538462", "$M", "$1.54M", "$1.5M"),
        ("3.0769", "$M", "$3.08M", "$3.1M"),
        ("0.2564", "$M", "$0.26M", "$0.26M"),
        ("26.666667", "$M", "$26.67M", "$27M"),
        ("-1.5", "$M", "-$1.5M", "-$1.5M"),
        ("0", "$M", "$0M", "$0M"),
        ("15", "%", "15%", "15%"),
        ("0.0012", "%", "0.0012%", "0.0012%"),
        ("5", "x", "5x", "5x"),
        ("1.666667", "x", "1.67x", "1.7x"),
        ("66", "count", "66", "66"),
        ("1234.5", "count", "1,234.5", "1,200"),
        ("99.6", "count", "99.6", "100"),
        ("4", "weeks", "4 weeks", "4 weeks"),
        ("1", "weeks", "1 week", "1 week"),
        ("1.5", "weeks", "1.5 weeks", "1.5 weeks"),
        ("1", "time zones", "1 time zone", "1 time zone"),
        ("1", "countries", "1 country", "1 country"),
        ("1", "people", "1 person", "1 person"),
    ],
)
def test_a_number_is_shown_with_its_unit(value: str, unit: str, shown: str, about: str) -> None:
    assert show(fact(value, unit)) == shown
    assert show_number(Decimal(value), unit) == shown
    assert show_about(float(value), unit) == about


def test_halves_are_rounded_up_and_never_by_binary_fractions() -> None:
    assert show_number(1.005, "$M") == "$1.01M"
    assert show_number(0.125, "$M") == "$0.13M"


def test_dates_and_texts_are_shown() -> None:
    assert show(fact("2026-03-02", "date")) == "2 March 2026"
    assert show(fact("Tech Lead")) == "Tech Lead"
    assert fact("2026-03-02", "date").value == date(2026, 3, 2)
    assert fact("Tech Lead").unit == "text"


@pytest.mark.parametrize(
    ("value", "unit", "says"),
    [
        ("2 March", "date", "a.fact: '2 March' is no date of the form 2026-03-02"),
        ("2026-02-30", "date", "a.fact: '2026-02-30' is no date"),
        ("1,000", "$M", "a.fact: '1,000' is no number such as 4 or 1.5"),
        ("nan", "count", "a.fact: 'nan' is no number"),
        ("", "weeks", "a.fact: '' is no number"),
        ("4", "week", "a.fact: 'week' is no unit"),
        ("4", "$K", "a.fact: '$K' is no unit; units are date, $M, %, x, count or a plural noun"),
        ("  ", "", "a.fact has no value"),
    ],
)
def test_a_value_that_does_not_fit_its_unit_is_refused(value: str, unit: str, says: str) -> None:
    with pytest.raises(ValueError, match="^a.fact") as error:
        fact(value, unit)
    assert says in str(error.value)


FACTS: dict[str, Shown] = {
    "delay.weeks": fact("4", "weeks"),
    "lost": fact("1.538462", "$M"),
    "launch": fact("2026-03-02", "date"),
    "engineers": fact("12", "engineers"),
    "many": fact("13", "engineers"),
    "engine": fact("legacy payment engine"),
    "ready": "as it is",
}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("It took {{ delay.weeks }}.", "It took 4 weeks."),
        ("{{delay.weeks|bare}}-week", "4-week"),
        ("{{ lost | about }}", "$1.5M"),
        ("{{ lost | about | bare }}", "1.5"),
        ("{{ lost | bare | about }}", "1.5"),
        ("{{ delay.weeks | words }}", "four weeks"),
        ("{{ delay.weeks | words | cap }}", "Four weeks"),
        ("{{ delay.weeks | words | bare }}", "four"),
        ("{{ engineers | words }}, {{ many | words }}", "twelve engineers, 13 engineers"),
        ("{{ launch | long }}", "Monday 2 March 2026"),
        ("{{ engine | cap }}", "Legacy payment engine"),
        ("{{ ready | cap }}", "As it is"),
        ("a line\nbreak in {{ launch\n| long }}", "a line\nbreak in Monday 2 March 2026"),
        ('{"json": {"stays": 1}}', '{"json": {"stays": 1}}'),
    ],
)
def test_prose_is_filled(text: str, filled: str) -> None:
    problems: list[object] = []
    assert fill(text, FACTS, problem=lambda *problem: problems.append(problem)) == filled
    assert problems == []


@pytest.mark.parametrize(
    ("text", "message", "fix"),
    [
        ("{{ delay.week }}", "there is no fact 'delay.week'", "Did you mean 'delay.weeks'?"),
        ("{{ lost | abuot }}", "there is no filter 'abuot'", "Did you mean 'about'?"),
        ("{{ launch | about }}", "launch: the filter 'about' needs a number, and this is a date", "take the filter"),
        ("{{ engine | long }}", "engine: the filter 'long' needs a date, and this is a text", "take the filter away"),
        ("{{ lost | words }}", "lost: the filter 'words' can't say '$M'; add 'bare'", "take the filter away"),
        ("{{ lost + 1 }}", "unreadable braces: '{{ lost + 1 }}'", "nothing else between the braces"),
        ("{{ if lost }}", "unreadable braces: '{{ if lost }}'", "nothing else between the braces"),
        ("{{ }}", "unreadable braces: '{{ }}'", "nothing else between the braces"),
        ("{{ lost }", "unreadable braces: '{{ lost }'", "nothing else between the braces"),
        ("{ lost }}", "unreadable braces: '{ lost }}'", "nothing else between the braces"),
        ("{{ lost | }}", "unreadable braces: '{{ lost | }}'", "nothing else between the braces"),
    ],
)
def test_what_cannot_be_filled_is_one_problem_at_its_line(text: str, message: str, fix: str) -> None:
    problems: list[tuple[int, str, str]] = []
    prose = f"{{{{ lost }}}}\n\n{text} and {{{{ lost }}}}"
    filled = fill(prose, FACTS, problem=lambda *problem: problems.append(problem))
    assert filled == f"$1.54M\n\n{text} and $1.54M"
    assert [(line, said) for line, said, _ in problems] == [(2, message)]
    assert fix in problems[0][2]


def test_every_problem_of_a_text_is_reported() -> None:
    lines: list[int] = []
    fill("{{ one }}\n{{ two }} {{ three }}\n{{", FACTS, problem=lambda line, *_: lines.append(line))
    assert lines == [0, 1, 1, 2]


def test_names_are_found_whether_known_or_not() -> None:
    text = "{{ lost | about }} and {{ nobody.knows }} but not { this } or {{ 1 + 1 }}"
    assert names_in(text) == {"lost", "nobody.knows"}
