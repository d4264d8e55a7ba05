"""Rows that repeat, sliders, the clock and results, in a real JupyterLab."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import Server, new_page, open_notebook, run_all
from .test_form import expect_status, form_of, saved, write_form_notebook

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser: Browser, lab_server: Server) -> Iterator[Page]:
    with new_page(browser) as page:
        write_form_notebook(lab_server, "board.ipynb", "board")
        open_notebook(page, lab_server, "board.ipynb")
        run_all(page)
        yield page


@pytest.fixture
def form(page: Page) -> Locator:
    return form_of(page, "board")


def row(form: Locator, number: int) -> Locator:
    return form.locator("details.ff-row").nth(number - 1)


def test_rows_are_added_filled_and_folded_by_keyboard_alone(page: Page, form: Locator, lab_server: Server) -> None:
    expect(row(form, 1)).to_be_visible()
    expect(row(form, 2)).to_be_hidden()
    row(form, 1).get_by_label("Cause").focus()
    page.keyboard.type("It rained")
    form.get_by_role("button", name="Add another: Risk 2").focus()
    page.keyboard.press("Enter")
    expect(row(form, 2).get_by_label("Cause")).to_be_focused()
    page.keyboard.type("It snowed")
    page.keyboard.press("Tab")
    page.keyboard.type("20")
    page.keyboard.press("Tab")
    expect_status(form, "Saved")
    assert saved(lab_server, "risk.2.cause", "board")[-1] == "It snowed"
    assert saved(lab_server, "risk.2.odds", "board")[-1] == 20
    row(form, 2).locator("summary").focus()
    page.keyboard.press("Enter")
    expect(row(form, 2).get_by_label("Cause")).to_be_hidden()
    expect(row(form, 2).locator(".ff-gist")).to_have_text("It snowed")


def test_a_removed_row_can_be_brought_back(page: Page, form: Locator, lab_server: Server) -> None:
    cause = row(form, 2).get_by_label("Cause")
    row(form, 2).locator("summary").click()
    cause.fill("It thawed")
    expect_status(form, "Saved")
    form.get_by_role("button", name="Remove Risk 2").click()
    expect(row(form, 2)).to_be_hidden()
    expect_status(form, "Saved")
    assert saved(lab_server, "risk.2.cause", "board")[-1] is None
    expect(form.get_by_role("button", name="Bring it back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(cause).to_have_value("It thawed")
    expect(cause).to_be_focused()
    expect_status(form, "Saved")
    assert saved(lab_server, "risk.2.cause", "board")[-1] == "It thawed"


def test_a_slider_moves_by_keyboard_redraws_what_follows_and_goes_back(
    page: Page, form: Locator, lab_server: Server
) -> None:
    slider = form.get_by_role("slider", name="Share")
    expect(slider).to_have_attribute("aria-valuetext", "60%")
    expect(form.get_by_text("Share: no")).to_be_visible()
    form.get_by_text("Numbers").click()
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(form.get_by_text("Share: 65")).to_be_visible()
    expect(form.get_by_text("In full: 65")).to_be_visible()
    expect(slider).to_be_focused()
    assert saved(lab_server, "share", "board")[-1] == 65
    form.get_by_role("button", name="Back to 60%").click()
    expect(form.get_by_text("Share: None")).to_be_visible()
    expect(slider).to_have_attribute("aria-valuetext", "60%")
    expect(slider).to_be_focused()


def test_the_clock_runs_pauses_ends_and_goes_on_to_the_next_stretch(browser: Browser, lab_server: Server) -> None:
    with new_page(browser) as page:
        page.clock.install()
        open_notebook(page, lab_server, "board.ipynb")
        run_all(page)
        clock = form_of(page, "board").get_by_role("group", name="Clock")
        expect(clock.get_by_text("1 of 2: Tell")).to_be_visible()
        expect(clock.get_by_role("timer")).to_have_text("1:00")
        clock.get_by_role("button", name="Start").click()
        page.clock.run_for(20_000)
        expect(clock.get_by_role("timer")).to_have_text("0:40")
        clock.get_by_role("button", name="Pause").click()
        page.clock.run_for(20_000)
        expect(clock.get_by_role("timer")).to_have_text("0:40")
        clock.get_by_role("button", name="Start").click()
        page.clock.run_for(41_000)
        expect(clock.get_by_text("Time is up: Tell")).to_be_visible()
        clock.get_by_role("button", name="Next").click()
        expect(clock.get_by_role("timer")).to_have_text("2:00")
        expect(clock.get_by_role("button", name="Next")).to_be_hidden()
