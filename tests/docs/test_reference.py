# SPDX-License-Identifier: Apache-2.0
"""The generated pages and the README say what the code does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _generator():
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["hooks.md", "vocabulary.md", "findings.md", "facts.md", "python.md"])
def test_reference_page_is_up_to_date(name: str) -> None:
    committed = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert committed == _generator().pages()[name], "run: python docs/make_reference.py"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_links_point_to_files_that_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [t for t in re.findall(r"\]\(([^)#]+)\)", text) if not t.startswith("http")]
    missing = [target for target in targets if not ((ROOT / page).parent / target).exists()]
    assert targets or page == "docs/architecture.md"
    assert missing == []


def test_architecture_names_folders_that_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([^`<]+)", text, re.MULTILINE)
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path.removesuffix("/")).exists()] == []
