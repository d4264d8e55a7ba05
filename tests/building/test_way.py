"""What leads through the course: each module's head and end, and the map."""

import re
from pathlib import Path

import pytest

from workshop.build.notebook import build_notebook
from workshop.course import Course, Module

ROOT = Path(__file__).parent.parent.parent
SLUGS = [file.stem[3:] for file in sorted((ROOT / "content" / "modules").glob("*.md"))]
LINK = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<stem>\d\d-[\w-]+)\.ipynb(?P<anchor>#[^)]*)?\)")


def cells_of(course: Course, module: Module) -> dict[str, str]:
    return {cell["id"]: cell["source"] for cell in build_notebook(course, module)["cells"]}


def first_cell(course: Course, slug: str) -> str:
    module = next(each for each in course.modules if each.slug == slug)
    return next(iter(cells_of(course, module).values()))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_head_says_where_one_is_how_long_it_takes_and_what_for(course: Course, slug: str) -> None:
    head = first_cell(course, slug)
    here = next(each for each in course.modules if each.slug == slug)
    linked = [match["stem"] for match in LINK.finditer(head) if match["text"][0].isdigit()]
    assert linked == [each.stem for each in course.modules if each is not here], "all other modules, in order"
    assert f"**{here.number} {here.title} (you are here)**" in head
    assert f"> **{here.minutes} minutes.**" in head
    for sentence in here.objectives.values():
        assert f"> - {sentence}" in head
    assert head.index("\n# ") < head.index("you are here"), "below the title, also in an outline"


def test_every_end_leads_on_back_and_to_the_map(course: Course) -> None:
    modules = list(course.modules)
    ends = [[match["stem"] for match in LINK.finditer(cells_of(course, each)["next"])] for each in modules]
    stems = [each.stem for each in modules]
    assert ends[0] == [stems[1]]
    assert ends[-1] == [stems[-2], stems[0]]
    assert ends[1:-1] == [[stems[n + 1], stems[n - 1], stems[0]] for n in range(1, len(stems) - 1)]


def test_the_map_stands_in_the_first_module_and_links_find_it(course: Course) -> None:
    first, *others = [cells_of(course, each) for each in course.modules]
    heading, *_, rows = first["map"].split("\n\n")
    for each, row in zip(course.modules, rows.splitlines()[2:], strict=True):
        assert row == f"| [{each.number} {each.title}]({each.stem}.ipynb) | {each.summary} | {each.minutes} |"
    for cells in others:
        assert "map" not in cells
        (anchor,) = {match["anchor"] for match in LINK.finditer(cells["next"]) if match["anchor"]}
        assert anchor == "#" + heading.removeprefix("## ").replace(" ", "-")
