"""The page in front of the site: where to begin, what is kept and where, and what can't be had in a browser."""

from urllib.parse import quote

from workshop.build.page import page_html
from workshop.course import Course
from workshop.facts import fill_in
from workshop.markdown import markdown_html

# JupyterLite looks for it in the page at the site's root.
ROOT = '<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{}</script>'
ICON = '<link rel="icon" href="lab/favicon.ico">'
PARTS = ("site_kept", "site_along", "site_missing")


def front_page(course: Course, first: str) -> str:
    """The page as HTML. Its link opens the notebook ``first``."""
    words = course.interface
    link = f"[{words['site_open']}](lab/index.html?path={quote(first)})"
    start = fill_in(words["site_start"], link=link)
    parts = [f"# {course.title}", words["site_about"], start, *(words[part] for part in PARTS)]
    page = page_html(course.title, markdown_html("\n\n".join(parts)))
    return page.replace("</head>", f"{ICON}\n{ROOT}\n</head>")
