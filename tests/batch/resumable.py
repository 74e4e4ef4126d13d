# SPDX-License-Identifier: Apache-2.0
"""Checks the units of a folder as `parcheck check FOLDER -o OUT` does, with files of facts: to be killed half-way.

Usage: python resumable.py ROOT PACK OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

from parcheck.checking import Session
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reporting.as_json import write_json
from parcheck.spool import remove
from parcheck.submission.discovery import find_submissions
from parcheck.writing import whole


def main(root: Path, pack: str, out: Path) -> None:
    session = Session(Plugins(PluginChoice(extra=("faulty.counted",))))
    units = find_submissions(root, session.pack(pack).codes())
    state = out / ".parcheck"
    report = session.check_all(units, pack, state, workers=2)
    with whole(out / "report.json") as draft, draft.open("w", encoding="utf-8") as stream:
        write_json(report, session.catalogue, "vi", stream)
    remove(state)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
