# SPDX-License-Identifier: Apache-2.0
"""Makes small Word files in code: the XML that a test needs, and nothing of any real document."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
A4 = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"/></w:sectPr>'
)


def run(text: str, properties: str = "") -> str:
    """Return a run; `properties` is the inside of `w:rPr`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph of plain text, or of XML ("<…"); `properties` is the inside of `w:pPr`."""
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(rows: list[list[str]], widths: list[int]) -> str:
    """Return a table of cells that hold paragraphs, columns as wide as `widths` (twentieths of a point)."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join("<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def make_docx(path: Path, body: str, parts: Mapping[str, str] | None = None, section: str = A4) -> Path:
    """Write a Word file.

    Args:
        path: where to.
        body: what stands in `w:body` before the section.
        parts: part name ("header1.xml", "styles.xml", "comments.xml" …) to its XML, namespaces left out; each is
            related to the document as rId1, rId2 … in that order. A name that begins with "http" becomes an
            external hyperlink.
        section: `w:sectPr` elements at the end.
    """
    relations, overrides = [], []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, xml) in enumerate((parts or {}).items(), 1):
            kind = name.split(".")[0].rstrip("0123456789")
            if name.startswith("http"):
                relations.append(
                    f'<Relationship Id="rId{number}" Type="{_OFFICE}hyperlink" Target="{name}" TargetMode="External"/>'
                )
                continue
            relations.append(f'<Relationship Id="rId{number}" Type="{_OFFICE}{kind}" Target="{name}"/>')
            overrides.append(f'<Override PartName="/word/{name}" ContentType="{_WORD}{kind}+xml"/>')
            archive.writestr(f"word/{name}", xml.replace(">", f" {_NAMESPACES}>", 1))
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD}document.main+xml"/>'
            + "".join(overrides)
            + "</Types>",
        )
        root = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        archive.writestr(
            "_rels/.rels",
            f'{root}<Relationship Id="rId1" Type="{_OFFICE}officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        archive.writestr("word/_rels/document.xml.rels", root + "".join(relations) + "</Relationships>")
        archive.writestr(
            "word/document.xml",
            f"<w:document {_NAMESPACES}><w:body>{body}{section}</w:body></w:document>",
        )
    return path
