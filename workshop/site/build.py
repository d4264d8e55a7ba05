"""Putting the site together."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from workshop.content import load_course
from workshop.course import Course
from workshop.errors import SiteError
from workshop.files import write_file
from workshop.site.front import front_page
from workshop.site.pyodide import find_pyodide, lay_out, python_of, shipped_with
from workshop.site.wheels import SCENARIO, Wheel, gather, own_wheel, write_wheel
from workshop.start import LAB_SETTINGS
from workshop.workspace import SCENARIO as SCENARIO_NAME
from workshop.workspace import WORKSPACE, built, content_root, scenario_root

DRIVE = "/drive"
"""Where Python in the browser sees the files that the browser keeps."""
KERNEL = "@jupyterlite/pyodide-kernel"
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "anywidget", f"{KERNEL}-extension")
CONFIG = "jupyter-lite.json"
MISSING = "The packages that build a site are not installed. Add them with: pip install 'failforward-workshop[site]'"

# The kernel loads these two to install what is missing. Here all is loaded already, and there is no network to ask.
NO_INSTALLER = b'''"""Everything that this site has is loaded already."""


def install(*_args, **_more):
    raise RuntimeError("Nothing can be installed here: this page works without a network.")
'''
NO_PIP = b'''"""The magic %pip."""

from piplite import install


async def get_transformed_code(_argv):
    install()
'''


def build_site(folder: Path, pyodide: Path | None, say: Callable[[str], None]) -> None:
    """Write the course as a static site to ``folder``, which may be a site already.

    ``pyodide`` is a folder or archive with the kernel's version of Pyodide; None fetches it through npm. ``say`` gets a
    line for each step. SiteError says what is missing; whatever fails, a site that was there stays as it was.
    """
    if any(find_spec(name) is None for name in ("jupyterlite_core", "jupyterlite_pyodide_kernel")):
        raise SiteError(MISSING)
    if folder.exists() and any(folder.iterdir()) and not (folder / CONFIG).is_file():
        raise SiteError(f"{folder} holds something else than a site. Name another folder, or empty this one.")
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

    folder.parent.mkdir(parents=True, exist_ok=True)
    course = load_course(content_root(), scenario_root())
    # Beside its target, so that putting it in place is one step.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        work, new = Path(scratch) / "lite", Path(scratch) / "site"
        say(f"[1/4] Python for the browser: Pyodide {PYODIDE_VERSION}{'' if pyodide else ', through npm'}")
        found = find_pyodide(PYODIDE_VERSION, pyodide, Path(scratch))
        say("[2/4] Packages and the course")
        _write_source(work, found)
        say("[3/4] JupyterLite")
        _run_jupyterlite(work, new)
        say("[4/4] The front page")
        write_file(new / "index.html", front_page(course, _first(course)))
        _put_in_place(new, folder, Path(scratch) / "before")


def _first(course: Course) -> str:
    return f"{course.modules[0].stem}.ipynb"


def _write_source(work: Path, pyodide: Path) -> None:
    """What JupyterLite builds from: notebooks, settings, Python and its packages."""
    runtime = work / "static" / "pyodide"
    runtime.mkdir(parents=True)
    wheels = _wheels(runtime, pyodide)
    packages = lay_out(pyodide, wheels, runtime)
    environment = {WORKSPACE: DRIVE}
    if scenario_root():
        major, minor, *_ = python_of(pyodide).split(".")
        environment[SCENARIO_NAME] = f"/lib/python{major}.{minor}/site-packages/{SCENARIO}"
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": packages, "env": environment},
    }
    data = {"appName": "Fail Forward", "litePluginSettings": {f"{KERNEL}-extension:kernel": kernel}}
    _write_json(work / CONFIG, {"jupyter-lite-schema-version": 0, "jupyter-config-data": data})
    settings = {name.removesuffix(".jupyterlab-settings"): values for name, values in LAB_SETTINGS.items()}
    _write_json(work / "overrides.json", {":".join(name.rsplit("/", 1)): each for name, each in settings.items()})
    notebooks = sorted(built("notebooks").glob("*.ipynb"))
    if not notebooks:
        raise SiteError("There are no notebooks to put into the site. Make them with 'workshop build'.")
    for path in notebooks:
        notebook = json.loads(path.read_bytes())
        notebook["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python", "language": "python"}
        _write_json(work / "files" / path.name, notebook)


def _wheels(into: Path, pyodide: Path) -> list[Wheel]:
    """Everything that the kernel loads: the packages, ours, the kernel itself, and two that install nothing."""
    word = ("python-docx",) if "lxml" in shipped_with(pyodide) else ()
    wheels = gather(into, python_of(pyodide), word)
    wheels.append(own_wheel(version("failforward-workshop"), into))
    for path in (_extension(EXTENSIONS[-1]) / "static" / "pypi").glob("*.whl"):
        name, number, _ = path.name.split("-", 2)
        if name in ("ipykernel", "pyodide_kernel"):
            shutil.copyfile(path, into / path.name)
            wheels.append(Wheel(name.replace("_", "-"), number, into / path.name, imports=(name,)))
    installer = {"piplite/__init__.py": NO_INSTALLER, "piplite/piplite.py": NO_INSTALLER, "piplite/cli.py": NO_PIP}
    wheels.append(write_wheel("piplite", "0", installer, into))
    wheels.append(write_wheel("micropip", "0", {"micropip.py": NO_INSTALLER}, into))
    return wheels


def _extension(name: str) -> Path:
    """The folder of one of JupyterLab's extensions; SiteError if it isn't installed."""
    from jupyter_core.paths import jupyter_path

    for root in jupyter_path("labextensions"):
        if (Path(root) / name / "package.json").is_file():
            return Path(root) / name
    raise SiteError(f"JupyterLab's extension {name} is not installed here. {MISSING.partition('. ')[2]}")


def _run_jupyterlite(work: Path, new: Path) -> None:
    # The extensions are named: what else is installed here has no place in the site.
    options = {
        "apps": ["lab"],
        "contents": ["files"],
        "federated_extensions": [str(_extension(name)) for name in EXTENSIONS],
        "ignore_sys_prefix": True,
        "no_libarchive": True,
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(new),
    }
    _write_json(work / "jupyter_lite_config.json", {"LiteBuildConfig": options})
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    ran = subprocess.run(command, cwd=work, capture_output=True, text=True)
    if ran.returncode or not (new / CONFIG).is_file():
        said = "\n".join((ran.stdout + ran.stderr).strip().splitlines()[-12:])
        raise SiteError(f"JupyterLite could not build the site:\n{said}")


def _put_in_place(new: Path, folder: Path, before: Path) -> None:
    """Let the finished site take the old one's place."""
    new.chmod(0o755)
    if folder.exists():
        folder.replace(before)
    try:
        new.replace(folder)
    except OSError:
        if before.exists():
            before.replace(folder)
        raise


def _write_json(path: Path, data: Mapping[str, Any] | Sequence[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
