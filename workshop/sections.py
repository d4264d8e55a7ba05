"""A module by its sections: what stands under which heading, and in which order it is run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from workshop.course import TIMED, Block, Module, Place
from workshop.markdown import tokens

SPLIT_AT = ("h1", "h2", "h3")
"""A section begins at one of these headings, so that JupyterLab's outline can fold and move by section."""


@dataclass
class Section:
    """What stands under one heading of a module; ``title`` is the heading's text."""

    title: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Piece:
    """A timed piece of a module: an exercise, a quiz or a facilitator part with minutes.

    ``notes`` are the facilitator parts without minutes that follow it under the same heading and belong to it.
    """

    block: Block
    section: str
    notes: list[Block] = field(default_factory=list)


def pieces(module: Module, *, paper: bool = False) -> Iterator[Block]:
    """The module's blocks, with each run of prose cut at its headings; on ``paper`` without ``::: screen``."""
    for block in unwrapped(module.blocks, paper=paper):
        yield from cut_at_headings(block) if block.kind == "prose" else (block,)


def unwrapped(blocks: Sequence[Block], *, paper: bool = False) -> Iterator[Block]:
    """The blocks with those of a ``::: screen`` fence in its place; on ``paper`` they are left out."""
    for block in blocks:
        if block.kind != "screen":
            yield block
        elif not paper:
            yield from block.children


def cut_at_headings(block: Block) -> Iterator[Block]:
    """A run of prose as one block per section."""
    lines, raw = block.text.split("\n"), block.raw.split("\n")
    starts = [t.map[0] for t in tokens(block.text) if t.type == "heading_open" and t.tag in SPLIT_AT and t.map]
    bounds = [0, *(start for start in starts if start), len(lines)]
    for start, end in pairwise(bounds):
        place = Place(block.place.path, block.place.line + start)
        text, source = "\n".join(lines[start:end]).strip(), "\n".join(raw[start:end]).strip()
        yield Block("prose", place, text=text, raw=source)


def sections(module: Module, *, paper: bool = False) -> list[Section]:
    """The module's sections in order, from its title on; a heading of level 3 begins none of its own."""
    found = [Section(module.title)]
    for block in pieces(module, paper=paper):
        if block.kind == "prose" and block.text.startswith("## "):
            found.append(Section(block.text.split("\n")[0].lstrip("# ")))
        found[-1].blocks.append(block)
    return found


def headed(module: Module) -> dict[str, list[Block]]:
    """The module's blocks by their heading, of level 1 to 3; a heading of level 3 also belongs to the one above it."""
    found: dict[str, list[Block]] = {}
    for section in sections(module):
        found[section.title] = section.blocks
        below: list[Block] = []
        for block in section.blocks:
            if block.kind == "prose" and block.text.startswith("### "):
                below = found.setdefault(block.text.split("\n")[0].lstrip("# "), [])
            below.append(block)
    return found


def is_timed(block: Block) -> bool:
    """Whether the block takes minutes of its own."""
    return block.kind in TIMED and "minutes" in block.attributes


def run_order(module: Module) -> tuple[list[Block], list[Piece]]:
    """The facilitator parts that concern the module as a whole, and its timed pieces in order.

    A part without minutes belongs to the timed piece before it under the same heading, or else to the one after it.
    Those before the module's first piece and after its last one concern the whole module.
    """
    run = [Piece(b, section.title) for section in sections(module) for b in section.blocks if is_timed(b)]
    wide: list[Block] = []
    done = 0
    for section in sections(module):
        own = [piece for piece in run if piece.section == section.title]
        for block in section.blocks:
            if is_timed(block):
                done += 1
            elif block.kind == "facilitator":
                outside = done in (0, len(run)) or not own
                (wide if outside else run[max(done - 1, run.index(own[0]))].notes).append(block)
    return wide, run
