"""Building the static site: what goes into it, and what is said where something is missing."""

import hashlib
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from workshop.course import Course
from workshop.errors import SiteError
from workshop.site import build, build_site
from workshop.site.front import front_page
from workshop.site.pyodide import LOCK, RUNTIME, find_pyodide, lay_out, shipped_with
from workshop.site.wheels import gather, own_wheel

VERSION = "314.0.6"


def pyodide(folder: Path, *there: str, version: str = VERSION) -> Path:
    """A folder that looks like Pyodide, with the files of these packages."""
    folder.mkdir()
    for name in RUNTIME:
        (folder / name).write_text(name)
    (folder / "package.json").write_text(json.dumps({"version": version}))
    needs = {"numpy": [], "pandas": ["numpy", "pytz"], "pytz": [], "lxml": [], "click": []}
    packages = {name: {"name": name, "file_name": f"{name}.whl", "depends": depends} for name, depends in needs.items()}
    (folder / LOCK).write_text(json.dumps({"info": {"python": "3.14.2"}, "packages": packages}))
    for name in there:
        (folder / f"{name}.whl").write_text(name)
    return folder


@pytest.mark.slow
def test_the_wheels_are_whole_pure_and_equal_each_time(tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    for folder in (first, again):
        folder.mkdir()
        gather(folder, "3.14.2")
        own_wheel("1.0", folder)
    wheels = sorted(first.glob("*.whl"))
    assert {wheel.name.split("-")[0] for wheel in wheels} >= {"anywidget", "ipywidgets", "pyyaml", "traitlets"}
    for wheel in wheels:
        assert wheel.read_bytes() == (again / wheel.name).read_bytes(), wheel.name
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
        assert not [name for name in names if name.endswith((".so", ".pyc")) or ".." in name]


def test_our_own_wheel_holds_the_course(tmp_path: Path) -> None:
    wheel = own_wheel("1.0", tmp_path)
    with zipfile.ZipFile(wheel.path) as archive:
        names = set(archive.namelist())
    assert {"workshop/lab.py", "workshop/views/form.js", "workshop/_course/content/course.yaml"} <= names
    assert "workshop" in wheel.imports


@pytest.mark.slow
def test_the_lock_knows_only_files_beside_it(tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    wheels = gather(into, "3.14.2")
    loaded = lay_out(pyodide(tmp_path / "npm"), wheels, into)
    text = (into / LOCK).read_text()
    packages = json.loads(text)["packages"]
    assert "://" not in text
    assert sorted(packages) == loaded
    for package in packages.values():
        assert package["sha256"] == hashlib.sha256((into / package["file_name"]).read_bytes()).hexdigest()
        assert set(package["depends"]) <= set(packages)


def test_a_full_distribution_brings_what_npm_lacks(tmp_path: Path) -> None:
    npm, full = pyodide(tmp_path / "npm"), pyodide(tmp_path / "full", "numpy", "pandas", "pytz")
    assert shipped_with(npm) == []
    assert shipped_with(full) == ["numpy", "pandas"]
    into = tmp_path / "into"
    into.mkdir()
    assert lay_out(full, [], into) == ["numpy", "pandas", "pytz"]
    assert (into / "pytz.whl").read_text() == "pytz"


def test_pyodide_is_found_in_a_folder_and_in_an_archive(tmp_path: Path) -> None:
    folder = pyodide(tmp_path / "package")
    archive = tmp_path / "pyodide.tgz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(folder, "package")
    assert find_pyodide(VERSION, folder, tmp_path) == folder
    assert (find_pyodide(VERSION, archive, tmp_path) / "pyodide.mjs").is_file()


def test_a_pyodide_that_will_not_do_is_named(tmp_path: Path) -> None:
    old = pyodide(tmp_path / "old", version="0.29.0")
    with pytest.raises(SiteError, match=r"is Pyodide 0\.29\.0, and the kernel wants 314\.0\.6: npm pack pyodide@"):
        find_pyodide(VERSION, old, tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SiteError, match="There is no Pyodide in"):
        find_pyodide(VERSION, tmp_path / "empty", tmp_path)
    broken = tmp_path / "broken.tgz"
    broken.write_text("no archive")
    with pytest.raises(SiteError, match="can't be unpacked"):
        find_pyodide(VERSION, broken, tmp_path)


def test_without_npm_the_way_by_hand_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SiteError, match=r"npm isn't here .*npm pack pyodide@314\.0\.6\), and name it with --pyodide"):
        find_pyodide(VERSION, None, tmp_path)


def test_without_the_extra_its_installation_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "find_spec", lambda name: None)
    with pytest.raises(SiteError, match=r"pip install 'failforward-workshop\[site\]'"):
        build_site(tmp_path / "site", None, print)


def test_a_folder_of_something_else_and_a_good_site_stay_as_they_are(tmp_path: Path) -> None:
    papers, site = tmp_path / "papers", tmp_path / "site"
    for folder, name in ((papers, "letter.txt"), (site, "jupyter-lite.json")):
        folder.mkdir()
        (folder / name).write_text("mine")
    with pytest.raises(SiteError, match="holds something else than a site"):
        build_site(papers, None, lambda line: None)
    with pytest.raises(SiteError, match="There is no Pyodide"):
        build_site(site, papers, lambda line: None)
    assert (papers / "letter.txt").read_text() == (site / "jupyter-lite.json").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["papers", "site"]


def test_the_front_page_opens_the_first_notebook_and_tells_how_to_take_answers_along(course: Course) -> None:
    page = front_page(course, "00-start-here.ipynb")
    assert 'href="lab/index.html?path=00-start-here.ipynb"' in page
    assert "me.jsonl" in page
    assert "http" not in page
