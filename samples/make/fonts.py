# SPDX-License-Identifier: Apache-2.0
"""The fonts of the samples: Tinos and Arimo, with the widths of Times New Roman and Arial.

`typefaces/` holds subsets with every Vietnamese letter, made with fontTools from the fonts of the Debian package
fonts-croscore (SIL Open Font License 1.1, see `typefaces/OFL.txt`), so that samples and tests need no system font.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_FOLDER = Path(__file__).parent / "typefaces"
_FACES = {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bolditalic": "BoldItalic"}
REGULAR, BOLD, ITALIC, BOLD_ITALIC = "Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"


def font_file(face: str, *, sans: bool = False) -> Path:
    """Return the TTF file of "regular", "bold", "italic" or "bolditalic"; sans exists in "bold" only."""
    return _FOLDER / f"{'Arimo' if sans else 'Tinos'}-{_FACES[face]}.ttf"


@cache
def register() -> None:
    """Make the four faces known to reportlab, and <b> and <i> inside paragraphs."""
    for name, face in ((REGULAR, "regular"), (BOLD, "bold"), (ITALIC, "italic"), (BOLD_ITALIC, "bolditalic")):
        pdfmetrics.registerFont(TTFont(name, str(font_file(face))))
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD_ITALIC)
