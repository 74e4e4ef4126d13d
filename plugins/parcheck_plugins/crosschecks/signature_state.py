# SPDX-License-Identifier: Apache-2.0
"""Digital signatures that no longer fit their file, or name somebody else.

Most broken signatures are honest: a receiving office's stamp, a program that saved the file anew. Only a changed byte
inside an intact structure is said for sure, and nobody is said to have done it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Certainty, Finding, Place, Severity, Source
from parcheck_plugins.crosschecks.one import OneDocument, printed
from parcheck_plugins.letterhead import folding
from parcheck_plugins.signatures.names import names_match

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.model import Evidence

_SERVICE: Final = re.compile(r"CONGTHONGTIN|CONGDICHVU|CONGBAO|TRANGTHONGTIN|HETHONG|VANTHU|LUUTRU")
"""Who signs what others issued: portals, gazettes, document systems, registries."""


class SignatureState(OneDocument):
    """What the signatures' own data shows."""

    name = "signature-state"
    codes: tuple[str, ...] = ("signature-broken", "changed-after-signing", "signature-other-name")
    needs = frozenset({"signatures", "issuer", "parent", "signer", "copy"})

    def look(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield one finding per kind, with the first signature that shows it."""
        entries: Sequence[dict[str, Any]] = evidence.reading.facts.get("signatures") or ()
        for entry in entries:
            if entry.get("intact") is False and entry.get("broken") == "bytes":
                args = {"signer": entry.get("signer") or "…"}
                yield Finding("signature-broken", args, Certainty.SURE, Severity.ERROR, evidence.id, _place(entry))
                return
        for entry in entries:
            if entry.get("intact") and entry.get("changed_after") == "other" and entry.get("later_signed") is False:
                args = {"signer": entry.get("signer") or "…"}
                place = _place(entry)
                yield Finding("changed-after-signing", args, Certainty.LIKELY, Severity.WARNING, evidence.id, place)
                break
        yield from self._names(evidence, entries)

    @staticmethod
    def _names(evidence: Evidence, entries: Sequence[dict[str, Any]]) -> Iterator[Finding]:
        issuer, parent, signer = (printed(evidence, name) for name in ("issuer", "parent", "signer"))
        name = signer.get("name") if isinstance(signer, dict) else None
        named = [
            entry for entry in entries if entry.get("signer") and not _SERVICE.search(folding.key(entry["signer"]))
        ]
        if not named or not issuer or not name or evidence.reading.facts.get("copy") or len(named) < len(entries):
            return
        for entry in named:
            answers = [*names_match(entry, issuer, name).values(), names_match(entry, parent, None)["issuer"]]
            if any(answers) or False not in answers:
                return
        args = {"signer": ", ".join(dict.fromkeys(entry["signer"] for entry in named)), "issuer": issuer, "name": name}
        place = _place(named[0])
        yield Finding("signature-other-name", args, Certainty.HINT, Severity.WARNING, evidence.id, place)


def _place(entry: dict[str, Any]) -> Place:
    return Place(words=entry.get("signer"), source=Source.SIGNATURE)
