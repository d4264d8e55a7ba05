"""Pre-mortem: risks written from the fact of failure, each with an own first move and a tripwire.

Klein's method: it has failed, and everybody writes down why ("Performing a project premortem", 2007). Expected loss
stands beside the map, because a matrix can rank two risks the wrong way round (Cox, "What's wrong with risk matrices?",
2008).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from workshop.exercises import wording
from workshop.exercises.base import Advice, Answers, Case, Exercise, Field, rows
from workshop.exercises.days import read_day
from workshop.exercises.moves import are_several, has_number, is_nobody, only_watches, others_move
from workshop.exercises.risks import CONTROLS, FEW, MOST, Risk, outward, read_risks
from workshop.exercises.sentences import Grammar
from workshop.exercises.tenses import untold
from workshop.facts import show_date, show_number

WRITING = ("cause", "event", "effect")
"""The columns of the silent minutes."""
WORDED = (*WRITING, "move", "then")
LARGEST = 100_000
"""$M and days: more is a slip of the finger."""
COLUMNS = (
    *(Field(column) for column in WRITING),
    Field("theme", "line", optional=True, role="theme"),
    Field("votes", "number", minimum=0, maximum=1000, optional=True, role="votes", order="highest"),
    Field("likelihood", "number", minimum=0, maximum=100, unit="%", order="highest"),
    Field("money", "number", minimum=0, maximum=LARGEST, unit="$M", order="highest"),
    Field("days", "number", minimum=0, maximum=LARGEST, unit="days"),
    Field("control", "choice", choices=CONTROLS),
    Field("move"),
    Field("indicator", "line"),
    Field("threshold", "line"),
    Field("check", "line", order="earliest"),
    Field("then"),
    Field("owner", "line"),
    Field("cost", "number", minimum=0, maximum=LARGEST, unit="$M", optional=True),
    Field("residual", "number", minimum=0, maximum=100, unit="%", optional=True),
)
SCORING = tuple(column.name for column in COLUMNS if column.name not in WRITING and not column.optional)


class Premortem(Exercise):
    """Up to twelve risks: cause, event, effect; then themes and votes; then figures, a first move and a tripwire.

    The writing asks for its three columns only; a risk wants the others once one of them is filled in, so that the
    silent minutes stay silent, and whoever scores the voted risks alone is done with the rest.
    """

    name: ClassVar = "premortem"
    uses: ClassVar = ("project.launch", "dates.kickoff", "revenue.first_quarter")
    exports: ClassVar = ("md", "csv")
    fields: ClassVar = rows("risk", MOST, COLUMNS, least=FEW)
    keys: ClassVar = {
        **{f"wording.{flag}": ("quote",) for flag in wording.FLAGS if flag not in ("no_first_person", "no_numbers")},
        "cause.open": ("quote",),
        "cause.untold": (),
        "cause.none": (),
        "cause.alone": (),
        "likelihood.zero": (),
        "likelihood.certain": (),
        "impact.nothing": (),
        "move.none": (),
        "move.outside": (),
        "move.others": ("quote",),
        "move.watches": ("quote",),
        "threshold.none": (),
        "threshold.number": ("quote",),
        "check.none": (),
        "check.unreadable": ("quote",),
        "check.late": ("check",),
        "check.early": ("check",),
        "owner.nobody": ("quote",),
        "owner.several": (),
        "residual.more": ("likelihood", "residual"),
        "cost.more": ("cost", "saved"),
        "written": ("count",),
        "votes.differ": ("voted", "dearest"),
        "drift": ("outside", "count"),
        "drift.outward": (),
    }

    def missing(self, answers: Answers) -> tuple[str, ...]:
        """The columns of the writing in every begun risk, and those of the scoring where the scoring has begun."""
        scored = {risk.number for risk in read_risks(answers) if _is_scored(risk)}
        return tuple(name for name in super().missing(answers) if _wants(name, scored))

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Questions risk by risk; then what the list as a whole says."""
        risks = read_risks(answers)
        advice = [item for risk in risks for item in _about(risk, risk is risks[-1], case)]
        return [*advice, *_about_all(risks)]


def _is_scored(risk: Risk) -> bool:
    return any(risk[column] or column in risk.numbers for column in SCORING)


def _wants(name: str, scored: set[int]) -> bool:
    _, number, column = name.split(".")
    return column in WRITING or int(number) in scored


def _about(risk: Risk, last: bool, case: Case) -> Iterator[Advice]:
    """What to ask about one risk, column by column."""
    yield from _ask_writing(risk, last)
    for column in WORDED:
        for finding in wording.apart(wording.check(risk[column], "postmortem", case.wording)):
            values = {"quote": finding.quote}
            yield Advice(f"wording.{finding.flag}", _at(risk, column), quotes=(finding.quote,), values=values)
    yield from _ask_figures(risk)
    yield from _ask_move(risk, case)
    yield from _ask_tripwire(risk, case)
    yield from _ask_mitigation(risk)


def _at(risk: Risk, column: str) -> str:
    return f"risk.{risk.number}.{column}"


def _ask_writing(risk: Risk, last: bool) -> Iterator[Advice]:
    """About the tense, and about a chain that lacks its beginning or its rest. What is being typed is left alone."""
    further = bool(risk["event"] or risk["effect"])
    if risk["cause"]:
        word = untold(risk["cause"])
        if word:
            yield Advice("cause.open", _at(risk, "cause"), quotes=(word,))
        elif word == "" and further:
            yield Advice("cause.untold", _at(risk, "cause"), quotes=(risk["cause"],))
        if not further and (not last or _is_scored(risk)):
            yield Advice("cause.alone", _at(risk, "event"))
    elif further and (not last or _is_scored(risk)):
        yield Advice("cause.none", _at(risk, "cause"))


def _ask_figures(risk: Risk) -> Iterator[Advice]:
    likelihood = risk.numbers.get("likelihood")
    if likelihood in (0, 100):
        yield Advice("likelihood.certain" if likelihood else "likelihood.zero", _at(risk, "likelihood"))
    if risk.numbers.get("money") == 0 == risk.numbers.get("days"):
        yield Advice("impact.nothing", _at(risk, "money"))


def _ask_move(risk: Risk, case: Case) -> Iterator[Advice]:
    """About the first move: there is one, it is one's own, and it changes something."""
    move = risk["move"]
    if not move:
        if risk["control"]:
            yield Advice("move.outside" if risk["control"] == "outside" else "move.none", _at(risk, "move"))
        return
    grammar = case.wording[0].grammar if case.wording else Grammar()
    if others := others_move(move, [each.team for each in case.dependencies], grammar):
        yield Advice("move.others", _at(risk, "move"), quotes=(others,))
    elif watching := only_watches(move):
        yield Advice("move.watches", _at(risk, "move"), quotes=(watching,))


def _ask_tripwire(risk: Risk, case: Case) -> Iterator[Advice]:
    """About threshold, day and owner; what is still empty only once something after it is filled in."""
    watched, later = bool(risk["indicator"]), bool(risk["then"] or risk["owner"])
    if risk["threshold"] and not has_number(risk["threshold"]):
        yield Advice("threshold.number", _at(risk, "threshold"), quotes=(risk["threshold"],))
    elif watched and not risk["threshold"] and (risk["check"] or later):
        yield Advice("threshold.none", _at(risk, "threshold"))
    if risk["check"]:
        yield from _ask_day(risk, case)
    elif watched and later:
        yield Advice("check.none", _at(risk, "check"))
    if is_nobody(risk["owner"]):
        yield Advice("owner.nobody", _at(risk, "owner"), quotes=(risk["owner"],))
    elif are_several(risk["owner"]):
        yield Advice("owner.several", _at(risk, "owner"), quotes=(risk["owner"],))


def _ask_day(risk: Risk, case: Case) -> Iterator[Advice]:
    begins, launch = case.facts["dates.kickoff"].value, case.facts["project.launch"].value
    if not isinstance(begins, date) or not isinstance(launch, date):
        return
    day = read_day(risk["check"])
    if day is None:
        yield Advice("check.unreadable", _at(risk, "check"), quotes=(risk["check"],))
    elif not begins <= day < launch:
        key = "check.early" if day < begins else "check.late"
        yield Advice(key, _at(risk, "check"), values={"check": show_date(day)})


def _ask_mitigation(risk: Risk) -> Iterator[Advice]:
    """About a mitigation that makes it worse, and about one that costs more than it saves."""
    numbers, money, after = risk.numbers, risk.money, risk.after
    if numbers.get("residual", 0) > numbers.get("likelihood", 100):
        values = {name: show_number(numbers[name], "%") for name in ("likelihood", "residual")}
        yield Advice("residual.more", _at(risk, "residual"), values=values)
    elif money is not None and after is not None and after > money:
        cost = numbers.get("cost", 0)
        values = {"cost": show_number(cost, "$M"), "saved": show_number(money - after + cost, "$M")}
        yield Advice("cost.more", _at(risk, "cost"), values=values)


def _about_all(risks: Sequence[Risk]) -> Iterator[Advice]:
    """The next step when the writing is done; votes against money; how far the list has drifted outward."""
    whole = [risk for risk in risks if all(risk[column] for column in WRITING)]
    if len(whole) >= FEW and not any(_is_scored(risk) for risk in risks):
        yield Advice("written", kind="tell", values={"count": str(len(whole))})
    voted = _highest(risks, [risk.numbers.get("votes", 0) for risk in risks])
    dearest = _highest(risks, [risk.money or 0 for risk in risks])
    if voted and dearest and voted != dearest:
        yield Advice("votes.differ", values={"voted": str(voted), "dearest": str(dearest)})
    outside, count = outward(risks)
    if count >= FEW:
        yield Advice("drift", kind="tell", values={"outside": str(outside), "count": str(count)})
        if 2 * outside > count:
            yield Advice("drift.outward")


def _highest(risks: Sequence[Risk], values: Sequence[float]) -> int:
    """The number of the risk that has more than any other; 0 if there is no such risk."""
    if not values or values.count(highest := max(values)) > 1 or not highest:
        return 0
    return risks[values.index(highest)].number
