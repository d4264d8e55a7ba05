"""Quizzes: each module's ``::: quiz`` made into an exercise and its words.

::

    ::: quiz minutes=2-3

    ::: question first_sentence objective=hear-the-blame section="Spot the blame"

    Which of these says what the speaker decided?

    ::: choice ordered right=yes

    "I ordered with no day to spare."

    It names a decision, and the day before is when it could have gone otherwise.

    :::

    :::

    :::

A question's first paragraph is its label and the rest its help; a choice's first paragraph is its label and the rest
what is said back to it.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from workshop.content.reading import Reading, first_paragraph
from workshop.course import Block, ExerciseWords, FieldWords, Module
from workshop.exercises.quiz import REREAD, UNDERSTOOD, Question, Quiz, make_quiz
from workshop.facts import fill_in
from workshop.markdown import tokens

FEWEST_CHOICES = 3
Interface = Mapping[str, str]


def read_quizzes(
    reading: Reading, modules: Sequence[Module], interface: Interface
) -> tuple[dict[str, Quiz], dict[str, ExerciseWords]]:
    """The modules' quizzes and their words, both by the quiz's name; a problem for each that can't be used."""
    quizzes, words = {}, {}
    for module in modules:
        blocks = [block for block in module.walk() if block.kind == "quiz"]
        for block in blocks[1:]:
            message = f"the module has a second quiz (the first is on line {blocks[0].place.line})"
            reading.problem(block.place, message, "put its questions into the first")
        for block in blocks[:1]:
            found = reading.distinct(child for child in block.children if child.kind == "question")
            if not found:
                reading.problem(block.place, "the quiz has no questions", "add a '::: question' inside it")
            headings = _headings(module)
            questions = [_question(reading, headings, question) for question in found.values()]
            quizzes[block.name] = make_quiz(block.name, questions)
            words[block.name] = _words(reading, module, block, found, interface)
    return quizzes, words


def _question(reading: Reading, headings: Sequence[str], block: Block) -> Question:
    choices = reading.distinct(child for child in block.children if child.kind == "choice")
    _check_question(reading, headings, block, choices)
    right = frozenset(name for name, choice in choices.items() if choice.attributes.get("right") == "yes")
    return Question(block.name, tuple(choices), right, block.attributes.get("section", ""))


def _check_question(reading: Reading, headings: Sequence[str], block: Block, choices: Mapping[str, Block]) -> None:
    place, name, section = block.place, block.name, block.attributes.get("section", "")
    if not name.isidentifier():
        message = f"the question's name {name!r} is unreadable" if name else "the question has no name"
        reading.problem(place, message, "name it like first_signal, so that it can be answered from Python")
    if not block.prose:
        reading.problem(place, f"the question {name!r} is empty", "write its question inside the fence")
    if not block.objectives:
        fix = "add objective= and one that the module's head names"
        reading.problem(place, f"the question {name!r} serves no objective", fix)
    if not section:
        message = f"the question {name!r} doesn't say where its answer stands"
        reading.problem(place, message, 'add section="..." with a heading of the module')
    elif section not in headings:
        reading.unknown(place, "heading", section, headings)
    if len(choices) < FEWEST_CHOICES:
        message = f"the question {name!r} has {len(choices)} choices"
        reading.problem(place, message, f"give it {FEWEST_CHOICES} or more")
    if choices and not any("right" in choice.attributes for choice in choices.values()):
        reading.problem(place, f"the question {name!r} has no right choice", "add right=yes to each that is right")
    for choice in choices.values():
        _check_choice(reading, choice)


def _check_choice(reading: Reading, choice: Block) -> None:
    if not choice.name:
        reading.problem(choice.place, "the choice has no name", "name it, as in '::: choice other_team'")
    if choice.attributes.get("right", "yes") != "yes":
        reading.problem(
            choice.place, f"right={choice.attributes['right']} has no meaning", "write right=yes, or nothing"
        )
    if not first_paragraph(choice.prose)[1]:
        fix = "write its label, an empty line, and what to say back to whoever takes it"
        reading.problem(choice.place, f"the choice {choice.name!r} has no feedback", fix)


def _headings(module: Module) -> list[str]:
    """The module's headings below its title."""
    headed = (block.text for block in module.walk() if block.kind == "prose" and "#" in block.text)
    opened = pairwise(token for text in headed for token in tokens(text))
    return [text.content for start, text in opened if start.type == "heading_open" and start.tag != "h1"]


def _words(
    reading: Reading, module: Module, block: Block, questions: Mapping[str, Block], interface: Interface
) -> ExerciseWords:
    fields, advice = {}, {REREAD: interface.get("quiz_reread", ""), UNDERSTOOD: interface.get("quiz_understood", "")}
    for name, question in questions.items():
        choices = {}
        for choice in (child for child in question.children if child.kind == "choice"):
            choices[choice.name], feedback = first_paragraph(choice.prose)
            sentence = interface.get("quiz_right" if "right" in choice.attributes else "quiz_wrong", "")
            advice[f"{name}.{choice.name}"] = fill_in(sentence, feedback=feedback)
        label, help_text = first_paragraph(question.prose)
        fields[name] = FieldWords(label, help_text, choices)
    title = fill_in(interface.get("quiz_title", ""), module=module.title)
    intro = interface.get("quiz_intro", "")
    return ExerciseWords(block.name, title, block.place, intro, on_paper="", fields=fields, advice=advice)
