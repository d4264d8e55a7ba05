"""The stakeholder notice: at most 200 words, in the order in which one would write them, and what its reader asks back.

The reader's questions come from word lists and no reader. Each list is known to be wrong somewhere; the questions may
be dismissed, and there are never more than three.
"""

import re
from collections.abc import Callable, Mapping
from typing import ClassVar

from workshop.exercises import wording
from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.rules import Length
from workshop.exercises.sentences import mask
from workshop.exercises.telling import PEOPLE

MOST_WORDS = 200
MOST_QUESTIONS = 3
ENOUGH = 6
"""So many parts hold text before the reader asks anything: until then the writer is still at it."""

NUMBER = r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
A_NUMBER = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)
A_RANGE = re.compile(
    rf"\b{NUMBER}\s?[^\W\d_%]*%?\s?(?:to|-|\u2013|and|or)\s?[$\u20ac\u00a3]?{NUMBER}\b|\bup to\b|\bat (?:least|most)\b",
    re.IGNORECASE,
)
CONFIDENCE = re.compile(r"\b(?:sure|certain|confiden\w+|chances?|odds|likel\w+|probab\w+|guess|bet)\b", re.IGNORECASE)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
A_TIME = re.compile(
    rf"""\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|yesterday|tomorrow|noon|midnight
    |this\ (?:morning|afternoon|evening|week)|last\ (?:night|week)|end\ of\ (?:the\ )?(?:day|week)|at\ once|now
    |\d{{1,2}}[:.]\d{{2}}|\d{{1,2}}\s?[ap]m|\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th)?\ {MONTH}|{MONTH}\ \d{{1,2}}
    |(?:week|day)\ {NUMBER}|(?:within|in|every)\ (?:\w+\ )?(?:hours?|days?|weeks?|morning|evening))\b""",
    re.IGNORECASE | re.VERBOSE,
)
ALTERNATIVES = re.compile(
    r"\bor\b|\n|;|\b(?:both|either|second|alternatively|two|three|versus|vs|against)\b|\bB\b|(?:^|\s)\(?2[.):]"
)
SOMEBODY = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
A_NAME = re.compile(rf"(?<=[a-z,;] )(?!\w+day\b|(?i:{MONTH})\b)[A-Z][a-z]+")
MINE = re.compile(r"\b(?:i|i[\u2019']\w+|my|mine|me)\b", re.IGNORECASE)
NONE = re.compile(r"\W*(?:nothing|none|no|n/?a|not much|unknown)\b.{0,20}", re.IGNORECASE)

Lacks = Callable[[str], bool]


def _without(*patterns: re.Pattern[str]) -> Lacks:
    """True for a text in which none of the patterns is found outside quotations."""
    return lambda text: not any(pattern.search(mask(text)) for pattern in patterns)


QUESTIONS: Mapping[str, Mapping[str, Lacks]] = {
    "decision": {"when": _without(A_TIME), "whom": _without(SOMEBODY, A_NAME, PEOPLE)},
    "impact": {"number": _without(A_NUMBER), "range": _without(A_RANGE), "sure": _without(CONFIDENCE)},
    "changed": {"when": _without(A_TIME)},
    "options": {"one": _without(ALTERNATIVES), "cost": _without(A_NUMBER)},
    "recommendation": {},
    "unknown": {"nothing": lambda text: NONE.fullmatch(text.strip()) is not None},
    "next_update": {"when": _without(A_TIME)},
    "responsibility": {"mine": _without(MINE)},
    "containment": {},
    "assumed": {},
    "known": {},
    "contact": {},
    "status": {},
}
"""The parts in the order in which a reader misses them, and what each may lack: key to whether a text lacks it.

An empty part is asked about as ``<part>.missing``, another as ``<part>.<key>`` for the first thing that it lacks.
Known to be wrong: a number or a time that means something else ("option two", "the May plan") counts; so does any name
in ``decision``, whoever it belongs to; a cost without a figure ("the whole season") is asked about.
"""


class Notice(Exercise):
    """A setback notice, part by part. It counts the words, asks about wording, and lets the reader ask three times."""

    name: ClassVar = "notice"
    exports: ClassVar = ("md", "docx")
    fields: ClassVar = (
        Field("status", "line"),
        Field("changed"),
        Field("impact"),
        Field("known", group="facts"),
        Field("unknown", group="facts"),
        Field("assumed", group="facts"),
        Field("responsibility"),
        Field("options"),
        Field("recommendation"),
        Field("decision"),
        Field("containment"),
        Field("next_update", "line"),
        Field("contact", "line"),
    )
    keys: ClassVar = {
        **{f"wording.{flag}": ("quote",) for flag in wording.FLAGS},
        **{f"{part}.{lack}": () for part, lacks in QUESTIONS.items() for lack in ("missing", *lacks)},
        "words.fine": ("words", "left"),
        "words.long": ("words", "over"),
        "reader.content": (),
    }
    length: ClassVar = Length("words", tuple(field.name for field in fields), most=MOST_WORDS)

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """The wording, part by part; then the reader's questions, the most important first; then the count of words."""
        texts = parts_of(answers)
        if not texts:
            return []
        advice = [item for part, text in texts.items() for item in _worded(part, text, case)]
        if len(texts) >= ENOUGH:
            asked = [question for part in QUESTIONS if (question := _question(part, texts.get(part, "")))]
            advice += asked[:MOST_QUESTIONS] or [Advice("reader.content", kind="tell")]
        return [*advice, *self.about_length(answers)]


def parts_of(answers: Answers) -> dict[str, str]:
    """The parts that hold text, in the order of the notice."""
    texts = {field.name: str(answers.get(field.name) or "").strip() for field in Notice.fields}
    return {part: text for part, text in texts.items() if text}


def _worded(part: str, text: str, case: Case) -> list[Advice]:
    """The questions about the wording of a part. What is assumed or not known may be said softly."""
    findings = wording.apart(wording.check(text, "notice", case.wording))
    return [
        Advice(f"wording.{finding.flag}", part, quotes=(finding.quote,), values={"quote": finding.quote})
        for finding in findings
        if not (finding.flag == "hedging" and part in ("unknown", "assumed"))
    ]


def _question(part: str, text: str) -> Advice | None:
    """What the reader asks about a part; None if nothing."""
    if not text:
        return Advice(f"{part}.missing", part)
    lack = next((key for key, lacks in QUESTIONS[part].items() if lacks(text)), None)
    return Advice(f"{part}.{lack}", part) if lack else None
