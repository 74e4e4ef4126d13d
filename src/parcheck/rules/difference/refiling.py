# SPDX-License-Identifier: Apache-2.0
"""A submission filed under the codes of one set, as if it were filed under those of another."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parcheck.checking import Session
from parcheck.judging.coding import Coder
from parcheck.judging.sheet import settled
from parcheck.submission import Claim
from parcheck.submission.filing import code_in, filed_under

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.batch import Reader
    from parcheck.rules import Pack
    from parcheck.rules.difference import Difference
    from parcheck.submission import Handed, Item
    from parcheck.submission.sheet import Cited

GONE = "–"
"""Stands for a row that is gone, where a citation must stand under some code."""


def targets(difference: Difference) -> dict[str, tuple[str, ...]]:
    """Return old code → codes of the new set under which its documents are looked for; none where it is gone.

    A row that was split hands its documents to all its parts; a group whose rows went to several places, to all of
    them.
    """
    moved = difference.pairs.codes()
    new_groups = {group.code for group in difference.new.groups}
    old_groups = {group.code for group in difference.old.groups}
    found: dict[str, tuple[str, ...]] = {}
    for code, new_code in moved.items():
        codes = [new_code] if new_code else []
        if not new_code and code in new_groups - old_groups and code not in old_groups:
            codes = [code]
        if code in old_groups:
            held = {row.code for row in difference.new.under(new_code)} if new_code else set()
            rows = [moved.get(row.code) for row in difference.old.under(code)]
            codes += [row for row in rows if row and row not in held]
        found[code] = tuple(dict.fromkeys(codes))
    return found


@dataclasses.dataclass(frozen=True, slots=True)
class Refiled:
    """A submission under the codes of the new set."""

    handed: Handed
    paths: dict[str, str]
    """Path it shows now → path as it was handed in."""


def refile(handed: Handed, difference: Difference, session: Session) -> Refiled:
    """Return a submission under the codes of the new set; nothing on disk is touched.

    The self-assessment is settled by the old set, whose codes and names it bears.
    """
    old = difference.old
    handed, _ = settled(handed, old, Coder(session.catalogue, old.severities))
    goes = targets(difference)
    paths: dict[str, str] = {}
    items: list[Item] = []
    more: dict[str, list[str]] = {}
    for item in handed.items:
        code, _ = filed_under(item.folders, old.codes())
        codes = goes.get(code, ()) if code else ()
        folders = [f"_{name}" if code_in(name) else name for name in item.folders]
        path = "/".join([*codes[:1], *folders, item.path.rsplit("/", 1)[-1]])
        items.append(dataclasses.replace(item, path=path))
        paths[path] = item.path
        for other in codes[1:]:
            more.setdefault(other, []).append(path)
    claims: dict[str, Claim] = {}
    for code, claim in handed.claims.items():
        for place, target in enumerate(goes.get(code, ())):
            files = tuple(path for name in claim.files for path in _named(name, paths))
            # Points and figures go to one row only: its parts have claims of their own.
            kept = claim if place == 0 else Claim(explanation=claim.explanation, said=claim.said, unseen=claim.unseen)
            claims[target] = dataclasses.replace(kept, files=files)
    for code, files_too in more.items():
        claim = claims.get(code, Claim())
        claims[code] = dataclasses.replace(claim, files=(*claim.files, *files_too))
    cited: list[tuple[str, Cited]] = []
    for code, one in handed.cited:
        cited += [(target, one) for target in goes.get(code, ()) or (GONE,)]
    moved = dataclasses.replace(
        handed,
        items=tuple(items),
        claims=claims,
        cited=tuple(cited),
        rows=(),
        scope=tuple(dict.fromkeys(target for code in handed.scope for target in goes.get(code, ()))),
        year=difference.new.year if handed.year in (None, old.year) else handed.year,
    )
    return Refiled(moved, paths)


def _named(name: str, paths: dict[str, str]) -> list[str]:
    """Return the new paths of the files that a claim names by path, by an archive's path, or by name alone."""
    whole = [new for new, old in paths.items() if old == name or old.startswith(f"{name}/")]
    return whole or [new for new, old in paths.items() if name in old.split("/")]


class Prepared(Session):
    """A session that reads what both sets ask for, so that each file is read once for both."""

    def __init__(self, session: Session, difference: Difference) -> None:
        super().__init__(session.plugins)
        self.difference = difference

    def facts(self, pack: Pack) -> frozenset[str]:
        """Return the facts that either set reads."""
        return super().facts(pack) | super().facts(self.difference.old) | super().facts(self.difference.new)


class Refiling(Prepared):
    """A session that sees submissions under the codes of the new set."""

    def __init__(self, session: Session, difference: Difference) -> None:
        super().__init__(session, difference)
        self.paths: dict[str, str] = {}

    def handed(
        self, path: Path, *, unit: str | None = None, year: int | str | None = None, reader: Reader | None = None
    ) -> Handed:
        """Return what was handed in, refiled; see `Session.handed`."""
        handed = super().handed(path, unit=unit, year=year, reader=reader)
        refiled = refile(handed, self.difference, self)
        self.paths = refiled.paths
        return refiled.handed
