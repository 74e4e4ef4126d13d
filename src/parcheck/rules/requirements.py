# SPDX-License-Identifier: Apache-2.0
"""The requirements of a criterion for one year: templates filled, series spread out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcheck.rules import Alternative, Criterion, Requirement
from parcheck.rules.template import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LINK_MATCH: Mapping[str, Any] = {"properties": {"links": {"minItems": 1}}, "required": ["links"]}
"""What proves a requirement of kind "link" where the pack states nothing else: any document that holds a link."""


def requirements(criterion: Criterion, year: int) -> Iterator[Requirement]:
    """Yield what a criterion asks for, one requirement per entry of a series.

    The id of a series entry is "<requirement>.<entry>".
    """
    for evidence in criterion.evidence:
        for entry in evidence.get("each", [None]):
            variables: dict[str, Any] = {"year": year}
            suffix = ""
            if entry is not None:
                variables |= {f"each.{key}": fill(value, {"year": year}) for key, value in entry.items()}
                suffix = f".{entry['id']}"
            body = fill({key: value for key, value in evidence.items() if key != "each"}, variables)
            yield Requirement(
                id=evidence["id"] + suffix,
                name=body["name"],
                alternatives=_alternatives(body),
                optional=evidence.get("optional", False),
                provided_by=evidence.get("provided_by"),
                other=evidence.get("other", False),
                kind=evidence.get("kind", "document"),
                minimum=evidence.get("count", {}).get("min", 1),
                distinct=tuple(evidence.get("count", {}).get("distinct", ())),
            )


def _alternatives(body: Mapping[str, Any]) -> tuple[Alternative, ...]:
    if "any_of" in body:
        return tuple(
            Alternative(each["id"], each["name"], each["match"], each.get("valid", body.get("valid", True)))
            for each in body["any_of"]
        )
    if "match" in body:
        return (Alternative(body["id"], body["name"], body["match"], body.get("valid", True)),)
    if body.get("kind") == "link":
        return (Alternative(body["id"], body["name"], LINK_MATCH),)
    return ()
