# SPDX-License-Identifier: Apache-2.0
"""A pack to start from: small, commented, without a fault."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from parcheck.errors import BadUsage
from parcheck.rules.editor_schema import editor_schema

if TYPE_CHECKING:
    from parcheck.judging.vocabulary import Vocabulary

_HERE = Path(__file__).parent / "starter"
FILES = {
    "pack.yaml": "pack.yaml",
    "linh-vuc-1.yaml": "linh-vuc-1.yaml",
    "tests/tinh-huong.yaml": "tinh-huong.yaml",
}
SCHEMA_FILE = "rules.schema.json"


def id_from(name: str) -> str:
    """Return an id made of a name: "Bộ tiêu chí xã 2026" → "bo-tieu-chi-xa-2026"; empty for a name without letters."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D")).lower()
    kept = "".join(
        sign if sign.isascii() and sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign)
    )
    return "-".join(kept.split())


def new_pack(folder: Path, id_: str, title: str, year: int, vocabulary: Vocabulary) -> list[Path]:
    """Write a pack to start from and return its files.

    Args:
        folder: where; made if it is not there.
        id_: of the pack, a-z 0-9 and "-".
        title: of the pack.
        year: the year that is assessed.
        vocabulary: keywords for the schema that editors use.

    Raises:
        BadUsage: one of the files is there already (nothing is written), or cannot be written.
    """
    texts = {name: (_HERE / template).read_text(encoding="utf-8") for name, template in FILES.items()}
    values = {"@ID@": id_, "@TITLE@": json.dumps(title, ensure_ascii=False), "@YEAR@": str(year)}
    for slot, value in values.items():
        texts = {name: text.replace(slot, value) for name, text in texts.items()}
    texts[SCHEMA_FILE] = json.dumps(editor_schema(vocabulary), ensure_ascii=False, indent=2) + "\n"
    files = [folder / name for name in texts]
    for file in files:
        if file.exists():
            raise BadUsage("new-exists", path=str(file))
    try:
        for name, text in texts.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        raise BadUsage("output-not-writable", path=str(folder), detail=error.strerror or "") from error
    return files
