# SPDX-License-Identifier: Apache-2.0
"""What the files say: sniffing, limits, worker processes, facts."""

from parcheck.reading.document import Document, Line
from parcheck.reading.facts import FactReader
from parcheck.reading.pool import Limits, ReaderPool

__all__ = ["Document", "FactReader", "Limits", "Line", "ReaderPool"]
