"""The contract lab as a notebook uses it."""

import json
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import psutil  # type: ignore[import-untyped]
import pytest
import yaml
from jupyter_client.blocking.client import BlockingKernelClient

from tests.test_kills import kernel
from workshop.contract_lab import LabContract
from workshop.course import Course
from workshop.lab import Lab
from workshop.payments.document import parse_contract
from workshop.payments.law import Law
from workshop.views.chart import Chart
from workshop.views.table import Table

UNSIGNED = "This contract doesn't stand yet: not signed"


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    monkeypatch.setenv("WORKSHOP_WORKSPACE", str(tmp_path))
    return Lab("dependency-contract")


@pytest.fixture
def signed(lab: Lab, course: Course) -> Lab:
    """After the strong persona has filled in the promise."""
    lab.exercise("promise").answer(course.scenario.personas["strong"].answers["promise"])
    return lab


@pytest.fixture
def contract(signed: Lab) -> LabContract:
    return signed.contract()


def column(table: Table, number: int) -> list[str]:
    return [row[number] for row in table.rows]


def test_a_contract_with_holes_says_so_wherever_it_is_used(lab: Lab) -> None:
    contract = lab.contract()
    assert contract.shortfalls[0].kind == "unsigned"
    for shown in (
        contract.narrow_suite("mock"),
        contract.verify("reference"),
        contract.strictness("reference"),
        contract.merge("reference"),
    ):
        assert UNSIGNED in shown.note
    assert UNSIGNED in contract.load().caption


def test_a_contract_that_stands_says_nothing(contract: LabContract) -> None:
    assert contract.shortfalls == ()
    assert "Nothing: the contract stands." in repr(contract)
    assert "doesn't stand" not in contract.verify("reference").note


def test_on_the_day_of_the_delivery_it_remembers_the_duty_of_notice(contract: LabContract) -> None:
    ((kind, words),) = contract.at_delivery().rows
    assert kind == "a slip"
    assert "within 24 hours" in words


def test_the_narrow_suite_is_green_on_the_mock_and_on_what_was_delivered(contract: LabContract) -> None:
    for name in ("mock", "delivered"):
        assert column(contract.narrow_suite(name), 1) == ["passed"] * 8


def test_verification_is_red_on_what_was_delivered_and_green_on_the_reference(contract: LabContract) -> None:
    assert {"1.3", "2.2", "3.2", "3.5", "4.3", "5.1"} <= set(column(contract.verify("delivered"), 0))
    assert column(contract.verify("reference"), 0) == ["Nothing: every clause that is checked holds."]
    assert [int(count) for count in column(contract.strictness("delivered"), 1)] == sorted(
        int(count) for count in column(contract.strictness("delivered"), 1)
    )


def test_a_law_of_one_s_own_closes_the_gap(contract: LabContract) -> None:
    assert column(contract.gaps(), 0) == ["4.4"]
    assert "4.4" not in column(contract.verify("delivered"), 0)

    @contract.law(clause="4.4", on="acceptQuote")
    def accepted_once(exchange, call):  # type: ignore[no-untyped-def]
        return call("acceptQuote", path=exchange.path).answer["deal_id"] == exchange.answer["deal_id"]

    assert isinstance(accepted_once, Law)
    assert "4.4" in column(contract.verify("delivered"), 0)
    assert "4.4" not in column(contract.verify("reference"), 0)
    assert column(contract.gaps(), 0) == ["Nothing: every clause is checked."]
    assert "exports" not in str(contract.take_home())
    assert "accepted_once" in (Path(contract._exports) / "gate" / "own_laws.py").read_text()


@pytest.fixture
def no_servers() -> Iterator[None]:
    yield
    from workshop.payments.serve import _RUNNING

    for served in list(_RUNNING.values()):
        served.stop()


@pytest.mark.usefixtures("no_servers")
def test_the_mock_is_really_served_and_replaced_by_the_next(contract: LabContract) -> None:
    first = contract.serve()
    mock = contract.serve()
    assert first.served
    assert not first.served.running
    with build_opener(ProxyHandler({})).open(f"{mock.url}/v1/rates/EUR/USD", timeout=10) as answer:
        assert json.load(answer)["rate"] == "1.08500"
    assert [row[1] for row in mock._tried().rows] == ["201", "201", "422"]


def test_where_nothing_can_be_served_the_mock_answers_in_the_notebook(
    contract: LabContract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "emscripten")
    mock = contract.serve()
    assert mock.url == ""
    assert [row[1] for row in mock._tried().rows] == ["201", "201", "422"]


@pytest.mark.slow
def test_the_share_that_fails_is_computed_and_none_fails_with_the_reference(contract: LabContract) -> None:
    rows = {row[0]: row for row in contract.engines().rows}
    low, high = (float(end.rstrip("%")) for end in rows["what was delivered"][3].split(" - "))
    assert low <= 15 <= high
    assert rows["a service that keeps the contract"][2] == "0.0%"
    failing, none = contract.replay("delivered"), contract.replay("reference")
    assert isinstance(failing, Chart)
    assert "HUF" in column(failing.table, 0)
    assert isinstance(none, Table)
    assert column(none, 0) == ["No payment fails."]
    assert column(contract.causes("delivered"), 0)[0] == "2.2"
    assert "HU" in column(contract.countries("delivered"), 0)


def test_load_is_drawn_with_and_without_an_objective(lab: Lab, contract: LabContract) -> None:
    assert column(contract.load().table, 3) == ["250", "", "", "", "400", ""]
    lab.exercise("promise").answer(per_second=None)
    assert column(lab.contract().load().table, 3) == [""] * 6


def test_the_gate_blocks_what_was_delivered_and_lets_the_reference_pass(contract: LabContract) -> None:
    blocked, passed = contract.merge("delivered"), contract.merge("reference")
    assert blocked.note.startswith("The merge is blocked.")
    assert column(blocked, 1).count("BROKEN") >= 6
    assert passed.note.startswith("The merge may go on.")
    assert "BROKEN" not in column(passed, 1)


def test_the_form_takes_home_one_file_that_any_tool_of_the_field_reads(signed: Lab, tmp_path: Path) -> None:
    from openapi_spec_validator import validate

    md, html, openapi = signed.exercise("promise").export()
    text = openapi.read_text(encoding="utf-8")
    validate(yaml.safe_load(text))
    assert parse_contract(text, "x").terms["provider"]["owner"] == "Ana Duarte"
    assert "half to even" in md.read_text(encoding="utf-8"), "the clauses belong to what is signed"
    assert "half to even" in html.read_text(encoding="utf-8")


OPEN = """
import os
from workshop import Lab
mock = Lab("dependency-contract").contract().serve()
print(os.getpid(), mock.url)
"""


def opened(client: BlockingKernelClient) -> tuple[int, int]:
    """Serve a mock from a cell, and return the kernel's process and the port."""
    said = []
    client.execute_interactive(OPEN, timeout=120, output_hook=lambda message: said.append(message["content"]))
    process, url = next(each["text"] for each in said if "text" in each).split()
    return int(process), int(url.rpartition(":")[2])


@pytest.mark.notebooks
def test_a_killed_kernel_holds_no_port_and_leaves_no_process(tmp_path: Path) -> None:
    for _ in range(2):  # the second time as after "restart, run all"
        with kernel(tmp_path) as (manager, client):
            process, port = opened(client)
            with socket.socket() as taken, pytest.raises(OSError):
                taken.bind(("127.0.0.1", port))
            children = psutil.Process(process).children(recursive=True)
            assert children == []
            manager.signal_kernel(signal.SIGKILL)
            psutil.Process(process).wait(30)
            with socket.socket() as free:
                free.bind(("127.0.0.1", port))
        assert not psutil.pid_exists(process)
