# SPDX-License-Identifier: Apache-2.0
"""The list of what to hand in as one HTML page: nothing is loaded from elsewhere, and it prints on A4."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from parcheck.rules.checklist import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from parcheck.rules.checklist import Checklist, Document, Row, Section

_STYLE: Final = """
@page { size: A4 landscape; margin: 15mm 12mm; }
body { font-family: "Times New Roman", Tinos, "Liberation Serif", serif; font-size: 12pt; line-height: 1.3;
  max-width: 273mm; margin: 1.5rem auto; padding: 0 1rem; color: #000; background: #fff; }
h1 { font-size: 15pt; text-align: center; margin: 0 0 .5rem; }
h2 { font-size: 13pt; margin: 1.4rem 0 .4rem; break-after: avoid; }
p { margin: .15rem 0; }
.legend { font-size: 10.5pt; margin: .6rem 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: .75pt solid #000; padding: 2pt 4pt; vertical-align: top; text-align: left; overflow-wrap: anywhere; }
td { font-size: 11pt; line-height: 1.2; }
thead { display: table-header-group; }
thead th { text-align: center; }
tr { break-inside: avoid; }
tr.row { break-after: avoid; }
tr.row th { background: #e8e8e8; font-weight: bold; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.facts, .note { font-weight: normal; font-size: 10pt; }
.note { font-style: italic; }
.tick { text-align: center; }
td ul { margin: 0; padding: 0; list-style: none; }
.signatures { display: flex; justify-content: space-around; margin-top: 1.5rem; break-inside: avoid; text-align: center;
  font-weight: bold; min-height: 28mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""
_WIDTHS: Final = (4, 29, 11, 15, 28, 13)
"""Of the columns, in percent."""


def write_html(checklist: Checklist, path: Path) -> None:
    """Write the list; everything that comes from a pack or a user is escaped."""
    path.write_text("".join(f"{line}\n" for line in _page(checklist)), encoding="utf-8", newline="\n")


def _page(checklist: Checklist) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="{escape(checklist.language)}">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(checklist.title)}</title>"
    yield f"<style>{_STYLE}</style></head>"
    yield f"<body><h1>{escape(checklist.title)}</h1>"
    yield from (f"<p>{escape(line)}</p>" for line in checklist.lines)
    yield f'<div class="legend">{"".join(f"<p>{escape(line)}</p>" for line in checklist.legend)}</div>'
    for section in checklist.sections:
        yield from _section(section, checklist)
    yield '<div class="signatures">' + "".join(f"<div>{escape(who)}</div>" for who in checklist.signatures) + "</div>"
    yield "</body></html>"


def _section(section: Section, checklist: Checklist) -> Iterator[str]:
    yield f"<h2>{escape(section.heading)}</h2>"
    if section.rows:
        yield "<table><colgroup>" + "".join(f'<col style="width:{width}%">' for width in _WIDTHS) + "</colgroup>"
        heads = "".join(f'<th scope="col">{escape(text)}</th>' for text in checklist.headings)
        yield f"<thead><tr>{heads}</tr></thead><tbody>"
        for row in section.rows:
            yield from _row(row)
        yield "</tbody></table>"
    if section.apart:
        yield f"<p><b>{escape(checklist.apart_label)}</b> {escape('; '.join(section.apart))}.</p>"


def _row(row: Row) -> Iterator[str]:
    group = f'<div class="facts">{escape(row.group)}</div>' if row.group else ""
    facts = "".join(f'<div class="facts"><i>{escape(label)}</i> {escape(words)}</div>' for label, words in row.facts)
    yield f'<tr class="row"><th colspan="{len(COLUMNS)}" scope="rowgroup">{group}{escape(row.heading)}{facts}</th></tr>'
    for document in row.documents:
        yield _document(document)


def _document(document: Document) -> str:
    box = f'<input type="checkbox" aria-label="{escape(document.name)}">' if document.asked else "–"
    note = f'<div class="note">{escape(document.note)}</div>' if document.note else ""
    name = f"{escape(document.name)}{_list(document.ways, always=True)}{note}"
    cells: Sequence[str] = (name, _list(document.when), _list(document.who), _list(document.what), "")
    return f'<tr><td class="tick">{box}</td>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _list(words: Iterable[str], *, always: bool = False) -> str:
    entries = [escape(each) for each in words]
    if len(entries) == 1 and not always:
        return entries[0]
    return "<ul>" + "".join(f"<li>{each}</li>" for each in entries) + "</ul>" if entries else ""
