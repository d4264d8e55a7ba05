"""The source format: a YAML head, CommonMark, and colon fences.

::

    ---
    title: Pre-mortem
    ---

    # Imagine it has failed

    ::: exercise premortem minutes=15-20

    One cause to a row.

    ::: hint

    Start from the promises.

    :::

    :::

A fence opens with ``::: kind [name] [key=value ...]`` and closes with ``:::``. Fences nest. Inside a code block
(three backticks) colons are code. A ```` ```python ```` block outside other code becomes a code cell.
"""

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from workshop.content.yaml import Node, load_yaml
from workshop.course import Block, Place
from workshop.errors import Problem

FENCE = re.compile(r":::(?P<rest>.*)$")
CODE = re.compile(r"(?P<ticks>`{3,}|~{3,})\s*(?P<info>[\w-]*)")


@dataclass(frozen=True)
class Document:
    """A parsed file: its head, and its blocks with the text as it stands (facts not filled in)."""

    path: str
    head: Node
    blocks: tuple[Block, ...]

    @property
    def intro(self) -> str:
        """The prose before and between the top-level fences."""
        return "\n\n".join(block.text for block in self.blocks if block.kind == "prose")

    def fences(self, kind: str) -> list[Block]:
        """The top-level fences of a kind, in order."""
        return [block for block in self.blocks if block.kind == kind]


@dataclass
class _Open:
    """A fence that is still open while the lines are read."""

    kind: str
    name: str
    attributes: dict[str, str]
    line: int
    children: list[Block] = field(default_factory=list)


def read_text(file: Path, path: str, problems: list[Problem]) -> str:
    """The file's text, or "" and a problem: a missing file, or bytes that are not UTF-8 (at their line)."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        problems.append(Problem(path, 1, f"can't be read ({error.strerror})", "restore the file or its permissions"))
        return ""
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: the byte 0x{raw[error.start]:02x} has no meaning there"
        problems.append(Problem(path, line, message, "save the file as UTF-8"))
        return ""


def parse(text: str, path: str, problems: list[Problem]) -> Document:
    """``text`` as a document. Every problem is added to ``problems``; what can be read is returned all the same."""
    document, found = _parsed(text, path)
    problems += found
    return document


@lru_cache(maxsize=1024)
def _parsed(text: str, path: str) -> tuple[Document, Sequence[Problem]]:
    """Remembered, because whoever loads a course again has changed a file or two of it, and tests do so all day."""
    problems: list[Problem] = []
    lines = text.split("\n")
    head, start = _head(lines, path, problems)
    reader = _Reader(path, problems)
    for number, line in enumerate(lines[start:], start + 1):
        reader.read(line, number)
    return Document(path, head, reader.close()), tuple(problems)


def _head(lines: list[str], path: str, problems: list[Problem]) -> tuple[Node, int]:
    """The YAML head and the index of the first line after it."""
    if lines[0].rstrip() != "---":
        return Node({}, 1), 0
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return load_yaml("\n".join(lines[1:index]), path, problems, first_line=2), index + 1
    problems.append(Problem(path, 1, "the head opens with '---' and never closes", "close it with a line '---'"))
    return Node({}, 1), len(lines)


class _Reader:
    """Reads line by line and keeps the stack of open fences."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path, self.problems = path, problems
        self.stack = [_Open("document", "", {}, 1)]
        self.prose: list[str] = []
        self.prose_line = 0
        self.code: tuple[str, str, int] | None = None
        """The open code block's ticks, its language and its line."""

    def read(self, line: str, number: int) -> None:
        if self.code:
            self._code_line(line, number)
        elif match := CODE.match(line):
            self._open_code(match, line, number)
        elif match := FENCE.match(line):
            self._flush()
            rest = match["rest"].strip()
            if rest:
                self._open(rest, number)
            elif len(self.stack) == 1:
                fix = "delete the line, or open the fence that it should close"
                self.problems.append(Problem(self.path, number, "':::' closes a fence, but none is open", fix))
            else:
                self._shut()
        else:
            self._keep(line, number)

    def close(self) -> tuple[Block, ...]:
        if self.code:
            message = "the code block is never closed"
            self.problems.append(Problem(self.path, self.code[2], message, f"close it with a line '{self.code[0]}'"))
        self._flush()
        while len(self.stack) > 1:
            top = self.stack[-1]
            message = f"the fence '::: {top.kind}' is never closed"
            self.problems.append(Problem(self.path, top.line, message, "close it with a line ':::'"))
            self._shut()
        return tuple(self.stack[0].children)

    def _open_code(self, match: re.Match[str], line: str, number: int) -> None:
        cell = match["info"] == "python"
        if cell:
            self._flush()
        self.code = (match["ticks"], "python" if cell else "", number)
        if not cell:
            self._keep(line, number)

    def _code_line(self, line: str, number: int) -> None:
        assert self.code
        ticks, language, opened = self.code
        if line.strip() == ticks:
            self.code = None
            if language:
                raw = "\n".join(self.prose).strip("\n")
                self._add(Block("code", Place(self.path, opened), text=raw, raw=raw))
                self.prose = []
                return
        self._keep(line, number)

    def _open(self, rest: str, number: int) -> None:
        try:
            # Splitting by hand where nothing is quoted takes a tenth of the time, and thousands of lines are so.
            kind, *words = shlex.split(rest) if '"' in rest or "'" in rest or "\\" in rest else rest.split()
        except ValueError:
            fix = "close the quotation marks"
            self.problems.append(Problem(self.path, number, f"unreadable fence '::: {rest}'", fix))
            kind, words = rest.split()[0], []
        attributes = dict(word.split("=", 1) for word in words if "=" in word)
        names = [word for word in words if "=" not in word]
        if len(names) > 1:
            fix = "keep one, or write key=value (with quotation marks round a value of several words)"
            self.problems.append(Problem(self.path, number, f"the fence has two names: {' '.join(names)}", fix))
        self.stack.append(_Open(kind, names[0] if names else "", attributes, number))

    def _shut(self) -> None:
        top = self.stack.pop()
        place = Place(self.path, top.line)
        self._add(Block(top.kind, place, top.name, top.attributes, children=tuple(top.children)))

    def _keep(self, line: str, number: int) -> None:
        if not self.prose:
            if not line.strip() and not (self.code and self.code[1]):
                return
            self.prose_line = number
        self.prose.append(line)

    def _flush(self) -> None:
        if raw := "\n".join(self.prose).rstrip():
            self._add(Block("prose", Place(self.path, self.prose_line), text=raw, raw=raw))
        self.prose = []

    def _add(self, block: Block) -> None:
        self.stack[-1].children.append(block)
