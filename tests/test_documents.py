"""An exercise with rows, a slider and results, through an attempt: its form, its printed copy and its documents."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from workshop.attempt import Attempt
from workshop.course import Course, ExerciseWords, FieldWords, FigureWords, Place, Timer
from workshop.errors import AnswerError
from workshop.exercises.base import Answers, Case, Exercise, Field, filled, rows
from workshop.journal import Journal
from workshop.views.results import RESULTS
from workshop.views.table import Column, Table

COLUMNS = (
    Field("cause", "line"),
    Field("odds", "number", minimum=0, maximum=100, unit="%"),
    Field("control", "choice", choices=("ours", "outside")),
)


class Risks(Exercise):
    name = "risks"
    fields = (*rows("risk", 4, COLUMNS), Field("share", "slider", base=1), Field("like", "choice", choices=("row.1",)))
    exports = ("md", "csv")
    reads = ("story",)

    def fitted(self, case: Case) -> tuple[Field, ...]:
        *others, share, like = self.fields
        own = str(case.answers["story"]["situation"] or "nothing yet")
        share = replace(share, minimum=0, maximum=case.facts["load.peak"].number, base=2, unit="x")
        return (*others, share, replace(like, labels=(own,)))


def show(answers: Answers, case: Case, words: Mapping[str, FigureWords]) -> Sequence[Table]:
    lines = [(str(row.number), str(row.values["cause"])) for row in filled(answers, "risk") if "cause" in row.values]
    return [Table("Causes | all", (Column("No"), Column("Cause")), lines, "As told.")]


WORDS = ExerciseWords(
    name="risks",
    title="Risks",
    place=Place("risks.md", 1),
    fields={
        "risk.cause": FieldWords("Cause"),
        "risk.odds": FieldWords("Odds"),
        "risk.control": FieldWords("Control", choices={"ours": "Ours", "outside": "Outside"}),
        "share": FieldWords("Share"),
        "like": FieldWords("Most like"),
    },
    groups={"risk": FieldWords("Risk", "One a row.")},
    timers=[Timer("Write", 5)],
)


@pytest.fixture
def risks(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Attempt:
    monkeypatch.setitem(RESULTS, "risks", show)
    changed = replace(course, words={**course.words, "risks": WORDS})
    journal = Journal.of(tmp_path, "ana", course.version)
    journal.write("story", "situation", "We promised a date.")
    return Attempt(Risks(), changed, journal)


def test_the_form_knows_its_rows_its_clock_and_the_bounds_of_the_case(risks: Attempt) -> None:
    groups = risks.spec["groups"]
    assert [(group["title"], group["spare"]) for group in groups[:4]] == [
        ("Risk 1", False), ("Risk 2", True), ("Risk 3", True), ("Risk 4", True)
    ]  # fmt: skip
    assert [bool(group["help"]) for group in groups[:2]] == [True, False], "rows share their help"
    assert risks.spec["timers"] == [{"label": "Write", "minutes": 5}]
    share, like = groups[4]["fields"]
    assert (share["base"], share["maximum"]) == (2, risks.case.facts["load.peak"].number)
    assert like["choices"] == [{"value": "row.1", "label": "We promised a date."}]


def test_an_answer_beyond_the_bounds_of_the_case_is_refused(risks: Attempt) -> None:
    with pytest.raises(AnswerError, match="from 0 to 5 x"):
        risks.answer(share=6)


def test_only_begun_rows_are_printed_and_what_follows_stands_below(risks: Attempt) -> None:
    risks.answer({"risk.1.cause": "It rained", "risk.3.cause": "It <snowed>"})
    html, text = risks._repr_html_(), repr(risks)
    assert "Risk 1" in html
    assert "Risk 2" not in html
    assert "It &lt;snowed&gt;" in html
    assert "Causes | all" in html.partition("Risk 3")[2]
    assert "2x" in text, "a slider that was not moved stands at its base"
    assert text.index("Risk 3") < text.index("Causes | all")


def test_the_csv_holds_one_line_per_row_and_no_formula(risks: Attempt, tmp_path: Path) -> None:
    risks.answer({"risk.1.cause": "=1+1", "risk.1.odds": 0, "risk.4.cause": 'A "date", promised\nby word'})
    md, table = risks.export()
    assert md == tmp_path / "exports" / "risks-ana.md"
    assert list(csv.reader(io.StringIO(table.read_text(encoding="utf-8")))) == [
        ["Cause", "Odds (%)", "Control"],
        ["'=1+1", "0", ""],
        ['A "date", promised\nby word', "", ""],
    ]


def test_the_markdown_holds_the_answers_and_the_results_as_tables(risks: Attempt) -> None:
    risks.answer({"risk.1.cause": "Two | promises", "risk.1.control": "ours"})
    (file,) = risks.export("md")
    html = MarkdownIt("commonmark").enable("table").render(file.read_text(encoding="utf-8"))
    assert "<h2>Risk 1</h2>" in html
    assert "<h3>Control</h3>\n<p>Ours</p>" in html
    assert "<td>Two | promises</td>" in html
    assert "<h2>Causes | all</h2>" in html
    assert "As told." in html
