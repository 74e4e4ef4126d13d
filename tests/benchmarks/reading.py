# SPDX-License-Identifier: Apache-2.0
"""How fast parcheck reads text PDFs, as ratios to plain PDFium and to pdfplumber, all in one run.

usage: python tests/benchmarks/reading.py FILE_OR_FOLDER… [--rounds N] [--without-pdfplumber]

Every contender reads the same files, first to last page, in a process of its own; the rounds are interleaved so that a
drift of the machine's speed hits all alike. Figures are the medians of the rounds. Files that PDFium cannot open, or
that have no text layer parcheck can use on every page, are left out and counted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LETTERHEAD = frozenset({"type", "symbol", "issued_on", "issuer", "subject", "signer"})
TEXT = LETTERHEAD | {
    *("number", "sign", "place", "parent", "recipients", "draft", "copy"),
    *("legal_bases", "references", "appendices", "links", "text"),
}
"""All facts of letterhead, signature block and body; not those that need cryptography, pixels or arithmetic."""


def pdfium(files: list[Path]) -> None:
    """Extract the text of every page with PDFium's own wrapper."""
    import pypdfium2

    for file in files:
        document = pypdfium2.PdfDocument(file)
        for index in range(len(document)):
            page = document[index]
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
        document.close()


def pdfplumber(files: list[Path]) -> None:
    """Extract the text of every page with pdfplumber."""
    import pdfplumber as library

    for file in files:
        with library.open(file) as document:
            for page in document.pages:
                page.extract_text()
                page.close()


def everything(files: list[Path]) -> None:
    """Read all facts of the text with parcheck."""
    _parcheck(files, TEXT)


def letterhead(files: list[Path]) -> None:
    """Read the letterhead facts alone with parcheck."""
    _parcheck(files, LETTERHEAD)


def _parcheck(files: list[Path], facts: frozenset[str]) -> None:
    from parcheck.plugins import Plugins
    from parcheck.reading.pipeline import Readers, read_file

    plugins = Plugins()
    readers = Readers(plugins)
    for file in files:
        read_file(file, file.name, facts, plugins, readers)


CONTENDERS: dict[str, Callable[[list[Path]], None]] = {
    "pdfium": pdfium,
    "parcheck-all": everything,
    "parcheck-letterhead": letterhead,
    "pdfplumber": pdfplumber,
}


def usable(paths: list[str]) -> tuple[list[Path], int, int]:
    """Return (text PDFs, their pages, how many PDFs were left out)."""
    import pypdfium2

    from parcheck_plugins.pdf import parcheck_open

    kept, pages, left = [], 0, 0
    for file in sorted(_expand(paths)):
        try:
            with parcheck_open(file, "application/pdf") as document:
                fit = all(document.unread(page) is None for page in range(1, document.page_count + 1))
                count = document.page_count
            pypdfium2.PdfDocument(file).close()
        except Exception:  # noqa: BLE001 - whatever keeps a file from being read keeps it out
            fit = False
        if fit:
            kept.append(file)
            pages += count
        else:
            left += 1
    return kept, pages, left


def _expand(paths: list[str]) -> Iterator[Path]:
    for name in paths:
        path = Path(name)
        yield from path.rglob("*.pdf") if path.is_dir() else [path]


def child(name: str) -> None:
    """Run one contender over the files named on standard input; print the seconds it took, imports left out."""
    files = [Path(line) for line in json.load(sys.stdin)]
    CONTENDERS[name](files[:1])
    start = time.perf_counter()
    CONTENDERS[name](files)
    print(time.perf_counter() - start)


def main() -> None:
    """Compare."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without-pdfplumber", action="store_true")
    options = parser.parse_args()
    files, pages, left = usable(options.paths)
    if not files:
        sys.exit("no text PDF among these")
    print(f"{len(files)} text PDFs, {pages} pages; {left} other files left out; {options.rounds} rounds")
    names = [name for name in CONTENDERS if not (options.without_pdfplumber and name == "pdfplumber")]
    seconds: dict[str, list[float]] = {name: [] for name in names}
    listed = json.dumps([str(file) for file in files])
    for _ in range(options.rounds):
        for name in names:
            command = [sys.executable, __file__, "--child", name]
            done = subprocess.run(command, input=listed, capture_output=True, text=True, check=True)
            seconds[name].append(float(done.stdout))
    median = {name: statistics.median(values) for name, values in seconds.items()}
    for name in names:
        speed = median["pdfium"] / median[name]
        print(f"{name:20} {median[name]:8.3f} s  {1000 * median[name] / pages:7.2f} ms/page  {speed:6.2f} x pdfium")
    if "pdfplumber" in median:
        print(f"parcheck-all is {median['pdfplumber'] / median['parcheck-all']:.1f} times as fast as pdfplumber")


if __name__ == "__main__":
    main()
