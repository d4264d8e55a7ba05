"""The printed copy: an exercise as an HTML table and as plain text, for wherever widgets don't run.

Only markup that JupyterLab keeps in untrusted notebooks: tables, captions, lists.
"""

import textwrap
from collections.abc import Sequence
from html import escape

from workshop.views.chart import Chart
from workshop.views.sheet import Spec, State, shown_groups, shown_value
from workshop.views.table import AS_IT_IS, Table

WIDTH = 88
QUIET = (
    "<style>.jp-OutputArea-child:has(+ .jp-OutputArea-child .ff-copy) .jupyter-widgets:not(:has(*))"
    "{display:none}</style>"
)
"""Hides what JupyterLab says in the place of a form that was saved and whose kernel is gone: the copy stands for it."""


def printed_html(spec: Spec, state: State, results: Sequence[Table | Chart] = ()) -> str:
    """The exercise with its answers, what it says back and what follows from it, as HTML."""
    words = spec["words"]
    rows = []
    for group in shown_groups(spec, state["values"]):
        if group["title"]:
            heading = escape(group["title"])
            rows.append(f'<tr><th colspan="2" scope="colgroup" style="text-align:left">{heading}</th></tr>')
        for field in group["fields"]:
            value = shown_value(field, state["values"].get(field["name"]), words)
            answer = escape(value).replace("\n", "<br>") if value else f"<i>{escape(words['unanswered'])}</i>"
            rows.append(
                f'<tr><th scope="row" style="text-align:left;vertical-align:top">{escape(field["label"])}</th>'
                f'<td style="text-align:left">{answer}</td></tr>'
            )
    said = "".join(
        f"<p><b>{escape(words[heading])}</b></p><ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
        for heading, kind in (("questions", "ask"), ("remarks", "tell"))
        if (lines := [_line_html(spec, advice) for advice in state["advice"] if advice["kind"] == kind])
    )
    notice = f"<p><b>{escape(state['notice'])}</b></p>" if state["notice"] else ""
    caption = f'<caption style="text-align:left;font-weight:bold">{escape(spec["title"])}</caption>'
    return (
        f'{QUIET}<div class="ff-copy {AS_IT_IS}" data-key="{escape(spec["copy"])}">'
        f'<p class="ff-how"><i>{escape(words["reopen"])}</i></p>{notice}'
        f"<table>{caption}<tbody>{''.join(rows)}</tbody></table>{said}{results_html(results)}</div>"
    )


def _line_html(spec: Spec, advice: dict[str, object]) -> str:
    label = _label(spec, str(advice["field"]))
    return (f"<b>{escape(label)}:</b> " if label else "") + escape(str(advice["text"]))


def results_html(results: Sequence[Table | Chart]) -> str:
    """The tables and charts of an exercise, one below the other."""
    return "".join(result._repr_html_() for result in results)


def printed_text(spec: Spec, state: State, results: Sequence[Table | Chart] = ()) -> str:
    """The exercise with its answers, what it says back and what follows from it, as plain text."""
    words = spec["words"]
    lines = [spec["title"], "=" * len(spec["title"])]
    if state["notice"]:
        lines += ["", state["notice"]]
    for group in shown_groups(spec, state["values"]):
        lines += ["", group["title"]] if group["title"] else [""]
        for field in group["fields"]:
            value = shown_value(field, state["values"].get(field["name"]), words) or words["unanswered"]
            lines += [field["label"], *_indented(value)]
    for heading, kind in (("questions", "ask"), ("remarks", "tell")):
        said = [advice for advice in state["advice"] if advice["kind"] == kind]
        lines += ["", words[heading]] if said else []
        for advice in said:
            label = _label(spec, advice["field"])
            lines += _indented(f"{label}: {advice['text']}" if label else advice["text"], "- ")
    for result in results:
        lines += ["", repr(result)]
    return "\n".join(lines)


def _label(spec: Spec, name: str) -> str:
    """The field's label; that of a row begins with the row's title, because every row has the same labels."""
    for group in spec["groups"]:
        for field in group["fields"]:
            if field["name"] == name:
                return f"{group['title']}, {field['label']}" if group.get("rows") else str(field["label"])
    return ""


def _indented(text: str, first: str = "") -> list[str]:
    rest = " " * len(first)
    return [
        line
        for paragraph in text.splitlines()
        for line in textwrap.wrap(paragraph, WIDTH, initial_indent=f"  {first}", subsequent_indent=f"  {rest}")
    ]
