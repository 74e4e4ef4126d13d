# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/ from the code: hooks, keywords, findings, facts, Python. A test holds the pages against it."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import parcheck
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
        "python.md": _python(),
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
            messages = "\n\n".join(said for part, said in words.items() if part.startswith("message"))
            text += f"\n**{words['title']}**\n\n{messages}\n\n{words['why']}\n\n→ {words['fix']}\n"
            if words.get("example"):
                text += f"\n*{words['example']}*\n"
    return text


def _facts() -> str:
    catalogue = shipped()
    text = f"{NOTE}# Facts\n\n| fact | vi | en |\n|---|---|---|\n"
    for name in sorted(CONTRACT):
        text += f"| `{name}` | {catalogue.term('facts', name, 'vi')} | {catalogue.term('facts', name, 'en')} |\n"
    return text


def _python() -> str:
    text = f"{NOTE}# Python\n\n`import parcheck`: all names that programs and plugins use; modules below may change.\n"
    values = {name: getattr(parcheck, name) for name in parcheck.__all__}
    functions = {name: value for name, value in values.items() if inspect.isfunction(value)}
    for name, function in functions.items():
        signature = str(inspect.signature(function)).replace("'", "")
        text += f"\n## `parcheck.{name}{signature}`\n\n{inspect.getdoc(function)}\n"
    text += "\n## Classes, and what is no function\n\n| name | what it is | defined in |\n|---|---|---|\n"
    for name, value in values.items():
        if name not in functions:
            first = " ".join((inspect.getdoc(value) or "").partition("\n\n")[0].split())
            home = value.__module__ if inspect.isclass(value) else hookspecs.__name__
            text += f"| `{name}` | {first} | `{home}` |\n"
    return text


def main() -> None:
    """Write the pages."""
    HERE.mkdir(exist_ok=True)
    for name, content in pages().items():
        (HERE / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
