"""Actions: one line each, graded while it is written, with an owner, a day, and a measure that can fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from workshop.course import Value
from workshop.exercises.base import Advice, Answers, Case, Exercise, Field, Row, filled, rows
from workshop.exercises.conditions import MOST as CONDITIONS
from workshop.exercises.conditions import described
from workshop.exercises.days import read_day
from workshop.exercises.post_mortem import KEYS, LOOK, ask, look
from workshop.exercises.strength import GRADES, UNCLEAR, Graded, grade

MOST, WANTED, ENOUGH = 8, 2, 3
"""Actions that there is room for, that are asked for, and after which a list without a strong one is asked about."""
SHORT = 60
"""Letters of a condition that fit into a choice."""


@dataclass(frozen=True)
class Action:
    """An action that has a line: its row, its grade, its day if one can be read, and its answers by column."""

    number: int
    graded: Graded
    due: date | None
    values: Mapping[str, Value]

    def text(self, column: str) -> str:
        """An answer on one line; "" if there is none."""
        return " ".join(str(self.values.get(column) or "").split())


class Actions(Exercise):
    """Verb, object and artefact in a line; what it removes or detects; one owner; a day; a measure; its condition.

    Every line is graded by the mechanism that it names (``workshop.exercises.strength``), with the reason. For a weaker
    one it asks for a stronger variant. The choices of a condition carry the participant's own words.
    """

    name: ClassVar = "actions"
    reads: ClassVar = ("conditions",)
    exports: ClassVar = ("md", "csv")
    uses: ClassVar = ("dates.launched",)
    fields: ClassVar = rows(
        "action",
        MOST,
        (
            Field("what"),
            Field("mechanism"),
            Field("owner", "line", role="theme"),
            Field("due", "line", order="earliest"),
            Field("metric"),
            Field("condition", "choice", choices=tuple(str(number) for number in range(1, CONDITIONS + 1))),
            Field("tracker", "line", optional=True),
        ),
        least=WANTED,
    )
    keys: ClassVar = {
        **KEYS,
        **{f"graded.{each}": ("quote", "reason") for each in GRADES},
        "graded.unclear": (),
        "stronger.weaker": ("hint",),
        "stronger.intermediate": ("hint",),
        **{f"{LOOK}{name}": ("quote",) for name in ("group_owner", "two_owners", "mere_doing")},
        "owner.team": ("owner",),
        "due.none": (),
        "due.unread": ("due",),
        "due.past": ("due",),
        "metric.none": (),
        "set.none_stronger": ("count",),
        "set.unanswered": ("conditions",),
    }

    def fitted(self, case: Case) -> tuple[Field, ...]:
        """The choices of a condition in the participant's own words, as far as they are written."""
        own = described(case.answers.get("conditions", {}))
        labels = tuple(_shortened(number, own.get(number, "")) for number in _choices(self.fields))
        return tuple(replace(field, labels=labels) if field.choices else field for field in self.fields)

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Each action's grade and what to ask about it; then what concerns the whole list."""
        actions = read_actions(answers, case)
        advice = [item for action in actions for item in _about(action, case)]
        if len(actions) >= ENOUGH and not any(action.graded.grade == GRADES[0] for action in actions):
            advice.append(Advice("set.none_stronger", values={"count": str(len(actions))}))
        answered = {action.text("condition") for action in actions} - {""}
        own = described(case.answers.get("conditions", {}))
        if answered and (
            left := [f"{number} ({what.rstrip('.')})" for number, what in own.items() if number not in answered]
        ):
            advice.append(Advice("set.unanswered", values={"conditions": "; ".join(left)}))
        return advice


def read_actions(answers: Answers, case: Case) -> list[Action]:
    """The actions that have a line, graded, in the order of their rows."""
    return [_read(row, case) for row in filled(answers, "action") if row.values.get("what")]


def _read(row: Row, case: Case) -> Action:
    what, mechanism, due = (str(row.values.get(column, "")) for column in ("what", "mechanism", "due"))
    return Action(row.number, grade(what, mechanism, case.review.mechanisms), read_day(due), row.values)


def _choices(fields: Sequence[Field]) -> tuple[str, ...]:
    return next(field.choices for field in fields if field.choices)


def _shortened(number: str, text: str) -> str:
    """A condition as a choice; "" if it isn't written."""
    if not text:
        return ""
    return f"{number}: {text if len(text) <= SHORT else text[:SHORT].rsplit(' ', 1)[0] + ' ...'}"


def _about(action: Action, case: Case) -> list[Advice]:
    name = f"action.{action.number}"
    advice = _graded(f"{name}.what", action.graded)
    # What the grade's own question says already, the wording question need not say again.
    weak = ("individual_fix",) if action.graded.hint else ()
    advice += ask(f"{name}.what", action.text("what"), case, but=("hedging", *weak))
    advice += ask(f"{name}.mechanism", action.text("mechanism"), case, but=("hedging", "hidden_actor"))
    advice += _owner(f"{name}.owner", action.text("owner"), case)
    advice += _due(f"{name}.due", action, case)
    metric = action.text("metric")
    advice += look(f"{name}.metric", "mere_doing", metric, case) + look(f"{name}.metric", "named", metric, case)
    if not metric and action.text("owner"):
        advice.append(Advice("metric.none", f"{name}.metric"))
    return advice


def _graded(field: str, graded: Graded) -> list[Advice]:
    """The grade with its reason, and where a stronger action could be found."""
    if graded.grade == UNCLEAR:
        return [Advice("graded.unclear", field)]
    values = {"quote": graded.quote, "reason": graded.reason}
    advice = [Advice(f"graded.{graded.grade}", field, "tell", quotes=(graded.quote,), values=values)]
    if graded.hint:
        advice.append(Advice(f"stronger.{graded.grade}", field, quotes=(graded.quote,), values={"hint": graded.hint}))
    return advice


def _owner(field: str, owner: str, case: Case) -> list[Advice]:
    """About an owner who is a group, or two. A team of the case is known by its name."""
    teams = {f"{article}{each.team}".casefold() for each in case.dependencies for article in ("", "the ", "team ")}
    if owner.casefold().removesuffix(" team") in teams:
        return [Advice("owner.team", field, quotes=(owner,), values={"owner": owner})]
    return look(field, "group_owner", owner, case) or look(field, "two_owners", owner, case)


def _due(field: str, action: Action, case: Case) -> list[Advice]:
    """About a day that is missing, that can't be read, or that had passed when the post-mortem was held."""
    due = action.text("due")
    if not due:
        return [Advice("due.none", field)] if action.text("owner") else []
    if action.due is None:
        return [Advice("due.unread", field, quotes=(due,), values={"due": due})]
    launched = case.facts["dates.launched"].value
    past = isinstance(launched, date) and action.due <= launched
    return [Advice("due.past", field, values={"due": due})] if past else []
