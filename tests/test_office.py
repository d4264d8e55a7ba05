"""The Word card opens in LibreOffice, with every part in its order."""

import subprocess
from pathlib import Path

import pytest

from tests.needs import need
from workshop.course import Course
from workshop.exercises import CARD
from workshop.journal import Journal
from workshop.lab import Lab
from workshop.run import find_persona, seed
from workshop.workspace import WORKSPACE


@pytest.mark.slow
def test_libreoffice_reads_the_whole_card(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = need("libreoffice-writer-nogui", "soffice", "libreoffice")
    monkeypatch.setenv(WORKSPACE, str(tmp_path))
    seed(course, find_persona(course, "strong"), Journal.of(tmp_path, "me", course.version))
    (path,) = Lab("your-story").exercise(CARD).export("docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True)
    lines = (tmp_path / f"{path.stem}.txt").read_text(encoding="utf-8-sig").splitlines()
    headings = [part.heading for part in Lab("your-story").exercise("story").card.parts]
    places = [lines.index(heading) for heading in headings]
    assert places == sorted(places)
