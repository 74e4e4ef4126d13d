# SPDX-License-Identifier: Apache-2.0
"""Packs that were found in order, kept as JSON: checking one anew costs a short run a third of its time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from typing import TYPE_CHECKING

from parcheck.rules.extending import Layer, origins_of
from parcheck.writing import whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class KeptPacks:
    """Packs by the bytes of their files and by what checked them. A folder that cannot be used is left alone.

    Args:
        folder: where they are kept; made when the first is.
        checkers: fingerprint of what reads and checks packs.
    """

    def __init__(self, folder: Path, checkers: str) -> None:
        self._folder = folder
        self._checkers = checkers

    def get(self, pack: Path, read: Callable[[], Layer]) -> Layer:
        """Return a pack's layer: the one kept, or what `read` gives, which is kept unless it extends another pack."""
        kept = self._folder / f"{self._key(pack)}.json"
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
            stored = json.loads(kept.read_text(encoding="utf-8"))
            fields = [(pack / name, content) for name, content in stored["fields"]]
            origins = origins_of(stored["data"]["id"], fields)
            return Layer(pack / stored["file"], stored["data"], fields, origins, stored["digest"])
        layer = read()
        if not layer.extends:
            fields = [(file.relative_to(pack).as_posix(), content) for file, content in layer.fields]
            data = {"file": layer.file.name, "data": layer.data, "fields": fields, "digest": layer.digest}
            with contextlib.suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                with whole(kept, by=str(os.getpid())) as draft:
                    draft.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return layer

    def _key(self, pack: Path) -> str:
        made = hashlib.sha256(self._checkers.encode())
        for file in sorted(pack.rglob("*.y*ml")):
            made.update(file.relative_to(pack).as_posix().encode())
            made.update(hashlib.sha256(file.read_bytes()).digest())
        return made.hexdigest()
