# SPDX-License-Identifier: Apache-2.0
"""Whether a signature's certificate names the body and the person that the document names."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Final

from parcheck_plugins.letterhead import folding, issuers
from parcheck_plugins.vocabulary.organisations import organisation_key, organisation_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SERVICE: Final = re.compile(r"(?:CONGTHONGTIN|CONGDICHVU|CONGBAO|TRANGTHONGTIN|HETHONG)")
_PLACE: Final = frozenset({"tỉnh", "thành", "huyện", "quận", "xã", "phường", "thị", "đặc"})
_TITLES: Final = re.compile(r"^(?:(?:GS|PGS|TS|THS|BS|KS|CN|LS|CVC|TIẾN SĨ|THẠC SĨ|ÔNG|BÀ)\s*[.,]?\s+)+", re.IGNORECASE)


def names_match(signature: Mapping[str, Any], issuer: str | None, signer: str | None) -> dict[str, bool | None]:
    """Compare the certificate's names with those that the document prints.

    Args:
        signature: one entry of the fact `signatures`.
        issuer: the document's issuer, as printed.
        signer: the name under the signature, as printed.

    Returns:
        `issuer`: True when the certificate names that body (as its holder or as one above it), False when it names
        other bodies only, None when it cannot be told: no names, a personal certificate that names only a body above,
        or one name being the beginning of the other. `signer` likewise for the person; None for a body's certificate.
        False is a difference of names, not a fault: portals and registries sign what others issued, and certificates
        outlive the names of the units.
    """
    return {
        "issuer": _issuer(signature, issuer) if issuer else None,
        "signer": _signer(signature, signer) if signer else None,
    }


def _is_body(name: str) -> bool:
    return issuers.rank(name) is not None or _SERVICE.match(folding.key(name)) is not None


def _issuer(signature: Mapping[str, Any], issuer: str) -> bool | None:
    holder = signature.get("signer") or ""
    nearest = [*(signature.get("units") or ()), *([holder] if holder and _is_body(holder) else [])]
    above = [name for name in (signature.get("organisation"),) if name]
    answers = [_same_body(name, issuer) for name in (*nearest, *above)]
    if any(answers):
        return True
    if not nearest or None in answers:
        return None
    return False


@functools.lru_cache(maxsize=4096)
def _same_body(name: str, issuer: str) -> bool | None:
    if organisation_key(name) == organisation_key(issuer):
        return True
    one, other = sorted((organisation_words(name), organisation_words(issuer)), key=len)
    if other[: len(one)] != one:
        return False
    # "Sở Nội vụ" and "Sở Nội vụ tỉnh Lâm Đồng" are one; "xã Hòa" and "xã Hòa Bình" need not be.
    return True if other[len(one)] in _PLACE else None


def _signer(signature: Mapping[str, Any], signer: str) -> bool | None:
    holder = signature.get("signer") or ""
    if not holder or _is_body(holder):
        return None
    name, other = _person(holder), _person(signer)
    if not name or not other:
        return None
    if name == other:
        return True
    shorter, longer = sorted((name, other), key=len)
    # "Nguyễn Văn An (0123)" or a name cut short: the same beginning or end of two words and more.
    if len(shorter) > 1 and shorter in (longer[: len(shorter)], longer[-len(shorter) :]):
        return True
    return None if len(shorter) < 2 else False


def _person(name: str) -> list[str]:
    return list(_folded(folding.words(_TITLES.sub("", folding.clean(name)))))


def _folded(words: Iterable[str]) -> Iterable[str]:
    return (folding.key(word) for word in words)
