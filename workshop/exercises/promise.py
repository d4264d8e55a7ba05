"""A promise made by word of mouth, turned into an agreement: who, what, by when, how fast, and what if not.

The answers become the terms of the contract's file (``workshop.payments.rfc``). Nothing is closed or refused here: an
agreement with holes is what the case began with, and everything that uses the contract says where they are.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from workshop.exercises.base import Advice, Answers, Case, Exercise, Field
from workshop.exercises.days import read_day
from workshop.exercises.moves import is_nobody

DAYS = ("mock", "p50", "p80", "expires", "consumer_signed", "provider_signed")
"""The fields that hold a day."""
PEOPLE = ("consumer_owner", "consumer_deputy", "provider_owner", "provider_deputy")

BLOCKS = re.compile(r"\b(?:block|blocks|blocked|blocking|stop|stops|refuse|refuses|red|fail|fails|gate|gates)\b", re.I)
"""Words of a check that has a consequence."""
NONE = re.compile(r"\W*(?:none|no|nothing|n/?a|not needed|tbd)\W*", re.IGNORECASE)

LONG_NOTICE = 72
"""Hours: a slip that may be kept for longer than this is asked about."""


class Promise(Exercise):
    """Owners and deputies, purpose, dates, volume and speed, duties, safety net, and who has signed on which day."""

    name: ClassVar = "promise"
    exports: ClassVar = ("md", "html", "yaml")
    fields: ClassVar = (
        Field("purpose", "line", group="what"),
        Field("non_goals", "line", group="what"),
        *(Field(name, "line", group="people") for name in PEOPLE),
        Field("mock", "line", group="dates"),
        Field("p50", "line", group="dates"),
        Field("p80", "line", group="dates"),
        Field("per_second", "number", group="speed", minimum=1, maximum=100_000, unit="calls a second"),
        Field("p95", "number", group="speed", minimum=1, maximum=60_000, unit="ms"),
        Field("p95_peak", "number", group="speed", minimum=1, maximum=60_000, unit="ms"),
        Field("available", "number", group="speed", minimum=0, maximum=100, unit="%"),
        Field("budget", "number", group="speed", minimum=0, maximum=100, unit="%"),
        Field("notice_hours", "number", group="duties", minimum=1, maximum=720, unit="hours"),
        Field("notice_to", "line", group="duties"),
        Field("escalation", "line", group="duties"),
        Field("change", "line", group="duties"),
        Field("verification", group="net"),
        Field("fallback", group="net"),
        Field("expires", "line", group="net"),
        Field("consumer_signed", "line", group="signatures"),
        Field("provider_signed", "line", group="signatures"),
    )
    keys: ClassVar = {
        "day.unreadable": ("quote",),
        "person.nobody": ("quote",),
        "person.twice": ("name",),
        "dates.crossed": (),
        "dates.one": (),
        "dates.mock": (),
        "dates.launch": (),
        "peak.slower": (),
        "notice.long": ("hours",),
        "verification.open": (),
        "fallback.none": (),
        "signed.early": (),
        "complete": (),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Questions about the parts that would not hold; then, of a whole agreement, what it still is."""
        texts = {name: str(value).strip() for name, value in answers.items() if value is not None}
        days = {name: day for name in DAYS if (day := read_day(texts.get(name, "")))}
        advice = [*_people(texts), *_days(texts, days, case), *_duties(answers, texts)]
        if not self.missing(answers) and not advice:
            advice.append(Advice("complete", kind="tell"))
        return advice


def _people(texts: dict[str, str]) -> Iterator[Advice]:
    """An owner is one person, and a deputy is another."""
    for name in PEOPLE:
        if (owner := texts.get(name, "")) and is_nobody(owner):
            yield Advice("person.nobody", name, quotes=(owner,), values={"quote": owner})
    for side in ("consumer", "provider"):
        owner, deputy = texts.get(f"{side}_owner", ""), texts.get(f"{side}_deputy", "")
        if owner and owner.casefold() == deputy.casefold():
            yield Advice("person.twice", f"{side}_deputy", values={"name": owner})


def _days(texts: dict[str, str], days: dict[str, date], case: Case) -> Iterator[Advice]:
    """Days that can't be read, and days that contradict each other or the plan."""
    for name in DAYS:
        if texts.get(name) and name not in days:
            yield Advice("day.unreadable", name, quotes=(texts[name],), values={"quote": texts[name]})
    likely, safe, mock = days.get("p50"), days.get("p80"), days.get("mock")
    if likely and safe and likely >= safe:
        yield Advice("dates.one" if likely == safe else "dates.crossed", "p80")
    if mock and likely and mock >= likely:
        yield Advice("dates.mock", "mock")
    launch = case.facts["project.launch"].value
    if safe and isinstance(launch, date) and safe >= launch:
        yield Advice("dates.launch", "p80")
    for name in ("consumer_signed", "provider_signed"):
        if texts.get(name) and not (texts.get("verification") and texts.get("p80")):
            yield Advice("signed.early", name)
            break


def _duties(answers: Answers, texts: dict[str, str]) -> Iterator[Advice]:
    """A check without a consequence, a fallback that is none, notice that comes too late to help."""
    usual, peak = answers.get("p95"), answers.get("p95_peak")
    if isinstance(usual, int | float) and isinstance(peak, int | float) and peak < usual:
        yield Advice("peak.slower", "p95_peak")
    hours = answers.get("notice_hours")
    if isinstance(hours, int | float) and hours > LONG_NOTICE:
        yield Advice("notice.long", "notice_hours", values={"hours": f"{hours:g}"})
    if texts.get("verification") and not BLOCKS.search(texts["verification"]):
        yield Advice("verification.open", "verification")
    if NONE.fullmatch(texts.get("fallback", "")):
        yield Advice("fallback.none", "fallback")
