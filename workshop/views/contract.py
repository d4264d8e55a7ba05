"""What the contract lab shows: how a contract stands, what was found, what traffic fails, how fast it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workshop.course import FigureWords
from workshop.facts import show_number
from workshop.interface import FIGURE_LABELS
from workshop.payments.contract import Shortfall, clauses, currencies
from workshop.payments.document import Contract
from workshop.payments.exchange import Exchange, in_words
from workshop.payments.load import LoadResult
from workshop.payments.narrow import Check
from workshop.payments.replay import Replay, Share
from workshop.payments.second_opinion import Complaint
from workshop.payments.verify import Finding, Report
from workshop.views.chart import Bar, Chart, Line, bars_svg, lines_svg
from workshop.views.table import Column, Table

Words = Mapping[str, FigureWords]
Rows = Sequence[Sequence[str]]

NUMBERS = frozenset(
    f"column_{name}"
    for name in (
        *("count", "failed", "payments", "share", "load", "mock", "delivered", "objective"),
        *("decimals", "smallest", "largest"),
    )
)
"""Columns that hold numbers."""
SLOWEST = 2000.0
"""Milliseconds: the chart of answer times ends here, since above it a line only grows."""


def _table(words: Words, name: str, rows: Rows, note: str = "") -> Table:
    """The rows under the columns of the figure ``name``; without rows, one that says so."""
    own = words[name]
    names = [label for label in FIGURE_LABELS[name] if label.startswith("column_")]
    columns = [Column(own.labels[each], "number" if each in NUMBERS else "text") for each in names]
    if not rows:
        rows = [(own.labels["none"], *[""] * (len(columns) - 1))]
    return Table(own.title, columns, rows, " ".join(part for part in (" ".join(own.caption.split()), note) if part))


def standing(words: Words, shortfalls: Sequence[Shortfall]) -> Table:
    """Everything that keeps a contract from standing."""
    labels = words["standing"].labels
    return _table(words, "standing", [(labels[f"kind_{each.kind}"], each.words) for each in shortfalls])


def standing_line(words: Words, shortfalls: Sequence[Shortfall]) -> str:
    """The sentence that goes below whatever uses a contract which doesn't stand; "" if it does."""
    if not shortfalls:
        return ""
    kinds = dict.fromkeys(words["standing"].labels[f"kind_{each.kind}"] for each in shortfalls)
    return f"{words['standing'].labels['line']} {', '.join(kinds)}."


def agreed(words: Words, contract: Contract) -> list[Table]:
    """What the file says besides the terms: its clauses, and its table of currencies. Both long, so both folded."""
    own, fold = words["currency-table"].labels, words["clauses"].labels["fold"]
    rows = [
        (c.code, str(c.decimals), c.authority, f"{c.smallest:f}", f"{c.largest:f}")
        for c in currencies(contract).values()
    ]
    return [
        replace(_table(words, "clauses", list(clauses(contract).items())), fold=fold),
        replace(_table(words, "currency-table", rows), fold=own["fold"]),
    ]


def tried(words: Words, exchanges: Sequence[Exchange]) -> Table:
    """Requests and what came back."""
    rows = [(str(each), f"{each.status}", in_words(each.answer)) for each in exchanges]
    return _table(words, "tried", rows)


def suite(words: Words, checks: Sequence[Check], note: str) -> Table:
    """The narrow suite, check by check."""
    labels = words["suite"].labels
    return _table(words, "suite", [(c.name, labels["passed" if c.passed else "failed"]) for c in checks], note)


def findings(words: Words, report: Report, note: str) -> Table:
    """What a verification found: clause, rule, operation, how often, and the simplest example."""
    rows = [(f.clause, f.rule, f.operation, str(f.count), f.example) for f in report.findings]
    return _table(words, "findings", rows, note)


def strictness(words: Words, reports: Sequence[Report], note: str) -> Table:
    """What each degree of strictness finds."""
    labels = words["strictness"].labels
    rows = [(labels[f"level_{each.level}"], str(len(each.findings)), ", ".join(each.clauses)) for each in reports]
    return _table(words, "strictness", rows, note)


def opinion(words: Words, complaints: Sequence[Complaint], ours: Report, note: str) -> Table:
    """What another tool says; below, which clauses our own laws saw broken."""
    own = words["opinion"].labels
    rows = [(each.title, ", ".join(each.operations), str(each.count)) for each in complaints]
    seen = f"{own['ours']} {', '.join(ours.clauses) or own['nothing']}."
    return _table(words, "opinion", rows, f"{seen} {note}".strip())


def gaps(words: Words, unguarded: Mapping[str, str]) -> Table:
    """The clauses that nothing checks."""
    return _table(words, "gaps", list(unguarded.items()))


def engines(words: Words, replays: Mapping[str, Replay], contract: Contract, note: str) -> Table:
    """The same payments through several services: how many fail, with the interval and the error budget."""
    labels, rows = words["engines"].labels, []
    for name, replay in replays.items():
        spent = replay.budget_spent(contract)
        low, high = replay.total.interval()
        budget = labels["no_budget"] if spent is None else show_number(round(spent, 1), "x")
        failed = f"{replay.total.failed} / {replay.total.count}"
        rows.append((labels[name], failed, _percent(replay.total), f"{_of(low)} - {_of(high)}", budget))
    return _table(words, "engines", rows, note)


def by_currency(words: Words, replay: Replay, note: str) -> Chart | Table:
    """The failing share of each currency, the most failures first; a table where there is nothing to draw."""
    own = words["currencies-failing"]
    failing = {code: share for code, share in replay.by_currency().items() if share.failed}
    rows = [(code, str(share.failed), str(share.count), _percent(share)) for code, share in failing.items()]
    if not rows:
        return _table(words, "currencies-failing", rows, note)
    parts = {code: share.failed / replay.total.count for code, share in failing.items()}
    bars = [Bar(code, part, _of(part)) for code, part in parts.items()]
    svg = bars_svg(own.title, _line(own.labels["alt"]), own.labels["axis"], [("", bars)])
    table = replace(_table(words, "currencies-failing", rows), note="")
    return Chart(own.title, _caption(own, note), _line(own.labels["alt"]), svg, own.labels["numbers"], table)


def by_country(words: Words, replay: Replay) -> Table:
    """The failing share of each country that has any."""
    shares = {country: share for country, share in replay.by_country().items() if share.failed}
    return _table(
        words, "countries-failing", [(c, str(s.failed), str(s.count), _percent(s)) for c, s in shares.items()]
    )


def by_cause(words: Words, replay: Replay, contract: Contract) -> Table:
    """Which clause the failing payments broke."""
    said = clauses(contract)
    rows = [(number, said[number], str(share.failed), _percent(share)) for number, share in replay.by_cause().items()]
    return _table(words, "causes-failing", rows)


def load(words: Words, mock: Sequence[LoadResult], delivered: Sequence[LoadResult], note: str) -> Chart:
    """Answer times against load, of what the contract promises and of what was delivered."""
    own = words["load"]
    rows = []
    for one, other in zip(mock, delivered, strict=True):
        objective = "" if one.objective_ms is None else f"{one.objective_ms}"
        rows.append((f"{one.load}x", f"{one.p95_ms:.0f}", f"{other.p95_ms:.0f}", objective))
    lines = [
        Line(own.labels[label], [(r.load, min(r.p95_ms, SLOWEST)) for r in results], results[-2].load, side)
        for label, results, side in (("column_mock", mock, -1), ("column_delivered", delivered, -1))
    ]
    svg = lines_svg(own.title, _line(own.labels["alt"]), own.labels["axis_load"], own.labels["axis_ms"], lines)
    table = replace(_table(words, "load", rows), note="")
    return Chart(own.title, _caption(own, note), _line(own.labels["alt"]), svg, own.labels["numbers"], table)


def merge(words: Words, contract: Contract, found: Sequence[Finding], unguarded: Mapping[str, str], note: str) -> Table:
    """The gate's own list: each clause, whether it holds, and what to look at."""
    labels, rows = words["merge"].labels, []
    for number, said in clauses(contract).items():
        broken = next((finding for finding in found if finding.clause == number), None)
        state = "broken" if broken else "skipped" if number in unguarded else "passed"
        rows.append((number, labels[state], broken.example if broken else said))
    return _table(words, "merge", rows, " ".join((labels["blocked" if found else "open"], note)).strip())


def _caption(words: FigureWords, note: str) -> str:
    return f"{_line(words.caption)} {note}".strip()


def _line(text: str) -> str:
    return " ".join(text.split())


def _percent(share: Share) -> str:
    return _of(share.share)


def _of(share: float) -> str:
    return f"{100 * share:.1f}%"
