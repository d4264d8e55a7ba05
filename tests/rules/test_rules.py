"""The rules in Python say what the shared table says."""

import pytest

from workshop.errors import AnswerError
from workshop.exercises.base import Field

from .table import TABLE, said_by_python, written


@pytest.mark.parametrize("kind", TABLE)
def test_python_says_what_the_table_says(kind: str) -> None:
    cases = [(given, wanted) for (found, given), wanted in written() if found == kind]
    assert [(given, said_by_python(kind, given)) for given, _ in cases] == cases


def test_the_table_holds_every_kind_of_rule_with_more_than_a_few_cases() -> None:
    assert set(TABLE) == {"words", "minutes", "answers", "numbers", "bounds", "shown", "story", "notice"}
    assert sum(map(len, TABLE.values())) > 150


def test_a_field_reads_numbers_as_the_form_does() -> None:
    field = Field("late", "number", minimum=0, maximum=104, unit="weeks")
    assert [field.read(text) for text in ("2,5", "1 week", " 3 ", 4, "  ", "")] == [2.5, 1, 3, 4, None, None]
    for wrong in ("1,000", "105", "-1", "nan", True, "soon"):
        with pytest.raises(AnswerError):
            field.read(wrong)
