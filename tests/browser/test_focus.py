"""What has the focus keeps it, whatever arrives meanwhile; where that is gone, the next best thing has it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from workshop.attempt import Attempt
from workshop.course import Value
from workshop.journal import Journal
from workshop.start import prepare

from .conftest import Server, kill_kernels, new_page, open_notebook, run_all
from .pieces import COURSE, form_of, open_pieces, write_pieces
from .test_form import expect_status, write_form_notebook
from .test_form import form_of as echo_of

pytestmark = pytest.mark.browser

PIECES = ("story", "decision", "conditions", "actions", "vote")
WEAK, STRONG = (COURSE.scenario.personas[name].answers for name in ("weak", "strong"))


@pytest.fixture(scope="module")
def folder(lab_server: Server) -> Path:
    folder = lab_server.root / "focus"
    prepare(folder)
    answer_elsewhere(folder, "actions", WEAK["actions"])
    return folder


@pytest.fixture(scope="module")
def page(browser: Browser, lab_server: Server, folder: Path) -> Iterator[Page]:
    with new_page(browser) as page:
        open_pieces(page, lab_server, write_pieces(lab_server, folder, "focus", *PIECES), *PIECES)
        yield page


def answer_elsewhere(folder: Path, piece: str, answers: Mapping[str, Value], page: Page | None = None) -> None:
    """Answer as another window would; the page, if there is one, hears of it as it comes to the front."""
    Attempt.of(COURSE, piece, Journal.of(folder, "me", COURSE.version)).answer(answers)
    if page:
        page.evaluate("window.dispatchEvent(new Event('focus'))")


def field(page: Page, piece: str, name: str) -> Locator:
    return form_of(page, piece).locator(f"[data-field='{name}']")


def test_a_question_that_goes_hands_the_focus_to_its_field(page: Page, folder: Path) -> None:
    what = field(page, "actions", "action.1.what")
    if not what.is_visible():
        form_of(page, "actions").locator(".ff-row > summary").first.click()
    dismiss = what.locator(".ff-ask button").first
    expect(dismiss).to_be_visible()
    dismiss.focus()
    answer_elsewhere(folder, "actions", {"action.1.what": None}, page)
    expect(dismiss).to_have_count(0)
    expect(what.locator("textarea, input")).to_be_focused()


def test_a_row_emptied_elsewhere_hands_the_focus_to_what_stands_before_it(page: Page, folder: Path) -> None:
    rows = form_of(page, "actions").locator(".ff-row")
    row = rows.nth(1)
    if not row.locator("textarea, input").first.is_visible():
        row.locator("summary").click()
    remove = row.locator(":scope > button")
    remove.focus()
    names = [name for name in WEAK["actions"] if name.startswith("action.2.")]
    answer_elsewhere(folder, "actions", dict.fromkeys(names), page)
    expect(remove).to_be_hidden()
    expect(form_of(page, "actions").locator(":focus")).to_have_count(1)


def test_removing_a_row_and_bringing_it_back_goes_from_place_to_place(page: Page, folder: Path) -> None:
    answer_elsewhere(folder, "actions", WEAK["actions"], page)
    row = form_of(page, "actions").locator(".ff-row").first
    remove = row.locator(":scope > button")
    expect(remove).to_be_attached()
    if not remove.is_visible():
        row.locator("summary").click()
    remove.focus()
    page.keyboard.press("Enter")
    expect(form_of(page, "actions").get_by_role("button", name=COURSE.interface["undo_row"])).to_be_focused()
    page.keyboard.press("Enter")
    expect(field(page, "actions", "action.1.what").locator("textarea, input")).to_be_focused()


def test_a_form_built_anew_has_the_focus_and_the_caret_where_they_were(page: Page, folder: Path) -> None:
    text = field(page, "actions", "action.1.what").locator("textarea, input")
    if not text.is_visible():
        form_of(page, "actions").locator(".ff-row > summary").first.click()
    text.fill("A gate in the pipeline refuses it.")
    expect(form_of(page, "actions").get_by_role("status")).to_have_text(COURSE.interface["saved"])
    text.evaluate("(node) => { node.old = true; node.setSelectionRange(2, 6); }")
    answer_elsewhere(folder, "conditions", {"condition.1.what": "Nobody had asked for a date."}, page)
    expect(form_of(page, "actions").get_by_text("Nobody had asked for a date.").first).to_be_attached()
    expect(text).to_be_focused()
    assert text.evaluate("(node) => [node.old, node.selectionStart, node.selectionEnd]") == [None, 2, 6]

    summary = form_of(page, "actions").locator(".ff-missing summary")
    summary.focus()
    answer_elsewhere(folder, "conditions", {"condition.2.what": "The test data were old."}, page)
    expect(form_of(page, "actions").get_by_text("The test data were old.").first).to_be_attached()
    expect(form_of(page, "actions").locator(":focus")).to_have_count(1)


@pytest.mark.parametrize("stop", ["summary", ".ff-table:visible"])
def test_results_are_redrawn_around_the_focus(page: Page, folder: Path, stop: str) -> None:
    results = form_of(page, "decision").locator(".ff-results")
    target = results.locator(stop).first
    target.focus()
    target.evaluate("(node) => { node.old = true; }")
    name = next(name for name in STRONG["decision"] if field(page, "decision", name).locator("[type=range]").count())
    low = field(page, "decision", name).locator("[type=range]").get_attribute("min" if stop == "summary" else "max")
    answer_elsewhere(folder, "decision", {name: low}, page)
    expect(field(page, "decision", name).locator("[type=range]")).to_have_value(str(low))
    page.wait_for_function(
        "([results, stop]) => !results.querySelector(stop).old",
        arg=[results.element_handle(), stop.removesuffix(":visible")],
    )
    expect(target).to_be_focused()


def test_the_list_of_what_is_open_changes_around_the_focus(page: Page, folder: Path) -> None:
    missing = form_of(page, "story").locator(".ff-missing")
    missing.locator("summary").click()
    second = missing.get_by_role("button").nth(1)
    label = second.inner_text()
    second.focus()
    first, name = (field["name"] for field in _open(folder)[:2])
    answer_elsewhere(folder, "story", {first: STRONG["story"][first]}, page)
    expect(missing.get_by_role("button").first).to_have_text(label)
    expect(missing.get_by_role("button").first).to_be_focused()
    answer_elsewhere(folder, "story", {name: STRONG["story"][name]}, page)
    expect(missing.get_by_role("button").filter(has_text=label)).to_have_count(0)
    expect(missing.locator("summary")).to_be_focused()


def _open(folder: Path) -> list[dict[str, str]]:
    attempt = Attempt.of(COURSE, "story", Journal.of(folder, "me", COURSE.version))
    named = {field["name"]: field for group in attempt.spec["groups"] for field in group["fields"]}
    return [named[name] for name in attempt.missing]


@pytest.mark.parametrize("stop", ["textarea", "[inputmode=decimal]", "[type=radio]", "[type=checkbox]"])
def test_a_promise_made_elsewhere_locks_the_form_around_the_focus(page: Page, folder: Path, stop: str) -> None:
    target = form_of(page, "vote").locator(stop).last
    target.focus()
    answer_elsewhere(folder, "vote", STRONG["vote"], page)
    expect(form_of(page, "vote").locator("textarea").first).not_to_be_editable()
    expect(target).to_be_focused()
    Journal.of(folder, "me", COURSE.version).write("vote", "commit", None)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(form_of(page, "vote").locator("textarea").first).to_be_editable()
    expect(target).to_be_focused()


def test_buttons_that_have_done_their_work_hand_the_focus_on(browser: Browser, lab_server: Server) -> None:
    with new_page(browser) as page:
        write_form_notebook(lab_server, "buttons.ipynb", "story", "board")
        open_notebook(page, lab_server, "buttons.ipynb")
        run_all(page)
        story, board = echo_of(page, "story"), echo_of(page, "board")

        following = board.get_by_role("button", name="Next")
        following.focus()
        page.keyboard.press("Enter")
        expect(following).to_be_hidden()
        expect(board.get_by_role("button", name="Start")).to_be_focused()

        (lab_server.root / "full").touch()
        story.get_by_label("Situation").fill("precious")
        again = story.get_by_role("button", name="Try again")
        expect(again).to_be_visible()
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
        copy = story.get_by_role("button", name="Copy my answers")
        copy.focus()
        page.keyboard.press("Enter")
        expect(story.get_by_text("Copied")).to_be_visible()
        expect(copy).to_be_focused()
        again.focus()
        (lab_server.root / "full").unlink()
        page.keyboard.press("Enter")
        expect_status(story, "Saved")
        expect(again).to_be_hidden()
        expect(story.get_by_role("button", name="Fail")).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_typing_goes_on_after_jupyterlab_has_told_of_a_dead_kernel(
    page: Page, lab_server: Server, folder: Path, key: str
) -> None:
    path = write_pieces(lab_server, folder, f"dead-{key}", "story")
    (form,) = open_pieces(page, lab_server, path, "story")
    text = form.locator("textarea").first
    text.fill("")
    page.keyboard.type("Half a ")
    expect(form.get_by_role("status")).to_have_text(COURSE.interface["saved"])
    kill_kernels(lab_server)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(text).to_be_focused()
    page.keyboard.type("sentence.")
    expect(text).to_have_value("Half a sentence.")
