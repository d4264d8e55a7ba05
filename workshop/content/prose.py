"""Checks on the prose itself: heading order, alternative texts, and links that lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it.token import Token

from workshop.content.source import Document
from workshop.course import Block
from workshop.errors import Problem
from workshop.markdown import tokens

OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def anchor(heading: str) -> str:
    """The anchor that JupyterLab and code hosts give a heading: spaces become hyphens."""
    return heading.strip().replace(" ", "-")


def check_prose(document: Document, file: Path, root: Path, problems: list[Problem]) -> None:
    """Add a problem for each skipped heading level, missing alternative text and broken internal link."""
    found = [pair for block in document.blocks for piece in block.walk() for pair in _tokens(piece)]
    anchors = {anchor(token.content).lower() for _, token, before in found if before == "heading_open"}
    level = 0
    for line, token, _ in found:
        if token.type == "heading_open":
            new = int(token.tag[1])
            if new > level + 1:
                message = f"a level-{new} heading follows a level-{level} one" if level else f"starts at level {new}"
                problems.append(Problem(document.path, line, message, f"use {'#' * (level + 1)}"))
            level = new
        for child in token.children or ():
            where = line + _offset(token, child)
            if child.type == "image":
                _check_image(child, document.path, where, file, problems)
            elif child.type == "link_open":
                _check_link(str(child.attrs.get("href", "")), document.path, where, file, anchors, root, problems)


def _tokens(block: Block) -> Iterator[tuple[int, Token, str]]:
    """Each Markdown token of a prose block with its line in the file and the type of the token before it."""
    if block.kind != "prose":
        return
    before = ""
    for token in tokens(block.text):
        yield block.place.line + (token.map[0] if token.map else 0), token, before
        before = token.type


def _offset(token: Token, child: Token) -> int:
    """How many lines into its paragraph a link or image stands: the tokens carry the paragraph's line only."""
    target = str(child.attrs.get("href") or child.attrs.get("src") or "")
    position = token.content.find(target)
    return token.content.count("\n", 0, max(position, 0))


def _check_image(image: Token, path: str, line: int, file: Path, problems: list[Problem]) -> None:
    source = str(image.attrs.get("src", ""))
    if not image.content.strip():
        problems.append(
            Problem(path, line, f"the image {source!r} has no alternative text", "write ![what it shows](...)")
        )
    if OUTSIDE.match(source):
        fix = "keep the image beside the module and link to it there; the course asks nothing of the network"
        problems.append(Problem(path, line, f"the image {source!r} lies outside the course", fix))
    elif not (file.parent / source).is_file():
        problems.append(Problem(path, line, f"there is no image {source!r}", "add the file, or mend the path"))


def _check_link(
    target: str, path: str, line: int, file: Path, anchors: set[str], root: Path, problems: list[Problem]
) -> None:
    if OUTSIDE.match(target):
        return
    page, _, fragment = target.partition("#")
    if page and not (file.parent / page).resolve().is_relative_to(root.resolve()):
        problems.append(Problem(path, line, f"the link {target!r} leaves the course", "link to a file in the course"))
    elif page and not (file.parent / page).is_file():
        fix = "link to a module by its file name, as in [..](02-the-case.md)"
        problems.append(Problem(path, line, f"broken link {target!r}", fix))
    elif not page and fragment.lower() not in anchors:
        problems.append(Problem(path, line, f"no heading answers to '#{fragment}'", "mend the link or the heading"))
