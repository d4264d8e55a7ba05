"""One OpenAPI 3.1 file as data: its operations, its schemas, and what a value has against them.

Schemas keep to what ``fastjsonschema`` knows (draft 7), with ``if``/``then`` instead of ``oneOf``: a breach then says
what is wrong with the one amount, and not that none of three alternatives fits.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from workshop.errors import ContentError, Problem, UnknownName

Schema = Mapping[str, Any]

SCHEMA_LEVELS = ("free", "enum", "patterns")
"""How strict the schemas are: any text, a list of currencies, or also the decimals of each currency."""

DRAFT = "http://json-schema.org/draft-07/schema#"


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation; ``where`` is ``path`` or ``header``."""

    name: str
    where: str
    required: bool
    schema: Schema


@dataclass(frozen=True)
class Link:
    """A call that an answer makes possible: parameters and body as runtime expressions on the exchange."""

    operation: str
    parameters: Mapping[str, str]
    body: str = ""


@dataclass(frozen=True)
class Answer:
    """What an operation may answer with one status. ``echo`` says which parts repeat the request."""

    media: str
    schema: Schema
    examples: Mapping[str, Any]
    links: Sequence[Link]
    echo: Mapping[str, str]


@dataclass(frozen=True)
class Operation:
    """One method on one path. ``body`` is the schema of its request, None if it takes none."""

    id: str
    method: str
    path: str
    parameters: Sequence[Parameter]
    body: Schema | None
    examples: Mapping[str, Any]
    answers: Mapping[str, Answer]

    @cached_property
    def keyed(self) -> bool:
        """Whether its requests carry an Idempotency-Key."""
        return any(parameter.name == "Idempotency-Key" for parameter in self.parameters)

    @cached_property
    def granted(self) -> str:
        """The status of an answer when all goes well: the first below 300."""
        return next(status for status in self.answers if status.startswith("2"))

    @cached_property
    def address(self) -> re.Pattern[str]:
        """Matches the addresses of this operation, with the path parameters as groups."""
        return re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", self.path))


@dataclass(frozen=True)
class Breach:
    """What a value has against its schema: a sentence, and the clause if the schema names one."""

    words: str
    clause: str


@dataclass(frozen=True, eq=False)
class Contract:
    """A contract file. ``document`` is the file's tree; a contract is itself and equal to no other."""

    document: Mapping[str, Any]
    _validators: dict[str | int, Callable[[Any], Any]] = field(default_factory=dict, repr=False)

    @property
    def terms(self) -> Mapping[str, Any]:
        """What people agreed (``info.x-contract``)."""
        return self.document["info"].get("x-contract") or {}

    @cached_property
    def operations(self) -> Mapping[str, Operation]:
        """The operations by id, in the order of the file."""
        found = (
            _operation(self, path, method, item)
            for path, methods in self.document["paths"].items()
            for method, item in methods.items()
        )
        return {operation.id: operation for operation in found}

    def operation(self, name: str) -> Operation:
        """The operation ``name``; UnknownName if there is none."""
        if name not in self.operations:
            raise UnknownName("operation", name, self.operations)
        return self.operations[name]

    def resolve(self, node: Any) -> Any:
        """``node``, or what it refers to inside this file."""
        while isinstance(node, Mapping) and "$ref" in node:
            target: Any = self.document
            for name in node["$ref"].removeprefix("#/").split("/"):
                target = target[name]
            node = target
        return node

    def breach(self, schema: Schema, value: Any) -> Breach | None:
        """The first thing that ``value`` has against ``schema``, None if it fits."""
        # Importing the compiler takes as long as the rest of this package.
        from fastjsonschema import JsonSchemaValueException, compile

        key = schema.get("$ref") or id(schema)
        if key not in self._validators:
            # The compiler rewrites references in place.
            whole = deepcopy({"$schema": DRAFT, "components": self.document["components"], **schema})
            self._validators[key] = compile(whole, use_default=False)
        try:
            self._validators[key](value)
        except JsonSchemaValueException as error:
            definition = error.definition if isinstance(error.definition, Mapping) else {}
            return Breach(_breach_words(error, definition), str(definition.get("x-clause", "")))
        return None

    def branch(self, schema: Schema, value: Mapping[str, Any]) -> Mapping[str, Schema]:
        """The properties of an object schema as they are for ``value``: where an ``if`` holds, its ``then`` counts.

        Of conditions it reads those on the values that a property may have (``enum``).
        """
        properties = dict(schema.get("properties", {}))
        for rule in schema.get("allOf", ()):
            wanted = rule["if"]["properties"].items()
            if all(value.get(name) in self.resolve(condition)["enum"] for name, condition in wanted):
                properties |= rule["then"]["properties"]
        return properties


def parse_contract(text: str, name: str) -> Contract:
    """The contract in the YAML (or JSON) ``text``; ContentError, with the line of the file ``name``, if unreadable.

    Dates, ``NO`` and figures such as 99.9 stay the text that was typed; only true, false, null and whole numbers are
    read as more, since schemas need them.
    """
    try:
        document = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        fix = "mend the YAML; quote a text that holds ': ' or ' #'"
        raise ContentError([Problem(name, line, f"unreadable YAML: {error.problem}", fix)]) from None
    missing = [key for key in ("openapi", "info", "paths", "components") if not _has(document, key)]
    if missing:
        message = f"no contract: {', '.join(missing)} missing"
        raise ContentError([Problem(name, 1, message, "write an OpenAPI 3.1 file")])
    return Contract(document)


def read_contract(path: Path) -> Contract:
    """The contract in a file; see :func:`parse_contract`."""
    return parse_contract(path.read_text(encoding="utf-8"), path.name)


@cache
def fx_quote() -> Contract:
    """The contract for FX quotes that ships with the course."""
    return read_contract(Path(__file__).with_name("fx-quote.openapi.yaml"))


def write_text(contract: Contract) -> str:
    """The contract as YAML that any tool reads as it was meant: texts that look like dates or ``NO`` are quoted."""
    return yaml.dump(contract.document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


@lru_cache(maxsize=16)
def at_level(contract: Contract, level: str) -> Contract:
    """The contract with weaker schemas: any text as a currency (free), any text as an amount (enum), or as it is."""
    if level not in SCHEMA_LEVELS:
        raise UnknownName("level", level, SCHEMA_LEVELS)
    if level == "patterns":
        return contract
    document = deepcopy(dict(contract.document))
    schemas = document["components"]["schemas"]
    for schema in schemas.values():
        schema.pop("allOf", None)
    if level == "free":
        schemas["Currency"].pop("enum")
    return Contract(document)


def _operation(contract: Contract, path: str, method: str, item: Mapping[str, Any]) -> Operation:
    body = item.get("requestBody", {}).get("content", {}).get("application/json", {})
    parameters = [contract.resolve(parameter) for parameter in item.get("parameters", ())]
    return Operation(
        id=item["operationId"],
        method=method.upper(),
        path=path,
        parameters=[Parameter(p["name"], p["in"], p.get("required", False), p["schema"]) for p in parameters],
        body=body.get("schema"),
        examples={name: example["value"] for name, example in body.get("examples", {}).items()},
        answers={str(status): _answer(contract.resolve(answer)) for status, answer in item["responses"].items()},
    )


def _answer(item: Mapping[str, Any]) -> Answer:
    media, content = next(iter(item["content"].items()))
    links = [
        Link(link["operationId"], link.get("parameters", {}), link.get("requestBody", ""))
        for link in item.get("links", {}).values()
    ]
    examples = {name: example["value"] for name, example in content.get("examples", {}).items()}
    return Answer(media, content["schema"], examples, links, item.get("x-echo", {}))


def _breach_words(error: Any, definition: Mapping[str, Any]) -> str:
    """The sentence for a breach that the validator found."""
    place = ".".join(str(part) for part in error.path[1:]) or "the body"
    if error.rule in ("pattern", "enum", "format", "type") and isinstance(error.value, str | int | None):
        expected = definition.get("description") or f"{error.rule} {error.rule_definition}"
        return f"{place} is {error.value!r} and should be {expected}"
    return f"{place}{error.message.removeprefix(error.name)}"


def _has(document: Any, key: str) -> bool:
    return isinstance(document, Mapping) and bool(document.get(key))


class _Loader(yaml.SafeLoader):
    """YAML in which only true, false, null and whole numbers are more than text, and no key may stand twice."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's name

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


class _Dumper(yaml.SafeDumper):
    """Writes every value out in full: other tools need not know YAML's references."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:null|~|)$"), ["n", "~", ""])


def walk_examples(contract: Contract) -> Iterator[tuple[str, Schema, Any]]:
    """Every example of the file with its schema: (operation and name, schema, value)."""
    for operation in contract.operations.values():
        for name, value in operation.examples.items():
            assert operation.body is not None
            yield f"{operation.id} asks {name}", operation.body, value
        for status, answer in operation.answers.items():
            for name, value in answer.examples.items():
                yield f"{operation.id} answers {status} {name}", answer.schema, value
