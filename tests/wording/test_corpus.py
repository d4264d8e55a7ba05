"""The wording checks against the corpus: precision and recall of every flag on every split.

A line of the corpus is ``- fires: sentence`` or ``- spares: sentence`` under ``## flag`` or ``## flag · mode`` (else
the mode is story). A sentence that spares its flag was written as a near miss. Every flag is counted on every sentence;
``(perhaps flag)`` names what a reader could see there too, and then either answer counts as right.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from workshop.content.reading import Reading
from workshop.content.wording import read_lexicon, read_rules
from workshop.exercises.wording import FLAGS, Rule, check, check_part

HERE = Path(__file__).parent
CONTENT = HERE.parent.parent / "content"
SPLITS = {
    "dev": ("dev.md",),
    "held out": ("held_out.md",),
    "fresh": ("fresh_1.md", "fresh_2.md", "fresh_3.md", "fresh_4.md"),
}
PRECISION, RECALL = 0.85, 0.70
HEADING = re.compile(r"## (?P<flag>\w+)(?: · (?P<mode>\w+))?")
LINE = re.compile(r"- (?P<kind>fires|spares)(?: \(perhaps (?P<perhaps>[\w, ]+)\))?: (?P<text>.+)")


@dataclass(frozen=True)
class Sentence:
    flag: str
    mode: str
    fires: bool
    perhaps: frozenset[str]
    text: str


def read_corpus(file: Path) -> list[Sentence]:
    sentences, flag, mode = [], "", "story"
    for line in file.read_text(encoding="utf-8").splitlines():
        if match := HEADING.fullmatch(line):
            flag, mode = match["flag"], match["mode"] or "story"
        elif match := LINE.fullmatch(line):
            perhaps = frozenset((match["perhaps"] or "").split(", ")) - {""}
            sentences.append(Sentence(flag, mode, match["kind"] == "fires", perhaps, match["text"]))
        else:
            assert not line.startswith(("-", "##")), f"{file.name}: {line}"
    return sentences


@pytest.fixture(scope="module")
def rules() -> Sequence[Rule]:
    return read_rules(reading := Reading(CONTENT), read_lexicon(reading))


def flagged(sentence: Sentence, rules: Sequence[Rule]) -> set[str]:
    if sentence.flag in ("no_first_person", "no_numbers"):
        return {finding.flag for finding in check_part(sentence.text, rules, sentence.flag)}
    return {finding.flag for finding in check(sentence.text, sentence.mode, rules)}


@pytest.mark.parametrize("split", SPLITS)
def test_every_flag_is_precise_and_complete_enough(split: str, rules: Sequence[Rule]) -> None:
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for name in SPLITS[split]:
        for sentence in read_corpus(HERE / name):
            found = flagged(sentence, rules)
            wanted = {sentence.flag} if sentence.fires else set()
            right.update(found & wanted)
            wrong.update(found - wanted - sentence.perhaps)
            missed.update(wanted - found)
    figures = {
        flag: (right[flag] / ((right[flag] + wrong[flag]) or 1), right[flag] / ((right[flag] + missed[flag]) or 1))
        for flag in FLAGS
    }
    table = "\n".join(
        f"{flag:16} precision {p:.2f} recall {r:.2f} (right {right[flag]}, wrong {wrong[flag]}, missed {missed[flag]})"
        for flag, (p, r) in figures.items()
    )
    assert all(p >= PRECISION and r >= RECALL for p, r in figures.values()), f"{split}\n{table}"


def test_the_corpus_is_large_varied_and_balanced() -> None:
    sentences = [sentence for names in SPLITS.values() for name in names for sentence in read_corpus(HERE / name)]
    assert len(sentences) >= 500
    assert len({sentence.text for sentence in sentences}) == len(sentences)
    for flag in FLAGS:
        fires = sum(sentence.fires for sentence in sentences if sentence.flag == flag)
        spares = sum(not sentence.fires for sentence in sentences if sentence.flag == flag)
        assert fires >= 15, flag
        assert spares >= fires, flag


def test_every_label_names_a_flag_and_a_mode_of_its_rule(rules: Sequence[Rule]) -> None:
    modes = {rule.flag: rule.modes for rule in rules}
    for names in SPLITS.values():
        for name in names:
            for sentence in read_corpus(HERE / name):
                assert sentence.mode in modes[sentence.flag], sentence
                assert sentence.perhaps <= set(FLAGS), sentence
