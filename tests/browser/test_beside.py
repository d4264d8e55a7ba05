"""Forms that look at each other's answers, on one page."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Server
from .pieces import COURSE, on_disk, open_pieces, write_pieces

pytestmark = pytest.mark.browser


def test_a_form_is_built_anew_when_another_one_gives_it_choices(page: Page, lab_server: Server, folder: Path) -> None:
    path = write_pieces(lab_server, folder, "beside", "premortem", "reveal")
    premortem, reveal = open_pieces(page, lab_server, path, "premortem", "reveal")
    expect(reveal.get_by_role("radio")).to_have_count(0)
    cause = premortem.get_by_role("textbox", name=COURSE.words["premortem"].fields["risk.cause"].label).first
    cause.fill("Nobody had the keys to the hall.")
    choice = reveal.get_by_role("radio", name="1. Nobody had the keys to the hall.").first
    choice.check()
    expect(reveal.get_by_role("status")).to_have_text(COURSE.interface["saved"])
    assert on_disk(folder, "reveal") == {"cause_1": "risk.1"}
    # What is answered here stays, and the page stays where it was, while the other form goes on.
    cause.press_sequentially(" Or the key to the cupboard.")
    expect(reveal.get_by_role("radio", name="Or the key to the cupboard.").first).to_be_checked()
    expect(cause).to_be_focused()
