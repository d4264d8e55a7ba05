"""The tables and charts of a module, as they stand on paper."""

import ast
from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from workshop.course import Block, Course
from workshop.views.chart import Chart
from workshop.views.figures import CHARTS, TABLES, build_chart, build_table


def figures_of(block: Block) -> Iterator[tuple[str, str]]:
    """The tables and charts that a code cell shows, and how much of the timeline: ``lab.chart("delay")``."""
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("table", "chart"):
            known = next((ast.literal_eval(each.value) for each in node.keywords if each.arg == "known"), "before")
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and argument.value in {*TABLES, *CHARTS}:
                    yield str(argument.value), str(known)


def figure_html(course: Course, name: str, known: str = "before") -> str:
    """The chart ``name``, or the table if there is no such chart; "" for one that no scenario gives.

    The timeline shows the events that are ``known`` ``before`` the reveal, or ``all``.
    """
    if name in CHARTS:
        return chart_html(build_chart(name, course.scenario, course.figures))
    if name in TABLES:
        return build_table(name, course.scenario, course.figures, known=known)._repr_html_()
    return ""


def chart_html(chart: Chart) -> str:
    """The drawing with its title and caption; on paper nothing can be unfolded, so the table is left out."""
    address = "data:image/svg+xml," + quote(chart.svg, safe=" '(),/:;=")
    caption = f"<br>{escape(chart.caption)}" if chart.caption else ""
    title = f"<figcaption><b>{escape(chart.title)}</b>{caption}</figcaption>"
    return f'<figure>{title}<img alt="{escape(chart.alt)}" src="{address}"></figure>'
