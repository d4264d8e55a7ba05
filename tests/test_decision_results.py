"""What stands below the decision's form: its tables, its two drawings, and that they follow the sliders."""

from xml.etree import ElementTree

import pytest

from tests.exercises.test_decision import case
from tests.test_table_chart import SVG, assert_within, texts
from workshop.course import Course, FigureWords, Value
from workshop.exercises.base import Case
from workshop.interface import FIGURE_LABELS
from workshop.views.chart import Chart
from workshop.views.draw import BLUE, COLOURS, GREEN, ORANGE
from workshop.views.results.decision import show
from workshop.views.table import Table
from workshop.views.tornado import Reach, tornado_svg

NAMES = ("decision-options", "decision-losses", "decision-tornado", "decision-turns")
WORDS = {
    name: FigureWords(
        f"Title of {name}", "A caption\nof two lines.", {each: f"~{each}~" for each in FIGURE_LABELS[name]}
    )
    for name in NAMES
}
SETTINGS: tuple[dict[str, Value], ...] = (
    {},
    {"weight": 70.0},
    {"feasible": "no"},
    {"feasible": "no", "stop": 25.0, "defect": 80.0},
    {"defect": 20.0, "stop": 0.0, "failing": 5.0, "fix": 1.0},
)


def shown(within: Case | None = None, **answers: Value) -> tuple[Table, Chart, Chart, Table]:
    options, losses, tornado, turns = show(answers, within or case(), WORDS)
    assert isinstance(options, Table)
    assert isinstance(turns, Table)
    assert isinstance(losses, Chart)
    assert isinstance(tornado, Chart)
    return options, losses, tornado, turns


def row(table: Table, heading: str) -> list[str]:
    return list(next(cells for cells in table.rows if cells[0] == heading)[1:])


def test_the_options_have_the_figures_of_the_case() -> None:
    options, *_ = shown()
    assert row(options, "~full~") == ["$1.03M", "$16.46M", "4.0%"]
    assert row(options, "~limited~") == ["$0.96M", "$5.17M", "0.9%"]
    assert row(options, "~delay~")[0] == "$2.46M"
    assert options.note == "A caption of two lines."


def test_weight_on_the_worst_adds_a_column_and_a_limited_launch_may_leave() -> None:
    options, losses, *_ = shown(feasible="no", weight=50.0)
    assert [column.label for column in options.columns][-1] == "~column_seen~"
    assert row(options, "~full~")[-1] == "$8.75M"
    assert [cells[0] for cells in options.rows] == ["~full~", "~delay~"]
    assert "~limited~" not in losses.svg


def test_the_break_even_stands_on_the_scale_and_in_the_table() -> None:
    _, losses, *_ = shown()
    assert {"46%", "0% - 46%: ~full~", "46% - 100%: ~limited~", "~now~: 50%", "~axis_chance~: ~p~"} <= set(
        texts(losses.svg)
    )
    assert row(losses.table, "~full~") == ["$1.03M", "0% \N{EN DASH} 46%"]
    assert row(losses.table, "~delay~") == ["$2.46M", ""]
    assert "46% \N{EN DASH} 100%: ~limited~" in losses.alt


def test_an_option_keeps_its_colour() -> None:
    _, losses, *_ = shown()
    fills = [element.get("fill") for element in ElementTree.fromstring(losses.svg).iter(f"{SVG}rect")]
    assert fills[:3] == list(COLOURS)
    assert fills[3:] == [BLUE, ORANGE, BLUE, ORANGE]
    without = [
        element.get("fill") for element in ElementTree.fromstring(shown(feasible="no")[1].svg).iter(f"{SVG}rect")
    ]
    assert without[:2] == [BLUE, GREEN]


def test_the_tornado_has_its_widest_bar_first_and_leaves_out_what_does_nothing() -> None:
    *_, tornado, _ = shown()
    assert tornado.table.rows[0] == ("~m~", "0% \N{EN DASH} 15%", "$0.9M", "$3.9M")
    assert len(tornado.table.rows) == 10
    without = [cells[0] for cells in shown(feasible="no")[2].table.rows]
    assert set(without) == {"~p~", "~f~", "~d~", "~k~", "~q~", "~C6~", "~m~"}


def test_what_would_have_to_be_true_is_told_for_both_branches() -> None:
    *_, turns = shown()
    assert row(turns, "~weight~") == ["0%", "0% \N{EN DASH} 100%", "~never~", "~at~ 67%"]
    assert row(turns, "~q~") == ["8%", "0% \N{EN DASH} 25%", "~never~", "~at~ 23.9%"]
    assert [cells[3] for cells in turns.rows] == ["~never~"] * 11
    best = shown(feasible="no", stop=25.0)[3]
    assert {cells[4] for cells in best.rows} == {"~already~"}
    assert row(best, "~q~")[0] == "25%"


@pytest.mark.parametrize("answers", SETTINGS)
def test_everything_drawn_lies_within_the_picture_and_is_told_in_words(answers: dict[str, Value]) -> None:
    for chart in shown(None, **answers)[1:3]:
        assert isinstance(chart, Chart)
        assert_within(chart.svg)
        root = ElementTree.fromstring(chart.svg)
        assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (chart.title, chart.alt)
        assert all(cell in chart.alt for cells in chart.table.rows for cell in cells[:1])


def test_every_label_is_used() -> None:
    everything = "".join(
        f"{table!r}{getattr(table, 'svg', '')}{getattr(table, 'numbers', '')}"
        for answers in SETTINGS
        for table in shown(None, **answers)
    )
    for name in NAMES:
        assert {label for label in FIGURE_LABELS[name] if f"~{label}~" not in everything} == set(), name


def test_no_range_and_no_loss_still_make_a_picture() -> None:
    flat = dict.fromkeys(("p", "f", "k", "q", "s", "l", "qL", "pr", "cL", "cD", "m", "D"), "0")
    nothing = case({**flat, "d": "3", "C6": "20"})
    options, losses, tornado, turns = shown(nothing)
    assert {cells[1] for cells in options.rows} == {"$0M"}
    assert len(turns.rows) == 1
    assert tornado.table.rows == []
    assert_within(losses.svg)
    assert_within(tornado.svg)


def test_the_zero_line_gives_way_to_a_text() -> None:
    far = tornado_svg("t", "a", "x", (2.0, "now"), "zero", [Reach("r", 1.5, 4.0, "1", "2")])
    near = tornado_svg("t", "a", "x", (2.0, "now"), "zero", [Reach("r", 0.1, 4.0, "a longer text", "2")])
    assert far.count("<line") == near.count("<line") + 3


def test_the_words_of_the_case_fit(course: Course) -> None:
    scenario = course.scenario
    within = Case(scenario.facts, course.wording, scenario.data)
    for answers in SETTINGS:
        for result in show(answers, within, course.figures):
            assert "{" not in repr(result)
            if isinstance(result, Chart):
                assert_within(result.svg)
