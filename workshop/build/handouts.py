"""The paper version of the course, for the day the network fails: what participants read, and sheets to write on.

Like the notebook it *selects* what participants see; facilitator parts and solutions are never looked at.
"""

from collections.abc import Collection, Sequence
from html import escape

from workshop.agenda import Agenda, Slot
from workshop.build.figures_html import figure_html, figures_of
from workshop.build.notebook import evidence_line, hint_line
from workshop.build.page import page_html
from workshop.build.paper_form import CSS, form_html, form_spec
from workshop.course import ANSWERED, Block, Course, Module
from workshop.facts import fill_in
from workshop.markdown import markdown_html
from workshop.sections import headed, sections, unwrapped

SHORT = 900
"""Characters, with their markup: a shorter text after a sheet needs no page of its own."""
READ = ("prose", "note", "evidence", "code")
"""The blocks of a section that are read; its exercises come as sheets."""

OWN_CSS = """
.name { text-align: right; color: var(--quiet); margin: 0 0 1em; }
.module, .page { break-before: page; }
.module:first-of-type, .module > section:first-child, .module > h1 + section { break-before: auto; }
.sheet ~ .sheet { break-before: page; }
.note { border: 1.5px solid var(--ink); padding: .5em .8em 0; margin: .8em 0; break-inside: avoid; }
.hint { color: var(--quiet); font-size: .93em; margin-top: 1.2em; }
"""


def module_handout(course: Course, module: Module, paper: str = "") -> str:
    """One module as a page to print: its text, its tables and charts, and a sheet for each exercise."""
    title = fill_in(course.interface["handout_title"], course=course.title, title=module.title)
    return page_html(title, _module(course, module), CSS + OWN_CSS, paper)


def agenda_handout(course: Course, agenda: Agenda, paper: str = "") -> str:
    """What one agenda needs on paper: the modules that it uses, in its order, with the exercises that it uses."""
    title = fill_in(course.interface["handout_title"], course=course.title, title=agenda.title)
    modules = {module.slug: module for module in course.modules}
    slots = [slot for day in agenda.days for slot in day.slots if slot.module]
    parts = [
        _module(course, modules[slot.module], {step.exercise for step in slot.steps})
        if slot.whole
        else _cut_slot(course, slot, modules[slot.module])
        for slot in slots
    ]
    return page_html(title, "\n".join(parts), CSS + OWN_CSS, paper)


def _cut_slot(course: Course, slot: Slot, module: Module) -> str:
    """Of a module that is cut: what is read, what is looked at, and the sheets that are written on."""
    blocks = {block.name: block for block in module.walk() if block.kind in ANSWERED}
    pages = []
    for step in (each for each in slot.steps if each.asks != ()):  # where nobody writes, nobody needs paper
        shown = [_shown(course, block) for name in step.reads for block in headed(module)[name] if block.kind in READ]
        shown += [figure_html(course, name) for name in step.shows]
        if step.exercise:
            shown.append(_sheet(course, blocks[step.exercise], step.asks))
        if shown:
            pages.append(f'<section class="page">{"".join(shown)}</section>')
    return f'<section class="module"><h1>{escape(slot.title)}</h1>{"".join(pages)}</section>' if pages else ""


def _module(course: Course, module: Module, used: Collection[str] | None = None) -> str:
    """The module's sections; of its exercises only those that are ``used``, unless that is None.

    Sections without an exercise follow one another. One with an exercise begins on a page of its own, and so does what
    comes after it, so that every sheet can be kept, handed in or thrown away by itself.
    """
    body, fresh = [f'<section class="module" id="{module.slug}">'], False
    for section in sections(module, paper=True):
        blocks = [block for block in section.blocks if block.kind not in ANSWERED or used is None or block.name in used]
        sheets = [block for block in blocks if block.kind in ANSWERED]
        shown = [html for block in blocks if (html := _shown(course, block))]
        if sheets and not _text_below_heading(blocks):
            shown = shown[1:]  # the sheet has a title of its own
        elif not sheets and not _text_below_heading(blocks) and len(shown) < 2:
            continue
        page = "page" if sheets or (fresh and len("".join(shown)) > SHORT) else "flow"
        body.append(f'<section class="{page}">{"".join(shown)}</section>')
        fresh = bool(sheets)
    return "\n".join([*body, "</section>"])


def _text_below_heading(blocks: Sequence[Block]) -> bool:
    return any("\n" in block.text for block in blocks if block.kind == "prose")


def _shown(course: Course, block: Block) -> str:
    if block.kind == "prose":
        return markdown_html(block.text)
    if block.kind == "note":
        return f'<div class="note">{markdown_html(block.prose)}</div>'
    if block.kind == "code":
        return "".join(figure_html(course, name, known) for name, known in figures_of(block))
    if block.kind == "evidence":
        return markdown_html(evidence_line(course, course.evidence[block.name]))
    return _sheet(course, block) if block.kind in ANSWERED else ""


def _sheet(course: Course, block: Block, asks: Collection[str] | None = None) -> str:
    """An exercise as a sheet of its own: its text, its form, and its hints at the end."""
    words = course.interface
    spec = {**form_spec(course, block.name, asks), "intro": markdown_html(course.words[block.name].on_paper)}
    children = list(unwrapped(block.children, paper=True))
    whole = asks is None  # the module's text speaks of all of it
    text = "".join(_shown(course, child) for child in children if whole and child.kind in ("prose", "evidence"))
    hints = [
        markdown_html(f"**{hint_line(course, child, children)}:** {child.prose}")
        for child in children
        if child.kind == "hint"
    ]
    small = "".join(f'<div class="hint">{hint}</div>' for hint in hints)
    return (
        f'<section class="sheet"><p class="name">{escape(words["handout_name"])}</p>'
        f"<h2>{escape(spec['title'])}</h2>{text}{form_html(spec)}{small}</section>"
    )
