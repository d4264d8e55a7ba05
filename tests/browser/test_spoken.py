"""What a screen reader is given to say: once, politely where nothing is wrong, from regions that were there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import Server, new_page, open_notebook, run_all
from .test_form import expect_status, form_of, write_form_notebook

pytestmark = pytest.mark.browser

LISTEN = """(form) => {
    window.said = [];
    const heard = (node) => {
        const at = node.nodeType === 1 ? node : node.parentElement;
        const region = at?.closest("[aria-live], [role=alert], [role=status]");
        if (!region || region.getAttribute("aria-live") === "off" || !node.textContent.trim()) return;
        const how = region.getAttribute("role") === "alert" ? "alert" : region.getAttribute("aria-live") ?? "polite";
        window.said.push(`${how}: ${node.textContent.trim()}`);
    };
    new MutationObserver((changes) => changes.forEach(({ addedNodes, type, target }) =>
        type === "characterData" ? heard(target) : addedNodes.forEach(heard)
    )).observe(form, { childList: true, characterData: true, subtree: true });
}"""
"""Writes down what is put into regions that speak, as a screen reader takes it: text that is new, and how urgent."""
QUIET = 1500
"""Milliseconds: longer than the form waits for all to be quiet before it speaks of saving."""


@pytest.fixture
def form(browser: Browser, lab_server: Server) -> Iterator[Locator]:
    with new_page(browser) as page:
        write_form_notebook(lab_server, "spoken.ipynb", "spoken")
        open_notebook(page, lab_server, "spoken.ipynb")
        run_all(page)
        form = form_of(page, "spoken")
        form.evaluate(LISTEN)
        yield form
    for name in ("full", "spoken.jsonl"):
        (lab_server.root / name).unlink(missing_ok=True)


def said(form: Locator) -> list[str]:
    """What has been said since the last time."""
    heard: list[str] = form.evaluate("() => { const said = window.said; window.said = []; return said; }")
    return heard


def test_saving_is_said_once_and_trouble_at_once(form: Locator, lab_server: Server) -> None:
    page: Page = form.page
    for words in ("First", "First, second", "First, second, third"):
        form.get_by_label("Title").fill(words)
        expect_status(form, "Saved")
        page.wait_for_timeout(QUIET)
    assert said(form) == ["polite: Saved"]
    (lab_server.root / "full").touch()
    form.get_by_label("Title").fill("Fourth")
    expect(form.get_by_role("alert").filter(has_text="The disk is full")).to_be_visible()
    page.wait_for_timeout(QUIET)
    assert said(form) == ["alert: The disk is full"]
    (lab_server.root / "full").unlink()
    form.get_by_role("button", name="Try again").click()
    expect_status(form, "Saved")
    page.wait_for_timeout(QUIET)
    assert said(form) == ["polite: Saved"]


def test_a_question_is_said_politely_and_a_wrong_value_as_an_alert_once(form: Locator) -> None:
    regions = form.locator("[aria-live]:not([aria-live=off])")
    there = regions.evaluate_all(
        "(all) => all.filter((one) => !one.closest('[hidden]')).map((one) => one.checkVisibility())"
    )
    assert there
    assert all(there)
    form.get_by_label("Situation").fill("And then we went home")
    expect(form.get_by_text("Who is we?")).to_be_visible()
    expect(form.get_by_text("Say it shorter?")).to_be_visible()
    form.get_by_label("Situation").fill("And then we all went home")
    expect_status(form, "Saved")
    questions = [each for each in said(form) if "?" in each]
    assert [each[: len("polite: Who is we?")] for each in questions if "Who is we?" in each] == ["polite: Who is we?"]
    assert len(questions) == 2
    loss = form.get_by_label("Loss")
    for _ in range(2):
        loss.fill("many")
        loss.blur()
    expect(form.get_by_role("alert").filter(has_text="A number, please")).to_be_visible()
    assert [each for each in said(form) if "number" in each] == ["alert: A number, please"]
    loss.fill("")


def test_how_an_action_went_is_said_politely_and_that_it_failed_as_an_alert(form: Locator) -> None:
    form.get_by_role("button", name="Export").click()
    expect(form.get_by_text("It is done")).to_be_visible()
    form.get_by_role("button", name="Fail").click()
    expect(form.get_by_text("It went wrong")).to_be_visible()
    expect(form.get_by_text("It is done")).to_have_count(0)
    assert [each for each in said(form) if "It " in each] == ["polite: It is done", "alert: It went wrong"]
