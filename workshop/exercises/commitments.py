"""If-then commitments, each with a day, a partner and a sign that somebody else can see; and the day of the check."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from workshop.exercises import wording
from workshop.exercises.base import Advice, Answers, Case, Exercise, Field, filled, rows
from workshop.exercises.days import read_day
from workshop.exercises.sentences import mask
from workshop.exercises.telling import any_of
from workshop.facts import show_date

ROWS, COLUMNS = "commitment", ("trigger", "action", "by", "partner", "seen")
MOST = 5
MANY = 3
"""More commitments than this compete with one another."""
CHECK_AFTER = timedelta(days=14)
"""From the first day to the check."""

VAGUE = any_of(r"""
    (?:if|when|whenever) (?:I|we) (?:have|find|get) (?:some |the |more )?time, (?:if|when|whenever|where) possible,
    (?:if|when|whenever|where) (?:needed|necessary|appropriate), (?<!as )soon, some ?time, some day, one day,
    in (?:the )?future, going forward, from now on, generally, in general, at some point, things (?:go|get) \w+,
    something (?:goes|comes|happens|is) \w*, there (?:is|are) (?:a )?problems?, it is needed, I feel like it, if need be
""")
TRYING = any_of(r"""
    (?:try|trying)(?! (?:out|it|them|this|that)\b), attempt, aim to, hope to, hoping, want to, would like to,
    'd like to, intend to, plan to, do my best, make an effort, see if, think about, consider, work on, be better,
    be more, get better, improve
""")
IF = re.compile(r"^(?:(?:if|when|whenever)\b[\s,]*)+", re.IGNORECASE)
THEN = re.compile(r"^(?:(?:and|so|then|I will|I'll|I’ll|I|to)\b[\s,]*)+", re.IGNORECASE)
"""What people type although the form says it."""
SMALL = {"a", "an", "another", "any", "at", "by", "in", "it", "my", "no", "on", "one", "our", "the", "they", "we"}
SMALL |= {"every", "nobody", "somebody", "someone", "something", "there", "this", "that"}
"""Words that may open a trigger and are small within a sentence; any other may be a name."""
OTHERS = re.compile(
    r"^(?:they|he|she|we|everyone|everybody|people|somebody|someone|management|leadership|each|all"
    r"|(?:the|our|my|their|every) (?:\w+ ){0,2}?(?:teams?|managers?|boss|leads?|directors?|colleagues?|people|others|"
    r"company|department|group|staff|stakeholders?|sponsors?|organi[sz]ation))\b"
    r"|\b(?:make sure|ensure|see to it)(?: that)? (?:they|everyone|everybody|people|the \w+|my \w+|our \w+)\b"
    r"|\b(?:have|get|make) (?:them|him|her|everyone|everybody|people) (?:to )?\w+",
    re.IGNORECASE,
)
INWARD = any_of(r"""
    I (?:will |'ll )?(?:know|feel|notice|remember|am|have understood|understand), in my head, feels? better, feeling,
    I'm, myself, a good conscience, trust me, nothing
""")


@dataclass(frozen=True)
class Commitment:
    """What may happen, what its owner then does, by when, with whom, how it can be seen; "" where nothing stands."""

    number: int
    trigger: str
    action: str
    by: date | None
    partner: str
    seen: str


class Commitments(Exercise):
    """One to five rows of "if this happens by that day, then I will", and the day from which two weeks count.

    A whole commitment has a trigger and an action. Days are typed; one that can't be read for certain is asked about.
    """

    name: ClassVar = "commitments"
    exports: ClassVar = ("md", "ics")
    fields: ClassVar = (
        *rows(ROWS, MOST, [Field(column, "line") for column in COLUMNS]),
        Field("first_day", "line"),
    )
    keys: ClassVar = {
        "wording.individual_fix": ("quote",),
        "trigger.vague": ("quote",),
        "action.trying": ("quote",),
        "action.others": ("quote",),
        "day.missing": (),
        "day.unread": ("quote",),
        "by.past": ("by", "first_day"),
        "by.late": ("by", "check"),
        "seen.inward": ("quote",),
        "many": ("count",),
        "check": ("check", "count"),
    }

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Row by row the questions about its five parts; then about their number, and the day of the check."""
        start, problems = _day("first_day", str(answers.get("first_day") or ""))
        advice = [said for row in filled(answers, ROWS) for said in _about(row.number, answers, start, case)]
        advice += problems
        whole = [commitment for commitment in commitments(answers) if commitment.trigger and commitment.action]
        if len(whole) > MANY:
            advice.append(Advice("many", values={"count": str(len(whole))}))
        if whole and start:
            values = {"check": show_date(start + CHECK_AFTER, weekday=True), "count": str(len(whole))}
            advice.append(Advice("check", "first_day", "tell", values=values))
        return advice


def commitments(answers: Answers) -> list[Commitment]:
    """The rows that are begun, without the "if" and the "then I will" that people type although the form says them."""
    texts = [(row.number, {name: str(value) for name, value in row.values.items()}) for row in filled(answers, ROWS)]
    return [
        Commitment(
            number,
            trigger_of(row.get("trigger", "")),
            action_of(row.get("action", "")),
            read_day(row.get("by", "")),
            row.get("partner", "").strip(),
            row.get("seen", "").strip(),
        )
        for number, row in texts
    ]


def first_day(answers: Answers) -> date | None:
    """The day from which the two weeks count, if it can be read."""
    return read_day(str(answers.get("first_day") or ""))


def trigger_of(text: str) -> str:
    """``text`` as it stands after "if": "When a team promises." becomes "a team promises"."""
    core = IF.sub("", text.strip()).rstrip(".,; ")
    first = core.partition(" ")[0]
    return core[:1].lower() + core[1:] if first.casefold() in SMALL else core


def action_of(text: str) -> str:
    """``text`` as it stands after "I will": "Then I'll ask for a test." becomes "ask for a test"."""
    core = THEN.sub("", text.strip()).rstrip(".,; ")
    return core[:1].lower() + core[1:] if core[1:2].islower() else core


def _about(number: int, answers: Answers, start: date | None, case: Case) -> Iterator[Advice]:
    """The questions about one row."""
    texts = {column: str(answers.get(f"{ROWS}.{number}.{column}") or "").strip() for column in COLUMNS}
    yield from _asked("trigger.vague", f"{ROWS}.{number}.trigger", VAGUE, texts["trigger"])
    yield from _about_action(f"{ROWS}.{number}.action", texts["action"], case)
    yield from _asked("seen.inward", f"{ROWS}.{number}.seen", INWARD, texts["seen"])
    by, problems = _day(f"{ROWS}.{number}.by", texts["by"])
    yield from problems
    if not texts["by"] and texts["trigger"] and texts["action"]:
        yield Advice("day.missing", f"{ROWS}.{number}.by")
    if by and start:
        yield from _beside(f"{ROWS}.{number}.by", by, start)


def _about_action(field: str, text: str, case: Case) -> Iterator[Advice]:
    """One question at most: an attempt, somebody else's action, or a fix that rests on one's own will."""
    core = action_of(text)
    if TRYING.search(mask(text)):
        yield from _asked("action.trying", field, TRYING, text)
    elif OTHERS.search(mask(core)):
        yield from _asked("action.others", field, OTHERS, core)
    else:
        fixes = [rule for rule in case.wording if rule.flag == "individual_fix"]
        for finding in wording.check(f"I will {core}.", "story", fixes)[:1]:
            quote = finding.quote.removeprefix("I ").removeprefix("will ").removesuffix(".")
            yield Advice("wording.individual_fix", field, quotes=(quote,), values={"quote": quote})


def _asked(key: str, field: str, pattern: re.Pattern[str], text: str) -> Iterator[Advice]:
    """The question about the first words that the pattern means, if there are any outside quotations."""
    if match := pattern.search(mask(text)):
        quote = text[slice(*match.span())]
        yield Advice(key, field, quotes=(quote,), values={"quote": quote})


def _day(field: str, text: str) -> tuple[date | None, list[Advice]]:
    """The day that a field holds, and the question about one that can't be read."""
    day = read_day(text)
    unread = text.strip() and day is None
    return day, [Advice("day.unread", field, quotes=(text,), values={"quote": text})] if unread else []


def _beside(field: str, by: date, start: date) -> Iterator[Advice]:
    """About a day that is over before the first, or that comes after the check."""
    if by < start:
        yield Advice("by.past", field, values={"by": show_date(by), "first_day": show_date(start)})
    elif by > start + CHECK_AFTER:
        yield Advice("by.late", field, values={"by": show_date(by), "check": show_date(start + CHECK_AFTER)})
