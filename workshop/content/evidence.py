"""What the course's claims rest on: ``content/evidence.md``, and the references to it from the modules.

::

    ::: evidence blame-spreads label=weak source="Fast & Tiedens 2010"

    Seeing somebody blame others makes people blame others.

    What was measured, with its figures.

    ::: against

    What contradicts it, or limits it.

    :::

    :::

A module refers to it with an empty fence, ``::: evidence blame-spreads`` and ``:::``.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from workshop.content.reading import Reading, first_paragraph
from workshop.course import Block, Evidence, Module

LABELS = ("strong", "mixed", "weak", "practice")


def read_evidence(reading: Reading, file: Path) -> dict[str, Evidence]:
    """Every entry, by its key; a problem for each without a known label, a source, a claim or a finding."""
    document = reading.document(file)
    for block in document.blocks:
        if block.kind not in ("prose", "evidence"):
            reading.unknown(block.place, "fence", block.kind, ("evidence",))
    return {key: _entry(reading, block) for key, block in reading.distinct(document.fences("evidence")).items()}


def _entry(reading: Reading, block: Block) -> Evidence:
    label, source = (block.attributes.get(name, "") for name in ("label", "source"))
    claim, measured = first_paragraph(block.prose)
    if label not in LABELS:
        reading.unknown(block.place, "label of evidence", label, LABELS)
    for what, given, fix in (
        ("source", source, 'add source="Authors year"'),
        ("claim", claim, "write the claim in one sentence, as the fence's first paragraph"),
        ("finding", measured, "write what was measured, as the fence's second paragraph"),
    ):
        if not given:
            reading.problem(block.place, f"the evidence {block.name!r} has no {what}", fix)
    for child in block.children:
        if child.kind not in ("prose", "against"):
            reading.unknown(child.place, "fence in evidence", child.kind, ("against",))
        elif child.kind == "against" and not child.prose:
            reading.problem(child.place, "'::: against' is empty", "write its text inside the fence, or delete it")
    against = tuple(child.prose for child in block.children if child.kind == "against")
    return Evidence(block.name, label, source, claim, measured, against, block.place)


def check_references(
    reading: Reading, modules: Sequence[Module], evidence: Mapping[str, Evidence], elsewhere: Collection[str] = ()
) -> None:
    """Add a problem for each reference to nothing, each that holds text, and each entry that no module refers to.

    ``elsewhere`` are the entries to which modules refer that this case leaves out.
    """
    references = [block for module in modules for block in module.walk() if block.kind == "evidence"]
    for block in references:
        if block.name not in evidence:
            reading.unknown(block.place, "evidence", block.name, evidence)
        if block.children:
            fix = "leave the fence empty: its words stand in evidence.md"
            reading.problem(block.place, f"the reference to {block.name!r} holds text", fix)
    for key in evidence.keys() - {block.name for block in references} - set(elsewhere):
        message = f"no module refers to the evidence {key!r}"
        reading.problem(evidence[key].place, message, f"write '::: evidence {key}' below the claim, or delete it")
