# SPDX-License-Identifier: Apache-2.0
"""Provinces made of files of facts."""

from __future__ import annotations

import filemaking
import pytest

from parcheck.checking import Session
from parcheck.plugins import PluginChoice, Plugins


@pytest.fixture
def facts_session():
    """A session that reads files of facts."""
    return Session(Plugins(PluginChoice(extra=("faulty.sheet",))))


@pytest.fixture
def province(tmp_path):
    """Return a function that writes units with so many plans each; every third unit lacks the number of its plan."""

    def write(units=3, files=4):
        root = tmp_path / "tinh"
        for unit in range(1, units + 1):
            for number in range(files):
                facts = {**filemaking.PLAN_FACTS, "subject": f"Kế hoạch CCHC số {number} của xã {unit}"}
                if unit % 3 == 0:
                    facts["symbol"] = None
                filemaking.facts_file(root / f"{unit} - Xã {unit}" / "1.1" / f"{number}.facts", **facts)
        return root

    return write
