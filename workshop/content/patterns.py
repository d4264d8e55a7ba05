"""The patterns and word classes of the wording rules, compiled.

A pattern is a regular expression that reads like the phrase it finds:

- ``<person>`` stands for any word of the class ``person``; ``<neglect:ed>`` for the past forms of a class of verbs;
- a space stands for any white space, and `` ... `` for up to four words within a clause;
- a pattern holds whole words, and capitals make no difference.

``words.yaml`` has three kinds of classes, and the head of a flag's file may add its own: ``nouns`` take a plural,
``verbs`` are inflected (an irregular one lists all its forms), ``words`` are patterns that may name other classes.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from workshop.content.reading import Reading
from workshop.content.yaml import Node
from workshop.course import Place
from workshop.exercises.sentences import Grammar

CLASS = re.compile(r"<(\w+(?::\w+)?)>")
LITERAL = re.compile(r"\\.|[A-Za-z][A-Za-z-]*")
GROUPING = re.compile(r"\\.|\((?!\?)")
NOUNS = ("person", "group", "thing")
CLOSED = frozenset(
    ("own", "other", "neutral", "helpers", "links", "edges", "relatives", "determiners", "joints", "parts")
)
EDGE = r"(?!\B\w)"
"""Any place but the inside of a word: a pattern holds whole words."""


@dataclass(frozen=True)
class Lexicon:
    """The word classes, each as an expression for one of its members, and the nouns that mean people."""

    classes: Mapping[str, str]
    grammar: Grammar

    def marked(self, text: str) -> str:
        """The words of an expression as the engine marks them; what follows a backslash stays as it is."""
        return LITERAL.sub(lambda match: match[0] if match[0][0] == "\\" else self.grammar.mark(match[0]), text)

    def any_of(self, forms: Iterable[str]) -> str:
        """An expression for any of these words or wordings."""
        ordered = sorted(set(forms), key=lambda form: (-len(form), form))
        return "(?:" + "|".join(r"\s+".join(map(re.escape, self.marked(form).split())) for form in ordered) + ")"


def compile_patterns(reading: Reading, nodes: Iterable[Node], path: str, lexicon: Lexicon) -> re.Pattern[str] | None:
    """One expression that finds any of the patterns; None if there is none. A bad pattern is a problem, at its line."""
    nodes = list(nodes)
    texts = [_expanded(reading, node, path, lexicon) for node in nodes]
    try:
        return _whole_words(tuple(texts))
    except re.error:
        return _whole_words(tuple(_readable(reading, nodes, texts, path)))


@cache
def _whole_words(texts: tuple[str, ...]) -> re.Pattern[str] | None:
    """Remembered, because compiling is most of what loading a course costs, and a process may load it many times."""
    return re.compile(f"{EDGE}(?:{'|'.join(texts)}){EDGE}") if texts else None


@cache
def _error(text: str) -> str:
    """What keeps ``text`` from being a regular expression, or ""; remembered for the same reason."""
    try:
        re.compile(text)
    except re.error as error:
        return error.msg
    return ""


def _readable(reading: Reading, nodes: Sequence[Node], texts: Sequence[str], path: str) -> list[str]:
    """Those of the texts that are expressions; the others are problems, at the lines of their nodes."""
    good = []
    for node, text in zip(nodes, texts, strict=True):
        if error := _error(text):
            message = f"unreadable pattern {node.text!r}: {error}"
            reading.problem(Place(path, node.line), message, "mend the regular expression")
        else:
            good.append(text)
    return good


def _expanded(reading: Reading, node: Node, path: str, lexicon: Lexicon) -> str:
    """A pattern as a regular expression: its words marked, its spaces and gaps made loose, its classes filled in."""

    def members(match: re.Match[str]) -> str:
        if match[1] not in lexicon.classes:
            reading.unknown(Place(path, node.line), "word class", match[1], lexicon.classes)
        return lexicon.classes.get(match[1], "(?!)")

    parts = CLASS.split(node.text)
    parts[::2] = [GROUPING.sub(_unnamed, lexicon.marked(part)) for part in parts[::2]]
    text = "".join(f"<{part}>" if index % 2 else part for index, part in enumerate(parts))
    text = text.replace(" ... ", r"(?:\s+[^\s,;:.!?]+){0,4}?\s+").replace(" ?", r"\s*").replace(" ", r"\s+")
    return CLASS.sub(members, text)


def _unnamed(match: re.Match[str]) -> str:
    return match[0] if match[0][0] == "\\" else "(?:"


def read_classes(reading: Reading, head: Node, path: str, known: Lexicon) -> Lexicon:
    """The known classes and those that a head (or ``words.yaml``) adds; a class may use those above it."""
    classes: dict[str, str] = dict(known.classes)
    lexicon = Lexicon(classes, known.grammar)
    for name, node in head.mapping.get("nouns", Node({}, 1)):
        if name not in known.classes:
            classes[name] = lexicon.any_of(form for item in node.items for form in plural(item.text))
    for name, node in head.mapping.get("verbs", Node({}, 1)):
        forms = [inflected(item.text) for item in node.items]
        classes[name] = lexicon.any_of(form for every in forms for form in every)
        classes[f"{name}:ed"] = lexicon.any_of(form for every in forms for form in past(every))
    for name, node in head.mapping.get("words", Node({}, 1)):
        texts = [_expanded(reading, item, path, lexicon) for item in node.items]
        classes[name] = f"(?:{'|'.join(_readable(reading, node.items, texts, path))})"
    return lexicon


def read_grammar(reading: Reading, words: Node, path: str) -> Grammar:
    """The grammar of ``words.yaml``: its nouns (an entry such as "-ologist" is an ending) and its closed classes."""
    nouns = words.mapping.get("nouns", Node({}, 1)).mapping
    forms = {name: _items(nouns.get(name), plural) for name in NOUNS}
    endings = {name: tuple(form[1:] for form in forms[name] if form[0] == "-") for name in NOUNS}
    closed = words.mapping.get("grammar", Node({}, words.line))
    for name, node in closed:
        if name not in CLOSED:
            reading.unknown(Place(path, node.line), "closed class", name, CLOSED)
    for name in sorted(CLOSED - closed.mapping.keys()):
        message = f"the closed class {name!r} is missing"
        reading.problem(Place(path, closed.line), message, f"add '{name}: [...]' under 'grammar:'")
    return Grammar(
        persons=frozenset(forms["person"]),
        person_endings=endings["person"],
        groups=frozenset(forms["group"]),
        things=frozenset(forms["thing"]),
        thing_endings=endings["thing"],
        **{name: frozenset(_items(closed.mapping.get(name), lambda word: (word,))) for name in CLOSED},
    )


def _items(node: Node | None, forms: Callable[[str], tuple[str, ...]]) -> list[str]:
    return [form for item in (node.items if node else ()) for form in forms(item.text)]


def plural(noun: str) -> tuple[str, ...]:
    """A noun and its plural, regular unless it is given as "one / many"."""
    one, _, many = (part.strip() for part in noun.partition("/"))
    if not many:
        if re.search(r"(?:s|x|z|ch|sh)$", one):
            many = one + "es"
        else:
            many = one[:-1] + "ies" if re.search(r"[^aeiou]y$", one) else one + "s"
    return one, many


def inflected(verb: str) -> tuple[str, ...]:
    """A regular verb's base, -s, -ed and -ing forms; of a verb given with several forms, those."""
    if " " in verb:
        return tuple(verb.split())
    stem = verb[:-1] if verb.endswith("e") else verb
    if re.search(r"[^aeiou]y$", verb):
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    ending = "es" if re.search(r"(?:s|x|z|ch|sh)$", verb) else "s"
    return verb, verb + ending, stem + "ed", stem + "ing"


def past(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The past forms among a verb's forms; the base itself where it has no other ("cut cuts cutting")."""
    found = tuple(form for form in forms[1:] if not form.endswith("ing") and form not in plural(forms[0]))
    return found or forms[:1]
