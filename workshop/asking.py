"""Questions about the wording of any text, from the command line."""

import json
from collections.abc import Iterable, Iterator

from workshop.content import load_course
from workshop.errors import AnswerError, UnknownName
from workshop.exercises.wording import MODES, Finding, Rule, ask
from workshop.facts import fill_in
from workshop.workspace import content_root


def ask_text(text: str, mode: str) -> Iterator[str]:
    """A line for each question, with the line of the text where its words stand; nothing if there is none."""
    rules = {rule.flag: rule for rule in load_course(content_root()).wording}
    for finding in ask(text, mode, rules.values()):
        line = text.count("\n", 0, finding.start) + 1
        yield f"{line}: {_question(rules[finding.flag], finding)}"


def ask_lines(lines: Iterable[str], mode: str) -> Iterator[str]:
    """For each JSON line ``{"id", "mode", "text"}`` one with its ``flags`` and ``spans``; AnswerError at a bad line."""
    rules = load_course(content_root()).wording
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            text, own_mode = str(item["text"]), str(item.get("mode", mode))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            example = '{"id": 1, "text": "..."}'
            message = f"Line {number} can't be read ({error}). Each line is a JSON object such as {example}."
            raise AnswerError(message) from error
        if own_mode not in MODES:
            raise UnknownName("mode", own_mode, MODES, f"line {number}")
        found = ask(text, own_mode, rules)
        spans = [{"flag": f.flag, "quote": f.quote, "start": f.start, "end": f.end} for f in found]
        flags = sorted({finding.flag for finding in found})
        yield json.dumps({"id": item.get("id"), "flags": flags, "spans": spans}, ensure_ascii=False)


def _question(rule: Rule, finding: Finding) -> str:
    """The rule's question about these words."""
    return " ".join(fill_in(rule.question, quote=finding.quote).split())
