"""Python for the browser: found, and laid into the site with a lock of our own."""

import json
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workshop.errors import SiteError
from workshop.site.wheels import Wheel

RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
HEAVY = ("numpy", "pandas", "lxml")
"""What the course can use of Pyodide's full distribution. npm's package has none of it."""


def find_pyodide(version: str, given: Path | None, scratch: Path) -> Path:
    """A folder with Pyodide ``version`` in it: the one given (or the archive), else npm's, unpacked into ``scratch``.

    SiteError if there is none, or if it is another version.
    """
    if given is None:
        given = _from_npm(version, scratch)
    if given.is_file():
        try:
            with tarfile.open(given) as archive:
                archive.extractall(scratch / "pyodide", filter="data")
        except (OSError, tarfile.TarError) as error:
            raise SiteError(
                f"{given} can't be unpacked: {error}. Name Pyodide's folder or its .tgz archive."
            ) from error
        given = scratch / "pyodide"
    roots = [lock.parent for lock in (given / LOCK, *given.glob(f"*/{LOCK}")) if lock.is_file()]
    if not roots or not all((roots[0] / name).is_file() for name in RUNTIME):
        raise SiteError(f"There is no Pyodide in {given}. Get it with: npm pack pyodide@{version}")
    package = roots[0] / "package.json"
    found = json.loads(package.read_bytes())["version"] if package.is_file() else version
    if found != version:
        raise SiteError(f"{given} is Pyodide {found}, and the kernel wants {version}: npm pack pyodide@{version}")
    return roots[0]


def _from_npm(version: str, scratch: Path) -> Path:
    npm = shutil.which("npm")
    by_hand = f"get pyodide-{version}.tgz where npm works (npm pack pyodide@{version}), and name it with --pyodide."
    if npm is None:
        raise SiteError(f"npm isn't here to fetch Pyodide with. Install it, or {by_hand}")
    ran = subprocess.run([npm, "pack", "--silent", f"pyodide@{version}"], cwd=scratch, capture_output=True, text=True)
    archive = scratch / f"pyodide-{version}.tgz"
    if ran.returncode or not archive.is_file():
        said = (ran.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise SiteError(f"npm could not fetch Pyodide {version} ({said}). Connect to the network, or {by_hand}")
    return archive


def python_of(pyodide: Path) -> str:
    """The version of Python in it."""
    return str(_lock(pyodide)["info"]["python"])


def _lock(pyodide: Path) -> dict[str, Any]:
    lock: dict[str, Any] = json.loads((pyodide / LOCK).read_bytes())
    return lock


def shipped_with(pyodide: Path) -> list[str]:
    """Those of ``HEAVY`` that this distribution brings, with all that they need."""
    known = _lock(pyodide)["packages"]

    def whole(name: str) -> bool:
        entry = known.get(name)
        return bool(entry) and (pyodide / entry["file_name"]).is_file() and all(map(whole, entry["depends"]))

    return [name for name in HEAVY if whole(name)]


def lay_out(pyodide: Path, wheels: Sequence[Wheel], into: Path) -> list[str]:
    """Copy what runs, and write a lock that knows nothing but files beside it; returns the packages to load.

    Pyodide's own lock names files that aren't here, and addresses to fetch them from.
    """
    for name in RUNTIME:
        shutil.copyfile(pyodide / name, into / name)
    theirs = _lock(pyodide)
    packages: dict[str, Any] = {wheel.name: wheel.locked for wheel in wheels}
    waiting = shipped_with(pyodide)
    while waiting:
        name = waiting.pop()
        if name not in packages:
            packages[name] = theirs["packages"][name]
            shutil.copyfile(pyodide / packages[name]["file_name"], into / packages[name]["file_name"])
            waiting += packages[name]["depends"]
    lock = {"info": theirs["info"], "packages": packages}
    (into / LOCK).write_text(json.dumps(lock, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return sorted(packages)
