# SPDX-License-Identifier: Apache-2.0
"""Reads a document from plain text: `key: value` lines, `---`, then one block per line.

Keys: unit, type, sign, number, date (2025-12-19), month and year (for drafts), subject, to, by (signers),
recipients, kind, signed (2025-12-19 15:20), digital_stamp, dated, tabs, decomposed,
change (old > new > author > date), also (other places of the same file), password; " | " stands between values.
Blocks: "> " căn cứ, "# " heading, "## " sub-heading, "^ " centred and bold, "|: 1 4 2" widths of the table whose
rows follow as "| a | b |", "=== PHỤ LỤC | subject | note | across" begins an appendix; all else is a paragraph.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from samples.make.spec import Annex, Block, Deletion, Grid, Kind, Spec, Text
from samples.make.units import SIGNERS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_STYLES = (("> ", "basis"), ("## ", "subheading"), ("# ", "heading"), ("^ ", "enacting"))


@dataclass(frozen=True, slots=True)
class Source:
    """A document and what is to become of it."""

    spec: Spec
    also: tuple[str, ...]
    """Further paths, inside the submission, of the same file."""
    password: str


def load(path: Path) -> Source:
    """Read one text file; ValueError names the file and the word that is not understood."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (KeyError, ValueError) as fault:
        raise ValueError(f"{path.name}: {fault}") from fault


def parse(text: str) -> Source:
    """Read a document from the text form; KeyError or ValueError when a key, unit or signer is unknown."""
    head, _, body = re.sub(r'"(.+?)"', "“\\1”", text).partition("\n---\n")
    given = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    many = {key: tuple(v.strip() for v in given.pop(key, "").split(" | ") if v.strip()) for key in _MANY}
    password = given.pop("password", "")
    options: dict[str, Any] = {
        "unit": UNITS[given.pop("unit")],
        "kind": cast("Kind", given.pop("kind", "stamped")),
    }
    for key in ("type", "sign", "number", "subject"):
        options[key] = given.pop(key, "").strip()
    if "date" in given:
        options["issued_on"] = dt.date.fromisoformat(given.pop("date"))
    for key in ("month", "year"):
        if key in given:
            options[key] = int(given.pop(key))
    if "signed" in given:
        options["signed_at"] = dt.datetime.strptime(given.pop("signed"), "%Y-%m-%d %H:%M")  # noqa: DTZ007
    for key in ("digital_stamp", "dated", "tabs", "decomposed"):
        if key in given:
            options[key] = {"yes": True, "no": False}[given.pop(key)]
    if given:
        raise ValueError(f"unknown key: {', '.join(given)}")
    options |= {"to": many["to"], "recipients": many["recipients"]}
    options["signers"] = tuple(SIGNERS[name] for name in many["by"])
    options["changes"] = tuple(_change(c) for c in many["change"])
    return Source(Spec(body=tuple(_blocks(body.splitlines())), **options), many["also"], password)


_MANY = ("to", "recipients", "by", "change", "also")


def _change(text: str) -> Deletion:
    old, new, author, on = (part.strip() for part in text.split(" > "))
    return Deletion(old, new, author, dt.date.fromisoformat(on))


def _blocks(lines: Iterable[str]) -> Iterable[Block]:
    widths: tuple[float, ...] = ()
    rows: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        if rows and not line.startswith("| "):
            yield Grid(widths, tuple(rows))
            rows = []
        if line.startswith("|: "):
            widths = tuple(float(w) for w in line[3:].split())
        elif line.startswith("| "):
            row = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
            if len(row) != len(widths):
                raise ValueError(f"a row of {len(row)} cells under {len(widths)} widths: {line}")
            rows.append(row)
        elif line.startswith("=== "):
            parts = [part.strip() for part in line[4:].split(" | ")] + ["", ""]
            yield Annex(parts[0], parts[1], parts[2], landscape=parts[3] == "across")
        elif line.strip():
            yield next((Text(line[len(m) :], style) for m, style in _STYLES if line.startswith(m)), Text(line))  # type: ignore[arg-type]
