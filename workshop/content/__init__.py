"""The course's text, read and checked: ``load_course`` makes the model, ``check_course`` lists every problem."""

from dataclasses import replace
from pathlib import Path

from workshop.content.agendas import read_agendas
from workshop.content.evidence import check_references, read_evidence
from workshop.content.modules import left_out, read_modules
from workshop.content.pack import check_answers, check_pack
from workshop.content.quizzes import read_quizzes
from workshop.content.reading import Reading
from workshop.content.scenario import read_personas, read_scenario
from workshop.content.strength import read_review
from workshop.content.wording import read_lexicon, read_rules
from workshop.content.words import read_figures, read_messages, read_words
from workshop.content.yaml import Node
from workshop.course import Course, Place
from workshop.errors import ContentError, Problem
from workshop.interface import FIGURE_LABELS

HEAD = ("title", "version", "scenario", "modules")
"""What course.yaml says, all of it needed."""


def load_course(root: Path, scenario: Path | None = None) -> Course:
    """The course in the content folder ``root``; ContentError with every problem if it has any.

    ``scenario`` is the folder of a pack that takes the place of the one that course.yaml names.
    """
    course, problems = _read(root, scenario)
    if problems:
        raise ContentError(problems)
    return course


def check_course(root: Path, scenario: Path | None = None) -> tuple[Problem, ...]:
    """Every problem of the content folder ``root`` with the pack ``scenario``, in the order of files and lines."""
    return ContentError(_read(root, scenario)[1]).problems


def _read(root: Path, scenario: Path | None) -> tuple[Course, list[Problem]]:
    reading = Reading(root)
    file = root / "course.yaml"
    head, path = reading.yaml(file), reading.path(file)
    readable = not reading.problems
    reading.allow(head, HEAD, path)
    lacking = [key for key in HEAD if not ((node := head.mapping.get(key)) and (node.text.strip() or node.items))]
    if readable:
        for key in lacking:
            reading.problem(Place(path, 1), f"there is no {key!r}", f"add a line '{key}: ...'")
    if lacking:
        head = _assumed(root)
    title, version, name = (reading.text(head, key, Place(path, 1)) for key in ("title", "version", "scenario"))
    scenarios = [folder.name for folder in sorted((root / "scenarios").glob("*")) if folder.is_dir()]
    if name and name not in scenarios:
        reading.unknown(Place(path, head.mapping["scenario"].line), "scenario", name, scenarios)
    pack = scenario or root / "scenarios" / name
    given = read_scenario(reading, pack)
    names = head.mapping.get("modules", Node([], 1)).items
    absent = left_out(reading, names, given.data)
    unasked = {name for module in absent.values() for name in module.exercises}
    lexicon = read_lexicon(reading)
    rules, review = read_rules(reading, lexicon), read_review(reading, lexicon)
    modules = read_modules(reading, names, path, absent)
    interface = read_messages(reading, root / "interface.md")
    quizzes, words = read_quizzes(reading, modules, interface)
    evidence = read_evidence(reading, root / "evidence.md")
    check_references(
        reading, modules, evidence, {name for module in absent.values() for name in module.names("evidence")}
    )
    course = Course(
        title=title,
        version=version,
        modules=modules,
        left_out={stem: module.needs for stem, module in absent.items()},
        words={**read_words(reading, rules, tuple(review.looks.values()), unasked), **words},
        scenario=replace(given, personas=read_personas(reading, pack, quizzes, unasked)),
        wording=rules,
        review=review,
        interface=interface,
        figures=read_figures(reading, root / "figures.md", FIGURE_LABELS),
        quizzes=quizzes,
        evidence=evidence,
        agendas=read_agendas(reading, modules, interface, {module.slug for module in absent.values()}),
        guide=reading.document(root / "guide.md").intro,
    )
    check_pack(reading, pack, given)
    if not reading.problems:
        check_answers(reading, pack, course)
    return course, reading.problems


def _assumed(root: Path) -> Node:
    """What a course.yaml that lacks something probably says, so that the other files can be checked all the same."""
    stems = [Node(file.stem, 1) for file in sorted((root / "modules").glob("*.md"))]
    scenario = next((Node(folder.name, 1) for folder in sorted((root / "scenarios").glob("*/"))), Node("", 1))
    return Node({"title": Node("?", 1), "version": Node("?", 1), "scenario": scenario, "modules": Node(stems, 1)}, 1)
