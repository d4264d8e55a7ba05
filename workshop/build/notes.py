"""A module as notes for the person in front of the room."""

from collections.abc import Iterator, Mapping

from workshop.content.modules import PARTS
from workshop.course import Block, Course, Minutes, Module, parse_minutes
from workshop.facts import fill


def build_notes(course: Course, module: Module) -> str:
    """The module's facilitator notes, as Markdown: a running clock, then each part in the order of the module."""
    words = course.interface
    lines = [
        f"<!-- Built from {module.place.path} by `workshop build`. Edit that file, not this one. -->",
        f"# {module.number}. {module.title}",
        _sentence(words, "notes_minutes", minutes=str(module.minutes)),
        *(f"- {sentence}" for sentence in module.objectives.values()),
        "\n".join(_clock(course, module)),
    ]
    lines += _parts(words, [block for block in module.blocks if block.kind == "facilitator"], level=2)
    for block in module.blocks:
        if block.kind == "exercise":
            lines += _exercise(course, block)
    return "\n\n".join(line for line in lines if line) + "\n"


def _clock(course: Course, module: Module) -> Iterator[str]:
    """The running clock: when each timed piece starts and ends, at its shorter and its longer length."""
    words = course.interface
    yield f"| {words['notes_from']} | {words['notes_length']} | {words['notes_what']} |"
    yield "| --- | --- | --- |"
    clock = Minutes(0, 0)
    for block in module.walk():
        if block.kind not in ("exercise", "facilitator") or "minutes" not in block.attributes:
            continue
        minutes = parse_minutes(block.attributes["minutes"])
        yield f"| {clock} | {minutes} | {_what(course, block)} |"
        clock += minutes
    yield f"| {clock} | | {words['notes_end']} |"


def _what(course: Course, block: Block) -> str:
    if block.kind == "exercise":
        return course.words[block.name].title
    first = block.prose.split("\n\n")[0].replace("\n", " ")
    return f"{course.interface['part_' + block.attributes['part']]}: {first}"


def _exercise(course: Course, block: Block) -> Iterator[str]:
    words = course.interface
    title, minutes = course.words[block.name].title, block.attributes["minutes"]
    yield f"## {title} ({_sentence(words, 'notes_minutes', minutes=minutes)})"
    for child in block.children:
        if child.kind == "prose":
            yield f"**{words['notes_participants']}**\n\n{_quoted(child.text)}"
        elif child.kind in ("hint", "solution"):
            yield f"**{words[child.kind]}**\n\n{_quoted(child.prose)}"
    yield from _parts(words, [child for child in block.children if child.kind == "facilitator"], level=3)


def _parts(words: Mapping[str, str], blocks: list[Block], level: int) -> Iterator[str]:
    for block in sorted(blocks, key=lambda block: PARTS.index(block.attributes["part"])):
        minutes = block.attributes.get("minutes")
        length = f" ({_sentence(words, 'notes_minutes', minutes=minutes)})" if minutes else ""
        yield f"{'#' * level} {words['part_' + block.attributes['part']]}{length}\n\n{block.prose}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _sentence(words: Mapping[str, str], key: str, **values: str) -> str:
    return fill(words[key], values, problem=lambda line, message, fix: None)
