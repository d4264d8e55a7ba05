"""Which runner finds which bug, computed: each bug alone in an otherwise faithful service, against every runner."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.payments.bugs import BUGS, GAP, provider
from workshop.payments.document import Contract
from workshop.payments.exchange import Handler
from workshop.payments.law import Law
from workshop.payments.laws import SHIPPED
from workshop.payments.narrow import narrow_suite
from workshop.payments.verify import LEVELS, verify

NARROW = "narrow"
RUNNERS = (NARROW, *LEVELS)
COLUMNS: Mapping[str, str] = {
    NARROW: "narrow suite",
    "free": "schema: free text",
    "enum": "schema: list of currencies",
    "patterns": "schema: decimals of each currency",
    "laws": "schema and laws",
}
"""Runner to the head of its column."""


@dataclass(frozen=True)
class Row:
    """A bug kind, and by runner the clauses that the runner saw broken (none: not found)."""

    bug: str
    words: str
    found: Mapping[str, tuple[str, ...]]


def matrix(
    contract: Contract,
    bugs: Sequence[str] | None = None,
    *,
    laws: Iterable[Law] = SHIPPED,
    seed: int = 0,
    progress: Callable[[str], None] = lambda bug: None,
) -> tuple[Row, ...]:
    """A row for each bug kind (all, unless ``bugs`` names some); UnknownName for a bug that doesn't exist.

    ``progress`` is called with each bug before its turn.
    """
    laws = tuple(laws)
    rows = []
    for bug in BUGS if bugs is None else bugs:
        progress(bug)
        fresh = _fresh(contract, bug)
        failed = tuple(check.name for check in narrow_suite(contract, fresh()) if not check.passed)
        found = {NARROW: failed}
        for level in LEVELS:
            found[level] = verify(contract, fresh(), level=level, laws=laws, seed=seed).clauses
        rows.append(Row(bug, BUGS[bug].words, found))
    return tuple(rows)


def as_markdown(rows: Sequence[Row]) -> str:
    """The matrix as a Markdown table, with the sums in the last line."""
    lines = [
        "| bug | " + " | ".join(COLUMNS[runner] for runner in RUNNERS) + " |",
        "|---|" + "---|" * len(RUNNERS),
    ]
    for row in rows:
        open_ = " (left to you)" if row.bug == GAP else ""
        lines.append(f"| {row.words}{open_} | " + " | ".join(_cell(row.found[runner]) for runner in RUNNERS) + " |")
    sums = (sum(bool(row.found[runner]) for row in rows) for runner in RUNNERS)
    lines.append("| **found** | " + " | ".join(f"**{number} of {len(rows)}**" for number in sums) + " |")
    return "\n".join(lines) + "\n"


def as_data(rows: Sequence[Row]) -> list[dict[str, object]]:
    """The matrix for JSON."""
    return [
        {"bug": row.bug, "words": row.words, "found": {runner: list(hits) for runner, hits in row.found.items()}}
        for row in rows
    ]


def _fresh(contract: Contract, bug: str) -> Callable[[], Handler]:
    return lambda: provider(contract, bug)


def _cell(clauses: tuple[str, ...]) -> str:
    return ", ".join(clauses) if clauses else "-"
