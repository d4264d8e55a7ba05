"""Form is decided by ruff, types by mypy, spelling by codespell; a function stays readable."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_MODULE, LONGEST_FUNCTION = 330, 55
"""Lines. A budget rather than a law: 300 and 50, with a little air."""

MODULES = sorted((ROOT / "workshop").rglob("*.py"))


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["codespell", "content", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
    ],
    ids=" ".join,
)
def test_the_tools_have_nothing_to_say(command: list[str]) -> None:
    code = ["-m", command[0].replace("codespell", "codespell_lib"), *command[1:]]
    done = subprocess.run([sys.executable, *code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= LONGEST_FUNCTION, node.name
