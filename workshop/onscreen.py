"""What this kernel has on screen, so that it follows the answers that it shows and no cell is run again for it."""

from pathlib import Path
from typing import Protocol


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
