"""The agreement that a participant filled in, as the terms of the contract's file."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from workshop.exercises.base import Answers
from workshop.exercises.days import read_day
from workshop.payments.contract import ROLES, agree, promise
from workshop.payments.document import Contract, fx_quote

PLACES: Mapping[str, str] = {
    "purpose": "purpose",
    "non_goals": "non_goals",
    "consumer_owner": "consumer.owner",
    "consumer_deputy": "consumer.deputy",
    "provider_owner": "provider.owner",
    "provider_deputy": "provider.deputy",
    "mock": "delivery.mock",
    "p50": "delivery.p50",
    "p80": "delivery.p80",
    "notice_hours": "notice.hours",
    "notice_to": "notice.to",
    "verification": "verification",
    "fallback": "fallback",
    "escalation": "escalation",
    "change": "change",
    "expires": "expires",
}
"""Field of the form to its place in ``x-contract``."""

TEAMS = ("consumer.team", "provider.team")
"""What the two teams are called was known from the start."""


def drafted(answers: Answers, peak: int) -> Contract:
    """The contract with what these answers agree on, and nothing that they leave open.

    ``peak`` is how many times the usual load the second objective is for. A day is written as ISO 8601 has it; one that
    can't be read stays as it was typed, and counts as open.
    """
    shipped = fx_quote()
    group = {place: shipped.terms[place.partition(".")[0]][place.partition(".")[2]] for place in TEAMS}
    agreed = {place: _written(answers.get(field)) for field, place in PLACES.items()}
    return agree(promise(shipped), {**group, **agreed, "objectives": _objectives(answers, peak), **_signed(answers)})


def drafted_on(answers: Answers, kickoff: date) -> date:
    """The day on which the draft is looked at: the kick-off, or that of the last signature if it came later."""
    signed = (read_day(str(answers.get(f"{side}_signed") or "")) for side in ("consumer", "provider"))
    return max([kickoff, *(day for day in signed if day)])


def _written(value: Any) -> str:
    if isinstance(value, float | int):
        return f"{value:g}"
    text = str(value or "").strip()
    day = read_day(text)
    return day.isoformat() if day else text


def _objectives(answers: Answers, peak: int) -> Sequence[Mapping[str, Any]]:
    """What is promised at the usual load and at the peak; an objective with a hole is none."""
    rows = []
    for load, speed in ((1, answers.get("p95")), (peak, answers.get("p95_peak"))):
        parts = (answers.get("per_second"), speed, answers.get("available"), answers.get("budget"))
        if all(isinstance(part, int | float) for part in parts):
            volume, p95, available, budget = (float(str(part)) for part in parts)
            rows.append(
                {
                    "load": load,
                    "per_second": round(volume * load),
                    "p95_ms": round(p95),
                    "available_percent": f"{available:g}",
                    "error_budget_percent": f"{budget:g}",
                }
            )
    return rows


def _signed(answers: Answers) -> Mapping[str, Any]:
    """Who has signed, and when. An unreadable day is no signature."""
    rows = []
    for role, side in zip(ROLES, ("consumer", "provider"), strict=True):
        owner, day = str(answers.get(f"{side}_owner") or ""), read_day(str(answers.get(f"{side}_signed") or ""))
        if owner and day:
            rows.append({"role": role, "name": owner, "signed": day.isoformat()})
    return {"signatures": rows}
