# SPDX-License-Identifier: Apache-2.0
"""F30: faults in the set itself, planted into copies of the sample pack; `rules lint` must name each."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from tests.benchmarks.planted.checking import SAMPLE_PACK

from parcheck.errors import BadPack
from parcheck.rules.lint import lint_pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcheck.checking import Session


def _points(field: Any, rng: random.Random) -> None:
    rng.choice(field["criteria"])["points"] += rng.choice((0.25, 0.5, 1))


def _repeated(field: Any, _rng: random.Random) -> None:
    field["criteria"].append(dict(field["criteria"][0]))


def _lost(field: Any, rng: random.Random) -> None:
    field["criteria"].remove(rng.choice(field["criteria"]))


FAULTS: dict[str, Callable[[Any, random.Random], None]] = {
    "bộ tiêu chí: điểm không cộng lại": _points,
    "bộ tiêu chí: một mã hai lần": _repeated,
    "bộ tiêu chí: thiếu một tiêu chí": _lost,
}


def found(session: Session, words: str, seed: int) -> bool:
    """Plant one fault into a copy of the sample pack and tell whether it is named."""
    rng = random.Random(f"{words} {seed}")  # noqa: S311 - test data, not secrets
    with tempfile.TemporaryDirectory() as folder:
        for file in SAMPLE_PACK.glob("*.yaml"):
            Path(folder, file.name).write_bytes(file.read_bytes())
        # A field of one row has nothing to spare.
        target = Path(folder, f"linh-vuc-{rng.randint(1, 4)}.yaml")
        field = yaml.safe_load(target.read_text(encoding="utf-8"))
        FAULTS[words](field, rng)
        target.write_text(yaml.safe_dump(field, allow_unicode=True, sort_keys=False), encoding="utf-8")
        try:
            faults, _ = lint_pack(session.pack(folder))
        except BadPack:
            return True
    return bool(faults)
