"""What a scenario pack owes the course is said at the pack's file, once, with what to do."""

import re
import shutil
from pathlib import Path

import pytest

from workshop.content import check_course, load_course

ROOT = Path(__file__).parent.parent.parent
FERRY = ROOT / "tests/scenarios/island-ferry"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the second pack, outside the course's content."""
    return Path(shutil.copytree(FERRY, tmp_path / "our-case"))


def change(file: Path, old: str, new: str) -> int:
    """Replace ``old``, which stands there once at least, and return its line."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_pack_outside_the_course_is_clean() -> None:
    assert check_course(ROOT / "content", FERRY) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "message"),
    [
        ("facts.yaml", "  window.reason:", "  # window.reason:", 1,
         "the fact 'window.reason' is missing; our-case/timeline.md:10 uses it"),
        ("facts.yaml", "  window.reason:", "  # window.reason:", 1,
         "add it to the facts; in another pack it is 'local regulatory cycles'"),
        ("facts.yaml", "  load.peak:", "  # load.peak:", 1, "the fact 'load.peak' is missing, on which rest"),
        ("facts.yaml", "window.reason:", "widnow.reason:", 0, "the fact 'widnow.reason' is used nowhere"),
        ("facts.yaml", "{value: 16, unit: crew members,", "{value: sixteen,", 0,
         "the fact 'team.people' is text, and in another pack in 'engineers'"),
        ("facts.yaml", "{value: joint trials,", "{value: 3, unit: trials,", 0,
         "the fact 'integration.name' is in 'trials', and in another pack text"),
        ("facts.yaml", "  mix.shallow:", "  # mix.shallow:", 1, "the group 'shallow' has no name for readers"),
        ("dependencies.md", "::: dependency late ", "::: dependency quay ", 1, "there is no dependency 'late'"),
        ("dependencies.md", "team=Pilots ", "", 0, "the dependency 'pilots' has no team"),
        ("dependencies.md", "promise=contract", "promise=signed", 0, "write promise=verbal or promise=contract"),
        ("mix.yaml", "percent: 8.5}", "percent: some}", 0, "percent is 'some', and has to be a number"),
        ("decision.yaml", "base: 0.12,", 'base: "",', 0, "base is empty"),
        ("decision.yaml", "  low: lower end", "  least: lower end", 0, "give it parameter, meaning, base, low, high"),
        ("causes.yaml", "control: shared", "control: both", 1, "'posters' is control: 'both'; write one of ours"),
        ("personas/strong.md", "::: answer course_correction", "::: answer task", 1,
         "the strong persona doesn't answer 'course_correction' of 'story'"),
    ],
)  # fmt: skip
def test_what_a_pack_lacks(pack: Path, name: str, old: str, new: str, line: int, message: str) -> None:
    at = change(pack / name, old, new)
    if name.startswith("decision") and "least" in new:
        at = (pack / name).read_text().split("\n").index("columns:") + 1
    place = "mix.yaml" if "mix." in old else name
    found = check_course(ROOT / "content", pack)
    here = [problem for problem in found if (problem.path, problem.line) == (f"our-case/{place}", line or at)]
    assert any(message in f"{problem.message}; {problem.fix}" for problem in here), (message, found)
    assert {problem.path.split("/")[0] for problem in found} == {"our-case"}, "no text of the course is blamed"


def test_a_missing_and_an_unknown_data_set(pack: Path) -> None:
    (pack / "decision.yaml").rename(pack / "desicion.yaml")
    found = {
        (problem.path, problem.line): f"{problem.message}; {problem.fix}"
        for problem in check_course(ROOT / "content", pack)
    }
    assert "the pack has no data set 'decision'; add decision.yaml with" in found["our-case/facts.yaml", 1]
    assert "unknown data set 'desicion'; did you mean 'decision'" in found["our-case/desicion.yaml", 1]


def test_a_misspelt_fact_in_a_text_is_still_the_texts_fault(pack: Path, content: Path) -> None:
    file = content / "modules/02-the-case.md"
    line = change(file, "{{ window.reason }}", "{{ window.raeson }}")
    (problem,) = [problem for problem in check_course(content, pack) if "raeson" in problem.message]
    assert (problem.path, problem.line) == ("content/modules/02-the-case.md", line)


def test_a_module_that_needs_what_the_case_lacks_is_left_out_with_its_exercises(content: Path, pack: Path) -> None:
    change(content / "modules/01-fail-forward.md", "after: [start-here]", "after: [start-here]\nneeds: [currencies]")
    change(content / "modules/08-your-story.md", "after: [the-case]", "after: [the-case, fail-forward]")
    course = load_course(content, pack)
    assert course.left_out["01-fail-forward"] == ("currencies",)
    after = {module.slug: module.after for module in course.modules}
    assert "fail-forward" not in after
    assert after["your-story"] == ("the-case",)
    assert "spot-the-blame" not in course.words
    assert not {"spot-the-blame", "quiz-fail-forward"} & course.scenario.personas["strong"].answers.keys()
    assert not load_course(content).left_out, "the case that has the data keeps the module"


def test_a_need_that_no_pack_could_lack_is_a_problem(content: Path) -> None:
    line = change(content / "modules/00-start-here.md", "title: Start here", "title: Start here\nneeds: [currency]")
    found = [problem for problem in check_course(content) if "optional data set" in problem.message]
    assert [(problem.path, problem.line) for problem in found] == [("content/modules/00-start-here.md", line + 1)]
    assert "did you mean 'currencies'" in found[0].fix


def test_each_problem_of_a_pack_has_its_place_and_its_fix(pack: Path) -> None:
    (pack / "facts.yaml").write_text("title: Nothing yet\n")
    (pack / "personas/strong.md").unlink()
    found = check_course(ROOT / "content", pack)
    assert len(found) > 20
    for problem in found:
        assert re.fullmatch(r"our-case/[^:]+:\d+: .+; .+", str(problem)), problem


def test_an_answer_that_this_case_cannot_take_is_found_at_its_line(pack: Path) -> None:
    """The decision's sliders have the ranges of the pack; the reveal offers the risks that the persona has written."""
    strong = (pack / "personas/strong.md").read_text()
    at = strong[: strong.index("::: answer defect")].count("\n") + 1
    found = {(p.path, p.line): p.message for p in check_course(ROOT / "content", pack)}
    assert found == {}
    (pack / "personas/strong.md").write_text(re.sub(r"(::: answer defect\n\n)\d+", r"\g<1>90", strong))
    found = {(p.path, p.line): p.message for p in check_course(ROOT / "content", pack)}
    assert found == {("our-case/personas/strong.md", at): "'defect' is a number from 15 to 70 %, not '90'"}
    at = strong[: strong.index("::: answer cause_2")].count("\n") + 1
    (pack / "personas/strong.md").write_text(re.sub(r"(::: answer cause_2\n\n)risk.1", r"\g<1>risk.9", strong))
    found = {(p.path, p.line): p.message for p in check_course(ROOT / "content", pack)}
    assert list(found) == [("our-case/personas/strong.md", at)]
