"""The questions from before the course once more: what changed, and now also which answers it leads to, and why."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, is_answer
from workshop.exercises.before import Before

CONFIDENCE = tuple(field.name for field in Before.fields if field.group == "confidence")
LEADS_TO: Mapping[str, str] = {"sentence": "decision", "luck": "open", "ranges": "eight", "fix": "gate"}
"""The questions of judgement, each with the choice that the course leads to."""


class After(Exercise):
    """The eight questions of ``before``, word for word. Nothing is said until all eight are answered.

    Then each question of judgement gets its reason, whatever was answered. The comparison needs the answers from before
    as well; it counts lines that moved and draws no conclusion about the person.
    """

    name: ClassVar = "after"
    reads: ClassVar = ("before",)
    exports: ClassVar = ("md",)
    fields: ClassVar = Before.fields
    keys: ClassVar = {
        **{f"why.{name}": () for name in LEADS_TO},
        "before.open": (),
        "moved": ("up", "down", "same"),
        "lower": ("before", "after"),
        "judged": ("before", "after", "count"),
        "proves": (),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """The reasons; then, if both times are complete, what moved and how little that proves."""
        if self.missing(answers):
            return []
        reasons = [Advice(f"why.{name}", name, "tell") for name in LEADS_TO]
        before = case.answers.get("before", {})
        if not both_complete(before, answers):
            return [*reasons, Advice("before.open", kind="tell")]
        return [*_lower(before, answers), *reasons, *_moved(before, answers)]


def both_complete(before: Answers, after: Answers) -> bool:
    """Every question is answered, both times."""
    return all(is_answer(answers.get(field.name)) for answers in (before, after) for field in Before.fields)


def _lower(before: Answers, after: Answers) -> Iterator[Advice]:
    """A word about each line of confidence that went down, so that nobody takes it for a failure."""
    for name in CONFIDENCE:
        if str(after[name]) < str(before[name]):
            values = {"before": str(before[name]), "after": str(after[name])}
            yield Advice("lower", name, "tell", values=values)


def _moved(before: Answers, after: Answers) -> Iterator[Advice]:
    """How many lines moved, how many judgements now fit, and what one person's answers can prove."""
    moves = [int(str(after[name])) - int(str(before[name])) for name in CONFIDENCE]
    counts = {"up": sum(m > 0 for m in moves), "down": sum(m < 0 for m in moves), "same": moves.count(0)}
    yield Advice("moved", kind="tell", values={name: str(count) for name, count in counts.items()})
    fit = [str(sum(answers[name] == choice for name, choice in LEADS_TO.items())) for answers in (before, after)]
    yield Advice("judged", kind="tell", values={"before": fit[0], "after": fit[1], "count": str(len(LEADS_TO))})
    yield Advice("proves", kind="tell")
