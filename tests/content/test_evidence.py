"""Evidence: each entry is whole, each is used, and each reference leads to one."""

import re
from pathlib import Path

import pytest

from workshop.build.notebook import build_notebook
from workshop.build.notes import build_evidence, build_notes
from workshop.content import check_course, load_course
from workshop.course import Course, Module

ENTRY = """::: evidence new-claim label=weak source="Somebody 2020"

A claim in one sentence.

What was measured.

::: against

What contradicts it.

:::

:::
"""
REFERENCE = "::: evidence new-claim\n\n:::\n"


def written(content: Path, entry: str, reference: str) -> tuple[int, int]:
    """Adds both at the end of their files, and returns the lines on which they begin."""
    lines = []
    for name, text in (("evidence.md", entry), ("modules/00-start-here.md", reference)):
        file = content / name
        before = file.read_text().rstrip("\n") + "\n\n"
        file.write_text(before + text)
        lines.append(before.count("\n") + 1)
    return lines[0], lines[1]


def test_an_entry_and_a_reference_to_it_are_clean(content: Path) -> None:
    written(content, ENTRY, REFERENCE)
    assert check_course(content) == ()


@pytest.mark.parametrize(
    ("old", "new", "offset", "message"),
    [
        ("label=weak", "label=weka", 0, "unknown label of evidence 'weka'; did you mean 'weak'"),
        ("label=weak", "", 0, "unknown label of evidence ''"),
        (' source="Somebody 2020"', "", 0, "the evidence 'new-claim' has no source"),
        ("A claim in one sentence.\n\nWhat was measured.\n", "", 0, "the evidence 'new-claim' has no claim"),
        ("What was measured.\n", "", 0, "the evidence 'new-claim' has no finding"),
        ("What contradicts it.\n", "", 6, "'::: against' is empty"),
        ("::: against", "::: for", 6, "unknown fence in evidence 'for'"),
        ("new-claim", "own-failure", 0, "the evidence 'own-failure' stands twice"),
        ("::: evidence", "::: proof", 0, "unknown fence 'proof'"),
    ],
)
def test_what_an_entry_lacks_is_named_at_its_line(content: Path, old: str, new: str, offset: int, message: str) -> None:
    assert old in ENTRY
    line, _ = written(content, ENTRY.replace(old, new), REFERENCE)
    found = [str(problem) for problem in check_course(content)]
    assert any(one.startswith(f"content/evidence.md:{line + offset}: ") and message in one for one in found), found


@pytest.mark.parametrize(
    ("reference", "problems"),
    [
        ("", ["content/evidence.md: no module refers to the evidence 'new-claim'"]),
        (
            REFERENCE.replace("new-claim", "new-clam"),
            [
                "content/evidence.md: no module refers to the evidence 'new-claim'",
                "content/modules/00-start-here.md: unknown evidence 'new-clam'",
            ],
        ),
        (
            REFERENCE.replace("\n\n", "\n\nSomebody 2020 says so.\n\n"),
            ["content/modules/00-start-here.md: the reference to 'new-claim' holds text"],
        ),
    ],
)
def test_a_reference_leads_to_an_entry_and_every_entry_has_one(
    content: Path, reference: str, problems: list[str]
) -> None:
    written(content, ENTRY, reference)
    assert [f"{p.path}: {p.message}" for p in check_course(content)] == problems


def referring(course: Course, key: str) -> list[Module]:
    return [m for m in course.modules if any(b.kind == "evidence" and b.name == key for b in m.walk())]


def test_participants_see_label_and_source_where_the_claim_stands(course: Course) -> None:
    for evidence in course.evidence.values():
        for module in referring(course, evidence.key):
            shown = "\n".join(cell["source"] for cell in build_notebook(course, module)["cells"])
            label = course.interface[f"evidence_{evidence.label}"]
            assert f"*Evidence: {label}. Source: {evidence.source}.*" in shown
            assert evidence.measured not in shown


def test_the_line_stands_in_the_cell_that_makes_the_claim(content: Path) -> None:
    """Also below the first paragraph, which the set-up cells follow; after a code cell it is a cell of its own."""
    file = content / "modules/00-start-here.md"
    title = "# Start here\n"
    text = file.read_text().replace(title, f"{title}\nA claim.\n\n{REFERENCE}", 1)
    file.write_text(f"{text}\n```python\nlab\n```\n\n{REFERENCE}")
    evidence = content / "evidence.md"
    evidence.write_text(evidence.read_text() + "\n" + ENTRY)
    course = load_course(content)
    cells = build_notebook(course, course.modules[0])["cells"]
    line = "*Evidence: weak. Source: Somebody 2020.*"
    assert cells[0]["source"].endswith(f"A claim.\n\n{line}")
    alone = [number for number, cell in enumerate(cells) if cell["source"] == line]
    assert [cells[number - 1]["source"] for number in alone] == ["lab"]


def test_notes_hold_what_was_measured_and_what_speaks_against_it(course: Course) -> None:
    page = build_evidence(course)
    for evidence in course.evidence.values():
        modules = referring(course, evidence.key)
        for text in (page, *(build_notes(course, module) for module in modules)):
            assert f"**{evidence.claim}**" in text
            assert evidence.measured in text
            assert all(result in text for result in evidence.against)
        after = page[page.index(evidence.claim) :]
        links = re.findall(r"\]\((\d\d-[\w-]+)\.md\)", after[: after.index("\n\n**") if "\n\n**" in after else None])
        assert links == [module.stem for module in modules]


def test_a_module_lists_each_entry_once(course: Course) -> None:
    for module in course.modules:
        notes = build_notes(course, module)
        for evidence in course.evidence.values():
            assert notes.count(evidence.claim) == (module in referring(course, evidence.key))
