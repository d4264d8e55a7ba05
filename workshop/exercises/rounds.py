"""The telling: rounds against a clock, what the teller keeps of it, and what each listener hands back."""

from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field, filled, rows
from workshop.exercises.sentences import mask
from workshop.exercises.story import LONGEST, SHORTEST, SPOKEN, spoken_minutes
from workshop.exercises.telling import any_of, first_of
from workshop.facts import show_number

FEWEST_WORDS = 6
"""What a teller keeps is a sentence; praise in fewer words than these says nothing about which."""
PRAISE = any_of("good, great, well, nice, fine, okay, ok, clear, clearly, fluent, fluently, honest, everything, all")
VERDICT = any_of(r"""
    (?:you|he|she|they|one) (?:should|could|must|ought|need\w*|had better) ?\w*, should have,
    I would(?: have)?, I'd have, next time, (?:was|were|is) (?:wrong|right|stupid|naive|obvious)
""")


class Rounds(Exercise):
    """How the rounds are held and whose failure is told; then the teller's notes, and a sentence for each story heard.

    A pair and a person alone use the same fields: whoever is alone listens to a recording of their own voice.
    """

    name: ClassVar = "rounds"
    reads: ClassVar = ("story",)
    fields: ClassVar = (
        Field("setting", "choice", choices=("triad", "pair", "alone")),
        Field("whose", "choice", choices=("own", "case", "listen")),
        Field("minutes", "number", group="teller", minimum=0, maximum=60, unit="minutes", optional=True),
        Field("hardest", "line", group="teller", optional=True),
        Field("keep", group="teller", optional=True),
        Field("change", "line", group="teller", optional=True),
        *rows("heard", 2, (Field("decision", "line"), Field("wondering", "line", optional=True))),
    )
    keys: ClassVar = {
        **{f"setting.{setting}": () for setting in ("triad", "pair", "alone")},
        "whose.case": (),
        "whose.listen": (),
        "minutes.short": ("minutes",),
        "minutes.long": ("minutes",),
        "minutes.beside": ("minutes", "written"),
        "keep.praise": ("quote",),
        "heard.verdict": ("quote",),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """How to hold the rounds as chosen; about the time and the notes; about a verdict in a listener's sentence."""
        advice = []
        for name in ("setting", "whose"):
            if (key := f"{name}.{answers.get(name)}") in self.keys:
                advice.append(Advice(key, name, "tell"))
        advice += _about_time(answers, case)
        keep = str(answers.get("keep") or "")
        if len(keep.split()) < FEWEST_WORDS and (praise := first_of(PRAISE, keep)):
            advice.append(Advice("keep.praise", "keep", quotes=(praise,), values={"quote": praise}))
        for row in filled(answers, "heard"):
            if found := VERDICT.search(mask(heard := str(row.values.get("decision", "")))):
                quote = heard[slice(*found.span())]
                field = f"heard.{row.number}.decision"
                advice.append(Advice("heard.verdict", field, quotes=(quote,), values={"quote": quote}))
        return advice


def _about_time(answers: Answers, case: Case) -> list[Advice]:
    """A telling outside of two to three minutes; and, beside it, how long the written story should take."""
    minutes = answers.get("minutes")
    if not isinstance(minutes, int | float):
        return []
    shown = show_number(minutes, "minutes")
    advice = []
    if minutes > LONGEST or minutes < SHORTEST:
        key = "minutes.long" if minutes > LONGEST else "minutes.short"
        advice.append(Advice(key, "minutes", values={"minutes": shown}))
    story = case.answers.get("story", {})
    told = [text for name in SPOKEN if (text := str(story.get(name) or "").strip())]
    if told and answers.get("whose") == "own":
        values = {"minutes": shown, "written": show_number(spoken_minutes(told), "minutes")}
        advice.append(Advice("minutes.beside", "minutes", "tell", values=values))
    return advice
