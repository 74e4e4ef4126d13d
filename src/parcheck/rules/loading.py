# SPDX-License-Identifier: Apache-2.0
"""From a folder of YAML to a `Pack`, or every fault in it with file and line."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcheck.errors import BadPack, BadUsage
from parcheck.rules import Criterion, Group, Pack
from parcheck.rules.extending import Layer, check_severities, extend, origins_of
from parcheck.rules.soundness import Codes, Ground, check_pack, fault_at
from parcheck.schema_faults import load_checked, nearest_first, schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcheck.judging.vocabulary import Vocabulary
    from parcheck.plugins import Plugins
    from parcheck.rules.kept import KeptPacks

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


def load_pack(
    folder: Path,
    vocabulary: Vocabulary,
    installed: Mapping[str, Path] | None = None,
    kept: KeptPacks | None = None,
) -> Pack:
    """Load and check a pack, with the packs that it is built on.

    Args:
        folder: the folder that holds `pack.yaml`.
        vocabulary: the keywords its schemas may use.
        installed: id to folder of the packs that it may extend; those beside its folder are found without.
        kept: where packs that are in order are kept.

    Raises:
        BadPack: with every fault found: file, line, what was found, what is allowed.
    """

    def read() -> Layer:
        return _read(folder, vocabulary, installed or {}, ())

    return _pack(kept.get(folder, read) if kept else read())


def _read(folder: Path, vocabulary: Vocabulary, installed: Mapping[str, Path], above: tuple[Path, ...]) -> Layer:
    """Return a pack's files, merged with those of the packs it extends; `above` are the packs that led here."""
    file = folder / PACK_FILE
    data, faults = load_checked(file, schema("pack.schema.json"), "pack")
    if data is None or faults:
        raise BadPack("bad-pack", faults=faults)
    digest = hashlib.sha256(file.read_bytes())
    fields: list[tuple[Path, Any]] = []
    for index, name in enumerate(data.get("fields", ())):
        part = folder / name
        if not part.is_file():
            there = nearest_first(name, {each.name for each in folder.glob("*.y*ml")} - {PACK_FILE})
            faults.append(
                fault_at("pack-file-missing", file, ("fields", index), path=name, allowed=", ".join(there) or "–")
            )
            continue
        content, found = load_checked(part, schema("field.schema.json"), "pack")
        faults += found
        digest.update(part.read_bytes())
        if content is not None and not found:
            fields.append((part, content))
    base: Layer | None = None
    if "extends" in data:
        try:
            base = _base(file, data["extends"], vocabulary, installed, (*above, folder.resolve()))
            digest.update(base.digest.encode())
        except BadPack as error:
            faults += error.faults
    if faults:
        raise BadPack("bad-pack", faults=faults)
    own = Layer(file, data, fields, origins_of(data["id"], fields), digest.hexdigest())
    if base is not None:
        return extend(base, own, vocabulary)
    faults = list(check_severities(own, vocabulary))
    ground = Ground(data.get("$defs", {}), vocabulary, data["year"])
    faults += check_pack(file, ground.defs, fields, ground, Codes())
    if faults:
        raise BadPack("bad-pack", faults=faults)
    return own


def _base(
    file: Path, name: str, vocabulary: Vocabulary, installed: Mapping[str, Path], above: tuple[Path, ...]
) -> Layer:
    """Return the pack that another extends: one beside it, or an installed one."""
    beside = {each.parent.name: each.parent for each in above[-1].parent.glob(f"*/{PACK_FILE}")}
    known = {**installed, **beside}
    if name not in known:
        there = ", ".join(nearest_first(name, known))
        fault = fault_at("pack-extends-unknown", file, ("extends",), found=name, allowed=there)
        raise BadPack("bad-pack", faults=[fault])
    folder = known[name].resolve()
    if folder in above:
        chain = " → ".join(each.name for each in (*above[above.index(folder) :], folder))
        raise BadPack(
            "bad-pack", faults=[fault_at("pack-extends-circular", file, ("extends",), found=name, chain=chain)]
        )
    try:
        return _read(folder, vocabulary, installed, above)
    except BadPack as error:
        for fault in error.faults:
            if "/" not in str(fault.details.get("file", "/")):
                fault.details["file"] = f"{folder.name}/{fault.details['file']}"
        raise


def _pack(layer: Layer) -> Pack:
    data, fields = layer.data, layer.fields
    groups = [_group(content, 0) for _, content in fields]
    criteria: list[Criterion] = []
    for _, content in fields:
        for row in content["criteria"]:
            groups += _groups(row, 1)
            criteria += [_criterion(leaf, content["code"]) for leaf in leaves(row)]
    totals = data.get("totals", {})
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
        path=layer.file.parent,
        digest=layer.digest,
        severities=data.get("severities", {}),
        locked_rows=layer.locked_rows,
        locked_severities=layer.locked_severities,
        origins=layer.origins,
        extends=layer.extends,
        bonus_points=data.get("bonus_points"),
        scaled_to=totals.get("scaled_to"),
        totals_source=totals.get("source"),
        unsure=tuple(data.get("unsure", ())),
    )


def _groups(row: Mapping[str, Any], level: int) -> Iterator[Group]:
    if "criteria" in row:
        yield _group(row, level)
        for child in row["criteria"]:
            yield from _groups(child, level + 1)


def _group(row: Mapping[str, Any], level: int) -> Group:
    return Group(row["code"], row["name"], row["points"], level, tuple(row.get("unsure", ())))


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
        unsure=tuple(row.get("unsure", ())),
    )
