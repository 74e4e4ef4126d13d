# SPDX-License-Identifier: Apache-2.0
"""The keyword on who issued a document: the unit itself, a body under it, the body above it, or one by name."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from parcheck.judging.vocabulary import Failure, Keyword, Result, Undecided
from parcheck.model import Certainty, Reason
from parcheck.submission import UnitName
from parcheck_plugins.letterhead import folding
from parcheck_plugins.vocabulary.provinces import MERGED_ON, former

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcheck.judging.vocabulary import Context

ROLES = ("unit", "within-unit", "parent")

_SHORT = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "tp": "thành phố",
    "mttq": "mặt trận tổ quốc",
    "ubmttq": "ủy ban mặt trận tổ quốc",
}
LAST_DAY = MERGED_ON - datetime.timedelta(days=1)
_HEAD = folding.key("chủ tịch")
_PLACE = re.compile(r"\b(?:tỉnh|thành phố|xã|phường|đặc khu|huyện|quận|thị xã|thị trấn)\s.+$")
_PROVINCE = re.compile(r"\b(?:(?:tỉnh|thành phố)(?: ủy)?|thành ủy)\s+(.+)$")
_COMMUNE = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu)\b")
_BELOW_PROVINCE = re.compile(r"\b(?:xã|phường|thị trấn|huyện|quận|thị xã)\b")
_CENTRAL = re.compile(
    r"^(?:bộ|chính phủ|thủ tướng|quốc hội|văn phòng chính phủ|thanh tra chính phủ|ngân hàng nhà nước)\b"
)


def organisation_words(name: str) -> list[str]:
    """Return a body's name as words, abbreviations (UBND, HĐND, TP) written out."""
    words: list[str] = []
    for word in folding.words(name):
        words += folding.words(_SHORT.get(word, word))
    return words


def organisation_key(name: str) -> str:
    """Return the key on which two spellings of one body's name are equal."""
    return folding.key(" ".join(organisation_words(name)))


def same_organisation(one: str, other: str) -> bool:
    """Return whether two names mean the same body, its chairman counting as the body."""
    return organisation_key(one).removeprefix(_HEAD) == organisation_key(other).removeprefix(_HEAD)


def province_of(name: str) -> str | None:
    """Return the key of the province or city that a body's name ends with, if it names one."""
    match = _PROVINCE.search(" ".join(organisation_words(name)))
    return folding.key(match.group(1)) if match else None


def _issued(context: Context) -> datetime.date | None:
    value = context.fact("issued_on").value
    return datetime.date.fromisoformat(value) if value else None


def _organisation(value: str, wanted: Any, context: Context) -> Iterator[Result]:
    accepted = [wanted] if isinstance(wanted, str) else list(wanted)
    doubts: list[Reason] = []
    for who in accepted:
        answer = _is(value, who, context)
        if answer is True:
            return
        if isinstance(answer, Reason):
            doubts.append(answer)
    if doubts:
        yield Undecided(doubts[0])
    else:
        names = [name for who in accepted for name in _names(who, context)]
        yield Failure("issuer-differs", {"found": value, "wanted": list(dict.fromkeys(names))}, Certainty.LIKELY)


def _names(who: str, context: Context) -> Iterable[str]:
    """Return the accepted names as words for the message: of a unit those that it bore on the day of issue."""
    if who in ("unit", "within-unit"):
        borne = [name.name for name in context.unit if name.valid_on(_issued(context))]
        return borne or [name.name for name in context.unit]
    if who == "parent":
        return [context.parent] if context.parent else []
    return [who]


def _is(issuer: str, who: str, context: Context) -> bool | Reason:
    if who == "parent":
        return same_organisation(issuer, context.parent) if context.parent else Reason("no-unit")
    if who not in ROLES:
        return same_organisation(issuer, who)
    if not context.unit:
        return Reason("no-unit")
    names = [*(name for name in context.unit if name.valid_on(_issued(context))), *_former_names(context)]
    full = [issuer, f"{issuer} {place}"] if (place := _place_above(context)) else [issuer]
    if any(same_organisation(one, name.name) for one in full for name in names):
        return True
    if _perhaps_former(issuer, context):
        return Reason("issuer-perhaps-former", {"day": MERGED_ON.isoformat()})
    if len(full) == 1 and any(_only_begins(issuer, name.name) for name in context.unit):
        # "UBND tỉnh" without a name may be the unit's or any other's.
        return Reason("issuer-unclear")
    if who == "unit":
        return False
    return _within_unit(issuer, names, context)


def _before_mergers(context: Context) -> bool:
    issued = _issued(context)
    return issued is not None and issued < MERGED_ON


def _former_names(context: Context) -> Iterator[UnitName]:
    """Yield the names of a province's body before the mergers, one per province that was merged into it."""
    if not _before_mergers(context):
        return
    for name in context.unit:
        words = " ".join(organisation_words(name.name))
        if match := _PROVINCE.search(words):
            kind = "tỉnh ủy" if " ủy" in match.group(0)[: -len(match.group(1))] else "tỉnh"
            for old in former(match.group(1)):
                yield UnitName(f"{words[: match.start()]}{kind} {old}", until=LAST_DAY)


def _perhaps_former(issuer: str, context: Context) -> bool:
    """Return whether an old commune or district may be one that a commune of today was made of: nearly all were
    rearranged, and only the unit itself can name its predecessors."""
    return (
        len(context.unit) == 1
        and _before_mergers(context)
        and bool(_COMMUNE.search(" ".join(organisation_words(context.unit[0].name))))
        and bool(_BELOW_PROVINCE.search(" ".join(organisation_words(issuer))))
    )


def _only_begins(issuer: str, name: str) -> bool:
    """Return whether the printed name is the beginning of a longer one."""
    short, whole = organisation_key(issuer), organisation_key(name)
    return whole != short and whole.startswith(short)


def _place_above(context: Context) -> str | None:
    """Return the place that the line above the issuer names: "SỞ NỘI VỤ" under "UBND TỈNH A" is that of tỉnh A."""
    match = _PLACE.search(" ".join(organisation_words(context.fact("parent").value or "")))
    return match.group(0) if match else None


def _within_unit(issuer: str, names: list[UnitName], context: Context) -> bool | Reason:
    """A department names its unit in the line above it; an inspection team may name nobody: then nothing is said."""
    parent = context.fact("parent")
    above = parent.value or ""
    if above and any(same_organisation(above, name.name) for name in names):
        return True
    own = {province for name in names if (province := province_of(name.name))}
    named = {province for text in (issuer, above) if text and (province := province_of(text))}
    if named:
        return bool(named & own) if own else Reason("issuer-unclear")
    if _CENTRAL.match(" ".join(organisation_words(issuer))) and not above:
        return False
    return parent.unknown or Reason("issuer-unclear")


KEYWORDS = [
    Keyword(
        "organisation",
        {
            "oneOf": [
                {"type": "string", "minLength": 2},
                {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 2}},
            ]
        },
        ("issuer-differs",),
        _organisation,
        needs=frozenset({"issued_on", "parent"}),
        doc='The body is "unit" (by any name in force on the day of issue), "within-unit", "parent", or one by name.',
    ),
]
