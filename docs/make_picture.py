# SPDX-License-Identifier: Apache-2.0
"""Draw docs/images/report.svg, the picture in the README: the first criteria of the sample province."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from parcheck.checking import Session
from parcheck.reporting.screen import print_report

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "images" / "report.svg"
LINES = 36
"""Lines shown from the top; the last two follow."""


def main() -> None:
    """Check the sample and draw what the screen shows."""
    session = Session()
    report = session.check(ROOT / "samples" / "tinh-truong-giang", "par-tinh-2025")
    screen = io.StringIO()
    whole = Console(file=screen, force_terminal=True, width=108, color_system="truecolor", highlight=False)
    print_report(report, session.catalogue, "vi", whole)
    lines = screen.getvalue().splitlines()
    shown = [*lines[:LINES], "  …", *lines[-2:]]
    picture = Console(record=True, width=108, file=io.StringIO(), highlight=False)
    for line in shown:
        picture.print(Text.from_ansi(line.rstrip()), soft_wrap=True)
    TARGET.parent.mkdir(exist_ok=True)
    drawn = picture.export_svg(title="parcheck check samples/tinh-truong-giang --rules par-tinh-2025")
    # The picture must not fetch fonts from anywhere.
    TARGET.write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    main()
