from decimal import ROUND_HALF_UP, Decimal

import pytest

from workshop.payments.money import convert, count_figures, figures, format_amount, iso_decimals, parse_amount, quantize


@pytest.mark.parametrize(
    ("code", "decimals"),
    [("EUR", 2), ("HUF", 2), ("JPY", 0), ("ISK", 0), ("UGX", 0), ("KWD", 3), ("TND", 3), ("HRK", None), ("BGN", None),
     ("XAU", None), ("XXX", None)],
)  # fmt: skip
def test_decimals_are_those_of_the_standard(code: str, decimals: int | None) -> None:
    assert iso_decimals(code) == decimals


@pytest.mark.parametrize(("value", "even", "up"), [("0.125", "0.12", "0.13"), ("-0.125", "-0.12", "-0.13")])
def test_halves_go_to_even_unless_told_otherwise(value: str, even: str, up: str) -> None:
    assert str(quantize(Decimal(value), 2)) == even
    assert str(quantize(Decimal(value), 2, ROUND_HALF_UP)) == up


@pytest.mark.parametrize(
    ("text", "decimals"), [("100", 0), ("0", 0), ("1.00", 2), ("0.001", 3), ("999999999999999", 0)]
)
def test_amounts_survive_reading_and_writing(text: str, decimals: int) -> None:
    assert format_amount(parse_amount(text, decimals), decimals) == text


@pytest.mark.parametrize(
    ("text", "decimals"),
    [("100", 2), ("1.0", 2), ("1.00", 0), ("1.", 0), ("01.00", 2), ("-1.00", 2), ("+1.00", 2), ("1e2", 0), (" 1", 0),
     ("1,00", 2), ("", 0), ("NaN", 2), ("1.00\n", 2), ("٣", 0)],
)  # fmt: skip
def test_other_texts_are_no_amounts(text: str, decimals: int) -> None:
    with pytest.raises(ValueError, match="is no amount"):
        parse_amount(text, decimals)


def test_large_amounts_stay_exact() -> None:
    assert quantize(Decimal("123456789012345678901234567890.125"), 2) == Decimal("123456789012345678901234567890.12")


def test_a_euro_rate_has_six_figures() -> None:
    assert [str(figures(Decimal(rate))) for rate in ("1.95583", "655.9574", "0.33334051")] == [
        "1.95583", "655.957", "0.333341",
    ]  # fmt: skip
    assert [count_figures(rate) for rate in ("1.08500", "0.3334", "162.3700")] == [6, 4, 7]


def test_conversions_follow_the_regulation() -> None:
    dollar, yen, one = Decimal("1.08500"), Decimal("162.370"), Decimal(1)
    assert convert(Decimal("100.00"), "EUR", "JPY", one, yen) == 16237
    assert quantize(convert(Decimal("100.00"), "USD", "EUR", dollar, one), 2) == Decimal("92.17")
    # 100 USD are 92.16589... euros, of which three decimals count.
    assert convert(Decimal("100.00"), "USD", "JPY", dollar, yen) == Decimal("92.166") * yen
    assert convert(Decimal("0.01"), "KWD", "KWD", yen, yen) == Decimal("0.01")
