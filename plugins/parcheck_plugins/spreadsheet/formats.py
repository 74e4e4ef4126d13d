# SPDX-License-Identifier: Apache-2.0
"""The media types of workbooks."""

from __future__ import annotations

from typing import Final

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARTS: Final = frozenset(
    {
        XLSX,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
        "application/vnd.ms-excel.sheet.macroEnabled.12",
    }
)
"""Packages of XML parts."""
ZIPPED: Final = PARTS | {
    "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "application/vnd.oasis.opendocument.spreadsheet",
}
MEDIA_TYPES: Final = ZIPPED | {"application/vnd.ms-excel"}
"""What this plugin opens."""
