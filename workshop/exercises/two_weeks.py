"""The check two weeks later: what became of each commitment, what stood in the way, and what comes next."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from workshop.exercises import commitments as committed
from workshop.exercises import wording
from workshop.exercises.base import Advice, Answers, Case, Exercise, Field, Row, filled, rows
from workshop.exercises.sentences import mask

FLAGS = ("blame_shift", "hidden_actor")
"""What is asked about the wording of "what got in the way"."""


class TwoWeeks(Exercise):
    """For each commitment: done, partly or not yet; what got in the way; and the next if-then.

    The rows are those of ``commitments``, each headed by its own words. A commitment that was dropped on purpose counts
    as an answer, too. Nothing is scored.
    """

    name: ClassVar = "two-weeks"
    reads: ClassVar = ("commitments",)
    exports: ClassVar = ("md",)
    fields: ClassVar = rows(
        "check",
        committed.MOST,
        (
            Field("state", "choice", choices=("done", "partly", "open", "dropped")),
            Field("way", optional=True),
            Field("next", "line", optional=True),
        ),
        least=committed.MOST,
    )
    keys: ClassVar = {
        **{f"wording.{flag}": ("quote",) for flag in FLAGS},
        "none": (),
        "done.seen": ("quote",),
        "done.unseen": (),
        "way.open": (),
        "next.open": (),
        "next.trying": ("quote",),
        "finished": (),
    }

    def fitted(self, case: Case) -> tuple[Field, ...]:
        """A row for each whole commitment, with the commitment's own words; no row if there is none."""
        whole = {each.number: each for each in _whole(case)}
        return tuple(
            replace(field, quote=_words(whole[field.row]) if field.kind == "choice" else "")
            for field in self.fields
            if field.row in whole
        )

    def advise(self, answers: Answers, case: Case) -> list[Advice]:
        """Row by row what its state asks for; at the end a word when every commitment has its answer."""
        whole = {each.number: each for each in _whole(case)}
        if not whole:
            return [Advice("none", kind="tell")]
        found = [row for row in filled(answers, "check") if row.number in whole]
        advice = [said for row in found for said in _about(row, whole[row.number], case)]
        if {row.number for row in found if "state" in row.values} == set(whole):
            advice.append(Advice("finished", kind="tell"))
        return advice


def _whole(case: Case) -> list[committed.Commitment]:
    """The commitments that have a trigger and an action."""
    begun = committed.commitments(case.answers.get("commitments", {}))
    return [each for each in begun if each.trigger and each.action]


def _words(commitment: committed.Commitment) -> str:
    return f"{commitment.trigger} → {commitment.action}"


def _about(row: Row, commitment: committed.Commitment, case: Case) -> Iterator[Advice]:
    """What to ask about one commitment."""
    name = f"check.{row.number}"
    state, way, following = (str(row.values.get(column, "")).strip() for column in ("state", "way", "next"))
    if state == "done":
        seen = commitment.seen
        yield Advice("done.seen" if seen else "done.unseen", f"{name}.state", values={"quote": seen} if seen else {})
    rules = [rule for rule in case.wording if rule.flag in FLAGS]
    for finding in wording.apart(wording.check(way, "story", rules)):
        yield Advice(f"wording.{finding.flag}", f"{name}.way", quotes=(finding.quote,), values={"quote": finding.quote})
    if state in ("partly", "open", "dropped") and not way:
        yield Advice("way.open", f"{name}.way")
    if state in ("partly", "open") and not following:
        yield Advice("next.open", f"{name}.next")
    if trying := committed.TRYING.search(mask(following)):
        yield Advice("next.trying", f"{name}.next", quotes=(trying[0],), values={"quote": trying[0]})
