"""YAML as text with line numbers: every scalar stays the text that was typed, and a key given twice is a problem.

YAML's own reading turns ``10:30`` into 630 and ``no`` into False and lets the last of two equal keys win in silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from workshop.errors import Problem

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The C parser is six times as fast; where it wasn't built, the other does the same."""


@dataclass(frozen=True)
class Node:
    """A YAML value and the line it stands on: a text, a list of nodes, or a mapping of text to nodes."""

    value: "str | list[Node] | dict[str, Node]"
    line: int

    @property
    def text(self) -> str:
        """The scalar's text; "" for a list or a mapping."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def items(self) -> "list[Node]":
        """The list's nodes; none for a scalar or a mapping."""
        return self.value if isinstance(self.value, list) else []

    @property
    def mapping(self) -> "dict[str, Node]":
        """The mapping's nodes by key; none for a scalar or a list."""
        return self.value if isinstance(self.value, dict) else {}

    def __iter__(self) -> "Iterator[tuple[str, Node]]":
        return iter(self.mapping.items())


def load_yaml(text: str, path: str, problems: list[Problem], first_line: int = 1) -> Node:
    """The node of ``text``, which begins on ``first_line`` of the file ``path``. Problems are added, never raised."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + min(mark.line if mark else 0, text.rstrip().count("\n"))
        fix = "mend the YAML; quote a text that holds ': ' or ' #'"
        problems.append(Problem(path, line, f"unreadable YAML: {error.problem or error.context}", fix))
        return Node({}, first_line)
    return _node(root, path, problems, first_line) if root else Node({}, first_line)


def _node(raw: yaml.Node, path: str, problems: list[Problem], first_line: int) -> Node:
    line = first_line + raw.start_mark.line
    if isinstance(raw, yaml.ScalarNode):
        return Node(str(raw.value), line)
    if isinstance(raw, yaml.SequenceNode):
        return Node([_node(item, path, problems, first_line) for item in raw.value], line)
    mapping: dict[str, Node] = {}
    for key, item in raw.value:
        name, here = str(key.value), first_line + key.start_mark.line
        if name in mapping:
            message = f"the key {name!r} stands twice (first on line {mapping[name].line})"
            problems.append(Problem(path, here, message, "keep one of the two"))
        else:
            mapping[name] = Node(_node(item, path, problems, first_line).value, here)
    return Node(mapping, line)
