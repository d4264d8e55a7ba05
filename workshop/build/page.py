"""A page to print: one HTML file with its own styles, which asks nothing of the network.

The layout is a running margin: times and the names of parts stand left, text stands right. It fits A4 and Letter; page
numbers and the running title show where the browser knows the margins of a page (Chromium does).
"""

from html import escape

LANGUAGE = "en"

CSS = """
:root { --ink: #1a1a1a; --quiet: #555; --rule: #b9b9b9; --ground: #f1f4f8; --mark: #1f3864; --margin: 7.2em; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { font: 1rem/1.5 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: var(--ink);
  background: #fff; max-width: 50rem; margin: 2rem auto; padding: 0 1.25rem; overflow-wrap: break-word; }
h1 { font-size: 1.9em; line-height: 1.2; margin: 0 0 .6em; color: var(--mark); }
h2 { font-size: 1.45em; line-height: 1.25; margin: 1.6em 0 .5em; color: var(--mark); }
h3 { font-size: 1.15em; line-height: 1.3; margin: 1.5em 0 .4em; }
h4 { font-size: 1em; margin: 1em 0 .25em; }
h1, h2, h3, h4, caption, figcaption, summary { break-after: avoid; }
p, li { orphans: 3; widows: 3; }
p { margin: 0 0 .6em; }
p:has(> em:only-child) { break-before: avoid; }
ul, ol { margin: 0 0 .6em; padding-left: 1.4em; }
li { margin: 0 0 .3em; }
table { border-collapse: collapse; margin: .4em 0 1em; width: 100%; }
th, td { border: 1px solid var(--rule); padding: .3em .5em; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
thead th { background: var(--ground); }
tr, figure, pre { break-inside: avoid; }
caption { text-align: left; font-weight: 600; padding-bottom: .3em; }
figure { margin: .6em 0 1em; }
figure img { width: 100%; max-width: 42rem; border: 1px solid var(--rule); padding: 6px; }
blockquote { margin: 0 0 .6em; padding: .1em 0 .1em .9em; border-left: 3px solid var(--mark); }
code { font-size: .92em; }
a { color: inherit; }
@media print {
  body { font-size: 10pt; max-width: none; margin: 0; padding: 0; }
  a { text-decoration: none; }
}
"""

PAPER = "@page { margin: 17mm 16mm 18mm; %s @top-left { content: %s; font: 8.5pt Arial, sans-serif; color: #555; } "
PAPER += "@bottom-right { content: counter(page) ' / ' counter(pages); font: 8.5pt Arial, sans-serif; color: #555; } }"


def page_html(title: str, body: str, style: str = "", paper: str = "") -> str:
    """A complete page: ``body`` under ``title``, with ``style`` beside the common one.

    ``paper`` is a CSS page size such as ``A4`` or ``letter``; without it the page takes that of the printer's paper.
    """
    size = f"size: {paper};" if paper else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGE}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{CSS}{style}{PAPER % (size, _css_text(title))}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _css_text(text: str) -> str:
    """``text`` as a string of CSS that can't end the string or the style element."""
    return '"' + "".join(c if c.isalnum() or c in " .,:'()" else f"\\{ord(c):x} " for c in text) + '"'
