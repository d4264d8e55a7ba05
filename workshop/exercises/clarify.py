"""Clarifying questions: what to ask about the case before judging it."""

import re
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field

QUESTIONS = ("first", "second", "third")

CLOSED = re.compile(
    r"(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)(n[\u2019']t)?\s", re.IGNORECASE
)
INVITING = re.compile(r"(can|could|will|would) you (please )?(\w+) (me |us )?", re.IGNORECASE)
OPEN_WORD = re.compile(r"\b(how|what|which|when|where|who|why)\b", re.IGNORECASE)
BLAMING = re.compile(
    r"\b(whose fault|(who|(what|which) team) (is|was) to blame"
    r"|who (forgot|failed|dropped|messed|screwed|broke|missed|let)\b"
    r"|why (can|could|did|do|does|had|has|have|was|were|is|are)(n[\u2019']t)? "
    r"(they|you|he|she|[\w\u2019' ]{0,20}\bteams?)\b"
    r"|what were (they|you) thinking)",
    re.IGNORECASE,
)


class Clarify(Exercise):
    """Three questions of one's own, then the two that tell what kind of failure one is talking about.

    A question is asked back when it is no question, holds two, can be answered with yes or no, or looks for a culprit.
    Known false positives: an honest "why did the team choose ...?" reads as blame; a closed question that really
    is the quickest way ("Is the date in the contract?") is still called closed. Both may be dismissed.
    """

    name: ClassVar = "clarify"
    fields: ClassVar = (
        *(Field(name, "line", group="questions") for name in QUESTIONS),
        Field("kind", "choice", group="framing", choices=("technical", "project")),
        Field("control", "choice", group="framing", choices=("mine", "external")),
    )
    keys: ClassVar = {
        "question.none": (),
        "question.two": (),
        "question.closed": (),
        "question.blame": (),
        "question.repeated": (),
        "kind.technical": (),
        "kind.project": (),
        "control.mine": (),
        "control.external": (),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """At most one question about each question, and one about each of the two choices."""
        advice = []
        seen: set[str] = set()
        for name in QUESTIONS:
            question = str(answers.get(name) or "").strip()
            if question and (fault := _fault(question, seen)):
                key, quote = fault
                advice.append(Advice(f"question.{key}", name, quotes=(quote,)))
            seen.add(question.casefold())
        chosen = [Advice(f"{name}.{answers[name]}", name) for name in ("kind", "control") if answers.get(name)]
        return advice + chosen


def _fault(question: str, seen: set[str]) -> tuple[str, str] | None:
    """What to ask about a question, and its words that are meant; None when there is nothing to ask."""
    if question.casefold() in seen:
        return "repeated", question
    if blame := BLAMING.search(question):
        return "blame", blame[0]
    if "?" not in question:
        return "none", question
    if question.count("?") > 1:
        return "two", question
    if closed := _closed(question):
        return "closed", closed
    return None


def _closed(question: str) -> str:
    """The word that makes it a yes-or-no question, or "". "A or B?" and "Could you tell me what ...?" are open."""
    if not (start := CLOSED.match(question)) or re.search(r"\bor\b", question, re.IGNORECASE):
        return ""
    invited = INVITING.match(question)
    return "" if invited and OPEN_WORD.search(question, invited.end()) else start[0].strip()
