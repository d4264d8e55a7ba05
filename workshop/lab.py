"""``Lab``: all that a notebook touches."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from workshop.attempt import Attempt
from workshop.content import load_course
from workshop.course import Course
from workshop.errors import UnknownName
from workshop.exercises import CARD
from workshop.exercises.quiz import quiz_name
from workshop.journal import Journal
from workshop.onscreen import Following
from workshop.views.absent import Absent
from workshop.views.figures import build_chart, build_table
from workshop.whereabouts import Progress, greeting_html
from workshop.workspace import content_root, scenario_root, workspace

if TYPE_CHECKING:
    import pandas as pd

    from workshop.contract_lab import LabContract
    from workshop.views.chart import Chart
    from workshop.views.table import Table


@cache
def _course(root: Path, scenario: Path | None) -> Course:
    return load_course(root, scenario)


class Lab:
    """A module's exercises, tables and charts, for one participant.

    ``module`` is the module's slug. ``participant`` names the journal, ``answers/<participant>.jsonl`` in the
    workspace. Raises UnknownName for a module that the course doesn't have.
    """

    def __init__(self, module: str, participant: str = "me") -> None:
        self.course = _course(content_root(), scenario_root())
        slugs = {each.slug: each for each in self.course.modules}
        if module not in slugs:
            raise UnknownName("module", module, slugs)
        self.module = slugs[module]
        self.journal = Journal.of(workspace(), participant, self.course.version)

    def _repr_html_(self) -> str:
        return greeting_html(self.course, self.journal)

    def __repr__(self) -> str:
        return f"Lab({self.module.slug!r}, {self.journal.path.stem!r})"

    def exercise(self, name: str) -> Attempt:
        """The participant's attempt at an exercise of the course; UnknownName if there is none of that name."""
        return Attempt.of(self.course, name, self.journal)

    def quiz(self) -> Attempt:
        """The participant's attempt at this module's quiz; UnknownName if it has none."""
        return self.exercise(quiz_name(self.module.slug))

    def progress(self) -> Following:
        """How far the participant is in this module and in the course; on screen it follows the answers."""
        look = Progress(self.course, self.module, self.journal).again
        return Following(f"progress/{self.module.slug}", self.module.exercises, self.journal.path, look)

    def table(self, name: str, known: str = "before") -> "Table":
        """One of the case's tables: its timeline, its dependencies, its mix of demand.

        The timeline ends before the outcome, unless ``known`` is ``all``.
        """
        return build_table(name, self.course.scenario, self.course.figures, known=known)

    def chart(self, name: str) -> "Chart":
        """One of the case's charts, with its numbers as a table below."""
        return build_chart(name, self.course.scenario, self.course.figures)

    def frame(self, name: str) -> "pd.DataFrame | Absent":
        """One of the case's data sets as a pandas frame (``workshop.frames`` lists columns and dtypes).

        Where there is no pandas (in a browser), a sentence that says so.
        """
        if find_spec("pandas") is None:
            return Absent(self.course.interface["no_frame"])
        from workshop.frames import frame

        return frame(self.course.scenario, name)

    def contract(self) -> "LabContract":
        """The agreement of the exercise ``promise`` as the participant left it, to be held against a service."""
        from workshop.contract_lab import LabContract

        exports = self.journal.path.parent.parent / "exports"
        return LabContract(self.course, self.exercise("promise").answers, exports)

    def card(self) -> Following:
        """The participant's story card as it stands; on screen it follows the answers."""
        story = self.exercise(CARD)
        return Following("card", (CARD,), self.journal.path, lambda: story.card)

    def check(self) -> "Table":
        """The set-up check: what must work before the workshop begins, and what to do where it doesn't."""
        from workshop.setup_check import check_setup

        return check_setup(self.journal, self.course.figures["check"])
