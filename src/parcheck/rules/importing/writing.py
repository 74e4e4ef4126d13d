# SPDX-License-Identifier: Apache-2.0
"""A draft as a folder of YAML files that appears whole or not at all."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from parcheck.errors import BadUsage

if TYPE_CHECKING:
    from parcheck.rules.importing.drafting import Draft

# What YAML 1.2 takes for a number though the writer's YAML 1.1 does not: "1e5".
_NUMBER_LIKE: Final = re.compile(r"[-+]?[\d.]+(?:[eE][-+]?\d+)?")
_WIDTH: Final = 110


class _Dumper(yaml.SafeDumper):
    """Writes texts as people would: quoted where they might be taken for numbers, in blocks where they are long."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the library's signature
        """Write equal values out."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - the library's signature
        """Indent lists below their key."""
        super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else '"' if _NUMBER_LIKE.fullmatch(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def write_draft(draft: Draft, folder: Path, head: str) -> None:
    """Write a draft; the folder must not hold anything yet.

    Args:
        draft: the pack.
        folder: where; made with its parents.
        head: comment on top of pack.yaml, one line of text per line.

    Raises:
        BadUsage: `import-folder-taken`, `output-not-writable`.
    """
    check_free(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            comment = "".join(f"# {line}\n" for line in head.splitlines())
            (work / "pack.yaml").write_text(comment + _dump(draft.pack), encoding="utf-8", newline="\n")
            for name, content in draft.fields:
                (work / name).write_text(_dump(content), encoding="utf-8", newline="\n")
            work.chmod(0o755)
            if folder.exists():
                folder.rmdir()
            work.rename(folder)
        except BaseException:
            with contextlib.suppress(OSError):
                shutil.rmtree(work)
            raise
    except OSError as error:
        raise BadUsage("output-not-writable", path=str(folder), detail=error.strerror or "") from error


def check_free(folder: Path) -> None:
    """Refuse a folder that holds something: nothing is ever overwritten.

    Raises:
        BadUsage: `import-folder-taken`.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadUsage("import-folder-taken", path=str(folder))


def _dump(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
