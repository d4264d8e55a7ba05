"""The source of the grading: every mistake in a mechanism, a look or the published grades is a problem at its line."""

from pathlib import Path

import pytest

from workshop.content import check_course, load_course
from workshop.exercises.strength import GRADES, LOOKS
from workshop.facts import show


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("strength/gate.md", "grade: stronger", "grade: strong", "unknown grade 'strong'"),
        ("strength/gate.md", "find:", "finds:", "unknown key 'finds'"),
        ("strength/care.md", "::: limits", "::: bounds", "unknown fence 'bounds'"),
        ("strength/care.md", "- Be more careful when", "- Be happier when", "in action mode this does not fire"),
        ("strength/care.md", "- The scale refuses a lorry", "- Be careful with a lorry", "in action mode this fires"),
        (
            "strength/training.md",
            "- Hold a workshop on estimating.",
            "- Train the crew, and block the gate.",
            "'gate' makes this stronger, not weaker",
        ),
        ("looks/named.md", "- Dave approved", "- Someone approved", "in action mode this does not fire"),
        ("strength/published.yaml", "stronger: 8", "stronger: few", "published.stronger: 'few' is no number"),
        ("strength/published.yaml", "weaker: 48", "weakest: 48", "unknown key 'weakest'"),
        ("strength/words.yaml", "words:", "word:", "unknown key 'word'"),
    ],
)
def test_a_mistake_is_a_problem_at_its_line(content: Path, file: str, old: str, new: str, message: str) -> None:
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    line = text.count("\n", 0, text.index(old)) + 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = {problem.line: problem.message for problem in check_course(content) if problem.path == f"content/{file}"}
    assert found.get(line, "").startswith(message), found


def test_a_weaker_mechanism_wants_a_stronger_one_and_the_strongest_has_none(content: Path) -> None:
    care, gate = content / "strength" / "care.md", content / "strength" / "gate.md"
    text = care.read_text(encoding="utf-8")
    hint = text[text.index("::: stronger") : text.index("::: fires")]
    care.write_text(text.replace(hint, ""), encoding="utf-8")
    gate.write_text(gate.read_text(encoding="utf-8").replace("::: fires", hint + "::: fires"), encoding="utf-8")
    found = {problem.path: problem.message for problem in check_course(content)}
    assert found["content/strength/care.md"] == "a weaker mechanism without a stronger one"
    assert found["content/strength/gate.md"] == "a stronger mechanism with a stronger one"


def test_a_look_that_no_code_has_and_one_that_is_gone_are_problems(content: Path) -> None:
    (content / "looks" / "named.md").rename(content / "looks" / "nameds.md")
    found = {problem.path: str(problem) for problem in check_course(content)}
    assert "did you mean 'named'?" in found["content/looks/nameds.md"]
    assert "can't be read" in found["content/looks/named.md"]


def test_prose_may_use_the_published_grades(content: Path) -> None:
    file = content / "strength" / "published.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("stronger: 8", "stronger: 9"), encoding="utf-8")
    course = load_course(content)
    assert [show(course.review.published[name]) for name in GRADES] == ["9%", "44%", "48%"]
    module = next(module for module in course.modules if module.slug == "post-mortem")
    assert any("9% of the 1,137 recommendations" in " ".join(block.text.split()) for block in module.blocks)
    assert tuple(course.review.looks) == LOOKS
