# SPDX-License-Identifier: Apache-2.0
"""Makes small workbooks in code: .xlsx with XlsxWriter, .ods and .xls by hand."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

ODS = "application/vnd.oasis.opendocument.spreadsheet"


def make_letterhead_sheet(path: Path) -> Path:
    """Write a plan as units draw it in Excel: letterhead in merged cells, title, a table, the signature block."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Kế hoạch")
    bold = book.add_format({"bold": True, "align": "center"})
    sheet.merge_range("A1:C1", "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", bold)
    sheet.merge_range("A2:C2", "SỞ NỘI VỤ", bold)
    sheet.merge_range("A3:C3", "Số: 45/KH-SNV", bold)
    sheet.merge_range("D1:G1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold)
    sheet.merge_range("D2:G2", "Độc lập - Tự do - Hạnh phúc", bold)
    sheet.merge_range("D3:G3", "Lâm Đồng, ngày 12 tháng 02 năm 2025", bold)
    sheet.merge_range("A5:G5", "KẾ HOẠCH", bold)
    sheet.merge_range("A6:G6", "Kiểm tra công tác cải cách hành chính năm 2025", bold)
    headings = ("STT", "Đơn vị", "Nội dung", "Ngày", "Số nhiệm vụ", "Tỷ lệ (%)", "Ghi chú")
    sheet.write_row("A8", headings, bold)
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, unit in enumerate(("UBND phường 1", "UBND phường 2", "UBND xã Đức Trọng"), 1):
        row = 7 + number
        sheet.write_row(row, 0, (number, unit, "Kiểm tra việc giải quyết thủ tục hành chính"))
        sheet.write_datetime(row, 3, dt(2025, 3, number), date)
        sheet.write_row(row, 4, (1200 + number, 97.5))
    sheet.merge_range("A13:C13", "Nơi nhận:")
    sheet.merge_range("A14:C14", "- Như Điều 3;")
    sheet.merge_range("A15:C15", "- Lưu: VT.")
    sheet.merge_range("E13:G13", "KT. GIÁM ĐỐC", bold)
    sheet.merge_range("E14:G14", "PHÓ GIÁM ĐỐC", bold)
    sheet.merge_range("E18:G18", "Nguyễn Văn An", bold)
    book.close()
    return path


def dt(year: int, month: int, day: int, hour: int = 0, minute: int = 0):
    import datetime

    return datetime.datetime(year, month, day, hour, minute)  # noqa: DTZ001 - cells have no time zone


def make_ods(path: Path, sheets: dict[str, list[list[str | float]]], *, encrypted: bool = False) -> Path:
    """Write an OpenDocument workbook of plain cells."""
    tables = ""
    for name, rows in sheets.items():
        body = ""
        for row in rows:
            cells = "".join(
                f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p>'
                "</table:table-cell>"
                if isinstance(cell, int | float)
                else f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
                for cell in row
            )
            body += f"<table:table-row>{cells}</table:table-row>"
        tables += f"<table:table table:name={quoteattr(name)}>{body}</table:table>"
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    lock = "<manifest:encryption-data/>" if encrypted else ""
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{lock}'
        "</manifest:file-entry></manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def make_xls(path: Path, name: str, rows: list[list[str | float]], *, locked: bool = False) -> Path:
    """Write an Excel 97 workbook ([MS-XLS]: BOF, BOUNDSHEET8, LABEL, NUMBER, EOF) in an OLE2 container."""

    def record(kind: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def start(what: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, what, 0x0DBB, 0x07CC, 0, 6))

    sheet = start(0x0010)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                sheet += record(0x0204, struct.pack("<HHH", at, column, 0) + text)
            else:
                sheet += record(0x0203, struct.pack("<HHHd", at, column, 0, cell))
    sheet += record(0x000A)
    lock = record(0x002F, struct.pack("<H", 1) + bytes(52)) if locked else b""
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    globals_length = len(start(5)) + len(lock) + 4 + 6 + len(title) + 4
    bound = record(0x0085, struct.pack("<IBB", globals_length, 0, 0) + title)
    path.write_bytes(ole_file("Workbook", start(0x0005) + lock + bound + record(0x000A) + sheet))
    return path


def ole_file(name: str, stream: bytes) -> bytes:
    """Return an OLE2 container with one stream of at least 4 096 bytes ([MS-CFB]), padded with zeros."""
    free, end, fat_mark, none = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    stream = stream.ljust(4096, b"\0")
    stream = stream.ljust(-(-len(stream) // 512) * 512, b"\0")
    count = len(stream) // 512
    chain = [fat_mark, end, *range(3, count + 2), end]
    if len(chain) > 128:
        raise ValueError("one FAT sector is enough for a test")
    fat = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", header, 44, 1)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<5I", header, 56, 4096, end, 0, end, 0)
    struct.pack_into("<109I", header, 76, 0, *[free] * 108)
    directory = b""
    for entry_name, kind, child, first, size in (
        ("Root Entry", 5, 1, end, 0),
        (name, 2, none, 2, len(stream)),
        ("", 0, none, 0, 0),
        ("", 0, none, 0, 0),
    ):
        entry = bytearray(128)
        raw = entry_name.encode("utf-16-le") + b"\0\0" if entry_name else b""
        entry[: len(raw)] = raw
        struct.pack_into("<HBB3I", entry, 64, len(raw), kind, 1, none, none, child)
        struct.pack_into("<IQ", entry, 116, first, size)
        directory += bytes(entry)
    return bytes(header) + fat + directory + stream
