# SPDX-License-Identifier: Apache-2.0
"""What a reading rests on beside the file: the code that reads and the libraries under it."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import importlib.util
import json
import platform
import time
from pathlib import Path
from typing import TYPE_CHECKING

import parcheck
from parcheck.distributions import version_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from parcheck.plugins import Answer, Plugins
    from parcheck.reading.pipeline import Readers

WORKER_HOOKS = frozenset(
    {"parcheck_identify", "parcheck_open", "parcheck_facts", "parcheck_recognisers", "parcheck_tables"}
)
CORE = ("archives", "reading", "model.py", "plugins.py", "hookspecs.py")
"""Parts of parcheck itself that take part in reading."""
PACK_HOOKS = frozenset({"parcheck_facts", "parcheck_keywords"})
PACK_CORE = ("rules", "schemas", "judging", "yaml_file.py", "schema_faults.py")
"""Parts of parcheck itself that take part in checking packs."""


def fingerprint(
    plugins: Plugins, readers: Readers, hooks: AbstractSet[str] = WORKER_HOOKS, core: Iterable[str] = CORE
) -> str:
    """Return a digest that changes whenever the same file might be read otherwise: another plugin, another version or
    other code of one, other libraries, another Python, another program that a plugin calls (`parcheck_state`)."""
    used = [info for info in plugins if hooks & {*info.hooks}]
    parts = {
        "python": platform.python_version(),
        "readers": sorted((reader.name, reader.version) for reader in readers.readers),
        "plugins": sorted((info.name, info.distribution or "", info.version or "") for info in used),
        "code": [_state(path) for path in _code(core, [info.module for info in used])],
        "states": [(answer.plugin, _told(answer)) for answer in plugins.call("parcheck_state")],
        "libraries": sorted({line for name in {info.distribution for info in used} for line in _libraries(name)}),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


_SUFFIXES = frozenset({".py", ".json", ".yaml"})


def _told(answer: Answer) -> str:
    """Return what a plugin says of itself; of one that fails, something that no other run says."""
    return str(answer.value) if answer.error is None else f"{time.time_ns()}"


def _code(core: Iterable[str], modules: Iterable[str]) -> Iterator[Path]:
    home = Path(parcheck.__file__).parent
    yield from (home / part for part in core)
    for module in sorted(modules):
        spec = importlib.util.find_spec(module)
        if spec is not None and spec.origin:
            origin = Path(spec.origin)
            yield origin.parent if origin.name == "__init__.py" else origin


def _state(path: Path) -> list[tuple[str, int, int]]:
    """Return names, sizes and times of a module's files: reading them all would cost a short run its time."""
    files = sorted(file for file in path.rglob("*.*") if file.suffix in _SUFFIXES) if path.is_dir() else [path]
    return [(file.name, status.st_size, status.st_mtime_ns) for file in files for status in [file.stat()]]


@functools.cache
def _libraries(distribution: str | None) -> tuple[str, ...]:
    """Return the versions of what a distribution requires, extras included; "-" for what is not installed.

    What is imported does not change within a process, whatever is installed meanwhile.
    """
    return tuple(_versions(distribution))


def _versions(distribution: str | None) -> Iterator[str]:
    for requirement in importlib.metadata.requires(distribution) or () if distribution else ():
        if requirement.endswith(("'dev'", '"dev"')):
            continue
        name = _name(requirement)
        yield f"{name} {version_of(name) or '-'}"


def _name(requirement: str) -> str:
    end = next((i for i, letter in enumerate(requirement) if not (letter.isalnum() or letter in "-_.")), None)
    return requirement[:end]
