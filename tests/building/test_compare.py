"""What `workshop build --check` says of a difference: its kind, its place, and what changed."""

import json

import pytest

from workshop.build.compare import compare_files


def notebook(**changes: object) -> str:
    code = {"cell_type": "code", "id": "b", "source": ["lab.x()"], "outputs": [{"data": {"text/plain": ["10"]}}]}
    prose = {"cell_type": "markdown", "id": "a", "source": ["Ten weeks."]}
    cells = [
        prose | {"metadata": {"workshop": {"source": "m.md:3"}}},
        code | {"metadata": {"workshop": {"source": "m.md:9"}}},
    ]
    for key, value in changes.items():
        cell = cells[0] if key.startswith("prose_") else cells[1]
        cell[key.partition("_")[2]] = value
    return json.dumps({"cells": cells, "metadata": {}})


def differences(built: str, found: str) -> list[str]:
    return [f"{d.kind} {d.place}" for d in compare_files({"n.ipynb": built}, {"n.ipynb": found})]


def test_equal_files_differ_in_nothing() -> None:
    assert differences(notebook(), notebook()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"prose_source": ["Nine weeks."]}, "prose m.md:3"),
        ({"code_source": ["lab.y()"]}, "code m.md:9"),
        ({"code_outputs": [{"data": {"text/plain": ["11"]}}]}, "output m.md:9"),
        ({"prose_metadata": {"workshop": {"source": "m.md:4"}}}, "prose m.md:3"),
    ],
)
def test_each_kind_is_named_at_its_line(changes: dict[str, object], said: str) -> None:
    assert differences(notebook(), notebook(**changes)) == [said]


def test_a_cell_without_source_and_one_that_is_missing() -> None:
    less = json.dumps({"cells": json.loads(notebook())["cells"][:1], "metadata": {}})
    assert differences(notebook(), less) == ["code m.md:9"]
    assert differences(less, notebook()) == ["code m.md:9"]


def test_cells_in_another_order() -> None:
    cells = json.loads(notebook())["cells"]
    assert differences(notebook(), json.dumps({"cells": cells[::-1], "metadata": {}})) == ["prose n.ipynb"]


def test_metadata_of_the_whole_and_a_file_that_is_no_notebook() -> None:
    assert differences(notebook(), notebook().replace('"metadata": {}}', '"metadata": {"x": 1}}')) == ["file n.ipynb"]
    assert differences(notebook(), "[]") == ["file n.ipynb"]


def test_missing_and_stale_files_and_the_line_of_a_note() -> None:
    found = compare_files({"a.md": "x\ny\n", "b.md": "x"}, {"a.md": "x\nz\n", "c.md": "x"})
    assert [(d.place, d.kind) for d in found] == [("a.md:2", "prose"), ("b.md", "file"), ("c.md", "file")]
    assert str(found[0]) == "a.md: prose differs at a.md:2: 'z' is there, the source gives 'y'"
