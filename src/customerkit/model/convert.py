"""Turn the model's objects into plain data and back, and describe them as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_unstructure_fn
from cattrs.v import transform_error

from customerkit.errors import ValidationError

T = TypeVar("T")
_JSON_TYPES: dict[Any, dict[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    bytes: {"type": "string", "contentEncoding": "base16"},
    NoneType: {"type": "null"},
}


def _text(value: Any, _: type[str]) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {type(value).__name__}")
    return value


def _number(value: Any, _: type[int]) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"expected a whole number, got {type(value).__name__}")
    return value


def _truth(value: Any, _: type[bool]) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"expected true or false, got {type(value).__name__}")
    return value


@cache
def converter() -> Converter:
    """Return the converter of the model's classes: strict, all errors collected."""
    found = Converter(detailed_validation=True, forbid_extra_keys=True)
    found.register_structure_hook(str, _text)
    found.register_structure_hook(int, _number)
    found.register_structure_hook(bool, _truth)
    found.register_structure_hook(bytes, lambda value, _: bytes.fromhex(_text(value, str)))
    found.register_unstructure_hook(bytes, bytes.hex)
    found.register_structure_hook(Fraction, lambda value, _: Fraction(_text(value, str)))
    found.register_unstructure_hook(Fraction, str)
    found.register_unstructure_hook_factory(
        attrs.has, lambda cls: make_dict_unstructure_fn(cls, found, _cattrs_omit_if_default=True)
    )
    return found


def unstructure(item: Any) -> Any:
    """Return an object of the model as dicts, lists, text and numbers.

    What has its default value is left out.

    Example:
        >>> from customerkit.model.customer import Identifier
        >>> unstructure(Identifier("crm", "1"))
        {'space': 'crm', 'value': '1'}
    """
    return converter().unstructure(item)


def structure(data: Any, cls: type[T]) -> T:
    """Return an object of a class from plain data.

    Args:
        data: What :func:`unstructure` gives.
        cls: A class of the model.

    Raises:
        ValidationError: Every problem of the data, one line each, with its place.

    Example:
        >>> from customerkit.model.customer import Identifier
        >>> structure({"space": "crm", "value": "1"}, Identifier).space
        'crm'
    """
    if not attrs.has(cls) or isinstance(data, Mapping):
        try:
            return converter().structure(data, cls)
        except BaseValidationError as error:
            problems = transform_error(error)
    else:
        problems = [f"expected a mapping, got {type(data).__name__} @ $"]
    raise ValidationError(
        f"{len(problems)} problems in a {cls.__name__}", problems, cls=cls.__name__
    )


def json_schema(cls: type[Any]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a class of the model.

    Example:
        >>> from customerkit.model.customer import Identifier
        >>> json_schema(Identifier)["required"]
        ['space', 'value']
    """
    attrs.resolve_types(cls)
    items = [item for item in attrs.fields(cls) if not item.name.startswith("_")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": cls.__name__,
        **_object(items),
    }


def _object(items: Sequence[attrs.Attribute[Any]]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {item.name: _schema(item.type) for item in items},
        "required": [item.name for item in items if item.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _schema(kind: Any) -> dict[str, Any]:  # noqa: PLR0911 - one line a kind
    if kind in _JSON_TYPES:
        return dict(_JSON_TYPES[kind])
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(argument) for argument in arguments]}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1])}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return {"type": "array", "items": _schema(arguments[0])}
    if attrs.has(kind):
        attrs.resolve_types(kind)
        return _object([item for item in attrs.fields(kind) if not item.name.startswith("_")])
    return {}
