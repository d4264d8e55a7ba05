"""What is drawn from a pre-mortem and its reveal: map, ranking, tripwires, the table of causes."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from workshop.attempt import Attempt
from workshop.course import Course, Value
from workshop.exercises.base import Answers, Case
from workshop.journal import Journal
from workshop.lab import Lab
from workshop.views.chart import Chart
from workshop.views.documents import Document, as_csv, as_markdown
from workshop.views.heat import Cell, heat_svg
from workshop.views.results import RESULTS
from workshop.views.table import Table

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.fixture
def case(course: Course) -> Case:
    scenario = course.scenario
    return Case(scenario.facts, course.wording, scenario.data, scenario.dependencies, scenario.timeline)


def listed(*risks: dict[str, Value]) -> dict[str, Value]:
    return {f"risk.{n}.{column}": value for n, risk in enumerate(risks, 1) for column, value in risk.items()}


def results(course: Course, case: Case, answers: Answers) -> list[Table | Chart]:
    return list(RESULTS["premortem"](answers, case, course.figures))


CHEAP: dict[str, Value] = {"cause": "It rained", "likelihood": 90, "money": 0.1, "days": 1}
DEAR: dict[str, Value] = {"cause": "It burned", "likelihood": 20, "money": 10, "days": 90, "theme": "fire", "votes": 2}
OPEN: dict[str, Value] = {"event": "The lamps went out"}


def test_nothing_is_drawn_before_there_is_a_risk(course: Course, case: Case) -> None:
    assert results(course, case, {}) == []
    assert results(course, case, listed({"likelihood": 10, "money": 1})) == []


def test_risks_without_figures_stand_in_the_ranking_alone(course: Course, case: Case) -> None:
    (ranking,) = results(course, case, listed(OPEN, {"cause": "It rained"}))
    assert isinstance(ranking, Table)
    assert ranking.rows == [["1", "The lamps went out", ""], ["2", "It rained", ""]]


def test_the_ranking_is_by_expected_loss_with_themes_and_votes(course: Course, case: Case) -> None:
    _, ranking = results(course, case, listed(OPEN, CHEAP, DEAR))
    assert isinstance(ranking, Table)
    assert ranking.rows == [
        ["3", "It burned", "fire", "2", "20% × $10M", "90", "$2M"],
        ["2", "It rained", "", "", "90% × $0.1M", "1", "$0.09M"],
        ["1", "The lamps went out", "", "", "", "", ""],
    ]
    _, mitigated = results(course, case, listed(CHEAP, {**DEAR, "residual": 10, "cost": 0.5}))
    assert isinstance(mitigated, Table)
    assert mitigated.rows[0][-1] == "$1.5M"
    assert len(mitigated.columns) == 8


def test_a_theme_that_risks_share_stands_with_its_votes_and_its_loss(course: Course, case: Case) -> None:
    risks = (
        DEAR,
        {**CHEAP, "theme": "sky", "votes": 1},
        {**DEAR, "theme": "Sky ", "votes": 3},
        {**OPEN, "theme": "dark"},
    )
    themes = results(course, case, listed(*risks))[-1]
    assert isinstance(themes, Table)
    assert themes.rows == [["sky", "2, 3", "4", "$2.09M"], ["fire", "1", "2", "$2M"], ["dark", "4", "0", ""]]
    assert len(results(course, case, listed(*risks[:2]))) == 2, "no theme is shared"


def test_equal_losses_are_ranked_by_days_then_by_number(course: Course, case: Case) -> None:
    one, two, three = ({**CHEAP, "days": days} for days in (3, 9, 9))
    _, ranking = results(course, case, listed(one, two, three))
    assert isinstance(ranking, Table)
    assert [row[0] for row in ranking.rows] == ["2", "3", "1"]


def test_the_map_shows_each_number_once_and_every_cell_its_weight(course: Course, case: Case) -> None:
    heat, _ = results(course, case, listed(OPEN, CHEAP, DEAR))
    assert isinstance(heat, Chart)
    drawn = texts(heat.svg)
    discs = ElementTree.fromstring(heat.svg).findall(f"{SVG}circle")
    assert len(discs) == 2, "the risk without figures has no place"
    assert drawn.count("2") == drawn.count("3") == 1
    assert "1" not in drawn
    assert sum(bool(re.fullmatch(r"\$[\d.]+M", text)) for text in drawn) == 25
    assert [band for band in drawn if band.endswith("%")] == ["0–20%", "20–40%", "40–60%", "60–80%", "80–100%"]
    assert {"$0M – $0.1M", "$0.1M – $0.5M", "$0.5M – $2M", "$2M – $5M", "$5M +"} <= set(drawn)
    assert [row[0] for row in heat.table.rows] == ["3", "2"]


@pytest.mark.parametrize(
    ("likelihood", "money", "right", "below"),
    [(0, 0, 0, 4), (19.9, 0.09, 0, 4), (20, 0.1, 1, 3), (80, 5, 4, 0), (100, 99999, 4, 0), (50, 2, 2, 1)],
)
def test_a_risk_lies_in_its_band_and_on_a_border_in_the_higher_one(
    course: Course, case: Case, likelihood: float, money: float, right: int, below: int
) -> None:
    heat = results(course, case, listed({**CHEAP, "likelihood": likelihood, "money": money}))[0]
    assert isinstance(heat, Chart)
    tree = ElementTree.fromstring(heat.svg)
    (disc,) = tree.findall(f"{SVG}circle")
    boxes = tree.findall(f"{SVG}rect")
    x, y = float(disc.attrib["cx"]), float(disc.attrib["cy"])
    columns = sorted({float(box.attrib["x"]) for box in boxes})
    lines = sorted({float(box.attrib["y"]) for box in boxes})
    assert (sum(x >= left for left in columns) - 1, sum(y >= top for top in lines) - 1) == (right, below)


def test_the_shade_grows_with_the_expected_loss(course: Course, case: Case) -> None:
    heat = results(course, case, listed(CHEAP))[0]
    assert isinstance(heat, Chart)
    boxes = ElementTree.fromstring(heat.svg).findall(f"{SVG}rect")
    opacity = {(float(box.attrib["x"]), -float(box.attrib["y"])): float(box.attrib["fill-opacity"]) for box in boxes}
    assert min(opacity.values()) == opacity[min(opacity)] == 0.04
    assert max(opacity.values()) == opacity[max(opacity)] == 0.6
    for (x, y), shade in opacity.items():
        assert all(other <= shade for (left, down), other in opacity.items() if left <= x and down <= y)


def test_twelve_marks_stay_inside_their_cell() -> None:
    cells = [[Cell(0.5, "$1M", [str(number) for number in range(1, 13)]), Cell(1, "$2M")]] * 2
    tree = ElementTree.fromstring(heat_svg("t", "a", "x", "y", ["one", "two"], ["low", "high"], cells))
    discs = [(float(disc.attrib["cx"]), float(disc.attrib["cy"])) for disc in tree.findall(f"{SVG}circle")]
    box = tree.findall(f"{SVG}rect")[0].attrib
    left, top = float(box["x"]), float(box["y"])
    lower = [(x, y) for x, y in discs if y > top]
    assert len(lower) == 12
    assert len(set(lower)) == 12
    for x, y in lower:
        assert left + 13 <= x <= left + float(box["width"]) - 13
        assert top + 13 <= y <= top + float(box["height"]) - 13


def test_tripwires_stand_by_day_and_unreadable_days_last(course: Course, case: Case) -> None:
    def wired(check: str) -> dict[str, Value]:
        return {"cause": "It rained", "indicator": "Rain", "threshold": "5 mm", "check": check, "owner": "Ana"}

    answers = listed(
        wired("soon"), wired("9 January 2026"), wired("2025-12-19"), {"cause": "It burned", "owner": "Ana"}
    )
    tripwires = results(course, case, answers)[-1]
    assert isinstance(tripwires, Table)
    assert [row[:2] for row in tripwires.rows] == [["19 December 2025", "3"], ["9 January 2026", "2"], ["soon", "1"]]
    assert tripwires.rows[0][2:] == ["Rain", "5 mm", "", "Ana"]


def test_the_reveal_is_a_table_of_causes_by_own_risks(course: Course, case: Case) -> None:
    show = RESULTS["reveal"]
    assert show({}, case, course.figures) == []
    own = Case(case.facts, data=case.data, answers={"premortem": listed(CHEAP)})
    (table,) = show({"cause_1": "risk.1", "cause_2": "none"}, own, course.figures)
    assert isinstance(table, Table)
    words = course.figures["foreseen"].labels
    assert [row[0] for row in table.rows] == [cause["title"] for cause in case.data["causes"]]
    assert [row[3] for row in table.rows[:3]] == ["1. It rained", words["none"], words["open"]]
    assert [row[4] for row in table.rows[:3]] == [words["no"], "", ""]
    assert {row[2] for row in table.rows} == {words[f"control_{who}"] for who in ("ours", "shared", "outside")}


def test_the_list_goes_along_as_markdown_and_one_line_a_risk(course: Course, tmp_path: Path) -> None:
    attempt = Attempt.of(course, "premortem", Journal.of(tmp_path, "me", course.version))
    attempt.answer(listed({**CHEAP, "check": "9 January 2026", "indicator": "Rain", "theme": "Fire"}, DEAR))
    document = Document(attempt.spec, attempt.state, attempt.results)
    lines = as_csv(document).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("Cause,Event,Effect,Theme,Votes,Likelihood")
    assert lines[2].startswith("It burned,,,fire,2")
    markdown = as_markdown(document)
    for name in ("ranking", "themes", "tripwires"):
        assert course.figures[name].title in markdown
    assert "It burned" in markdown


def test_a_reveal_made_after_the_writing_takes_a_match_and_keeps_it(course: Course, tmp_path: Path) -> None:
    journal = Journal.of(tmp_path, "me", course.version)
    assert Attempt.of(course, "reveal", journal).fields == ()
    Attempt.of(course, "premortem", journal).answer(listed(CHEAP))
    attempt = Attempt.of(course, "reveal", journal).answer(cause_2="risk.1")
    assert attempt.answers["cause_2"] == "risk.1"
    assert "1. It rained" in repr(attempt)


def test_the_whole_timeline_is_shown_only_when_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    lab = Lab("pre-mortem")
    before, whole = lab.table("timeline"), lab.table("timeline", known="all")
    assert len(before.rows) < len(whole.rows) == len(lab.course.scenario.timeline)
    assert before.rows == whole.rows[: len(before.rows)]


def test_a_question_says_which_risk_it_is_about_where_no_form_shows_it(course: Course, tmp_path: Path) -> None:
    attempt = Attempt.of(course, "premortem", Journal.of(tmp_path, "me", course.version))
    attempt.answer(listed(CHEAP, {**CHEAP, "cause": "It will rain"}))
    assert "- Risk 2, Cause: " in repr(attempt)
    assert "<b>Risk 2, Cause:</b>" in attempt._repr_html_()
