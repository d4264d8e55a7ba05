"""What leads through the course: a module's head and its end, and the map of all modules. Plain Markdown.

A notebook shows it everywhere, without a kernel and without being trusted: in JupyterLab, in an editor, on a code host.
"""

from collections.abc import Iterator
from urllib.parse import quote

from workshop.course import Course, Module
from workshop.facts import fill_in

WAY = "ff-way"
"""The class of the line of modules, for the page's style."""


def head(course: Course, module: Module) -> str:
    """What stands below a module's title: all modules with this one marked, how long it takes, and what it is for."""
    return "\n\n".join(part for part in (_way(course, module), _aims(course, module)) if part)


def _way(course: Course, here: Module) -> str:
    """The modules in one line of links."""
    mark = course.interface["way_here"]
    steps = (f"**{each.name} ({mark})**" if each.slug == here.slug else _link(each) for each in course.modules)
    return f'<div class="{WAY}">\n\n{" · ".join(steps)}\n\n</div>'


def _aims(course: Course, module: Module) -> str:
    words = course.interface
    first = []
    if module.minutes.high:
        first.append(f"**{fill_in(words['head_minutes'], minutes=str(module.minutes))}**")
    if module.objectives:
        first.append(words["head_aims"])
    lines = [" ".join(first), "", *(f"- {sentence}" for sentence in module.objectives.values())]
    return "\n".join(f"> {line}".rstrip() for line in lines) if first else ""


def end(course: Course, module: Module) -> str:
    """Where to go from a module: the one after it, the one before it, and the map."""
    words, modules = course.interface, list(course.modules)
    at = [each.slug for each in modules].index(module.slug)
    lines = [fill_in(words["next"], link=_titled(each)) for each in modules[at + 1 : at + 2]]
    back = [fill_in(words["next_back"], link=_titled(each)) for each in modules[max(at - 1, 0) : at]]
    if at:
        anchor = quote(words["map_title"].replace(" ", "-"))  # as JupyterLab names a heading
        overview = f"[{words['map_title']}]({modules[0].stem}.ipynb#{anchor})"
        back.append(fill_in(words["next_map"], link=overview))
    return "\n\n".join(part for part in (*lines, " ".join(back)) if part)


def course_map(course: Course) -> str:
    """All modules as a table: a link, what one does there, and how long it takes."""
    words = course.interface
    return "\n".join((f"## {words['map_title']}", "", words["map_about"], "", *_map_rows(course)))


def _map_rows(course: Course) -> Iterator[str]:
    words = course.interface
    yield f"| {words['map_module']} | {words['map_what']} | {words['map_minutes']} |"
    yield "| :-- | :-- | --: |"
    for module in course.modules:
        yield f"| {_link(module)} | {module.summary} | {module.minutes} |"


def _link(module: Module) -> str:
    return f"[{module.name}]({module.stem}.ipynb)"


def _titled(module: Module) -> str:
    return f"[{module.title}]({module.stem}.ipynb)"
