"""Follow-up questions to one's own story, made from what the story leaves open, each with room for a short answer."""

import re
from dataclasses import replace
from typing import ClassVar

from workshop.exercises import gaps, wording
from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.sentences import mask, sentences

LONGEST = 2
"""Sentences: an answer to a follow-up that goes on for longer has become a speech."""
REPEATED = 6
"""Words in a row that make an answer a repetition of the story."""
WORD = re.compile(r"[^\W_]+")
HONEST = re.compile(
    r"\b(?:I (?:don't|do not|didn't|can't|cannot)(?: \w+)? (?:know|say)|I never (?:asked|found out))\b", re.I
)


class FollowUps(Exercise):
    """The questions that a listener would ask this story, at most five; their texts stand in the content file.

    Which of them are asked depends on the story, and each quotes the words that it means. Without a story nothing is
    asked. An answer stays in the journal when its question goes because the story has answered it.
    """

    name: ClassVar = "follow-ups"
    reads: ClassVar = ("story",)
    exports: ClassVar = ("md",)
    fields: ClassVar = tuple(Field(key) for key in gaps.KEYS)
    keys: ClassVar = {
        **{f"wording.{flag}": ("quote",) for flag in wording.FLAGS if flag not in ("no_first_person", "no_numbers")},
        "story.none": (),
        "standing": (),
        "answer.long": (),
        "answer.repeats": ("quote",),
        "answer.honest": (),
    }

    def fitted(self, case: Case) -> tuple[Field, ...]:
        """The fields of the questions that this story is asked, each with the story's own words."""
        fields = {field.name: field for field in self.fields}
        return tuple(replace(fields[gap.key], quote=gap.quote) for gap in _asked(case))

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Where to write a story, if there is none; else the questions about each answer's wording, length and news."""
        texts = _told(case)
        asked = _asked(case)
        if not asked:
            return [Advice("story.none", kind="tell")]
        advice = [Advice("standing", kind="tell")] if asked[0].key in gaps.STANDING else []
        for gap in asked:
            if answer := str(answers.get(gap.key) or "").strip():
                advice += _about(gap.key, answer, " ".join(texts.values()), case)
        return advice


def _told(case: Case) -> dict[str, str]:
    """The parts of the story that hold text."""
    story = case.answers.get("story", {})
    return {name: text for name, value in story.items() if (text := str(value or "").strip())}


def _asked(case: Case) -> list[gaps.Gap]:
    return gaps.follow_ups(_told(case), case.wording)


def _about(field: str, answer: str, story: str, case: Case) -> list[Advice]:
    """What to say back about one answer."""
    advice = [
        Advice(f"wording.{finding.flag}", field, quotes=(finding.quote,), values={"quote": finding.quote})
        for finding in wording.apart(wording.check(answer, "story", case.wording))
    ]
    if len(list(sentences(mask(answer)))) > LONGEST:
        advice.append(Advice("answer.long", field))
    if repeated := _repeated(answer, story):
        advice.append(Advice("answer.repeats", field, quotes=(repeated,), values={"quote": repeated}))
    if HONEST.search(mask(answer)):
        advice.append(Advice("answer.honest", field, "tell"))
    return advice


def _repeated(answer: str, story: str) -> str:
    """The first ``REPEATED`` words in a row that the answer takes from the story, as they were typed, or ""."""
    told = f" {_plain(story)} "
    spans = [match.span() for match in WORD.finditer(answer)]
    for first, last in zip(spans, spans[REPEATED - 1 :], strict=False):
        run = answer[first[0] : last[1]]
        if f" {_plain(run)} " in told:
            return run
    return ""


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))
