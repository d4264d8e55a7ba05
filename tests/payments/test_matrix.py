"""Every planted bug against every way to look for it: what each finds, and what none does."""

from collections.abc import Sequence

import pytest

from workshop.payments.bugs import BUGS, GAP
from workshop.payments.document import Contract
from workshop.payments.matrix import NARROW, RUNNERS, Row, as_data, as_markdown, matrix


@pytest.fixture(scope="module")
def rows(contract: Contract) -> tuple[Row, ...]:
    """The whole matrix, computed once."""
    return matrix(contract)


@pytest.mark.slow
def test_the_matrix_finds_all_but_the_gap(rows: Sequence[Row]) -> None:
    assert [row.bug for row in rows if not row.found["laws"]] == [GAP]


@pytest.mark.slow
def test_stricter_runners_find_more(rows: Sequence[Row]) -> None:
    found = {runner: {row.bug for row in rows if row.found[runner]} for runner in RUNNERS}
    assert found[NARROW] == found["free"] == set()
    assert found["enum"] == {"unknown_served", "withdrawn_served"}
    assert found["enum"] < found["patterns"] < found["laws"] == set(BUGS) - {GAP}
    assert found["patterns"] == {
        *("jpy_two", "kwd_two", "isk_two", "huf_iso", "all_two"),
        *("zero_fails", "unknown_served", "withdrawn_served", "negative_served"),
    }


@pytest.mark.slow
def test_the_matrix_prints_as_a_table(rows: Sequence[Row]) -> None:
    lines = as_markdown(rows).splitlines()
    assert len(lines) == len(BUGS) + 3
    assert {line.count("|") for line in lines} == {len(RUNNERS) + 2}
    assert "| halves are always rounded up | - | - | - | - | 3.3, 3.4 |" in lines
    assert lines[-1].startswith(f"| **found** | **0 of {len(BUGS)}** |")
    assert f"**{len(BUGS) - 1} of {len(BUGS)}**" in lines[-1]
    assert as_data(rows)[0] == {
        "bug": "jpy_two",
        "words": "JPY is answered with two decimals",
        "found": {"narrow": [], "free": [], "enum": [], "patterns": ["2.2"], "laws": ["2.2"]},
    }


def test_part_of_the_matrix_reports_its_progress(contract: Contract) -> None:
    seen: list[str] = []
    rows = matrix(contract, ["half_up"], progress=seen.append)
    assert (seen, [row.bug for row in rows]) == (["half_up"], ["half_up"])
