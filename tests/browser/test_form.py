"""The form in a real JupyterLab: what it shows, what it sends, and that nothing typed is lost."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import Server, kill_kernels, new_page, open_notebook, run_all, write_notebook

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent


def write_form_notebook(server: Server, path: str, *keys: str) -> None:
    """A notebook with one cell for each form, then one for each printed copy."""
    start = f"import sys; sys.path.insert(0, {str(HERE)!r}); from echo_form import Echo, show_copy"
    forms, copies = [f"{key} = Echo({key!r})" for key in keys], [f"show_copy({key!r})" for key in keys]
    write_notebook(server, path, [start, *forms, *copies])


OUTBOX = """
    const request = indexedDB.open("fail-forward", 1);
    await new Promise((done) => (request.onsuccess = done));
    const store = request.result.transaction("answers", "readwrite").objectStore("answers");
    const settled = (asked) => new Promise((done) => (asked.onsuccess = () => done(asked.result)));
"""
"""Opens what the browser keeps, for a script that goes on with ``store`` and ``settled``."""


def expect_empty_outbox(page: Page, key: str) -> None:
    left = (
        f"async (form) => {{ {OUTBOX} return (await settled(store.getAll())).filter((each) => each.form === form); }}"
    )
    assert page.evaluate(left, key) == []


def form_of(page: Page, key: str) -> Locator:
    return page.get_by_role("region", name=key, exact=True)


def lines(server: Server, name: str) -> list[dict[str, Any]]:
    file = server.root / name
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def saved(server: Server, field: str, key: str = "story") -> list[Any]:
    """Every value of a field that has been saved, oldest first."""
    return [event["value"] for event in lines(server, f"{key}.jsonl") if event["field"] == field]


def expect_status(form: Locator, text: str) -> None:
    expect(form.get_by_role("status")).to_have_text(text)


@pytest.fixture(scope="module")
def page(browser: Browser, lab_server: Server) -> Iterator[Page]:
    """One window for the tests that leave it in order."""
    with new_page(browser) as page:
        write_form_notebook(lab_server, "form.ipynb", "story", "promise")
        open_notebook(page, lab_server, "form.ipynb")
        run_all(page)
        yield page


@pytest.fixture
def form(page: Page, lab_server: Server) -> Iterator[Locator]:
    """The form of a fresh story: no text, a working disk."""
    form = form_of(page, "story")
    yield form
    for name in ("full", "story.elsewhere.json"):
        (lab_server.root / name).unlink(missing_ok=True)
    for label in ("Title", "Situation", "Loss"):
        form.get_by_label(label).fill("")
    form.get_by_label("Title").blur()
    expect(form.get_by_role("status")).to_have_text(re.compile("^(Saved|Nothing yet)$"))


def news_from_another_window(page: Page, server: Server, **values: str) -> None:
    (server.root / "story.elsewhere.json").write_text(json.dumps(values))
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_controls_have_names_and_descriptions(form: Locator) -> None:
    expect(form.get_by_role("textbox", name="Title optional")).to_have_count(1)
    situation = form.get_by_role("textbox", name="Situation")
    expect(situation).to_have_accessible_description("Where were you?")
    expect(form.get_by_role("radiogroup", name="In whose control?").get_by_role("radio")).to_have_count(3)
    expect(form.get_by_role("textbox", name="Loss")).to_have_accessible_description("$M")
    expect(form.get_by_role("checkbox", name="That is my estimate")).to_have_count(1)
    expect(form.get_by_role("group", name="All of it")).to_have_count(1)
    ids = form.page.evaluate("[...document.querySelectorAll('.ff-form [id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))


def test_typing_is_saved_in_few_events(page: Page, form: Locator, lab_server: Server) -> None:
    form.get_by_label("Situation").click()
    text = "Two weeks before the launch\nthe quotes were not there."
    page.keyboard.type(text, delay=5)
    expect_status(form, "Saved")
    values = saved(lab_server, "situation")
    assert values[-1] == text
    assert len(values) < len(text) / 2


def test_leaving_a_field_sends_at_once(page: Page, form: Locator, lab_server: Server) -> None:
    sent = """() => {
        const sent = [], send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (data) {
            sent.push(typeof data === "string" ? data : new TextDecoder().decode(data));
            send.call(this, data);
        };
        document.activeElement.focus();
        document.execCommand("insertText", false, "typed and left");
        const before = sent.filter((data) => data.includes("typed and left")).length;
        document.activeElement.blur();
        WebSocket.prototype.send = send;
        return [before, sent.filter((data) => data.includes("typed and left")).length];
    }"""
    form.get_by_label("Title").focus()
    assert page.evaluate(sent) == [0, 1]
    expect_status(form, "Saved")
    assert saved(lab_server, "title")[-1] == "typed and left"


def test_a_choice_is_made_by_keyboard(page: Page, form: Locator, lab_server: Server) -> None:
    form.get_by_label("Situation").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(form.get_by_label("shared")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(form.get_by_label("theirs")).to_be_focused()
    expect_status(form, "Saved")
    assert saved(lab_server, "control")[-1] == "theirs"


def test_what_is_no_number_is_said_and_stays(page: Page, form: Locator, lab_server: Server) -> None:
    loss = form.get_by_label("Loss")
    loss.click()
    page.keyboard.type("abc")
    expect_status(form, "Saved, except: Loss")
    expect(form.get_by_text("A number, please")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(form.get_by_role("alert").filter(has_text="A number, please")).to_be_visible()
    expect(loss).to_have_attribute("aria-invalid", "true")
    expect(loss).to_have_value("abc")
    loss.fill("12,5")
    loss.blur()
    expect_status(form, "Saved")
    expect(loss).not_to_have_attribute("aria-invalid", "true")
    assert saved(lab_server, "loss")[-1] == 12.5
    assert "abc" not in saved(lab_server, "loss")


def test_a_refused_value_stays_on_screen(page: Page, form: Locator, lab_server: Server) -> None:
    loss = form.get_by_label("Loss")
    loss.fill("66")
    loss.blur()
    expect(form.get_by_role("alert").filter(has_text="Anything but 66")).to_be_visible()
    expect(loss).to_have_value("66")
    expect(loss).to_have_accessible_description("$M Anything but 66")
    expect_empty_outbox(page, "story")
    form.get_by_label("Title").fill("something else")
    expect_status(form, "Saved, except: Loss")
    expect(loss).to_have_value("66")
    loss.fill("50")
    loss.blur()
    expect_status(form, "Saved")
    expect(form.get_by_text("Anything but 66")).to_have_count(0)
    assert 66 not in saved(lab_server, "loss")


def test_a_full_disk_is_said_and_nothing_is_lost(page: Page, form: Locator, lab_server: Server) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    (lab_server.root / "full").touch()
    form.get_by_label("Situation").fill("precious")
    expect(form.get_by_role("alert").filter(has_text="The disk is full")).to_be_visible()
    form.get_by_role("button", name="Copy my answers").click()
    expect(form.get_by_text("Copied")).to_be_visible()
    assert "Situation\nprecious" in page.evaluate("navigator.clipboard.readText()")
    news_from_another_window(page, lab_server, situation="theirs", title="news")
    expect(form.get_by_label("Title")).to_have_value("news")
    expect(form.get_by_label("Situation")).to_have_value("precious")
    (lab_server.root / "story.elsewhere.json").unlink()
    (lab_server.root / "full").unlink()
    form.get_by_role("button", name="Try again").click()
    expect_status(form, "Saved")
    expect(form.get_by_text("The disk is full")).to_have_count(0)
    assert saved(lab_server, "situation")[-1] == "precious"


def test_news_leave_focus_and_caret_alone(page: Page, form: Locator, lab_server: Server) -> None:
    situation = form.get_by_label("Situation")
    situation.fill("mine")
    expect_status(form, "Saved")
    situation.evaluate("(node) => node.setSelectionRange(2, 3)")
    news_from_another_window(page, lab_server, situation="theirs", title="news")
    expect(form.get_by_label("Title")).to_have_value("news")
    expect(situation).to_have_value("theirs")
    expect(situation).to_be_focused()
    assert situation.evaluate("(node) => [node.selectionStart, node.selectionEnd]") == [2, 3]


def test_state_leaves_unsaved_text_alone(page: Page, form: Locator, lab_server: Server) -> None:
    title = form.get_by_label("Title")
    title.fill("old")
    expect_status(form, "Saved")
    title.evaluate(
        """(node) => {
            const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
            node.written = [];
            Object.defineProperty(node, "value", {
                configurable: true,
                get,
                set(text) { node.written.push(text); set.call(node, text); },
            });
            const type = (text) => { node.focus(); node.select(); document.execCommand("insertText", false, text); };
            type("new");
            node.blur();
            type("old");  // "new" is on its way and will come back as state
        }"""
    )
    expect_status(form, "Saved")
    assert saved(lab_server, "title")[-2:] == ["new", "old"]
    assert title.evaluate("(node) => node.written") == []
    title.evaluate("(node) => { delete node.value; }")


def test_keys_stay_in_the_form(page: Page, form: Locator) -> None:
    cells = page.locator(".jp-Cell")
    before = cells.count()
    for target in (form.get_by_label("mine", exact=True), form.get_by_role("button", name="Export")):
        target.focus()
        for key in ("b", "a", "d", "d", "x", "ArrowDown", "ArrowUp"):
            page.keyboard.press(key)
    form.get_by_label("Title").focus()
    page.keyboard.press("Shift+Enter")
    expect(cells).to_have_count(before)
    expect(form.get_by_label("Title")).to_be_focused()
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")


def test_a_question_is_put_aside(page: Page, form: Locator, lab_server: Server) -> None:
    situation = form.get_by_label("Situation")
    situation.fill("there we were, all of us")
    question = form.locator(".ff-ask").filter(has_text="Who is we?")
    expect(question.locator("q")).to_have_text("we")
    question.evaluate("(node) => { node.kept = true; }")
    situation.fill("there we were, all of us, at night")
    expect_status(form, "Saved")
    assert question.evaluate("(node) => node.kept")
    form.get_by_role("button", name="I mean it: Who is we?").click()
    expect(question).to_have_count(0)
    expect(form.get_by_text("Say it shorter?")).to_be_visible()
    expect(situation).to_be_focused()
    assert {"type": "dismiss", "advice": "we"} in lines(lab_server, "messages.jsonl")


def test_an_action_says_how_it_went(page: Page, form: Locator, lab_server: Server) -> None:
    form.get_by_label("Title").fill("newest")
    form.get_by_role("button", name="Export").click()
    expect(form.get_by_text("It is done")).to_be_visible()
    kinds = [message["type"] for message in lines(lab_server, "messages.jsonl") if message["type"] != "refresh"]
    assert kinds[-2:] == ["answer", "action"]
    assert saved(lab_server, "title")[-1] == "newest"
    form.get_by_role("button", name="Fail").click()
    expect(form.get_by_role("alert").filter(has_text="It went wrong")).to_be_visible()


def test_a_promise_locks_the_answers_before_it(page: Page, lab_server: Server) -> None:
    form = form_of(page, "promise")
    form.get_by_label("shared").check()
    form.get_by_label("Situation").evaluate(
        """(node) => {
            const type = (text) => { node.focus(); document.execCommand("insertText", false, text); };
            const promise = node.closest("section").querySelector("[type=checkbox]");
            type("my last");
            node.blur();
            type(" word");  // waits, because "my last" is on its way
            promise.focus();
            promise.click();
        }"""
    )
    expect(form.get_by_label("Situation")).not_to_be_editable()
    expect(form.get_by_label("That is my estimate")).to_be_focused()
    page.keyboard.press("Space")
    expect(form.get_by_label("That is my estimate")).to_be_checked()
    form.get_by_label("mine", exact=True).click(force=True)
    expect(form.get_by_label("shared")).to_be_checked()
    expect_status(form, "Saved")
    last = [event["value"] for event in lines(lab_server, "promise.jsonl")][-3:]
    assert last == ["my last", "my last word", True]


def test_the_copy_shows_once_the_form_is_gone(page: Page) -> None:
    expect(page.get_by_text("Printed copy of story")).to_be_hidden()
    expect(page.get_by_text("Printed copy of promise")).to_be_hidden()
    page.locator(".jp-Cell").nth(2).click(position={"x": 5, "y": 5})
    page.evaluate("window.jupyterapp.commands.execute('notebook:clear-cell-output')")
    expect(page.get_by_text("Printed copy of promise")).to_be_visible()
    expect(page.get_by_text("Printed copy of story")).to_be_hidden()


def test_text_typed_after_a_crash_is_recovered(browser: Browser, lab_server: Server) -> None:
    with new_page(browser) as page:
        write_form_notebook(lab_server, "crash.ipynb", "crash")
        open_notebook(page, lab_server, "crash.ipynb")
        run_all(page)
        form = form_of(page, "crash")
        form.get_by_label("Title").fill("before")
        expect_status(form, "Saved")
        page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
        form.get_by_label("Situation").fill("typed while ")
        kill_kernels(lab_server)
        form.get_by_label("Situation").fill("typed while nobody listened")  # at once: a dialog may be on its way
        expect_status(form, "Not saved yet")
        expect(form.get_by_role("button", name="Copy my answers")).to_be_visible()

        open_notebook(page, lab_server, "crash.ipynb")
        expect(page.get_by_text("Printed copy of crash")).to_be_visible()
        run_all(page)
        expect_status(form, "Recovered: 1")
        expect(form.get_by_label("Situation")).to_have_value("typed while nobody listened")
        expect(form.get_by_label("Title")).to_have_value("before")
        assert saved(lab_server, "situation", "crash")[-1] == "typed while nobody listened"

        expect_empty_outbox(page, "crash")
        event = {"form": "crash", "at": 0, **lines(lab_server, "crash.jsonl")[-1]}
        page.evaluate(f"async (event) => {{ {OUTBOX} await settled(store.put(event)); }}", event)
        run_all(page)  # as if the acknowledgement had been lost: Python has the answer, and the browser finds out
        expect_status(form, "Saved")
        expect_empty_outbox(page, "crash")
