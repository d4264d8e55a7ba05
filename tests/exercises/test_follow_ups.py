"""Follow-up questions: which gaps of a story are seen, which five are asked, and what is said back to the answers."""

from pathlib import Path

import pytest

from workshop.attempt import Attempt
from workshop.course import Course
from workshop.exercises.base import Case
from workshop.exercises.follow_ups import FollowUps
from workshop.exercises.gaps import FEWEST, KEYS, MOST, QUOTED, SIDES, STANDING, follow_ups
from workshop.journal import Journal

FULL = {
    "situation": "I ran the move of a clinic to a new house, 80 beds.",
    "task": "The date was mine.",
    "oversight": "I signed for the lift by word of mouth instead of asking for a contract. I heard a doubt.",
    "failure": "The lift was missing, the stairs were narrow, and we had no second plan.",
    "mitigation": "The same day I called the director and asked her to choose between two dates.",
    "course_correction": "No order leaves the house without a signed date. The buyer owns the list.",
    "result": "We lost 40,000 euros and 3 weeks, and gained a better lift. I don't know if the other maker was faster.",
    "learning": "All five departments order like this.",
}


def every_gap(texts: dict[str, str], course: Course) -> dict[str, str]:
    """All that the rules see in these texts, by question, before five are chosen."""
    return {gap.key: gap.quote for side in SIDES for look in side for gap in look(texts, course.wording)}


def changed(**texts: str) -> dict[str, str]:
    return {name: text for name, text in {**FULL, **texts}.items() if text}


def test_a_full_story_shows_no_gap_and_is_asked_what_fits_any_story(course: Course) -> None:
    assert every_gap(FULL, course) == {}
    assert [gap.key for gap in follow_ups(FULL, course.wording)] == list(STANDING)


@pytest.mark.parametrize(
    ("key", "part", "text", "quote"),
    [
        ("decision", "oversight", "The lift was ordered in spring instead of summer. Ana had a doubt.",
         "The lift was ordered in spring instead of summer"),
        ("who", "failure", "We signed for it, and then the lift was missing.",
         "We signed for it, and then the lift was missing"),
        ("signal", "oversight", "I signed for the lift instead of asking for a contract.",
         "I signed for the lift instead of asking for a contract"),
        ("alternative", "oversight", "I signed for the lift by word of mouth. I heard a doubt.",
         "I signed for the lift by word of mouth"),
        ("causes", "failure", "The lift was missing.", "The lift was missing"),
        ("causes", "failure", "The lift, the stairs, the plan: the maker let us down.", "the maker let us down"),
        ("when", "mitigation", "I drew a new plan, with two options.", "I drew a new plan, with two options"),
        ("when", "mitigation", "I told the director. I asked her to choose.", "I told the director"),
        ("asked", "mitigation", "The same day I called the director.", "The same day I called the director"),
        ("cost", "result", "We lost money, and gained a lift. I don't know more.", "We lost money, and gained a lift"),
        ("worse", "result", "We gained 3 weeks and a better lift. I don't know how.",
         "We gained 3 weeks and a better lift"),
        ("unknown", "result", "We lost 3 weeks, and gained a better lift.",
         "We lost 3 weeks, and gained a better lift"),
        ("mechanism", "course_correction", "The buyer owns it now. I will be more careful with orders.",
         "I will be more careful with orders"),
        ("mechanism", "course_correction", "I wrote a guideline. The buyer owns it.", "I wrote a guideline"),
        ("proof", "course_correction", "No order leaves the house without a signed date.",
         "All five departments order like this"),
        ("reach", "learning", "I ask for a date.", "I ask for a date"),
    ],
)  # fmt: skip
def test_each_gap_is_seen_and_quotes_the_storys_own_words(
    key: str, part: str, text: str, quote: str, course: Course
) -> None:
    found = every_gap(changed(**{part: text}), course)
    assert key in found
    assert found[key] == quote


@pytest.mark.parametrize(
    ("oversight", "own"),
    [
        ("I left the lift to the maker.", True),
        ("I'd never asked for a date.", True),
        ("I knew that the maker was late, and went on.", True),
        ("I had a doubt but signed all the same.", True),
        ("I knew the maker. They decided to wait.", False),
        ("The maker chose to wait, and we agreed.", False),
        ("I was in charge of the lift.", False),
    ],
)
def test_a_decision_of_ones_own_is_heard_however_it_is_joined(oversight: str, own: bool, course: Course) -> None:
    assert ("decision" in every_gap(changed(oversight=oversight), course)) != own


def test_what_stands_in_quotation_marks_fills_no_gap(course: Course) -> None:
    result = 'We lost 3 weeks, and gained a better lift. She said: "I don\'t know why."'
    assert "unknown" in every_gap(changed(result=result), course)


def test_a_missing_part_is_a_gap_without_a_quotation(course: Course) -> None:
    found = every_gap({"situation": "I ran the move of a clinic."}, course)
    assert {key for key, quote in found.items() if not quote} >= {"decision", "when", "cost", "mechanism", "causes"}


def test_no_more_than_five_are_asked_and_every_side_comes_before_a_second_question(course: Course) -> None:
    story = {"oversight": "We did it. We decided to go on.", "failure": "It failed.", "result": "It went well."}
    asked = follow_ups(story, course.wording)
    assert len(asked) == MOST
    assert {gap.key for gap in asked} >= {"decision", "cost", "when", "mechanism", "causes"}
    assert [gap.key for gap in asked] == sorted((gap.key for gap in asked), key=KEYS.index)


def test_the_same_words_are_asked_about_once(course: Course) -> None:
    asked = follow_ups(changed(result="We won."), course.wording)
    quotes = [gap.quote for gap in asked if gap.quote]
    assert len(quotes) == len(set(quotes))
    assert [gap.key for gap in asked if gap.quote == "We won"] == ["cost"]


def test_few_gaps_are_filled_up_with_the_standing_questions(course: Course) -> None:
    asked = follow_ups(changed(failure="The lift was missing."), course.wording)
    assert [gap.key for gap in asked] == ["causes", "again", "hoped"]
    assert len(asked) == FEWEST


def test_nothing_is_asked_about_a_story_of_which_nothing_is_told(course: Course) -> None:
    assert follow_ups({}, course.wording) == []
    assert (
        follow_ups({"question": "Tell me about a failure.", "assumptions": "You know clinics."}, course.wording) == []
    )


def test_a_long_sentence_is_cut(course: Course) -> None:
    (gap,) = (gap for gap in follow_ups({"failure": "word " * 60}, course.wording) if gap.key == "causes")
    assert gap.quote == " ".join(["word"] * QUOTED) + " …"


def case(course: Course, **story: str) -> Case:
    return Case(course.scenario.facts, course.wording, answers={"story": story})


def said(course: Course, field: str, answer: str, **story: str) -> list[str]:
    """What the exercise says back to one answer."""
    advice = FollowUps().advise({field: answer}, case(course, **{**FULL, **story}))
    return [item.key for item in advice if item.field == field]


def test_only_the_questions_that_are_asked_have_a_field_with_the_storys_words(course: Course) -> None:
    fields = FollowUps().fitted(case(course, **changed(failure="The lift was missing.")))
    assert [(field.name, field.quote) for field in fields] == [
        ("causes", "The lift was missing"),
        ("again", "I signed for the lift by word of mouth instead of asking for a contract"),
        ("hoped", ""),
    ]


def test_without_a_story_it_says_where_to_write_one_and_asks_nothing(course: Course) -> None:
    for nothing in (Case(), case(course), case(course, situation=" \n")):
        assert FollowUps().fitted(nothing) == ()
        assert [(item.key, item.kind) for item in FollowUps().advise({}, nothing)] == [("story.none", "tell")]


def test_a_story_without_gaps_is_told_that_rules_know_words_only(course: Course) -> None:
    assert [item.key for item in FollowUps().advise({}, case(course, **FULL))] == ["standing"]
    assert FollowUps().advise({}, case(course, **changed(failure="The lift was missing."))) == []


def test_two_sentences_are_enough(course: Course) -> None:
    assert said(course, "again", "I would wait. It costs three days.") == []
    assert said(course, "again", "I would wait. It costs three days. I'd ask Ana.") == ["answer.long"]


def test_an_answer_that_repeats_the_story_is_asked_for_more(course: Course) -> None:
    assert said(course, "again", "As I said, the stairs WERE narrow and we had no lift.") == ["answer.repeats"]
    assert said(course, "again", "The stairs were narrow and steep.") == []


def test_not_knowing_is_an_answer(course: Course) -> None:
    assert said(course, "hoped", "I don't know what the maker had been told.") == ["answer.honest"]
    assert said(course, "hoped", 'She said "I don\'t know".') == []


def test_the_wording_of_an_answer_is_asked_about(course: Course) -> None:
    assert said(course, "other_side", "They let us down.") == ["wording.blame_shift"]


def test_an_answer_to_a_question_that_has_gone_is_not_asked_about(course: Course) -> None:
    assert said(course, "decision", "They let us down.") == []


def test_the_personas_are_asked_about_their_own_stories(course: Course) -> None:
    for name, keys in {"strong": list(STANDING), "weak": ["decision", "causes", "when", "cost", "mechanism"]}.items():
        answers = course.scenario.personas[name].answers
        fields = FollowUps().fitted(Case(course.scenario.facts, course.wording, answers=answers))
        assert [field.name for field in fields] == keys
        assert list(answers["follow-ups"]) == keys, "and answer what they are asked"


def test_a_question_shows_the_words_that_it_means_and_goes_when_the_story_answers_it(
    course: Course, tmp_path: Path
) -> None:
    journal = Journal.of(tmp_path, "ana", course.version)
    story = Attempt.of(course, "story", journal)
    story.answer(changed(failure="The lift was missing."))
    asked = Attempt.of(course, "follow-ups", journal).answer(causes="The stairs were too narrow for beds.")
    question = f"“The lift was missing” {course.words['follow-ups'].fields['causes'].label}"
    assert question in str(asked)
    story.answer(failure=FULL["failure"])
    again = Attempt.of(course, "follow-ups", journal)
    assert "causes" not in again.answers
    assert journal.answers("follow-ups")["causes"] == "The stairs were too narrow for beds."
