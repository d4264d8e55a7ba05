"""Questions about wording: the phrases of a text that a kind coach would ask about. Pure; nothing is scored.

What to look for is data: ``content/wording/<flag>.md`` holds each rule with its question, its examples and its known
limits, and ``workshop.content.wording`` compiles it. This module only knows how a text is put together: sentences,
quotations (never flagged: they are somebody else's words, or an example), and who the subject of a phrase is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from workshop.course import Place

Mode = Literal["story", "notice", "postmortem"]
Subject = Literal["own", "other", "thing"]
"""Who a phrase is about: the writer (I, we, our team), another person or group, or anything else."""

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

MASK = "\ufffc"
"""Stands for every character of a quotation, so that places in the text stay the same."""


@dataclass(frozen=True)
class Phrase:
    """A wording to look for in a sentence, and what excuses it."""

    expression: re.Pattern[str]
    modes: tuple[str, ...]
    subjects: tuple[str, ...] = SUBJECTS
    unless: re.Pattern[str] | None = None
    """Excuses the phrase wherever it stands in the sentence."""
    unless_before: re.Pattern[str] | None = None
    """Excuses it in the part of the sentence before the phrase."""
    unless_after: re.Pattern[str] | None = None
    """Excuses it in the part of the sentence after the phrase."""


@dataclass(frozen=True)
class Nouns:
    """Which nouns mean a person and which a group of people, as expressions for a single word."""

    person: re.Pattern[str]
    group: re.Pattern[str]


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
    nouns: Nouns
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
    found: list[Finding] = []
    for rule in rules:
        if mode in rule.modes and rule.phrases:
            for start, end in spans:
                for first, last in _in_sentence(masked[start:end], mode, rule):
                    found.append(Finding(start + first, start + last, rule.flag, text[start + first : start + last]))
    return sorted(found)


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
        if rule.flag in flags and rule.lack and _lacks(masked, rule.lack)
    )


def _lacks(masked: str, lack: Lack) -> bool:
    if lack.ignored:
        masked = lack.ignored.sub(" ", masked)
    wanted = len(lack.wanted.findall(masked))
    crowd = len(lack.crowd.findall(masked)) if lack.crowd else 0
    return wanted == 0 or crowd >= 3 * wanted and crowd >= 3


def _in_sentence(sentence: str, mode: str, rule: Rule) -> list[tuple[int, int]]:
    """The spans of a rule's phrases in a sentence; of those that overlap, the one that begins first and is longest."""
    spans = sorted(_spans(sentence, mode, rule), key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _spans(sentence: str, mode: str, rule: Rule) -> Iterator[tuple[int, int]]:
    for phrase in rule.phrases:
        if mode not in phrase.modes:
            continue
        for match in phrase.expression.finditer(sentence):
            start, end = match.span()
            if phrase.subjects != SUBJECTS:
                who, begins = subject(sentence[:start], rule.nouns)
                if who not in phrase.subjects:
                    continue
            else:
                begins = start
            if not _excused(phrase, sentence, start, end):
                yield begins, end


def _excused(phrase: Phrase, sentence: str, start: int, end: int) -> bool:
    return bool(
        phrase.unless
        and phrase.unless.search(sentence)
        or phrase.unless_before
        and phrase.unless_before.search(sentence[:start])
        or phrase.unless_after
        and phrase.unless_after.search(sentence[end:])
    )


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

TOKEN = re.compile(r"[\w'’-]+|[^\w\s]")
HELPERS = frozenset(
    "am is are was were be been being has have had having do does did will would could can should might may must"
    " isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't couldn't can't not"
    " just also still even always never simply only once again then ever yet often soon already both all"
    " first somehow too however though to 'd 'll 've 're".split()
)
OWN = frozenset("i we myself ourselves i'd i'll i've i'm we'd we'll we've we're".split())
OTHER = frozenset(
    "they he she you they'd they've they're they'll he'd he's he'll she'd she's she'll you'd you've you're you'll"
    " everyone everybody someone somebody nobody no-one anyone anybody others".split()
)
THING = frozenset("it it's it'd this that these those there which what".split())
LINKS = frozenset("and but or nor so yet then ,".split())
EDGES = frozenset(
    "that because when while if unless since although though whereas until as once before after whether how why where"
    " ; : . ( ) – — -".split()
)
RELATIVES = frozenset("who which whom whose".split())
DETERMINERS = frozenset("the a an our my their his her your its this that these those some any no every each one".split())
JOINTS = frozenset("of in at from on for with".split())


def subject(before: str, nouns: Nouns) -> tuple[Subject, int]:
    """Whom a phrase is about, given the sentence before it, and where that subject begins (the phrase's start if unknown).

    Shallow on purpose: it walks left over helping verbs and adverbs to a pronoun or a noun with its article, or through
    "and" and "but" to the subject that the clause began with.
    """
    tokens = [(match[0].lower(), match.start()) for match in TOKEN.finditer(before)]
    at = _skip_helpers(tokens, len(tokens) - 1)
    if at >= 0 and tokens[at][0] in LINKS:
        return _clause_subject(tokens, at, before, nouns)
    if at >= 0 and tokens[at][0] in RELATIVES | {"that"}:
        at -= 1
        if at >= 0 and tokens[at][0] == ",":
            at -= 1
    if at < 0:
        return "thing", len(before)
    return _noun_phrase(tokens, at, before, nouns)


def _skip_helpers(tokens: Sequence[tuple[str, int]], at: int) -> int:
    while at >= 0 and (tokens[at][0] in HELPERS or tokens[at][0].endswith("ly")):
        at -= 1
    return at


def _clause_subject(
    tokens: Sequence[tuple[str, int]], at: int, before: str, nouns: Nouns
) -> tuple[Subject, int]:
    """The subject that the clause left of a link began with: its nearest subject pronoun, else its first noun phrase."""
    first = at
    while first > 0 and tokens[first - 1][0] not in EDGES:
        first -= 1
    for index in range(at - 1, first - 1, -1):
        word = tokens[index][0]
        if word in OWN or word in OTHER:
            return ("own" if word in OWN else "other"), tokens[index][1]
    for index in range(first, min(first + 5, at)):
        if _noun_like(tokens[index][0], nouns):
            return _noun_phrase(tokens, index, before, nouns)
    return "thing", tokens[at][1]


def _noun_like(word: str, nouns: Nouns) -> bool:
    return bool(nouns.person.fullmatch(word) or nouns.group.fullmatch(word))


def _noun_phrase(tokens: Sequence[tuple[str, int]], at: int, before: str, nouns: Nouns) -> tuple[Subject, int]:
    """Class and start of the noun phrase that ends at a token."""
    word, start = tokens[at]
    if word in OWN:
        return "own", start
    if word in OTHER or (word == "one" and at and tokens[at - 1][0] in ("no", "any", "every", "some")):
        return "other", start if word in OTHER else tokens[at - 1][1]
    if word in THING:
        return "thing", start
    first = at
    while first > 0 and at - first < 7 and tokens[first - 1][0] not in EDGES | LINKS:
        first -= 1
        if tokens[first][0] in DETERMINERS and (first == 0 or tokens[first - 1][0] not in JOINTS):
            break
    words = [token for token, _ in tokens[first : at + 1]]
    if words[0] not in DETERMINERS:
        while first < at and not (before[tokens[first][1]].isupper() or _noun_like(tokens[first][0], nouns)):
            first += 1
        words = [token for token, _ in tokens[first : at + 1]]
    start = tokens[first][1]
    if any(nouns.person.fullmatch(word) for word in words):
        return "other", start
    if any(nouns.group.fullmatch(word) for word in words):
        return ("own" if words[0] == "our" else "other"), start
    named = len(words) <= 2 and before[start].isupper() and (start > 0 or len(words) == 2) and words[0] not in DETERMINERS
    return ("other" if named else "thing"), start
