"""Wheels for Python in the browser, zipped from the packages that are installed here.

Only pure Python runs there. What a package has of compiled code is left out, so that it falls back on its own Python.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from workshop.errors import SiteError
from workshop.workspace import content_root, scenario_root

NEEDED = ("anywidget", "fastjsonschema", "ipython", "ipywidgets", "iso4217", "jedi", "markdown-it-py", "pyyaml")
"""What the notebooks' kernel and the exercises import."""
IN_THE_FRONT_END = {"jupyterlab-widgets", "widgetsnbextension"}
"""Required by ipywidgets, and of no use to a kernel: their files come as an extension of JupyterLab."""
COMPILED = (".so", ".pyd", ".pyc", ".dylib")
PACKAGE = Path(__file__).parent.parent
COURSE, SCENARIO = "workshop/_course/content", "workshop/_course/scenario"
"""Where our own wheel holds the course, and the scenario pack that takes the place of the course's case."""


@dataclass(frozen=True)
class Wheel:
    """A wheel in a folder: the package's normalised name, what it needs, and what a cell may import of it."""

    name: str
    version: str
    path: Path
    depends: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()

    @property
    def locked(self) -> dict[str, object]:
        """The entry of this wheel in a Pyodide lock."""
        return {
            "name": self.name,
            "version": self.version,
            "file_name": self.path.name,
            "install_dir": "site",
            "sha256": hashlib.sha256(self.path.read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": list(self.imports),
            "depends": list(self.depends),
            "unvendored_tests": False,
        }


def normalised(name: str) -> str:
    """A package's name as indexes and locks spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def gather(into: Path, python: str, extra: tuple[str, ...] = ()) -> list[Wheel]:
    """Wheels of all that is needed (and ``extra``), for Python ``python`` in a browser; SiteError if one isn't here."""
    there = {
        "python_version": ".".join(python.split(".")[:2]),
        "python_full_version": python,
        "sys_platform": "emscripten",
        "platform_system": "Emscripten",
        "platform_machine": "wasm32",
        "os_name": "posix",
        "extra": "",
    }
    waiting, wheels = [*NEEDED, *extra], dict[str, Wheel]()
    while waiting:
        name = normalised(waiting.pop())
        if name in wheels or name in IN_THE_FRONT_END:
            continue
        try:
            found = distribution(name)
        except PackageNotFoundError as error:
            message = (
                f"The package {name} is not installed here, and the site needs it. Add it with: pip install {name}"
            )
            raise SiteError(message) from error
        wheels[name] = _zip_installed(found, into, there)
        waiting += wheels[name].depends
    return list(wheels.values())


def _zip_installed(found: Distribution, into: Path, there: Mapping[str, str]) -> Wheel:
    name, version = normalised(found.name), found.version
    files = {
        str(file): Path(str(file.locate())).read_bytes()
        for file in found.files or ()
        if ".." not in file.parts and file.suffix not in COMPILED and Path(str(file.locate())).is_file()
    }
    needs = [Requirement(text) for text in found.requires or ()]
    depends = {normalised(need.name) for need in needs if not need.marker or need.marker.evaluate(dict(there))}
    return write_wheel(name, version, files, into, tuple(sorted(depends - IN_THE_FRONT_END)))


def write_wheel(
    name: str, version: str, files: Mapping[str, bytes], into: Path, depends: tuple[str, ...] = ()
) -> Wheel:
    """A wheel of these files. Equal files give equal bytes."""
    stem = f"{name.replace('-', '_')}-{version}"
    whole = {
        f"{stem}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{stem}.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        **files,
    }
    path = into / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside in sorted(whole):
            archive.writestr(zipfile.ZipInfo(inside), whole[inside], zipfile.ZIP_DEFLATED)
    tops = {inside.split("/")[0].removesuffix(".py") for inside in files if inside.endswith(".py")}
    return Wheel(name, version, path, depends, tuple(sorted(top for top in tops if top.isidentifier())))


def own_wheel(version: str, into: Path) -> Wheel:
    """This package with the course in it, from the clone as from an installed wheel."""
    files = {f"workshop/{inside}": data for inside, data in _files(PACKAGE) if not inside.startswith("_course/")}
    files |= {f"{COURSE}/{inside}": data for inside, data in _files(content_root())}
    if pack := scenario_root():
        files |= {f"{SCENARIO}/{inside}": data for inside, data in _files(pack)}
    return write_wheel("failforward-workshop", version, files, into, NEEDED)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and "__pycache__" not in inside.parts and not path.name.startswith("."):
            yield inside.as_posix(), path.read_bytes()
