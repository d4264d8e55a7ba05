"""A module as notes for the person in front of the room, in the order in which it is run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workshop.build.notebook import pieces
from workshop.course import Block, Course, Minutes, Module, parse_minutes
from workshop.facts import fill_in


@dataclass
class _Section:
    """What stands under one heading of the module."""

    title: str
    blocks: list[Block] = field(default_factory=list)


def build_notes(course: Course, module: Module) -> str:
    """The module's facilitator notes, as Markdown: a running clock, then every part under the heading it belongs to."""
    words = course.interface
    sections = _sections(module)
    lines = [
        f"<!-- Built from {module.place.path} by `workshop build`. Edit that file, not this one. -->",
        f"# {module.number}. {module.title}",
        words["notes_objectives"],
        "\n".join(f"- {sentence}" for sentence in module.objectives.values()),
        f"## {fill_in(words['notes_minutes'], minutes=str(module.minutes))}",
        "\n".join(_clock(course, sections)),
    ]
    for number, section in enumerate(sections):
        lines += [f"## {section.title}"] if number and section.blocks else []
        for block in section.blocks:
            lines += _exercise(course, block) if block.kind == "exercise" else [_part(words, block, level=3)]
    return "\n\n".join(line for line in lines if line) + "\n"


def _sections(module: Module) -> list[_Section]:
    """The module's facilitator parts and exercises, by the heading of the notebook above them."""
    sections = [_Section(module.title)]
    for block in pieces(module):
        if block.kind == "prose" and block.text.startswith("## "):
            sections.append(_Section(block.text.split("\n")[0].lstrip("# ")))
        elif block.kind in ("facilitator", "exercise"):
            sections[-1].blocks.append(block)
    return sections


def _clock(course: Course, sections: list[_Section]) -> Iterator[str]:
    """The running clock: when each timed piece starts, at its shorter and its longer length, and how long it takes."""
    words = course.interface
    yield f"| {words['notes_from']} | {words['notes_length']} | {words['notes_what']} |"
    yield "| --- | --- | --- |"
    clock = Minutes(0, 0)
    for section in sections:
        for block in (piece for outer in section.blocks for piece in outer.walk()):
            if block.kind not in ("exercise", "facilitator") or "minutes" not in block.attributes:
                continue
            minutes = parse_minutes(block.attributes["minutes"])
            yield f"| {clock} | {minutes} | {_what(course, section, block)} |"
            clock += minutes
    yield f"| {clock} | | {words['notes_end']} |"


def _what(course: Course, section: _Section, block: Block) -> str:
    if block.kind == "exercise":
        return f"**{course.words[block.name].title}**"
    return f"{section.title}: {course.interface['part_' + block.attributes['part']]}"


def _exercise(course: Course, block: Block) -> Iterator[str]:
    words = course.interface
    title, minutes = course.words[block.name].title, block.attributes["minutes"]
    yield f"### {title} ({fill_in(words['notes_minutes'], minutes=minutes)})"
    for child in block.children:
        if child.kind == "facilitator":
            yield _part(words, child, level=4)
        else:
            heading = words["notes_participants"] if child.kind == "prose" else words[child.kind]
            yield f"#### {heading}\n\n{_quoted(child.text or child.prose)}"


def _part(words: Mapping[str, str], block: Block, level: int) -> str:
    minutes = block.attributes.get("minutes")
    length = f" ({fill_in(words['notes_minutes'], minutes=minutes)})" if minutes else ""
    return f"{'#' * level} {words['part_' + block.attributes['part']]}{length}\n\n{block.prose}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
