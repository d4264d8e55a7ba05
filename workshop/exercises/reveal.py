"""The reveal: which of the case's real causes the own pre-mortem had foreseen, matched by the participant."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.overlap import shared
from workshop.exercises.risks import FEW, MOST, Risk, outward, read_risks

MOST_CAUSES = 7
NONE = "none"
ENOUGH = 2
"""Words that a cause and a risk must share before the two are proposed as a match."""
WIDE = 3
"""Causes to one risk from which on the risk may be too wide to act on."""
TOLD = ("cause", "event", "effect", "indicator")
"""The columns of a risk in which a cause may be recognised."""

Cause = Mapping[str, str]


class Reveal(Exercise):
    """For each real cause of the case: none of my risks, or the risk that had foreseen it.

    The causes appear once there is a risk to lay beside them, so that nobody reads them before having written. A match
    is proposed where words overlap, and holds only when the participant chooses it. When every cause has its answer,
    it tells how many were foreseen, how many of those had a first move and a tripwire, and how far both lists lean
    outward. Known limit: the proposal counts words, so it misses what is said otherwise, and proposes what only sounds
    alike.
    """

    name: ClassVar = "reveal"
    reads: ClassVar = ("premortem",)
    fields: ClassVar = tuple(
        Field(f"cause_{number}", "choice", choices=(NONE, *(f"risk.{risk}" for risk in range(1, MOST + 1))))
        for number in range(1, MOST_CAUSES + 1)
    )
    keys: ClassVar = {
        "waiting": (),
        "propose": ("number", "risk", "words"),
        "wide": ("number", "risk", "count"),
        "told.foreseen": ("foreseen", "count"),
        "told.all": ("count",),
        "told.missed": ("missed",),
        "told.watched": (),
        "told.unwatched": ("watched", "foreseen"),
        "told.drift": ("outside", "risks", "theirs", "count"),
    }

    def fitted(self, case: Case) -> tuple[Field, ...]:
        """A field for each of the case's causes, whose choices are the participant's own risks."""
        risks = own_risks(case)
        if not risks:
            return ()
        choices = (NONE, *risks)
        labels = ("", *(f"{risk.number}. {risk.title}" for risk in risks.values()))
        return tuple(
            replace(field, label=cause["title"], choices=choices, labels=labels)
            for field, cause in zip(self.fields, read_causes(case), strict=False)
        )

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """A proposed match for each open cause; when none is open, what was foreseen, and what was not."""
        risks, causes = own_risks(case), read_causes(case)
        if not risks:
            return [Advice("waiting", kind="tell")]
        matches = matched(answers, case)
        advice = [
            item
            for field, cause in zip(self.fields, causes, strict=False)
            if field.name not in matches
            for item in _propose(field.name, cause, list(risks.values()))
        ]
        times = Counter(matches.values())
        for choice, risk in risks.items():
            if times[choice] >= WIDE:
                values = {**_named(risk), "count": str(times[choice])}
                advice.append(Advice("wide", quotes=(risk.title,), values=values))
        if len(matches) == len(causes):
            advice += _tell(matches, causes, risks)
        return advice


def read_causes(case: Case) -> Sequence[Cause]:
    """The case's real causes: key, title, text, and who controlled each (ours, shared, outside)."""
    return case.data["causes"][:MOST_CAUSES]


def own_risks(case: Case) -> dict[str, Risk]:
    """The participant's own risks that say anything, by the name of their row: ``risk.3``."""
    risks = read_risks(case.answers.get("premortem", {}))
    return {f"risk.{risk.number}": risk for risk in risks if risk.title}


def matched(answers: Answers, case: Case) -> dict[str, str]:
    """Field to the row of the risk chosen there, or ``none``, cause by cause; open ones and gone risks are left out."""
    known = (NONE, *own_risks(case))
    names = [field.name for field in Reveal.fields[: len(read_causes(case))]]
    return {name: str(answers[name]) for name in names if answers.get(name) in known}


def _named(risk: Risk) -> dict[str, str]:
    """Number and title of a risk, for a sentence that goes on behind them."""
    return {"number": str(risk.number), "risk": risk.title.rstrip(".")}


def _propose(field: str, cause: Cause, risks: Sequence[Risk]) -> Iterator[Advice]:
    """The risk that shares most words with the cause, if it shares enough."""
    described = f"{cause['title']} {cause['text']}"
    found = [(shared(" ".join(risk[column] for column in TOLD), described), risk) for risk in risks]
    words, risk = max(found, key=lambda pair: len(pair[0]))
    if len(words) >= ENOUGH:
        values = {**_named(risk), "words": ", ".join(words[:4])}
        yield Advice("propose", field, values=values)


def _tell(matches: Mapping[str, str], causes: Sequence[Cause], risks: Mapping[str, Risk]) -> Iterator[Advice]:
    """What was foreseen, what of it was watched, and both lists' share of what nobody in the project controls."""
    chosen = [risks[number] for number in matches.values() if number in risks]
    count, foreseen = str(len(causes)), str(len(chosen))
    missed = [cause["title"] for cause, number in zip(causes, matches.values(), strict=True) if number not in risks]
    if missed:
        yield Advice("told.foreseen", kind="tell", values={"foreseen": foreseen, "count": count})
        yield Advice("told.missed", kind="tell", values={"missed": "; ".join(missed)})
    else:
        yield Advice("told.all", kind="tell", values={"count": count})
    if chosen and all(risk.is_watched for risk in chosen):
        yield Advice("told.watched", kind="tell")
    elif chosen:
        watched = str(sum(risk.is_watched for risk in chosen))
        yield Advice("told.unwatched", kind="tell", values={"watched": watched, "foreseen": foreseen})
    outside, stated = outward(list(risks.values()))
    if stated >= FEW:
        theirs = sum(cause["control"] == "outside" for cause in causes)
        values = {"outside": str(outside), "risks": str(stated), "theirs": str(theirs), "count": count}
        yield Advice("told.drift", kind="tell", values=values)
