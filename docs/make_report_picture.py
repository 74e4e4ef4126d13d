# SPDX-License-Identifier: Apache-2.0
"""Draw docs/images/report-html.png: the HTML report of the sample province, as Chromium shows it.

Needs Debian's chromium, as the tests do.
"""

from __future__ import annotations

import dataclasses
import io
import os
import shutil
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from parcheck.checking import Session
from parcheck_plugins.reports.html import write_html

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "images" / "report-html.png"
WIDTH, HEIGHT = 940, 900
CRITERION = "#c-1\\.2"
"""The one that is shown beside the first screen."""
GAP = 24
GROUND = "#8a94a1"
COLOURS = 200


def main() -> None:
    """Check the sample, lay its report out, and take a picture of two parts of it."""
    os.environ["TZ"] = "Asia/Ho_Chi_Minh"
    time.tzset()
    session = Session()
    report = session.check(ROOT / "samples" / "tinh-truong-giang", "par-tinh-2025")
    report = dataclasses.replace(report, run={**report.run, "started": "2026-01-05T02:00:00+00:00"})
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        with file.open("w", encoding="utf-8") as stream:
            write_html(report, session.catalogue, "vi", stream)
        first, second = _pictures(file)
    picture = Image.new("RGB", (first.width + GAP + second.width, HEIGHT), GROUND)
    picture.paste(first, (0, 0))
    picture.paste(second.crop((0, 0, second.width, HEIGHT)), (first.width + GAP, 0))
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(TARGET, optimize=True)


def _pictures(file: Path) -> tuple[Image.Image, Image.Image]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(file.as_uri())
        shots = page.screenshot(), page.locator(CRITERION).screenshot()
        browser.close()
    first, second = (Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots)
    return first, second


if __name__ == "__main__":
    main()
