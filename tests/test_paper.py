"""What a facilitator prints, from the command line; PDF pages from a real browser."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.building.test_session import AGENDA, plain
from tests.needs import need
from workshop import pdf
from workshop.cli import main
from workshop.content import load_course

EDGE = 12
"""Points from the edge of the paper that no printer reaches."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course's source with one more agenda, ``hour``."""
    content = tmp_path_factory.mktemp("paper") / "content"
    shutil.copytree(Path(__file__).parent.parent / "content", content)
    (content / "agendas").mkdir(exist_ok=True)
    (content / "agendas/hour.md").write_text(AGENDA)
    return content


def run(root: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*arguments, "--content", str(root)])
    return result.exit_code, result.output


def test_agendas_are_listed_and_found_by_name_or_by_length(root: Path) -> None:
    code, said = run(root, "agenda")
    assert code == 0
    assert re.search(r"^hour +54 minutes  An hour \(49 without breaks\)$", said, re.MULTILINE)
    by_name = run(root, "agenda", "hour", "--start", "09:30")
    assert by_name == run(root, "agenda", "54", "--start", "09:30")
    assert "| 10:24 | | 54 |" in by_name[1]
    assert run(root, "agenda", "houre")[1].endswith("There is no agenda 'houre'. Did you mean 'hour'?\n")


def test_an_agenda_as_a_page_and_as_a_calendar(root: Path) -> None:
    code, html = run(root, "agenda", "hour", "--format", "html", "--date", "2026-03-02")
    assert code == 0
    assert html.startswith("<!DOCTYPE html>")
    assert "Monday 2 March 2026" in html
    assert "A calendar needs a date: add --date" in run(root, "agenda", "hour", "--format", "ics")[1]
    code, calendar = run(root, "agenda", "hour", "--format", "ics", "--date", "2026-03-02")
    assert code == 0
    assert calendar.count("BEGIN:VEVENT") == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--start", "9.30"), "'9.30' is no time of day such as 09:30."),
        (("--start", "23:30"), "would run past midnight"),
        (("--date", "2 March"), "'2 March' is no date such as 2026-03-02."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(root: Path, arguments: tuple[str, ...], said: str) -> None:
    code, output = run(root, "agenda", "hour", *arguments)
    assert code != 0
    assert said in output


def test_notes_and_handouts_are_written_where_asked(root: Path, tmp_path: Path) -> None:
    code, said = run(root, "notes", "hour", "--start", "09:30", "--out", str(tmp_path))
    assert (code, said) == (0, f"{tmp_path / 'notes-hour.html'}\n")
    assert "09:30-09:39" in plain((tmp_path / "notes-hour.html").read_text())
    code, said = run(root, "handouts", "hour", "the-case", "--out", str(tmp_path))
    assert (code, said.split()) == (0, [str(tmp_path / f"handouts-{name}.html") for name in ("hour", "02-the-case")])
    code, said = run(root, "handouts", "--out", str(tmp_path / "all"))
    assert len(said.split()) == len(load_course(root).modules)
    assert "There is no agenda or module 'the-cse'" in run(root, "handouts", "the-cse", "--out", str(tmp_path))[1]
    (tmp_path / "in-the-way").write_text("")
    code, said = run(root, "notes", "hour", "--out", str(tmp_path / "in-the-way" / "x"))
    assert code == 1
    assert "can't be written" in said


def test_without_a_browser_pdf_is_refused_before_anything_is_written(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "PROGRAMS", ("no-such-browser",))
    code, said = run(root, "notes", "hour", "--pdf", "--out", str(tmp_path))
    assert code == 1
    assert "For PDF this needs Chromium or Chrome, and none is installed here." in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("letter", (612, 792))])
def test_pdf_pages_hold_every_line_within_the_paper(
    root: Path, tmp_path: Path, paper: str, size: tuple[int, int]
) -> None:
    need("chromium", "chromium", "chromium-browser", "google-chrome")
    pdftotext = need("poppler-utils", "pdftotext")
    code, said = run(root, "notes", "hour", "--pdf", "--paper", paper, "--out", str(tmp_path))
    assert code == 0, said
    handouts = run(root, "handouts", "hour", "--pdf", "--paper", paper, "--out", str(tmp_path))
    assert handouts[0] == 0, handouts[1]
    for name in ("notes-hour", "handouts-hour"):
        file = tmp_path / f"{name}.pdf"
        xml = subprocess.run([pdftotext, "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
        pages = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', xml, re.DOTALL)
        assert 3 <= len(pages) <= 40
        for number, (width, height, words) in enumerate(pages, 1):
            assert (round(float(width)), round(float(height))) == size
            boxes = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<', words)
            assert all(float(x) >= EDGE and float(r) <= size[0] - EDGE for x, _, r, _, _ in boxes), (name, number)
            assert all(float(y) >= EDGE and float(b) <= size[1] - EDGE for _, y, _, b, _ in boxes), (name, number)
            assert f"{number} / {len(pages)}" in " ".join(box[4] for box in boxes), "the page's number"
        text = subprocess.run([pdftotext, file, "-"], capture_output=True, text=True, check=True).stdout
        page = re.sub(r"\s+", "", plain((tmp_path / f"{name}.html").read_text()))
        printed = re.sub(r"\s+", "", re.sub(r"\d+ / \d+|Fail Forward[^\n]*\n", "", text))
        assert len(printed) >= 0.9 * len(page), "every text of the page is on paper"
