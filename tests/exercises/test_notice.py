"""The setback notice: the reader's questions, the count of words, the wording, and the notice as it arrives."""

import pytest

from workshop.course import Course, FigureWords
from workshop.exercises.base import Case
from workshop.exercises.notice import MOST_QUESTIONS, MOST_WORDS, QUESTIONS, Notice, parts_of
from workshop.interface import FIGURE_LABELS
from workshop.views.results.notice import show

SOUND = {
    "status": "The hall won't open on 3 May",
    "changed": "On Tuesday at 9:30 I learned that the boiler is two weeks late.",
    "impact": "12 to 30 concerts, and I am 70% sure of that.",
    "known": "The boiler hasn't left the works.",
    "unknown": "Whether the second maker can step in.",
    "assumed": "Nobody heats with anything else.",
    "responsibility": "I ordered without a date in writing.",
    "options": "A: open half the hall, for 4,000. B: wait, for 9,000.",
    "recommendation": "A.",
    "decision": "Please choose, Ines, by Friday noon.",
    "containment": "We rent heaters from today.",
    "next_update": "Thursday, 16:00",
    "contact": "My phone",
}


def asked(changes: dict[str, str] | None = None, /, **more: str) -> list[tuple[str, str]]:
    """What the reader asks about a sound notice with these changes, as (part, key)."""
    answers = {**SOUND, **(changes or {}), **more}
    found = Notice().advise(answers, Case())
    return [(item.field, item.key) for item in found if item.kind == "ask" and not item.key.startswith("wording.")]


def test_every_part_has_its_place_among_the_readers_questions() -> None:
    parts = [field.name for field in Notice.fields]
    assert set(QUESTIONS) == set(parts) == set(SOUND)
    assert next(iter(QUESTIONS)) == "decision", "a reader first misses what is wanted of them"


def test_an_empty_notice_is_asked_nothing_and_a_sound_one_contents_its_reader() -> None:
    assert Notice().advise({}, Case()) == []
    assert Notice().advise({"status": "  "}, Case()) == []
    assert [item.key for item in Notice().advise(SOUND, Case())] == ["reader.content", "words.fine"]


def test_the_reader_waits_until_the_notice_is_under_way() -> None:
    begun = dict(list(SOUND.items())[:5])
    assert [item.key for item in Notice().advise(begun, Case())] == ["words.fine"]
    more = Notice().advise(dict(list(SOUND.items())[:6]), Case())
    assert next(item.key for item in more) == "decision.missing"


@pytest.mark.parametrize("part", QUESTIONS)
def test_a_missing_part_is_asked_for(part: str) -> None:
    assert asked({part: ""}) == [(part, f"{part}.missing")]


@pytest.mark.parametrize(
    ("part", "text", "key"),
    [
        ("decision", "Please choose, Ines.", "decision.when"),
        ("decision", "A decision is needed by Friday.", "decision.whom"),
        ("decision", "It has to be decided by March 3, on Thursday.", "decision.whom"),
        ("impact", "A good many concerts; I am fairly sure.", "impact.number"),
        ("impact", "About 12 concerts, I am 70% sure.", "impact.range"),
        ("impact", "12 to 30 concerts.", "impact.sure"),
        ("changed", "The boiler is late.", "changed.when"),
        ("options", "We open half the hall.", "options.one"),
        ("options", "We open half the hall, or we wait.", "options.cost"),
        ("unknown", "Nothing.", "unknown.nothing"),
        ("next_update", "I'll keep you posted.", "next_update.when"),
        ("responsibility", "The order went out without a date.", "responsibility.mine"),
    ],
)
def test_a_vague_part_is_asked_about(part: str, text: str, key: str) -> None:
    assert asked({part: text}) == [(part, key)]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("decision", "You choose by noon."),
        ("decision", "The sponsor decides by 20 February."),
        ("decision", "Please decide within two days, Ana."),
        ("decision", "Can the head of sales choose by 2026-02-20?"),
        ("impact", "Between two and five weeks, with a chance of four in five."),
        ("impact", "$1.5M to $4.6M; I give it 70%, so I'm not certain."),
        ("impact", "$1.5M-$4.6M (confidence: 70%)"),
        ("impact", "At most 9 days, most likely 5."),
        ("impact", "Up to 3 weeks. I'm 80% sure."),
        ("changed", "This morning the maker called me."),
        ("changed", "I've known since 16 February."),
        ("options", "1. Half the hall, 4,000.\n2. Wait, 9,000."),
        ("options", "Half the hall for 4,000; or wait for 9,000."),
        ("unknown", "No idea yet how many people had booked for that evening, I'll know on Thursday."),
        ("next_update", "Tomorrow at noon"),
        ("next_update", "In two hours"),
        ("responsibility", "It was my decision."),
    ],
)
def test_what_is_plain_is_left_alone(part: str, text: str) -> None:
    assert asked({part: text}) == []


def test_the_reader_asks_three_questions_at_most_and_the_most_pressing_first() -> None:
    bare = dict.fromkeys(("contact", "status", "assumed", "containment", "options", "impact"), "")
    assert asked(bare) == [
        ("impact", "impact.missing"),
        ("options", "options.missing"),
        ("containment", "containment.missing"),
    ]
    assert len(asked(bare)) == MOST_QUESTIONS


def test_a_quotation_answers_nothing() -> None:
    assert asked(decision='They said "by Friday, Ines".') == [("decision", "decision.when")]


@pytest.mark.parametrize(("count", "key"), [(MOST_WORDS, "words.fine"), (MOST_WORDS + 1, "words.long")])
def test_words_are_counted_over_all_parts(count: int, key: str) -> None:
    rest = sum(len(text.split()) for text in SOUND.values()) - len(SOUND["containment"].split())
    answers = {**SOUND, "containment": " ".join(["word"] * (count - rest))}
    counted = Notice().advise(answers, Case())[-1]
    other = {"left": "0"} if count == MOST_WORDS else {"over": "1"}
    assert (counted.key, dict(counted.values)) == (key, {"words": str(count), **other})


def test_wording_is_asked_about_as_a_notice_and_what_is_open_may_be_said_softly(course: Course) -> None:
    rules = Case(wording=course.wording)
    soft = {"impact": "We may be a bit late.", "unknown": "We may be a bit late.", "changed": "Rates let us down."}
    flags = [(item.field, item.key) for item in Notice().advise(soft, rules) if item.key.startswith("wording.")]
    assert flags == [("changed", "wording.blame_shift"), ("impact", "wording.hedging")]
    assert [item for item in Notice().advise(SOUND, rules) if item.key.startswith("wording.")] == []


@pytest.mark.parametrize("text", ["\N{EN DASH}", "0", "1" * 4000, "or " * 500, '"', "\n\n", "$", "Ⅷ"])
def test_no_text_upsets_the_notice(text: str) -> None:
    for item in Notice().advise(dict.fromkeys(SOUND, text), Case()):
        assert item.key in Notice.keys


# As it arrives

WORDS = {"notice": FigureWords("None yet", "Read\nit.", {name: f"~{name}~" for name in FIGURE_LABELS["notice"]})}


def test_the_notice_arrives_under_its_subject_with_the_parts_that_hold_text() -> None:
    (table,) = show({**SOUND, "unknown": "  ", "contact": ""}, Case(), WORDS)
    assert table.caption == SOUND["status"]
    assert table.note == "Read it."
    assert [row[0] for row in table.rows] == [
        f"~{part}~" for part in SOUND if part not in ("status", "unknown", "contact")
    ]
    assert table.rows[0] == ("~changed~", SOUND["changed"])


def test_nothing_arrives_before_a_word_and_a_missing_subject_says_so() -> None:
    assert show({}, Case(), WORDS) == []
    (table,) = show({"impact": "9 days"}, Case(), WORDS)
    assert (table.caption, len(table.rows)) == ("None yet", 1)


def test_the_parts_stand_in_the_order_of_the_notice() -> None:
    assert list(parts_of(dict(reversed(list(SOUND.items()))))) == list(SOUND)
