# SPDX-License-Identifier: Apache-2.0
"""Rebuilds the sample submissions: `python -m samples.make` from the top of the checkout.

Needs reportlab, pikepdf, pypdfium2, Pillow, numpy, python-docx, cryptography, asn1crypto and the fonts of
`fonts-croscore`. Nothing random goes in: the same versions of these give the same bytes.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from samples.make.oddities import lock_file, old_word
from samples.make.pdf import administrative_pdf, locked_pdf
from samples.make.plain import Source, load
from samples.make.word import administrative_docx

HERE = Path(__file__).parent
SAMPLES = HERE.parent
TEXTS = HERE / "texts"
SUBMISSIONS = ("tinh-truong-giang", "so-noi-vu-truong-giang")


def file_of(name: str, source: Source) -> bytes:
    """Return the bytes of the file called `name`."""
    if name.endswith(".docx"):
        return administrative_docx(source.spec)
    if name.endswith(".doc"):
        return old_word("\r".join(getattr(block, "words", "") for block in source.spec.body))
    if source.password:
        return locked_pdf(source.spec, source.password)
    return administrative_pdf(source.spec)


def make(submission: str, target: Path) -> list[Path]:
    """Write every file of one submission under `target` and return the paths."""
    written = []
    for text in sorted((TEXTS / submission).rglob("*.txt")):
        source = load(text)
        name = str(text.relative_to(TEXTS / submission).with_suffix(""))
        data = file_of(name, source)
        for place in (name, *source.also):
            path = target / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written.append(path)
    shutil.copyfile(TEXTS / submission / "submission.yaml", target / "submission.yaml")
    return written


def main() -> int:
    """Rebuild both submissions."""
    for submission in SUBMISSIONS:
        target = SAMPLES / submission
        shutil.rmtree(target, ignore_errors=True)
        written = make(submission, target)
        if submission == "tinh-truong-giang":
            (target / "1.1" / "~$ hoach CCHC 2025 trinh ky.docx").write_bytes(lock_file("Chuyen vien CCHC"))
            (target / "1.4" / "Hinh anh hoi nghi tap huan.pdf").write_bytes(b"")
        size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
        print(f"{submission}: {len(written)} documents, {size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
