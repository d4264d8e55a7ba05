"""Tables and charts: what is in their HTML, their SVG and their plain text."""

import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from workshop.course import Course, Dependency, Event, FigureWords, Place, Scenario
from workshop.errors import UnknownName
from workshop.facts import read_fact
from workshop.interface import FIGURE_LABELS
from workshop.views.chart import Line, lines_svg
from workshop.views.draw import COLOURS
from workshop.views.figures import CHARTS, TABLES, build_chart, build_table
from workshop.views.table import Column, Table

SVG = "{http://www.w3.org/2000/svg}"
SMALL = Table(
    "Beans & peas",
    [Column("Kind"), Column("Count", "number"), Column("Sown", "date")],
    [("<b>bean</b>", "10", "2 March 2026"), ("a pea with a name that goes on for longer than a line can", "5", "")],
    "Counted twice.",
)


class Tags(HTMLParser):
    """The tags of a piece of HTML with their attributes; an unclosed or misnested one fails."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_table_in_html_has_caption_and_scopes_and_escapes_its_cells() -> None:
    html = SMALL._repr_html_()
    tags = Tags(html).found
    assert "Beans &amp; peas</caption>" in html
    assert "&lt;b&gt;bean&lt;/b&gt;" in html
    assert [attributes["scope"] for tag, attributes in tags if tag == "th"] == ["col"] * 3 + ["row"] * 2
    assert "overflow-x:auto" in str(tags[0][1]["style"])
    numbers = [attributes for tag, attributes in tags if "text-align:right" in str(attributes.get("style"))]
    assert len(numbers) == 3
    assert html.endswith("Counted twice.</p>")


def test_a_table_in_plain_text_is_aligned() -> None:
    assert repr(SMALL).splitlines() == [
        "Beans & peas",
        "",
        f"{'Kind':41}  Count  Sown",
        f"{'-' * 41}  -----  ------------",
        f"{'<b>bean</b>':41}     10  2 March 2026",
        f"{'a pea with a name that goes on for longer':41}      5",
        "than a line can",
        "",
        "Counted twice.",
    ]


def test_a_row_of_the_wrong_length_is_no_table() -> None:
    with pytest.raises(ValueError, match="zip"):
        Table("t", [Column("a")], [("1", "2")])._repr_html_()


PLACE = Place("a.md", 1)
GIVEN = {
    "project.launch": ("2026-03-02", "date"),
    "project.plan": ("12", "weeks"),
    "plan.own": ("10", "weeks"),
    "plan.integration": ("2", "weeks"),
    "market.quarter": ("13", "weeks"),
    "revenue.first_quarter": ("10", "$M"),
    "load.peak": ("5", "x"),
    "mix.two": ("Two decimals", ""),
    "mix.zero": ("No decimals", ""),
    "mix.three": ("Three decimals", ""),
}
RATES = Dependency("rates", "Rates", 8.0, "verbal", "FX quote API", "", PLACE)
SCHEDULE = {
    "plan": "12", "own": "10", "integration": "2", "mu": "0.2", "sigma": "0.4", "rho": "0.3", "rho_low": "0",
    "rho_high": "0.6", "inside_median": "1", "inside_sigma": "0.1", "leg_chance": "0.8", "late_week": "10",
    "late_own": "11", "contract_leg_median": "1.1", "contract_leg_sigma": "0.2", "contract_integration_median": "1",
    "contract_integration_sigma": "0.2", "scope_cut": "8", "pert_low": "8", "pert_mode": "10", "pert_high": "18",
}  # fmt: skip
CASE = Scenario(
    "case",
    "Case",
    {name: read_fact(name, value, unit, "brief", PLACE) for name, (value, unit) in GIVEN.items()},
    timeline=(
        Event("kickoff", -12, "before", "Kick-off", "It\nbegins.", PLACE),
        Event("launch", 0, "after", "The planned launch", "", PLACE),
        Event("late", 1.5, "after", "The launch", "", PLACE),
    ),
    dependencies=(RATES, replace(RATES, key="settlement", title="settlement API", weeks=9.0, promise="contract")),
    data={
        "mix": [
            {"group": group, "kind": kind, "percent": percent}
            for group, kind, percent in (("two", "EUR", "90.5"), ("zero", "ISK", "5"), ("three", "KWD", "4.5"))
        ],
        "currencies": [{"code": "HRK", "decimals": "2", "authorities": "", "withdrawn": "2023-01"}],
        "decision": [{"parameter": "D", "meaning": "delay", "base": "4", "low": "", "high": "6", "unit": "weeks"}],
        "schedule": [
            {"parameter": name, "value": value, "meaning": "~", "unit": "~"} for name, value in SCHEDULE.items()
        ],
    },
)
WORDS = {
    name: FigureWords(f"Title of {name}", "A caption\nof two lines.", {label: f"~{label}~" for label in labels})
    for name, labels in FIGURE_LABELS.items()
}
"""Words that show in a figure where each label stands."""


@pytest.mark.parametrize("name", TABLES)
def test_a_figure_shows_every_label_that_it_declares(name: str) -> None:
    shown = repr(build_table(name, CASE, WORDS))
    if name in CHARTS:
        chart = build_chart(name, CASE, WORDS)
        shown += chart.svg + chart.numbers
    assert {label for label in FIGURE_LABELS[name] if f"~{label}~" not in shown} == set()


def test_every_table_and_chart_has_its_labels_declared() -> None:
    assert TABLES.keys() <= FIGURE_LABELS.keys()
    assert CHARTS.keys() <= TABLES.keys()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_its_title_and_its_caption_on_one_line(name: str) -> None:
    table = build_table(name, CASE, WORDS)
    assert table.caption == f"Title of {name}"
    assert table.note == "A caption of two lines."
    assert len(table.rows) > 0
    Tags(table._repr_html_())


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_says_in_words_what_it_shows(name: str) -> None:
    chart = build_chart(name, CASE, WORDS)
    root = ElementTree.fromstring(chart.svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == chart.title
    assert root.findtext(f"{SVG}desc") == chart.alt
    assert chart.alt in repr(chart)
    assert repr(chart.table) in repr(chart)
    assert len(chart.svg) < 8000


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_in_a_notebook_keeps_its_image_and_its_words_without_trust(name: str) -> None:
    chart = build_chart(name, CASE, WORDS)
    html = chart._repr_html_()
    tags = Tags(html).found
    image = next(attributes for tag, attributes in tags if tag == "img")
    assert image["alt"] == chart.alt
    assert unquote(str(image["src"]).removeprefix("data:image/svg+xml,")) == chart.svg
    assert "svg" not in {tag for tag, _ in tags}  # its words would be left in a heap where the element is dropped
    shown = [attributes for tag, attributes in tags if tag in ("figure", "details")]
    assert all("mathjax_ignore" in str(attributes["class"]) for attributes in shown)
    assert html.count("<table") == 1


@pytest.mark.parametrize("name", CHARTS)
def test_everything_drawn_lies_within_the_picture(name: str) -> None:
    assert_within(build_chart(name, CASE, WORDS).svg)


def assert_within(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    _, _, width, height = (float(number) for number in str(root.get("viewBox")).split())
    for element in root.iter():
        for axis, limit in (("x", width), ("x1", width), ("x2", width), ("y", height), ("y1", height), ("y2", height)):
            assert 0 <= float(element.get(axis, 0)) <= limit
        assert float(element.get("width", 0)) >= 0
        assert float(element.get("x", 0)) + float(element.get("width", 0)) <= width + 0.1


def test_the_revenue_chart_shows_every_week_alike() -> None:
    chart = build_chart("revenue", CASE, WORDS)
    bars = list(ElementTree.fromstring(chart.svg).iter(f"{SVG}rect"))
    heights = [float(str(bar.get("height"))) for bar in bars]
    assert len(bars) == 13
    assert heights[12] / heights[0] == pytest.approx(5, abs=0.02)
    # A week that looked different would give the outcome away.
    assert len({bar.get("fill") for bar in bars}) == 1
    assert {"0.26", "1.28", "1.54", "10.00", "1x", "5x"} <= set(texts(chart.svg))


def test_the_plan_chart_tells_a_promise_from_a_contract_without_colour() -> None:
    bars = list(ElementTree.fromstring(build_chart("dependencies", CASE, WORDS).svg).iter(f"{SVG}rect"))
    assert [bool(bar.get("stroke-dasharray")) for bar in bars] == [False, True, False, False]


def test_the_plan_chart_shows_an_integration_that_ends_after_the_launch() -> None:
    late = replace(CASE, dependencies=[replace(RATES, weeks=14.0)])
    table = build_table("dependencies", late, WORDS)
    assert [row[3] for row in table.rows] == ["16 February 2026", "16 March 2026", "30 March 2026"]


def test_the_lines_of_the_delay_chart_differ_in_more_than_colour() -> None:
    chart = build_chart("delay", CASE, WORDS)
    lines = list(ElementTree.fromstring(chart.svg).iter(f"{SVG}polyline"))
    assert len({(line.get("stroke"), line.get("stroke-dasharray")) for line in lines}) == 3
    assert len({line.get("stroke-dasharray") for line in lines}) == 3
    assert {"~column_calendar~", "~column_uniform~", "~column_shifted~"} <= set(texts(chart.svg))
    assert chart.table.rows[4] == ("4", "1.54", "3.08", "4.62")


def test_lines_that_run_close_get_a_key_instead_of_labels_on_top_of_each_other() -> None:
    close = [Line(name, [(0.0, 0.0), (10.0, 90.0 + n)], 5.0, n) for n, name in ((1, "one"), (0, "two"), (-1, "three"))]
    root = ElementTree.fromstring(lines_svg("t", "a", "x", "y", close))
    labels = {element.text: element for element in root.iter(f"{SVG}text")}
    assert len({labels[name].get("x") for name in ("one", "two", "three")}) == 1
    assert len({labels[name].get("y") for name in ("one", "two", "three")}) == 3
    assert len(list(root.iter(f"{SVG}polyline"))) == 6


def test_the_mix_chart_adds_up_each_group() -> None:
    chart = build_chart("mix", CASE, WORDS)
    totals = [Decimal(match[1]) for text in texts(chart.svg) if (match := re.search(r": ([\d.]+)%$", text))]
    assert totals == [Decimal("90.5"), Decimal(5), Decimal("4.5")]
    assert len(list(ElementTree.fromstring(chart.svg).iter(f"{SVG}rect"))) == len(chart.table.rows)


@pytest.mark.parametrize("ground", ["#ffffff", "#111111"])
@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_stands_out_on_light_and_on_dark(colour: str, ground: str) -> None:
    lighter, darker = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3


def _luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_timeline_keeps_the_outcome_back_unless_asked() -> None:
    early = build_table("timeline", CASE, WORDS)
    whole = build_table("timeline", CASE, WORDS, known="all")
    assert early.rows == [("-12", "8 December 2025", "Kick-off", "It begins.")]
    assert [row[:2] for row in whole.rows[1:]] == [("0", "2 March 2026"), ("+1.5", "12 March 2026")]


def test_one_number_changes_the_charts_that_rest_on_it_and_no_other() -> None:
    peak = replace(CASE.facts["load.peak"], value=Decimal(4))
    changed = replace(CASE, facts={**CASE.facts, "load.peak": peak})
    differing = {name for name in CHARTS if build_chart(name, CASE, WORDS) != build_chart(name, changed, WORDS)}
    assert differing == {"revenue", "delay"}


def test_an_unknown_table_or_chart_offers_the_nearest() -> None:
    with pytest.raises(UnknownName, match="There is no table 'timelines'. Did you mean 'timeline'"):
        build_table("timelines", CASE, WORDS)
    with pytest.raises(UnknownName, match="There is no chart 'timeline'"):
        build_chart("timeline", CASE, WORDS)
    with pytest.raises(UnknownName, match="Did you mean 'all'"):
        build_table("timeline", CASE, WORDS, known="al")


def test_the_words_of_the_case_fit_its_charts(course: Course) -> None:
    for name in CHARTS:
        chart = build_chart(name, course.scenario, course.figures)
        assert len(chart.alt) > 80
        assert "{" not in chart.alt + chart.caption + chart.numbers
        assert_within(chart.svg)
    build_table("timeline", course.scenario, course.figures, known="all")
