"""Markdown as the course reads it: CommonMark with tables, and no raw HTML."""

from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=8192)
def tokens(text: str) -> Sequence[Token]:
    """The tokens of ``text``. The same text is asked for again and again (six agendas cut the same modules)."""
    return tuple(MARKDOWN.parse(text))


def markdown_html(text: str) -> str:
    """``text`` as HTML."""
    return str(MARKDOWN.render(text)).strip()
