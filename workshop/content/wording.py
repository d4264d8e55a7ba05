"""The wording rules: ``content/wording/words.yaml`` (word classes) and ``content/wording/<flag>.md``, compiled.

A pattern is a regular expression that reads like the phrase it finds:

- ``<person>`` stands for any word of the class ``person``; ``<neglect:ed>`` for the past forms of a class of verbs;
- a space stands for any white space, and `` ... `` for up to four words within a clause;
- a pattern holds whole words, and capitals make no difference.

``words.yaml`` has three kinds of classes, and the head of a flag's file may add its own: ``nouns`` take a plural,
``verbs`` are inflected (an irregular one lists all its forms), ``words`` are patterns that may name other classes.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from workshop.content.reading import Reading
from workshop.content.source import Document, parse, read_text
from workshop.content.yaml import Node
from workshop.course import Block, Place
from workshop.exercises.wording import FLAGS, MODES, SUBJECTS, Lack, Nouns, Phrase, Rule, ask, check, check_part

HEAD = ("title", "modes", "scope", "nouns", "verbs", "words", "find", "unless", "unless_before", "unless_after")
PART_HEAD = ("title", "modes", "scope", "nouns", "verbs", "words", "wants", "ignores", "crowd")
FIND = ("phrases", "subject", "modes", "unless", "unless_before", "unless_after")
SCOPES = ("sentence", "part")
FENCES = ("fires", "spares", "limits")
CLASS = re.compile(r"<(\w+(?::\w+)?)>")
EDGE = re.compile(r"[\w<(]")

Classes = dict[str, str]
"""Class name to an expression that matches one of its members."""


def read_rules(reading: Reading) -> tuple[Rule, ...]:
    """Every rule in ``content/wording``, by flag; problems for what can't be read, used or believed."""
    folder = reading.root / "wording"
    classes = _classes(reading, reading.yaml(folder / "words.yaml"), reading.path(folder / "words.yaml"), {})
    nobody = re.compile(r"(?!)")
    nouns = Nouns(*(_expression(classes[name]) if name in classes else nobody for name in ("person", "group")))
    files = {file.stem: file for file in sorted(folder.glob("*.md"))}
    for flag in sorted(files.keys() - set(FLAGS)):
        reading.unknown(Place(reading.path(files[flag]), 1), "flag", flag, FLAGS)
    rules = []
    for flag in FLAGS:
        path = reading.path(folder / f"{flag}.md")
        document = parse(read_text(folder / f"{flag}.md", path, reading.problems), path, reading.problems)
        if flag in files:
            rule = _rule(reading, flag, document, classes, nouns)
            _check_examples(reading, rule, document)
            rules.append(rule)
    return tuple(rules)


def _rule(reading: Reading, flag: str, document: Document, classes: Classes, nouns: Nouns) -> Rule:
    head, path = document.head, document.path
    place = Place(path, 1)
    scope = _choice(reading, head.mapping.get("scope", Node("sentence", 1)), "scope", SCOPES, path)
    reading.allow(head, PART_HEAD if scope == "part" else HEAD, path)
    modes = _choices(reading, head.mapping.get("modes"), "mode", MODES, Place(path, head.line))
    classes = _classes(reading, head, path, classes)
    question = " ".join(document.intro.split())
    if not question:
        reading.problem(place, "there is no question", "write it under the head, as a kind coach would ask it")
    for block in document.blocks:
        if block.kind not in ("prose", *FENCES):
            reading.unknown(block.place, "fence", block.kind, FENCES)
    examples = {kind: tuple(text for _, _, text in _items(document, kind)) for kind in FENCES}
    return Rule(
        flag=flag,
        title=reading.text(head, "title", place),
        modes=modes,
        question=question,
        place=place,
        nouns=nouns,
        phrases=() if scope == "part" else _phrases(reading, head, path, modes, classes),
        lack=_lack(reading, head, path, classes) if scope == "part" else None,
        **examples,
    )


def _phrases(reading: Reading, head: Node, path: str, modes: tuple[str, ...], classes: Classes) -> tuple[Phrase, ...]:
    """What the head says to find: a phrase, or phrases with what they have in common."""
    entries = head.mapping.get("find", Node([], head.line))
    if not entries.items:
        reading.problem(Place(path, entries.line), "there is nothing to find", "add 'find:' with a list of phrases")
    phrases = []
    for entry in entries.items:
        own = entry.mapping
        for key, node in entry:
            if key not in FIND:
                reading.unknown(Place(path, node.line), "key", key, FIND)
        guards = {}
        for name in ("unless", "unless_before", "unless_after"):
            excuses = [*head.mapping.get(name, Node([], 1)).items, *own.get(name, Node([], 1)).items]
            guards[name] = _compile(reading, excuses, path, classes)
        expression = _compile(reading, own["phrases"].items if "phrases" in own else [entry], path, classes)
        subjects = own.get("subject")
        if expression:
            phrases.append(
                Phrase(
                    expression=expression,
                    modes=_choices(reading, own["modes"], "mode", MODES, Place(path, entry.line)) if "modes" in own else modes,
                    subjects=_choices(reading, subjects, "subject", SUBJECTS, Place(path, entry.line)) if subjects else SUBJECTS,
                    **guards,
                )
            )
    return tuple(phrases)


def _lack(reading: Reading, head: Node, path: str, classes: Classes) -> Lack | None:
    keys = ("wants", "ignores", "crowd")
    wanted, ignored, crowd = (
        _compile(reading, head.mapping.get(key, Node([], 1)).items, path, classes, capitals=key == "wants")
        for key in keys
    )
    if wanted is None:
        reading.problem(Place(path, head.line), "the head says nothing that a part wants", "add 'wants:' with a list")
        return None
    return Lack(wanted, ignored, crowd)


def _choices(
    reading: Reading, node: Node | None, kind: str, known: tuple[str, ...], place: Place
) -> tuple[str, ...]:
    """A list of known names (or a single one)."""
    items = (node.items or [node]) if node else []
    if not items:
        reading.problem(place, f"the head has no '{kind}s'", f"add '{kind}s: [{', '.join(known)}]' or some of them")
    return tuple(name for item in items if (name := _choice(reading, item, kind, known, place.path)))


def _choice(reading: Reading, node: Node, kind: str, known: tuple[str, ...], path: str) -> str:
    if node.text not in known:
        reading.unknown(Place(path, node.line), kind, node.text, known)
        return ""
    return node.text


# Patterns


def _compile(
    reading: Reading, nodes: Iterable[Node], path: str, classes: Mapping[str, str], *, capitals: bool = False
) -> re.Pattern[str] | None:
    """One expression that finds any of the patterns; None if there is none. A bad pattern is a problem, at its line."""
    good = []
    for node in nodes:
        if not node.text:
            reading.problem(Place(path, node.line), "a pattern is missing", "write it, in quotation marks")
            continue
        text = _expanded(reading, node, path, classes)
        try:
            _expression(text, capitals=capitals)
        except re.error as error:
            message = f"unreadable pattern {node.text!r}: {error.msg}"
            reading.problem(Place(path, node.line), message, "mend the regular expression")
        else:
            good.append(text)
    return _expression("|".join(good), capitals=capitals) if good else None


def _expression(text: str, *, capitals: bool = False) -> re.Pattern[str]:
    return re.compile(text, re.NOFLAG if capitals else re.IGNORECASE)


def _expanded(reading: Reading, node: Node, path: str, classes: Mapping[str, str]) -> str:
    """A pattern as a regular expression: its classes filled in, its spaces and gaps made loose, its edges those of words."""

    def members(match: re.Match[str]) -> str:
        if match[1] not in classes:
            reading.unknown(Place(path, node.line), "word class", match[1], classes)
            return "(?!)"
        return classes[match[1]]

    text = node.text.replace(" ... ", r"(?:\s+[^\s,;:.!?]+){0,4}?\s+").replace(" ", r"\s+")
    text = CLASS.sub(members, text)
    before = r"(?<!\w)" if EDGE.match(node.text) else ""
    after = r"(?!\w)" if re.search(r"[\w>)?+*]$", node.text) and not node.text.endswith("\\w*") else ""
    return f"{before}(?:{text}){after}"


def _classes(reading: Reading, head: Node, path: str, known: Mapping[str, str]) -> Classes:
    """The known classes and those that a head (or ``words.yaml``) adds, in the order in which they may use each other."""
    classes = dict(known)
    for name, node in head.mapping.get("nouns", Node({}, 1)):
        classes[name] = _any(form for item in node.items for form in plural(item.text))
    for name, node in head.mapping.get("verbs", Node({}, 1)):
        forms = [inflected(item.text) for item in node.items]
        classes[name] = _any(form for every in forms for form in every)
        classes[f"{name}:ed"] = _any(form for every in forms for form in past(every))
        classes[f"{name}:ing"] = _any(form for every in forms for form in every if form.endswith("ing"))
    for name, node in head.mapping.get("words", Node({}, 1)):
        good = [item for item in node.items if _compile(reading, [item], path, classes)]
        texts = (_expanded(reading, item, path, classes) for item in good)
        classes[name] = f"(?:{'|'.join(texts)})" if good else "(?!)"
    return classes


def _any(forms: Iterable[str]) -> str:
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return f"(?:{'|'.join(re.escape(form).replace(chr(92) + ' ', r'\s+') for form in ordered)})" if ordered else "(?!)"


def plural(noun: str) -> tuple[str, ...]:
    """A noun, its plural and its possessives. A noun given as "one / many" has an irregular plural."""
    one, _, many = (part.strip() for part in noun.partition("/"))
    if not many:
        if re.search(r"(?:s|x|z|ch|sh)$", one):
            many = one + "es"
        else:
            many = one[:-1] + "ies" if re.search(r"[^aeiou]y$", one) else one + "s"
    return one, many, one + "'s", many + ("'" if many.endswith("s") else "'s")


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


# Examples


def _items(document: Document, kind: str) -> list[tuple[Block, Place, str]]:
    """The items of the Markdown lists inside the fences of a kind: the fence, the item's place, its text as one line."""
    items: list[tuple[Block, Place, str]] = []
    for fence in document.fences(kind):
        for child in fence.children:
            if child.kind == "prose":
                for offset, line in enumerate(child.text.split("\n")):
                    if line.startswith("- "):
                        items.append((fence, Place(document.path, child.place.line + offset), line[2:].strip()))
                    elif items and line.strip():
                        block, place, text = items[-1]
                        items[-1] = (block, place, f"{text} {line.strip()}")
    return items


def _check_examples(reading: Reading, rule: Rule, document: Document) -> None:
    """Add a problem for each example that does not fire, and for each spare that does.

    A fence may be about some modes only: ``::: spares mode=postmortem``.
    """
    for kind in ("fires", "spares"):
        items = _items(document, kind)
        if not items:
            fix = f"add '::: {kind}' with a list of sentences"
            reading.problem(rule.place, f"there are no examples under '{kind}'", fix)
        for fence, place, text in items:
            modes = (fence.attributes["mode"],) if "mode" in fence.attributes else rule.modes
            for mode in modes:
                if mode not in rule.modes:
                    reading.unknown(fence.place, "mode", mode, rule.modes)
                elif bool(_flagged(rule, mode, text)) != (kind == "fires"):
                    message = f"in {mode} mode this {'does not fire' if kind == 'fires' else 'fires'}: {text!r}"
                    reading.problem(place, message, "mend the rule, or list the sentence under '::: limits'")


def _flagged(rule: Rule, mode: str, text: str) -> bool:
    return bool(check_part(text, [rule], rule.flag) if rule.lack else check(text, mode, [rule]))
