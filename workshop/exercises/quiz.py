"""A module's quiz: a choice to each question, and to each choice something that teaches.

Questions, choices and feedback all stand in the module's source, so a quiz is made when the course is loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field

REREAD, UNDERSTOOD = "reread", "understood"
"""The keys of the last line, once every question has an answer: what to read again, or that nothing is left."""


@dataclass(frozen=True)
class Question:
    """A question by its names: its choices in order, those that are right, and the section that answers it."""

    name: str
    choices: tuple[str, ...]
    right: frozenset[str]
    section: str
    """The heading as participants see it."""

    def key(self, choice: str) -> str:
        """The advice key of what is said back to ``choice``."""
        return f"{self.name}.{choice}"


class Quiz(Exercise):
    """The questions of one module. Each choice is answered at once, and may be changed as often as one likes.

    Nothing is counted. When every question has an answer, the sections are named that answer the questions whose
    choice is not among the right ones.
    """

    questions: ClassVar[tuple[Question, ...]]

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """The feedback to each choice; once all are made, what to read again."""
        chosen = {q: str(answers[q.name]) for q in self.questions if answers.get(q.name) in q.choices}
        said = [Advice(q.key(choice), q.name, "tell") for q, choice in chosen.items()]
        if len(chosen) < len(self.questions):
            return said
        sections = dict.fromkeys(q.section for q, choice in chosen.items() if choice not in q.right)
        if not sections:
            return [*said, Advice(UNDERSTOOD, kind="tell")]
        named = ", ".join(f'"{section}"' for section in sections)
        return [*said, Advice(REREAD, kind="tell", values={"sections": named})]


def quiz_name(slug: str) -> str:
    """The name of the quiz in the module ``slug``, as personas and journals use it."""
    return f"quiz-{slug}"


def make_quiz(name: str, questions: Sequence[Question]) -> Quiz:
    """The quiz of these questions. Every exercise is a class of its own, and so is every quiz."""
    own = {
        "name": name,
        "questions": tuple(questions),
        "fields": tuple(Field(question.name, "choice", choices=question.choices) for question in questions),
        "keys": {
            **{question.key(choice): () for question in questions for choice in question.choices},
            REREAD: ("sections",),
            UNDERSTOOD: (),
        },
    }
    quiz: Quiz = type("ModuleQuiz", (Quiz,), own)()
    return quiz
