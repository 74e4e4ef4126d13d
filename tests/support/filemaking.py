# SPDX-License-Identifier: Apache-2.0
"""Small real files, made in code, by the name of what they are."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from tests.reading.make_docx import make_docx, paragraph, run
from tests.reading.make_pdf import body, end, head, make_pdf, title
from zipmaking import Entry, write_zip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAN = [
    *head(
        "UBND TỈNH TRƯỜNG GIANG",
        "SỞ NỘI VỤ",
        number="Số: 12/KH-SNV",
        date="Trường Giang, ngày 10 tháng 01 năm 2025",
    ),
    *title("KẾ HOẠCH", "Cải cách hành chính năm 2025"),
    *body(),
    *end("GIÁM ĐỐC", name="Nguyễn Văn Mẫu"),
]
PLAN_FACTS = {
    "type": "KH",
    "symbol": "12/KH-SNV",
    "issued_on": "2025-01-10",
    "issuer": "SỞ NỘI VỤ",
    "subject": "Cải cách hành chính năm 2025",
    "draft": False,
}
HUGE = 301 * 1024 * 1024


def _bytes(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


def _pdf(path: Path) -> None:
    path.write_bytes(make_pdf(PLAN))


def _locked(path: Path) -> None:
    path.write_bytes(make_pdf(PLAN, password="12345"))  # noqa: S106 - nothing secret


def _cut_off(path: Path) -> None:
    path.write_bytes(make_pdf(PLAN)[:900])


def _huge(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(HUGE)


def _dangling(path: Path) -> None:
    path.symlink_to("khong-con-o-day.pdf")


def _word(path: Path) -> None:
    make_docx(path, paragraph("KẾ HOẠCH") + paragraph("Cải cách hành chính năm 2025"))


def _old_font(path: Path) -> None:
    font = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    make_docx(path, paragraph(run("KÕ ho¹ch c¶i c¸ch hµnh chÝnh nhµ n­íc n¨m 2025 cña tØnh", font)))


def _facts(path: Path) -> None:
    path.write_text(json.dumps(PLAN_FACTS, ensure_ascii=False), encoding="utf-8")


def _plans(*names: str, method: int = 8, cut: int = 0, parting: str = "") -> Callable[[Path], None]:
    """Return what writes a ZIP of plans, the last `cut` bytes missing; with `parting`, each differs from the others."""

    def write(path: Path) -> None:
        plan = make_pdf(PLAN)
        entries = [Entry(name, plan + parting.encode() * number, method) for number, name in enumerate(names)]
        data = write_zip(path, *entries).read_bytes()
        path.write_bytes(data[: len(data) - cut])

    return write


def _crowded(path: Path) -> None:
    write_zip(path, *(Entry(f"{number}.pdf", b"") for number in range(10_001)))


def _inflating(path: Path) -> None:
    write_zip(path, Entry("Ke hoach.pdf", bytes(40 * 1024 * 1024), 8))


FILES: dict[str, Callable[[Path], None]] = {
    "a plan as PDF": _pdf,
    "a plan as Word": _word,
    "a plan as Word in an old font": _old_font,
    "a plan as a facts file": _facts,
    "empty": _bytes(b""),
    "a PDF with a password": _locked,
    "a PDF cut off": _cut_off,
    "a pointer": _bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"),
    "an owner file": _bytes(b"\x05admin".ljust(162, b"\0")),
    "plain text": _bytes("Kế hoạch".encode()),
    "noise": _bytes(bytes(range(1, 256)) * 9 + b"\x00\xfe"),
    "a picture": _bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 64),
    "a ZIP of a plan": _plans("Ke hoach.pdf"),
    "a ZIP of two plans": _plans("Ke hoach.pdf", "Ke hoach 2.pdf", parting="\n"),
    "a ZIP of two plans of one name": _plans("Ke hoach.pdf", "Ke hoach.pdf", parting="\n"),
    "a ZIP of a plan with a name that points outside": _plans("../../Ke hoach.pdf"),
    "a ZIP packed in an unusual way": _plans("Ke hoach.pdf", method=9),
    "a ZIP cut off": _plans("Ke hoach.pdf", cut=30),
    "a ZIP of very many files": _crowded,
    "a ZIP that inflates": _inflating,
    "an empty ZIP": _plans(),
    "a RAR": _bytes(b"Rar!\x1a\x07\x01\x00" + bytes(64)),
    "a link to a web page": _bytes(b"[InternetShortcut]\r\nURL=https://truonggiang.gov.vn/ke-hoach\r\n"),
    "huge": _huge,
    "a link to nowhere": _dangling,
}


def make(path: Path, what: str) -> Path:
    """Make one of `FILES` at a path, folders included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    FILES[what](path)
    return path


def facts_file(path: Path, **facts: object) -> Path:
    """Write a file that `faulty.sheet` reads: its facts as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return path


def as_distribution(folder: Path, *modules: str) -> Path:
    """Make these plugin modules look installed, as the distribution "thu-nghiem" whose metadata lies in a folder."""
    info = folder / "thu_nghiem-1.0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: thu-nghiem\nVersion: 1.0\n", encoding="utf-8")
    lines = ["[parcheck]", *(f"{module.rsplit('.', 1)[-1]} = {module}" for module in modules)]
    (info / "entry_points.txt").write_text(os.linesep.join(lines), encoding="utf-8")
    return folder
