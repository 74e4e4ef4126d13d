# SPDX-License-Identifier: Apache-2.0
"""Programs that tests need and a computer may lack: CI fails without them, elsewhere the run ends by saying so."""

from __future__ import annotations

import os

import pytest

PROPERTY = "untested"


def untested(record_property, what: str) -> None:
    """Fail in CI; elsewhere leave the test out, and have the run say in words what was not tested."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(what)
    record_property(PROPERTY, what)
    pytest.skip(what)


def tell(terminalreporter) -> None:
    """Say, after the figures, what this machine could not test."""
    reports = [report for kind in terminalreporter.stats.values() for report in kind]
    left_out: dict[str, int] = {}
    for report in reports:
        for name, what in getattr(report, "user_properties", ()):
            if name == PROPERTY and getattr(report, "skipped", False):
                left_out[what] = left_out.get(what, 0) + 1
    if left_out:
        terminalreporter.section("NOT TESTED HERE", sep="!", yellow=True)
        for what, count in left_out.items():
            terminalreporter.line(f"{what} ({count} tests)")
