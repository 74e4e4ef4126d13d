# SPDX-License-Identifier: Apache-2.0
"""What a Word style says of paragraphs and runs: the part of the cascade that reading a letterhead needs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from parcheck_plugins.word.package import W

_OFF = frozenset({"0", "false", "off", "none"})
_MAX_DEPTH = 20
MAX_LENGTH = 10_000.0
"""In points; Word itself stops at 1 584."""


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run looks. Sizes in points."""

    size: float = 10.0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    hidden: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How a paragraph lies. Lengths in points."""

    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    """Of the first line, beyond `left`; negative when it hangs."""
    before: float = 0.0
    after: float = 0.0
    tabs: tuple[tuple[float, str], ...] = ()
    """(position from the text's left edge, kind), sorted."""
    numbering: tuple[str, int] | None = None
    """(list id, level)."""
    run: RunLook = field(default_factory=RunLook)


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """Return an attribute of Word's own namespace."""
    if element is None:
        return None
    found = element.get(W + name)
    return None if found is None else str(found)


def points(text: str | None) -> float | None:
    """Return a length in twentieths of a point ("720") or with a unit ("36pt") in points, else None."""
    try:
        length = float(text[:-2]) if text and text.endswith("pt") else float(text or "nan") / 20
    except ValueError:
        return None
    return length if abs(length) < MAX_LENGTH else None


def is_on(element: etree._Element | None) -> bool | None:
    """Return a switch such as `w:b`; None when it is not set."""
    return None if element is None else value(element) not in _OFF


def run_look(base: RunLook, properties: etree._Element | None) -> RunLook:
    """Return `base` with what `w:rPr` changes."""
    if properties is None:
        return base
    changes: dict[str, float | bool | str] = {}
    for child in properties:
        tag = child.tag
        if tag == W + "sz":
            try:
                changes["size"] = min(400.0, max(1.0, float(value(child) or "") / 2))
            except ValueError:
                continue
        elif tag == W + "b":
            changes["bold"] = bool(is_on(child))
        elif tag == W + "i":
            changes["italic"] = bool(is_on(child))
        elif tag == W + "caps":
            changes["caps"] = bool(is_on(child))
        elif tag == W + "vanish":
            changes["hidden"] = bool(is_on(child))
        elif tag == W + "rFonts":
            # A theme's font wins over a name, and is a Unicode font.
            theme = value(child, "asciiTheme") or value(child, "hAnsiTheme")
            name = value(child, "ascii") or value(child, "hAnsi")
            if theme or name:
                changes["font"] = "" if theme else str(name)
    return replace(base, **changes) if changes else base  # type: ignore[arg-type]


def paragraph_look(base: ParagraphLook, properties: etree._Element | None) -> ParagraphLook:
    """Return `base` with what `w:pPr` changes; the paragraph mark's own run properties are not the text's."""
    if properties is None:
        return base
    changes: dict[str, object] = {}
    for child in properties:
        tag = child.tag
        if tag == W + "jc":
            changes["align"] = {"start": "left", "end": "right"}.get(value(child) or "", value(child) or "left")
        elif tag == W + "ind":
            changes |= _indent(child)
        elif tag == W + "spacing":
            for side in ("before", "after"):
                length = points(value(child, side))
                if length is not None:
                    changes[side] = min(72.0, max(0.0, length))
        elif tag == W + "tabs":
            changes["tabs"] = _tabs(base.tabs, child)
        elif tag == W + "numPr":
            changes["numbering"] = _numbering(base.numbering, child)
    return replace(base, **changes) if changes else base  # type: ignore[arg-type]


def _indent(element: etree._Element) -> dict[str, object]:
    changes: dict[str, object] = {}
    for target, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        for name in names:
            length = points(value(element, name))
            if length is not None:
                changes[target] = length
    first, hanging = points(value(element, "firstLine")), points(value(element, "hanging"))
    if hanging is not None:
        changes["first"] = -hanging
    elif first is not None:
        changes["first"] = first
    return changes


def _tabs(base: tuple[tuple[float, str], ...], element: etree._Element) -> tuple[tuple[float, str], ...]:
    stops = dict(base)
    for tab in element:
        position, kind = points(value(tab, "pos")), value(tab)
        if position is None or kind is None:
            continue
        if kind == "clear":
            stops.pop(position, None)
        elif kind not in ("bar", "num"):
            stops[position] = {"start": "left", "end": "right"}.get(kind, kind)
    return tuple(sorted(stops.items()))


def _numbering(base: tuple[str, int] | None, element: etree._Element) -> tuple[str, int] | None:
    identifier = value(element.find(W + "numId"))
    level = value(element.find(W + "ilvl"))
    if identifier is None:
        identifier = base[0] if base else None
    if identifier in (None, "0"):
        return None
    depth = int(level) if level is not None and level.isdecimal() else (base[1] if base else 0)
    return str(identifier), min(8, depth)


class Styles:
    """The styles of one document; an absent or broken part gives Word's defaults."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._looks: dict[str | None, ParagraphLook] = {}
        self._run_looks: dict[tuple[RunLook, bytes], RunLook] = {}
        default = ParagraphLook()
        self._default_id: str | None = None
        if root is not None:
            defaults = root.find(W + "docDefaults")
            if defaults is not None:
                default = paragraph_look(default, defaults.find(f"{W}pPrDefault/{W}pPr"))
                default = replace(default, run=run_look(default.run, defaults.find(f"{W}rPrDefault/{W}rPr")))
            for element in root.iterfind(W + "style"):
                identifier = value(element, "styleId")
                if identifier is None:
                    continue
                self._elements[identifier] = element
                if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
                    self._default_id = identifier
        self._base = default

    def paragraph(self, identifier: str | None) -> ParagraphLook:
        """Return what a paragraph style says; the default style's when the name is unknown."""
        key = identifier if identifier in self._elements else self._default_id
        look = self._looks.get(key)
        if look is None:
            look = self._base
            for element in self._chain(key):
                look = paragraph_look(look, element.find(W + "pPr"))
                look = replace(look, run=run_look(look.run, element.find(W + "rPr")))
            self._looks[key] = look
        return look

    def run(self, base: RunLook, properties: etree._Element | None) -> RunLook:
        """Return `base` with a run's character style and its own properties."""
        if properties is None:
            return base
        # Real files repeat the same few properties thousands of times.
        key = (base, etree.tostring(properties))
        look = self._run_looks.get(key)
        if look is None:
            look = base
            for element in self._chain(value(properties.find(W + "rStyle"))):
                look = run_look(look, element.find(W + "rPr"))
            look = self._run_looks[key] = run_look(look, properties)
        return look

    def _chain(self, identifier: str | None) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while identifier in self._elements and len(chain) < _MAX_DEPTH:
            element = self._elements[identifier]
            chain.append(element)
            identifier = value(element.find(W + "basedOn"))
        return chain[::-1]
