"""What this kernel has on screen, so that it follows the answers that it shows and no cell is run again for it."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Protocol


class Follower(Protocol):
    """Something on screen that shows answers."""

    def follow(self, exercise: str, journal: Path) -> None:
        """Called after answers to ``exercise`` were saved in this journal."""


_SHOWN: dict[str, Follower] = {}


def show(key: str, follower: Follower) -> None:
    """``follower`` is on screen from now on, in place of what had the same ``key``: a cell that is run again."""
    _SHOWN[key] = follower


def saved(exercise: str, journal: Path) -> None:
    """Tell everything on screen that answers to ``exercise`` were saved in this journal."""
    for follower in list(_SHOWN.values()):
        follower.follow(exercise, journal)


class Following:
    """A cell's last value that says what ``look`` returns, and looks again when answers to ``exercises`` are saved.

    ``name`` tells it from others of the same ``journal``. What ``look`` returns has HTML for the page and a ``repr``.
    """

    def __init__(self, name: str, exercises: Collection[str], journal: Path, look: Callable[[], Any]) -> None:
        self._name, self._exercises, self._journal, self._look = name, exercises, journal, look
        self._shown: dict[str, str] = {}
        self._handle: Any = None

    def follow(self, exercise: str, journal: Path) -> None:
        """Show what has changed, if these answers are among those that it shows."""
        if exercise in self._exercises and journal == self._journal and (bundle := self._bundle()) != self._shown:
            self._shown = bundle
            self._handle.update(bundle, raw=True)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        self._shown = self._bundle()
        self._handle = display(self._shown, raw=True, display_id=True)
        show(f"{self._journal}/{self._name}", self)

    def _bundle(self) -> dict[str, str]:
        shown = self._look()
        return {"text/html": shown._repr_html_(), "text/plain": repr(shown)}

    def _repr_html_(self) -> str:
        return self._bundle()["text/html"]

    def __repr__(self) -> str:
        return self._bundle()["text/plain"]
