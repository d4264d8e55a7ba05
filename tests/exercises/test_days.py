"""Days as people write them."""

from datetime import date

import pytest

from workshop.exercises.days import read_day


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-16", " 2026-3-16 ", "16 March 2026", "16 Mar 2026", "16th of march, 2026", "March 16, 2026",
        "Monday 16 March 2026", "Mon, 16 March 2026", "16.3.2026", "16. 03. 2026", "MAR 16 2026", "16. March 2026",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == date(2026, 3, 16)


@pytest.mark.parametrize("text", ["1 Sept 2026", "1 September 2026", "Tues 1 Sep 2026"])
def test_months_have_their_usual_short_names(text: str) -> None:
    assert read_day(text) == date(2026, 9, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "Monday",
        "16 March",
        "3/4/2026",
        "2026-02-30",
        "2026-13-01",
        "16 Marchember 2026",
        "0000-01-01",
        "9999-12-31",
        "²⁰26",
    ],
)
def test_what_is_no_certain_day_is_not_guessed(text: str) -> None:
    assert read_day(text) is None
