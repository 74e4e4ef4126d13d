# SPDX-License-Identifier: Apache-2.0
"""The words of parcheck: finding codes, reasons, errors and terms, in Vietnamese and English, loaded from data.

Text is rendered here and only here, late, from codes and arguments.
"""

from __future__ import annotations

import datetime
import functools
import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcheck.yaml_file import load_plain

if TYPE_CHECKING:
    from parcheck.model import Finding, Reason

LANGUAGES = ("vi", "en")
SECTIONS = ("findings", "reasons", "errors", "terms")
_HERE = Path(__file__).parent
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Words(string.Formatter):
    """Formats a template; a placeholder without an argument stays readable instead of raising."""

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key), "…") if isinstance(key, str) else super().get_value(key, args, kwargs)


_FORMATTER = _Words()


class Catalogue:
    """Everything that can be said, by code.

    Args:
        files: catalogue files, each of which wins over those before it.
        load: gives a file's data.
    """

    def __init__(self, files: Iterable[Path], load: Callable[[Path], Any] = load_plain) -> None:
        self._load = load
        self._sections: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
        for file in files:
            self.add(file)

    def add(self, file: Path) -> None:
        """Add the words of one file, which win over those before it."""
        data = self._load(file)
        section = file.stem if file.stem in SECTIONS else None
        parts = {section: data} if section else data
        for name, entries in parts.items():
            self._sections[str(name)].update(entries)

    @property
    def findings(self) -> Mapping[str, Any]:
        """Finding code to its entry: certainty, severity, args, raised_by, clause, vi, en."""
        return self._sections["findings"]

    @property
    def reasons(self) -> Mapping[str, Any]:
        """Reason code to its entry."""
        return self._sections["reasons"]

    @property
    def errors(self) -> Mapping[str, Any]:
        """Error code to its entry."""
        return self._sections["errors"]

    @property
    def terms(self) -> Mapping[str, Any]:
        """Group ("outcomes", "facts", "types", "ui" …) to term to words."""
        return self._sections["terms"]

    def title(self, code: str, language: str) -> str:
        """Return the short name of a finding code; the bare code when no plugin explains it."""
        entry = self.findings.get(code)
        return str(entry[language]["title"]) if entry else code

    def part(self, finding: Finding, part: str, language: str, **common: Any) -> str:
        """Render the message, why, fix or example of a finding.

        Args:
            finding: code and arguments.
            part: "message", "why", "fix" or "example".
            language: "vi" or "en".
            common: the placeholders that every message may use: file, where, words, requirement, criterion.
        """
        entry = self.findings.get(finding.code)
        given = {**common, **finding.args}
        template = _template(entry[language], part, given) if entry else None
        if not template:
            return finding.code if part == "message" else ""
        return self._fill(template, given, language)

    def reason(self, reason: Reason, language: str) -> str:
        """Return why something could not be read or decided, as a clause."""
        entry = self.reasons.get(reason.code)
        return self._fill(entry[language], reason.args, language) if entry else reason.code

    def reason_fix(self, reason: Reason, language: str) -> str:
        """Return what the user can do about it; empty when nothing."""
        entry = self.reasons.get(reason.code) or {}
        return self._fill(entry.get("fix", {}).get(language) or "", reason.args, language)

    def error(self, code: str, args: Mapping[str, Any], language: str) -> str:
        """Return the sentence of an error of use."""
        entry = self.errors.get(code)
        if not entry:
            return f"{code}: " + ", ".join(f"{k}={v}" for k, v in args.items())
        return self._fill(entry[language], args, language)

    def term(self, group: str, key: str, language: str) -> str:
        """Return a word of a group; the key itself when it is not listed (a type printed in capitals, say)."""
        entry = self.terms.get(group, {}).get(key)
        if entry is None:
            return key
        return str(entry[language] if isinstance(entry, Mapping) else entry)

    def phrase(self, key: str, language: str, /, **args: Any) -> str:
        """Return a phrase of the screen with its placeholders filled; leading blanks and commas are kept."""
        told = {name: self.tell(value, language) for name, value in args.items()}
        return _FORMATTER.vformat(self.term("ui", key, language), (), told)

    def describe(self, facts: Mapping[str, Any], language: str) -> str:
        """Return what a document is, for a person: "Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND tỉnh A, về …"."""
        kind = facts.get("type")
        if not any(facts.get(name) for name in ("type", "symbol", "issuer", "subject")):
            return self.term("ui", "document-unnamed" if "type" in facts else "document-unknown", language)
        named = self.term("types", kind, language) if kind else self.term("ui", "document-unnamed", language)
        parts = [named[:1].upper() + named[1:]]
        for key, fact in (
            ("symbol", "symbol"),
            ("date", "issued_on"),
            ("issuer", "issuer"),
            ("subject", "subject"),
        ):
            if facts.get(fact):
                parts.append(self.phrase(f"described-{key}", language, **{key: facts[fact]}))
        if facts.get("draft"):
            parts.append(self.term("ui", "described-draft", language))
        return "".join(parts)

    def _fill(self, template: str, args: Mapping[str, Any], language: str) -> str:
        group = "types" if args.get("fact") == "type" else None
        # A finding has several sentences, and none of them names all that is known of it.
        named = ((name, value) for name, value in args.items() if "{" + name in template)
        told = {name: self.tell(value, language, name, group) for name, value in named}
        return _FORMATTER.vformat(template, (), told).strip()

    def tell(self, value: Any, language: str, name: str = "", group: str | None = None) -> str:
        """Return a value as a person writes it: dates in the local form, lists with commas, codes as words.

        Args:
            value: any argument of a finding, or the value of a fact.
            language: "vi" or "en".
            name: the argument's name; some names hold codes of the catalogue.
            group: the group of terms that plain strings are looked up in.
        """
        from parcheck.errors import ParcheckError
        from parcheck.model import Reason

        if isinstance(value, Reason):
            return self.reason(value, language)
        if value is None:
            return self.term("unsaid", name, language) if name in self.terms.get("unsaid", {}) else ""
        if name in ("before", "after"):
            return self.term("outcomes", str(value), language)
        if name == "action":
            return self.term("actions", str(value), language)
        if name == "error" and isinstance(value, Mapping):
            return ParcheckError(value["code"], **value["args"]).say(language)
        if name == "what" and isinstance(value, Mapping):
            return self.describe(value, language)
        if name == "kind" or name == "actual":
            return self.term("media", str(value), language)
        if name == "fact":
            return self.term("facts", str(value), language)
        if name == "hook":
            return self.term("hooks", str(value), language)
        if isinstance(value, bool):
            return self.term("ui", "yes" if value else "no", language)
        if isinstance(value, str):
            if group and name in ("found", "wanted", ""):
                return self._printed(group, value, language)
            return local_date(value, language) if _ISO_DATE.fullmatch(value) else value
        if isinstance(value, float):
            text = f"{value:g}"
            return text.replace(".", ",") if language == "vi" else text
        if isinstance(value, Mapping):
            return ", ".join(self.tell(v, language) for v in value.values() if v not in (None, [], ""))
        if isinstance(value, Iterable):
            told = {text.casefold(): text for text in reversed([self.tell(v, language, "", group) for v in value])}
            *first, last = reversed(told.values()) if told else [""]
            link = f" {self.term('ui', 'or', language)} " if name == "wanted" else ", "
            return link.join([", ".join(first), last] if first else [last])
        return str(value)

    def _printed(self, group: str, value: str, language: str) -> str:
        """Return the word for a key of a group; or for what a document has in capitals in place of the key."""
        terms = self.terms.get(group, {})
        if value not in terms:
            named = (key for key, entry in terms.items() if str(entry["vi"]).casefold() == value.casefold())
            value = next(named, value)
        known = self.term(group, value, language)
        return known.capitalize() if known == value else known


def _template(entry: Mapping[str, str], part: str, given: Mapping[str, Any]) -> str | None:
    """Return a part's words: those for an argument that is 0 or empty ("message-no-files") where it has such."""
    for key, words in entry.items():
        plain, _, argument = key.partition("-no-")
        if plain == part and argument in given and not given[argument]:
            return words
    return entry.get(part)


def local_date(iso: str, language: str) -> str:
    """Return an ISO date as people write it: 05/03/2025 in Vietnamese, 5 March 2025 in English.

    What is no day of the calendar is returned as it stands.
    """
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
    if language == "vi":
        return day.strftime("%d/%m/%Y")
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    return f"{day.day} {months[day.month - 1]} {day.year}"


@functools.cache
def shipped() -> Catalogue:
    """Return the catalogue of parcheck itself, without that of other plugins."""
    return Catalogue(own_files())


def own_files() -> list[Path]:
    """Return the catalogue files that parcheck ships."""
    return [_HERE / f"{section}.yaml" for section in SECTIONS]
