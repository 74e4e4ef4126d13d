# SPDX-License-Identifier: Apache-2.0
"""What a document cites held against the cited documents themselves, where they lie in the same submission.

Numbers begin anew each year and with each issuer, so a cited document is taken for one that is there only when number,
sign and issuer are the same; where the issuer is not named in the citation, nothing is said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Certainty, Finding, Place, Severity, Source
from parcheck.submission.comparing import similarity
from parcheck_plugins.crosschecks.one import printed, printed_date
from parcheck_plugins.letterhead import folding
from parcheck_plugins.vocabulary.organisations import organisation_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from parcheck.model import Evidence

_LEAST_WORDS: Final = 2
_BARE: Final = frozenset({"ủy ban nhân dân", "hội đồng nhân dân", "ủy ban"})
_YEAR: Final = re.compile(r"\bnăm\s+((?:19|20)\d{2})\b", re.IGNORECASE)
_FORM: Final = re.compile(r"^(?:VEVIEC|VE|VV|BANHANH|PHEDUYET|TRIENKHAI|THUCHIEN|KEHOACH|QUYETDINH)+")
SAME_TITLE: Final = 92.0
"""Of 100: two titles that are the same but for the year, an abbreviation or a word."""


class CitedHere:
    """Cited with another date than it bears, before it was issued, or last year's instead of this year's."""

    name = "cited-here"
    codes: tuple[str, ...] = ("cited-date-differs", "cites-younger", "cites-outdated")
    needs = frozenset({"cited_documents", "symbol", "issued_on", "issuer", "sign", "subject", "signer", "draft"})

    def check(self, documents: Sequence[Evidence]) -> Iterator[Finding]:
        """Yield findings about the citing documents; each cited number once."""
        here = _Here(documents)
        seen: set[str] = set()
        for evidence in documents:
            digest, own = evidence.reading.sha256, printed_date(evidence)
            if evidence.path is None or digest is None or digest in seen or own is None:
                continue
            seen.add(digest)
            if evidence.reading.facts.get("draft"):
                continue
            cited = [
                entry for entry in evidence.reading.facts.get("cited_documents") or () if _in_text(entry, evidence)
            ]
            said: set[str] = set()
            for entry in cited:
                number = folding.key(entry["symbol"])
                if number in said or _vague(entry["by"]):
                    continue
                for finding in (here.dates(entry, evidence, own), here.outdated(entry, cited, evidence, own)):
                    if finding is not None:
                        said.add(number)
                        yield finding
                        break


class _Here:
    """The documents of a submission, by number and by issuer."""

    def __init__(self, documents: Sequence[Evidence]) -> None:
        self._by_symbol: dict[str, list[Evidence]] = defaultdict(list)
        self._by_sign: dict[str, list[Evidence]] = defaultdict(list)
        for evidence in documents:
            symbol, sign = printed(evidence, "symbol"), printed(evidence, "sign")
            if evidence.path is None or not printed(evidence, "issuer") or printed_date(evidence) is None:
                continue
            if symbol:
                self._by_symbol[folding.key(symbol)].append(evidence)
            if sign:
                self._by_sign[folding.key(sign)].append(evidence)

    def dates(self, entry: Mapping[str, Any], citing: Evidence, own: dt.date) -> Finding | None:
        """Return what the dates of a citation and of the cited document, if it is there, show."""
        meant = [
            other
            for other in self._by_symbol.get(folding.key(entry["symbol"]), ())
            if other.reading.sha256 != citing.reading.sha256 and _issued_by(other, entry["by"])
        ]
        days = {day: other for other in meant if (day := printed_date(other))}
        if len(days) != 1:
            return None
        ((day, other),) = days.items()
        args = {"cited": entry["symbol"], "other": other.path, "issued_on": day.isoformat()}
        if entry["issued_on"]:
            if entry["issued_on"] == day.isoformat() or entry["issued_on"][:4] != f"{day.year}":
                return None
            args["cited_on"] = entry["issued_on"]
            return _finding("cited-date-differs", args, entry, citing)
        if day <= own or day.year != own.year or _other_year(entry["about"], other):
            return None
        args["own"] = own.isoformat()
        return _finding("cites-younger", args, entry, citing)

    def outdated(
        self, entry: Mapping[str, Any], cited: Sequence[Mapping[str, Any]], citing: Evidence, own: dt.date
    ) -> Finding | None:
        """Return that the plan of an earlier year is cited where that of the citing document's own year is there."""
        year, theirs = _year(printed(citing, "subject")), _year(entry["about"])
        if not year or not theirs or theirs >= year or _issued_by(citing, entry["by"]):
            return None
        named = {folding.key(each["symbol"]) for each in cited}
        sign = folding.key(entry["symbol"]).partition("/")[2]
        for other in self._by_sign.get(sign, ()):
            day, subject = printed_date(other), printed(other, "subject")
            if day is None or day > own or _year(subject) != year or not _issued_by(other, entry["by"]):
                continue
            if folding.key(printed(other, "symbol") or "") in named or not _same_title(subject, entry["about"]):
                continue
            newer = printed(other, "symbol") or ""
            args = {"cited": entry["symbol"], "newer": newer, "other": other.path, "year": str(year)}
            return _finding("cites-outdated", args, entry, citing)
        return None


def _finding(code: str, args: Mapping[str, Any], entry: Mapping[str, Any], citing: Evidence) -> Finding:
    place = Place(entry.get("page"), words=entry["words"], source=Source.TEXT)
    return Finding(code, args, Certainty.HINT, Severity.WARNING, citing.id, place)


def _in_text(entry: Mapping[str, Any], evidence: Evidence) -> bool:
    """Return whether a citation stands before the signature: what is bound behind it is another document's."""
    page, signed_at = entry.get("page"), evidence.reading.where.get("signer")
    last = signed_at.page if signed_at is not None else None
    return bool(page is None or page <= (last or 1))


def _issued_by(evidence: Evidence, named: str) -> bool:
    """Return whether a citation names the issuer of a document, in full or shortened ("UBND tỉnh")."""
    issuer, short = _body(printed(evidence, "issuer") or ""), _body(named)
    least = min(len(issuer), len(short))
    return least > 0 and issuer[:least] == short[:least]


def _vague(named: str | None) -> bool:
    """Return whether a citation does not tell one issuer from others: "UBND", "tỉnh"."""
    words = _body(named or "")
    return len(words) < _LEAST_WORDS or " ".join(words) in _BARE


def _body(name: str) -> list[str]:
    """Return an issuer's name in words; its chairman counts as the body."""
    words = organisation_words(name)
    return words[2:] if words[:2] == ["chủ", "tịch"] else words


def _year(title: str | None) -> int:
    years = {int(year) for year in _YEAR.findall(title or "")}
    return years.pop() if len(years) == 1 else 0


def _other_year(about: str | None, evidence: Evidence) -> bool:
    said, printed_year = _year(about), _year(printed(evidence, "subject"))
    return bool(said and printed_year and said != printed_year)


def _same_title(one: str, other: str) -> bool:
    return similarity(_title_key(one), _title_key(other)) >= SAME_TITLE


def _title_key(title: str) -> str:
    return _FORM.sub("", folding.key(_YEAR.sub("", title.replace("CCHC", "cải cách hành chính"))))
