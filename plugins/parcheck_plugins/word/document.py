# SPDX-License-Identifier: Apache-2.0
"""An opened DOCX or DOCM: one synthetic page of positioned lines."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from parcheck.errors import UnreadableFile
from parcheck.model import Reason, Source
from parcheck.reading.document import Document, Line
from parcheck_plugins import legacy_text
from parcheck_plugins.word.inline import InlineReader
from parcheck_plugins.word.layout import PAGE_WIDTH, Area, Layout
from parcheck_plugins.word.numbering import Numbering
from parcheck_plugins.word.package import Package, R, W
from parcheck_plugins.word.styles import Styles, points, value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lxml import etree

    from parcheck_plugins.legacy_text import Coding

_CHANGES = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo"))
_DCTERMS = "{http://purl.org/dc/terms/}"
_TOP = 40.0
FEW_LETTERS = 40
"""A file with pictures and fewer letters than this is a scan pasted into Word."""


class WordDocument(Document):
    """An opened DOCX. Beyond the contract it tells what else a reader of the file may ask.

    Raises:
        UnreadableFile: `file-damaged`, `file-encrypted`, `file-too-large`.
    """

    page_count = 1
    paged = False
    source = Source.WORD
    wraps = False

    def __init__(self, path: Path, media_type: str) -> None:
        self.media_type = media_type
        self._package = Package(path)
        try:
            self._read()
        except UnreadableFile:
            self._package.close()
            raise
        except RecursionError as error:
            self._package.close()
            raise UnreadableFile("file-damaged", detail="XML: nested too deep") from error

    def _read(self) -> None:
        package = self._package
        root = package.xml(package.main)
        body = root.find(W + "body") if root is not None else None
        if root is None or body is None:
            raise UnreadableFile("file-damaged", detail=f"XML: {package.main}")
        relations = package.relationships(package.main)
        parts: dict[str, list[str]] = {}
        for kind, target, external in relations.values():
            if not external:
                parts.setdefault(kind, []).append(target)

        def first(kind: str) -> etree._Element | None:
            return package.xml(parts[kind][0]) if kind in parts else None

        styles = Styles(first("styles"))
        sections = list(body.iter(W + "sectPr"))
        headers = parts.get("header", [])
        shown = [
            relations[i][1]
            for reference in sections[:1]
            for element in reference.iterfind(W + "headerReference")
            if (i := element.get(R + "id") or "") in relations
        ]
        rest = [part for part in headers if part not in shown]
        after = (*parts.get("footnotes", []), *parts.get("endnotes", []), *rest, *parts.get("footer", []))

        def lay_out(codings: Mapping[str, Coding]) -> tuple[Layout, list[InlineReader], list[etree._Element]]:
            layout = Layout(styles, Numbering(first("numbering")), [_area(s) for s in sections] or [_area(None)])
            readers: list[InlineReader] = []
            roots = [root]

            def story(part: str, top: float) -> float:
                story_root = package.xml(part)
                if story_root is None:
                    return top
                roots.append(story_root)
                reader = InlineReader(styles, _urls(package, part), codings)
                readers.append(reader)
                notes = [n for n in story_root if n.tag in (W + "footnote", W + "endnote")]
                for block in [n for n in notes if value(n, "type") is None] if notes else [story_root]:
                    top = layout.story(block, reader, top)
                return top

            y = _TOP
            for part in shown:
                y = story(part, y)
            reader = InlineReader(styles, _urls(package, package.main), codings)
            readers.insert(0, reader)
            y = layout.story(body, reader, y)
            for part in after:
                y = story(part, y + 12)
            return layout, readers, roots

        layout, readers, roots = lay_out({})
        samples = _samples(readers)
        codings = legacy_text.codings_of(samples)
        if codings:
            layout, readers, roots = lay_out(codings)
        self._encoding = _main_encoding(samples, codings)
        """How most of the text is coded in the file: "unicode", "tcvn3", "vni", "vps". It is given converted."""
        self._lines = tuple(sorted(layout.lines, key=lambda line: (line.box[1], line.box[0])))
        self._text = "\n".join(layout.paragraphs)
        self._unread = self._why_unread(layout, sum(r.pictures for r in readers))
        self.hyperlinks: tuple[str, ...] = tuple(url for r in readers for url in r.urls)
        """External targets of hyperlinks, in reading order, duplicates kept."""
        self.picture_count: int = sum(r.pictures for r in readers)
        """Number of pictures shown."""
        self.tracked_changes: int = sum(1 for r in roots for _ in r.iter(*_CHANGES))
        """Insertions, deletions and moves that nobody has accepted or rejected yet."""
        comments = first("comments")
        self.comments: int = 0 if comments is None else sum(1 for _ in comments.iter(W + "comment"))
        """Number of comments left in the margin."""
        self.has_signature_part: bool = any(
            name.startswith("_xmlsignatures/") and name.endswith(".xml") for name in package.names
        )
        """True when the package carries a digital signature (not verified here)."""
        self.created, self.modified = _times(package)

    def _why_unread(self, layout: Layout, pictures: int) -> Reason | None:
        raw = " ".join(line.text for line in layout.lines)
        if self._encoding != "unicode":
            doubtful = None if legacy_text.reads_well(raw) else self._encoding
        else:
            doubtful = None if raw.isascii() else legacy_text.looks_legacy(raw)
        if doubtful:
            return Reason("legacy-encoding", {"encoding": doubtful})
        letters = sum(map(str.isalpha, self._text))
        if letters < FEW_LETTERS and pictures:
            return Reason("scan")
        if letters < FEW_LETTERS and layout.foreign_parts:
            return Reason("no-reader", {"kind": "altChunk"})
        return None

    def text(self, page: int) -> str:
        """Return all text in reading order, one paragraph a line; cells of a table one after the other."""
        return self._text if page == 1 else ""

    def lines(self, page: int) -> Sequence[Line]:
        """Return the lines of the synthetic page."""
        return self._lines if page == 1 else ()

    @property
    def encoding(self) -> str:
        """Return the font encoding most of the text was converted from, or "unicode"."""
        return self._encoding

    def unread(self, page: int) -> Reason | None:
        """Return `legacy-encoding` (arg `encoding`), `scan` (only pictures), `no-reader` (only embedded)."""
        return self._unread if page == 1 else None

    def close(self) -> None:
        """Release the file."""
        self._package.close()


def _samples(readers: Sequence[InlineReader]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for reader in readers:
        for font, pieces in reader.samples.items():
            texts.setdefault(font, []).extend(pieces)
    return {font: "\n".join(pieces) for font, pieces in texts.items()}


def _main_encoding(samples: Mapping[str, str], codings: Mapping[str, Coding]) -> str:
    letters: Counter[str] = Counter()
    for font, text in samples.items():
        letters[codings[font].encoding if font in codings else "unicode"] += sum(map(str.isalpha, text))
    return max(letters, key=lambda name: letters[name], default="unicode") if codings else "unicode"


def _urls(package: Package, part: str) -> dict[str, str]:
    return {
        identifier: target
        for identifier, (kind, target, external) in package.relationships(part).items()
        if kind == "hyperlink" and external
    }


def _area(section: etree._Element | None) -> Area:
    """Return a section's text area; the margins of Nghị định 30/2020/NĐ-CP, Phụ lục I where it is silent."""
    size = section.find(W + "pgSz") if section is not None else None
    margins = section.find(W + "pgMar") if section is not None else None
    width = max(72.0, points(value(size, "w")) or PAGE_WIDTH)
    left = points(value(margins, "left") or value(margins, "start"))
    right = points(value(margins, "right") or value(margins, "end"))
    return Area(85.0 if left is None else left, width - (50.0 if right is None else right), width)


def _times(package: Package) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return when the core properties say the file was made and last saved; the writer's claim."""
    parts = [t for k, t, e in package.relationships("").values() if k == "core-properties" and not e]
    root = package.xml(parts[0] if parts else "docProps/core.xml")

    def time(name: str) -> dt.datetime | None:
        text = (root.findtext(_DCTERMS + name) or "").strip() if root is not None else ""
        try:
            found = dt.datetime.fromisoformat(text)
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=dt.UTC)

    return time("created"), time("modified")
