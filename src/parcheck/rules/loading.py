# SPDX-License-Identifier: Apache-2.0
"""From a folder of YAML to a `Pack`, or every fault in it with file and line."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcheck.errors import BadPack, BadUsage, ParcheckError
from parcheck.rules import Criterion, Group, Pack
from parcheck.rules.statics import check_statics
from parcheck.schema_faults import load_checked, schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcheck.judging.vocabulary import Vocabulary
    from parcheck.plugins import Plugins

PACK_FILE = "pack.yaml"


def find_pack(name: str, plugins: Plugins) -> Path:
    """Return the folder of a pack: a path, or an id among the packs of the plugins.

    Raises:
        BadUsage: no such pack; the error names those there are.
    """
    path = Path(name)
    if (path / PACK_FILE).is_file():
        return path
    if path.name == PACK_FILE and path.is_file():
        return path.parent
    known = {folder.name: folder for folder in pack_folders(plugins)}
    if name not in known:
        raise BadUsage("pack-not-found", id=name, known=", ".join(sorted(known)))
    return known[name]


def pack_folders(plugins: Plugins) -> list[Path]:
    """Return the folders of all packs that the plugins bring, by id."""
    roots, _ = plugins.collect("parcheck_packs", Path)
    folders = (folder.parent for root in roots for folder in Path(root).glob(f"*/{PACK_FILE}"))
    return sorted(folders, key=lambda folder: folder.name)


def load_pack(folder: Path, vocabulary: Vocabulary) -> Pack:
    """Load and check a pack.

    Args:
        folder: the folder that holds `pack.yaml`.
        vocabulary: the keywords its schemas may use.

    Raises:
        BadPack: with every fault found: file, line, what was found, what is allowed.
    """
    file = folder / PACK_FILE
    data, faults = load_checked(file, schema("pack.schema.json"), "pack")
    if data is None or faults:
        raise BadPack("bad-pack", faults=faults)
    digest = hashlib.sha256(file.read_bytes())
    fields: list[tuple[Path, Any]] = []
    for name in data["fields"]:
        part = folder / name
        if not part.is_file():
            faults.append(ParcheckError("pack-file-missing", path=name))
            continue
        content, found = load_checked(part, schema("field.schema.json"), "pack")
        faults += found
        digest.update(part.read_bytes())
        if content is not None and not found:
            fields.append((part, content))
    if not faults:
        faults = check_statics(file, data, fields, vocabulary)
    if faults:
        raise BadPack("bad-pack", faults=faults)
    groups = [Group(content["code"], content["name"], content["points"], 0) for _, content in fields]
    criteria: list[Criterion] = []
    for _, content in fields:
        for row in content["criteria"]:
            if "criteria" in row:
                groups.append(Group(row["code"], row["name"], row["points"], 1))
            criteria += [_criterion(leaf, content["code"]) for leaf in leaves(row)]
    return Pack(
        id=data["id"],
        title=data["title"],
        version=data["version"],
        level=data["level"],
        year=data["year"],
        total_points=data["total_points"],
        sources=data["sources"],
        criteria=tuple(criteria),
        groups=tuple(groups),
        defs=data.get("$defs", {}),
        notes=tuple(data.get("notes", ())),
        follows=data.get("follows"),
        path=folder,
        digest=digest.hexdigest(),
    )


def leaves(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the scored rows at or below a row of a field file."""
    if "criteria" in row:
        for child in row["criteria"]:
            yield from leaves(child)
    else:
        yield row


def _criterion(row: Mapping[str, Any], field: str) -> Criterion:
    return Criterion(
        code=row["code"],
        name=row["name"],
        field=field,
        points=row["points"],
        assessed=row.get("assessed", "self"),
        evidence=tuple(row.get("evidence", ())),
        scoring=row.get("scoring", {}),
        figures=row.get("figures", {}),
        explanation=row.get("explanation", False),
        source=row.get("source", {}),
        note=row.get("note"),
    )
