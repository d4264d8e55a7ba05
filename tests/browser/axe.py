"""axe-core, the checker of accessibility that the field uses, on parts of an open page."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

OURS = (".jp-Notebook .jp-OutputArea-output", ".jp-Notebook .jp-MarkdownOutput")
"""What the course puts on a page: outputs and rendered Markdown. The rest of the window is JupyterLab's."""
ALSO = ("target-size", "label-content-name-mismatch", "p-as-heading", "td-has-header")
"""Rules that axe leaves out unless asked, because they are of WCAG 2.2 or still on trial. One more on trial takes the
heading of a group of rows for a caption, though the table has one."""
NOT_OURS = ("region", "page-has-heading-one", "bypass")
"""Rules about a page as a whole. JupyterLab is that page: its landmarks, its first heading, its ways past things."""
NEITHER = [["table.dataframe th:empty"]]
"""Parts that are nobody's here: the corner of a frame, as pandas writes it."""
UNCLIPPED = """
    html, body { height: 100% }
    body, .jp-LabShell { overflow: visible !important; background: var(--jp-layout-color0) !important }
    .jp-WindowedPanel, .jp-WindowedPanel-outer, .jp-WindowedPanel-inner, .jp-WindowedPanel-viewport {
        position: static !important; contain: none !important; overflow: visible !important;
    }
    .ff-bar { position: static !important }
"""
"""While axe looks. JupyterLab's body is 0 high, its notebook a window to scroll in, and the line about saving sticks to
its edge: axe would take nearly all text for clipped or covered, and say nothing of its colours."""
COLOURS = ("color-contrast", "link-in-text-block")
"""Rules whose outcome depends on a theme."""


@dataclass(frozen=True)
class Verdict:
    """What axe found: a line for each violation, and the rules that were kept at least once."""

    violations: tuple[str, ...]
    kept: frozenset[str]


def look_at(page: Page, *scope: str, colours_only: bool = False) -> Verdict:
    """Hold the parts of the page that the selectors find (without any: all that is ours) against axe's rules."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(content=(files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if colours_only:
        options["runOnly"] = COLOURS
    else:
        options["rules"] = {rule: {"enabled": rule in ALSO} for rule in (*ALSO, *NOT_OURS)}
    include = [[selector] for selector in scope or OURS if page.locator(selector).count()]
    run = "([include, exclude, options]) => axe.run({ include, exclude }, options)"
    unclipped = page.add_style_tag(content=UNCLIPPED)
    found = page.evaluate(run, [include, NEITHER, options])
    unclipped.evaluate("(style) => style.remove()")
    lines = [_line(rule, node) for rule in found["violations"] for node in rule["nodes"]]
    return Verdict(tuple(lines), frozenset(rule["id"] for rule in found["passes"]))


def _line(rule: dict[str, Any], node: dict[str, Any]) -> str:
    why = "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))
    return f"{rule['id']}: {why}\n    {node['html'][:200]}"
