"""Fail Forward: a workshop course kit. A notebook needs one name from here, ``Lab``."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workshop.lab import Lab

__all__ = ["Lab"]


def __getattr__(name: str) -> Any:
    # Late, so that `workshop.content` and `workshop.build` stay free of widgets.
    if name == "Lab":
        from workshop.lab import Lab

        return Lab
    raise AttributeError(f"module 'workshop' has no attribute {name!r}")
