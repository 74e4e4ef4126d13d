# SPDX-License-Identifier: Apache-2.0
"""How long parcheck takes beside programs that only take the text out of the same documents, as ratios of one run.

usage: python tests/benchmarks/peers.py [--documents 60] [--rounds 3]

Text PDFs, Word files and scans are made (see provinces.py), each kind in a folder of its own. parcheck runs as its
command line with one worker, against rules that ask for letterhead and signature: without a cache, and with the cache
of that run. A peer reads every page of every file, one file after another, in one process, and throws the text away; it
gets only kinds from which it takes words, which is tried on one file first. What counts is the whole time of a process,
its start included; rounds are interleaved, and the median is taken.

parcheck does more than a peer (letterhead, signatures, OCR, verdicts, a report) and reads less (first and last pages).
The peers are installed for this benchmark only: pip install "parcheck[benchmark]".
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))

from provinces import ROOT, Press, own, write_pack

if TYPE_CHECKING:
    from collections.abc import Callable

SHARES = {"text PDF": 0.5, "Word": 0.2, "scan": 0.3}
COLD, WARM = "parcheck, cold", "parcheck, warm"


def pdfium(file: Path) -> str:
    """Return a PDF's text."""
    import pypdfium2

    found = ""
    document = pypdfium2.PdfDocument(file)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        found += text.get_text_range()
        text.close()
        page.close()
    document.close()
    return found


def pdfplumber(file: Path) -> str:
    """Return a PDF's text."""
    import pdfplumber as library

    found = ""
    with library.open(file) as document:
        for page in document.pages:
            found += page.extract_text() or ""
            page.close()
    return found


def pypdf(file: Path) -> str:
    """Return a PDF's text."""
    import pypdf as library

    return "".join(page.extract_text() for page in library.PdfReader(file).pages)


def markitdown(file: Path) -> str:
    """Return the text of a PDF or a Word file."""
    global _converter  # noqa: PLW0603 - made once per process, as its own documentation does
    if _converter is None:
        from markitdown import MarkItDown

        _converter = MarkItDown()
    return str(_converter.convert(str(file)).text_content)


_converter = None
PEERS: dict[str, tuple[str, Callable[[Path], str]]] = {
    "PDFium": ("pypdfium2", pdfium),
    "pdfplumber": ("pdfplumber", pdfplumber),
    "pypdf": ("pypdf", pypdf),
    "markitdown": ("markitdown", markitdown),
}


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*.*") if file.is_file())


def child(name: str, folder: Path) -> None:
    """Let one peer read all files of a folder."""
    read = PEERS[name][1]
    for file in _files(folder):
        read(file)


def words(name: str, file: Path) -> int:
    """Return how many words a peer takes from a file; none where it fails."""
    try:
        return len(PEERS[name][1](file).split())
    except Exception:  # noqa: BLE001 - a kind that it cannot read
        return 0


def main() -> None:
    """Compare."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], Path(sys.argv[3]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--different-scans", type=int, default=8, help="drawn; the others are made of these")
    chosen = parser.parse_args()
    # What libraries say of files that they cannot read is no part of the figures.
    logging.disable()
    present = [name for name, (package, _) in PEERS.items() if importlib.util.find_spec(package)]
    for name in PEERS:
        if name not in present:
            print(f'{name} is not installed and is left out: pip install "parcheck[benchmark]"')
    with tempfile.TemporaryDirectory(prefix="peers-") as place:
        root = Path(place)
        pack = write_pack(root / "bo")
        press = Press(scans=chosen.different_scans, submissions=6)
        for kind, share in SHARES.items():
            folder = _made(root / kind, press, kind, max(1, round(chosen.documents * share)))
            _compare(kind, folder, pack, root, present, chosen.rounds)


def _made(folder: Path, press: Press, kind: str, count: int) -> Path:
    """Write so many documents of a kind."""
    suffix = ".docx" if kind == "Word" else ".pdf"
    source = press.scans if kind == "scan" else [each for each in press.printed if each[1] == suffix]
    for number in range(count):
        data, _, row = source[number % len(source)]
        target = folder / f"1.{row}" / f"{number:04}{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(own(data, suffix, number))
    return folder


def _compare(kind: str, folder: Path, pack: Path, root: Path, present: list[str], rounds: int) -> None:
    files = _files(folder)
    able = [name for name in present if words(name, files[0])]
    print(f"\n{kind}: {len(files)} files, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB")
    for name in present:
        if name not in able:
            print(f"  {name:16} takes no words from these")
    seconds: dict[str, list[float]] = {name: [] for name in (COLD, WARM, *able)}
    # Before the first round each runs once: Python then has the bytecode of its modules, as where it is installed.
    for number in range(rounds + 1):
        cache = root / f"cache {kind} {number}"
        for name, taken in seconds.items():
            lasted = _parcheck(folder, pack, cache, root) if name in (COLD, WARM) else _peer(name, folder, root)
            if number:
                taken.append(lasted)
    cold = statistics.median(seconds[COLD])
    for name, taken in seconds.items():
        lasted = statistics.median(taken)
        each = lasted / len(files) * 1000
        print(f"  {name:16} {lasted:8.2f} s  {each:8.1f} ms each  {lasted / cold:7.3f} of {COLD}", flush=True)


def _parcheck(folder: Path, pack: Path, cache: Path, root: Path) -> float:
    command = ["-m", "parcheck", "check", str(folder), "--rules", str(pack), "--format", "json", "--workers", "1"]
    return _timed(command, root, PARCHECK_CACHE=str(cache))


def _peer(name: str, folder: Path, root: Path) -> float:
    return _timed([__file__, "--child", name, str(folder)], root)


def _timed(command: list[str], root: Path, **variables: str) -> float:
    """Run Python and return the seconds it took."""
    paths = [str(ROOT / part) for part in ("src", "plugins", "rules")]
    path = os.pathsep.join([*paths, *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONPYCACHEPREFIX": str(root / "bytecode"), **variables}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.monotonic()
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, check=False)
    seconds = time.monotonic() - started
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    return seconds


if __name__ == "__main__":
    main()
