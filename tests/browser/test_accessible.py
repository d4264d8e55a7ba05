"""Every piece and every module's page can be used by everyone: seen, read, hit with a finger, reached by keyboard.

In real JupyterLab, empty and filled in, with everything unfolded. What no measure tells is looked at by people.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .axe import look_at
from .conftest import Server, kill_kernels
from .pieces import COURSE, PIECES, form_of, write_pieces
from .sheets import SHEETS, THEMES, change_theme, filled_folder, sheet, window

pytestmark = pytest.mark.browser

FINGER, EASY = 24, 44
"""CSS pixels: the least that a target may have (WCAG 2.2, 2.5.8), and what ours have where fingers point (2.5.5)."""
PIECES_ONLY = pytest.mark.parametrize("page", SHEETS[:2], indirect=True)


@pytest.fixture(scope="module")
def filled(lab_server: Server) -> Path:
    return filled_folder(lab_server, "accessible")


@pytest.fixture(scope="module")
def lab(browser: Browser, lab_server: Server) -> Iterator[Page]:
    with window(browser, lab_server) as page:
        yield page


@pytest.fixture(scope="module", params=SHEETS)
def page(request: pytest.FixtureRequest, lab: Page, filled: Path) -> Iterator[Page]:
    """One sheet after the other, in the same window."""
    with sheet(lab, f"{filled.name}/{request.param}.ipynb") as page:
        yield page


@pytest.fixture
def measured(page: Page) -> Iterator[Page]:
    """The sheet with ``measure.js`` in it; afterwards as wide as before."""
    if not page.evaluate("'measure' in window"):
        page.add_script_tag(path=Path(__file__).with_name("measure.js"))
    yield page
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("window.jupyterapp.shell.expandLeft()")


def assert_nothing_violated(page: Page, theme: str, *scope: str) -> None:
    """Every rule of axe holds in the first theme, and in the others those whose outcome depends on a theme."""
    change_theme(page, theme)
    verdict = look_at(page, *scope, colours_only=theme != THEMES[0])
    assert "color-contrast" in verdict.kept
    assert not verdict.violations, "\n".join(verdict.violations)


@pytest.mark.parametrize("theme", THEMES)
def test_no_rule_of_axe_is_violated(page: Page, theme: str) -> None:
    assert_nothing_violated(page, theme)


@pytest.mark.parametrize(("width", "height", "files"), [(1024, 768, True), (640, 900, False), (640, 900, True)])
def test_nothing_is_cut_off_on_a_small_or_enlarged_screen(measured: Page, width: int, height: int, files: bool) -> None:
    """640 is 200 % on a screen of 1280. With the list of files beside it a notebook has 310, as at 400 %."""
    measured.set_viewport_size({"width": width, "height": height})
    measured.evaluate("window.widened = performance.now()")  # what JupyterLab lays out anew, it does by and by
    measured.evaluate(f"window.jupyterapp.shell.{'expand' if files else 'collapse'}Left()")
    measured.wait_for_function("(most) => document.querySelector('.jp-Notebook').clientWidth < most", arg=width)
    measured.evaluate(
        "async () => await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    assert measured.evaluate("measure.tooWide()") == []
    assert measured.evaluate("measure.silentScrollers()") == []


def test_every_target_is_large_enough(measured: Page) -> None:
    assert measured.evaluate("(least) => measure.small(least, '*')", FINGER) == []
    touch = measured.context.new_cdp_session(measured)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    touch.send("Emulation.setEmitTouchEventsForMouse", {"enabled": True, "configuration": "mobile"})
    try:
        assert measured.evaluate("matchMedia('(pointer: coarse)').matches")
        assert measured.evaluate("(least) => measure.small(least, '.ff-form')", EASY) == []
    finally:
        touch.send("Emulation.setEmitTouchEventsForMouse", {"enabled": False})
        touch.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        touch.detach()


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_is_seen_wherever_it_goes(measured: Page, theme: str) -> None:
    change_theme(measured, theme)
    measured.keyboard.press("Tab")  # from here on the browser shows where the focus is
    rings: dict[str, Any] = measured.evaluate("measure.paleRings()")
    assert len(rings["seen"]) > 1
    assert rings["pale"] == []


def test_names_lead_somewhere_and_headings_skip_nothing(measured: Page) -> None:
    assert measured.evaluate("measure.muddle()") == {"twice": [], "astray": [], "skipped": []}


def test_nothing_moves_by_itself(page: Page) -> None:
    ours = "({ effect }) => effect.target.closest('.ff-form, .ff-chart, .ff-table, .jp-MarkdownOutput')"
    assert page.evaluate(f"document.getAnimations().filter({ours}).length") == 0


@PIECES_ONLY
def test_in_forced_colours_and_on_paper_a_choice_is_told_by_its_weight(page: Page) -> None:
    choices = page.locator(".ff-box:has(:checked)")
    expected = "(all) => all.map((one) => getComputedStyle(one).fontWeight >= 600)"
    page.locator(".ff-row").evaluate_all("(rows) => rows.forEach((row) => (row.open = false))")
    answers = page.locator(".ff-row:not([hidden], [hidden] *) > .ff-row-body")
    shown = "(all) => all.map((one) => one.checkVisibility({ contentVisibilityAuto: true }))"
    try:
        page.emulate_media(forced_colors="active")
        assert all(choices.evaluate_all(expected))
        page.emulate_media(forced_colors="none", media="print")
        assert all(choices.evaluate_all(expected))
        assert all(answers.evaluate_all(shown))
        expect(page.locator(".ff-form button:visible")).to_have_count(0)
    finally:
        page.emulate_media(forced_colors="none", media="screen")
        page.locator(".ff-row").evaluate_all("(rows) => rows.forEach((row) => (row.open = true))")


@pytest.mark.parametrize("page", SHEETS[:1], indirect=True)
def test_a_refused_value_is_as_legible_as_the_rest(page: Page) -> None:
    numbers = page.locator(".ff-number input:visible")
    for number in numbers.all():
        number.fill("many")
    numbers.last.blur()
    expect(page.locator(".ff-number [aria-invalid]")).to_have_count(numbers.count())
    for theme in THEMES:
        assert_nothing_violated(page, theme, ".ff-number")


@pytest.mark.parametrize("page", SHEETS[:1], indirect=True)
def test_a_bad_control_would_be_found(page: Page) -> None:
    """Far down on the page, too."""
    page.locator(".ff-form").last.evaluate("""(form) => form.insertAdjacentHTML("beforeend",
        '<div class="planted"><input><p style="color: #888; background: #777">pale</p><button></button></div>')""")
    found = "\n".join(look_at(page, ".planted").violations)
    page.locator(".planted").evaluate("(planted) => planted.remove()")
    for rule in ("color-contrast", "label", "button-name"):
        assert f"{rule}: " in found


@pytest.mark.parametrize("page", SHEETS[1:2], indirect=True)
def test_the_printed_copies_are_read_as_well_as_the_forms(page: Page) -> None:
    """As they show in a saved notebook, where no form is alive."""
    page.locator(".ff-root > style").evaluate_all("(all) => all.forEach((style) => (style.disabled = true))")
    copies = page.locator(".ff-copy")
    expect(copies).to_have_count(len(PIECES))
    for theme in THEMES:
        assert_nothing_violated(page, theme, ".ff-copy")
    page.locator(".ff-root > style").evaluate_all("(all) => all.forEach((style) => (style.disabled = false))")


def test_trouble_is_legible_too(browser: Browser, lab_server: Server, filled: Path) -> None:
    """A locked estimate, and answers that wait because the kernel is gone."""
    pieces = ("story", "estimate")
    path = write_pieces(lab_server, filled, "trouble", *pieces)
    with window(browser, lab_server) as page, sheet(page, path):
        expect(page.locator("[aria-disabled='true'], .ff-input:read-only, .ff-range:disabled")).not_to_have_count(0)
        kill_kernels(lab_server)
        page.get_by_role("dialog").get_by_role("button", name="Ok").click()  # JupyterLab tells of the dead kernel
        form = form_of(page, "story")
        form.get_by_role("textbox").first.fill("typed into the void")
        expect(form.get_by_role("status")).to_have_text(COURSE.interface["unsaved"])
        for theme in THEMES:
            assert_nothing_violated(page, theme)
