"""The gate: the same verification as a folder to take home, for a repository and its pipeline.

The folder carries the verifier's own modules as files, under the name ``contract_gate``. A dependency on the course
would be one line instead; but a pipeline must run on an empty machine for years, long after the workshop, and whoever
is blocked by a gate must be able to read what blocks them. Its only requirements are small, widely used libraries.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from workshop.errors import ExportError
from workshop.payments.document import Contract, write_text
from workshop.payments.law import Law

CARRIED = ("money", "document", "contract", "exchange", "samples", "attacks", "law", "laws", "verify", "serve")
"""The modules that verification needs."""

PACKAGE = "contract_gate"
TAKE_HOME = "take_home"
OWN_LAWS = '''"""Laws of your own, written in the course or here. The gate holds the service against all of them."""

from datetime import datetime, timedelta
from decimal import Decimal

from contract_gate.law import law

__all__ = ["LAWS", "Decimal", "datetime", "law", "timedelta"]
'''


def write_gate(
    folder: Path,
    contract: Contract,
    own_laws: Iterable[Law] = (),
    *,
    start: str = "./start-service &",
    url: str = "http://127.0.0.1:8080",
) -> tuple[Path, ...]:
    """Writes the gate for ``contract`` into ``folder`` and returns its files.

    ``start`` is the command that starts the service in the pipeline, ``url`` where it answers then. ExportError if the
    folder has files of these names that aren't a gate's, or a law's source can't be found.
    """
    contents = gate_files(contract, own_laws, start=start, url=url)
    if not (folder / PACKAGE).is_dir() and (taken := [name for name in contents if (folder / name).exists()]):
        raise ExportError(f"{folder} already has {taken[0]}. Name an empty folder.")
    for name, text in contents.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return tuple(folder / name for name in contents)


def gate_files(contract: Contract, own_laws: Iterable[Law], *, start: str, url: str) -> dict[str, str]:
    """The gate's files, relative path to text."""
    templates = files("workshop.payments") / TAKE_HOME

    def template(name: str) -> str:
        return (templates / name).read_text(encoding="utf-8")

    job = template("contract.yml.txt").replace('"@START@"', _quoted(start)).replace('"@URL@"', _quoted(url))
    return {
        "README.md": template("README.md"),
        "requirements.txt": template("requirements.txt"),
        "test_contract.py": template("test_contract.py.txt"),
        "contract.openapi.yaml": write_text(contract),
        "own_laws.py": _own_laws(tuple(own_laws)),
        ".github/workflows/contract.yml": job,
        f"{PACKAGE}/__init__.py": '"""Verifies a service against its contract."""\n',
        f"{PACKAGE}/errors.py": _carried("workshop", "errors"),
        **{f"{PACKAGE}/{name}.py": _carried("workshop.payments", name) for name in CARRIED},
    }


def _carried(package: str, name: str) -> str:
    """A module's text, with its imports turned to the gate's own package."""
    text = (files(package) / f"{name}.py").read_text(encoding="utf-8")
    return text.replace("workshop.payments", PACKAGE).replace("workshop.errors", f"{PACKAGE}.errors")


def _own_laws(laws: tuple[Law, ...]) -> str:
    parts = [OWN_LAWS]
    for each in laws:
        extra = ""
        if each.asks:
            parts.append(_source(each.asks))
            extra = f", asks={each.asks.__name__}"
        on = each.operations[0] if len(each.operations) == 1 else each.operations
        parts.append(f"@law(clause={each.clause!r}, on={on!r}{extra})\n{_source(each.judge)}")
    names = "".join(f"{each.name}, " for each in laws)
    return "\n\n".join([*parts, f"LAWS = ({names.rstrip() if len(laws) == 1 else names.rstrip(', ')})\n"])


def _source(function: Callable[..., Any]) -> str:
    """The text of a function, without its decorators; a notebook's cells have a text too."""
    try:
        text = textwrap.dedent(inspect.getsource(function))
        definition = ast.parse(text).body[0]
    except (OSError, TypeError, SyntaxError, IndexError):
        raise ExportError(f"The source of {function.__name__} can't be found. Write it in a cell of its own.") from None
    return "\n".join(text.splitlines()[definition.lineno - 1 :]) + "\n"


def _quoted(text: str) -> str:
    """``text`` as YAML, in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
