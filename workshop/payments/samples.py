"""Values that a schema allows, simplest first, and values that it forbids by one fault.

The walk is driven by the contract: every currency occurs, at every amount that the schema names as an example. The seed
adds amounts of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from workshop.payments.contract import currencies, withdrawn
from workshop.payments.document import Contract, Schema
from workshop.payments.exchange import Json

PACES = (1, 5, 7, 11, 13, 17, 19, 23, 29)
"""Without a common measure, so that what runs at two of them meets in ever new pairs."""


def allowed(contract: Contract, schema: Schema, random: Random) -> list[Json]:
    """Values that fit ``schema``, simplest first. Every value of an ``enum`` occurs."""
    schema = contract.resolve(schema)
    if "enum" in schema:
        return list(schema["enum"])
    if schema.get("type") == "object":
        return _objects(contract, schema, random)
    if schema.get("type") == "array":
        return _arrays(contract, schema, random)
    if schema.get("type") == "integer":
        return [schema.get("minimum", 0)]
    examples = list(schema.get("examples", ["text"]))
    return [*examples, *(vary(contract, schema, example, random) for example in examples[:1])]


def _objects(contract: Contract, schema: Schema, random: Random) -> list[Json]:
    choices = {name: allowed(contract, part, random) for name, part in schema["properties"].items()}
    return [value for item in _together(choices) for value in _fitted(contract, schema, item, random)]


def _together(choices: Mapping[str, Sequence[Json]]) -> list[dict[str, Json]]:
    """All names run through their values at once, at different paces: every value of each, in varied company."""
    found = []
    for i in range(max(len(values) for values in choices.values())):
        paced = zip(choices.items(), PACES, strict=False)
        found.append({name: values[i * pace % len(values)] for (name, values), pace in paced})
    return found


def _fitted(contract: Contract, schema: Schema, value: dict[str, Json], random: Random) -> Iterator[Json]:
    """``value`` with the properties that its own ``then`` branch asks for, in every variant that it names."""
    branch = contract.branch(schema, value)
    changed = {name: part for name, part in branch.items() if part is not schema["properties"][name]}
    if not changed:
        yield value
    for name, part in changed.items():
        for variant in allowed(contract, part, random):
            yield {**value, name: variant}


def _arrays(contract: Contract, schema: Schema, random: Random) -> list[Json]:
    """One value alone, the same value as often as allowed, and all values in runs."""
    items, most = allowed(contract, schema["items"], random), schema.get("maxItems", 3)
    return [items[:1], items[:1] * most, *(items[i : i + most] for i in range(0, len(items), most))]


def vary(contract: Contract, schema: Schema, example: Json, random: Random) -> Json:
    """``example`` with other digits, if that still fits ``schema``: a value that looks real."""
    if not isinstance(example, str):
        return example
    for _ in range(8):
        other = "".join(random.choice("0123456789") if letter.isdigit() else letter for letter in example)
        if contract.breach(schema, other) is None:
            return other
    return example


def forbidden(contract: Contract, schema: Schema, value: Json) -> Iterator[tuple[Json, str]]:
    """Values with one fault each, made from the allowed ``value``, and the clause that the fault breaks ("" if none).

    A fault that the schema doesn't see (any text passes for a currency at the level ``free``) is not among them.
    """
    for candidate in _faults(contract, schema, value):
        if breach := contract.breach(schema, candidate):
            yield candidate, breach.clause


def _faults(contract: Contract, schema: Schema, value: Json) -> Iterator[Json]:
    if isinstance(value, Mapping):
        properties = contract.branch(contract.resolve(schema), value)
        for name in value:
            yield {other: item for other, item in value.items() if other != name}
        yield {**value, "unexpected": 1}
        for name, item in value.items():
            for fault in _faults(contract, properties[name], item):
                yield {**value, name: fault}
    elif isinstance(value, list):
        yield []
        yield value * 20
        for fault in _faults(contract, contract.resolve(schema)["items"], value[0]):
            yield [fault]
    else:
        yield from (None, 1, f"-{value}", f"{value}0", str(value).lower(), "XXX")
        if value in currencies(contract):
            yield from withdrawn(contract)


def paths(contract: Contract, parameters: Mapping[str, Schema], random: Random) -> Sequence[Mapping[str, str]]:
    """Values for path parameters, in which every value of each occurs."""
    return _together({name: allowed(contract, schema, random) for name, schema in parameters.items()})
