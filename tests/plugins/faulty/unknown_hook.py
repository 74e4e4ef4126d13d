# SPDX-License-Identifier: Apache-2.0
"""Has a hook that parcheck does not know: misspelt, or of another version."""

from __future__ import annotations

import parcheck


@parcheck.hookimpl
def parcheck_fakts():
    return []
