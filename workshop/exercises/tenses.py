"""Whether a sentence tells something as past. A few closed classes of English words, and no reader.

Known limits: a rare irregular verb counts as no past; a participle that stands for an adjective ("a tired team") counts
as one; "the team that will be replaced left" is asked about, because its "will" comes first.
"""

import re
from collections.abc import Sequence

from workshop.exercises.sentences import mask


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
MODAL = _words("will shall won't would might may could should")
"""With no past verb before them, these speak of what may come. "Couldn't" and "wouldn't" tell what was."""
PRESENT = _words(
    "is are am isn't aren't do does don't doesn't has have hasn't haven't can can't cannot must needs"
    " depends relies lacks remains seems"
)
BEFORE_PARTICIPLE = _words("is are am be being isn't aren't get gets")
"""After one of these (and an adverb) a form in -ed is a participle, and no past."""
NO_VERB = _words(
    "need speed feed seed indeed exceed proceed succeed weed deed breed greed heed bed red hundred shed embed"
)
PAST = _words(
    "was were wasn't weren't had hadn't did didn't couldn't wouldn't been"
    " became began bent bought bound broke brought built burnt came caught chose cost cut dealt drew drove fed fell"
    " felt fled flew forgot fought found froze gave got grew held heard hid hit hung hurt kept knew laid lay leapt"
    " learnt led left lent let lost made meant met misled misread misunderstood mistook oversaw overran overslept paid"
    " put quit ran rang read rebuilt rose said sank sat saw sent set shook shrank shut slept slid sold sought spent"
    " split spoke sprang spread stole stood struck stuck swung taught threw thought told took tore understood"
    " undertook underwent upset went withdrew withheld woke won wore wrote"
)
PARTICIPLES = _words(
    "been begun broken chosen come done drawn driven fallen forgotten given gone grown known run seen shown spoken"
    " taken thrown withdrawn written"
)


def untold(text: str) -> str | None:
    """The word that makes ``text`` speak of what is or may be; "" if no verb in it is past; None if it tells the past.

    What stands in quotation marks is somebody else's tense, and isn't looked at.
    """
    words: list[str] = WORD.findall(mask(text))
    small = [word.lower() for word in words]
    past = next((at for at in range(len(small)) if _is_past(small, at)), len(small))
    for word, lower in zip(words[:past], small, strict=False):
        # "May" with a capital is a month.
        if (lower in MODAL and word != "May") or lower.endswith("'ll"):
            return word
    if past < len(small):
        return None
    return next((word for word, lower in zip(words, small, strict=True) if lower in PRESENT), "")


def _is_past(words: Sequence[str], at: int) -> bool:
    word = words[at]
    if word in ("could", "would") and words[at + 1 : at + 2] == ["not"]:
        return True
    if word in ("has", "have", "hasn't", "haven't"):
        return any(_is_participle(later) for later in words[at + 1 : at + 4])
    if word in PAST:
        return True
    return _in_ed(word) and not BEFORE_PARTICIPLE & {*words[max(at - 2, 0) : at]}


def _is_participle(word: str) -> bool:
    return word in PARTICIPLES or word in PAST or _in_ed(word)


def _in_ed(word: str) -> bool:
    return len(word) > 3 and word.endswith("ed") and word not in NO_VERB
