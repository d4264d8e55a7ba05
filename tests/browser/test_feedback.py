"""What a form says at every key by itself, before Python knows of it; and that Python has the last word."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from workshop.exercises.story import SPOKEN
from workshop.facts import fill_in

from .lonely_form import LonelyForm, open_lonely
from .pieces import COURSE

pytestmark = pytest.mark.browser


def length(form: LonelyForm) -> Locator:
    return form.page.locator(".ff-length")


def spoken(key: str, words: int, minutes: str) -> str:
    sentence = " ".join(COURSE.words["story"].advice[f"spoken.{key}"].split())
    return fill_in(sentence, words=str(words), minutes=minutes, pace="140")


def still_open(page: Page, count: int) -> None:
    expect(page.locator(".ff-missing summary")).to_have_text(fill_in(COURSE.interface["open"], n=str(count)))


def test_a_story_is_counted_while_it_is_typed(page: Page, tmp_path: Path) -> None:
    form = open_lonely(page, tmp_path, "story", situation="Twelve days were left.")
    expect(length(form)).to_have_text(spoken("so_far", 4, "0.1"))
    form.field("task").press_sequentially("I had promised – in writing – a date.")
    expect(length(form)).to_have_text(spoken("so_far", 11, "0.1"))
    form.field("assumptions").fill("Nobody hears this.")
    expect(length(form)).to_have_text(spoken("so_far", 11, "0.1"))
    for name in SPOKEN:
        form.field(name).fill("word " * 40)
    expect(length(form)).to_have_text(spoken("fine", 320, "2.3"))
    form.field("result").fill("word " * 200)
    expect(length(form)).to_have_text(spoken("long", 480, "3.4"))
    for name in SPOKEN:
        form.field(name).fill("")
    expect(length(form)).to_be_empty()


def test_the_count_is_no_news_to_a_screen_reader_at_each_key_but_describes_what_it_counts(
    page: Page, tmp_path: Path
) -> None:
    form = open_lonely(page, tmp_path, "notice", contact="My phone")
    counted = "2 words so far, 198 to go."
    expect(length(form)).to_have_text(counted)
    assert length(form).evaluate("(node) => node.closest('[aria-live], [role=status], [role=alert]')") is None
    expect(form.field("status")).to_have_accessible_description(
        f"{COURSE.words['notice'].fields['status'].help} {counted}"
    )


def test_python_has_the_last_word_on_the_count_and_says_it_in_one_place(page: Page, tmp_path: Path) -> None:
    form = open_lonely(page, tmp_path, "notice")
    form.field("status").fill("Late by two weeks")
    expect(length(form)).to_have_text("4 words so far, 196 to go.")
    form.field("status").blur()
    form.save(**{"words.fine": "Python counts otherwise."})
    expect(length(form)).to_have_text("Python counts otherwise.")
    expect(page.get_by_text("Python counts otherwise.")).to_have_count(1)
    form.field("status").fill("Late by two weeks so")
    expect(length(form)).to_have_text("5 words so far, 195 to go.")


def test_what_is_still_open_grows_shorter_with_the_first_letter(page: Page, tmp_path: Path) -> None:
    form = open_lonely(page, tmp_path, "values")
    still_open(page, 2)
    form.field("value").press_sequentially("f")
    still_open(page, 1)
    expect(page.locator(".ff-missing li")).to_have_count(1)
    form.field("value").fill("  ")
    still_open(page, 2)
    form.field("value").fill("fairness")
    form.field("moment").fill("Once.")
    expect(page.locator(".ff-missing")).to_be_hidden()


def test_a_number_out_of_bounds_is_said_when_the_field_is_left(page: Page, tmp_path: Path) -> None:
    form = open_lonely(page, tmp_path, "estimate")
    field = form.field("on_time")
    alert = page.locator("[data-field=on_time]").get_by_role("alert")
    for text, sentence in (
        ("120", fill_in(COURSE.interface["too_high"], bound="100%")),
        ("-1", fill_in(COURSE.interface["too_low"], bound="0%")),
        ("many", COURSE.interface["not_a_number"]),
        ("1,000", COURSE.interface["not_a_number"]),
    ):
        field.fill(text)
        field.blur()
        expect(alert).to_have_text(sentence)
        expect(field).to_have_attribute("aria-invalid", "true")
        assert "on_time" not in form.sent()
    expect(form.page.locator(".ff-missing button").first).to_have_text(COURSE.words["estimate"].fields["on_time"].label)
    field.fill("62,5 %")
    expect(alert).to_have_count(0)
    field.blur()
    assert form.sent()["on_time"] == 62.5
    form.save()
    field.fill("   ")
    field.blur()
    expect(alert).to_have_count(0)
    assert form.sent()["on_time"] is None
