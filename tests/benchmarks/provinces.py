# SPDX-License-Identifier: Apache-2.0
"""Provinces of any size for measuring: units with documents as real as the samples', a share of them scans.

Some documents are drawn and scanned once; every file of the province is one of them, made its own so that no file is
read from the cache for another's sake: a text PDF or Word file by a comment at its end, which costs a reader nothing
and changes its digest; a scan in colour also by the quantisation tables of its JPEG pictures, in which the file's
number is written bit by bit, so that its pixels differ all over the page though nothing was drawn or packed anew; a
scan in black and white, whose pictures have no such tables, by the comment alone.
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
for part in ("tests/support", "rules", "plugins", "src", ""):
    sys.path.insert(0, str(ROOT / part))

if TYPE_CHECKING:
    from tests.benchmarks.planted.paper import Paper

SEEDS = 12
"""Submissions that the documents are drawn from."""
SCANS = 24
"""Different scans."""
_TABLE = b"\xff\xdb"
_QUANTISERS = slice(6, 30)
"""Places in a quantisation table, of 64, that may be one higher: neither the coarsest nor the finest detail."""
TYPES = ("KH", "BC", "QĐ", "TB", "BB", "CV", "TTr", "KL")


def write_pack(folder: Path) -> Path:
    """Write a pack whose rules ask for the letterhead and the signature only, one row per type of document."""
    folder.mkdir(parents=True, exist_ok=True)
    criteria = [_row(number, kind) for number, kind in enumerate(TYPES, start=1)]
    pack = {
        "id": "bo-do-toc-do", "title": "Bộ tiêu chí để đo tốc độ", "version": "1", "level": "xã", "year": 2025,
        "total_points": len(criteria),
        "sources": {"mau": {"symbol": "tests/benchmarks", "title": "Bộ tiêu chí để đo tốc độ"}},
        "fields": ["linh-vuc-1.yaml"],
    }  # fmt: skip
    field = {"code": "1", "name": "Các loại văn bản", "points": len(criteria), "criteria": criteria}
    (folder / "pack.yaml").write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
    (folder / "linh-vuc-1.yaml").write_text(json.dumps(field, ensure_ascii=False), encoding="utf-8")
    return folder


def _row(number: int, kind: str) -> dict[str, object]:
    valid = {
        "properties": {"draft": {"const": False}, "signer": {"required": ["name"]}},
        "required": ["symbol", "issued_on", "issuer", "subject", "signer"],
        "signed": True,
    }
    match = {"properties": {"type": {"const": kind}}, "required": ["type"]}
    evidence = {"id": "van-ban", "name": f"Văn bản loại {kind}", "match": match, "valid": valid}
    return {
        "code": f"1.{number}", "name": f"Văn bản loại {kind}", "points": 1, "assessed": "self",
        "source": {"mau": {"page": 1}}, "evidence": [evidence],
    }  # fmt: skip


class Press:
    """Gives documents, the same for the same seed.

    Args:
        seed: which documents.
        scans: how many different scans; each takes a second or two to make.
        submissions: how many submissions to take the others from.
    """

    def __init__(self, seed: int = 1, scans: int = SCANS, submissions: int = SEEDS) -> None:
        from scanmaking import Scanner, scanned
        from tests.benchmarks.planted.good import good

        rng = random.Random(seed)  # noqa: S311 - test data
        papers = [paper for number in range(submissions) for paper in good(seed + number).papers]
        self.printed = [(paper.data, paper.suffix, _kind(paper)) for paper in papers if paper.spec.kind != "scan"]
        signed = [paper for paper in papers if paper.suffix == ".pdf" and paper.spec.signers]
        self.scans = []
        for paper in rng.sample(signed, min(scans, len(signed))):
            look = Scanner(dpi=rng.choice((150, 200, 200, 300)), black=rng.random() < 0.3, angle=rng.uniform(-0.8, 0.8))
            self.scans.append((scanned(paper.spec, look), ".pdf", _kind(paper)))

    def write(self, root: Path, documents: int, *, per_unit: int = 180, scans: float = 0.45, seed: int = 7) -> Path:
        """Write a province and return its folder."""
        rng = random.Random(seed)  # noqa: S311 - test data
        for number in range(documents):
            unit = root / f"{number // per_unit + 1:03} - Xã {number // per_unit + 1}"
            data, suffix, row = rng.choice(self.scans if rng.random() < scans else self.printed)
            folder = unit / f"1.{row}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{number:05}{suffix}").write_bytes(own(data, suffix, number))
        return root


def _kind(paper: Paper) -> int:
    """Return the row of the pack that a document is filed under."""
    sign = paper.spec.sign.partition("-")[0]
    return TYPES.index(sign) + 1 if sign in TYPES else TYPES.index("CV") + 1


def own(data: bytes, suffix: str, number: int) -> bytes:
    """Return a document made its own by a number; see the module."""
    if suffix != ".pdf":
        return _with_comment(data, number)
    return _with_tables(data, number) + f"\n% {number}\n".encode()


def _with_tables(data: bytes, number: int) -> bytes:
    """Return a PDF whose JPEG pictures have quantisation tables of their own; without such pictures the same."""
    changed = bytearray(data)
    for picture in re.finditer(rb"/DCTDecode.{0,400}?stream\r?\n\xff\xd8", data, re.DOTALL):
        # Marker, two bytes of length, one of precision and name, then 64 numbers of one byte.
        start = data.index(_TABLE, picture.end()) + 5
        for bit, place in enumerate(range(64)[_QUANTISERS]):
            changed[start + place] = min(255, changed[start + place] + (number >> bit & 1))
    return bytes(changed)


def _with_comment(data: bytes, number: int) -> bytes:
    """Return a ZIP package with a comment of its own."""
    comment = str(number).encode()
    end = data.rfind(b"PK\x05\x06")
    return data[: end + 20] + len(comment).to_bytes(2, "little") + comment
