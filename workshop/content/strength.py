"""What the post-mortem holds an action against: ``content/strength``, ``content/looks`` and the published grades.

``content/strength/<mechanism>.md`` is written like a wording rule, with a ``grade`` in its head; its text is the reason
for the grade, and ``::: stronger`` says where a stronger action could be found. ``content/looks/<name>.md`` is a rule
of the same form, and its text is a question.
"""

from pathlib import Path

from workshop.content.patterns import Lexicon, read_classes
from workshop.content.reading import Reading
from workshop.content.source import Document
from workshop.content.wording import check_examples, choice, examples, open_rule, read_rule
from workshop.content.yaml import Node
from workshop.course import Fact, Place
from workshop.exercises.strength import GRADES, LOOKS, MODE, Mechanism, Review, grade
from workshop.exercises.wording import Rule
from workshop.facts import read_fact

HEAD = ("title", "nouns", "verbs", "words", "find", "unless", "unless_before", "unless_after")
PUBLISHED = {"source": "text", "analyses": "count", "recommendations": "count", **dict.fromkeys(GRADES, "%")}
"""What ``published.yaml`` holds, and its units."""


def read_review(reading: Reading, lexicon: Lexicon) -> Review:
    """The mechanisms, the looks and the published grades; problems for what can't be read, used or believed."""
    folder = reading.root / "strength"
    words, path = reading.yaml(folder / "words.yaml"), reading.path(folder / "words.yaml")
    reading.allow(words, ("nouns", "verbs", "words"), path)
    lexicon = read_classes(reading, words, path, lexicon)
    documents = {file.stem: open_rule(reading, file) for file in sorted(folder.glob("*.md"))}
    mechanisms = tuple(_mechanism(reading, name, document, lexicon) for name, document in documents.items())
    for mechanism in mechanisms:
        _check_grades(reading, mechanism, documents[mechanism.rule.flag], mechanisms)
    return Review(mechanisms, _looks(reading, lexicon), _published(reading, folder / "published.yaml"))


def _mechanism(reading: Reading, name: str, document: Document, lexicon: Lexicon) -> Mechanism:
    head, path = document.head, document.path
    reading.allow(head, (*HEAD, "grade"), path)
    graded = choice(reading, head.mapping.get("grade", Node("", head.line)), "grade", GRADES, path)
    rule = read_rule(reading, name, document, lexicon, (MODE,), fences=("stronger",))
    hint = " ".join(" ".join(block.prose.split()) for block in document.fences("stronger"))
    if bool(hint) == (graded == GRADES[0]):
        fix = "take it out" if hint else "say inside '::: stronger' where a stronger action could be found"
        reading.problem(rule.place, f"a {graded} mechanism with{'' if hint else 'out'} a stronger one", fix)
    check_examples(reading, rule, document)
    return Mechanism(rule, graded or GRADES[-1], hint)


def _check_grades(
    reading: Reading, mechanism: Mechanism, document: Document, mechanisms: tuple[Mechanism, ...]
) -> None:
    """Add a problem for each example that gets another grade when all mechanisms look at it."""
    for _, place, text in examples(document, "fires"):
        found = grade(text, "", mechanisms)
        if found.grade != mechanism.grade:
            message = f"{found.mechanism!r} makes this {found.grade}, not {mechanism.grade}: {text!r}"
            reading.problem(place, message, "mend one of the two, or choose another example")


def _looks(reading: Reading, lexicon: Lexicon) -> dict[str, Rule]:
    folder = reading.root / "looks"
    files = {file.stem: file for file in sorted(folder.glob("*.md"))}
    for name in sorted(files.keys() - set(LOOKS)):
        reading.unknown(Place(reading.path(files[name]), 1), "look", name, LOOKS)
    looks = {}
    for name in LOOKS:
        document = open_rule(reading, folder / f"{name}.md")
        if name in files:
            reading.allow(document.head, HEAD, document.path)
            looks[name] = read_rule(reading, name, document, lexicon, (MODE,))
            check_examples(reading, looks[name], document)
    return looks


def _published(reading: Reading, file: Path) -> dict[str, Fact]:
    """The published grades, which every text may use as ``{{ published.stronger }}`` and so on."""
    node, path = reading.yaml(file), reading.path(file)
    reading.allow(node, PUBLISHED, path)
    facts = {}
    for name, unit in PUBLISHED.items():
        each = node.mapping.get(name, Node("", node.line))
        try:
            place = Place(path, each.line)
            facts[name] = read_fact(f"published.{name}", each.text, unit, "published", place)
        except ValueError as error:
            reading.problem(place, str(error), "write it as the other lines of this file are written")
    reading.facts = {**reading.facts, **{fact.name: fact for fact in facts.values()}}
    return facts
