"""Questions about wording: the phrases of a text that a kind coach would ask about. Pure; nothing is scored.

What to look for is data: ``content/wording/<flag>.md`` holds each rule with its question, its examples and its known
limits, and ``workshop.content.wording`` compiles it. What stands in quotation marks is never asked about: it is
somebody else's wording, or an example.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

from workshop.course import Place
from workshop.exercises.sentences import SUBJECTS, Grammar, mark, mask, sentences, subject

Mode = Literal["story", "notice", "postmortem"]

FLAGS = (
    "blame_shift",
    "fake_failure",
    "hedging",
    "hidden_actor",
    "individual_fix",
    "hindsight",
    "non_apology",
    "human_error",
    "no_first_person",
    "no_numbers",
)
"""The last two look at a part as a whole, the others at sentences."""
MODES: tuple[str, ...] = get_args(Mode)


@dataclass(frozen=True)
class Excuses:
    """What excuses a phrase: anywhere in its sentence, in the part before it, in the part after it."""

    anywhere: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Phrase:
    """Wordings to look for in a sentence, in which modes, about whom, and what excuses them."""

    expression: re.Pattern[str]
    modes: tuple[str, ...]
    subjects: tuple[str, ...] = SUBJECTS
    excuses: Excuses = Excuses()


@dataclass(frozen=True)
class Lack:
    """What a whole part of an answer should hold: the part is asked about when ``wanted`` is not in it.

    ``crowd`` is what may drown it: three or more of those, and three times as many as ``wanted``, count as a lack.
    """

    wanted: re.Pattern[str]
    ignored: re.Pattern[str] | None = None
    crowd: re.Pattern[str] | None = None


@dataclass(frozen=True, eq=False)
class Rule:
    """One flag: what it sees, in which modes, and the question to ask (which may hold ``{{ quote }}``)."""

    flag: str
    title: str
    modes: tuple[str, ...]
    question: str
    place: Place
    grammar: Grammar = field(default_factory=Grammar)
    excuses: Mapping[str, Excuses] = field(default_factory=dict)
    """Mode to what excuses every phrase of the rule there."""
    phrases: tuple[Phrase, ...] = ()
    lack: Lack | None = None
    """Set for a rule about a whole part; such a rule has no phrases."""
    fires: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Finding:
    """A wording worth a question: ``text[start:end] == quote``."""

    start: int
    end: int
    flag: str
    quote: str


def ask(text: str, mode: str, rules: Iterable[Rule]) -> list[Finding]:
    """Everything worth a question in a text that stands alone: its phrases, and what it lacks as a whole."""
    rules = tuple(rules)
    wanted = [rule.flag for rule in rules if rule.lack and mode in rule.modes]
    return sorted(check(text, mode, rules) + check_part(text, rules, *wanted))


def check(text: str, mode: str, rules: Iterable[Rule]) -> list[Finding]:
    """The phrases of ``text`` that some rule of this mode asks about, in the order of the text."""
    masked = mask(text)
    spans = list(sentences(masked))
    return sorted(
        Finding(start + first, start + last, rule.flag, text[start + first : start + last])
        for rule in rules
        if mode in rule.modes and rule.phrases
        for start, end in spans
        for first, last in _in_sentence(masked[start:end], mode, rule)
    )


def apart(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for the same words: of those that overlap, the longest."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: (finding.start - finding.end, finding)):
        if all(finding.end <= other.start or other.end <= finding.start for other in kept):
            kept.append(finding)
    return sorted(kept)


def check_part(text: str, rules: Iterable[Rule], *flags: str) -> list[Finding]:
    """The named flags' findings about a whole part of an answer; the quote is the part. An empty part is not asked."""
    part = text.strip()
    if not part:
        return []
    start = text.index(part)
    masked = mask(part)
    return sorted(
        Finding(start, start + len(part), rule.flag, part)
        for rule in rules
        if rule.flag in flags and rule.lack and _lacks(mark(masked, rule.grammar), rule.lack)
    )


def _lacks(part: str, lack: Lack) -> bool:
    if lack.ignored:
        part = lack.ignored.sub(" ", part)
    wanted = len(lack.wanted.findall(part))
    crowd = len(lack.crowd.findall(part)) if lack.crowd else 0
    return wanted == 0 or crowd >= max(3, 3 * wanted)


@lru_cache(maxsize=8192)
def _in_sentence(sentence: str, mode: str, rule: Rule) -> tuple[tuple[int, int], ...]:
    """The spans of a rule's phrases in a sentence; of those that overlap, the one that begins first and is longest.

    Remembered, because who types changes one sentence at a time.
    """
    kept: list[tuple[int, int]] = []
    for span in sorted(_spans(sentence, mode, rule), key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)


def _spans(sentence: str, mode: str, rule: Rule) -> Iterator[tuple[int, int]]:
    marked = mark(sentence, rule.grammar)
    general = rule.excuses.get(mode, Excuses())
    for phrase in rule.phrases:
        if mode not in phrase.modes:
            continue
        for match in phrase.expression.finditer(marked):
            start, end = match.span()
            if _excused(general, marked, start, end) or _excused(phrase.excuses, marked, start, end):
                continue
            if phrase.subjects == SUBJECTS:
                yield start, end
                continue
            who, begins = subject(sentence[:start], marked[:start], rule.grammar)
            if who in phrase.subjects:
                yield begins, end


def _excused(excuses: Excuses, sentence: str, start: int, end: int) -> bool:
    where = ((excuses.anywhere, sentence), (excuses.before, sentence[:start]), (excuses.after, sentence[end:]))
    return any(pattern and pattern.search(text) for pattern, text in where)
