from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workshop.errors import UnknownName
from workshop.payments.contract import (
    ASKED,
    Shortfall,
    agree,
    clause,
    clauses,
    currencies,
    objectives,
    problems,
    promise,
    term,
)
from workshop.payments.document import Contract, parse_contract, write_text

SIGNED_ON = date(2025, 12, 8)


def kinds(contract: Contract, on: date = SIGNED_ON) -> list[str]:
    return [shortfall.kind for shortfall in problems(contract, on)]


def words(contract: Contract, on: date = SIGNED_ON) -> str:
    return "\n".join(map(str, problems(contract, on)))


def test_the_shipped_contract_stands_once_it_is_signed(contract: Contract) -> None:
    assert problems(contract, SIGNED_ON) == ()
    assert kinds(contract, date(2025, 12, 4)) == ["unsigned", "unsigned"]


@pytest.mark.parametrize("signature", [{"role": "provider owner", "name": "Ines Duarte"}, {"role": "guest"}])
def test_a_missing_signature_or_date_is_unsigned(contract: Contract, signature: Mapping[str, str]) -> None:
    half = [contract.terms["signatures"][0], signature]
    assert words(agree(contract, {"signatures": half})).startswith("Not signed: the provider owner's")


def test_a_contract_expires(contract: Contract) -> None:
    delivered = agree(contract, {"delivery.delivered": "2026-02-01"})
    assert kinds(delivered, date(2026, 12, 31)) == []
    assert kinds(delivered, date(2027, 1, 1)) == ["expired"]


@pytest.mark.parametrize("place", ASKED)
def test_every_open_question_is_asked(contract: Contract, place: str) -> None:
    found = problems(agree(contract, {place: " "}), SIGNED_ON)
    assert Shortfall("half-filled", place, ASKED[place]) in found


def test_a_promise_leaves_everything_open(contract: Contract) -> None:
    found = problems(promise(contract), SIGNED_ON)
    assert {shortfall.place for shortfall in found if shortfall.kind == "half-filled"} >= set(ASKED)
    assert [shortfall.kind for shortfall in found].count("unsigned") == 2
    assert "at 5x the usual load" in words(promise(contract))


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"delivery.p50": "soon"}, "delivery.p50: 'soon' is no date of the form 2026-03-02."),
        ({"delivery.p50": "2026-02-20"}, "(2026-02-13) is before the even one (2026-02-20)"),
        ({"notice.hours": "a day"}, "notice.hours: 'a day' is no whole number of hours."),
        ({"clauses": {}}, "no clause"),
    ],
)
def test_answers_that_answer_nothing_are_half_filled(contract: Contract, terms: dict[str, Any], sentence: str) -> None:
    changed = agree(contract, terms)
    assert sentence in words(changed)
    assert set(kinds(changed)) == {"half-filled"}


def test_a_slip_must_be_told_in_time(contract: Contract) -> None:
    def slipped(**slip: str) -> Contract:
        return agree(contract, {"slips": [slip]})

    on = date(2026, 2, 10)
    assert kinds(slipped(known="2026-02-01", told="2026-02-02", p80="2026-03-06"), on) == []
    late = slipped(known="2026-02-01", told="2026-02-03", p80="2026-03-06")
    assert words(late, on) == (
        "Rates knew on 2026-02-01 that the date slips and told on 2026-02-03; "
        "the contract asks for notice within 24 hours."
    )
    silent = slipped(known="2026-02-01")
    assert kinds(silent, date(2026, 2, 2)) == []
    assert words(silent, on) == "Rates knew on 2026-02-01 that the date slips, and has told nobody."


def test_a_passed_date_without_delivery_is_a_slip(contract: Contract) -> None:
    on = date(2026, 2, 14)
    assert "was due to deliver by 2026-02-13" in words(contract, on)
    assert kinds(agree(contract, {"delivery.delivered": "2026-02-12"}), on) == []
    moved = agree(contract, {"slips": [{"known": "2026-02-01", "told": "2026-02-01", "p80": "2026-03-06"}]})
    assert kinds(moved, on) == []


def test_a_currency_that_differs_from_the_standard_names_its_authority(contract: Contract) -> None:
    def with_row(code: str, **row: Any) -> Contract:
        table = {**contract.terms["currencies"], code: {**contract.terms["currencies"].get(code, {}), **row}}
        return agree(contract, {"currencies": table})

    assert currencies(contract)["HUF"].decimals == 0
    sentence = "HUF has 0 decimals here and 2 in ISO 4217, and no other authority is named."
    assert words(with_row("HUF", authority="ISO 4217")) == sentence
    withdrawn = with_row("HRK", decimals=2, authority="ISO 4217", smallest="1.00", largest="9.00")
    assert "HRK is not (or no longer) a currency of ISO 4217" in words(withdrawn)
    disagreeing = with_row("JPY", decimals=2, authority="the acquirer", smallest="1.00", largest="9.00")
    assert "The table and the schema disagree on JPY" in words(disagreeing)
    assert "The limits of EUR can't be read" in words(with_row("EUR", smallest="half a euro"))


def test_an_example_that_contradicts_its_schema_is_named(contract: Contract) -> None:
    text = write_text(contract).replace("amount: '16237'", "amount: '16237.00'")
    found = problems(parse_contract(text, "a.yaml"), SIGNED_ON)
    assert [(each.kind, each.place) for each in found] == [("example", "createQuote answers 201 eur_jpy")]


def test_terms_are_read_by_place(contract: Contract) -> None:
    assert term(contract, "provider.team") == "Rates"
    assert term(contract, "provider.cat") == ""
    assert term(contract, "purpose.deeper") == ""
    assert objectives(contract)[5].p95_ms == 400
    assert objectives(contract)[1].error_budget_percent == Decimal("0.1")
    assert currencies(contract)["KWD"].unit == Decimal("0.001")


def test_agreeing_changes_a_copy(contract: Contract) -> None:
    changed = agree(contract, {"provider.deputy": "Somebody Else", "fallback": "None"})
    assert term(changed, "provider.deputy") == "Somebody Else"
    assert term(changed, "provider.owner") == term(contract, "provider.owner")
    assert term(contract, "provider.deputy") == "Tomas Berg"


def test_clauses_are_found_by_number(contract: Contract) -> None:
    assert clause(contract, "4.4").startswith("A quote is accepted once.")
    assert list(clauses(contract)) == sorted(clauses(contract))
    with pytest.raises(UnknownName, match="There is no clause '9.9'"):
        clause(contract, "9.9")
