# SPDX-License-Identifier: Apache-2.0
"""Cannot be imported: something that it needs is not installed."""

from __future__ import annotations

raise ModuleNotFoundError("No module named 'khong_co'")
