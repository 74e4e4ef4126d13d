# SPDX-License-Identifier: Apache-2.0
"""One signature as the fact `signatures` gives it: every key always there, None where nothing is known."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from parcheck_plugins.letterhead import folding

if TYPE_CHECKING:
    from asn1crypto import x509  # type: ignore[import-untyped]

Entry: TypeAlias = dict[str, Any]
"""See docs/reference/signatures.md for what each key means and what is never concluded from it."""

_KEYS: Final = (
    "kind", "intact", "valid", "trusted", "trust_problem", "covers_file", "changed_after", "later_signed", "broken",
    "signer", "organisation", "units", "issuer", "certificate", "signed_at", "signed_at_source", "timestamped",
    "digest", "sub_filter", "unsigned_parts", "changed_parts",
)  # fmt: skip
_PDF_DATE: Final = re.compile(
    r"(?:D:)?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?", re.ASCII
)
_CLOCK_SLACK: Final = dt.timedelta(minutes=15)
"""Between the moments at which one signing program writes its two clock readings."""


def entry(kind: str, **known: Any) -> Entry:
    """Return an entry in which everything but what is given is unknown."""
    made: Entry = dict.fromkeys(_KEYS)
    made["kind"] = kind
    made.update(known)
    return made


def certificate_facts(certificate: x509.Certificate) -> Entry:
    """Return what a certificate says of its holder and of itself; nothing of it is verified here."""
    subject, issuer = _names(certificate.subject), _names(certificate.issuer)
    usage = certificate.key_usage_value
    return {
        "signer": _first(subject, "common_name"),
        "organisation": _first(subject, "organization_name"),
        "units": subject.get("organizational_unit_name", []),
        "issuer": _first(issuer, "common_name") or _first(issuer, "organization_name"),
        "certificate": {
            "valid_from": certificate.not_valid_before.isoformat(),
            "valid_to": certificate.not_valid_after.isoformat(),
            "key_usage": sorted(usage.native) if usage is not None else None,
            "self_signed": bool(certificate.self_issued),
        },
    }


def _names(name: x509.Name) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for relative in name.chosen:
        for pair in relative:
            text = folding.clean(str(pair["value"].native))
            if text:
                found.setdefault(str(pair["type"].native), []).append(text)
    return found


def _first(names: dict[str, list[str]], kind: str) -> str | None:
    return names[kind][0] if kind in names else None


def pdf_date(text: str | None) -> dt.datetime | None:
    """Read a date of ISO 32000-2, 7.9.4; one without an offset stays without."""
    match = _PDF_DATE.match((text or "").strip())
    if not match:
        return None
    *numbers, zulu, sign, hours, minutes = match.groups()
    try:
        zone: dt.tzinfo | None = dt.UTC if zulu else None
        if sign:
            offset = dt.timedelta(hours=int(hours), minutes=int(minutes or 0))
            zone = dt.timezone(-offset if sign == "-" else offset)
        year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
        return dt.datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def claimed_time(attribute: dt.datetime | None, claim: dt.datetime | None) -> tuple[dt.datetime | None, str | None]:
    """Return the signer's own signing time and its source, from the CMS attribute and the PDF's `/M`.

    Signing programs in use in Vietnam write the local clock into the CMS attribute and call it UTC (08:51:05Z there,
    08:51:04+07'00' in `/M`): so did all 24 real signatures measured that have both, and where there is a time stamp
    it proves `/M` right. Both stand in the signed bytes, so the offset is then taken from `/M`.
    """
    if attribute is None:
        return claim, "claimed" if claim else None
    if claim is None or claim.tzinfo is None or attribute.tzinfo is None:
        return attribute, "cms"
    same_clock = abs(attribute.replace(tzinfo=None) - claim.replace(tzinfo=None)) <= _CLOCK_SLACK
    if same_clock and abs(attribute - claim) > 2 * _CLOCK_SLACK:
        return attribute.replace(tzinfo=claim.tzinfo), "cms"
    return attribute, "cms"
