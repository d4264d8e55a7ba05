"""The card: one person's answers, above all the story, as a page to take along, in HTML, Markdown and Word.

A card is plain data; the three formats are written from it and know nothing of exercises. None needs LaTeX, pandoc, a
font or the network, and the same card gives the same bytes.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from html import escape

from workshop.views.sheet import Spec, State, shown_groups, shown_value
from workshop.views.table import AS_IT_IS

LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Part:
    """A heading of the card and what stands under it: a text with its line breaks, or the sentence for a missing one.

    ``level`` is 2 or 3, below the card's title. A part that only heads those under it has no text.
    """

    heading: str
    level: int
    text: str = ""
    missing: bool = False


@dataclass(frozen=True, repr=False)
class Card:
    """A title and its parts, in order."""

    title: str
    parts: tuple[Part, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The headings of the parts that still want an answer."""
        return tuple(part.heading for part in self.parts if part.missing)

    def _repr_html_(self) -> str:
        return f'<div class="ff-card {AS_IT_IS}">{card_body(self, top=3)}</div>'

    def __repr__(self) -> str:
        pieces = [self.title, *(f"{part.heading}\n{part.text}".strip() for part in self.parts)]
        return "\n\n".join(pieces)


def build_card(spec: Spec, state: State, title: str = "") -> Card:
    """The card of an exercise's answers, in the order of its fields, under their labels.

    What is still missing holds a sentence that says so; what else is empty is left out, and so is the heading of a
    group in which nothing is left. A commitment is no part of it. Without a ``title`` the card has the exercise's.
    """
    parts: list[Part] = []
    for group in shown_groups(spec, state["values"]):
        inside = []
        for field in group["fields"]:
            value = state["values"].get(field["name"])
            text = shown_value(field, value, spec["words"]).replace("\r\n", "\n").strip()
            missing = not text and field["name"] in state["missing"]
            if field["kind"] != "commit" and (text or missing):
                level = 3 if group["title"] else 2
                inside.append(Part(field["label"], level, text or spec["words"]["card_missing"], missing))
        parts += [Part(group["title"], 2), *inside] if inside and group["title"] else inside
    return Card(title or spec["title"], tuple(parts))


# Markdown

MARKS = re.compile(r"[\\`*_\[\]<>&$~|]")
"""CommonMark's marks, and those that viewers add: ``$`` for formulas ("from $1M to $2M"), ``~`` and ``|``."""
LINE_START = re.compile(r"(?P<indent>\s*)(?P<mark>#{1,6}(?=\s|$)|[-+](?=\s|$)|[-=]+\s*$|~{3,}|\d{1,9}(?=[.)](\s|$)))")


def card_markdown(card: Card) -> str:
    """The card as CommonMark that shows every text as it was typed, line by line."""
    blocks = [f"# {plain_line(card.title)}"]
    for part in card.parts:
        blocks.append(f"{'#' * part.level} {plain_line(part.heading)}")
        if part.missing:
            blocks.append(f"*{plain_line(part.text)}*")
        elif part.text:
            blocks.append(_plain_text(part.text))
    return "\n\n".join(blocks) + "\n"


def _plain_text(text: str) -> str:
    """``text`` so that Markdown shows it unchanged: a hard break ends each line, an empty line ends a paragraph."""
    paragraphs = re.split(r"\n(?:[ \t]*\n)+", text)
    return "\n\n".join("\\\n".join(plain_line(line) for line in paragraph.split("\n")) for paragraph in paragraphs)


def plain_line(line: str) -> str:
    r"""One line with a backslash before what Markdown would read as a mark: ``2 \* 3``, ``1\. the plan``."""
    escaped = MARKS.sub(r"\\\g<0>", line.strip())
    if match := LINE_START.match(escaped):
        at = match.end() if match["mark"].isdigit() else match.end("indent")
        return f"{escaped[:at]}\\{escaped[at:]}"
    return escaped


# HTML

CSS = """
:root { color-scheme: light dark; }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1.5rem; }
h2 { font-size: 1.2rem; margin: 1.75rem 0 .3rem; }
h3 { font-size: 1rem; margin: 1rem 0 .2rem; }
p { margin: 0 0 .6rem; overflow-wrap: anywhere; }
p.missing { font-style: italic; border-inline-start: .25rem solid; padding-inline-start: .6rem; }
@media print {
  body { font-size: 11pt; max-width: none; margin: 0; padding: 0; }
  h1, h2, h3 { break-after: avoid; }
  p { orphans: 3; widows: 3; }
  @page { margin: 2cm; }
}
"""


def card_html(card: Card, language: str = LANGUAGE, below: str = "") -> str:
    """The card as a complete page with its own styles, fit to print; every text is escaped and nothing is fetched.

    ``below`` is HTML that stands under it.
    """
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(card.title)}</title>\n'
        f"<style>{CSS}</style>\n</head>\n<body>\n<main>\n{card_body(card)}{below}</main>\n</body>\n</html>\n"
    )


def card_body(card: Card, top: int = 1) -> str:
    """The card's headings and paragraphs alone; its title is a heading of level ``top``, 1 to 4.

    In a notebook's output, where a style sheet may be stripped, the texts still keep their line breaks.
    """
    lines = [f"<h{top}>{escape(card.title)}</h{top}>"]
    for part in card.parts:
        level = top + part.level - 1
        lines.append(f"<h{level}>{escape(part.heading)}</h{level}>")
        if part.missing:
            lines.append(f'<p class="missing">{escape(part.text)}</p>')
        else:
            lines += [f"<p>{'<br>'.join(escape(paragraph).splitlines())}</p>" for paragraph in _paragraphs(part.text)]
    return "\n".join(lines) + "\n"


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip("\n") for paragraph in re.split(r"\n[ \t]*\n", text) if paragraph.strip()]


# Word

STAMP = datetime(2000, 1, 1)
"""The date of every file: the card is its text, and the day of the export is the file system's to know."""
HEADING = "1F3864"
"""A dark blue, more than 11:1 on white; the template's own is too pale to read in print."""
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 can't hold (section 2.2); pasted text sometimes brings a form feed or a null."""


def card_docx(card: Card, language: str = LANGUAGE) -> bytes:
    """The card as a Word document with Word's own heading styles; the same bytes whenever it is written."""
    from docx import Document  # 100 ms, paid by those who export
    from docx.oxml.ns import qn
    from docx.shared import Cm, RGBColor

    document = Document()
    properties = document.core_properties
    properties.title = properties.subject = _printable(card.title)
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = STAMP
    properties.revision = 1
    properties.language = language
    for defaults in document.styles.element.iter(qn("w:lang")):
        defaults.set(qn("w:val"), language)
    for level in (1, 2, 3):
        document.styles[f"Heading {level}"].font.color.rgb = RGBColor.from_string(HEADING)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    document.add_heading(_printable(card.title), level=1)
    for part in card.parts:
        document.add_heading(_printable(part.heading), level=part.level)
        for paragraph in _paragraphs(_printable(part.text)):
            document.add_paragraph().add_run(paragraph).italic = part.missing or None
    raw = io.BytesIO()
    document.save(raw)
    return _without_dates(raw.getvalue())


def _printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)


def _without_dates(archive: bytes) -> bytes:
    """The same zip archive, its entries in the same order, all dated ``STAMP``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
