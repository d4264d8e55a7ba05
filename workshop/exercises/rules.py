"""Rules so cheap that the form applies them at every key, without asking Python: what is empty, long, or a number.

``views/rules.js`` says the same in the browser, from the same data (``sheet.build_spec`` hands it over). This module is
the reference: it has the last word when an answer is saved, and ``tests/rules`` holds the two against each other.
"""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workshop.facts import singular

MARKS = "-\u2010\u2011\u2012\u2013\u2014\u2015*\u2022\u00b7\u2026|/.,:;!?()[]\"'\u201c\u201d\u2018\u2019\u00ab\u00bb#>"
"""What stands between blanks and consists of these only, a dash or the dot of a list, is no word: nobody says it."""
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+|\d+,\d{1,2})(?:[eE][-+]?\d+)?", re.ASCII)


def count_words(text: str) -> int:
    """How many words a text has: what stands between blanks, and is more than ``MARKS``.

    Known limit: a text in a script without blanks is one word.
    """
    return sum(piece.strip(MARKS) != "" for piece in text.split())


def minutes_aloud(words: int, pace: int) -> float:
    """The minutes that so many words take at ``pace`` words a minute, to a tenth, rounded half up; 0.1 at the least."""
    return max((20 * words + pace) // (2 * pace), 1) / 10


@dataclass(frozen=True)
class Length:
    """How long the texts of ``fields`` are together, said while they are typed and again with the advice.

    With a ``pace`` in words a minute the bounds ``least`` and ``most`` are minutes, otherwise words. Advice keys begin
    with ``name``: ``.long`` above ``most``; ``.so_far`` while there is a least and some field holds no word; ``.short``
    below ``least``; ``.fine`` between.
    """

    name: str
    fields: tuple[str, ...]
    most: float
    least: float = 0
    pace: int = 0

    def said(self, texts: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
        """The key for the texts by field, and the values that its sentence may use; None where no field holds a word.

        ``words``, those ``left`` up to ``most`` or ``over`` it, ``minutes`` and ``pace``; a value without meaning for
        the rule is left out.
        """
        counts = [count_words(texts.get(name, "")) for name in self.fields]
        words = sum(counts)
        if not words:
            return None
        size = minutes_aloud(words, self.pace) if self.pace else words
        values = {"words": str(words)}
        if self.pace:
            values |= {"minutes": f"{size:.1f}", "pace": str(self.pace)}
        elif size > self.most:
            values["over"] = str(words - int(self.most))
        else:
            values["left"] = str(int(self.most) - words)
        return f"{self.name}.{self._verdict(size, all(counts))}", values

    def _verdict(self, size: float, whole: bool) -> str:
        if size > self.most:
            return "long"
        if self.least and not whole:
            return "so_far"
        return "short" if size < self.least else "fine"


def read_number(text: str, unit: str = "") -> float | None:
    """The number that somebody has written; None where it isn't clear which.

    Blanks around it, a decimal comma, a real minus and the field's own unit are fine: "15 %", "2,5", "$5M", "1 week".
    "1,000" is not: it is a thousand to some and one to others.
    """
    bare = text.strip().replace("\N{MINUS SIGN}", "-")
    sign = bare[:1] if bare[:1] in ("-", "+") else ""
    bare = bare.removeprefix(sign).strip()
    if unit.startswith("$"):
        bare = bare.removeprefix("$").strip()
    for word in spellings(unit):
        if bare.lower().endswith(word.lower()):
            bare = bare[: -len(word)].strip()
            break
    if not NUMBER.fullmatch(sign + bare):
        return None
    number = float(sign + bare.replace(",", ".")) + 0.0  # no minus zero
    return number if math.isfinite(number) else None


def spellings(unit: str) -> Collection[str]:
    """How a unit may stand behind a number: ``weeks`` and ``week``; the ``M`` of ``$M``."""
    bare = unit.removeprefix("$")
    return dict.fromkeys(word for word in (bare, singular(bare)) if word)


def outside(number: float, minimum: float = -math.inf, maximum: float = math.inf) -> str:
    """``too_low`` or ``too_high`` where a number misses its bounds; "" where it keeps them."""
    if number < minimum:
        return "too_low"
    return "too_high" if number > maximum else ""
