"""What the tests of the payments share."""

from collections.abc import Mapping, Sequence

import pytest

from workshop.course import Course
from workshop.payments.document import Contract, fx_quote


@pytest.fixture(scope="session")
def contract() -> Contract:
    """The contract that ships with the course."""
    return fx_quote()


@pytest.fixture(scope="session")
def mix(course: Course) -> Sequence[Mapping[str, str]]:
    """The scenario's mix of currencies."""
    return course.scenario.data["mix"]
