"""The dependency rule: a module imports only from its own row and from earlier ones."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "workshop"
ROWS = (
    ("errors",),
    (
        *("calendar_file", "course", "facts", "files", "markdown", "interface", "onscreen", "workspace"),
        *("agenda", "sections"),
    ),
    ("models",),
    ("exercises", "payments"),
    ("content", "journal"),
    ("build", "views", "frames"),
    (
        *("attempt", "setup_check", "export", "contract_lab", "lab", "run", "start", "publish", "asking"),
        *("paper", "pdf", "progress", "whereabouts", "server", "app", "pages", "site"),
    ),
    ("cli", "commands"),
)
ROW = {name: number for number, names in enumerate(ROWS) for name in names}
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    from_imports = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return {name.split(".")[1] for name in from_imports | imports if name.startswith("workshop.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_to_earlier_rows(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    later = {name for name in imported(path) if ROW[name] > ROW[room]}
    assert not later, f"{room} may not import {later}"


def test_exercises_know_no_widget_file_clock_or_chance() -> None:
    forbidden = {"ipywidgets", "anywidget", "random", "secrets", "time", "pathlib", "os", "uuid", "pandas", "numpy"}
    for path in sorted((PACKAGE / "exercises").glob("*.py")):
        tree = ast.parse(path.read_text())
        names = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        names |= {(n.module or "").split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert not names & forbidden, path.name


@pytest.mark.parametrize("modules", ["workshop.content, workshop.build.notebook, workshop.build.notes", "workshop.cli"])
def test_light_imports_stay_light(modules: str) -> None:
    heavy = "{'pandas', 'numpy', 'papermill', 'ipywidgets', 'anywidget', 'docx', 'jupyterlab', 'jsonschema'}"
    code = f"import sys, {modules}; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
