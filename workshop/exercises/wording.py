"""Questions about wording: the phrases of a text that a kind coach would ask about. Pure; nothing is scored.

What to look for is data: ``content/wording/<flag>.md`` holds each rule with its question, its examples and its known
limits, and ``workshop.content.wording`` compiles it. This module only knows how a text is put together: sentences,
quotations (never flagged: they are somebody else's words, or an example), and who the subject of a phrase is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase, ascii_uppercase
from typing import Literal, get_args

from workshop.course import Place

Mode = Literal["story", "notice", "postmortem"]
Subject = Literal["own", "other", "thing", "unknown"]
"""Who a phrase is about: the writer (I, we, our team), another person or group, a thing, or no way to tell."""

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
SUBJECTS: tuple[str, ...] = get_args(Subject)

SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
"""Makes letters small one by one, so that places in the text stay the same (``str.lower`` may add characters)."""
PERSON, GROUP = r"[A-Z]{2}[A-Z-]*", r"[A-Z][a-z][a-z-]*"
"""Expressions for a marked person and a marked group."""
MASK = "\ufffc"
"""Stands for every character of a quotation, so that places in the text stay the same."""


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
class Nouns:
    """The words, in small letters, that mean a person or a group of people; ``endings`` are those of further persons."""

    persons: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    groups: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    thing_endings: tuple[str, ...] = ()

    def mark(self, word: str) -> str:
        """``word`` in small letters, a person in CAPITALS, a group with a Capital: expressions can tell them apart."""
        word = word.translate(SMALL)
        if word in self.persons or word.endswith(self.endings):
            return word.upper()
        return word.capitalize() if word in self.groups else word

    def mark_all(self, text: str) -> str:
        """Every word of ``text`` marked; as long as ``text``."""
        return WORD.sub(lambda match: self.mark(match[0]), text)


@dataclass(frozen=True)
class Lack:
    """What a whole part of an answer should hold: the part is asked about when ``wanted`` is not in it.

    ``crowd`` is what may drown it: three or more of those, and three times as many as ``wanted``, count as a lack.
    """

    wanted: re.Pattern[str]
    ignored: re.Pattern[str] | None = None
    crowd: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Rule:
    """One flag: what it sees, in which modes, and the question to ask (which may hold ``{{ quote }}``)."""

    flag: str
    title: str
    modes: tuple[str, ...]
    question: str
    place: Place
    nouns: Nouns = Nouns()
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
    marked, nouns = "", None
    found = []
    for rule in rules:
        if mode in rule.modes and rule.phrases:
            if rule.nouns is not nouns:
                nouns = rule.nouns
                marked = nouns.mark_all(masked)
            for start, end in spans:
                for first, last in _in_sentence(masked[start:end], marked[start:end], mode, rule):
                    found.append(Finding(start + first, start + last, rule.flag, text[start + first : start + last]))
    return sorted(found)


def check_part(text: str, rules: Iterable[Rule], *flags: str) -> list[Finding]:
    """The named flags' findings about a whole part of an answer; the quote is the part. An empty part is not asked."""
    part = text.strip()
    if not part:
        return []
    start = text.index(part)
    masked = mask(part).translate(SMALL)
    return sorted(
        Finding(start, start + len(part), rule.flag, part)
        for rule in rules
        if rule.flag in flags and rule.lack and _lacks(masked, rule.lack)
    )


def _lacks(masked: str, lack: Lack) -> bool:
    if lack.ignored:
        masked = lack.ignored.sub(" ", masked)
    wanted = len(lack.wanted.findall(masked))
    crowd = len(lack.crowd.findall(masked)) if lack.crowd else 0
    return wanted == 0 or crowd >= 3 * wanted and crowd >= 3


def _in_sentence(sentence: str, marked: str, mode: str, rule: Rule) -> list[tuple[int, int]]:
    """The spans of a rule's phrases in a sentence; of those that overlap, the one that begins first and is longest."""
    kept: list[tuple[int, int]] = []
    for span in sorted(_spans(sentence, marked, mode, rule), key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _spans(sentence: str, marked: str, mode: str, rule: Rule) -> Iterator[tuple[int, int]]:
    for phrase in rule.phrases:
        if mode not in phrase.modes:
            continue
        for match in phrase.expression.finditer(marked):
            start, end = match.span()
            if _excused(rule.excuses[mode], marked, start, end) or _excused(phrase.excuses, marked, start, end):
                continue
            if phrase.subjects == SUBJECTS:
                yield start, end
                continue
            who, begins = subject(sentence[:start], marked[:start], rule.nouns)
            if who in phrase.subjects:
                yield begins, end


def _excused(excuses: Excuses, sentence: str, start: int, end: int) -> bool:
    where = ((excuses.anywhere, sentence), (excuses.before, sentence[:start]), (excuses.after, sentence[end:]))
    return any(pattern and pattern.search(text) for pattern, text in where)


# The text: quotations and sentences

QUOTATION = re.compile(
    r"""(?<![\w"])"(?=\S)[^"]{1,600}?"(?!\w)"""  # "double"
    r"""|“[^”]{1,600}”|«[^»]{1,600}»"""
    r"""|(?<![\w'])'(?=[^\s'])(?:[^']|(?<=\w)'(?=\w)){1,600}?(?<=[^\s'])'(?!\w)"""  # 'single', with didn't inside
    r"""|`[^`\n]+`"""
    r"""|^[ \t]*>[^\n]*""",  # a quoted line
    re.MULTILINE,
)
ABBREVIATION = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|e\.g|i\.e|vs|approx|No|Fig|[A-Z])|\.[A-Za-z])\.$")
BREAK = re.compile(r"""[.!?…]+["'”’)\]\ufffc]*(?=\s+[^\sa-z]|\s*$)|\n[ \t]*\n|\n(?=[ \t]*(?:[-*•>#]|\d+[.)])[ \t])""")
OPENING = re.compile(r"\s*(?:(?:[-*•>#]+|\d{1,2}[.)])\s+)*")


def mask(text: str) -> str:
    """``text`` with straight apostrophes, and with ``MASK`` for every character of a quotation; as long as ``text``."""
    straight = text.replace("’", "'").replace("‘", "'")
    return QUOTATION.sub(lambda match: MASK * len(match[0]), straight)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of ``text``, without the white space and list marks round them."""
    start = 0
    for match in BREAK.finditer(text):
        if match[0][0] == "." and ABBREVIATION.search(text, start, match.start() + 1):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    opening = OPENING.match(text, start, end)
    start = opening.end() if opening else start
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    if start < end:
        yield start, end


# The subject of a phrase

WORD = re.compile(r"[A-Za-z][A-Za-z-]*")
TOKEN = re.compile(r"[\w'-]+|[^\w\s]")
HELPERS = frozenset(
    "am is are was were be been being has have had having do does did will would could can should might may must"
    " isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't couldn't can't not"
    " just also still even always never simply only once again then ever yet often soon already both all"
    " maybe perhaps probably sometimes usually occasionally generally first somehow too however though to 'd 'll 've 're".split()
)
OWN = frozenset("i we myself ourselves i'd i'll i've i'm we'd we'll we've we're".split())
OTHER = frozenset(
    "they he she you they'd they've they're they'll he'd he's he'll she'd she's she'll you'd you've you're you'll"
    " everyone everybody someone somebody nobody no-one anyone anybody others".split()
)
THING = frozenset("it it's it'd this these those there what".split())
LINKS = frozenset("and but or nor so yet then ,".split())
EDGES = frozenset(
    "because when while if unless since although though whereas until as once before after whether how why where"
    " ; : . ( ) – — -".split()
)
RELATIVES = frozenset("who which whom whose that".split())
DETERMINERS = frozenset("the a an our my their his her your its this that these those some any no every each one".split())
PARTS = frozenset("one some all none most many half members head heads rest people lot couple majority chief each any".split())
JOINTS = frozenset("of in at from on for with".split())


def subject(before: str, marked: str, nouns: Nouns) -> tuple[Subject, int]:
    """Whom a phrase is about, given the sentence before it as typed and as marked, and where that subject begins.

    Shallow on purpose: it walks left over helping verbs and adverbs to a pronoun or a noun with its article, or through
    "and" and "but" to the subject that the clause began with.
    """
    words = [(match[0], match.start()) for match in TOKEN.finditer(marked)]
    at = len(words) - 1
    while at >= 0 and (words[at][0] in HELPERS or words[at][0].endswith("ly")):
        at -= 1
    if at >= 0 and words[at][0] in LINKS:
        return _clause_subject(before, words, at, nouns)
    relative = at > 0 and words[at][0] in RELATIVES
    if relative:
        at -= 2 if words[at - 1][0] == "," and at > 1 else 1
    return _noun_phrase(before, words, at, nouns, relative) if at >= 0 else ("unknown", len(before))


def _clause_subject(before: str, words: Sequence[tuple[str, int]], at: int, nouns: Nouns) -> tuple[Subject, int]:
    """The subject that the clause left of a link began with: its nearest subject pronoun, else its first person."""
    first = at
    while first > 0 and words[first - 1][0] not in EDGES:
        first -= 1
    for word, start in reversed(words[first:at]):
        if word in OWN or word in OTHER:
            return ("own" if word in OWN else "other"), start
    for index in range(first, min(first + 5, at)):
        if words[index][0][0].isupper():
            return _noun_phrase(before, words, index, nouns)
    return "thing", len(before)


def _noun_phrase(
    before: str, words: Sequence[tuple[str, int]], at: int, nouns: Nouns, relative: bool = False
) -> tuple[Subject, int]:
    """Class and start of the noun phrase that ends at a word; a relative clause is about the noun just before it."""
    word, start = words[at]
    if word == "one" and at and words[at - 1][0] in ("no", "any", "every", "some"):
        return "other", words[at - 1][1]
    if word in OWN | OTHER | THING:
        return ("own" if word in OWN else "other" if word in OTHER else "thing"), start
    first = at
    while first > 0 and at - first < 7 and words[first - 1][0] not in EDGES | LINKS:
        first -= 1
        if words[first][0] in DETERMINERS and (relative or first == 0 or words[first - 1][0] not in JOINTS):
            break
    if words[first][0] not in DETERMINERS:
        while first < at and not before[words[first][1]].isupper() and words[first][0].islower():
            first += 1
    return _head_class(before, [word for word, _ in words[first : at + 1]], words[first][1], nouns)


def _head_class(before: str, phrase: Sequence[str], start: int, nouns: Nouns) -> tuple[Subject, int]:
    """What a noun phrase is about: the noun before its first "of" or "in", or after it if that is "one of", "head of"."""
    joints = [index for index, word in enumerate(phrase) if word in JOINTS]
    head = phrase[-1]
    if joints and joints[0] and phrase[joints[0] - 1] not in PARTS:
        head = phrase[joints[0] - 1]
    if head in OTHER or head.isupper() and len(head) > 1:
        return "other", start
    if head.istitle():
        return ("own" if phrase[0] == "our" else "other"), start
    if head in nouns.things or head.endswith(nouns.thing_endings) or head.endswith("'s"):
        return "thing", start
    named = before[start].isupper() and phrase[0] not in DETERMINERS and (start > 0 or len(phrase) == 1)
    return ("other" if named else "unknown"), start
