# SPDX-License-Identifier: Apache-2.0
"""How a sheet that got more columns comes out of the printer: across, one page wide, the added columns with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from parcheck_plugins.reports.places import letters_of, number_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
AFTER_MERGES: Final = (
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""What follows the merged cells in a sheet's XML (ISO/IEC 29500-1, 18.3.1.99)."""
_AFTER_SETUP: Final = AFTER_MERGES[AFTER_MERGES.index("headerFooter") :]

_PRINT_AREA: Final = "_xlnm.Print_Area"
_AREA: Final = re.compile(
    r"(?P<corner>\$(?P<left>[A-Z]{1,3})(?:\$\d{1,7})?:)\$(?P<right>[A-Z]{1,3})(?P<row>(?:\$\d{1,7})?)(?![\w'!(])"
)
"""A range behind the name of its sheet; of whole columns too."""


def fit_page(root: etree._Element) -> None:
    """Print a sheet across, as wide as one page: the added columns would stand on pages of their own."""
    about = root.find(f"{S}sheetPr")
    if about is None:
        about = etree.Element(f"{S}sheetPr")
        root.insert(0, about)
    page = about.find(f"{S}pageSetUpPr")
    if page is None:
        page = etree.SubElement(about, f"{S}pageSetUpPr")
    page.set("fitToPage", "1")
    setup = root.find(f"{S}pageSetup")
    if setup is None:
        setup = etree.Element(f"{S}pageSetup", paperSize="9")
        insert(root, setup, _AFTER_SETUP)
    setup.attrib.update({"orientation": "landscape", "fitToWidth": "1", "fitToHeight": "0"})
    setup.attrib.pop("scale", "")


def printed_too(workbook: etree._Element, added: Mapping[str, tuple[int, int]]) -> bool:
    """Widen the print areas that end left of the added columns; return whether there was one.

    Args:
        workbook: the workbook's own part, which keeps them.
        added: sheet to the first and last of its added columns, from 1.
    """
    names = [sheet.get("name") or "" for sheet in workbook.iter(f"{S}sheet")]
    widened = False
    for name in workbook.iter(f"{S}definedName"):
        index = name.get("localSheetId") or ""
        if name.get("name") != _PRINT_AREA or not index.isdecimal() or int(index) >= len(names):
            continue
        if columns := added.get(names[int(index)]):
            before = name.text or ""
            name.text = _wider(before, *columns)
            widened = widened or name.text != before
    return widened


def _wider(area: str, first: int, last: int) -> str:
    def wider(match: re.Match[str]) -> str:
        left, right = number_of(match["left"]), number_of(match["right"])
        return f"{match['corner']}${letters_of(last)}{match['row']}" if left < first and right < last else match[0]

    return _AREA.sub(wider, area)


def insert(root: etree._Element, element: etree._Element, followers: Sequence[str]) -> None:
    """Put an element where the order of a sheet's parts wants it: before the first of its followers."""
    tags = {f"{S}{name}" for name in followers}
    following = next((each for each in root if each.tag in tags), None)
    if following is None:
        root.append(element)
    else:
        following.addprevious(element)
