import re

import pytest

from workshop.errors import ContentError, UnknownName
from workshop.payments.document import (
    SCHEMA_LEVELS,
    Contract,
    at_level,
    fx_quote,
    parse_contract,
    walk_examples,
    write_text,
)

QUOTE = {"sell": {"currency": "EUR", "amount": "100.00"}, "buy_currency": "JPY"}


def breach(contract: Contract, value: object) -> str:
    schema = contract.operation("createQuote").body
    assert schema is not None
    found = contract.breach(schema, value)
    return f"{found.clause} {found.words}" if found else ""


def test_the_file_has_the_operations_of_a_quote_service(contract: Contract) -> None:
    assert list(contract.operations) == [
        "readRate", "createQuote", "readQuote", "acceptQuote", "refund", "totalLines",
    ]  # fmt: skip
    assert contract.operation("refund").keyed
    assert not contract.operation("readRate").keyed


def test_every_example_fits_its_schema(contract: Contract) -> None:
    examples = list(walk_examples(contract))
    assert len(examples) > 20
    assert [name for name, schema, value in examples if contract.breach(schema, value)] == []


def test_dates_no_and_figures_stay_text() -> None:
    head = "openapi: 3.1.0\npaths: {a: b}\ncomponents: {c: d}\n"
    text = head + "info: {code: NO, day: 2026-03-02, share: 99.9, time: 10:30, whole: 5, so: true, none: null}\n"
    info = parse_contract(text, "a.yaml").document["info"]
    assert info == {
        "code": "NO", "day": "2026-03-02", "share": "99.9", "time": "10:30", "whole": 5, "so": True, "none": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: [", "a.yaml:2: unreadable YAML"),
        ("a: 1\na: 2\n", "a.yaml:2: unreadable YAML: 'a' stands twice"),
        ("openapi: 3.1.0\n", "a.yaml:1: no contract: info, paths, components missing"),
        ("- 1\n", "a.yaml:1: no contract: openapi"),
    ],
)
def test_an_unreadable_file_says_where(text: str, message: str) -> None:
    with pytest.raises(ContentError, match=re.escape(message)):
        parse_contract(text, "a.yaml")


def test_what_is_written_reads_the_same_here_and_elsewhere(contract: Contract) -> None:
    text = write_text(contract)
    assert parse_contract(text, "a.yaml").document == contract.document
    # Other readers take an unquoted date for a date; this one is quoted.
    assert "expires: '2026-12-31'" in text


def test_a_breach_says_what_and_where(contract: Contract) -> None:
    assert breach(contract, QUOTE) == ""
    wrong = {**QUOTE, "sell": {"currency": "JPY", "amount": "100.00"}}
    assert breach(contract, wrong) == "2.2 sell.amount is '100.00' and should be an amount without decimals"
    unknown = breach(contract, {**QUOTE, "buy_currency": "HRK"})
    assert unknown == "2.1 buy_currency is 'HRK' and should be a currency of the contract's table"
    assert "buy_currency" in breach(contract, {"sell": QUOTE["sell"]})
    assert breach(contract, None)


def test_levels_grow_stricter(contract: Contract) -> None:
    values = [
        {**QUOTE, "buy_currency": "HRK"},
        {**QUOTE, "sell": {"currency": "EUR", "amount": "100"}},
        {**QUOTE, "sell": {"currency": "EUR", "amount": 100}},
    ]
    seen = {level: [bool(breach(at_level(contract, level), value)) for value in values] for level in SCHEMA_LEVELS}
    assert seen == {
        "free": [False, False, True],
        "enum": [True, False, True],
        "patterns": [True, True, True],
    }
    with pytest.raises(UnknownName, match="Did you mean 'patterns'"):
        at_level(contract, "pattern")


def test_weakening_leaves_the_contract_as_it_was() -> None:
    contract = fx_quote()
    before = write_text(contract)
    at_level(contract, "free")
    assert write_text(contract) == before


def test_an_unknown_operation_offers_the_nearest(contract: Contract) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'createQuote'"):
        contract.operation("create_quote")
