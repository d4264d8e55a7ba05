"""One reading of a content folder: its problems so far, its facts, and which of them have been used."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from workshop.content.prose import check_prose
from workshop.content.source import Document, parse, read_text
from workshop.content.yaml import Node, load_yaml
from workshop.course import Block, Fact, Place
from workshop.errors import Problem, offer
from workshop.exercises.revenue import DERIVED
from workshop.facts import REFERENCE, fill, names_in

STRONG = "strong."
"""Names that begin so are answers of the strong persona: ``strong.story.task``."""
DEPENDENCIES = ("dependency.late.", "dependency.kept.")
"""How the names begin of the two dependencies that every case has: one that comes late and one that doesn't."""


@dataclass
class Reading:
    """What is shared while a content folder is read. Problems are collected, never raised."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    """The names of facts whose own trouble is reported where they stand; a text that uses them has no fault."""
    used: set[str] = field(default_factory=set)
    """The names of the facts that some text uses."""
    pack: Path | None = None
    """The folder of the scenario pack, which may lie outside ``root``."""
    examples: Mapping[str, Fact] = field(default_factory=dict)
    """The facts of the course's other packs: a text may use them all, so a pack that lacks one is at fault."""
    lacking: dict[str, list[Place]] = field(default_factory=dict)
    """The names that the pack should give and doesn't, and where texts use them."""

    def path(self, file: Path) -> str:
        """The file's path as problems name it: from the folder that holds the content folder, or the pack."""
        root = self.root if self.pack is None or file.is_relative_to(self.root) else self.pack
        return f"{root.name}/{file.relative_to(root).as_posix()}"

    def problem(self, place: Place, message: str, fix: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(place.path, place.line, message, fix))

    def unknown(self, place: Place, kind: str, name: str, known: Iterable[str]) -> None:
        """Add the problem of a name that does not exist."""
        hint = offer(name, known)
        self.problem(place, f"unknown {kind} {name!r}", hint[0].lower() + hint[1:])

    def distinct(self, blocks: Iterable[Block]) -> dict[str, Block]:
        """Blocks of one kind by their names; a problem for each whose name has stood before."""
        found: dict[str, Block] = {}
        for block in blocks:
            first = found.setdefault(block.name, block)
            if first is not block:
                message = f"the {block.kind} {block.name!r} stands twice (first on line {first.place.line})"
                self.problem(block.place, message, "keep one of the two, or give each its own name")
        return found

    def yaml(self, file: Path) -> Node:
        """The YAML file's node."""
        path = self.path(file)
        return load_yaml(read_text(file, path, self.problems), path, self.problems)

    def raw(self, file: Path) -> Document:
        """The Markdown file as it stands, without facts and without problems."""
        return parse(read_text(file, "", []), "", [])

    def document(self, file: Path, *, keep: Mapping[str, Collection[str]] | None = None) -> Document:
        """The Markdown file with its facts filled in and its prose checked.

        ``keep`` maps the name of an advice or a message to the names that stay ``{{ as they are }}`` until it is said.
        """
        path = self.path(file)
        raw = parse(read_text(file, path, self.problems), path, self.problems)
        document = replace(raw, blocks=tuple(self._filled(block, keep or {}, ()) for block in raw.blocks))
        root = self.root if file.is_relative_to(self.root) else self.pack or self.root
        check_prose(document, file, root, self.problems)
        return document

    def text(self, head: Node, key: str, place: Place, *, required: bool = True) -> str:
        """The text of a head's key, facts filled in; a problem if it is required and missing."""
        node = head.mapping.get(key)
        if node is None or not node.text.strip():
            if required:
                self.problem(place, f"the head has no {key!r}", f"add '{key}: ...' between the two '---' lines")
            return ""
        return self._fill(node.text, Place(place.path, node.line), ())

    def allow(self, head: Node, known: Collection[str], path: str) -> None:
        """Add a problem for each key of the head that has no meaning."""
        for key, node in head:
            if key not in known:
                self.unknown(Place(path, node.line), "key", key, known)

    def _filled(self, block: Block, keep: Mapping[str, Collection[str]], kept: Collection[str]) -> Block:
        if block.kind == "code":
            return block
        if block.kind in ("advice", "message"):
            kept = keep.get(block.name, ())
        return replace(
            block,
            text=self._fill(block.text, block.place, kept),
            attributes={key: self._fill(value, block.place, ()) for key, value in block.attributes.items()},
            children=tuple(self._filled(child, keep, kept) for child in block.children),
        )

    def _fill(self, text: str, place: Place, kept: Collection[str]) -> str:
        self.used |= names_in(text) - set(kept)
        for match in REFERENCE.finditer(text):
            name = match["name"]
            if name not in self.facts and name not in kept and self._is_owed(name):
                line = place.line + text.count("\n", 0, match.start())
                self.lacking.setdefault(name, []).append(Place(place.path, line))

        def problem(offset: int, message: str, fix: str) -> None:
            if not any(repr(name) in message for name in (*self.absent, *self.lacking)):
                self.problem(Place(place.path, place.line + offset), message, fix)

        ready = {name: f"{{{{ {name} }}}}" for name in kept}
        return fill(text, {**self.facts, **ready}, problem=problem)

    def _is_owed(self, name: str) -> bool:
        """Whether a pack has to give this name, so that a text which uses it has no fault."""
        missing = tuple(key for key in DEPENDENCIES if f"{key}team" not in self.facts)
        return name in self.examples or name in DERIVED or name.startswith((STRONG, *missing))


def first_paragraph(text: str) -> tuple[str, str]:
    """A text's first paragraph as one line, and the rest: a label and its help."""
    first, *rest = re.split(r"\n\s*\n", text.strip(), maxsplit=1)
    return " ".join(first.split()), rest[0].strip() if rest else ""
