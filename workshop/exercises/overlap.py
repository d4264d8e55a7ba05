"""Which words two texts share. Nothing is understood: it is enough to propose, and a person decides."""

import re

SHORTEST = 4
COMMON = frozenset(
    word
    for line in (
        "about after again also because been before being both could does done down during each ever every from have",
        "having here into itself just later made make many more most much never nobody none nothing once only other",
        "others over same should some still such than that their them then there these they thing things this those",
        "though through too under until upon very want wanted were what when where which while with within without",
        "would your team teams late project date days week weeks month months launch",
    )
    for word in line.split()
)
"""Words that most texts about a project hold, and that therefore say nothing about two of them."""
ENDINGS = ("ings", "ing", "ied", "ies", "ed", "es", "s", "e", "y")


def stems(text: str) -> dict[str, str]:
    """The telling words of a text, by their beginnings: ``promis`` for promise, promised and promises."""
    words = re.findall(rf"[^\W\d_]{{{SHORTEST},}}", text.casefold())
    return {_stem(word): word for word in words if word not in COMMON}


def shared(one: str, other: str) -> tuple[str, ...]:
    """The telling words of ``one`` that ``other`` holds too, in the order in which ``one`` has them."""
    known = stems(other)
    return tuple(word for stem, word in stems(one).items() if stem in known)


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST - 1:
            return word.removesuffix(ending)
    return word
