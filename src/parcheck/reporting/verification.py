# SPDX-License-Identifier: Apache-2.0
"""What holding a report against its inputs showed, as text and as JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import TYPE_CHECKING, Any, TextIO

from parcheck.catalogue import local_date
from parcheck.reporting.difference import plain
from parcheck.rules.difference.report import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck.catalogue import Catalogue
    from parcheck.checking_again import Again
    from parcheck.reporting.reading_back import SaidUnit
    from parcheck.signing_reports import ReportSignature
    from parcheck.verifying import UnitFiles, Verified


def write_verification_text(verified: Verified, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    """Write for a person: signature, files, what the report was made with, what rests on recognised words."""
    _Text(verified, catalogue, language).write(stream)


class _Text:
    def __init__(self, verified: Verified, catalogue: Catalogue, language: str) -> None:
        self._verified, self._catalogue, self._language = verified, catalogue, language
        self._lines = Lines()

    def write(self, stream: TextIO) -> None:
        report = self._verified.report
        self._add("title", file=report.file.name)
        pack = f"{report.pack_id} {report.pack_version}"
        made = report.run.get("versions", {}).get("parcheck", "–")
        self._add("head", 2, date=str(report.run.get("finished", ""))[:10], tool=made, pack=pack)
        self._lines.add()
        sealed = {True: ("sealed", "✓ "), False: ("seal-broken", "✗ "), None: ("seal-unsaid", "? ")}
        self._add(sealed[report.sealed][0], 0, sealed[report.sealed][1])
        for signature in self._verified.signatures:
            self._signature(signature)
        if not self._verified.signatures:
            self._add("signature-none", 0, "? ")
        for unit in self._verified.units:
            self._unit(unit)
        self._made()
        self._again()
        self._lines.add()
        self._add(self._verdict())
        self._lines.write(stream)

    def _verdict(self) -> str:
        """Return the key of the last sentence: it claims no more than was looked at."""
        verified = self._verified
        if not verified.holds:
            return "differs"
        if not verified.files_found:
            return "not-found-all"
        return "holds" if verified.vouched else "holds-unvouched"

    def _phrase(self, key: str, **args: Any) -> str:
        told = {name: self._catalogue.tell(value, self._language) for name, value in args.items()}
        return plain(self._catalogue.term("verification", key, self._language).format_map(told))

    def _add(self, key: str, indent: int = 0, sign: str = "", **args: Any) -> None:
        self._lines.add(self._phrase(key, **args), indent, sign)

    def _list(self, key: str, items: Iterable[str], sign: str) -> None:
        listed = list(items)
        if listed:
            self._add(key, 2, count=len(listed))
        for item in listed:
            self._lines.add(plain(item), 4, sign)

    def _signature(self, signature: ReportSignature) -> None:
        who = ", ".join(filter(None, (signature.signer, signature.organisation)))
        self._add("signature", who=who, issuer=signature.issuer or "–", time=self._time(signature.signed_at))
        key = "signature-good" if signature.good else "signature-changed" if signature.valid else "signature-wrong"
        self._add(key, 2, "✓ " if signature.good else "✗ ")
        trust = {True: ("trusted", "✓ "), False: ("not-trusted", "✗ "), None: ("trust-unknown", "? ")}
        key, sign = trust[signature.trusted]
        self._add(key, 2, sign)

    def _time(self, moment: str | None) -> str:
        """Return a moment by the clock of this computer."""
        if moment is None:
            return "–"
        here = dt.datetime.fromisoformat(moment).astimezone()
        return f"{here:%H:%M}, {local_date(here.date().isoformat(), self._language)}"

    def _unit(self, files: UnitFiles) -> None:
        self._lines.add()
        if files.root is None:
            self._add("unit-not-found", 0, "? ", unit=files.unit.name, path=files.unit.path)
        else:
            self._add("unit", unit=files.unit.name, path=str(files.root))
            self._add("same", 2, "✓ ", count=files.same)
            self._list("changed", files.changed, "✗ ")
            self._list("missing", files.missing, "✗ ")
            self._list("moved", [self._phrase("pair", then=then, now=now) for then, now in files.moved], "✗ ")
            self._list("extra", files.extra, "+ ")
            self._list("unsaid", files.unsaid, "? ")
            if files.unit.inputs is None:
                self._add("inputs-unsaid", 2, "? ")
        self._grounds(files.unit)

    def _grounds(self, unit: SaidUnit) -> None:
        """Say which verdicts come out again from the bytes, and which rest on something else."""
        judged = [each for each in unit.criteria.values() if each.grounds]
        if not judged:
            return
        bytes_only = [each.code for each in judged if each.grounds == ("bytes",)]
        self._add("from-bytes", 2, count=len(bytes_only), total=len(judged))
        for ground in ("ocr", "citation", "decision"):
            codes = [each.code for each in judged if ground in each.grounds]
            if codes:
                self._add(f"from-{ground}", 2, codes=codes)

    def _made(self) -> None:
        self._lines.add()
        if not self._verified.made:
            self._add("made-same")
            return
        self._add("made-other", count=len(self._verified.made))
        for made in self._verified.made:
            if made.kind == "unsaid":
                self._add("made-unsaid", 4, "? ")
                continue
            none = self._phrase("made-none")
            what = self._phrase(f"made-{made.kind}", name=made.name)
            self._add("made", 4, "• ", what=what, then=made.then or none, now=made.now or none)

    def _again(self) -> None:
        if self._verified.again is None:
            return
        self._lines.add()
        if not self._verified.again:
            self._add("again-same")
        for each in self._verified.again:
            values = {"then": self._value(each, each.then), "now": self._value(each, each.now)}
            place = {"unit": each.unit, "code": each.code or "–", "what": each.what}
            self._add(f"again-{each.kind}", 2, "✗ ", **place, **values)

    def _value(self, again: Again, value: str | None) -> str:
        if value is None:
            return self._phrase("made-none")
        kind = again.kind in ("outcome", "requirement")
        return self._catalogue.term("outcomes", value, self._language) if kind else value


def write_verification_json(verified: Verified, stream: TextIO) -> None:
    """Write as JSON: signature, units with their files, what was made with something else, outcomes that differ."""
    data = {
        "report": verified.report.file.name,
        "holds": verified.holds,
        "files_found": verified.files_found,
        "sealed": verified.report.sealed,
        "vouched": verified.vouched,
        "signatures": [{**dataclasses.asdict(each), "file": each.file.name} for each in verified.signatures],
        "units": [_unit_data(unit) for unit in verified.units],
        "made_with_other": [dataclasses.asdict(made) for made in verified.made],
        "again": None if verified.again is None else [dataclasses.asdict(each) for each in verified.again],
    }
    stream.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _unit_data(files: UnitFiles) -> dict[str, Any]:
    return {
        "unit": files.unit.unit,
        "path": files.unit.path,
        "found": files.root is not None,
        "same": files.same,
        "missing": list(files.missing),
        "moved": [{"then": then, "now": now} for then, now in files.moved],
        "changed": list(files.changed),
        "extra": list(files.extra),
        "unsaid": list(files.unsaid),
        "grounds": {each.code: list(each.grounds) for each in files.unit.criteria.values()},
    }
