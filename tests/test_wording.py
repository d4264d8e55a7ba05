"""The wording checks: exact quotes, modes, quotations, subjects, whole parts, and the rules' own source."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from workshop.content.reading import Reading
from workshop.content.wording import read_lexicon, read_rules
from workshop.errors import Problem
from workshop.exercises.sentences import MASK, mask, sentences
from workshop.exercises.wording import FLAGS, MODES, Rule, ask, check, check_part

CONTENT = Path(__file__).parent.parent / "content"


@pytest.fixture(scope="module")
def rules() -> Sequence[Rule]:
    reading = Reading(CONTENT)
    loaded = read_rules(reading, read_lexicon(reading))
    assert not reading.problems
    return loaded


def flags(text: str, mode: str, rules: Sequence[Rule]) -> list[str]:
    return [finding.flag for finding in check(text, mode, rules)]


# What is found, and where


def test_there_is_a_rule_with_a_question_for_every_flag(rules: Sequence[Rule]) -> None:
    assert tuple(rule.flag for rule in rules) == FLAGS
    assert all(rule.question.count("?") and rule.title and rule.limits for rule in rules)


def test_examples_fire_and_spare_alone(rules: Sequence[Rule]) -> None:
    for rule in rules:
        for text in rule.fires:
            assert any(ask_one(text, mode, rule) for mode in rule.modes), text
        for text in rule.spares:
            assert not all(ask_one(text, mode, rule) for mode in rule.modes), text


def ask_one(text: str, mode: str, rule: Rule) -> list[str]:
    return [finding.quote for finding in ask(text, mode, [rule])]


def test_quotes_are_exact_and_in_the_order_of_the_text(rules: Sequence[Rule]) -> None:
    text = (
        "  - We\u2019re sorry if you were hurt. \u201cFine.\u201d\n\n2. The caterer let us down.\nIt was sort of late."
    )
    findings = check(text, "notice", rules)
    assert [finding.flag for finding in findings] == ["non_apology", "blame_shift", "hedging"]
    assert [text[finding.start : finding.end] for finding in findings] == [finding.quote for finding in findings]
    assert findings[1].quote == "The caterer let us down"
    assert findings == sorted(findings)


def test_the_same_text_gives_the_same_findings(rules: Sequence[Rule]) -> None:
    text = "Mistakes were made. They never told us. I should have asked."
    assert ask(text, "story", rules) == ask(text, "story", rules)
    assert check(text, "story", list(reversed(rules))) == check(text, "story", rules)


def test_a_phrase_is_quoted_once_per_flag(rules: Sequence[Rule]) -> None:
    assert flags("They never, ever told us, and they let us down.", "story", rules).count("blame_shift") <= 2
    assert flags("Sorry for any inconvenience this may have caused.", "notice", rules) == ["non_apology"]


def test_letters_that_change_length_keep_the_places(rules: Sequence[Rule]) -> None:
    text = "\u0130stanbul, stra\u00dfe, \ufb01ne. The caterer let us down."
    assert [finding.quote for finding in check(text, "story", rules)] == ["The caterer let us down"]


def test_empty_text_is_asked_nothing(rules: Sequence[Rule]) -> None:
    for mode in MODES:
        assert ask(" \n", mode, rules) == []


# Modes


def test_a_postmortem_permits_passives_in_a_timeline(rules: Sequence[Rule]) -> None:
    text = "On Monday the check was waived."
    assert "hidden_actor" in flags(text, "story", rules)
    assert "hidden_actor" not in flags(text, "postmortem", rules)
    assert "hidden_actor" not in flags("09:14 The check was waived.", "story", rules)


def test_only_a_story_wants_an_i(rules: Sequence[Rule]) -> None:
    text = "The team met on Monday and lost two days."
    asked = {mode: [finding.flag for finding in ask(text, mode, rules)] for mode in MODES}
    assert asked == {"story": ["no_first_person"], "notice": [], "postmortem": []}


def test_story_and_notice_want_a_quantity(rules: Sequence[Rule]) -> None:
    text = "I lost many orders."
    asked = {mode: [finding.flag for finding in ask(text, mode, rules)] for mode in MODES}
    assert asked == {"story": ["no_numbers"], "notice": ["no_numbers"], "postmortem": []}


# Quotations and sentences


@pytest.mark.parametrize(
    "text",
    [
        'My draft said "they never told us" and no more.',
        "My draft said \u201cthey never told us\u201d and no more.",
        "My draft said \u2018they didn\u2019t tell us\u2019 and no more.",
        "My draft said 'they didn't tell us' and no more.",
        "My draft said `they never told us` and no more.",
        "> They never told us.\n\nThat was my draft.",
    ],
)
def test_quotations_are_not_asked_about(text: str, rules: Sequence[Rule]) -> None:
    assert flags(text, "story", rules) == []


def test_possessives_and_inches_open_no_quotation(rules: Sequence[Rule]) -> None:
    for text in (
        "The drivers' fault it wasn't; they let us down, didn't they.",
        'At 6" the caterer let us down. 7" more.',
    ):
        assert MASK not in mask(text)
        assert "blame_shift" in flags(text, "story", rules)


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = "Dr. Ali came at 9 a.m. on Monday. He left 3.5 hours later!\n- One\n- Two is\nlonger\n\nEnd"
    assert [text[start:end] for start, end in sentences(text)] == [
        "Dr. Ali came at 9 a.m. on Monday.",
        "He left 3.5 hours later!",
        "One",
        "Two is\nlonger",
        "End",
    ]


# Subjects


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("I dropped the ball.", False),
        ("We simply dropped the ball.", False),
        ("The night crew has once again dropped the ball.", True),
        ("The head of the night crew dropped the ball.", True),
        ("I trained the crew that dropped the ball.", True),
        ("I met the crew and then dropped the ball.", False),
        ("The crew came late and dropped the ball.", True),
        ("The seal failed to hold.", False),
        ("Maria failed to tell us.", True),
        ("Our company failed to tell you.", False),
        ("Our supplier failed to tell us.", True),
    ],
)
def test_the_subject_decides_who_is_blamed(text: str, asked: bool, rules: Sequence[Rule]) -> None:
    found = [finding.quote for finding in check(text, "story", rules) if finding.flag == "blame_shift"]
    assert bool(found) == asked


def test_a_quote_begins_with_its_subject(rules: Sequence[Rule]) -> None:
    (finding,) = check("That week the night crew has once again dropped the ball.", "story", rules)
    assert finding.quote == "the night crew has once again dropped the ball"


# Whole parts


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("I rang the bank.", False),
        ("I've rung the bank, and we agreed.", False),
        ("We rang. We wrote. We waited. I slept.", True),
        ("We rang. We wrote. I waited.", False),
        ("In phase I they rang.", True),
        ("\u201cI rang,\u201d she said.", True),
        ("  ", False),
    ],
)
def test_a_part_without_an_i(text: str, asked: bool, rules: Sequence[Rule]) -> None:
    assert bool(check_part(text, rules, "no_first_person")) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("We lost 40 orders.", False),
        ("We lost forty orders.", False),
        ("We lost half of them.", False),
        ("It cost us a whole week.", False),
        ("One in five came back.", False),
        ("No one came on 3 May 2021 at 14:30.", True),
        ("One of the cooks left in 2019.", True),
        ("Flight 302 left from gate 12.", True),
    ],
)
def test_a_part_without_a_quantity(text: str, asked: bool, rules: Sequence[Rule]) -> None:
    assert bool(check_part(text, rules, "no_numbers")) == asked


def test_a_part_is_quoted_whole_and_without_its_margins(rules: Sequence[Rule]) -> None:
    text = "\n  We met.\nWe left.  "
    (finding,) = check_part(text, rules, "no_first_person")
    assert text[finding.start : finding.end] == finding.quote == "We met.\nWe left."


def test_only_the_named_flags_are_asked_of_a_part(rules: Sequence[Rule]) -> None:
    assert [finding.flag for finding in check_part("We met.", rules, "no_numbers")] == ["no_numbers"]
    assert check_part("We met.", rules) == []


# The rules' source


def problems_after(content: Path, name: str, old: str, new: str) -> tuple[list[Problem], int]:
    """The problems of a file after one replacement, and the line of the text put in; other flags are set aside."""
    file = content / "wording" / name
    for other in (content / "wording").glob("*.md"):
        if other != file:
            other.unlink()
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    at = text.index(old)
    file.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    reading = Reading(content)
    read_rules(reading, read_lexicon(reading))
    found = [problem for problem in reading.problems if problem.path == f"content/wording/{name}"]
    return found, text.count("\n", 0, at) + 1 + new.count("\n")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("hedging.md", "  - somewhat\n", "  - somewhat(\n", "unreadable pattern 'somewhat('"),
        ("hedging.md", "  - somewhat\n", "  - <somewhat>\n", "unknown word class 'somewhat'"),
        ("hedging.md", "modes: [story, notice", "modes: [story, letter", "unknown mode 'letter'"),
        ("no_numbers.md", "scope: part", "scope: whole", "unknown scope 'whole'"),
        ("hedging.md", "find:", "finds:", "unknown key 'finds'"),
        ("blame_shift.md", "subject: own", "subject: they", "unknown subject 'they'"),
        ("hedging.md", "::: limits", "::: limitations", "unknown fence 'limitations'"),
        ("hedging.md", "- We ran into some challenges.", "- We ran.", "in story mode this does not fire: 'We ran.'"),
        (
            "hedging.md",
            "- Some of the crates were empty.",
            "- It was somewhat late.",
            "in story mode this fires: 'It was somewhat late.'",
        ),
        ("hidden_actor.md", "::: spares mode=postmortem", "::: spares mode=letter", "unknown mode 'letter'"),
    ],
)
def test_a_mistake_is_a_problem_at_its_line(content: Path, name: str, old: str, new: str, message: str) -> None:
    problems, line = problems_after(content, name, old, new)
    line -= new.endswith("\n")
    found = [problem for problem in problems if problem.message.startswith(message)]
    assert found, problems
    assert line in {problem.line for problem in found}


def test_a_closed_class_that_nothing_uses_is_a_problem(content: Path) -> None:
    for file in (content / "wording").glob("*.md"):
        file.unlink()
    problems, line = problems_after(content, "words.yaml", "  links:", "  joins:")
    assert {(problem.line, problem.message) for problem in problems} >= {
        (line, "unknown closed class 'joins'"),
        (4, "the closed class 'links' is missing"),
    }


@pytest.mark.parametrize(
    ("name", "start", "end", "message"),
    [
        ("no_numbers.md", "There is no quantity", "\n", "there is no question"),
        ("no_numbers.md", "title: ", "\n", "the head has no 'title'"),
        ("no_numbers.md", "modes: ", "\n", "the head has no 'modes'"),
        ("no_numbers.md", "wants:", "ignores", "the head says nothing that a part wants"),
        ("no_numbers.md", "- We lost 40 orders.", ":::", "there are no examples under 'spares'"),
    ],
)
def test_what_is_missing_is_a_problem(content: Path, name: str, start: str, end: str, message: str) -> None:
    text = (content / "wording" / name).read_text(encoding="utf-8")
    at = text.index(start)
    problems, _ = problems_after(content, name, text[at : text.index(end, at)], "")
    assert message in {problem.message for problem in problems}


def test_a_flag_without_a_file_and_a_file_without_a_flag_are_problems(content: Path) -> None:
    (content / "wording" / "hedging.md").rename(content / "wording" / "hedgin.md")
    reading = Reading(content)
    loaded = read_rules(reading, read_lexicon(reading))
    assert "hedging" not in {rule.flag for rule in loaded}
    found = {problem.path: problem for problem in reading.problems}
    assert found["content/wording/hedgin.md"].fix == "did you mean 'hedging'?"
    assert found["content/wording/hedging.md"].message.startswith("can't be read")
