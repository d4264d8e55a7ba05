"""The scenario's frames: their columns and dtypes as documented, and the case's own data."""

import pandas as pd
import pytest

from workshop import frames
from workshop.course import Course, Dependency, Event, Fact, Place, Scenario
from workshop.errors import UnknownName
from workshop.facts import read_fact
from workshop.frames import FRAMES, frame

PLACE = Place("a.md", 1)


def facts() -> dict[str, Fact]:
    given = {
        "project.launch": ("2026-03-02", "date"),
        "project.plan": ("12", "weeks"),
        "market.quarter": ("4", "weeks"),
        "revenue.first_quarter": ("10", "$M"),
        "load.peak": ("4", "x"),
    }
    return {name: read_fact(name, value, unit, "brief", PLACE) for name, (value, unit) in given.items()}


SMALL = Scenario(
    "small",
    "Small",
    facts(),
    timeline=(
        Event("start", -12, "before", "Kick-off", "It begins.", PLACE),
        Event("end", 0.5, "after", "The end", "It ends.", PLACE),
    ),
    dependencies=(Dependency("rates", "Rates", 8.0, "verbal", "FX quote API", "", PLACE),),
    data={
        "mix": [{"group": "two", "kind": "EUR", "percent": "60.5"}],
        "currencies": [{"code": "HRK", "decimals": "2", "authorities": "", "withdrawn": "2023-01"}],
        "decision": [{"parameter": "D", "meaning": "delay", "base": "4", "low": "", "high": "6", "unit": "weeks"}],
        "schedule": [{"parameter": "mu", "value": "0.207", "meaning": "mean", "unit": "log ratio"}],
    },
)


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_has_the_documented_columns_and_dtypes(name: str) -> None:
    dtypes = {column: str(dtype) for column, dtype in frame(SMALL, name, known="all").dtypes.items()}
    assert dtypes == FRAMES[name][1]
    documented: dict[str, str] = {}
    for line in (frames.__doc__ or "").splitlines():
        match line.split():
            case [first, *rest] if first in (name, "..") and (first == name or documented):
                columns = [word.rstrip(",") for word in rest if word.rstrip(",") in dtypes and word in rest[:2]]
                dtype = next(word for word in rest if word in dtypes.values())
                documented |= dict.fromkeys(columns, dtype)
            case _ if documented:
                break
    assert documented == dtypes


def test_weeks_become_days_and_empty_cells_no_numbers() -> None:
    timeline = frame(SMALL, "timeline", known="all")
    assert list(timeline["date"]) == [pd.Timestamp("2025-12-08"), pd.Timestamp("2026-03-06")]
    assert list(frame(SMALL, "dependencies")["ready"]) == [pd.Timestamp("2026-02-02")]
    decision = frame(SMALL, "decision").iloc[0]
    assert pd.isna(decision["low"])
    assert decision["high"] == 6


def test_the_revenue_frame_adds_up() -> None:
    revenue = frame(SMALL, "revenue")
    assert list(revenue["revenue"]) == pytest.approx([1, 2, 3, 4])
    assert list(revenue["total"]) == pytest.approx([1, 3, 6, 10])
    assert list(revenue["weight"]) == pytest.approx([1, 2, 3, 4])


def test_the_timeline_keeps_the_outcome_back_unless_asked() -> None:
    assert list(frame(SMALL, "timeline")["key"]) == ["start"]
    assert list(frame(SMALL, "timeline", known="all")["key"]) == ["start", "end"]
    with pytest.raises(UnknownName, match="Did you mean 'before'"):
        frame(SMALL, "timeline", known="befor")


def test_an_unknown_frame_offers_the_nearest() -> None:
    with pytest.raises(UnknownName, match="There is no frame 'mixx'. Did you mean 'mix'"):
        frame(SMALL, "mixx")


def test_the_mix_of_the_case(course: Course) -> None:
    mix = frame(course.scenario, "mix")
    shares = mix.groupby("group", observed=True)["percent"].sum()
    assert mix["percent"].sum() == pytest.approx(100)
    assert shares["two"] == pytest.approx(85)
    assert shares["zero"] + shares["three"] == pytest.approx(15)
    assert mix["kind"].is_unique


def test_the_data_sets_of_the_case_agree_with_each_other(course: Course) -> None:
    scenario = course.scenario
    mix, currencies = frame(scenario, "mix"), frame(scenario, "currencies").set_index("code")
    decision = frame(scenario, "decision").set_index("parameter")
    schedule = frame(scenario, "schedule").set_index("parameter")
    share = mix.set_index("kind")["percent"]
    assert decision["base"]["s"] == share["EUR"] + share["GBP"]
    assert decision["base"]["f"] == scenario.facts["bug.share"].number
    assert decision["base"]["D"] == scenario.facts["delay.weeks"].number
    assert decision["high"]["C6"] == pytest.approx(26.67)
    assert schedule["value"]["plan"] == scenario.facts["project.plan"].number
    assert (decision["low"].fillna(decision["base"]) <= decision["base"]).all()
    assert (decision["base"] <= decision["high"].fillna(decision["base"])).all()
    # The one currency that the provider takes otherwise than the standard has it.
    decimals = {"two": 2, "zero": 0, "three": 3}
    taken = mix.set_index("kind")["group"].astype("string").map(decimals)
    assert list(taken.index[taken != currencies["decimals"].loc[taken.index]]) == ["HUF"]
