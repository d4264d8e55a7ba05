"""How a text is put together, as far as the wording checks need it: sentences, quotations, who a phrase is about.

Shallow on purpose. The closed classes of English (pronouns, articles, helping verbs) and the nouns that mean people are
data, in ``content/wording/words.yaml``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase
from typing import Literal, get_args

Subject = Literal["own", "other", "thing", "unknown"]
"""Who a phrase is about: the writer (I, we, our team), another person or group, a thing, or no way to tell."""
SUBJECTS: tuple[str, ...] = get_args(Subject)

SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
"""Makes letters small one by one, so that places in the text stay the same (``str.lower`` may add characters)."""
PERSON, GROUP = r"[A-Z]{2}[A-Z-]*", r"[A-Z][a-z][a-z-]*"
"""Expressions for a marked person and a marked group."""
MASK = "\ufffc"
"""Stands for every character of a quotation, so that places in the text stay the same."""
WORD = re.compile(r"[A-Za-z][A-Za-z-]*")
TOKEN = re.compile(r"[\w'-]+|[^\w\s]")


@dataclass(frozen=True, eq=False)
class Grammar:
    """Words in small letters: the nouns that mean people or things, and the closed classes round a subject."""

    persons: frozenset[str] = frozenset()
    person_endings: tuple[str, ...] = ()
    groups: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    thing_endings: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    """Pronouns of the writer."""
    other: frozenset[str] = frozenset()
    """Pronouns of other people."""
    neutral: frozenset[str] = frozenset()
    """Pronouns of things."""
    helpers: frozenset[str] = frozenset()
    """What may stand between a subject and its verb: helping verbs and adverbs (those in -ly aside)."""
    links: frozenset[str] = frozenset()
    """What joins two verbs of one subject."""
    edges: frozenset[str] = frozenset()
    """What begins a clause of its own."""
    relatives: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    """What hangs a noun on the noun before it."""
    parts: frozenset[str] = frozenset()
    """Nouns that leave it to the next one to say what they are: "one of the cooks"."""

    def mark(self, word: str) -> str:
        """``word`` in small letters, a person in CAPITALS, a group with a Capital: expressions can tell them apart."""
        word = word.translate(SMALL)
        if word in self.persons or word.endswith(self.person_endings):
            return word.upper()
        return word.capitalize() if word in self.groups else word


@lru_cache(maxsize=4096)
def mark(sentence: str, grammar: Grammar) -> str:
    """Every word of the sentence marked; as long as the sentence."""
    return WORD.sub(lambda match: grammar.mark(match[0]), sentence)


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


def subject(before: str, marked: str, grammar: Grammar) -> tuple[Subject, int]:
    """Whom a phrase is about, given the sentence before it as typed and as marked, and where that subject begins.

    Shallow on purpose: it walks left over helping verbs and adverbs to a pronoun or a noun with its article, or through
    "and" and "but" to the subject that the clause began with.
    """
    words = [(match[0], match.start()) for match in TOKEN.finditer(marked)]
    at = len(words) - 1
    while at >= 0 and (words[at][0] in grammar.helpers or words[at][0].endswith("ly")):
        at -= 1
    if at >= 0 and words[at][0] in grammar.links:
        return _clause_subject(before, words, at, grammar)
    relative = at > 0 and words[at][0] in grammar.relatives
    if relative:
        at -= 2 if words[at - 1][0] == "," and at > 1 else 1
    return _noun_phrase(before, words, at, grammar, relative) if at >= 0 else ("unknown", len(before))


def _clause_subject(before: str, words: Sequence[tuple[str, int]], at: int, grammar: Grammar) -> tuple[Subject, int]:
    """The subject that the clause left of a link began with: its nearest subject pronoun, else its first person."""
    first = at
    while first > 0 and words[first - 1][0] not in grammar.edges:
        first -= 1
    for word, start in reversed(words[first:at]):
        if word in grammar.own or word in grammar.other:
            return ("own" if word in grammar.own else "other"), start
    for index in range(first, min(first + 5, at)):
        if words[index][0][0].isupper():
            return _noun_phrase(before, words, index, grammar)
    return "thing", len(before)


def _noun_phrase(
    before: str, words: Sequence[tuple[str, int]], at: int, grammar: Grammar, relative: bool = False
) -> tuple[Subject, int]:
    """Class and start of the noun phrase that ends at a word; a relative clause is about the noun just before it."""
    word, start = words[at]
    if word == "one" and at and words[at - 1][0] in ("no", "any", "every", "some"):
        return "other", words[at - 1][1]
    if word in grammar.own | grammar.other | grammar.neutral:
        return ("own" if word in grammar.own else "other" if word in grammar.other else "thing"), start
    first = at
    while first > 0 and at - first < 7 and words[first - 1][0] not in grammar.edges | grammar.links:
        first -= 1
        hung = first > 0 and not relative and words[first - 1][0] in grammar.joints
        if words[first][0] in grammar.determiners and not hung:
            break
    if words[first][0] not in grammar.determiners:
        while first < at and not before[words[first][1]].isupper() and words[first][0].islower():
            first += 1
    return _head_class(before, [word for word, _ in words[first : at + 1]], words[first][1], grammar)


def _head_class(before: str, phrase: Sequence[str], start: int, grammar: Grammar) -> tuple[Subject, int]:
    """What a noun phrase is about: the noun before its first "of" or "in"; after "one of" the last."""
    joints = [index for index, word in enumerate(phrase) if word in grammar.joints]
    head = phrase[-1]
    if joints and joints[0] and phrase[joints[0] - 1] not in grammar.parts:
        head = phrase[joints[0] - 1]
    if head in grammar.other or (head.isupper() and len(head) > 1):
        return "other", start
    if head.istitle():
        return ("own" if phrase[0] == "our" else "other"), start
    if head in grammar.things or head.endswith(("'s", *grammar.thing_endings)):
        return "thing", start
    capital = before[start].isupper() and phrase[0] not in grammar.determiners
    named = capital and (start > 0 or (len(phrase) == 1 and not head.endswith("s")))
    return ("other" if named else "unknown"), start
