"""What a cell shows in the place of something that can't be had where it runs."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Absent:
    """A sentence that says what isn't there, and why that is no trouble."""

    sentence: str

    def __repr__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.sentence)}</p>"
