"""What differs between a committed file and the one that its source gives: prose, code or output, and where."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from itertools import zip_longest
from typing import Any, Literal

Cell = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """One difference. ``place`` is a line of the source where there is one, else the built file itself."""

    path: str
    place: str
    kind: Literal["prose", "code", "output", "file"]
    detail: str

    def __str__(self) -> str:
        return f"{self.path}: {self.kind} differs at {self.place}: {self.detail}"


def compare_files(built: Mapping[str, str], found: Mapping[str, str]) -> list[Difference]:
    """Every difference between what the source gives and what is there, both as path to text."""
    differences: list[Difference] = []
    for path in sorted(built.keys() | found.keys()):
        if path not in found:
            differences.append(Difference(path, path, "file", "it is missing"))
        elif path not in built:
            differences.append(Difference(path, path, "file", "no module of the course builds it"))
        elif built[path] != found[path]:
            compare = _compare_notebooks if path.endswith(".ipynb") else _compare_texts
            differences += compare(path, built[path], found[path])
    return differences


def _compare_texts(path: str, built: str, found: str) -> Iterator[Difference]:
    for number, (new, old) in enumerate(zip_longest(built.splitlines(), found.splitlines()), 1):
        if new != old:
            yield Difference(path, f"{path}:{number}", "prose", _first_change(str(old or ""), str(new or "")))
            return


def _compare_notebooks(path: str, built: str, found: str) -> Iterator[Difference]:
    try:
        old_cells: list[Cell] = json.loads(found)["cells"]
    except (ValueError, KeyError, TypeError):
        yield Difference(path, path, "file", "it is no notebook")
        return
    new_cells: list[Cell] = json.loads(built)["cells"]
    old, new = ({cell.get("id", ""): cell for cell in cells} for cells in (old_cells, new_cells))
    differences = [
        difference
        for identity in [*new, *(identity for identity in old if identity not in new)]
        for difference in _compare_cells(path, new.get(identity), old.get(identity))
    ]
    if not differences and list(old) != list(new):
        differences = [Difference(path, path, "prose", "the cells stand in another order")]
    yield from differences or [Difference(path, path, "file", "the notebook's metadata or layout was changed")]


def _compare_cells(path: str, new: Cell | None, old: Cell | None) -> Iterator[Difference]:
    cell = new or old or {}
    kind: Literal["prose", "code"] = "code" if cell.get("cell_type") == "code" else "prose"
    place = str(cell.get("metadata", {}).get("workshop", {}).get("source", path))
    if new is None or old is None:
        what = "is missing" if old is None else "has no source"
        yield Difference(path, place, kind, f"the cell {_start(_source(cell))!r} {what}")
        return
    if _source(new) != _source(old):
        yield Difference(path, place, kind, _first_change(_source(old), _source(new)))
    if new.get("outputs") != old.get("outputs"):
        yield Difference(path, place, "output", _first_change(_outputs(old), _outputs(new)))
    rest = [{key: value for key, value in each.items() if key not in ("source", "outputs")} for each in (new, old)]
    if rest[0] != rest[1]:
        yield Difference(path, place, kind, "the cell's place in the source, or another of its metadata, has changed")


def _source(cell: Cell) -> str:
    return "".join(cell.get("source", ""))


def _outputs(cell: Cell) -> str:
    """The outputs' texts, one after the other, so that a change can be quoted."""
    texts = []
    for output in cell.get("outputs", ()):
        pieces = output.get("data", {"text": output.get("text", output.get("evalue", ""))})
        texts += [
            "".join(pieces[kind]) if isinstance(pieces[kind], list) else str(pieces[kind]) for kind in sorted(pieces)
        ]
    return "\n".join(texts)


def _first_change(old: str, new: str) -> str:
    """The first line that changed, in both versions."""
    changed = [
        line
        for line in unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
        if line[:3] not in ("---", "+++")
    ]
    was = next((line[1:] for line in changed if line.startswith("-")), "")
    now = next((line[1:] for line in changed if line.startswith("+")), "")
    start = next((i for i, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    return f"{_start(was, start)!r} is there, the source gives {_start(now, start)!r}"


def _start(text: str, position: int = 0) -> str:
    """A piece of ``text`` around ``position``, short enough for a line."""
    begin = max(position - 20, 0)
    piece = text.strip().partition("\n")[0] if not position else text[begin : begin + 60]
    return piece[:60]
