import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from workshop.errors import ExportError
from workshop.payments.bugs import GAP, provider
from workshop.payments.contract import agree
from workshop.payments.document import Contract, parse_contract
from workshop.payments.exchange import Caller, Exchange
from workshop.payments.gate import write_gate
from workshop.payments.law import law
from workshop.payments.serve import serve


@law(clause="4.4", on="acceptQuote")
def accepted_once(exchange: "Exchange", call: "Caller") -> bool:
    again = call("acceptQuote", path=exchange.path)
    return bool(again.answer["deal_id"] == exchange.answer["deal_id"])


@pytest.fixture
def standing(contract: Contract) -> Contract:
    """The contract, delivered and in force for longer than these tests."""
    return agree(contract, {"delivery.delivered": "2026-02-01", "expires": "2999-12-31"})


def run(folder: Path, url: str = "") -> subprocess.CompletedProcess[str]:
    """pytest in the folder, as on a machine that has never heard of the course."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PROVIDER_URL")}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    if url:
        environment["PROVIDER_URL"] = url
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rs", "--rootdir", str(folder)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_gate_passes_the_reference_and_says_what_it_leaves_open(tmp_path: Path, standing: Contract) -> None:
    write_gate(tmp_path, standing)
    with serve(provider(standing), "gate") as served:
        green = run(tmp_path, served.url)
    assert green.returncode == 0, green.stdout
    assert "24 passed, 1 skipped" in green.stdout
    assert "nothing checks this clause yet" in green.stdout


def test_with_a_law_of_one_s_own_the_gate_blocks_the_gap(tmp_path: Path, standing: Contract) -> None:
    write_gate(tmp_path, standing, [accepted_once])
    with serve(provider(standing, GAP), "gate") as served:
        red = run(tmp_path, served.url)
    assert red.returncode == 1
    assert "Clause 4.4: A quote is accepted once." in red.stdout
    assert "1 failed, 24 passed" in red.stdout


def test_a_gate_without_a_service_lets_nothing_pass(tmp_path: Path, contract: Contract) -> None:
    write_gate(tmp_path, agree(contract, {"expires": "2020-01-01"}))
    result = run(tmp_path)
    assert result.returncode == 1
    assert "PROVIDER_URL is not set" in result.stdout
    assert "Expired: the contract held until 2020-01-01" in result.stdout


def test_the_folder_needs_only_what_it_says(tmp_path: Path, contract: Contract) -> None:
    write_gate(tmp_path, contract)
    code = "import sys, test_contract; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = set(found.stdout.split())
    assert "contract_gate" in loaded
    assert not loaded & {"workshop", "pandas", "nbformat", "jsonschema", "ipywidgets", "click"}
    stated = {line.split(">=")[0] for line in (tmp_path / "requirements.txt").read_text().splitlines()}
    assert stated == {"fastjsonschema", "iso4217", "pytest", "PyYAML"}


def test_the_folder_is_the_participant_s_contract_and_job(tmp_path: Path, contract: Contract) -> None:
    files = write_gate(tmp_path, contract, start='make "serve" &', url="http://127.0.0.1:9000")
    assert all(file.is_file() for file in files)
    carried = (tmp_path / "contract.openapi.yaml").read_text()
    assert parse_contract(carried, "contract.openapi.yaml").document == contract.document
    job = yaml.safe_load((tmp_path / ".github/workflows/contract.yml").read_text())
    steps = job["jobs"]["contract"]["steps"]
    assert steps[-2]["run"] == 'make "serve" &'
    assert steps[-1]["env"] == {"PROVIDER_URL": "http://127.0.0.1:9000"}


def test_a_gate_is_renewed_and_nothing_else_is_overwritten(tmp_path: Path, contract: Contract) -> None:
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(ExportError, match=r"already has README\.md"):
        write_gate(tmp_path, contract)
    assert (tmp_path / "README.md").read_text() == "mine"
    fresh = tmp_path / "fresh"
    write_gate(fresh, contract)
    write_gate(fresh, contract, [accepted_once])
    assert "def accepted_once" in (fresh / "own_laws.py").read_text()


def test_a_law_without_a_source_is_said(tmp_path: Path, contract: Contract) -> None:
    names: dict[str, object] = {}
    exec("def hidden(exchange, call): return True", names)
    hidden = law(clause="4.4", on="acceptQuote")(names["hidden"])  # type: ignore[arg-type]
    with pytest.raises(ExportError, match="The source of hidden can't be found"):
        write_gate(tmp_path, contract, [hidden])
    assert list(tmp_path.iterdir()) == []
