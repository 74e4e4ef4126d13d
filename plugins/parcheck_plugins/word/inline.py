# SPDX-License-Identifier: Apache-2.0
"""What stands inside a Word paragraph: every word that a reader of the printed page would see.

Tracked insertions, content controls, smart tags, fields, hyperlinks, formulas and text boxes are all text;
tracked deletions, field codes, hidden text and the second branch of `mc:AlternateContent` are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parcheck_plugins import legacy_text
from parcheck_plugins.word.package import R, W
from parcheck_plugins.word.styles import MAX_LENGTH, RunLook, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml import etree

    from parcheck_plugins.legacy_text import Coding
    from parcheck_plugins.word.styles import Styles

TAB = "\t"
BREAK = "\n"
SOFT_HYPHEN = "\u00ad"
"""Nothing that shows, but the "ư" of TCVN3 fonts."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_EMU_PER_POINT = 12_700

_WRAPPERS = frozenset(
    W + name
    for name in (
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "sdtContent",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
    )
)
_BREAKS = frozenset(W + name for name in ("br", "cr"))
_TABS = frozenset(W + name for name in ("tab", "ptab"))
_SHAPES = frozenset(W + name for name in ("drawing", "pict", "object"))
# Printed by the page, not by the document: they would read as stray numbers.
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION)\b", re.IGNORECASE)
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
# Symbol fonts draw from the private area U+F000–F0FF: (Symbol), (Wingdings).
_SYMBOL = {0xB7: "•", 0xB0: "°", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xAE: "→", 0xB1: "±", 0x2D: "-"}
_WINGDINGS = {
    0xFC: "✓",
    0xFE: "☑",
    0xFD: "☒",
    0xA8: "☐",
    0x6F: "☐",
    0x71: "☐",
    0xFB: "✗",
    0xD8: "-",
    0xA7: "•",
}
_PRIVATE = re.compile("[\uf000-\uf0ff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run's text in one look; TAB and BREAK stand alone."""

    text: str
    look: RunLook


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box anchored in a paragraph. Lengths in points; None where the file does not say."""

    content: etree._Element
    x: float | None = None
    x_from: str = "column"
    """"column", "margin", "page", …: what `x` is measured from; "inline" when it flows with the text."""
    y: float | None = None
    y_from: str = "paragraph"
    width: float | None = None


@dataclass(slots=True)
class Inline:
    """What one paragraph holds."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[TextBox] = field(default_factory=list)


class InlineReader:
    """Reads the paragraphs of one story in order; complex fields may run over several of them.

    `codings`: of the fonts whose text is older than Unicode.
    """

    def __init__(self, styles: Styles, links: dict[str, str], codings: Mapping[str, Coding]) -> None:
        self._styles = styles
        self._targets = links
        self._codings = codings
        self._fields: list[list[str]] = []
        """One [state, code] per open field; state is "code", "result" or "silent"."""
        self.urls: list[str] = []
        """External targets of hyperlinks, in reading order."""
        self.pictures = 0
        self.samples: dict[str, list[str]] = {}
        """Font to what was read in it, as it stands in the file; one text per paragraph."""

    def read(self, paragraph: etree._Element, look: RunLook) -> Inline:
        """Return the paragraph's pieces and text boxes."""
        found = Inline()
        self._children(paragraph, look, found)
        texts: dict[str, str] = {}
        for piece in found.pieces:
            texts[piece.look.font] = texts.get(piece.look.font, "") + piece.text
        for font, text in texts.items():
            self.samples.setdefault(font, []).append(text)
        found.pieces = self.shown(found.pieces)
        return found

    def shown(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Return pieces as a reader sees them: old fonts' letters, symbols and capitals."""
        texts = [piece.text for piece in pieces]
        if self._codings:
            decoded = legacy_text.decode([(piece.look.font, piece.text) for piece in pieces], self._codings)
            texts = ["".join(letters) for letters in decoded]
        out = []
        for piece, text in zip(pieces, texts, strict=True):
            drawn = "" if text == SOFT_HYPHEN else _symbols(text, piece.look.font)
            if piece.look.caps:
                drawn = drawn.upper()
            out.append(piece if drawn == piece.text else Piece(drawn, piece.look))
        return out

    def _children(self, parent: etree._Element, look: RunLook, found: Inline) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child, look, found)
            elif tag in _WRAPPERS:
                if tag == W + "hyperlink":
                    target = self._targets.get(child.get(R + "id") or "")
                    if target:
                        self.urls.append(target)
                if tag == W + "fldSimple" and _PAGE_FIELD.match(value(child, "instr") or ""):
                    continue
                self._children(child, look, found)
            elif tag == W + "sdt":
                for content in child.iterfind(W + "sdtContent"):
                    self._children(content, look, found)
            elif tag == _MC + "AlternateContent":
                for branch in chosen(child):
                    self._children(branch, look, found)
            elif tag in (_M + "oMath", _M + "oMathPara"):
                text = "".join(t.text or "" for t in child.iter(_M + "t"))
                self._add(text, look, found)

    def _run(self, run: etree._Element, look: RunLook, found: Inline) -> None:
        look = self._styles.run(look, run.find(W + "rPr"))
        self._run_children(run, look, found)

    def _run_children(self, run: etree._Element, look: RunLook, found: Inline) -> None:
        for child in run:
            tag = child.tag
            if tag == W + "t":
                self._add(child.text or "", look, found)
            elif tag in _TABS:
                self._add(TAB, look, found)
            elif tag in _BREAKS:
                self._add(BREAK, look, found)
            elif tag == W + "noBreakHyphen":
                self._add("-", look, found)
            elif tag == W + "softHyphen":
                self._add(SOFT_HYPHEN, look, found)
            elif tag == W + "sym":
                self._symbol(value(child, "font") or "", value(child, "char") or "", look, found)
            elif tag == W + "fldChar":
                self._field(value(child, "fldCharType") or "")
            elif tag == W + "instrText":
                if self._fields and self._fields[-1][0] == "code":
                    self._fields[-1][1] += child.text or ""
            elif tag in _SHAPES:
                self._shape(child, found)
            elif tag == _MC + "AlternateContent":
                for branch in chosen(child):
                    self._run_children(branch, look, found)
            elif tag == W + "ruby":
                for base in child.iterfind(W + "rubyBase"):
                    self._children(base, look, found)

    def _add(self, text: str, look: RunLook, found: Inline) -> None:
        if not text or look.hidden or any(state != "result" for state, _ in self._fields):
            return
        if text not in (TAB, BREAK):
            text = text.replace(TAB, " ").replace(BREAK, " ")
        found.pieces.append(Piece(text, look))

    def _symbol(self, font: str, code: str, look: RunLook, found: Inline) -> None:
        if legacy_text.encoding_of_font(font) and re.fullmatch("[0-9A-Fa-f]{2,4}", code):
            self._add(chr(int(code, 16)), replace(look, font=font), found)
        else:
            self._add(_symbol(font, code), look, found)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["code", ""])
        elif kind == "separate" and self._fields:
            code = self._fields[-1][1]
            self._fields[-1][0] = "silent" if _PAGE_FIELD.match(code) else "result"
            link = _LINK_FIELD.match(code)
            if link:
                self.urls.append(link[1])
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _shape(self, shape: etree._Element, found: Inline) -> None:
        for element in branches(shape):
            if element.tag in (_A + "blip", _V + "imagedata"):
                self.pictures += 1
            elif element.tag == _V + "textpath":
                # Word writes a watermark ("DỰ THẢO") as a drawn word, not as text.
                text = element.get("string") or ""
                self._add(text, RunLook(size=48), found)
            elif element.tag == W + "txbxContent":
                found.boxes.append(_text_box(element, shape))


def chosen(alternatives: etree._Element) -> Iterator[etree._Element]:
    """Yield the one branch of `mc:AlternateContent` that counts."""
    for name in ("Choice", "Fallback"):
        branch = alternatives.find(_MC + name)
        if branch is not None:
            yield branch
            return


def branches(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the descendants that are seen: one branch of each alternative, nothing inside a text box."""
    for child in element:
        if child.tag == _MC + "AlternateContent":
            for branch in chosen(child):
                yield from branches(branch)
            continue
        yield child
        if child.tag != W + "txbxContent":
            yield from branches(child)


def _symbols(text: str, font: str) -> str:
    return _PRIVATE.sub(lambda match: _symbol(font, f"{ord(match[0]):X}"), text)


def _symbol(font: str, code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if number < 0xF000 or number > 0xF0FF:
        return chr(number) if 0x20 <= number < 0xD800 else ""
    table = _WINGDINGS if font.casefold().startswith("wingdings") else _SYMBOL
    return table.get(number - 0xF000, "•")


def _text_box(content: etree._Element, shape: etree._Element) -> TextBox:
    anchor = shape.find(_WP + "anchor")
    if anchor is not None:
        extent = anchor.find(_WP + "extent")
        x, x_from = _position(anchor.find(_WP + "positionH"), "column")
        y, y_from = _position(anchor.find(_WP + "positionV"), "paragraph")
        return TextBox(content, x, x_from, y, y_from, _emu(extent.get("cx")) if extent is not None else None)
    style = _vml_style(content)
    if style.get("position") != "absolute":
        return TextBox(content, x_from="inline", y_from="inline")
    return TextBox(
        content,
        _length(style.get("margin-left")),
        {"page": "page", "margin": "margin"}.get(style.get("mso-position-horizontal-relative", ""), "column"),
        _length(style.get("margin-top")),
        {"page": "page", "margin": "margin"}.get(style.get("mso-position-vertical-relative", ""), "paragraph"),
        _length(style.get("width")),
    )


def _position(element: etree._Element | None, default: str) -> tuple[float | None, str]:
    if element is None:
        return None, default
    offset = element.find(_WP + "posOffset")
    return _emu(offset.text) if offset is not None else None, str(element.get("relativeFrom") or default)


def _emu(text: str | None) -> float | None:
    try:
        length = int(text or "") // _EMU_PER_POINT
    except ValueError:
        return None
    return float(length) if abs(length) < MAX_LENGTH else None


def _vml_style(content: etree._Element) -> dict[str, str]:
    for ancestor in content.iterancestors():
        if ancestor.tag == W + "pict":
            break
        if isinstance(ancestor.tag, str) and ancestor.tag.startswith(_V) and ancestor.get("style"):
            pairs = (part.partition(":") for part in (ancestor.get("style") or "").split(";"))
            return {name.strip().casefold(): text.strip() for name, _, text in pairs}
    return {}


def _length(text: str | None) -> float | None:
    match = re.fullmatch(r"(-?[\d.]+)(pt|in|cm|mm)?", text or "")
    if not match:
        return None
    try:
        return float(match[1]) * {"in": 72, "cm": 28.35, "mm": 2.835}.get(match[2] or "pt", 1)
    except ValueError:
        return None
