"""The scenario's data as pandas frames, for the cells that analyse it.

Nothing else of the package imports pandas, and this module is imported only when a frame is asked for.

============  ============  ==============  =========================================================
frame         column        dtype           meaning
============  ============  ==============  =========================================================
timeline      key           string          the event's id
..            week          float64         weeks after the planned launch (negative: before)
..            date          datetime64[s]   its day
..            known         category        ``before`` or ``after`` participants commit an estimate
..            event         string          what happened
..            detail        string          what is known of it
dependencies  key           string          the dependency's id
..            team          string          who delivers
..            deliverable   string          what
..            weeks         float64         planned duration from the kick-off
..            ready         datetime64[s]   the day it is due
..            promise       category        ``verbal`` or ``contract``
mix           group         category        the kind's group, as the case's fact ``mix.GROUP`` names it
..            kind          string          a kind of demand
..            percent       float64         percent of the whole
currencies    code          string          ISO 4217 code
..            decimals      int64           decimals by ISO 4217
..            authorities   string          where another authority differs
..            withdrawn     string          year-month, or yes without a dated source; empty for a current code
revenue       week          int64           week of the first quarter, from 1
..            date          datetime64[s]   its first day
..            weight        float64         its size relative to the first week
..            revenue       float64         $M in the week
..            total         float64         $M from the launch to the end of the week
decision      parameter     string          symbol
..            meaning       string          what it stands for
..            base          float64         base value, in ``unit``
..            low, high     float64         range; NaN where none is assumed
..            unit          category        ``%``, ``weeks``, ``$M`` or ``x``
schedule      parameter     string          name
..            value         float64         value, in ``unit``
..            meaning       string          what it stands for
..            unit          category        ``weeks``, ``ratio``, ``log ratio`` ...
============  ============  ==============  =========================================================
"""

from collections.abc import Callable, Mapping

import pandas as pd

from workshop.course import Scenario
from workshop.errors import UnknownName
from workshop.exercises.revenue import day_of_week, in_weeks, weeks_of_revenue
from workshop.interface import DATA_SETS
from workshop.views.figures import as_known


def frame(scenario: Scenario, name: str, *, known: str = "before") -> pd.DataFrame:
    """The frame ``name`` of the scenario, with the columns and dtypes of the table above.

    The timeline has the events that are ``known`` ``before`` the reveal, or ``all``. UnknownName for any other
    name, and for a data set that the case doesn't have.
    """
    known_frames = [each for each in FRAMES if each not in DATA_SETS or each in scenario.data]
    if name not in known_frames:
        raise UnknownName("frame", name, known_frames)
    rows, dtypes = FRAMES[name]
    return pd.DataFrame(rows(as_known(scenario, known)), columns=list(dtypes)).astype(dict(dtypes))


Rows = Callable[[Scenario], list[dict[str, object]]]


def _timeline(scenario: Scenario) -> list[dict[str, object]]:
    return [
        {
            "key": event.key,
            "week": event.week,
            "date": day_of_week(scenario.facts, event.week),
            "known": event.known,
            "event": event.title,
            "detail": event.text,
        }
        for event in scenario.timeline
    ]


def _dependencies(scenario: Scenario) -> list[dict[str, object]]:
    plan = in_weeks(scenario.facts["project.plan"])
    return [
        {
            "key": dependency.key,
            "team": dependency.team,
            "deliverable": dependency.title,
            "weeks": dependency.weeks,
            "ready": day_of_week(scenario.facts, dependency.weeks - plan),
            "promise": dependency.promise,
        }
        for dependency in scenario.dependencies
    ]


def _revenue(scenario: Scenario) -> list[dict[str, object]]:
    return [{**week._asdict(), "date": week.starts} for week in weeks_of_revenue(scenario.facts)]


def _data(name: str) -> Rows:
    """A data set's rows; an empty cell is no number."""

    def rows(scenario: Scenario) -> list[dict[str, object]]:
        numbers = {column for column, dtype in FRAMES[name][1].items() if dtype in ("float64", "int64")}
        return [
            {column: (cell or "nan") if column in numbers else cell for column, cell in row.items()}
            for row in scenario.data[name]
        ]

    return rows


TEXT, DAY, KIND = "string", "datetime64[s]", "category"
FRAMES: Mapping[str, tuple[Rows, Mapping[str, str]]] = {
    "timeline": (
        _timeline,
        {"key": TEXT, "week": "float64", "date": DAY, "known": KIND, "event": TEXT, "detail": TEXT},
    ),
    "dependencies": (
        _dependencies,
        {"key": TEXT, "team": TEXT, "deliverable": TEXT, "weeks": "float64", "ready": DAY, "promise": KIND},
    ),
    "mix": (_data("mix"), {"group": KIND, "kind": TEXT, "percent": "float64"}),
    "currencies": (
        _data("currencies"),
        {"code": TEXT, "decimals": "int64", "authorities": TEXT, "withdrawn": TEXT},
    ),
    "revenue": (
        _revenue,
        {"week": "int64", "date": DAY, "weight": "float64", "revenue": "float64", "total": "float64"},
    ),
    "decision": (
        _data("decision"),
        {"parameter": TEXT, "meaning": TEXT, "base": "float64", "low": "float64", "high": "float64", "unit": KIND},
    ),
    "schedule": (_data("schedule"), {"parameter": TEXT, "value": "float64", "meaning": TEXT, "unit": KIND}),
}
"""Frame to the function that makes its rows, and its columns with their dtypes."""
