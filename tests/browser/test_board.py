"""Rows as a board: put in order, put under themes, voted for; with the mouse, and with the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import Server, new_page, open_notebook, run_all
from .pieces import on_disk, open_pieces, write_pieces
from .test_form import expect_status, form_of, lines, saved, write_form_notebook

pytestmark = pytest.mark.browser

NOTES = {  # what, theme, votes, day
    1: ("Rain", "weather", "", "Friday"),
    2: ("Strike", "people", "1", "some day"),
    3: ("Snow", "Weather ", "2", "Monday"),
}


@pytest.fixture(scope="module")
def page(browser: Browser, lab_server: Server) -> Iterator[Page]:
    """One window with a wall of three notes, for tests that leave it in order."""
    with new_page(browser) as page:
        write_form_notebook(lab_server, "wall.ipynb", "wall")
        open_notebook(page, lab_server, "wall.ipynb")
        run_all(page)
        yield page


@pytest.fixture
def wall(page: Page, lab_server: Server) -> Locator:
    """The three notes, folded, as they were written."""
    form = form_of(page, "wall")
    form.get_by_label("Order").select_option("As written")
    for number, texts in NOTES.items():
        fold = row(form, number)
        if not fold.get_by_label("What").is_visible():
            fold.locator("summary").click()
        for label, text in zip(("What", "Theme", "Votes", "Day"), texts, strict=True):
            fold.get_by_label(label, exact=True).fill(text)
    form.get_by_role("button", name="Fold all").click()
    expect_status(form, "Saved")
    return form


def row(form: Locator, number: int, name: str = "Note") -> Locator:
    """The row by its name, wherever it stands."""
    return form.locator("details.ff-row").filter(has=form.page.get_by_text(f"{name} {number}", exact=True))


def standing(form: Locator) -> Locator:
    """What stands on the board, from top to bottom: rows by their names, and headings."""
    return form.locator(".ff-row:visible > summary > b, .ff-rows h4:visible")


def expect_standing(form: Locator, *texts: str) -> None:
    expect(standing(form)).to_have_text(list(texts))


def test_rows_stand_in_the_order_of_votes_or_days_and_go_back(wall: Locator, lab_server: Server) -> None:
    before = lines(lab_server, "wall.jsonl")
    order = wall.get_by_label("Order")
    expect(order.locator("option")).to_have_text(
        ["As written", "Votes, highest first", "Day, earliest first", "Theme, in groups"]
    )
    order.select_option("Votes, highest first")
    expect_standing(wall, "Note 3", "Note 2", "Note 1")
    order.select_option("Day, earliest first")
    expect_standing(wall, "Note 3", "Note 1", "Note 2")
    order.select_option("As written")
    expect_standing(wall, "Note 1", "Note 2", "Note 3")
    assert lines(lab_server, "wall.jsonl") == before, "an order is no answer"


def test_rows_stand_under_their_themes_with_their_votes(wall: Locator) -> None:
    wall.get_by_label("Order").select_option("Theme, in groups")
    expect_standing(wall, "Weather 2 here, Votes: 2", "Note 3", "Note 1", "people 1 here, Votes: 1", "Note 2")
    expect(wall.get_by_role("heading", level=4)).to_have_count(2)
    wall.get_by_role("button", name="One more for Note 2").click()
    expect(wall.get_by_role("heading", name="people")).to_contain_text("Votes: 2")
    wall.get_by_role("button", name="Add another: Note 4").click()
    expect(standing(wall)).to_contain_text(["Weather", "Note 3", "Note 1", "people", "Note 2", "Theme: none", "Note 4"])
    row(wall, 4).get_by_label("What").fill("Fog")
    row(wall, 4).get_by_role("button", name="Remove").click()
    expect(standing(wall)).to_contain_text(["Weather", "Note 3", "Note 1", "people", "Note 2"])


def test_a_vote_is_an_answer_and_is_said_once(wall: Locator, lab_server: Server) -> None:
    more, less = (wall.get_by_role("button", name=f"One {way} for Note 1") for way in ("more", "less"))
    told = wall.locator(".ff-said[aria-live=polite]")
    more.click()
    expect(told).to_have_text("Votes for Note 1: 1")
    expect(wall.get_by_role("group", name="Votes for Note 1: 1")).to_contain_text("1")
    expect_status(wall, "Saved")
    assert saved(lab_server, "note.1.votes", "wall")[-1] == 1
    more.click(click_count=3)
    expect(told).to_have_text("Votes for Note 1: 3")
    less.click(click_count=4)
    expect(told).to_have_text("Votes for Note 1: 0")
    expect(less).to_be_focused()
    expect_status(wall, "Saved")
    assert saved(lab_server, "note.1.votes", "wall")[-1] is None, "no vote is no answer"
    row(wall, 1).locator("summary").click()
    expect(more).to_be_hidden()
    row(wall, 1).get_by_label("Votes").fill("2")
    row(wall, 1).locator("summary").click()
    expect(wall.get_by_role("group", name="Votes for Note 1: 2")).to_be_visible()


def test_nothing_moves_while_people_vote_until_they_ask(wall: Locator) -> None:
    wall.get_by_label("Order").select_option("Votes, highest first")
    again = wall.get_by_role("button", name="Put in order again")
    for _ in range(3):
        wall.get_by_role("button", name="One more for Note 1").click()
    expect_standing(wall, "Note 3", "Note 2", "Note 1")
    again.click()
    expect_standing(wall, "Note 1", "Note 3", "Note 2")
    expect(again).to_be_focused()
    expect(wall.locator(".ff-said")).to_have_text("Votes, highest first. At the top: Note 1Rainweather")


def test_a_field_that_moves_keeps_the_focus_and_the_place_of_the_cursor(page: Page, wall: Locator) -> None:
    """On a touch screen a button takes no focus, so somebody may still be in a field."""
    wall.get_by_label("Order").select_option("Votes, highest first")
    row(wall, 2).locator("summary").click()
    field = row(wall, 2).get_by_label("What")
    row(wall, 2).get_by_label("Votes").fill("3")
    field.focus()
    page.keyboard.press("Home")
    wall.get_by_role("button", name="Put in order again").evaluate("button => button.click()")
    expect_standing(wall, "Note 2", "Note 3", "Note 1")
    expect(field).to_be_focused()
    page.keyboard.type("Big ")
    expect(field).to_have_value("Big Strike")


def test_a_row_that_begins_with_a_day_says_what_was_on_it(browser: Browser, lab_server: Server, folder: Path) -> None:
    with new_page(browser) as page:
        path = write_pieces(lab_server, folder, "days", "post-mortem-timeline")
        (form,) = open_pieces(page, lab_server, path, "post-mortem-timeline")
        entries = (("1 May 2025", "It closed"), ("-60", "It opened"))
        for number, (when, what) in enumerate(entries, 1):
            fold = row(form, number, "Entry")
            if not fold.get_by_label("When").is_visible():
                fold.locator("summary").click()
            fold.get_by_label("When").fill(when)
            fold.get_by_label("What happened").fill(what)
        expect(row(form, 1, "Entry").locator(".ff-gist")).to_have_text("1 May 2025: It closed")
        expect_status(form, "Saved")
        form.get_by_label("Order").select_option("When, earliest first")
        expect(standing(form)).to_contain_text(["Entry 2", "Entry 1"])


def test_a_theme_is_offered_in_the_words_that_stand_there(wall: Locator) -> None:
    row(wall, 2).locator("summary").click()
    theme = row(wall, 2).get_by_label("Theme")
    theme.focus()
    offered = theme.evaluate("input => [...input.list.options].map(({ value }) => value)")
    assert offered == ["Weather"]


def test_a_row_that_is_emptied_stays_under_whoever_writes_in_it(page: Page, wall: Locator) -> None:
    wall.get_by_role("button", name="Add another: Note 4").click()
    page.keyboard.type("F")
    page.keyboard.press("Backspace")
    expect(row(wall, 4).get_by_label("What")).to_be_focused()
    page.keyboard.type("og")
    row(wall, 4).get_by_role("button", name="Remove").click()
    expect_standing(wall, "Note 1", "Note 2", "Note 3")


def test_a_group_fills_its_pre_mortem_by_keyboard_alone(browser: Browser, lab_server: Server, folder: Path) -> None:
    path = write_pieces(lab_server, folder, "wall-of-risks", "premortem")
    with new_page(browser) as page:
        (form,) = open_pieces(page, lab_server, path, "premortem")
        press = page.keyboard.press
        cells = page.locator(".jp-Cell")
        before = cells.count()

        def tab_to(target: Locator, key: str = "Tab") -> None:
            for _ in range(60):
                if target.evaluate("node => node === document.activeElement"):
                    return
                press(key)
            raise AssertionError(f"no way to {target} by {key}")

        row(form, 1, "Risk").locator("summary").focus()
        for number, (cause, theme) in enumerate(
            (("It rained", "sky"), ("They struck", "people"), ("It snowed", "Sky")), 1
        ):
            fold = row(form, number, "Risk")
            tab_to(fold.locator("summary"))
            if not fold.get_by_label("Cause").is_visible():
                press("Enter")
            tab_to(fold.get_by_label("Cause"))
            page.keyboard.type(cause)
            tab_to(fold.get_by_label("Theme"))
            page.keyboard.type(theme)
        tab_to(form.get_by_role("button", name="Fold all"), "Shift+Tab")
        press("Space")
        for number, votes in ((2, 1), (3, 2)):
            tab_to(form.get_by_role("button", name=f"Votes: one more for Risk {number}"))
            for _ in range(votes):
                press("Enter")
        tab_to(form.get_by_label("Order", exact=True), "Shift+Tab")
        press("v")
        expect(form.get_by_label("Order", exact=True)).to_have_value("1")
        expect_standing(form, "Risk 3", "Risk 2", "Risk 1")
        press("End")
        expect(standing(form)).to_contain_text(["Sky", "Risk 3", "Risk 1", "people", "Risk 2"])
        expect(form.get_by_label("Order", exact=True)).to_be_focused()
        expect_status(form, "Saved")
        answers = on_disk(folder, "premortem")
        assert [answers.get(f"risk.{number}.votes") for number in (1, 2, 3)] == [None, 1, 2]
        assert cells.count() == before, "no key has reached JupyterLab"
