"""What is weak in a first move, a threshold or the name of an owner. Closed classes of English words, and no reader."""

import re
from collections.abc import Collection

from workshop.exercises.sentences import Grammar, mark, mask, subject
from workshop.facts import WORDS

DUTY = re.compile(r"\b(should|shall|must|will|would|can|could|has to|have to|needs? to|ought to)\b", re.IGNORECASE)
START = re.compile(r"(?P<which>(?:(?:the|that|this|each|every|their|other|another|both) )+)?(?P<head>[\w-]+)", re.I)
WATCHING = re.compile(
    r"\b(monitor|watch|track|observe|follow|keep (an?|a close|one) eye|keep track|look out|stay (alert|close|in touch)"
    r"|check in|be aware|bear in mind|pay attention|hope|wait|trust|pray|discuss|talk|remind|communicate"
    r"|raise awareness|ask .{0,40}\b(status|updates?)|status (call|meeting|report)s?)\b",
    re.IGNORECASE,
)
DOING = re.compile(
    r"\b(agree|add|bind|book|build|buy|call off|change|choose|commit|count|cover|cut|decide|deliver|demo|design|draft"
    r"|draw|drop|fix|freeze|get .{0,40}(signed|in writing)|give|hire|hold back|include|install|lend|limit|make|measure"
    r"|mock|move|name|negotiate|offer|order|pay|plan|prepare|put|reduce|rehearse|remove|rent|replace|replay|reserve"
    r"|run|send|set (up|aside)|share|ship|show|sign|split|start|stop|swap|take|test|train|try|turn|use|write)\b",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"(the |our |whole |entire )*(([\w'’-]+ )?teams?|team (?!lead|manager|head|captain|coach)[\w-]+"
    r"|everyone|everybody|all|all of us|we|us|someone|somebody|anyone|nobody|no one"
    r"|management|leadership|others|they|them|stakeholders|the company"
    r"|tb[dac]|to be (decided|defined)|n/?a|none|unknown|open|[?.-]+)\W*",
    re.IGNORECASE,
)
NUMBER = re.compile(rf"\d|\b({'|'.join(WORDS)}|no|none|never|first|once|twice|half|any)\b", re.IGNORECASE)
SEVERAL = re.compile(r"\w\s*(,|/|&|\+|\band\b|\bor\b)\s*\w", re.IGNORECASE)


def others_move(move: str, teams: Collection[str], grammar: Grammar) -> str:
    """The words by which somebody else is to move: "the vendor must", "Rates delivers"; "" if it's one's own.

    Known limit: "get them to deliver" counts as one's own move, because asking is one.
    """
    masked = mask(move)
    marked = mark(masked, grammar)
    for duty in DUTY.finditer(masked):
        who, begins = subject(masked[: duty.start()], marked[: duty.start()], grammar)
        if who == "other":
            return move[begins : duty.end()]
    if not (start := START.match(masked)):
        return ""
    head = start["head"].casefold()
    is_people = grammar.mark(head) != head and start["which"]  # without an article it may be a verb: "Man the desk"
    named = head in {team.casefold() for team in teams}
    return move[: start.end()] if head in grammar.other or is_people or named else ""


def only_watches(move: str) -> str:
    """The word by which a move only watches, waits or talks; "" if it also does something.

    Known limit: a deed that none of the words of ``DOING`` names ("monitor it and unplug the old one").
    """
    watching = WATCHING.search(move)
    return watching[0] if watching and not DOING.search(move) else ""


def has_number(threshold: str) -> bool:
    """Whether a threshold says how much or how many, in figures or in words."""
    return bool(NUMBER.search(threshold))


def is_nobody(owner: str) -> bool:
    """Whether the owner is a crowd, or still to be found."""
    return bool(NOBODY.fullmatch(owner.strip()))


def are_several(owner: str) -> bool:
    """Whether more than one owner is named."""
    return bool(SEVERAL.search(owner))
