"""A two-minute note on what matters to you, written before anyone talks about failure."""

from typing import ClassVar

from workshop.exercises.base import Exercise, Field


class Values(Exercise):
    """One value and a moment when it counted. Nothing is ever said back about it."""

    name: ClassVar = "values"
    fields: ClassVar = (Field("value", "line"), Field("moment", "text"))
