# SPDX-License-Identifier: Apache-2.0
"""Recognises Vietnamese text in the pre-Unicode encodings TCVN3 (.VnTime) and VNI (VNI-Times).

Such text sits in a file as Western letters that only its own font draws rightly: "Uû ban nh©n d©n", "Coäng
hoøa".
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\s\d.,;:()/\"-]+")
# Signs between U+00A7 and U+00BE do not occur inside words of any language written in Latin letters.
_TCVN3 = re.compile("[^\\W\\d_][§¨©ª«¬\u00ad®¯µ¶·¸¹»¼½¾]|[¨©ª«¬\u00ad®µ¶·¸¹»¼½¾][^\\W\\d_]")
# A tone or circumflex that follows its vowel as a letter of its own, and đ as ñ at the head of a word.
_VNI = re.compile("[aeouyöôAEOUYÖÔ][äàùûõïøåæçëêéèúüöâáãÄÀÙÛÕÏØÅÆÇËÊÉÈÚÜÖÂÁÃ]|^[ñÑ]")
# Letters that only Unicode Vietnamese has: ă đ ĩ ũ ơ ư and all with a tone over another mark.
_UNICODE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")
LEGACY_FONT = re.compile(r"\.Vn|VNI|VPS", re.IGNORECASE)
MIN_WORDS = 5
MIN_SHARE = {"tcvn3": 0.05, "vni": 0.15}
"""Of all words: such signs stand in one TCVN3 word in five and in no Western word, VNI pairs in every other VNI word
and now and then in a Western one."""
MIN_AGAINST_UNICODE = 0.25


def legacy_encoding(text: str, legacy_font: bool = False) -> str | None:
    """Return "tcvn3" or "vni" when a telling part of the text is written in it, else None.

    A legacy font alone proves nothing: Unicode text often carries its name from an old template. It only
    lowers the share of words asked for.
    """
    found = {"tcvn3": 0, "vni": 0}
    proper = total = 0
    for word in _WORD.findall(text):
        total += 1
        if word.isascii():
            continue
        if _UNICODE.search(word):
            proper += 1
        elif _TCVN3.search(word):
            found["tcvn3"] += 1
        elif _VNI.search(word):
            found["vni"] += 1
    encoding = max(found, key=lambda name: found[name])
    count = found[encoding]
    share = MIN_SHARE[encoding] / (3 if legacy_font else 1)
    if count < MIN_WORDS or count < share * total or count < MIN_AGAINST_UNICODE * (count + proper):
        return None
    return encoding
