"""The shared table of cases, and random ones beside it, as the rules' tests in Python and in the browser take them."""

import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from workshop.exercises.base import is_answer
from workshop.exercises.notice import Notice
from workshop.exercises.rules import Length, count_words, minutes_aloud, outside, read_number
from workshop.exercises.story import WORDS_A_MINUTE, Story
from workshop.facts import show_number

TABLE: dict[str, list[Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
RULES: dict[str, Length] = {"story": Story.length, "notice": Notice.length}
UNITS = sorted({case[1] for kind in ("numbers", "shown") for case in TABLE[kind]})

Case = tuple[str, list[Any]]
"""The kind of a rule, and what it is asked about."""


def said_by_python(kind: str, given: list[Any]) -> Any:
    """What the reference says of a case: of any kind of the table, with ``given`` as the table writes it."""
    match kind, given:
        case "words", [text]:
            return count_words(text)
        case "minutes", [words]:
            return f"{minutes_aloud(words, WORDS_A_MINUTE):.1f}"
        case "answers", [value]:
            return is_answer(value)
        case "numbers", [text, unit]:
            return read_number(text, unit)
        case "bounds", [number, least, most]:
            return outside(number, -math.inf if least is None else least, math.inf if most is None else most)
        case "shown", [number, unit]:
            return show_number(number, unit).strip()
        case (("story" | "notice") as name, [texts]):
            said = RULES[name].said(dict(zip(RULES[name].fields, texts, strict=False)))
            return said and {"key": said[0], **said[1]}
    raise ValueError(kind)


def written() -> Iterator[tuple[Case, Any]]:
    """The table's cases, each with what it wants. Texts of so many words stand for the numbers of the two rules."""
    for kind, cases in TABLE.items():
        for *given, wanted in cases:
            if kind in RULES:
                yield (kind, [[" ".join(["word"] * count) for count in given[0]]]), wanted
            else:
                yield (kind, given), wanted


BLANKS = [chr(code) for code in range(0x3001) if chr(code).isspace()] + ["\ufeff", "\u200b", "\u180e"]
LETTERS = [*"abzAZ019", *"éßΩЖ日あ🙂", "e\u0301", "\u2028", "\U0001f44d\U0001f3fd"]
PUNCTUATION = [*"-–—−*•·…|/\\.,:;!?()[]{}\"'“”‘’«»#>&+=%$@_~^`<"]
DIGITS = [*"0123456789" * 3, *".,eE+-−–$%xXmM_ ' ", "week", "weeks", "ms", " calls a second", "\u00a0", "٣", "∞"]


def invented(seed: int, count: int) -> Iterator[Case]:
    """Cases that nobody has thought of, the same ones for the same seed."""
    chance = random.Random(seed)

    def text(alphabet: list[str], most: int) -> str:
        return "".join(chance.choice(alphabet) for _ in range(chance.randrange(most)))

    def number() -> float:
        return round(chance.choice((-1, 1)) * 10 ** chance.uniform(-6, 9), chance.randrange(8))

    for _ in range(count):
        yield "words", [text([*BLANKS, *LETTERS, *PUNCTUATION], 60)]
        yield "answers", [text([*BLANKS, *LETTERS], 3)]
        yield "numbers", [text(DIGITS, 8), chance.choice(UNITS)]
        yield "numbers", [f"{chance.choice(BLANKS)}{number()!r}{chance.choice(DIGITS)}", chance.choice(UNITS)]
        yield "shown", [number(), chance.choice(UNITS)]
        yield "bounds", [number(), *sorted((number(), number()))]
        yield "minutes", [chance.randrange(2000)]
        name = chance.choice(list(RULES))
        yield name, [[" ".join(text(LETTERS, 4) for _ in range(chance.randrange(90))) for _ in RULES[name].fields]]
