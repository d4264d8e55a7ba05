"""The wording rules: ``content/wording/<flag>.md``, read, compiled and held against their own examples.

The head says what to find and what excuses it, the body is the question; ``::: fires`` and ``::: spares`` list
example sentences, ``::: limits`` the known mistakes. Scope ``sentence`` has ``find``: patterns, or groups of
``phrases`` with a ``subject``, ``modes`` or excuses of their own. ``unless`` excuses a phrase anywhere in its sentence,
``unless_before`` and ``unless_after`` only on that side of it, ``unless_in_<mode>`` anywhere in that mode. Scope
``part`` has ``wants`` (what a part should hold), ``ignores`` and ``crowd``. How a pattern is written stands in
``workshop.content.patterns``.
"""

from pathlib import Path

from workshop.content.patterns import Lexicon, compile_patterns, read_classes, read_grammar
from workshop.content.reading import Reading
from workshop.content.source import Document, parse, read_text
from workshop.content.yaml import Node
from workshop.course import Block, Place
from workshop.exercises.sentences import GROUP, PERSON, SUBJECTS
from workshop.exercises.wording import FLAGS, MODES, Excuses, Lack, Phrase, Rule, check, check_part

HEAD = (
    *("title", "modes", "scope", "nouns", "verbs", "words", "find", "unless", "unless_before", "unless_after"),
    *(f"unless_in_{mode}" for mode in MODES),
)
PART_HEAD = ("title", "modes", "scope", "nouns", "verbs", "words", "wants", "ignores", "crowd")
FIND = ("phrases", "subject", "modes", "unless", "unless_before", "unless_after")
SCOPES = ("sentence", "part")
FENCES = ("fires", "spares", "limits")


def read_lexicon(reading: Reading) -> Lexicon:
    """The word classes of ``content/wording/words.yaml``."""
    file = reading.root / "wording" / "words.yaml"
    words, path = reading.yaml(file), reading.path(file)
    reading.allow(words, ("grammar", "nouns", "verbs", "words"), path)
    people = Lexicon({"person": PERSON, "group": GROUP}, read_grammar(reading, words, path))
    return read_classes(reading, words, path, people)


def read_rules(reading: Reading, lexicon: Lexicon) -> tuple[Rule, ...]:
    """Every rule in ``content/wording``, by flag; problems for what can't be read, used or believed."""
    folder = reading.root / "wording"
    files = {file.stem: file for file in sorted(folder.glob("*.md"))}
    for flag in sorted(files.keys() - set(FLAGS)):
        reading.unknown(Place(reading.path(files[flag]), 1), "flag", flag, FLAGS)
    rules = []
    for flag in FLAGS:
        document = open_rule(reading, folder / f"{flag}.md")
        if flag in files:
            head, path = document.head, document.path
            scope = choice(reading, head.mapping.get("scope", Node("sentence", 1)), "scope", SCOPES, path)
            reading.allow(head, PART_HEAD if scope == "part" else HEAD, path)
            modes = _choices(reading, head.mapping.get("modes"), "mode", MODES, Place(path, head.line))
            rule = read_rule(reading, flag, document, lexicon, modes, scope=scope)
            check_examples(reading, rule, document)
            rules.append(rule)
    return tuple(rules)


def open_rule(reading: Reading, file: Path) -> Document:
    """A rule's file as it stands: its braces wait for the words that it will find."""
    path = reading.path(file)
    return parse(read_text(file, path, reading.problems), path, reading.problems)


def read_rule(
    reading: Reading,
    flag: str,
    document: Document,
    lexicon: Lexicon,
    modes: tuple[str, ...],
    *,
    scope: str = "sentence",
    fences: tuple[str, ...] = (),
) -> Rule:
    """The rule of a file; ``fences`` are kinds that it may hold besides its examples and limits."""
    head, path = document.head, document.path
    place = Place(path, 1)
    lexicon = read_classes(reading, head, path, lexicon)
    question = " ".join(document.intro.split())
    if not question:
        reading.problem(place, "there is no question", "write it under the head, as a kind coach would ask it")
    for block in document.blocks:
        if block.kind not in ("prose", *FENCES, *fences):
            reading.unknown(block.place, "fence", block.kind, (*FENCES, *fences))
    listed = {kind: tuple(text for _, _, text in examples(document, kind)) for kind in FENCES}
    return Rule(
        flag=flag,
        title=reading.text(head, "title", place),
        modes=modes,
        question=question,
        place=place,
        grammar=lexicon.grammar,
        excuses={mode: _excuses(reading, head, path, lexicon, f"unless_in_{mode}") for mode in modes},
        phrases=() if scope == "part" else _phrases(reading, head, path, modes, lexicon),
        lack=_lack(reading, head, path, lexicon) if scope == "part" else None,
        **listed,
    )


def _phrases(reading: Reading, head: Node, path: str, modes: tuple[str, ...], lexicon: Lexicon) -> tuple[Phrase, ...]:
    """What the head says to find: patterns, and groups of ``phrases`` with a subject, modes or excuses of their own."""
    entries = head.mapping.get("find", Node([], head.line))
    if not entries.items:
        reading.problem(Place(path, entries.line), "there is nothing to find", "add 'find:' with a list of patterns")
    plain = [entry for entry in entries.items if not entry.mapping]
    groups = [(Node({}, entries.line), plain)]
    for entry in entries.items:
        if entry.mapping:
            for key, node in entry:
                if key not in FIND:
                    reading.unknown(Place(path, node.line), "key", key, FIND)
            groups.append((entry, entry.mapping.get("phrases", Node([], entry.line)).items))
    phrases = []
    for group, patterns in groups:
        own, place = group.mapping, Place(path, group.line)
        if expression := compile_patterns(reading, patterns, path, lexicon):
            phrases.append(
                Phrase(
                    expression,
                    _choices(reading, own["modes"], "mode", MODES, place) if "modes" in own else modes,
                    _choices(reading, own["subject"], "subject", SUBJECTS, place) if "subject" in own else SUBJECTS,
                    _excuses(reading, group, path, lexicon),
                )
            )
        elif group.mapping:
            reading.problem(place, "a group without patterns", "add 'phrases:' with a list of patterns")
    return tuple(phrases)


def _excuses(reading: Reading, node: Node, path: str, lexicon: Lexicon, further: str = "") -> Excuses:
    """What the head or an entry says excuses a phrase; ``further`` is another key for what may stand anywhere."""
    listed = {key: each.items for key, each in node}
    anywhere = [*listed.get("unless", ()), *listed.get(further, ())]
    groups = (anywhere, listed.get("unless_before", ()), listed.get("unless_after", ()))
    return Excuses(*(compile_patterns(reading, group, path, lexicon) for group in groups))


def _lack(reading: Reading, head: Node, path: str, lexicon: Lexicon) -> Lack | None:
    keys = ("wants", "ignores", "crowd")
    wanted, ignored, crowd = (
        compile_patterns(reading, head.mapping.get(key, Node([], 1)).items, path, lexicon) for key in keys
    )
    if wanted is None:
        reading.problem(Place(path, head.line), "the head says nothing that a part wants", "add 'wants:' with a list")
        return None
    return Lack(wanted, ignored, crowd)


def _choices(reading: Reading, node: Node | None, kind: str, known: tuple[str, ...], place: Place) -> tuple[str, ...]:
    """A list of known names (or a single one)."""
    items = (node.items or [node]) if node else []
    if not items:
        reading.problem(place, f"the head has no '{kind}s'", f"add '{kind}s: [{', '.join(known)}]' or some of them")
    return tuple(name for item in items if (name := choice(reading, item, kind, known, place.path)))


def choice(reading: Reading, node: Node, kind: str, known: tuple[str, ...], path: str) -> str:
    """The text of a node that is one of the known names; "" and a problem if it isn't."""
    if node.text not in known:
        reading.unknown(Place(path, node.line), kind, node.text, known)
        return ""
    return node.text


# Examples


def examples(document: Document, kind: str) -> list[tuple[Block, Place, str]]:
    """The items of the lists inside the fences of a kind: the fence, the item's place, its text as one line."""
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


def check_examples(reading: Reading, rule: Rule, document: Document) -> None:
    """Add a problem for each example that does not fire, and for each spare that does.

    A fence may be about some modes only: ``::: spares mode=postmortem``.
    """
    for kind in ("fires", "spares"):
        items = examples(document, kind)
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
