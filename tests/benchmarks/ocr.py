# SPDX-License-Identifier: Apache-2.0
"""How fast parcheck reads the letterhead facts of scans, as ratios to OCR of every page, all in one run.

usage: PYTHONPATH=src:plugins:rules:. python tests/benchmarks/ocr.py [FILE_OR_FOLDER…] [--rounds N] [--ocrmypdf PATH]

Per document three ways are compared: parcheck, which recognises only the regions that bear the facts; the same engine
over all pages; and ocrmypdf with one job, where it is installed (MPL-2.0: nothing of it belongs to parcheck; install it
by hand, with tesseract-ocr, tesseract-ocr-vie and ghostscript from Debian). The ways take turns on each document, so a
drift of the machine's speed hits all alike. Ratios are of processor seconds, which other work on the machine disturbs
less than the clock; both are printed.

Only scans of ten pages and more count, unless --pages says otherwise. Without files, documents of ten to twenty pages
are made by the fixtures. Exit code 1 when parcheck is less than --bar times as fast as the same engine over all pages.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parcheck.reading.recognition import RecognisedDocument

FACTS: Final = frozenset({"type", "symbol", "issued_on", "issuer", "subject", "signer"})
_LONG: Final = 10
_SECONDS: Final = 900
"""For one document with ocrmypdf."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that one document took."""

    processor: float
    clock: float


class Parcheck:
    """Read regions or whole pages in this process."""

    def __init__(self) -> None:
        from parcheck.plugins import PluginChoice, Plugins
        from parcheck.reading.pipeline import Readers

        self._plugins = Plugins(PluginChoice())
        self._readers = Readers(self._plugins)

    def open(self, file: Path) -> RecognisedDocument:
        """Open a scan."""
        from parcheck.reading.recognition import RecognisedDocument
        from parcheck_plugins.ocr import parcheck_recognisers
        from parcheck_plugins.pdf import parcheck_open

        document = parcheck_open(file, "application/pdf")
        if document is None:
            raise ValueError(file.name)
        document.path = file
        return RecognisedDocument(document, next(iter(parcheck_recognisers())))

    def regions(self, file: Path) -> None:
        """Read the letterhead facts as `parcheck check` does."""
        from parcheck.reading.pipeline import read_file

        read_file(file, file.name, FACTS, self._plugins, self._readers)

    def pages(self, file: Path) -> None:
        """Recognise every page."""
        from parcheck.reading.recognition import Part

        with self.open(file) as document:
            for page in range(1, document.page_count + 1):
                document.lines_in(page, Part.WHOLE)


def ocrmypdf(program: str) -> Callable[[Path], None]:
    """Return what reads every page with ocrmypdf, one job and one thread as the others have."""

    def run(file: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out.pdf"
            command = [program, "-l", "vie", "--force-ocr", "--jobs", "1", "--output-type", "pdf", "--optimize", "0"]
            subprocess.run(
                [*command, "--invalidate-digital-signatures", "--quiet", str(file), str(out)],
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                capture_output=True,
                check=True,
                timeout=_SECONDS,
            )

    return run


def timed(way: Callable[[Path], None], file: Path) -> Spent:
    """Return what one way takes for one document, its child processes counted."""
    processor, clock = _processor(), time.perf_counter()
    way(file)
    return Spent(_processor() - processor, time.perf_counter() - clock)


def _processor() -> float:
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def scans(paths: list[str], pages: int, parcheck: Parcheck) -> Iterator[tuple[Path, int]]:
    """Yield the PDFs whose pages are all pictures and that are long enough, with their pages."""
    for name in paths:
        for file in sorted(Path(name).rglob("*.pdf")) if Path(name).is_dir() else [Path(name)]:
            try:
                with parcheck.open(file) as document:
                    count = document.page_count
                    if count >= pages and all(document.recognised(page) for page in range(1, count + 1)):
                        yield file, count
            except Exception as error:  # noqa: BLE001 - whatever keeps a file from being opened keeps it out
                print(f"left out: {file.name} ({type(error).__name__})", file=sys.stderr)


def made(folder: Path) -> list[str]:
    """Write scans of a made-up body: in colour and in black and white, of ten to twenty pages."""
    from samples.make.spec import Signer, Spec, Text, Unit
    from tests.support.scanmaking import Scanner, scanned

    unit = Unit(
        ("ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI"), "Quảng Ngãi", seal=("ỦY BAN", "NHÂN DÂN"), seal_rim="QUẢNG NGÃI"
    )
    words = (
        "Các sở, ban, ngành và địa phương rà soát thủ tục hành chính, công khai kết quả và báo cáo trước ngày 15. " * 4
    )
    spec = Spec(
        unit=unit,
        type="KẾ HOẠCH",
        sign="KH-UBND",
        number="45",
        issued_on=dt.date(2025, 3, 17),
        subject="Cải cách hành chính nhà nước năm 2025",
        signers=(Signer(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Trần Văn Hùng"),),
        recipients=("Như trên;", "Lưu: VT, NC."),
    )
    paths = []
    for i, (paragraphs, scanner) in enumerate(
        ((72, Scanner()), (96, Scanner(dpi=300, black=True)), (140, Scanner(dpi=150, angle=0.5)))
    ):
        body = tuple(Text(f"{n}. {words}") for n in range(1, paragraphs + 1))
        path = folder / f"made-{i + 1}.pdf"
        path.write_bytes(scanned(dataclasses.replace(spec, body=body), scanner))
        paths.append(str(path))
    return paths


def compare(files: list[tuple[Path, int]], ways: dict[str, Callable[[Path], None]], rounds: int) -> float:
    """Print the table; return how many times as fast parcheck is as the same engine over all pages, in all."""
    print(f"{'document':40} {'pages':>5}" + "".join(f" {name + ' s':>14}" for name in ways) + "   times as fast as")
    total = {name: dict.fromkeys(ways, 0.0) for name in ways}
    for file, pages in files:
        spent: dict[str, list[Spent]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                try:
                    spent[name].append(timed(way, file))
                except subprocess.SubprocessError as error:
                    print(f"{name} gave up on {file.name}: {error}", file=sys.stderr)
        processor = {name: statistics.median(s.processor for s in each) for name, each in spent.items() if each}
        clock = {name: statistics.median(s.clock for s in each) for name, each in spent.items() if each}
        for name, seconds in processor.items():
            total[name]["parcheck"] += processor["parcheck"]
            if name != "parcheck":
                total[name][name] += seconds
        row = "".join(f" {processor.get(n, math.nan):6.2f} ({clock.get(n, math.nan):5.1f})" for n in ways)
        print(f"{file.name[:40]:40} {pages:5}{row}   {_ratios(processor)}", flush=True)
    # Each way is held against parcheck over the documents that it could read.
    ratios = {name: total[name][name] / total[name]["parcheck"] for name in ways if name != "parcheck"}
    count = sum(pages for _, pages in files)
    row = "".join(f" {total[name][name]:14.2f}" for name in ways)
    print(f"{'in all':40} {count:5}{row}   " + ", ".join(f"{name} {ratio:.1f}" for name, ratio in ratios.items()))
    return ratios["all pages"]


def _ratios(seconds: dict[str, float]) -> str:
    return ", ".join(f"{name} {seconds[name] / seconds['parcheck']:.1f}" for name in seconds if name != "parcheck")


def main() -> None:
    """Compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--pages", type=int, default=_LONG, help="least pages of a document that counts")
    parser.add_argument("--bar", type=float, default=8.0, help="exit with 1 below this ratio to the same engine")
    parser.add_argument("--ocrmypdf", default="ocrmypdf", help="the program, where it is not on the path")
    options = parser.parse_args()
    parcheck = Parcheck()
    ways: dict[str, Callable[[Path], None]] = {"parcheck": parcheck.regions, "all pages": parcheck.pages}
    if program := shutil.which(options.ocrmypdf):
        ways["ocrmypdf"] = ocrmypdf(program)
    else:
        print("ocrmypdf is not installed: not compared (see the top of this file)")
    with tempfile.TemporaryDirectory() as folder:
        files = list(scans(options.paths or made(Path(folder)), options.pages, parcheck))
        if not files:
            sys.exit(f"no scan of {options.pages} pages or more among these")
        # What is loaded once per process belongs to no document.
        parcheck.regions(files[0][0])
        ratio = compare(files, ways, options.rounds)
    print(f"parcheck is {ratio:.1f} times as fast as the same engine over all pages (bar: {options.bar:g})")
    sys.exit(ratio < options.bar)


if __name__ == "__main__":
    main()
