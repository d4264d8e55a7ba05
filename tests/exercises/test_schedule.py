"""The schedule in the participant's hands: what is told at a setting, and what follows from it."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from workshop.course import Course, Value
from workshop.exercises.base import Advice, Answers, Case
from workshop.exercises.schedule import ScheduleRisk, schedule_of, setting
from workshop.models.trials import simulate
from workshop.views.chart import Chart
from workshop.views.results.schedule import show
from workshop.views.table import Table

FORECAST: Answers = {"half": 16.0, "eighty": 22.0, "nearly": 36.0, "reason": "Four.", "commit": True}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def case(course: Course) -> Case:
    scenario = course.scenario
    return Case(
        scenario.facts,
        (),
        scenario.data,
        scenario.dependencies,
        scenario.timeline,
        {"forecast": FORECAST, "estimate": {}},
    )


def told(case: Case, **answers: Value) -> dict[str, Advice]:
    return {item.key: item for item in ScheduleRisk().advise(answers, case)}


def shown(case: Case, course: Course, **answers: Value) -> tuple[Chart, Table, Table, Table]:
    chart, levers, waiting, alarm = show(answers, case, course.figures)
    assert isinstance(chart, Chart)
    assert isinstance(levers, Table)
    assert isinstance(waiting, Table)
    assert isinstance(alarm, Table)
    return chart, levers, waiting, alarm


@pytest.mark.parametrize("forecast", [{}, {**FORECAST, "commit": None}, {**FORECAST, "half": 30.0}])
def test_nothing_of_the_model_shows_before_the_forecast_is_closed(
    case: Case, course: Course, forecast: Answers
) -> None:
    early = replace(case, answers={"forecast": forecast, "estimate": {}})
    assert list(told(early, rho=0.5, contract="yes", first="a contract")) == ["forecast.first"]
    assert show({"rho": 0.5}, early, course.figures) == []


def test_sliders_stand_where_the_case_is(case: Case) -> None:
    fields = {field.name: field for field in ScheduleRisk().fitted(case)}
    assert (fields["on_time"].base, fields["rho"].base, fields["cut"].base) == (30, 0.3, 0)
    assert fields["cut"].maximum == 5


def test_what_nobody_has_touched_is_the_cases_own(case: Case) -> None:
    schedule = schedule_of(case)
    levers = setting({"view": None, "contract": None, "rho": None}, schedule)
    assert (levers.ratio, levers.rho, levers.contract, levers.cut) == (schedule.base, 0.3, False, 0)
    moved = setting({"view": "class", "on_time": 50.0, "rho": 0.0, "contract": "yes", "cut": 1.5}, schedule)
    assert moved.ratio.on_time == pytest.approx(0.5)
    assert (moved.rho, moved.contract, moved.cut) == (0, True, 1.5)
    assert setting({"view": "inside", "on_time": 50.0}, schedule).ratio == schedule.inside


def test_the_plan_as_it_is(case: Case) -> None:
    advice = told(case)
    assert list(advice) == ["told.chance", "told.own", "told.close", "told.waiting"]
    assert {item.kind for item in advice.values()} == {"tell"}
    assert dict(advice["told.chance"].values) == {"chance": "11%", "half": "week 17.4", "eighty": "week 22.6"}
    assert dict(advice["told.waiting"].values) == {"alone": "week 16", "all": "week 18.3", "gap": "2.3 weeks"}
    own = {"half": "16", "half_runs": "39%", "eighty": "22", "eighty_runs": "77%", "nearly": "36", "nearly_runs": "99%"}
    assert dict(advice["told.own"].values) == own


@pytest.mark.parametrize(
    ("eighty", "key", "apart"),
    [
        (19.0, "told.hopeful", "3.6 weeks"),
        (21.0, "told.close", ""),
        (26.0, "told.close", ""),
        (30.0, "told.careful", "7.4 weeks"),
    ],
)
def test_the_own_eighty_percent_week_is_held_against_the_models(
    case: Case, eighty: float, key: str, apart: str
) -> None:
    held = replace(case, answers={"forecast": {**FORECAST, "eighty": eighty}})
    values = told(held)[key].values
    assert values["eighty"] == f"week {eighty:g}"
    assert values["model"] == "week 22.6"
    assert values.get("apart", "") == apart


def test_the_estimate_of_the_kick_off_is_held_beside_the_model(case: Case) -> None:
    estimated = replace(case, answers={**case.answers, "estimate": {"on_time": 35.0}})
    assert dict(told(estimated)["told.estimate"].values) == {"chance": "11%", "on_time": "35%"}


def test_levers_are_told_in_points(case: Case) -> None:
    assert "told.levers" not in told(case, contract="no", cut=0.0)
    advice = told(case, contract="yes", cut=2.0)
    assert dict(advice["told.levers"].values) == {"chance": "29%", "without": "11%", "points": "18"}
    assert advice["told.chance"].values["chance"] == "29%"


def test_own_figures_are_held_against_the_plan_as_it_is_whatever_the_levers(case: Case) -> None:
    estimated = replace(case, answers={**case.answers, "estimate": {"on_time": 35.0}})
    plain, pulled = told(estimated), told(estimated, contract="yes", cut=2.0)
    for key in ("told.own", "told.close", "told.estimate"):
        assert pulled[key] == plain[key]
    assert told(estimated, rho=0.9)["told.own"] != plain["told.own"]


def test_from_inside_a_contract_buys_nothing_and_that_is_asked_about(case: Case) -> None:
    advice = told(case, view="inside", contract="yes")["contract.no_use"]
    assert (advice.field, advice.kind, advice.values["without"]) == ("contract", "ask", "45%")
    assert int(advice.values["chance"].rstrip("%")) < 45
    assert "contract.no_use" not in told(case, contract="yes")


def test_from_inside_the_two_views_are_told_and_the_own_week_is_not_judged(case: Case) -> None:
    advice = told(case, view="inside", contract="yes", cut=2.0)
    assert dict(advice["told.inside"].values) == {"inside": "45%", "outside": "11%"}
    assert not {"told.hopeful", "told.careful", "told.close", "told.levers"} & advice.keys()
    own_class = told(case, view="inside", on_time=60.0)["told.inside"].values
    assert own_class["inside"] == "45%"
    assert int(own_class["outside"].rstrip("%")) > 11


def test_a_conclusion_wants_a_figure(case: Case) -> None:
    assert "first.no_number" in told(case, first="A contract with both.")
    assert "first.no_number" not in told(case, first="A contract: 8 points.")
    assert "first.no_number" not in told(case, first="  ")


@pytest.mark.parametrize("on_time", [5.0, 95.0])
@pytest.mark.parametrize("rho", [0.0, 0.9])
@pytest.mark.parametrize("forecast", [(0.0, 0.0, 0.0), (520.0, 520.0, 520.0)])
def test_the_far_ends_of_every_slider_can_be_told_and_drawn(
    case: Case, course: Course, on_time: float, rho: float, forecast: tuple[float, float, float]
) -> None:
    own = dict(zip(("half", "eighty", "nearly"), forecast, strict=True))
    far = replace(case, answers={"forecast": {**FORECAST, **own}})
    answers: Answers = {"on_time": on_time, "rho": rho, "contract": "yes", "cut": 5.0, "first": "9"}
    for item in ScheduleRisk().advise(answers, far):
        assert set(item.values) == set(ScheduleRisk.keys[item.key])
    chart, *_ = show(answers, far, course.figures)
    assert isinstance(chart, Chart)
    ElementTree.fromstring(chart.svg)


def test_the_histogram_marks_the_date_the_model_and_the_own_weeks(case: Case, course: Course) -> None:
    chart, *_ = shown(case, course)
    labels = [node.text for node in ElementTree.fromstring(chart.svg).iter(f"{SVG}text") if node.get("font-weight")]
    assert labels == [
        "The planned date: 12",
        "You, even odds: 16",
        "Model, even odds: 17.4",
        "You, 80%: 22",
        "Model, 80%: 22.6",
        "You, 99%: 36",
    ]
    assert all(str(label) in chart.alt for label in labels)


def test_the_histograms_table_holds_every_run_but_the_last_in_a_hundred(case: Case, course: Course) -> None:
    chart, *_ = shown(case, course)
    rows = {weeks: (share, done) for weeks, share, done in chart.table.rows}
    runs = simulate(schedule_of(case), setting({}, schedule_of(case)))
    assert rows["11 – 12"] == (f"{100 * (runs.chance(12) - runs.chance(11)):.1f}%", "11%")
    assert list(rows.values())[-1][1] == "99%"
    assert sum(float(share.rstrip("%")) for share, _ in rows.values()) == pytest.approx(99.2, abs=0.5)


def test_a_bar_is_as_high_as_its_share(case: Case, course: Course) -> None:
    chart, *_ = shown(case, course)
    heights = [float(node.get("height", "")) for node in ElementTree.fromstring(chart.svg).iter(f"{SVG}rect")]
    shares = [float(share.rstrip("%")) for _, share, _ in chart.table.rows]
    assert len(heights) == len(shares)
    assert [height / max(heights) for height in heights] == pytest.approx([s / max(shares) for s in shares], abs=0.01)


def test_the_levers_alone_and_together(case: Case, course: Course) -> None:
    _, levers, *_ = shown(case, course)
    assert levers.rows == [
        ("Nothing changed ← your setting", "11%", "17.4", "22.6", "0"),
        ("Contract and early integration", "19%", "15.1", "19.6", "+8"),
        ("Own work cut, in weeks (2)", "16%", "16.2", "21.0", "+5"),
        ("Both, with the same weeks cut (2)", "29%", "13.7", "16.9", "+18"),
    ]
    _, inside, *_ = shown(case, course, view="inside", contract="yes", cut=1.0)
    assert inside.rows[0][1] == "45%"
    assert inside.rows[1][4].startswith("\N{MINUS SIGN}")
    assert inside.rows[3][0] == "Both, with the same weeks cut (1) ← your setting"


def test_the_waiting_and_the_day_of_the_alarm(case: Case, course: Course) -> None:
    *_, waiting, alarm = shown(case, course)
    assert [row[0] for row in waiting.rows] == ["Your own work and the last step", "All parts, and then the last step"]
    assert [row[-1] for row in waiting.rows] == ["16.0", "18.3"]
    assert [told for _, told in alarm.rows] == ["4.2", "8.0", "47%"]
    assert "isn't there by week 10" in alarm.note


def test_a_day_of_the_alarm_that_hardly_ever_comes_is_not_told(case: Case, course: Course) -> None:
    *_, alarm = shown(case, course, view="inside", rho=0.9)
    assert [told for _, told in alarm.rows] == ["too few runs"] * 3
