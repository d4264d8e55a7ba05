"""The facilitator's notes for an agenda: one page to print, with the clock in its margin.

Somebody who has never seen the course should be able to run the session on these pages alone. So each step says what
to say and do, and below it stands what people have in front of them and what good answers look like.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from html import escape

from workshop.agenda import Agenda, Day, Slot, Step
from workshop.build.agendas import agenda_markdown, clock, step_title, timed_slots, timed_steps
from workshop.build.figures_html import figure_html, figures_of
from workshop.build.notebook import evidence_line, hint_line
from workshop.build.page import page_html
from workshop.build.paper_form import form_spec, form_summary
from workshop.course import ANSWERED, Block, Course, ExerciseWords, Module
from workshop.facts import fill_in, show_date, show_number
from workshop.markdown import markdown_html
from workshop.sections import headed, run_order, unwrapped

BEFORE = ("goal", "materials", "do")
"""The parts of a slot that are read before it begins; the others hold all through it or at its end."""
ORDER = (
    "goal", "materials", "say", "do", "watch-for", "if-it-goes-wrong", "expected-answers", "debrief", "cut", "extend",
)  # fmt: skip
"""The parts of a step in the order in which they are wanted."""
KEPT_IN_A_CUT = ("goal", "materials", "watch-for", "if-it-goes-wrong", "expected-answers")
"""The module's own parts that stay true when something is left out; what to say and do, the agenda says."""

CSS = """
.slot { break-before: page; }
.slot > h2 { margin: 0 0 .4em; padding: .35em .6em; background: var(--mark); color: #fff; }
.slot > h2 .length { float: right; font-weight: 400; font-size: .75em; padding-top: .3em; }
.body { margin-left: var(--margin); }
.step > h3 { border-top: 2px solid var(--mark); padding-top: .35em; margin: 1.4em 0 .5em; break-after: avoid; }
.step > h3 .clock, .part > h4 { float: left; width: calc(var(--margin) - .8em); }
.step > h3 .clock { margin-left: calc(-1 * var(--margin) / 1.15); color: var(--mark); }
.step > h3 .length { font-weight: 400; color: var(--quiet); }
.part > h4 { margin: .05em 0 0 calc(-1 * var(--margin)); font-size: .86em; color: var(--mark);
  line-height: 1.35; overflow-wrap: normal; }
.part { margin: 0 0 .6em; }
.say, .late, .in-this-cut { break-inside: avoid; }
.overview p:has(> strong:only-child) { break-after: avoid; }
.part::after { content: ""; display: block; clear: both; }
.say > .text { background: var(--ground); padding: .5em .8em .1em; border-left: 3px solid var(--mark);
  font-size: 1.05em; }
.say blockquote { border: 0; padding: 0; }
.late > .text, .in-this-cut > .text { border: 1.5px solid var(--ink); padding: .4em .7em 0; }
.front { font-size: .9em; }
.front > .text, .solution > .text { border-left: 1px solid var(--rule); padding-left: .8em; }
.solution { font-size: .95em; }
.asks { margin: 0 0 .5em; }
.asks ul { margin: .1em 0 .3em; }
.rest > h2 { font-size: 1.15em; margin: 0; }
.rest .length { float: right; font-weight: 400; }
.rest { break-inside: avoid; border: 1px solid var(--rule); padding: .5em .8em; margin: 1.5em 0; }
.annex { break-before: page; }
.overview { font-size: .93em; }
.overview th, .overview td { padding: .2em .4em; }
.overview h2, .overview p:has(+ table) { break-after: avoid; }
.overview li { margin: 0 0 .15em; }
"""


def notes_html(course: Course, agenda: Agenda, start: time, dates: Sequence[date] = (), paper: str = "") -> str:
    """The notes as one page: the agenda, each slot with its steps, and the session guide as an annex."""
    words = course.interface
    title = fill_in(words["notes_title"], course=course.title, agenda=agenda.title)
    overview = markdown_html(agenda_markdown(course, agenda, start, dates)).replace("<h1>", "<h2>", 1)
    overview = overview.replace("</h1>", "</h2>", 1)
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(words['notes_how'])}</p>"]
    body.append(f'<section class="overview">{overview}</section>')
    for number, day in enumerate(agenda.days):
        when = show_date(dates[number], weekday=True) if dates else ""
        several = ", ".join(part for part in (day.title, when) if part) if len(agenda.days) > 1 else ""
        body += _day(course, day, start, several)
    body.append(f'<section class="annex">{markdown_html(course.guide)}</section>')
    return page_html(title, "\n".join(body), CSS, paper)


def _day(course: Course, day: Day, start: time, several: str) -> Iterator[str]:
    modules = {module.slug: module for module in course.modules}
    for at, slot in timed_slots(day):
        times = f"{clock(start, at)}-{clock(start, at + slot.minutes)}"
        minutes = show_number(slot.minutes, "minutes")
        session = f"{several} · " if several else ""
        heading = f'<span class="length">{escape(session)}{minutes}</span>{times}&ensp;{escape(slot.title)}'
        if slot.rest:
            yield f'<section class="rest"><h2>{heading}</h2></section>'
            continue
        content = "\n".join(_slot(course, slot, modules.get(slot.module), at, start))
        yield f'<section class="slot"><h2>{heading}</h2>\n<div class="body">{content}</div></section>'


def _slot(course: Course, slot: Slot, module: Module | None, at: int, start: time) -> Iterator[str]:
    words = course.interface
    parts = slot_parts(slot, module)
    if module and slot.whole:
        aims = "\n".join(f"- {sentence}" for sentence in module.objectives.values())
        yield _part("objectives", words["notes_aims"], markdown_html(aims))
    yield from _parts(course, [part for part in parts if part.attributes["part"] in BEFORE])
    if slot.cuts:
        saves = [fill_in(words["agenda_saves"], minutes=show_number(cut.saves, "minutes")) for cut in slot.cuts]
        lines = [f"- {' '.join(cut.text.split())} *({save})*" for cut, save in zip(slot.cuts, saves, strict=True)]
        yield _part("late", words["agenda_late"], markdown_html("\n".join(lines)))
    shown: set[str] = set()
    for when, step in timed_steps(slot, at):
        yield "\n".join(_step(course, slot, module, step, clock(start, when), shown))
    after = [part for part in parts if part.attributes["part"] not in BEFORE]
    if after:
        yield f'<section class="step"><h3>{escape(words["notes_throughout"])}</h3>'
        yield from _parts(course, after)
        yield "</section>"


def slot_parts(slot: Slot, module: Module | None) -> list[Block]:
    """The parts that concern the slot as a whole: the agenda's own, and the module's of the kinds that it lacks."""
    own = {part.attributes["part"] for part in slot.parts}
    wide = run_order(module)[0] if module else []
    kept = [part for part in wide if slot.whole or part.attributes["part"] in KEPT_IN_A_CUT]
    return _ordered([*slot.parts, *(part for part in kept if part.attributes["part"] not in own)])


def step_parts(step: Step, module: Module | None) -> list[Block]:
    """What the facilitator says, does and expects in a step.

    Of an exercise, the agenda's parts stand for the module's of the same kind; with something left out, the module's
    words to say and do are not offered, for they speak of all of it.
    """
    own = {part.attributes["part"] for part in step.parts}
    exercise = _exercise(module, step.exercise)
    children = [child for child in exercise.children if child.kind == "facilitator"] if exercise else []
    kept = [part for part in children if not step.cut or part.attributes["part"] in KEPT_IN_A_CUT]
    inherited = [part for part in kept if part.attributes["part"] not in own]
    return _ordered([*step.parts, *inherited, *step.notes])


def _ordered(parts: Sequence[Block]) -> list[Block]:
    return sorted(parts, key=lambda part: ORDER.index(part.attributes["part"]))


def _exercise(module: Module | None, name: str) -> Block | None:
    blocks = module.walk() if module and name else ()
    return next((block for block in blocks if block.kind in ANSWERED and block.name == name), None)


def _step(course: Course, slot: Slot, module: Module | None, step: Step, when: str, shown: set[str]) -> Iterator[str]:
    words = course.interface
    span = f" ({step.span})" if step.span.low != step.span.high else ""
    length = show_number(step.minutes, "minutes") + span
    title = escape(step_title(course, step))
    heading = f'<span class="clock">{when}</span>{title} <span class="length">{length}</span>'
    yield f'<section class="step"><h3>{heading}</h3>'
    if step.cut:
        yield _part("in-this-cut", words["notes_cut"], markdown_html(step.cut))
    yield from _parts(course, step_parts(step, module))
    exercise = _exercise(module, step.exercise)
    for child in exercise.children if exercise else ():
        if child.kind == "solution":
            yield _part("solution", words["solution"], markdown_html(child.prose))
    if exercise and exercise.kind == "quiz":
        yield _part("solution", words["solution"], markdown_html(quiz_answers(course.words[exercise.name])))
    front = "".join(_front(course, module, step, exercise, shown))
    if front:
        yield _part("front", words["notes_front"], front)
    yield "</section>"


def _front(course: Course, module: Module | None, step: Step, exercise: Block | None, shown: set[str]) -> Iterator[str]:
    """What people have in front of them: the text to read, tables and charts, the exercise and what its form asks."""
    headings = headed(module) if module else {}
    for name in step.reads:
        if name in shown:
            continue
        shown.add(name)
        for block in headings[name]:
            if block.kind in ("prose", "note"):
                yield markdown_html(_below_heading(block.text or block.prose, name))
            elif block.kind == "evidence":
                yield markdown_html(evidence_line(course, course.evidence[block.name]))
            elif block.kind == "code" and not step.shows:
                yield from (figure_html(course, each, known) for each, known in figures_of(block))
    yield from (figure_html(course, name) for name in step.shows)
    if exercise and step.asks != ():
        inside = list(unwrapped(exercise.children))
        for child in inside:
            if child.kind == "prose" and step.asks is None:  # it speaks of the whole exercise
                yield markdown_html(child.text)
            elif child.kind == "evidence":
                yield markdown_html(evidence_line(course, course.evidence[child.name]))
            elif child.kind == "hint":
                yield markdown_html(f"**{hint_line(course, child, inside)}:** {child.prose}")
        spec = form_spec(course, exercise.name, step.asks, told=True)
        yield f"{spec['intro']}{form_summary(spec)}"


def quiz_answers(words: ExerciseWords) -> str:
    """Each question with its choices and what each of them is told, which says whether it is right; as Markdown."""
    lines = []
    for name, field in words.fields.items():
        lines.append(f"**{field.label}**\n")
        lines += [
            f"- {label} *{' '.join(words.advice[f'{name}.{key}'].split())}*" for key, label in field.choices.items()
        ]
        lines.append("")
    return "\n".join(lines)


def _below_heading(text: str, heading: str) -> str:
    """The text without its heading, which stands above already; another one becomes a line in bold."""
    first, _, rest = text.partition("\n")
    title = first.lstrip("# ")
    if not first.startswith("#"):
        return text
    return rest.strip() if title == heading else f"**{title}**\n\n{rest.strip()}"


def _parts(course: Course, parts: Sequence[Block]) -> Iterator[str]:
    words: Mapping[str, str] = course.interface
    for part in parts:
        name = part.attributes["part"]
        yield _part(name, words[f"part_{name}"], markdown_html(part.prose))


def _part(kind: str, label: str, html: str) -> str:
    return f'<div class="part {kind}"><h4>{escape(label)}</h4><div class="text">{html}</div></div>'
