"""What a listener would ask a told failure about: the gaps that the story itself shows, with the words that show them.

These are word lists and no reader, as in ``workshop.exercises.telling``; the docstring of each says where it is known
to be wrong. A question that misses costs its reader two seconds, so the lists lean towards asking.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from workshop.exercises import telling, wording
from workshop.exercises.sentences import mask, sentences
from workshop.exercises.telling import any_of

MOST = 5
"""Questions that one sitting can answer."""
FEWEST = 3
"""Questions below which the standing ones, which fit any story, fill up."""
QUOTED = 24
"""Words that a quotation may have; what is longer is cut."""

ACTION = ("oversight", "failure", "mitigation", "course_correction")

DECIDED = (
    r"chose|decided|planned|relied|counted|trusted|took|left|signed|approved|agreed|accepted|skipped|put|postponed|"
    r"promised|committed|set|gave|ordered|released|shipped|launched|cut|dropped|hired|moved|assumed|ignored|discounted|"
    r"held|waited|bet|picked|preferred|kept|went|let|allowed|booked|bought|scheduled|assigned|delegated|declined|refused|"
    r"insisted|pushed|asked nobody|did not|didn't|never (?:asked|checked|wrote|tested|called)"
)
"""Verbs that could have gone otherwise."""
OWN_DECISION = re.compile(
    rf"\bI(?:'d|'ve| had| have)?\s+(?:\w+\s+){{0,2}}?(?:{DECIDED})\b"
    rf"|\bI\b[^.!?]{{0,120}}(?:,|\band|\bbut|\bthen)\s+(?:then\s+|so\s+|I\s+)?(?:{DECIDED})\b"
)
OUR_DECISION = re.compile(rf"\b[Ww]e(?: all|'d|'ve| had| have)?\s+(?:\w+\s+){{0,2}}?(?:{DECIDED})\b")
ME = re.compile(r"\b(?:I|my|me)\b")
SIGNAL = any_of(r"""
    signals?, warnings?, warned, signs?, hints?, hinted, noticed, saw, heard, felt, doubts?, doubted, worried, uneasy,
    red flags?, ignored, discounted, dismissed, brushed \w+, overlooked, set aside, mentioned, remark\w*, told me,
    told us, asked for, suspected, feeling, concerns?, flagged, knew
""")
CHOICE = any_of(r"""
    instead, rather, alternatives?, options?, either, (?:could|would|might) have, other (?:offer|way|plan|team),
    another, versus, vs, cheaper, faster, quicker, slower, safer, than, not to, between, or
""")
CONDITION = re.compile(
    r"[,;:]|\b(?:and|because|also|besides|too|both|together|on top|at the same time)\b", re.IGNORECASE
)
UNKNOWN = any_of(r"""
    (?:do|does|did|can|could|will|would)(?: not|n't) (?:\w+ )?(?:know|prove|tell|say), cannot (?:know|prove|tell|say),
    never know, not sure, unsure, uncertain, unknown, unclear, (?:may|might) (?:have|be), perhaps, probably, whether,
    hard to say, no way to tell, (?:still|remains) open
""")
FORCING = any_of(r"""
    can't, cannot, can not, won't, (?:is|are) (?:refused|rejected|blocked|locked|required|mandatory), blocks?,
    not allowed, gates?, automatic\w*, by default, impossible, must pass, enforce[sd]?, refuses?, unless, until,
    without a,
    (?:no|nothing|nobody) (?:[^\s.]+ ){1,6}?(?:leaves|goes|ships|starts|begins|opens|merges|runs)
""")
PROOF = any_of(r"""
    count\w*, measur\w+, metrics?, track\w*, per (?:week|month|quarter|year), since, none, rate, share, audit\w*,
    every (?:week|month|quarter|year), owner, owns, owned by, (?:monthly|weekly|quarterly) \w+
""")


@dataclass(frozen=True)
class Gap:
    """A question by its key, and the story's own words that it means ("" where the story says nothing)."""

    key: str
    quote: str


Texts = Mapping[str, str]
"""The story's parts that hold text, by field."""


def follow_ups(texts: Texts, rules: Sequence[wording.Rule]) -> list[Gap]:
    """The questions to ask, at most ``MOST``, in the order of ``KEYS``; none about a story of which nothing is told.

    Each side of the story gets its first question before any side gets a second one, and no two questions mean the same
    words. Where the rules see fewer than ``FEWEST`` gaps, the standing questions fill up.
    """
    if not any(texts.get(part) for part in (*ACTION, "situation", "result", "learning")):
        return []
    sides = [[gap for look in side for gap in look(texts, rules)] for side in SIDES]
    chosen: list[Gap] = []
    for most, offered in ((MOST, chain.from_iterable(zip_longest(*sides))), (FEWEST, _standing(texts))):
        for gap in filter(None, offered):
            if len(chosen) < most and not any(gap.quote and gap.quote == other.quote for other in chosen):
                chosen.append(gap)
    return sorted(chosen, key=lambda gap: KEYS.index(gap.key))


def _decision(texts: Texts, rules: Sequence[wording.Rule]) -> Iterator[Gap]:
    """An oversight without a decision of the teller's own. Wrong about a verb that the list lacks ("I rushed it")."""
    oversight = texts.get("oversight", "")
    if not OWN_DECISION.search(mask(oversight)):
        yield Gap("decision", _opening(oversight))


def _who(texts: Texts, rules: Sequence[wording.Rule]) -> Iterator[Gap]:
    """A step of the action that "we" took. Wrong where the team really decided by a vote."""
    for part in ACTION:
        for sentence, masked in _sentences(texts.get(part, "")):
            if OUR_DECISION.search(masked) and not ME.search(masked):
                yield Gap("who", _cut(sentence))
                return


def _signal(texts: Texts, rules: Sequence[wording.Rule]) -> Iterator[Gap]:
    """No sign that something was wrong, before it went wrong. Wrong about a sign in other words ("Ana went quiet")."""
    if not SIGNAL.search(mask(f"{texts.get('oversight', '')}\n\n{texts.get('failure', '')}")):
        yield Gap("signal", _deciding(texts) or _opening(texts.get("failure", "")))


def _alternative(texts: Texts, rules: Sequence[wording.Rule]) -> Iterator[Gap]:
    """A decision beside which no other way is named. Any "or" counts as one."""
    if not CHOICE.search(mask(texts.get("oversight", ""))):
        yield Gap("alternative", _deciding(texts))


def _causes(texts: Texts, rules: Sequence[wording.Rule]) -> Iterator[Gap]:
    """One culprit, or a failure of a single condition. A comma counts as a second one."""
    blaming = [rule for rule in rules if rule.flag in ("blame_shift", "human_error")]
    told = "\n\n".join(texts.get(part, "") for part in ("failure", "oversight", "result", "learning"))
    failure = texts.get("failure", "")
    if found := wording.check(told, "story", blaming):
        yield Gap("causes", _cut(found[0].quote))
    elif not CONDITION.search(mask(failure)):
        yield Gap("causes", _opening(failure))


def _news(texts: Texts, rules: Sequence[wording.Rule]) -> Iterator[Gap]:
    """What ``telling.bad_news`` asks: nobody told, told late or at no time; nothing asked for."""
    mitigation = texts.get("mitigation", "")
    if not mitigation:
        yield Gap("when", "")
        return
    for hint in telling.bad_news(mitigation):
        yield Gap("asked" if hint.key == "news.ask" else "when", _around(mitigation, hint.quote))


def _result(texts: Texts, rules: Sequence[wording.Rule]) -> Iterator[Gap]:
    """A result without a quantity, with a benefit only, or in which everything is known."""
    result = texts.get("result", "")
    if not result or wording.check_part(result, rules, "no_numbers"):
        yield Gap("cost", _opening(result))
    for hint in telling.balance(result):
        if hint.key == "result.benefit_only":
            yield Gap("worse", _around(result, hint.quote))
    if not UNKNOWN.search(mask(f"{result}\n\n{texts.get('learning', '')}")):
        yield Gap("unknown", _closing(result))


def _change(texts: Texts, rules: Sequence[wording.Rule]) -> Iterator[Gap]:
    """A change that rests on people, that nobody counts, or that ends with the teller.

    Wrong about a strong change in words that the list lacks ("the valve only turns one way"), and about a weak one in
    strong words ("it can't go on like this").
    """
    correction, learning = texts.get("course_correction", ""), texts.get("learning", "")
    both = f"{correction}\n\n{learning}".strip()
    fixes = [rule for rule in rules if rule.flag == "individual_fix"]
    if found := wording.check(both, "story", fixes):
        yield Gap("mechanism", _around(both, found[0].quote))
    elif not FORCING.search(mask(both)):
        yield Gap("mechanism", _opening(both))
    if not PROOF.search(mask(both)):
        yield Gap("proof", _closing(both))
    if learning:
        yield from (Gap("reach", _cut(hint.quote)) for hint in telling.reach(learning, correction))


def _standing(texts: Texts) -> list[Gap]:
    """Three questions that every failure should be able to stand."""
    failure = _opening(texts.get("failure", "") or texts.get("oversight", ""))
    return [Gap("other_side", failure), Gap("again", _deciding(texts)), Gap("hoped", "")]


SIDES: Sequence[Sequence[Callable[[Texts, Sequence[wording.Rule]], Iterator[Gap]]]] = (
    (_decision, _who, _signal),
    (_result,),
    (_news,),
    (_change,),
    (_causes,),
    (_alternative,),
)
"""The sides of a story in the order in which they are asked about; the two gates of the rubric come first."""

STANDING = ("other_side", "again", "hoped")
"""The questions that fit any story."""
KEYS = (
    *("decision", "who", "alternative", "signal", "causes", "when", "asked"),
    *("cost", "worse", "unknown", "mechanism", "proof", "reach", *STANDING),
)
"""Every question, in the order of the story; the standing ones come last."""


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence as it was typed, and with its quotations masked."""
    masked = mask(text)
    yield from ((text[start:end], masked[start:end]) for start, end in sentences(masked))


def _deciding(texts: Texts) -> str:
    """The sentence of the oversight that holds the decision, or its first one."""
    oversight = texts.get("oversight", "")
    found = (sentence for sentence, masked in _sentences(oversight) if OWN_DECISION.search(masked))
    return _cut(next(found, "")) or _opening(oversight)


def _around(text: str, words: str) -> str:
    """The sentence that holds these words."""
    return _cut(next((sentence for sentence, _ in _sentences(text) if words in sentence), words))


def _opening(text: str) -> str:
    return _cut(next((sentence for sentence, _ in _sentences(text)), ""))


def _closing(text: str) -> str:
    return _cut(([""] + [sentence for sentence, _ in _sentences(text)])[-1])


def _cut(sentence: str) -> str:
    """The sentence on one line, without its full stop, cut after ``QUOTED`` words."""
    words = sentence.split()
    return " ".join(words[:QUOTED]) + " …" if len(words) > QUOTED else " ".join(words).removesuffix(".")
