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
    from collections.abc import Mapping
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
    result: SubmissionResult = _decode(SubmissionResult, data)
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


def _decode(kind: Any, data: Any) -> Any:
    """Return a value of a type of `parcheck.model` from its JSON data."""
    if isinstance(kind, types.UnionType):
        kind = next(each for each in typing.get_args(kind) if each is not types.NoneType)
    if data is None:
        return None
    if kind is Finding:
        return decode_finding(data)
    if kind is Reading:
        return decode(data)
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)
        kinds = [inner[0]] * len(data) if inner[1:] == (...,) else inner
        return tuple(_decode(one, each) for one, each in zip(kinds, data, strict=True))
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind(data)
    if dataclasses.is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        return kind(**{name: _decode(hints[name], value) for name, value in data.items()})  # type: ignore[operator]
    return data


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    """Return the types of a dataclass of the model; what the model names only for type checkers is any."""
    unseen = {"Mapping": dict, "Sequence": list, "Path": Any}
    return typing.get_type_hints(kind, vars(model), unseen)
