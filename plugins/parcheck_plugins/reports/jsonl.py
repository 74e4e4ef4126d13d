# SPDX-License-Identifier: Apache-2.0
"""JSON Lines: one submission per line, each line a whole report in the shape of `report.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from parcheck.reporting.as_json import head_data, run_findings, submission_data
from parcheck.reporting.seal import KEY, seal_of

if TYPE_CHECKING:
    from parcheck.catalogue import Catalogue
    from parcheck.model import Report


def write_jsonl(report: Report, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    """Write one line per submission, so that a program can read, filter and join reports without holding them."""
    head = {**head_data(report), **run_findings(report, catalogue, language)}
    for submission in report.submissions:
        data = {**head, "submissions": [submission_data(submission, catalogue, language)]}
        data[KEY] = seal_of(json.loads(json.dumps(data)))
        line = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        # A file name that is no Unicode has half surrogates, which UTF-8 cannot hold; JSON's escapes can.
        stream.write((line if _is_unicode(line) else json.dumps(data, separators=(",", ":"))) + "\n")


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
