# SPDX-License-Identifier: Apache-2.0
"""Parts of the system that reading old files needs: never skipped without saying so."""

from __future__ import annotations

import os

import pytest

from parcheck_plugins.legacy_word.office import Office, find_program

_UNTESTED = "untested"


@pytest.fixture
def libreoffice(record_property):
    """A LibreOffice of its own. Where there is none the test fails in CI; elsewhere the run ends by saying so."""
    program = find_program()
    if program is None:
        what = "Reading .doc, .rtf and .odt was not tested: LibreOffice is not installed (libreoffice-writer-nogui)."
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(what)
        record_property(_UNTESTED, what)
        pytest.skip(what)
    office = Office(program)
    yield office
    office.close()


def pytest_terminal_summary(terminalreporter):
    """Say in words, after the figures, what this machine could not test."""
    reports = [report for kind in terminalreporter.stats.values() for report in kind]
    untested: dict[str, int] = {}
    for report in reports:
        for name, what in getattr(report, "user_properties", ()):
            if name == _UNTESTED and getattr(report, "skipped", False):
                untested[what] = untested.get(what, 0) + 1
    if untested:
        terminalreporter.section("NOT TESTED HERE", sep="!", yellow=True)
        for what, count in untested.items():
            terminalreporter.line(f"{what} ({count} tests)")
