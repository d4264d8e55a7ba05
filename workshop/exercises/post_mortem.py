"""What the three exercises of the post-mortem ask about any text: its wording, and whether it names a person."""

from collections.abc import Mapping

from workshop.exercises import wording
from workshop.exercises.base import Advice, Case

MODE = "postmortem"
QUIET = ("no_first_person", "no_numbers", "fake_failure")
"""Flags about a story's whole parts, and about its hero. A post-mortem has none."""
FLAGS = tuple(flag for flag in wording.FLAGS if flag not in QUIET)
LOOK = "look."
"""Advice keys that begin so have their question in ``content/looks/``."""

KEYS: Mapping[str, tuple[str, ...]] = {
    **{f"wording.{flag}": ("quote",) for flag in FLAGS},
    f"{LOOK}named": ("quote",),
}


def ask(field: str, text: str, case: Case, *, but: tuple[str, ...] = ()) -> list[Advice]:
    """The questions about the wording of one field's text, ``but`` these flags; then that about a person's name."""
    found = wording.apart(wording.check(text, MODE, case.wording))
    advice = [
        Advice(f"wording.{each.flag}", field, quotes=(each.quote,), values={"quote": each.quote})
        for each in found
        if each.flag in FLAGS and each.flag not in but
    ]
    return advice + look(field, "named", text, case)


def look(field: str, name: str, text: str, case: Case) -> list[Advice]:
    """The question of one of ``content/looks``, if its words are in the text."""
    quote = case.review.sees(name, text)
    return [Advice(f"{LOOK}{name}", field, quotes=(quote,), values={"quote": quote})] if quote else []
