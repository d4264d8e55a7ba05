"""A module as notes for the person in front of the room, in the order in which it is run."""

from collections.abc import Iterator, Mapping

from workshop.build.notebook import evidence_line, hint_line
from workshop.course import ANSWERED, TIMED, Block, Course, Evidence, ExerciseWords, Minutes, Module, parse_minutes
from workshop.facts import fill_in
from workshop.sections import Section, sections, unwrapped


def build_notes(course: Course, module: Module) -> str:
    """The module's facilitator notes, as Markdown: a running clock, then every part under the heading it belongs to."""
    words = course.interface
    parts = _sections(module)
    lines = [
        f"<!-- Built from {module.place.path} by `workshop build`. Edit that file, not this one. -->",
        f"# {module.number}. {module.title}",
        words["notes_objectives"],
        "\n".join(_coverage(course, module)),
        f"## {fill_in(words['notes_minutes'], minutes=str(module.minutes))}",
        "\n".join(_clock(course, parts)),
    ]
    for number, section in enumerate(parts):
        lines += [f"## {section.title}"] if number and section.blocks else []
        for block in section.blocks:
            lines += _exercise(course, block) if block.kind in ANSWERED else [_part(words, block, level=3)]
    if keys := dict.fromkeys(block.name for block in module.walk() if block.kind == "evidence"):
        lines.append(f"## {words['notes_evidence']}")
        lines += [entry for key in keys for entry in _evidence(course, course.evidence[key])]
    return "\n\n".join(line for line in lines if line) + "\n"


def build_evidence(course: Course) -> str:
    """A page of all that the course's claims rest on, in the order of their first use and with it, as Markdown."""
    words = course.interface
    lines = [
        "<!-- Built from content/evidence.md by `workshop build`. Edit that file, not this one. -->",
        f"# {words['evidence_title']}",
        words["evidence_about"],
    ]
    users: dict[str, dict[str, str]] = {}  # by key, in the order of first use
    for module in course.modules:
        for block in module.walk():
            if block.kind == "evidence":
                users.setdefault(block.name, {})[module.slug] = f"[{module.title}]({module.stem}.md)"
    for key, links in users.items():
        used_in = fill_in(words["notes_used_in"], modules=", ".join(links.values()))
        lines += [*_evidence(course, course.evidence[key]), used_in]
    return "\n\n".join(lines) + "\n"


def _evidence(course: Course, evidence: Evidence) -> Iterator[str]:
    """What one claim rests on, and what speaks against it."""
    yield f"**{evidence.claim}**"
    yield evidence_line(course, evidence)
    yield evidence.measured
    for result in evidence.against:
        yield f"{course.interface['notes_against']} {result}"


def _coverage(course: Course, module: Module) -> Iterator[str]:
    """Each objective with the exercises that serve it and the questions of the quiz that ask about it."""
    words = course.interface
    yield f"| {words['notes_objective']} | {words['notes_exercises']} | {words['notes_questions']} |"
    yield "| --- | --- | --- |"
    numbers = {block.place: n for n, block in enumerate((b for b in module.walk() if b.kind == "question"), 1)}
    for key, sentence in module.objectives.items():
        exercises = ", ".join(course.words[block.name].title for block in module.serving(key, "exercise"))
        questions = ", ".join(str(numbers[block.place]) for block in module.serving(key, "question"))
        yield f"| {sentence} | {exercises} | {questions} |"


def _sections(module: Module) -> list[Section]:
    """The module's facilitator parts and exercises, by the heading of the notebook above them."""
    return [Section(each.title, [b for b in each.blocks if b.kind in TIMED]) for each in sections(module)]


def _clock(course: Course, parts: list[Section]) -> Iterator[str]:
    """The running clock: when each timed piece starts, at its shorter and its longer length, and how long it takes."""
    words = course.interface
    yield f"| {words['notes_from']} | {words['notes_length']} | {words['notes_what']} |"
    yield "| --- | --- | --- |"
    clock = Minutes(0, 0)
    for section in parts:
        for block in (piece for outer in section.blocks for piece in outer.walk()):
            if block.kind not in TIMED or "minutes" not in block.attributes:
                continue
            minutes = parse_minutes(block.attributes["minutes"])
            yield f"| {clock} | {minutes} | {_what(course, section, block)} |"
            clock += minutes
    yield f"| {clock} | | {words['notes_end']} |"


def _what(course: Course, section: Section, block: Block) -> str:
    if block.kind in ANSWERED:
        return f"**{course.words[block.name].title}**"
    return f"{section.title}: {course.interface['part_' + block.attributes['part']]}"


def _exercise(course: Course, block: Block) -> Iterator[str]:
    words = course.interface
    title, minutes = course.words[block.name].title, block.attributes["minutes"]
    yield f"### {title} ({fill_in(words['notes_minutes'], minutes=minutes)})"
    number, before = 0, ""
    inside = list(unwrapped(block.children))
    for child in inside:
        if child.kind == "facilitator":
            yield _part(words, child, level=4)
        elif child.kind == "question":
            number += 1
            yield from _question(course.words[block.name], child.name, number)
        elif child.kind == "hint":
            yield f"#### {hint_line(course, child, inside)}"
            yield _quoted(child.prose)
        elif child.kind in ("prose", "solution"):
            heading = words["notes_participants"] if child.kind == "prose" else words["solution"]
            if child.kind != "prose" or before != "prose":
                yield f"#### {heading}"
            yield _quoted(child.text or child.prose)
        before = child.kind


def _question(words: ExerciseWords, name: str, number: int) -> Iterator[str]:
    """A question of the quiz, its choices, and what each of them is told, which says whether it is right."""
    field = words.fields[name]
    yield f"#### {number}. {field.label}"
    yield field.help
    for choice, label in field.choices.items():
        yield f"- **{label}** " + " ".join(words.advice[f"{name}.{choice}"].split())


def _part(words: Mapping[str, str], block: Block, level: int) -> str:
    minutes = block.attributes.get("minutes")
    length = f" ({fill_in(words['notes_minutes'], minutes=minutes)})" if minutes else ""
    return f"{'#' * level} {words['part_' + block.attributes['part']]}{length}\n\n{block.prose}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
