"""Spot the blame: read a sentence about a failure, say what it does, and say it again so that somebody owns it.

Who speaks, the sentence, the reading and the two model rewrites are words, and stand in the content file; what stands
here is only which of the readings the reference takes, because the code compares it with the participant's.
"""

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from workshop.exercises import wording
from workshop.exercises.base import Advice, Answers, Case, Exercise, Field

READINGS = ("owns", "shifts", "hides", "fakes", "punishes")
"""What a sentence may do: own a decision, shift it, leave out who decided, dress up a strength, punish the speaker."""

REFERENCE: Mapping[str, str] = {
    "bakery": "shifts",
    "ward": "hides",
    "software": "fakes",
    "school": "owns",
    "theatre": "shifts",
    "site": "hides",
    "charity": "punishes",
    "depot": "shifts",
    "lab": "hides",
    "sales": "fakes",
    "farm": "owns",
    "museum": "shifts",
}
"""The items in order, each with the reading that the reference takes. It is one reading, and open to argument."""

FEWEST_WORDS = 5
"""A rewrite shorter than this has not been written yet."""
SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*(?=\s|$)""")


class SpotTheBlame(Exercise):
    """For each item a reading, a line on why, and an own rewrite; every item ends on the rewrite.

    The rewrite is asked about its wording as a story is. The reference reading and the two models wait until all three
    parts are there and a sentence of the rewrite has come to its end, so that nobody reads a model before writing.
    They stand below the rewrite, where they can't push it away while somebody types. There is no count of readings
    that fit: the rewrite is what the exercise is for.
    """

    name: ClassVar = "spot-the-blame"
    fields: ClassVar = tuple(
        field
        for item in REFERENCE
        for field in (
            Field(f"{item}_reading", "choice", group=item, choices=READINGS),
            Field(f"{item}_why", "line", group=item),
            Field(f"{item}_rewrite", group=item),
        )
    )
    keys: ClassVar = {
        **{f"wording.{flag}": ("quote",) for flag in wording.FLAGS if flag != "no_numbers"},
        "waiting": (),
        "reading.other": (),
        **{f"{item}.reading": () for item in REFERENCE},
        **{f"{item}.models": () for item in REFERENCE},
        "finished": (),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Item by item: the questions about the rewrite, then what was held back until it stood there."""
        advice = [said for item in REFERENCE for said in _about(item, answers, case)]
        if all(_complete(item, answers) for item in REFERENCE):
            advice.append(Advice("finished", kind="tell"))
        return advice


def _about(item: str, answers: Answers, case: Case) -> Iterator[Advice]:
    """What to say back about one item."""
    field, rewrite = f"{item}_rewrite", _text(f"{item}_rewrite", answers)
    yield from _questions(field, rewrite, case)
    if not _complete(item, answers):
        if len(rewrite.split()) >= FEWEST_WORDS:
            yield Advice("waiting", field, "tell")
        return
    if answers[f"{item}_reading"] != REFERENCE[item]:
        yield Advice("reading.other", field)
    yield Advice(f"{item}.reading", field, "tell")
    yield Advice(f"{item}.models", field, "tell")


def _questions(field: str, rewrite: str, case: Case) -> Iterator[Advice]:
    """About a rewrite's wording, one question to the same words; and, where there is no "I" in it, about that."""
    for finding in wording.apart(wording.check(rewrite, "story", case.wording)):
        yield Advice(f"wording.{finding.flag}", field, quotes=(finding.quote,), values={"quote": finding.quote})
    for finding in wording.check_part(rewrite, case.wording, "no_first_person"):
        yield Advice(f"wording.{finding.flag}", field, values={"quote": finding.quote})


def _complete(item: str, answers: Answers) -> bool:
    """The item is read, the reading has a reason, and the rewrite holds a sentence that has come to its end."""
    rewrite = _text(f"{item}_rewrite", answers)
    ends = (end.end() for end in SENTENCE_END.finditer(rewrite))
    written = any(len(rewrite[:end].split()) >= FEWEST_WORDS for end in ends)
    return written and all(_text(f"{item}_{part}", answers) for part in ("reading", "why"))


def _text(name: str, answers: Answers) -> str:
    return str(answers.get(name) or "").strip()
