# SPDX-License-Identifier: Apache-2.0
"""The exceptions that parcheck raises. Their classes and codes are public API, their wording is not.

ParcheckError
├── UnreadableFile   a file that cannot be opened (raised by format plugins, becomes a finding)
├── BadPack          a rule pack that cannot be used: file, line, what was found, what is allowed
├── BadSubmission    a folder, sheet or archive that cannot be checked
├── BadUsage         an option or argument that cannot be used
└── Cancelled        the caller told a run to stop
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class ParcheckError(Exception):
    """Base of everything parcheck raises on purpose: a code of the catalogue's `errors` and its arguments.

    `faults` holds the single errors where several were found at once (a pack, a manifest).
    """

    def __init__(self, code: str, /, *, faults: Sequence[ParcheckError] = (), **args: Any) -> None:
        super().__init__(code)
        self.code = code
        self.faults = tuple(faults)
        self.details = args

    def __str__(self) -> str:
        return self.say("vi")

    def say(self, language: str) -> str:
        """Return the sentence for the user, in "vi" or "en"; one line per fault where there are several."""
        from parcheck.catalogue import shipped

        if self.faults:
            return "\n".join(fault.say(language) for fault in self.faults)
        sentence = shipped().error(self.code, self.details, language)
        if "line" in self.details:
            return shipped().phrase("at-line", language, **self.details) + sentence
        return sentence


class UnreadableFile(ParcheckError):
    """A file that cannot be read; becomes a finding with this code and these arguments."""

    def say(self, language: str) -> str:
        """Return the finding's title: the sentence itself needs the file's name, which the pipeline knows."""
        from parcheck.catalogue import shipped

        return shipped().title(self.code, language)


class BadPack(ParcheckError):
    """A rule pack that cannot be used; `faults` holds every fault found, each with file and line."""


class BadSubmission(ParcheckError):
    """What was handed in cannot be checked at all."""


class BadUsage(ParcheckError):
    """An option or argument that cannot be used."""


class Cancelled(ParcheckError):
    """A run was told to stop by its caller; what it gave before stands."""
