"""What a scenario pack owes the course: the facts that texts use, the data sets, two dependencies, a strong persona.

A text that uses a fact which the pack lacks has no fault, if another pack has that fact: the pack is named, once.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from workshop.content.reading import STRONG, Reading
from workshop.course import Course, Persona, Place, Scenario, Value
from workshop.errors import AnswerError, offer
from workshop.exercises import EXERCISES
from workshop.exercises.base import Case, Field
from workshop.exercises.reveal import MOST_CAUSES
from workshop.exercises.revenue import inputs_of
from workshop.exercises.risks import CONTROLS
from workshop.facts import show
from workshop.interface import DATA_SETS, OPTIONAL_SETS

PROMISES = ("verbal", "contract")


def check_pack(reading: Reading, folder: Path, scenario: Scenario) -> None:
    """Add a problem for everything that the pack lacks, and for each fact that nothing uses.

    To be called when every text has been read.
    """
    facts = Place(reading.path(folder / "facts.yaml"), 1)
    for name in sorted(DATA_SETS.keys() - scenario.data.keys() - set(OPTIONAL_SETS)):
        fix = f"add {name}.yaml with the columns {', '.join(DATA_SETS[name])}"
        reading.problem(facts, f"the pack has no data set {name!r}", fix)
    _check_lacking(reading, folder, facts)
    _check_dependencies(reading, scenario)
    _check_mix(reading, folder, scenario)
    _check_causes(reading, folder, scenario)
    _check_use(reading, scenario)


def _check_lacking(reading: Reading, folder: Path, facts: Place) -> None:
    """One problem for each name that texts use and the pack lacks, at the file where it belongs."""
    dependencies: dict[str, Place] = {}
    for name, places in sorted(reading.lacking.items()):
        used = f"{places[0]} uses it" + (f", and {len(places) - 1} more" if len(places) > 1 else "")
        if name.startswith("dependency."):
            dependencies.setdefault(name.split(".")[1], places[0])
        elif name.startswith(STRONG):
            exercise, _, field = name.removeprefix(STRONG).partition(".")
            place = Place(reading.path(folder / "personas" / "strong.md"), 1)
            hint = offer(name, (known for known in reading.facts if known.startswith(STRONG)))
            message = f"the strong persona doesn't answer {field!r} of {exercise!r}; {used}"
            reading.problem(place, message, f"add the answer. {hint}")
        elif name in reading.examples:
            fact = reading.examples[name]
            unit = "" if fact.unit == "text" else f" (unit {fact.unit})"
            fix = f"add it to the facts; in another pack it is {show(fact)!r}{unit}"
            reading.problem(facts, f"the fact {name!r} is missing; {used}", fix)
    for key, place in dependencies.items():
        message = f"there is no dependency {key!r}; {place} speaks of it"
        fix = f"add '::: dependency {key} ...', or rename one"
        reading.problem(Place(reading.path(folder / "dependencies.md"), 1), message, fix)


def _check_dependencies(reading: Reading, scenario: Scenario) -> None:
    for each in scenario.dependencies:
        for name, value in (("team", each.team), ("does", each.does)):
            if not value:
                reading.problem(each.place, f"the dependency {each.key!r} has no {name}", f'add {name}="..."')
        if each.promise not in PROMISES:
            message = f"the dependency {each.key!r} is promise={each.promise!r}"
            reading.problem(each.place, message, "write promise=verbal or promise=contract")


def _check_mix(reading: Reading, folder: Path, scenario: Scenario) -> None:
    """Each group of the mix has a fact with its name for readers."""
    groups = dict.fromkeys(row.get("group", "") for row in scenario.data.get("mix", ()))
    for group in groups:
        if (name := f"mix.{group}") not in scenario.facts:
            place = Place(reading.path(folder / "mix.yaml"), 1)
            reading.problem(place, f"the group {group!r} has no name for readers", f"add the fact {name}")
        reading.used.add(name)


def _check_causes(reading: Reading, folder: Path, scenario: Scenario) -> None:
    """There are causes, and no more than the reveal can show; each says who could have changed it."""
    causes = scenario.data.get("causes", ())
    place = Place(reading.path(folder / "causes.yaml"), 1)
    if "causes" in scenario.data and not 0 < len(causes) <= MOST_CAUSES:
        reading.problem(place, f"there are {len(causes)} causes", f"keep from 1 to {MOST_CAUSES} of them")
    for cause in causes:
        if cause.get("control") not in CONTROLS:
            message = f"the cause {cause.get('key')!r} is control: {cause.get('control')!r}"
            reading.problem(place, message, f"write one of {', '.join(CONTROLS)}")


def _check_use(reading: Reading, scenario: Scenario) -> None:
    """A problem for each given fact that no text uses, no exercise uses and no used derived fact rests on."""
    used = reading.used | {name for exercise in EXERCISES.values() for name in exercise.uses}
    used |= inputs_of(used)
    for name, fact in scenario.facts.items():
        if name not in used and fact.source != "derived":
            message = f"the fact {name!r} is used nowhere"
            reading.problem(fact.place, message, f"use it as {{{{ {name} }}}}, or delete it")


def check_answers(reading: Reading, folder: Path, course: Course) -> None:
    """Add a problem for each persona's answer that its exercise can't take as it is fitted to this case.

    To be called when nothing else is wrong: what is fitted rests on the facts, the models and the other answers.
    """
    for persona in course.scenario.personas.values():
        file = folder / "personas" / f"{persona.name}.md"
        for block in reading.raw(file).fences("answers"):
            if block.name in EXERCISES and block.name in persona.answers:
                fitted = EXERCISES[block.name].fitted(_case(course, persona, EXERCISES[block.name].reads))
                for answer in block.children:
                    if answer.name in persona.answers[block.name]:
                        place = Place(reading.path(file), answer.place.line)
                        _check_answer(reading, place, answer.name, persona.answers[block.name], fitted)


def _case(course: Course, persona: Persona, reads: Iterable[str]) -> Case:
    """What an exercise knows of its surroundings when this persona answers it."""
    scenario = course.scenario
    others = {name: _read(EXERCISES[name].fields, persona.answers.get(name, {})) for name in reads}
    return Case(scenario.facts, course.wording, scenario.data, scenario.dependencies, scenario.timeline, others)


def _read(fields: Iterable[Field], given: Mapping[str, str]) -> dict[str, Value]:
    return {field.name: field.read(given[field.name]) for field in fields if field.name in given}


def _check_answer(
    reading: Reading, place: Place, name: str, answers: Mapping[str, str], fitted: Iterable[Field]
) -> None:
    fields = {field.name: field for field in fitted}
    if name not in fields:
        reading.problem(place, f"{name!r} is not asked in this case", f"take it out; asked are {', '.join(fields)}")
        return
    try:
        fields[name].read(answers[name])
    except AnswerError as error:
        reading.problem(place, str(error).rstrip("."), "give an answer that the field can take in this case")
