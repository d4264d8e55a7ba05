"""The rules in the browser say what Python says: on the shared table, and on thousands of invented cases."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

import workshop.views
from tests.rules.table import RULES, Case, invented, said_by_python, written
from workshop.exercises.rules import MARKS, spellings
from workshop.exercises.story import WORDS_A_MINUTE
from workshop.facts import singular

pytestmark = pytest.mark.browser

SEED, ROUNDS = 515, 600
SAID = """([cases, rules, marks, pace]) => cases.map(([kind, given]) => {
    const [first, second, third] = given;
    if (kind === "words") return countWords(first, new Set(marks));
    if (kind === "minutes") return minutesAloud(first, pace).toFixed(1);
    if (kind === "answers") return isAnswer(first);
    if (kind === "numbers") return readNumber(first, second) ?? null;
    if (kind === "bounds") return outside(first, { minimum: second, maximum: third });
    if (kind === "shown") return withUnit(first, second);
    const rule = { ...rules[kind], marks };
    const said = lengthSaid(rule, Object.fromEntries(rule.fields.map((name, n) => [name, first[n] ?? ""])));
    const texts = Object.entries(said?.values ?? {}).map(([name, value]) => [name, String(value)]);
    return said && { key: said.key, ...Object.fromEntries(texts) };
})"""


def as_spec(kind: str, given: list[Any]) -> list[Any]:
    """A case as the form has it: the unit with what ``sheet.build_spec`` says of it."""
    if kind not in ("numbers", "shown"):
        return given
    unit = given[1]
    return [given[0], {"unit": unit, "one": singular(unit), "spellings": list(spellings(unit))}]


def said_by_browser(page: Page, cases: list[Case]) -> list[Any]:
    page.add_script_tag(content=(Path(workshop.views.__file__).parent / "rules.js").read_text(encoding="utf-8"))
    rules = {name: asdict(rule) for name, rule in RULES.items()}
    given = [[kind, as_spec(kind, given)] for kind, given in cases]
    said: list[Any] = page.evaluate(SAID, [given, rules, MARKS, WORDS_A_MINUTE])
    return said


def test_the_browser_says_what_the_table_says(page: Page) -> None:
    table = list(written())
    said = said_by_browser(page, [case for case, _ in table])
    assert [(*case, found) for (case, _), found in zip(table, said, strict=True)] == [
        (*case, wanted) for case, wanted in table
    ]


def test_browser_and_python_agree_on_cases_that_nobody_thought_of(page: Page) -> None:
    cases = list(invented(SEED, ROUNDS))
    python = [said_by_python(*case) for case in cases]
    browser = said_by_browser(page, cases)
    differ = [(case, p, b) for case, p, b in zip(cases, python, browser, strict=True) if p != b]
    assert not differ, f"{len(differ)} of {len(cases)}, such as {differ[:5]}"
    numbers = [said for (kind, _), said in zip(cases, python, strict=True) if kind == "numbers"]
    assert len(numbers) - numbers.count(None) > ROUNDS / 4, "too few of the invented numbers are any"
