"""What must hold in an agenda: blocks in their places, minutes that add up, modules after those they build on."""

from collections.abc import Collection, Mapping, Sequence

from workshop.agenda import Agenda
from workshop.content.modules import PARTS
from workshop.content.reading import Reading
from workshop.content.yaml import Node
from workshop.course import Block, Module, Place

KINDS: Mapping[str, tuple[str, ...]] = {
    "agenda": ("prose", "day", "slot", "break"),
    "day": ("prose", "slot", "break"),
    "slot": ("facilitator", "step", "use", "late"),
    "step": ("facilitator",),
    "use": ("facilitator",),
}
"""Which blocks may stand where; the others hold prose only."""
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "slot": ("title", "minutes", "run", "without"),
    "break": ("title", "minutes"),
    "step": ("minutes", "reads", "shows"),
    "use": ("minutes", "cut", "asks", "reads", "shows"),
    "late": ("saves",),
    "facilitator": ("part",),
}
"""What may be said of a block in its opening line; several names in one attribute are parted by semicolons."""


def check_kinds(reading: Reading, block: Block, inside: str) -> None:
    """Add a problem for each block that may not stand where it does, and for each attribute without a meaning."""
    known = KINDS.get(inside, ("prose",))
    if block.kind not in known:
        if block.kind == "prose":
            fix = "put it into a '::: facilitator part=...' or take it out"
            reading.problem(block.place, f"text stands in '::: {inside}' outside its fences", fix)
        else:
            article = "an" if inside == "agenda" else "a"
            reading.unknown(
                block.place, f"fence in {article} {inside}", block.kind, [kind for kind in known if kind != "prose"]
            )
        return
    for key in block.attributes:
        if key not in ATTRIBUTES.get(block.kind, ()):
            reading.unknown(block.place, f"attribute of '::: {block.kind}'", key, ATTRIBUTES.get(block.kind, ()))
    if block.kind == "facilitator" and (part := block.attributes.get("part", "")) not in PARTS:
        reading.unknown(block.place, "facilitator part", part, PARTS)
    if block.kind in ("facilitator", "late") and not block.prose:
        reading.problem(block.place, f"'::: {block.kind}' is empty", "write its text inside the fence, or delete it")
    for child in block.children:
        check_kinds(reading, child, block.kind)


def check_sums(reading: Reading, agenda: Agenda, head: Node, days: int, spared: Sequence[int]) -> None:
    """Add a problem where slots and head disagree; ``spared`` are the minutes of each day that this case lacks."""
    if len(agenda.days) != days:
        fix = f"write 'days: {len(agenda.days)}' in the head, or mend the '::: day' fences"
        reading.problem(agenda.place, f"the head says days: {days}, and the file has {len(agenda.days)}", fix)
    for day, less in zip(agenda.days, spared, strict=True):
        place = day.place
        if len(agenda.days) == 1 and "minutes" in head.mapping:
            place = Place(place.path, head.mapping["minutes"].line)
        for said, found, key in ((agenda.minutes, day.minutes, "minutes"), (agenda.net, day.net, "net")):
            if said and said - less != found:
                what = "with its breaks" if key == "minutes" else "without its breaks"
                message = f"the slots of {day.title!r} take {found} minutes {what}, and the head says {said}"
                reading.problem(place, message, f"make the slots add up, or write '{key}: {found}'")
        for slot in day.slots:
            if (saved := sum(cut.saves for cut in slot.cuts)) > slot.minutes:
                fix = "save no more than the slot has"
                reading.problem(slot.place, f"the cuts save {saved} of {slot.minutes} minutes", fix)


def check_order(reading: Reading, agenda: Agenda, modules: Mapping[str, Module], absent: Collection[str]) -> None:
    """A module comes after those that it builds on, or the head says openly that they are left out."""
    slots = [slot for day in agenda.days for slot in day.slots if slot.module in modules]
    used = [slot.module for slot in slots]
    for name, place in agenda.without.items():
        if name not in modules and name not in absent:
            reading.unknown(place, "module", name, modules)
        elif name in used:
            reading.problem(place, f"{name!r} is left out and used", "take it out of 'without:', or delete its slot")
    for number, slot in enumerate(slots):
        for before in modules[slot.module].after:
            if before in used[:number] or before in agenda.without:
                continue
            message = f"{slot.module!r} builds on {before!r}, which "
            message += "comes later in this agenda" if before in used else "this agenda doesn't use"
            reading.problem(
                slot.place, message, f"put {before!r} before it, or write 'without: [{before}]' in the head"
            )
