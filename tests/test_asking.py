"""`workshop ask`: the forms' questions about any text."""

import json

from click.testing import CliRunner

from workshop.cli import main


def ask(text: str, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["ask", *options], input=text)
    return result.exit_code, result.output


def test_questions_quote_and_name_the_line() -> None:
    code, said = ask("I shipped on 3 May to 40 shops.\nThe vendor let us down.\n", "--mode", "story")
    assert code == 0
    assert said.startswith("2: ")
    assert "let us down" in said


def test_a_text_without_findings_is_met_with_silence() -> None:
    assert ask("I shipped on 3 May, 2 days late, and told 40 shops.", "--mode", "story") == (0, "")


def test_json_lines_in_json_lines_out() -> None:
    lines = [
        {"id": "a", "mode": "notice", "text": "Mistakes were made on 3 May."},
        {"id": 7, "text": "I shipped on 3 May, 2 days late."},
    ]
    code, said = ask("\n".join(json.dumps(line) for line in lines), "--mode", "story", "--json")
    first, second = map(json.loads, said.splitlines())
    assert code == 0
    assert (first["id"], second["id"]) == ("a", 7)
    assert "non_apology" in first["flags"]
    assert second["flags"] == second["spans"] == []
    for span in first["spans"]:
        assert lines[0]["text"][span["start"] : span["end"]] == span["quote"]  # type: ignore[index]


def test_a_bad_line_and_a_bad_mode_are_named() -> None:
    code, said = ask('{"text": "x"}\n{"txt": 1}', "--mode", "story", "--json")
    assert code == 1
    assert "Line 2 can't be read" in said
    code, said = ask('{"text": "x", "mode": "storry"}', "--mode", "story", "--json")
    assert code == 1
    assert "Did you mean 'story'" in said
    assert ask("x", "--mode", "storry")[0] == 2
