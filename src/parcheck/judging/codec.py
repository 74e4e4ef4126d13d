# SPDX-License-Identifier: Apache-2.0
"""Verdicts as JSON: the form in which a batch keeps them on disk. Codes and arguments, nothing rendered."""

from __future__ import annotations

import dataclasses
import enum
import functools
import types
import typing
from typing import TYPE_CHECKING, Any

from parcheck import model
from parcheck.model import Finding, Reading, SubmissionResult
from parcheck.reading.codec import decode, decode_finding, encode, encode_finding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def encode_result(result: SubmissionResult) -> dict[str, Any]:
    """Return a verdict as plain JSON data, without `root`."""
    data: dict[str, Any] = _encode(dataclasses.replace(result, root=None))
    return data


def decode_result(data: Mapping[str, Any], root: Path | None = None) -> SubmissionResult:
    """Return the verdict that `encode_result` made this data from.

    Raises:
        KeyError, TypeError, ValueError: the data is of another version of parcheck.
    """
    result: SubmissionResult = _decoder(SubmissionResult)(data)
    return dataclasses.replace(result, root=root)


def _encode(value: Any) -> Any:
    match value:
        case Finding():
            return encode_finding(value)
        case Reading():
            return encode(value)
        case enum.Enum():
            return value.value
        case tuple():
            return [_encode(each) for each in value]
        case _ if dataclasses.is_dataclass(value):
            return {field.name: _encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
        case _:
            return value


@functools.cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """Return what makes a value of a type of `parcheck.model` from its JSON data; types are looked into only once."""
    if isinstance(kind, types.UnionType):
        (inner,) = (each for each in typing.get_args(kind) if each is not types.NoneType)
        decode_inner = _decoder(inner)
        return lambda data: None if data is None else decode_inner(data)
    if kind is Finding:
        return decode_finding
    if kind is Reading:
        return decode
    if typing.get_origin(kind) is tuple:
        inner, *others = typing.get_args(kind)
        if others == [...]:
            decode_each = _decoder(inner)
            return lambda data: tuple(map(decode_each, data))
        decoders = [_decoder(inner), *map(_decoder, others)]
        return lambda data: tuple(each(value) for each, value in zip(decoders, data, strict=True))
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind
    if dataclasses.is_dataclass(kind):
        made: Callable[..., Any] = kind  # type: ignore[assignment]
        fields = {name: _decoder(hint) for name, hint in _hints(kind).items()}
        return lambda data: made(**{name: fields[name](value) for name, value in data.items()})
    return _as_it_is


def _as_it_is(data: Any) -> Any:
    return data


def _hints(kind: Any) -> dict[str, Any]:
    """Return the types of a dataclass of the model; what the model names only for type checkers is any."""
    unseen = {"Mapping": dict, "Sequence": list, "Path": Any}
    return typing.get_type_hints(kind, vars(model), unseen)
