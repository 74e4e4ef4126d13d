# SPDX-License-Identifier: Apache-2.0
"""Vietnamese text of the time before Unicode: TCVN3 (ABC), VNI and VPS, found and converted. Knows no file format."""

from parcheck_plugins.legacy_text.convert import Coding, spread, to_unicode
from parcheck_plugins.legacy_text.detect import (
    Detection,
    codings_of,
    decode,
    detect,
    encoding_of_font,
    is_capital_font,
    looks_legacy,
    reads_well,
    suspect,
)
from parcheck_plugins.legacy_text.syllables import Score, is_syllable, score

__all__ = [
    "Coding",
    "Detection",
    "Score",
    "codings_of",
    "decode",
    "detect",
    "encoding_of_font",
    "is_capital_font",
    "is_syllable",
    "looks_legacy",
    "reads_well",
    "score",
    "spread",
    "suspect",
    "to_unicode",
]
