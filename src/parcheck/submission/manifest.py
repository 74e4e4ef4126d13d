# SPDX-License-Identifier: Apache-2.0
"""`submission.yaml`: the unit's names, claims, figures and explanations."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from parcheck.errors import BadSubmission
from parcheck.schema_faults import load_checked, schema
from parcheck.submission import Claim, UnitName, Upstream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "submission.yaml"


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the keyword arguments for `Handed` that a folder's `submission.yaml` gives; empty without one.

    Raises:
        BadSubmission: the file is not YAML, or holds a key or value that is not allowed; names file and line.
    """
    file = folder / NAME
    if not file.is_file():
        return {}
    data, faults = load_checked(file, schema("submission.schema.json"), "submission")
    if faults:
        raise BadSubmission("bad-manifest", faults=faults)
    data = data or {}
    return {
        "unit": data.get("unit"),
        "parent": data.get("parent"),
        "level": data.get("level"),
        "year": data.get("year"),
        "names": tuple(
            UnitName(name["name"], _date(name, "from"), _date(name, "to")) for name in data.get("names", ())
        ),
        "upstream": {
            key: Upstream(key, value.get("symbol"), _date(value, "issued_on"))
            for key, value in data.get("upstream", {}).items()
        },
        "scope": tuple(data.get("scope", ())),
        "claims": {
            code: Claim(
                claimed=claim.get("claimed"),
                figures=claim.get("figures", {}),
                explanation=(claim.get("explanation") or "").strip() or None,
                not_applicable=claim.get("not_applicable", False),
                files=tuple(claim.get("files", ())),
            )
            for code, claim in data.get("criteria", {}).items()
        },
    }


def _date(data: Mapping[str, Any], key: str) -> datetime.date | None:
    value = data.get(key)
    return datetime.date.fromisoformat(value) if value else None
