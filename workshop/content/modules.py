"""Modules and the course file."""

import ast
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.content.reading import Reading
from workshop.content.yaml import Node
from workshop.course import ANSWERED, TIMED, Block, Module, Place, parse_minutes
from workshop.exercises import EXERCISES
from workshop.exercises.quiz import quiz_name
from workshop.interface import OPTIONAL_SETS

PARTS = (
    "goal", "materials", "say", "do", "watch-for", "if-it-goes-wrong", "debrief", "expected-answers", "cut", "extend",
)  # fmt: skip
"""The facilitator's parts, in the order in which the notes show them."""

REQUIRED_PARTS = ("say", "do", "watch-for")
KINDS: Mapping[str, tuple[str, ...]] = {
    "module": ("prose", "code", "facilitator", "exercise", "quiz", "note", "evidence", "screen"),
    "exercise": ("prose", "facilitator", "hint", "solution", "evidence", "screen"),
    "quiz": ("prose", "facilitator", "hint", "question"),
    "question": ("prose", "choice"),
    "screen": ("prose", "code", "note"),
}
"""Which blocks may stand inside which; ``screen`` holds what paper leaves out. The others hold prose only;
``content.evidence`` holds a reference empty."""

FILE_NAME = re.compile(r"(?P<number>\d\d)-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.md")
CODE_LINES = 3


@dataclass(frozen=True)
class Absent:
    """A module that the case leaves out: the data sets that it needs and the case lacks, and its fences."""

    slug: str
    needs: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def exercises(self) -> set[str]:
        """Its exercises and its quiz, by the names under which they are answered."""
        return {*self.names("exercise"), quiz_name(self.slug)}

    def names(self, kind: str) -> set[str]:
        """What its fences of the kind name: its exercises, the evidence that it refers to."""
        return {piece.name for block in self.blocks for piece in block.walk() if piece.kind == kind}


def left_out(reading: Reading, names: Sequence[Node], data: Collection[str]) -> dict[str, Absent]:
    """The modules, by stem, whose head says that they need a data set which is not among ``data``."""
    absent = {}
    for stem, file in _files(reading).items():
        if stem not in {node.text for node in names}:
            continue
        raw = reading.raw(file)
        named = {node.text for node in raw.head.mapping.get("needs", Node([], 1)).items}
        needs = tuple(name for name in OPTIONAL_SETS if name in named and name not in data)
        if needs:
            absent[stem] = Absent(stem.partition("-")[2], needs, raw.blocks)
    return absent


def _files(reading: Reading) -> dict[str, Path]:
    return {file.stem: file for file in sorted((reading.root / "modules").glob("*.md"))}


def read_modules(
    reading: Reading, names: Sequence[Node], course_path: str, absent: Mapping[str, Absent]
) -> list[Module]:
    """The modules in the order of course.yaml, without those ``absent`` from this case.

    Problems for files that course.yaml forgets and names that no file has.
    """
    files = _files(reading)
    listed = {node.text: node for node in names}
    for node in names:
        if node.text not in files:
            reading.unknown(Place(course_path, node.line), "module file", node.text, files)
        elif listed[node.text] is not node:
            reading.problem(Place(course_path, node.line), f"{node.text!r} is listed twice", "keep one of the two")
    for stem in files.keys() - listed.keys():
        place = Place(reading.path(files[stem]), 1)
        reading.problem(
            place, "course.yaml doesn't list this module", f"add '- {stem}' to 'modules:', or delete the file"
        )
    slugs = {module.slug for module in absent.values()}
    modules = [
        replace(module, after=tuple(name for name in module.after if name not in slugs))
        for module in (_module(reading, files[stem]) for stem in listed if stem in files and stem not in absent)
    ]
    _check_numbers(reading, modules)
    _check_prerequisites(reading, modules)
    _check_exercises(reading, modules)
    return modules


def _module(reading: Reading, file: Path) -> Module:
    document = reading.document(file)
    place = Place(document.path, 1)
    match = FILE_NAME.fullmatch(file.name)
    if not match:
        reading.problem(place, f"the file name {file.name!r} is unreadable", "name it like 03-pre-mortem.md")
    reading.allow(document.head, ("title", "summary", "after", "needs", "objectives"), document.path)
    for block in document.blocks:
        _check_block(reading, block, "module")
    for node in document.head.mapping.get("needs", Node([], 1)).items:
        if node.text not in OPTIONAL_SETS:
            reading.unknown(Place(document.path, node.line), "optional data set", node.text, OPTIONAL_SETS)
    _check_parts(reading, document.blocks, place)
    headings = [b for b in document.blocks if b.kind == "prose"]
    if not headings or not re.match(r"# \S", headings[0].text):
        reading.problem(place, "the module doesn't begin with a heading", "begin its text with '# ' and a title")
    slug = match["slug"] if match else file.stem
    objectives = document.head.mapping.get("objectives", Node({}, 1))
    _check_objectives(reading, document.blocks, objectives.mapping, document.path)
    return Module(
        slug=slug,
        number=int(match["number"]) if match else 0,
        title=reading.text(document.head, "title", place),
        summary=reading.text(document.head, "summary", place),
        place=place,
        after=tuple(node.text for node in document.head.mapping.get("after", Node([], 1)).items),
        objectives={key: node.text for key, node in objectives},
        blocks=tuple(replace(b, name=quiz_name(slug)) if b.kind == "quiz" else b for b in document.blocks),
    )


def _check_block(reading: Reading, block: Block, inside: str) -> None:
    if block.kind not in KINDS.get(inside, ("prose",)):
        reading.unknown(
            block.place, f"fence in {'an' if inside[0] in 'ae' else 'a'} {inside}", block.kind, _fences(inside)
        )
        return
    if block.kind == "code":
        _check_code(reading, block)
    if block.kind == "facilitator" and (part := block.attributes.get("part", "")) not in PARTS:
        reading.unknown(block.place, "facilitator part", part, PARTS)
    if block.kind == "exercise" and block.name not in EXERCISES:
        reading.unknown(block.place, "exercise", block.name, EXERCISES)
    if block.kind in TIMED:
        _check_minutes(reading, block)
    if block.kind in ("hint", "solution", "facilitator", "note") and not block.prose:
        reading.problem(block.place, f"'::: {block.kind}' is empty", "write its text inside the fence, or delete it")
    for child in block.children:
        _check_block(reading, child, block.kind)


def _fences(inside: str) -> list[str]:
    return [kind for kind in KINDS.get(inside, ()) if kind not in ("prose", "code")]


def _check_code(reading: Reading, block: Block) -> None:
    if len(block.text.splitlines()) > CODE_LINES:
        fix = f"keep a cell to {CODE_LINES} lines; what it does belongs in the package"
        reading.problem(block.place, f"the code cell has {len(block.text.splitlines())} lines", fix)
    try:
        ast.parse(block.text)
    except SyntaxError as error:
        place = Place(block.place.path, block.place.line + (error.lineno or 1))
        reading.problem(place, f"the code is no Python: {error.msg}", "mend it")


def _check_minutes(reading: Reading, block: Block) -> None:
    minutes = block.attributes.get("minutes")
    if minutes is None and block.kind in ANSWERED:
        what = f"{block.kind} {block.name!r}" if block.name else block.kind
        reading.problem(block.place, f"the {what} has no minutes", "add minutes=15 or minutes=15-20")
    elif minutes is not None:
        try:
            parse_minutes(minutes)
        except ValueError:
            message = f"minutes={minutes} can't be read"
            reading.problem(block.place, message, "write whole minutes, as in minutes=15 or minutes=15-20")


def _check_parts(reading: Reading, blocks: Sequence[Block], place: Place) -> None:
    pieces = [piece for block in blocks for piece in block.walk()]
    parts = {piece.attributes.get("part") for piece in pieces if piece.kind == "facilitator"}
    for part in REQUIRED_PARTS:
        if part not in parts:
            fix = f"add '::: facilitator part={part}': a facilitator runs the session on these notes"
            reading.problem(place, f"the module has no facilitator part {part!r}", fix)


def _check_objectives(reading: Reading, blocks: Sequence[Block], objectives: Mapping[str, Node], path: str) -> None:
    """Every objective has an exercise that serves it and a question that asks about it, and none is unknown."""
    pieces = [piece for block in blocks for piece in block.walk() if piece.kind in ("exercise", "question")]
    for piece in pieces:
        for name in piece.objectives:
            if name not in objectives:
                reading.unknown(piece.place, "objective", name, objectives)
    for kind, says in (("exercise", "no exercise serves"), ("question", "no question asks about")):
        served = {name for piece in pieces if piece.kind == kind for name in piece.objectives}
        for name in objectives.keys() - served:
            fix = f"add objective={name} to the '::: {kind}' that does, or drop the objective"
            reading.problem(Place(path, objectives[name].line), f"{says} the objective {name!r}", fix)


def _check_numbers(reading: Reading, modules: Sequence[Module]) -> None:
    for attribute in ("number", "slug"):
        seen: dict[object, Module] = {}
        for module in modules:
            first = seen.setdefault(getattr(module, attribute), module)
            if first is not module:
                message = f"has the same {attribute} as {first.place.path}"
                reading.problem(module.place, message, "rename the file: number and slug name a module")


def _check_prerequisites(reading: Reading, modules: Sequence[Module]) -> None:
    after = {module.slug: module.after for module in modules}
    known = set(after)
    for module in modules:
        for name in module.after:
            if name not in known:
                reading.unknown(module.place, "prerequisite", name, known)
        if cycle := _cycle(module.slug, after):
            message = f"the prerequisites run in a circle: {' -> '.join(cycle)}"
            reading.problem(module.place, message, "take one of them out of 'after:'")


def _cycle(start: str, after: Mapping[str, Sequence[str]]) -> list[str]:
    """The circle of prerequisites that leads back to ``start``, or an empty list."""
    trails = [[start]]
    seen = set()
    while trails:
        trail = trails.pop()
        for name in after.get(trail[-1], ()):
            if name == start:
                return [*trail, start]
            if name not in seen:
                seen.add(name)
                trails.append([*trail, name])
    return []


def _check_exercises(reading: Reading, modules: Sequence[Module]) -> None:
    seen: dict[str, Place] = {}
    for module in modules:
        for block in module.walk():
            if block.kind != "exercise":
                continue
            if block.name in seen:
                message = f"the exercise {block.name!r} stands twice (first at {seen[block.name]})"
                reading.problem(block.place, message, "an exercise has one place in the course")
            seen.setdefault(block.name, block.place)
