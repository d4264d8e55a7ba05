"""How far a participant has come in the course. Only the journal is asked, and nothing is kept."""

from dataclasses import dataclass

from workshop.attempt import Attempt
from workshop.course import Course, Module
from workshop.exercises.base import is_answer
from workshop.journal import Journal


@dataclass(frozen=True)
class ModuleProgress:
    """A module's exercises and its quiz by name, in order: those that have an answer, and those that want no more."""

    module: Module
    begun: tuple[str, ...]
    done: tuple[str, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """Those that still want an answer, begun or not."""
        return tuple(name for name in self.module.exercises if name not in self.done)


def progress(course: Course, journal: Journal) -> tuple[ModuleProgress, ...]:
    """How far each module is, in the course's order; JournalError if the answers can't be read."""
    return tuple(module_progress(course, module, journal) for module in course.modules)


def module_progress(course: Course, module: Module, journal: Journal) -> ModuleProgress:
    """How far one module is; JournalError if the answers can't be read."""
    attempts = [Attempt.of(course, name, journal) for name in module.exercises]
    begun = tuple(each for each in attempts if any(is_answer(value) for value in each.answers.values()))
    done = tuple(each.exercise.name for each in begun if not each.missing)
    return ModuleProgress(module, tuple(each.exercise.name for each in begun), done)


def last(course: Course, journal: Journal) -> tuple[Module, str] | None:
    """Where the participant stopped: the exercise (or quiz) answered last, and its module; None before any answer.

    Exercises that this course doesn't have are passed over; JournalError if the answers can't be read.
    """
    modules = {name: module for module in course.modules for name in module.exercises}
    return next(((modules[name], name) for name in journal.exercises() if name in modules), None)
