"""Another case in the course's place: every module runs, and nothing of the first case is left for a reader.

``tests/scenarios/island-ferry`` has the same facts, data sets and personas as the shipped pack, with other values. What
a reader meets is collected (cells, what they print, forms, everything that a form may say, notes) and searched for the
first case's names, dates, sums and words.
"""

import html
import re
import shutil
from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner

from workshop.build.agendas import build_guide
from workshop.build.handouts import module_handout
from workshop.build.notebook import build_notebook
from workshop.build.notes import build_evidence, build_notes
from workshop.build.session import notes_html
from workshop.cli import main
from workshop.content import load_course
from workshop.course import Course, ExerciseWords, FieldWords, Module
from workshop.facts import show, show_about
from workshop.interface import OPTIONAL_SETS
from workshop.journal import Journal
from workshop.run import find_persona, seed
from workshop.workspace import CONTENT, SCENARIO, WORKSPACE, environment

ROOT = Path(__file__).parent.parent
FERRY = ROOT / "tests/scenarios/island-ferry"
PERSONAS = ("strong", "weak", "empty")

TRADE = re.compile(
    r"\b(payments?|currenc(y|ies)|APIs?|EMEA|merchants?|migrat\w+|engines?|engineer\w*|euros?|cents|decimals?|exponents?"
    r"|time[ -]zones?|tech[ -]leads?|production|RFCs?|mock[ -]servers?|sandbox\w*|SLAs?|FX|exchange rates?|software"
    r"|deploy\w*|servers?|bugs?|codebase|lines? of code|(?<!won't )releas\w+|feature[ -]flags?|load[ -]tests?"
    r"|integration tests?|test suites?|transactions?|traffic|regulat\w+|pull requests?|build breaks|pipelines?)\b",
    re.IGNORECASE,
)
"""Words that only the first case brings, or the trade that it comes from."""

OPENLY_OTHER = {
    "spot-the-blame": {"software", "release", "production"},
    "sample-ratings": {"euros"},
    "fail-forward": {"software", "release", "production", "euros"},
    "post-mortem": {"engineers"},
    "evidence": {"engineers"},
    "agendas": {"software", "release", "production", "euros", "engineers", "server"},
    "start-here": {"server"},
    "quiz-start-here": {"server"},
}
"""Sentences and stories that are said to come from several trades, a question on where answers are kept, and what those
may therefore mention."""

Text = tuple[str, str]
"""Where a text comes from, and the text."""


@pytest.fixture(scope="session")
def ferry() -> Course:
    """The course with the second pack."""
    return load_course(ROOT / "content", FERRY)


def of_the_case(course: Course) -> set[str]:
    """What belongs to a case and to no other: its names, titles and phrases, its dates and its sums of money."""
    case = course.scenario
    facts = case.facts.values()
    texts = {str(fact.value) for fact in facts if fact.unit == "text"} | {event.title for event in case.timeline}
    texts |= {row["kind"] for row in case.data["mix"]} | {row["meaning"] for row in case.data["decision"]}
    texts |= {show(fact) for fact in facts if fact.unit in ("date", "$M")}
    texts |= {show_about(fact.value, "$M") for fact in facts if fact.unit == "$M" and isinstance(fact.value, Decimal)}
    return {text for text in texts if len(text) > 1}


def said_by(words: ExerciseWords) -> Iterator[str]:
    """Everything that an exercise's form may say, whatever the answers."""
    yield from (words.title, words.intro, *words.advice.values())
    for each in (*words.fields.values(), *words.groups.values()):
        yield from said_of(each)


def said_of(field: FieldWords) -> Iterator[str]:
    yield from (field.label, field.help, *field.choices.values())


def always(course: Course) -> Iterator[Text]:
    """What stands in the source for a reader: forms, tables and charts, messages, the wording checks' questions."""
    for name, words in course.words.items():
        yield from ((name, text) for text in said_by(words))
    yield from (("interface.md", text) for text in course.interface.values())
    yield from ((f"{rule.flag}.md", rule.question) for rule in course.wording)
    yield from ((f"{name}.md", rule.question) for name, rule in course.review.looks.items())
    for mechanism in course.review.mechanisms:
        yield f"{mechanism.rule.flag}.md", f"{mechanism.rule.question} {mechanism.hint}"
    contract_lab = (ROOT / "workshop/views/contract.py").read_text() + (ROOT / "workshop/contract_lab.py").read_text()
    for name, figure in course.figures.items():
        if name not in OPTIONAL_SETS and f'"{name}"' not in contract_lab:
            yield from (("figures.md", text) for text in (figure.title, figure.caption, *figure.labels.values()))
    for module in course.modules:
        yield module.slug, build_notes(course, module)
        yield module.slug, plain(module_handout(course, module))
    yield "guide", build_guide(course)
    yield "evidence", build_evidence(course)
    for agenda in course.agendas.values():
        yield "agendas", plain(notes_html(course, agenda, time(9)))


def ran(course: Course, module: Module) -> Iterator[Text]:
    """The cells of a module's notebook, and what each of its code cells shows as text and as HTML."""
    names: dict[str, Any] = {}
    for cell in build_notebook(course, module)["cells"]:
        source = cell["source"]
        yield module.slug, source
        if cell["cell_type"] == "code":
            *before, last = source.strip().split("\n")
            exec("\n".join(before), names)
            if " = " in last:
                exec(last, names)
                continue
            shown = eval(last, names)
            yield module.slug, repr(shown)
            if hasattr(shown, "_repr_html_"):
                yield module.slug, plain(shown._repr_html_())


def plain(page: str) -> str:
    """A page of HTML without its tags and styles."""
    return re.sub(r"<[^>]+>", " ", html.unescape(re.sub(r"<style.*?</style>", " ", page, flags=re.DOTALL)))


def left_over(texts: Iterator[Text], first: set[str]) -> set[tuple[str, str, str]]:
    """What of the first case stands in these texts: where, what, and the words around it."""
    names = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(first, key=len, reverse=True)))
    found = set()
    for where, text in texts:
        for pattern in (names, TRADE):
            for match in pattern.finditer(text):
                allowed = OPENLY_OTHER.get(where, set())
                if not any(match[0].lower().startswith(word) for word in allowed):
                    around = " ".join(text[max(0, match.start() - 60) : match.end() + 40].split())
                    found.add((where, match[0], around))
    return found


def but_for_sums(texts: set[str]) -> set[str]:
    """Sums are looked for in prose only: what the models compute may well come to the same somewhere."""
    return {text for text in texts if not text.startswith("$")}


def test_the_two_cases_have_no_name_and_no_day_in_common(course: Course, ferry: Course) -> None:
    one, other = (
        {fact.value for fact in each.scenario.facts.values() if fact.unit in ("text", "date")}
        for each in (course, ferry)
    )
    assert one & other == set()
    groups = {f"mix.{row['group']}" for row in course.scenario.data["mix"]}
    assert course.scenario.facts.keys() - groups <= ferry.scenario.facts.keys(), "the same facts, with other values"
    assert len(of_the_case(course)) > 60
    assert len(course.scenario.dependencies) != len(ferry.scenario.dependencies), "the number of promises is free"


def test_every_module_runs_but_those_that_need_what_the_case_lacks(course: Course, ferry: Course) -> None:
    assert {module.slug for module in course.modules} - {module.slug for module in ferry.modules} == {
        stem.partition("-")[2] for stem in ferry.left_out
    }
    assert not course.left_out


@pytest.mark.slow
def test_nothing_of_the_first_case_is_in_the_source_of_the_second(course: Course, ferry: Course) -> None:
    assert left_over(always(ferry), of_the_case(course) - of_the_case(ferry)) == set()


@pytest.mark.parametrize("persona", PERSONAS)
def test_nothing_of_the_first_case_shows_when_the_second_runs(
    course: Course, ferry: Course, persona: str, tmp_path: Path
) -> None:
    first = but_for_sums(of_the_case(course) - of_the_case(ferry))
    names = {CONTENT: str(ROOT / "content"), SCENARIO: str(FERRY), WORKSPACE: str(tmp_path)}
    with environment(names):
        seed(ferry, find_persona(ferry, persona), Journal.of(tmp_path, "me", ferry.version))
        texts = [text for module in ferry.modules for text in ran(ferry, module)]
    assert left_over(iter(texts), first) == set()
    shown = " ".join(text for _, text in texts)
    assert {
        name for name in ("Kittiwake", "22 May 2027", "$3.5M", "Quayside", "16 crew members") if name not in shown
    } == set()


@pytest.mark.slow
def test_the_search_finds_the_first_case_in_its_own_course(course: Course) -> None:
    found = {what for _, what, _ in left_over(always(course), of_the_case(course))}
    assert {"Meridian", "Tech Lead", "$10M", "2 March 2026", "payments", "Rates"} <= found


@pytest.mark.notebooks
def test_a_pack_is_built_and_run_by_the_commands(ferry: Course, course: Course, tmp_path: Path) -> None:
    pack = shutil.copytree(FERRY, tmp_path / "our-case")
    out = tmp_path / "executed"
    stems = [module.stem for module in ferry.modules]
    for arguments in (["build"], ["build", "--check"], ["run", "--persona", "strong", "--out", str(out)]):
        done = CliRunner().invoke(main, [arguments[0], "--scenario", str(pack), *arguments[1:]])
        assert done.exit_code == 0, done.output
    assert sorted(path.stem for path in (pack / "notebooks").iterdir()) == stems
    assert set(stems) < {path.stem for path in (pack / "facilitator_notes").iterdir()}
    assert {f"{stem}.md" for stem in stems} <= {path.name for path in (pack / "facilitator_notes").iterdir()}
    assert sorted(path.stem for path in out.iterdir()) == stems
    outputs = [
        (path.stem.partition("-")[2], plain(str(output.get("text", output.get("data", "")))))
        for path in out.iterdir()
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", ())
    ]
    assert left_over(iter(outputs), but_for_sums(of_the_case(course) - of_the_case(ferry))) == set()
    assert any("Kittiwake" in text for _, text in outputs)
