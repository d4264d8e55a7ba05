"""Markdown as the course reads it: CommonMark with tables, and no raw HTML."""

from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def markdown_html(text: str) -> str:
    """``text`` as HTML."""
    return str(MARKDOWN.render(text)).strip()
