"""Everything that can go wrong, as a tree.

::

    WorkshopError
    ├── ContentError      the course's source has problems (all of them, each with its place)
    ├── UnknownName       no such module, exercise, persona, parameter ... (with the nearest one)
    ├── AnswerError       a field can't take this value
    ├── JournalError      answers can't be read from or written to disk
    ├── ExportError       a card could not be written
    ├── WorkspaceError    a folder can't be used as asked
    ├── SiteError         the static site can't be built
    └── RunError          a notebook's cell failed (at its place in the Markdown source)

Every message says what is wrong and what to do about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

MOST_LISTED = 12
"""More names than these are not read by anybody."""


class WorkshopError(Exception):
    """The base of all errors that this package raises on purpose."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in the course's source: where, what, and what to do about it."""

    path: str
    line: int
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}; {self.fix}"


class ContentError(WorkshopError):
    """The course's source has problems; ``problems`` holds every one of them, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownName(WorkshopError):
    """A name that is not among those that exist; the message offers the nearest."""

    def __init__(self, kind: str, name: str, known: Iterable[str], where: object = "") -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        place = f" in {where}" if where else ""
        super().__init__(f"There is no {kind} {name!r}{place}. {offer(name, self.known)}")


class AnswerError(WorkshopError):
    """A field can't take this value."""


class JournalError(WorkshopError):
    """Answers can't be read from, or written to, disk."""


class ExportError(WorkshopError):
    """A card could not be written."""


class WorkspaceError(WorkshopError):
    """A folder can't be used as asked."""


class SiteError(WorkshopError):
    """The static site can't be built."""


class RunError(WorkshopError):
    """A cell of a notebook failed."""


def offer(name: str, known: Iterable[str]) -> str:
    """A sentence that offers the known name nearest to ``name`` (or begun by it), or else lists them all if few."""
    known = sorted(known)
    begun = [each for each in known if name and each.startswith(name)]
    if near := get_close_matches(name, known, n=1) or begun[:1]:
        return f"Did you mean {near[0]!r}?"
    if len(known) > MOST_LISTED:
        return f"None of the {len(known)} that exist is like it."
    return f"There is: {', '.join(known)}." if known else "There are none."
