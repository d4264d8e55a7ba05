"""A second opinion: an industrial tool on the same file.

schemathesis (https://schemathesis.readthedocs.io) reads any OpenAPI file and sends what its schemas allow and forbid.
It knows nothing of our laws: it finds what a schema can say, and nobody has written a line for this contract. It is an
optional extra (``failforward-workshop[second-opinion]``); the course runs without it.
"""

import importlib.util
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workshop.errors import WorkshopError
from workshop.payments.document import Contract, write_text
from workshop.payments.exchange import Handler
from workshop.payments.serve import serve

EXTRA = "second-opinion"
SETTINGS = """
# A quote that has expired, a key that was used, an amount beyond its limits: refusals that the contract knows.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "404", "409", "410", "422"]
"""


class NotInstalled(WorkshopError):
    """The tool is not there, and how it gets there."""


@dataclass(frozen=True)
class Complaint:
    """What the tool has to say: a kind of failure, how often, and the operations that showed it."""

    title: str
    count: int
    operations: tuple[str, ...]


def second_opinion(contract: Contract, handler: Handler, *, examples: int = 10, seed: int = 1) -> tuple[Complaint, ...]:
    """What schemathesis has against ``handler``, served on this machine; nothing if it is content.

    ``examples`` is how many requests it makes up for each operation and phase, ``seed`` which. It takes from some
    seconds to a minute. NotInstalled without the extra; WorkshopError if the tool itself fails.
    """
    if importlib.util.find_spec("schemathesis") is None:
        raise NotInstalled(f"schemathesis is not installed. Run: pip install 'failforward-workshop[{EXTRA}]'")
    with TemporaryDirectory() as folder, serve(handler, "second opinion") as served:
        report = _report(contract, served.url, Path(folder), examples, seed)
    return tuple(Complaint(each["title"], each["count"], tuple(each["operations"])) for each in report["failures"])


def _report(contract: Contract, url: str, folder: Path, examples: int, seed: int) -> dict[str, Any]:
    (folder / "contract.yaml").write_text(write_text(contract), encoding="utf-8")
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    result = folder / "report.json"
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", "settings.toml", "run", "contract.yaml"]
    command += ["--url", url, "--max-examples", str(examples), "--seed", str(seed), "--no-color"]
    command += ["--report", "json", "--report-json-path", str(result)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if not result.exists():
        raise WorkshopError(f"schemathesis did not run: {(done.stderr or done.stdout).strip()[-500:]}")
    return dict(json.loads(result.read_text(encoding="utf-8")))
