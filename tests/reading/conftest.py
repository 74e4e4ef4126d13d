# SPDX-License-Identifier: Apache-2.0
"""Parts of the system that reading old files needs: never skipped without saying so."""

from __future__ import annotations

import pytest
from untested import untested

from parcheck_plugins.legacy_word.office import Office, find_program


@pytest.fixture
def libreoffice(record_property):
    """A LibreOffice of its own. Where there is none the test fails in CI; elsewhere the run ends by saying so."""
    program = find_program()
    if program is None:
        what = "Reading .doc, .rtf and .odt was not tested: LibreOffice is not installed (libreoffice-writer-nogui)."
        untested(record_property, what)
    office = Office(program)
    yield office
    office.close()
