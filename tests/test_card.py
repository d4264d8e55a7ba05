"""The story card: what stands on it, and that each format shows every text as it was typed."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from html import unescape
from html.parser import HTMLParser

import pytest
from docx import Document
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt

from workshop.course import ExerciseWords, FieldWords, Place
from workshop.exercises.story import Story
from workshop.views.card import Card, Part, build_card, card_body, card_docx, card_html, card_markdown
from workshop.views.sheet import build_spec

WORDS = ExerciseWords(
    name="story",
    title="Story card",
    place=Place("story.md", 1),
    fields={f.name: FieldWords(f"{f.name}!", choices={c: f"{c} it is" for c in f.choices}) for f in Story.fields},
    groups={name: FieldWords(f"Group {name}") for name in ("clarifying", "listener", "action")},
)
COMPLETE = {f.name: f.choices[0] if f.choices else f"My {f.name}." for f in Story.fields}
ABSENT = "Not told yet."

NASTY = {
    "emphasis": "2 * 3 * 4, a_b_c, __init__ and **not bold**",
    "heading": "# no heading\n## nor this",
    "list": "- one\n+ two\n* three\n1. four\n2) five",
    "setext": "a line\n===\nanother\n---",
    "quote": "> said he",
    "code": "`ls` and ```\n    indented",
    "fence": "~~~\nno code",
    "links": "[a](b) ![c](d) <https://example.org> [1]: x",
    "markup": "<script>alert(1)</script> & &amp; &lt; \"quoted\" 'so'",
    "backslash": r"C:\new\table \* and \\",
    "unicode": "Zürich → 東京 🙂 ﷼",
    "paragraphs": "first\nsecond\n\nthird\n\n\nfourth",
}


def card(title: str = "", **answers: str) -> Card:
    story = Story()
    interface = {"export": "Take it along ({{ formats }})", "card_missing": ABSENT}
    spec = build_spec(story, story.fields, WORDS, interface, "me/story")
    return build_card(spec, {"values": answers, "missing": story.missing(answers)}, title)


def one(text: str) -> Card:
    """A card with a single text."""
    return Card("Title", (Part("Part", 2, text),))


def lines(text: str) -> list[str]:
    """The lines that hold something, without the white space at their ends."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class Texts(HTMLParser):
    """The text of a page's paragraphs, with its line breaks, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags = "", list[str]()
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.inside = self.inside or tag == "p"
        self.text += "\n" * (tag == "br")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.inside = False
            self.text += "\n\n"

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside else ""


def styled(raw: bytes) -> list[tuple[str, Paragraph]]:
    """The paragraphs of a Word document, each with the name of its style."""
    paragraphs = Document(io.BytesIO(raw)).paragraphs
    return [(str(paragraph.style.name), paragraph) for paragraph in paragraphs if paragraph.style]


# What stands on it


def test_a_complete_card_has_every_part_in_the_order_of_the_story() -> None:
    made = card(**COMPLETE)
    assert [part.heading for part in made.parts if part.text] == [f"{field.name}!" for field in Story.fields]
    assert made.missing == ()


def test_a_group_heads_its_parts_one_level_up() -> None:
    outline = [(part.level, part.heading) for part in card(**COMPLETE).parts]
    start = outline.index((2, "Group action"))
    beats = [(3, f"{name}!") for name in ("oversight", "failure", "mitigation", "course_correction")]
    assert outline[start - 1 : start + 6] == [(2, "task!"), (2, "Group action"), *beats, (2, "result!")]


def test_a_choice_shows_its_label() -> None:
    assert Part("control!", 3, "shared it is") in card(control="shared").parts


def test_what_is_missing_says_so() -> None:
    made = card(**COMPLETE | {"mitigation": " \n"})
    assert made.missing == ("mitigation!",)
    assert Part("mitigation!", 3, ABSENT, missing=True) in made.parts


def test_a_listeners_sentence_stands_there_only_if_it_is_given() -> None:
    headings = [part.heading for part in card(growth="I ask now.").parts]
    assert "growth!" in headings
    assert "ownership!" not in headings


def test_a_group_in_which_nothing_is_left_has_no_heading() -> None:
    headings = [part.heading for part in card().parts]
    assert "Group listener" not in headings
    assert "Group action" in headings


def test_the_title_is_that_of_the_exercise_unless_another_is_given() -> None:
    assert card().title == "Story card"
    assert card("Ana's story").title == "Ana's story"


# Every text as it was typed


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_markdown_shows_every_text_as_it_was_typed(text: str) -> None:
    shown = Texts(MarkdownIt("commonmark").render(card_markdown(one(text))))
    assert lines(shown.text) == lines(text)
    assert set(shown.tags) <= {"h1", "h2", "p", "br"}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_html_shows_every_text_as_it_was_typed(text: str) -> None:
    shown = Texts(card_html(one(text)))
    assert lines(shown.text) == lines(text)
    assert "script" not in shown.tags


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_word_shows_every_text_as_it_was_typed(text: str) -> None:
    told = [paragraph.text for style, paragraph in styled(card_docx(one(text))) if style == "Normal"]
    assert lines("\n".join(told)) == lines(text)


@pytest.mark.parametrize("write", [card_markdown, card_html])
def test_headings_and_titles_are_text_too(write: object) -> None:
    page = write(Card("<b> *T* & co", (Part("# <i> _P_", 2),)))  # type: ignore[operator]
    rendered = page if "<html" in page else MarkdownIt("commonmark").render(page)
    assert not {"b", "i", "em"} & set(Texts(rendered).tags)
    assert [unescape(found) for found in re.findall(r"<h\d>(.*?)</h\d>", rendered)] == ["<b> *T* & co", "# <i> _P_"]


def test_a_missing_part_stands_out_from_what_was_told() -> None:
    made = Card("Title", (Part("Result", 2, ABSENT, missing=True), Part("Task", 2, "Mine.")))
    assert f"*{ABSENT}*" in card_markdown(made)
    assert f'<p class="missing">{ABSENT}</p>' in card_html(made)
    italics = {par.text: par.runs[0].italic for style, par in styled(card_docx(made)) if style == "Normal"}
    assert italics == {ABSENT: True, "Mine.": None}


def test_markdown_is_safe_with_viewers_that_know_formulas_tables_and_strikethrough() -> None:
    written = card_markdown(one("from $1M to $2M, ~~gone~~\na | b\n--|--"))
    assert not re.search(r"(?<!\\)[$~|]", written)


# The page


def test_the_page_is_complete_and_asks_nothing_of_the_network() -> None:
    page = card_html(card(**COMPLETE), "de")
    assert page.startswith('<!DOCTYPE html>\n<html lang="de">')
    assert "<title>Story card</title>" in page
    assert "@media print" in page
    assert not re.search(r"https?:|//|url\(|@import|<link|<script|<img", page)


def test_the_body_alone_can_start_at_a_lower_heading() -> None:
    body = card_body(card(**COMPLETE), top=3)
    assert re.findall(r"<h(\d)>(?:Story card|task!|failure!)</h", body) == ["3", "4", "5"]


# The Word document


def test_word_has_real_headings_in_order() -> None:
    made = card(**COMPLETE)
    headings = [(style, par.text) for style, par in styled(card_docx(made)) if style.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Story card"),
        *((f"Heading {part.level}", part.heading) for part in made.parts),
    ]


def test_word_knows_its_title_and_language_and_names_nobody() -> None:
    document = Document(io.BytesIO(card_docx(one("Mine."), "de")))
    properties = document.core_properties
    assert (properties.title, properties.language) == ("Title", "de")
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["de"]


def test_word_files_bear_no_date_of_their_own() -> None:
    raw = card_docx(one("Mine."))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    properties = Document(io.BytesIO(raw)).core_properties
    assert {properties.created.replace(tzinfo=None), properties.modified.replace(tzinfo=None)} == {datetime(2000, 1, 1)}


def test_a_pasted_control_character_does_not_break_the_word_document() -> None:
    document = Document(io.BytesIO(card_docx(one("be\x00fore\x0c after"))))
    assert document.paragraphs[-1].text == "before after"


@pytest.mark.parametrize("write", [card_docx, card_markdown, card_html])
def test_the_same_card_gives_the_same_bytes(write: Callable[[Card], str | bytes]) -> None:
    assert write(card(**COMPLETE)) == write(card(**COMPLETE))
    assert write(card(**COMPLETE)) != write(card(**COMPLETE | {"task": "Another."}))
