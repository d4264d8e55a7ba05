"""The actions as they stand: how many of each grade, beside published analyses, and why."""

from collections import Counter
from collections.abc import Mapping, Sequence

from workshop.course import Fact, FigureWords
from workshop.exercises.actions import Action, read_actions
from workshop.exercises.base import Answers, Case
from workshop.exercises.strength import GRADES, UNCLEAR
from workshop.facts import show_number
from workshop.views.chart import Bar, Chart, bars_svg
from workshop.views.table import Column, Table


def show(answers: Answers, case: Case, words: Mapping[str, FigureWords]) -> list[Table | Chart]:
    """The grades as bars, then every action with its grade and reason; nothing before there is one."""
    actions = read_actions(answers, case)
    if not actions:
        return []
    return [_grades(actions, case.review.published, words["action-strength"]), _list(actions, words["actions"])]


def _grades(actions: Sequence[Action], published: Mapping[str, Fact], words: FigureWords) -> Chart:
    """Percent of the own actions by grade, and of the recommendations that others graded."""
    labels = _on_one_line(words)
    counts = Counter(action.graded.grade for action in actions)
    own = [
        Bar(labels[name], 100 * counts[name] / len(actions), f"{counts[name]} {labels['of']} {len(actions)}")
        for name in (*GRADES, UNCLEAR)
        if name in GRADES or counts[name]
    ]
    others = [Bar(labels[name], published[name].number, show_number(published[name].number, "%")) for name in GRADES]
    svg = bars_svg(
        words.title, labels["alt"], labels["axis"], [(labels["yours"], own), (labels["published"], others)], left=130
    )
    rows = [(bar.label, bar.text, next((o.text for o in others if o.label == bar.label), "")) for bar in own]
    columns = [Column(labels[f"column_{name}"]) for name in ("grade", "yours", "published")]
    caption = " ".join(words.caption.split())
    return Chart(words.title, caption, labels["alt"], svg, labels["numbers"], Table(words.title, columns, rows))


def _list(actions: Sequence[Action], words: FigureWords) -> Table:
    labels = _on_one_line(words)
    rows = [(action.text("what"), labels[action.graded.grade], action.graded.reason) for action in actions]
    columns = [Column(labels[f"column_{name}"]) for name in ("action", "grade", "reason")]
    return Table(words.title, columns, rows, " ".join(words.caption.split()))


def _on_one_line(words: FigureWords) -> dict[str, str]:
    return {name: " ".join(label.split()) for name, label in words.labels.items()}
