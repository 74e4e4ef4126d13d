# SPDX-License-Identifier: Apache-2.0
"""Words in both languages at once: a page holds both and shows one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.catalogue import local_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcheck.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Said:
    """The same in Vietnamese and in English."""

    vi: str
    en: str

    def __bool__(self) -> bool:
        return bool(self.vi or self.en)


class Speaker:
    """Says in both languages what the catalogue can say in one."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def both(self, say: Callable[[str], str | None]) -> Said:
        """Return what a function of the language says."""
        return Said(say("vi") or "", say("en") or "")

    def ui(self, key: str, /, **args: Any) -> Said:
        """Return a phrase of the catalogue; arguments that are `Said` go in by language."""
        return self.both(
            lambda language: self.catalogue.phrase(
                key,
                language,
                **{
                    name: getattr(value, language) if isinstance(value, Said) else value for name, value in args.items()
                },
            )
        )

    def term(self, group: str, key: str) -> Said:
        """Return a word of a group."""
        return self.both(lambda language: self.catalogue.term(group, key, language))

    def number(self, value: float) -> Said:
        """Return a number in the local form."""
        return self.both(lambda language: self.catalogue.tell(float(value), language))

    def moment(self, iso: str) -> Said:
        """Return a time in the local form and this computer's zone; what is none as it stands."""
        try:
            there = datetime.datetime.fromisoformat(iso).astimezone()
        except ValueError:
            return Said(iso, iso)
        zone = there.strftime("%z")
        clock = f"{there:%H:%M} (UTC{zone[:3]}:{zone[3:]})"
        return self.both(lambda language: f"{local_date(there.date().isoformat(), language)}, {clock}")

    def day(self, iso: Any) -> Said:
        """Return a date in the local form; nothing for what is none."""
        text = str(iso or "")
        return self.both(lambda language: local_date(text, language))
