"""Your story: the STAR(L) builder. Seventeen parts, in the order of the story card, and the questions asked about them.

The questions about wording come from ``workshop.exercises.wording``, those about what a part says from
``workshop.exercises.telling``. Nothing here is a score, and a part without text is asked nothing.
"""

import re
from typing import ClassVar

from workshop.exercises import telling, wording
from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.rules import Length, count_words, minutes_aloud

ACTION = ("oversight", "failure", "mitigation", "course_correction")
SPOKEN = ("situation", "task", *ACTION, "result", "learning")
"""The parts that are told aloud; the others prepare them."""
LISTENER = ("ownership", "self_awareness", "growth")

WORDED = ("real_failure", *SPOKEN)
"""The parts whose wording is checked: what is told, and why it was a failure. Questions and assumptions may hedge."""
WHOLE = {
    "situation": ("no_numbers",),
    "oversight": ("no_first_person",),
    "mitigation": ("no_first_person",),
    "course_correction": ("no_first_person",),
    "result": ("no_numbers",),
}
"""What a part must not lack: a quantity, or an "I". The failure itself may be an event ("the tests went red")."""

WORDS_A_MINUTE = 140
"""An easy pace with pauses. A convention and no measurement: speakers differ, roughly from 110 to 180."""
SHORTEST, LONGEST = 2.0, 3.0
"""Minutes that a told story should take."""


class Story(Exercise):
    """One's own failure in STAR + Learning, with Action in four beats, and what to ask and assume before telling it.

    Missing parts are mentioned once, quietly, when the told story has begun. How long the telling takes is counted from
    the first word on; "too short" waits until every told part holds something.
    """

    name: ClassVar = "story"
    exports: ClassVar = ("docx", "md", "html")
    fields: ClassVar = (
        Field("question", "line"),
        Field("failure_kind", "choice", group="clarifying", choices=("technical", "expectations")),
        Field("control", "choice", group="clarifying", choices=("mine", "shared")),
        Field("clarifying", group="clarifying"),
        Field("assumptions"),
        *(Field(name, "line", group="listener", optional=True) for name in LISTENER),
        Field("real_failure"),
        Field("situation"),
        Field("task"),
        *(Field(name, group="action") for name in ACTION),
        Field("result"),
        Field("learning"),
    )
    keys: ClassVar = {
        **{f"wording.{flag}": ("quote",) for flag in wording.FLAGS},
        **dict.fromkeys(telling.KEYS, ()),
        "voice.we": ("we", "i"),
        "listener.unspoken": (),
        **{f"spoken.{size}": ("words", "minutes", "pace") for size in ("so_far", "short", "fine", "long")},
    }
    length: ClassVar = Length("spoken", SPOKEN, most=LONGEST, least=SHORTEST, pace=WORDS_A_MINUTE)

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """The questions, part by part in the order of the card; then what concerns the whole."""
        texts = {field.name: text for field in self.fields if (text := str(answers.get(field.name) or "").strip())}
        advice = [item for name in texts for item in _about(name, texts, case)]
        told = [texts[name] for name in SPOKEN if name in texts]
        if not told:
            return advice
        advice += _voice(told)
        return advice + self.about_length(answers)


def spoken_minutes(texts: list[str]) -> float:
    """How many minutes these texts take when told at ``WORDS_A_MINUTE``, to a tenth. A number counts as one word."""
    return minutes_aloud(sum(map(count_words, texts)), WORDS_A_MINUTE)


def _about(name: str, texts: dict[str, str], case: Case) -> list[Advice]:
    """What to ask about one part that holds text."""
    text = texts[name]
    advice = []
    if name in WORDED:
        for finding in wording.apart(wording.check(text, "story", case.wording)):
            advice.append(_wording(name, finding, (finding.quote,)))
        for finding in wording.check_part(text, case.wording, *WHOLE.get(name, ())):
            advice.append(_wording(name, finding, ()))  # it means the whole part, and needs no quotation
    if name == "mitigation":
        hints = telling.bad_news(text)
    elif name == "result":
        hints = telling.balance(text)
    elif name == "learning":
        hints = telling.reach(text, texts.get("course_correction", ""))
    else:
        hints = []
    advice += [Advice(hint.key, name, quotes=(hint.quote,)) for hint in hints]
    if name in LISTENER and not _is_told(text, texts):
        advice.append(Advice("listener.unspoken", name))
    return advice


def _wording(name: str, finding: wording.Finding, quotes: tuple[str, ...]) -> Advice:
    return Advice(f"wording.{finding.flag}", name, quotes=quotes, values={"quote": finding.quote})


def _is_told(line: str, texts: dict[str, str]) -> bool:
    """Whether the told story holds this line, whatever its capitals, punctuation and spaces; yes if nothing is told."""
    told = " ".join(texts[name] for name in SPOKEN if name in texts)
    return not told or f" {_plain(line)} " in f" {_plain(told)} "


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _voice(told: list[str]) -> list[Advice]:
    """The question of a story told in "we": three or more of them, and more than twice as many as "I"."""
    words = re.findall(r"[^\W\d_]+", " ".join(told).casefold())
    we, i = (sum(word in group for word in words) for group in (("we", "us", "our", "ours"), ("i", "me", "my", "mine")))
    return [Advice("voice.we", values={"we": str(we), "i": str(i)})] if we >= 3 and we > 2 * i else []
