"""Agendas: which modules a session runs, in which cut; held against the modules that there are, and added up."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workshop.agenda import Agenda, CutPoint, Day, Slot, Step
from workshop.content.agenda_checks import check_kinds, check_order, check_sums
from workshop.content.reading import Reading
from workshop.content.yaml import Node
from workshop.course import ANSWERED, Block, Minutes, Module, Place, parse_minutes
from workshop.exercises import EXERCISES
from workshop.interface import FIGURE_LABELS
from workshop.sections import Piece, headed, run_order

WORDS_TO_RUN_IT = ("say", "do")
"""A step that the agenda adds has at least one of these parts, and so has an exercise that it shortens."""

NOTHING = "nothing"
"""``asks=nothing``: the exercise is spoken or done with hands, and nobody writes."""

Modules = Mapping[str, Module]


def read_agendas(
    reading: Reading, modules: Sequence[Module], interface: Mapping[str, str], absent: Collection[str] = ()
) -> dict[str, Agenda]:
    """The agendas by name, each checked: names, minutes within the exercises' own, sums, prerequisites.

    A slot of a module that is ``absent`` from this case falls away, and the agenda is shorter by its minutes.
    """
    by_slug = {module.slug: module for module in modules}
    files = sorted((reading.root / "agendas").glob("*.md"))
    return {file.stem: _agenda(reading, file, by_slug, interface, absent) for file in files}


def _agenda(
    reading: Reading, file: Path, modules: Modules, interface: Mapping[str, str], absent: Collection[str]
) -> Agenda:
    document = reading.document(file)
    head, place = document.head, Place(document.path, 1)
    reading.allow(head, ("title", "minutes", "net", "days", "without"), document.path)
    for block in document.blocks:
        check_kinds(reading, block, "agenda")
    maker = _Maker(reading, modules, interface, absent)
    title = reading.text(head, "title", place)
    fences = document.fences("day")
    if fences:
        days = [maker.day(block) for block in fences]
    else:
        days = [Day(title, "", place, tuple(maker.slots(document.blocks, place)))]
    minutes = _number(reading, head, "minutes", place)
    agenda = Agenda(
        name=file.stem,
        title=title,
        intro=document.intro,
        minutes=minutes,
        net=_number(reading, head, "net", place, minutes),
        place=place,
        days=days,
        without={node.text: Place(document.path, node.line) for node in head.mapping.get("without", Node([], 1)).items},
    )
    spared = [maker.spared.get(day.place, 0) for day in agenda.days]
    check_sums(reading, agenda, head, _number(reading, head, "days", place, 1), spared)
    check_order(reading, agenda, modules, absent)
    # Of several days only some may be shorter: then the longest says how much time to keep free.
    return replace(agenda, minutes=agenda.minutes - min(spared), net=agenda.net - min(spared))


def _number(reading: Reading, head: Node, key: str, place: Place, default: int = 0) -> int:
    """The whole number of a head's key; ``default`` if it isn't there, and a problem if there is no default."""
    text = reading.text(head, key, place, required=not default)
    if text and not (text.isdecimal() and int(text) > 0):
        line = head.mapping[key].line
        reading.problem(Place(place.path, line), f"{key}: {text} can't be read", f"write a whole number: '{key}: 90'")
        return default
    return int(text) if text else default


class _Maker:
    """Makes days, slots and steps of blocks; problems go to the reading."""

    def __init__(
        self, reading: Reading, modules: Modules, interface: Mapping[str, str], absent: Collection[str]
    ) -> None:
        self.reading, self.modules, self.interface, self.absent = reading, modules, interface, absent
        self.faulty = {problem.path for problem in reading.problems}
        """The files with problems of their own; what follows from those is not said again here."""
        self.spared: dict[Place, int] = {}
        """The minutes of slots that fall away, by their day."""

    def day(self, block: Block) -> Day:
        if not block.name:
            self.reading.problem(block.place, "the day has no title", 'write ::: day "First session"')
        return Day(block.name, block.prose, block.place, tuple(self.slots(block.children, block.place)))

    def slots(self, blocks: Sequence[Block], day: Place) -> Iterator[Slot]:
        for block in blocks:
            if block.kind == "slot" and block.name in self.absent:
                self.spared[day] = self.spared.get(day, 0) + self._minutes(block)
            elif block.kind == "break":
                title = block.attributes.get("title") or self.interface.get("agenda_break", "")
                yield Slot(title, self._minutes(block), block.place, rest=True)
            elif block.kind == "slot":
                yield self._slot(block)

    def _slot(self, block: Block) -> Slot:
        module = self.modules.get(block.name)
        if block.name and not module:
            self.reading.unknown(block.place, "module", block.name, self.modules)
        if not block.name and "title" not in block.attributes:
            fix = 'name a module, as in ::: slot the-case minutes=7, or write title="Welcome"'
            self.reading.problem(block.place, "the slot names no module and has no title", fix)
        for child in block.children if not block.name else ():
            if child.kind == "use":
                fix = "name the exercise's module in the slot, as in ::: slot the-case minutes=7"
                self.reading.problem(child.place, f"{child.name!r} stands in a slot that names no module", fix)
        if (run := block.attributes.get("run", "cut")) not in ("whole", "cut"):
            self.reading.unknown(block.place, "way to run a module", run, ("whole", "cut"))
        steps = self._whole(module, block) if module and run == "whole" else self._steps(block, module)
        slot = Slot(
            title=block.attributes.get("title") or (module.title if module else block.name),
            minutes=self._minutes(block),
            place=block.place,
            module=block.name,
            whole=run == "whole",
            steps=tuple(steps),
            parts=tuple(child for child in block.children if child.kind == "facilitator"),
            cuts=tuple(self._cut_point(child) for child in block.children if child.kind == "late"),
        )
        known = not block.name or (module is not None and module.place.path not in self.faulty)
        if known and slot.minutes and (total := sum(step.minutes for step in slot.steps)) != slot.minutes:
            fix = f"make the pieces add up, or write minutes={total}"
            self.reading.problem(slot.place, f"the slot's pieces take {total} minutes, not {slot.minutes}", fix)
        return slot

    def _whole(self, module: Module, block: Block) -> Iterator[Step]:
        """The module's timed pieces in order: an exercise as ``::: use`` says, or else at its shortest."""
        uses = {child.name: child for child in block.children if child.kind == "use"}
        left_out = self._names(block, "without")
        for name in (*uses, *left_out):
            if name not in self._exercises(module):
                self._unknown_exercise(uses.get(name, block), name, module)
        for piece in run_order(module)[1]:
            used = uses.get(piece.block.name) if piece.block.kind in ANSWERED else None
            step = self._use(used, module) if used else self._timed(piece)
            if step.exercise not in left_out or not step.exercise:
                yield replace(step, notes=tuple(piece.notes), reads=step.reads or (piece.section,))

    def _timed(self, piece: Piece) -> Step:
        block = piece.block
        try:
            span = parse_minutes(block.attributes["minutes"])
        except ValueError:  # reported where it stands, in the module
            span = Minutes(0, 0)
        if block.kind in ANSWERED:
            return Step(block.name, span.low, span, block.place, exercise=block.name)
        return Step(piece.section, span.low, span, block.place, parts=(block,))

    def _steps(self, block: Block, module: Module | None) -> Iterator[Step]:
        for child in block.children:
            if child.kind == "use":
                yield self._use(child, module)
            elif child.kind == "step":
                yield self._step(child, module)

    def _step(self, block: Block, module: Module | None) -> Step:
        if not block.name:
            self.reading.problem(block.place, "the step has no title", 'write ::: step "What happens" minutes=2')
        parts = tuple(child for child in block.children if child.kind == "facilitator")
        self._check_words(block, f"the step {block.name!r}", parts)
        minutes = self._minutes(block)
        span = Minutes(minutes, minutes)
        reads, shows = self._names(block, "reads"), self._names(block, "shows")
        self._check_shown(block, module, reads, shows)
        return Step(block.name, minutes, span, block.place, reads=reads, shows=shows, parts=parts)

    def _use(self, block: Block, module: Module | None) -> Step:
        minutes, cut = self._minutes(block), block.attributes.get("cut", "")
        span = Minutes(minutes, minutes)
        if module and block.name in (known := self._exercises(module)) and minutes:
            span = self._span(block, known[block.name], minutes, cut)
        elif module and block.name not in self._exercises(module):
            self._unknown_exercise(block, block.name, module)
        parts = tuple(child for child in block.children if child.kind == "facilitator")
        if cut:
            self._check_words(block, f"{block.name!r}, of which something is left out,", parts)
        reads, shows = self._names(block, "reads"), self._names(block, "shows")
        self._check_shown(block, module, reads, shows)
        asks = self._asks(block)
        return Step(block.name, minutes, span, block.place, block.name, cut, asks, reads, shows, parts)

    def _asks(self, block: Block) -> tuple[str, ...] | None:
        """The groups and fields that ``asks`` names: all of them if it isn't there, none if it says ``nothing``."""
        if "asks" not in block.attributes:
            return None
        names = tuple(name for name in self._names(block, "asks") if name != NOTHING)
        fields = EXERCISES[block.name].fields if block.name in EXERCISES else ()
        known = {key for field in fields for key in (field.words, field.rows or field.group) if key}
        for name in names:
            if name not in known:
                self.reading.unknown(block.place, f"group or field in {block.name!r}", name, known)
        return names

    def _span(self, block: Block, own: Minutes, minutes: int, cut: str) -> Minutes:
        """How short and long the exercise may get here; a problem if the planned minutes lie outside of its own."""
        if minutes > own.high or (minutes < own.low and not cut):
            fix = f"give it {own} minutes" + (', or say what is left out: cut="..."' if minutes < own.low else "")
            message = f"{minutes} minutes for {block.name!r}, which takes {own}"
            self.reading.problem(block.place, message, fix)
        return Minutes(minutes, minutes) if cut else own

    def _check_words(self, block: Block, what: str, parts: Sequence[Block]) -> None:
        if not {part.attributes.get("part") for part in parts} & set(WORDS_TO_RUN_IT):
            fix = "add '::: facilitator part=say' with the words for it"
            self.reading.problem(block.place, f"{what} has no words for the facilitator", fix)

    def _check_shown(self, block: Block, module: Module | None, reads: Sequence[str], shows: Sequence[str]) -> None:
        headings = headed(module) if module else {}
        for name in reads:
            if module and name not in headings:
                self.reading.unknown(block.place, f"heading in {module.slug!r}", name, headings)
        for name in shows:
            if name not in FIGURE_LABELS:
                self.reading.unknown(block.place, "table or chart", name, FIGURE_LABELS)

    def _exercises(self, module: Module) -> Mapping[str, Minutes]:
        """The module's exercises with their minutes; none if the module has faults of its own."""
        return {} if module.place.path in self.faulty else module.exercises

    def _unknown_exercise(self, block: Block, name: str, module: Module) -> None:
        if module.place.path in self.faulty:
            return
        owner = next((each.slug for each in self.modules.values() if name in self._exercises(each)), "")
        if owner:
            fix = f"use it in a slot of {owner!r}"
            self.reading.problem(block.place, f"the exercise {name!r} belongs to another module", fix)
        else:
            self.reading.unknown(block.place, f"exercise in {module.slug!r}", name, self._exercises(module))

    def _cut_point(self, block: Block) -> CutPoint:
        return CutPoint(self._minutes(block, "saves"), block.prose)

    def _names(self, block: Block, key: str) -> tuple[str, ...]:
        return tuple(name.strip() for name in block.attributes.get(key, "").split(";") if name.strip())

    def _minutes(self, block: Block, key: str = "minutes") -> int:
        text = block.attributes.get(key, "")
        if text.isdecimal() and int(text) > 0:
            return int(text)
        what = f"{key}={text} can't be read" if text else f"'::: {block.kind}' has no {key}"
        self.reading.problem(block.place, what, f"write whole minutes, as in {key}=5")
        return 0
