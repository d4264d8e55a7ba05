"""Where a participant is: what the set-up cell says first, and how far a module and the course have come."""

from html import escape

from workshop.course import Course, Module
from workshop.exercises.quiz import quiz_name
from workshop.facts import fill_in
from workshop.journal import Journal
from workshop.progress import ModuleProgress, last, module_progress, progress
from workshop.views.page import page_style
from workshop.views.table import AS_IT_IS


def greeting_html(course: Course, journal: Journal) -> str:
    """The page's style, and one line: where answers are kept, and where the participant was last."""
    file = f"{journal.path.parent.name}/{journal.path.name}"
    words = course.interface
    if found := last(course, journal):
        text = fill_in(escape(words["lab_again"]), file=escape(file), link=_link(course, *found))
    else:
        text = fill_in(escape(words["lab_new"]), file=escape(file))
    return f'{page_style()}<p class="ff-page {AS_IT_IS}">{text}</p>'


class Progress:
    """How far a module has come, with links to what is open, and folded below it the whole course."""

    def __init__(self, course: Course, module: Module, journal: Journal) -> None:
        self._course, self._module, self._journal = course, module, journal
        self._all = progress(course, journal)

    @property
    def _here(self) -> ModuleProgress:
        return next(each for each in self._all if each.module.slug == self._module.slug)

    def again(self) -> "Progress":
        """Itself, after another look at this module's answers."""
        here = module_progress(self._course, self._module, self._journal)
        self._all = tuple(here if each.module.slug == here.module.slug else each for each in self._all)
        return self

    def _repr_html_(self) -> str:
        words, here = self._course.interface, self._here
        lines = [escape(_counted(words["progress_done"], here))]
        if here.open:
            links = ", ".join(_link(self._course, self._module, name) for name in here.open)
            lines.append(fill_in(escape(words["progress_open"]), links=links))
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left"><a href="{each.module.stem}.ipynb">'
            f"{escape(each.module.name)}</a></th>"
            f'<td style="text-align:left">{escape(_counted(words["progress_of"], each))}</td></tr>'
            for each in self._all
        )
        heads = "".join(
            f'<th scope="col" style="text-align:left">{escape(words[key])}</th>'
            for key in ("map_module", "progress_column")
        )
        return (
            f'<div class="ff-progress {AS_IT_IS}"><p>{" ".join(lines)}</p>'
            f"<details><summary>{escape(words['progress_all'])}</summary>"
            f'<table style="margin-left:0"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details></div>'
        )

    def __repr__(self) -> str:
        words, here = self._course.interface, self._here
        lines = [_counted(words["progress_done"], here)]
        if here.open:
            titles = ", ".join(self._course.words[name].title for name in here.open)
            lines.append(fill_in(words["progress_open"], links=titles))
        lines += ["", words["progress_all"]]
        width = max(len(each.module.name) for each in self._all)
        lines += [f"  {each.module.name:{width}}  {_counted(words['progress_of'], each)}" for each in self._all]
        return "\n".join(lines)


def _counted(sentence: str, each: ModuleProgress) -> str:
    return fill_in(sentence, done=str(len(each.done)), all=str(len(each.module.exercises)))


def _link(course: Course, module: Module, exercise: str) -> str:
    """A link to the exercise's cell, by the id that the built notebook gives it."""
    cell = "quiz" if exercise == quiz_name(module.slug) else f"exercise-{exercise}"
    return f'<a href="{module.stem}.ipynb#cell-id={cell}">{escape(course.words[exercise].title)}</a>'
