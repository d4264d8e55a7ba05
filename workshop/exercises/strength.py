"""How strong an action is: which mechanism carries it, and on which step of the hierarchy that mechanism stands. Pure.

The steps are those of the action hierarchy of the VA National Center for Patient Safety, taken up in *RCA2* (IHI,
2015): stronger, intermediate, weaker. Wood & Wiegmann (2020) hold that strong fixes, one event at a time, are necessary
and not enough: what lies beneath many events at once needs a change of the system. So a grade comes with its reason.

What to look for is data: ``content/strength/<mechanism>.md``, written like the wording rules. Nothing here is a score.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workshop.course import Fact
from workshop.exercises.wording import Rule, check

GRADES = ("stronger", "intermediate", "weaker")
"""From the strongest step down."""
UNCLEAR = "unclear"
MODE = "action"
"""The mode of a mechanism's rule, of which a text is an action or a line about it."""
TAIL = re.compile(
    r"(?:\s+(?:the|an?|all|any|every|each|our|of|to|on|for|in|at|by|with|and|until|unless|while|when|if))+$",
    re.IGNORECASE,
)
"""Little words at the end of a quotation, which say nothing."""
LOOKS = ("named", "single_cause", "group_owner", "two_owners", "mere_doing")
"""What the post-mortem asks about besides the wording checks: ``content/looks/<name>.md``."""


@dataclass(frozen=True, eq=False)
class Mechanism:
    """A way in which an action works. Its rule's flag is its name, its rule's question is the reason for the grade."""

    rule: Rule
    grade: str
    hint: str = ""
    """Where a stronger action could be found; empty if the grade is the strongest."""


@dataclass(frozen=True, eq=False)
class Review:
    """All that the post-mortem's exercises hold an answer against."""

    mechanisms: tuple[Mechanism, ...] = ()
    looks: Mapping[str, Rule] = field(default_factory=dict)
    published: Mapping[str, Fact] = field(default_factory=dict)
    """Percent of recommendations by grade in published analyses; also ``source``, ``analyses``, ``recommendations``."""

    def sees(self, look: str, text: str) -> str:
        """The first words of ``text`` that the look is about; "" if there are none."""
        return next((finding.quote for finding in check(text, MODE, [self.looks[look]])), "")


@dataclass(frozen=True)
class Graded:
    """An action's grade, the mechanism that decided it, and the words in which it was found."""

    grade: str = UNCLEAR
    mechanism: str = ""
    quote: str = ""
    reason: str = ""
    hint: str = ""


def grade(action: str, mechanism: str, mechanisms: Iterable[Mechanism]) -> Graded:
    """The grade of an action: that of the strongest mechanism in its line, the first of several on the same step.

    What the participant wrote about the mechanism is read only where the line alone is unclear.
    """
    mechanisms = tuple(mechanisms)
    for text in (action, mechanism):
        found = [
            (GRADES.index(each.grade), finding, each)
            for each in mechanisms
            for finding in check(text, MODE, [each.rule])
        ]
        if found:
            _, finding, best = min(found, key=lambda item: item[:2])
            reason = " ".join(best.rule.question.split())
            return Graded(best.grade, best.rule.flag, TAIL.sub("", finding.quote), reason, best.hint)
    return Graded()
