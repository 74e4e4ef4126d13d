# SPDX-License-Identifier: Apache-2.0
"""What need not be read of a file, because no rule for where it is filed asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.rules.statics import row_facts
from parcheck.submission.filing import filed_under

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from parcheck.judging.vocabulary import Vocabulary
    from parcheck.rules import Pack
    from parcheck.submission import Handed, Item


class Asking:
    """Tells, for the files of submissions, which facts are not worth their price.

    Only facts for which every page must be read are spared (a page of a scan costs a second): a letterhead is read of
    every file, so that a misfiled document is still recognised. A file that is not filed anywhere is read in full.

    Args:
        pack: the set that is checked against.
        vocabulary: the keywords of its schemas.
        whole: facts for which every page must be read.
        always: facts that are asked of every file whatever the rules say.
    """

    def __init__(self, pack: Pack, vocabulary: Vocabulary, whole: AbstractSet[str], always: AbstractSet[str]) -> None:
        self._codes = pack.codes()
        self._sparable = frozenset(whole - always)
        self._by_code: dict[str, set[str]] = {}
        for criterion in pack.criteria:
            asked = row_facts(criterion, pack, vocabulary) & self._sparable
            for code in pack.above(criterion):
                self._by_code.setdefault(code, set()).update(asked)

    def spared(self, item: Item, handed: Handed) -> frozenset[str]:
        """Return the facts that need not be read of a file."""
        code, _ = filed_under(item.folders, self._codes)
        name = item.path.rsplit("/", 1)[-1]
        codes = [claimed for claimed, claim in handed.claims.items() if {item.path, name} & {*claim.files}]
        if code is not None:
            codes.append(code)
        if not codes:
            return frozenset()
        return self._sparable.difference(*(self._by_code.get(each, ()) for each in codes))
