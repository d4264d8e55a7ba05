"""What three parts of a told failure say: who heard the bad news and when, loss and benefit, how far a learning goes.

These are word lists and no reader. Each finds what a listener would ask about, quotes the words it means, and leaves
the judgement to the person, who may dismiss the question. The docstrings say where a list is known to be wrong.
Quotations are left out, as in ``workshop.exercises.wording``.
"""

import re
from dataclasses import dataclass

from workshop.exercises.sentences import mask, sentences

KEYS = (
    "news.nobody",
    "news.late",
    "news.when",
    "news.ask",
    "result.loss_only",
    "result.benefit_only",
    "learning.self",
    "learning.team",
)


@dataclass(frozen=True)
class Hint:
    """A question by its key, and the participant's words that it means."""

    key: str
    quote: str


def any_of(phrases: str) -> re.Pattern[str]:
    """Any of these phrases (regular expressions, a comma between two) as whole words, whatever their case."""
    alternatives = "|".join(re.split(r",\s+", phrases.strip()))
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


TELLING = any_of(r"""
    tell, told, call, called, phoned, rang, write, wrote, e-?mailed, messaged, inform, informed, notified, warned,
    briefed, escalated, announced, report, reported, raised, presented, admitted, disclosed, shared, sent, spoke,
    talked, met, said, let, apologi[sz]ed
""")
PEOPLE = any_of(r"""
    stakeholders?, managers?, management, leadership, directors?, boss, bosses, leads?, leaders?, owners?,
    sponsors?, customers?, clients?, users?, merchants?, teams?, heads?, board, partners?, colleagues?,
    executives?, execs?, VPs?, [CV][ET]?[EOPTF]O, everyone, everybody, them, him, her, people, product, sales,
    finance, legal, support, regulators?, departments?, council, committee, authorit(?:y|ies), parents?, patients?,
    guests?, visitors?, passengers?, residents?, suppliers?, crews?
""")
NAMED = re.compile(r"\b(?:told|called|phoned|e-?mailed|warned|briefed|wrote to|spoke (?:to|with)|met) [A-Z][a-z]+")

LATE = any_of(r"""
    eventually, finally, in the end, at last, only (?:when|after|once), waited(?: until| for)?, wait until, held off,
    when (?:they|he|she|someone|somebody|(?:my|the|our) \w+) asked, until (?:we|I) (?:were|was|had|knew) \w+,
    hoped, hoping, (?:days|weeks|months) (?:later|after), after (?:the )?(?:launch|deadline|release),
    at (?:the|our) (?:next |weekly |monthly |regular )+(?:\w+ )?(?:meeting|call|update|report|review)
""")
SOON = any_of(r"""
    (?:same|that|next|following) (?:day|morning|afternoon|evening|night|hour|week), hours?, minutes?, days?,
    weeks?, today, tomorrow, yesterday, immediately, at once, straight away, right away, as soon as, noon, lunch,
    lunchtime, midnight, o'clock, \d{1,2}[:.]\d{2}, (?:mon|tues|wednes|thurs|fri|satur|sun)day
""")
ASKING = any_of(r"""
    options?, choices?, choose, alternatives?, either, whether, versus, vs, against, or, ask, asked, asking,
    recommend\w*, propos\w*, suggest\w*, decide, decided, decisions?, approv\w*, trade-?offs?
""")

LOSS = any_of(r"""
    lose, losing, lost, loss, losses, cost, costing, late, delay, delayed, missed, missing, fell, drop, dropped,
    dip, dipped, declin\w+, damag\w+, complain\w+, refund\w*, churn\w*, penalt\w+, fined, overtime, outages?,
    downtime, cancel\w+, fail, failed, failures?, worse, worsened, suffered, hurt, overr[au]n, unhappy, angry,
    disappointed, upset
""")
GAIN = any_of(r"""
    caught, prevent\w*, avoid\w*, saved, savings?, gain\w*, won, improv\w+, adopt\w+, faster, recover\w+, rebuilt,
    restored, increas\w+, grew, rose, success\w*, better, stable, fewer, reduc\w+, happy, pleased, praised, great,
    well
""")
REVERSED = re.compile(
    r"(?:\b(?:no|not|never|without|avoid\w*|prevent\w*|instead of|rather than|would have)|n't)"
    r"(?:[^\w.!?]+\w+){0,2}[^\w.!?]*$",
    re.IGNORECASE,
)
"""Words that turn round what follows them within three words: "without losing", "would have failed"."""

PLACES = "crews|wards|shifts|sites|schools|shops|branches|offices"
"""What corresponds to teams in other trades."""
BEYOND = any_of(rf"""
    organi[sz]ation\w*, org, company, departments?, divisions?, mandatory, by default, next team,
    (?:all|any|every|each|across) (?:\w+ ){{0,2}}(?:teams?|projects?|services?|squads?|groups?|deliverables?),
    (?:all|any|every|each|across) (?:\w+ ){{0,2}}(?:{PLACES}|crew|ward|shift|site|school|shop|branch|office),
    (?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ ){{0,2}}(?:teams|projects|services|squads|groups),
    (?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ ){{0,2}}(?:{PLACES}),
    (?:other|more) (?:teams|{PLACES}) (?:\w+ )?(?:use|using|used|follow|work|adopted|copied)
""")
TEAM = any_of("teams?, we, us, our, colleagues, squad, crew")


def bad_news(text: str) -> list[Hint]:
    """Questions about the immediate mitigation: nobody told, told late, no time given, nothing asked or offered.

    Known to be wrong: a telling in words that the lists lack ("I came clean to Ana"); "we called the API" beside a word
    for people; "or" and "against" count as an option wherever they stand; a duration that is no time of telling ("it
    took two days") counts as one.
    """
    masked = mask(text)
    spans = list(sentences(masked))
    told = [(a, b) for a, b in spans if _tells(masked[a:b])]
    opening = text[slice(*(told or spans)[0])] if spans else text
    late = first_of(LATE, text)
    hints = []
    if not told:
        hints.append(Hint("news.nobody", opening))
    if late:
        hints.append(Hint("news.late", late))
    elif told and not SOON.search(masked):
        hints.append(Hint("news.when", opening))
    if not ASKING.search(masked):
        hints.append(Hint("news.ask", opening))
    return hints


def _tells(sentence: str) -> bool:
    return bool(TELLING.search(sentence) and (PEOPLE.search(sentence) or NAMED.search(sentence)))


def balance(text: str) -> list[Hint]:
    """A question about a result that holds only a loss, or only a benefit; none if it names both, or neither.

    Known to be wrong: a loss or benefit in words that the lists lack ("two of them left"); a gain that is a loss
    ("errors increased"); irony.
    """
    loss, gain = first_of(LOSS, text), first_of(GAIN, text)
    if loss and not gain:
        return [Hint("result.loss_only", loss)]
    return [Hint("result.benefit_only", gain)] if gain and not loss else []


def reach(learning: str, correction: str) -> list[Hint]:
    """A question about a learning that stays with the teller, or with the teller's own team.

    A word for other teams, a department or the organisation, in the learning or in the course correction, is reach
    enough. Known to be wrong: such a word where nothing changed ("I explained to the whole department that ..."); a
    change whose reach is in its name only ("the RFC protocol").
    """
    if BEYOND.search(mask(f"{correction}\n\n{learning}")):
        return []
    if own := first_of(TEAM, learning):
        return [Hint("learning.team", own)]
    first = next(sentences(learning), (0, len(learning)))
    return [Hint("learning.self", learning[slice(*first)])]


def first_of(pattern: re.Pattern[str], text: str) -> str:
    """The first match outside quotations that nothing before it turns round, or ""."""
    masked = mask(text)
    matches = (match for match in pattern.finditer(masked) if not REVERSED.search(masked[: match.start()]))
    return next((text[slice(*match.span())] for match in matches), "")
