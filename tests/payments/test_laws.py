from decimal import Decimal
from fractions import Fraction

import pytest

from workshop.errors import UnknownName
from workshop.payments.attacks import tie_amounts
from workshop.payments.bugs import BUGS, GAP, provider
from workshop.payments.contract import clause, currencies
from workshop.payments.document import Contract
from workshop.payments.exchange import Caller, Exchange
from workshop.payments.law import Law, Registry, Verdict, law
from workshop.payments.laws import SHIPPED
from workshop.payments.rules import BOOK
from workshop.payments.verify import unguarded, verify

SEEN_BY = {
    "amounts_stay_within_limits": "smallest_ignored",
    "zero_is_quoted_as_zero": "zero_refused",
    "euro_rates_have_six_figures": "short_rates",
    "directions_agree": "inverse_drift",
    "conversions_lead_through_the_euro": "cross_direct",
    "amounts_are_rounded_half_to_even": "half_up",
    "total_is_the_sum_of_its_lines": "total_of_exact",
    "answers_repeat_the_question": "third_decimal_dropped",
    "quotes_live_thirty_seconds": "long_life",
    "acceptance_ends_with_the_quote": "late_accepted",
    "repetition_changes_nothing": "retry_repeats",
    "other_body_is_refused": "other_body_answered",
    "keys_belong_to_their_client": "key_shared",
    "keys_are_free_after_a_day": "key_forever",
    "refusals_leave_the_key_free": "refusal_kept",
    "whole_refund_pays_back_what_was_sold": "refund_new_rate",
    "refunds_end_at_what_was_bought": "refund_unlimited",
}
"""Law to a bug that it finds."""


@law(clause="4.4", on="acceptQuote")
def accepted_once(exchange: Exchange, call: Caller) -> bool:
    again = call("acceptQuote", path=exchange.path)
    return bool(again.answer["deal_id"] == exchange.answer["deal_id"])


def test_the_table_of_laws_is_whole() -> None:
    assert SEEN_BY.keys() == {each.name for each in SHIPPED}


@pytest.mark.parametrize("each", SHIPPED, ids=lambda each: each.name)
def test_each_law_alone_finds_its_bug(contract: Contract, each: Law) -> None:
    report = verify(contract, provider(contract, SEEN_BY[each.name]), laws=[each])
    assert [(finding.clause, finding.rule) for finding in report.findings[:1]] == [(each.clause, each.title)]


@pytest.mark.parametrize("bug", [bug for bug in BUGS if bug != GAP])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_bug_is_found_with_every_seed(contract: Contract, bug: str, seed: int) -> None:
    assert not verify(contract, provider(contract, bug), seed=seed).passed


def test_the_gap_is_a_clause_without_a_law(contract: Contract) -> None:
    assert unguarded(contract) == {"4.4": clause(contract, "4.4")}
    assert unguarded(contract, (*SHIPPED, accepted_once)) == {}


def test_a_law_of_one_s_own_closes_the_gap(contract: Contract) -> None:
    laws = (*SHIPPED, accepted_once)
    assert verify(contract, provider(contract), laws=laws).passed
    report = verify(contract, provider(contract, GAP), laws=laws)
    assert [(finding.clause, finding.operation) for finding in report.findings] == [("4.4", "acceptQuote")]
    assert report.findings[0].example.endswith("accepted once: that is not so here")


def test_a_registry_replaces_a_law_of_the_same_name() -> None:
    registry = Registry(SHIPPED)
    for verdict in ("first", "second"):  # a cell that runs twice

        @registry.law(clause="4.4", on="acceptQuote")
        def mine(exchange: Exchange, call: Caller, verdict: str = verdict) -> Verdict:
            return verdict

    assert [each.name for each in registry] == [*(each.name for each in SHIPPED), "mine"]
    last = list(registry)[-1]
    assert last(None, None) == "second"  # type: ignore[arg-type]


@pytest.mark.parametrize("verdict", [None, True, ""])
def test_nothing_to_say_is_no_finding(verdict: Verdict) -> None:
    silent = law(clause="4.4", on="acceptQuote")(lambda exchange, call: verdict)
    assert silent(None, None) is None  # type: ignore[arg-type]


def test_a_law_that_falls_over_is_seen(contract: Contract) -> None:
    @law(clause="4.4", on="acceptQuote")
    def misspelt(exchange: Exchange, call: Caller) -> bool:
        return bool(exchange.answer["deal"])

    report = verify(contract, provider(contract), laws=[misspelt])
    assert "the law could not be applied, KeyError: 'deal'" in report.findings[0].example


def test_a_misspelt_operation_is_no_finding(contract: Contract) -> None:
    misspelt = law("4.4", on="acceptQuote")(lambda exchange, call: call("acceptQuotes", path=exchange.path).good)
    with pytest.raises(UnknownName, match="Did you mean 'acceptQuote'"):
        verify(contract, provider(contract), laws=[misspelt])


def test_a_law_cites_a_clause_and_an_operation_that_exist(contract: Contract) -> None:
    handler = provider(contract)
    with pytest.raises(UnknownName, match=r"There is no clause '4\.9'"):
        verify(contract, handler, laws=[law("4.9", on="acceptQuote")(lambda exchange, call: None)])
    with pytest.raises(UnknownName, match="Did you mean 'acceptQuote'"):
        verify(contract, handler, laws=[law("4.4", on="accept")(lambda exchange, call: None)])


@pytest.mark.parametrize("code", ["USD", "JPY", "KWD", "HUF", "TND", "CZK"])
def test_tie_amounts_lie_exactly_between_two(contract: Contract, code: str) -> None:
    table = currencies(contract)
    amounts = tie_amounts(table["EUR"], table[code], BOOK[code])
    assert len(set(amounts)) == 6
    for amount in amounts:
        units = Fraction(Decimal(amount)) * Fraction(BOOK[code]) / Fraction(table[code].unit)
        assert units % 1 == Fraction(1, 2)
        assert table["EUR"].smallest <= Decimal(amount) <= table["EUR"].largest


@pytest.mark.parametrize("rate", ["1", "3", "0.2"])
def test_rates_without_ties_have_none(contract: Contract, rate: str) -> None:
    table = currencies(contract)
    assert tie_amounts(table["EUR"], table["USD"], Decimal(rate)) == []
