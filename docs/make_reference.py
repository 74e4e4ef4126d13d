# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/ from the code: hooks, vocabulary, findings, facts. A test holds the pages against the code."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

from parcheck import hookspecs
from parcheck.catalogue import shipped
from parcheck.checking import Session
from parcheck.reading.contract import CONTRACT

HERE = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/make_reference.py; edit the code instead. -->\n"


def pages() -> dict[str, str]:
    """Return file name to content."""
    return {
        "hooks.md": _hooks(),
        "vocabulary.md": _vocabulary(),
        "findings.md": _findings(),
        "facts.md": _facts(),
    }


def _hooks() -> str:
    text = f"{NOTE}# Hooks\n\n{inspect.getdoc(hookspecs)}\n"
    for name, function in inspect.getmembers(hookspecs, inspect.isfunction):
        if name.startswith("parcheck_"):
            parameters = ", ".join(inspect.signature(function).parameters)
            text += f"\n## `{name}({parameters})`\n\n{inspect.getdoc(function)}\n"
    return text


def _vocabulary() -> str:
    text = f"{NOTE}# Keywords that packs may use beside JSON Schema 2020-12\n"
    for name, keyword in sorted(Session().vocabulary.keywords.items()):
        parameter = json.dumps(keyword.parameter, ensure_ascii=False, indent=1)
        text += f"\n## `{name}`\n\n{keyword.doc}\n\n"
        text += f"* applies to: {keyword.applies_to}\n* findings: {', '.join(f'`{code}`' for code in keyword.codes)}\n"
        text += f"* parameter:\n\n```json\n{parameter}\n```\n"
    return text


def _findings() -> str:
    catalogue = shipped()
    text = f"{NOTE}# Findings\n\nThe same as `parcheck explain CODE`.\n"
    for code, entry in sorted(catalogue.findings.items()):
        text += f"\n## `{code}`\n\n| | |\n|---|---|\n"
        text += f"| certainty, severity | {entry['certainty']}, {entry['severity']} |\n"
        text += f"| clause | {entry['clause'] or '–'} |\n"
        for language in ("vi", "en"):
            words = entry[language]
            text += f"\n**{words['title']}**\n\n{words['message']}\n\n{words['why']}\n\n→ {words['fix']}\n"
            if words.get("example"):
                text += f"\n*{words['example']}*\n"
    return text


def _facts() -> str:
    catalogue = shipped()
    text = f"{NOTE}# Facts\n\n| fact | vi | en |\n|---|---|---|\n"
    for name in sorted(CONTRACT):
        text += f"| `{name}` | {catalogue.term('facts', name, 'vi')} | {catalogue.term('facts', name, 'en')} |\n"
    return text


def main() -> None:
    """Write the pages."""
    HERE.mkdir(exist_ok=True)
    for name, content in pages().items():
        (HERE / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
