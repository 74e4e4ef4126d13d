# SPDX-License-Identifier: Apache-2.0
"""What a verdict says of a file that its reader failed at: not decided, and why; the other files are as without it."""

from __future__ import annotations

import json

import filemaking
import pytest

from parcheck.checking import Session
from parcheck.model import Outcome
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading.pool import Limits
from parcheck.reporting.as_json import submission_data

FAULTS = [
    ("crash", "crash", {}, "reader-crashed"),
    ("crash", "crash-segfault", {}, "reader-crashed"),
    ("hang", "hang", {"seconds": 2.0}, "reader-timeout"),
    ("oom", "oom", {"memory": 800_000_000}, "reader-memory"),
    ("forking", "fork-orphan", {}, "reader-crashed"),
    ("disorder", "untidy-everything", {}, "reader-crashed"),
    ("hoarding", "endless", {}, "reader-crashed"),
    ("quitting", "quit-exit", {}, "plugin-failed"),
    ("quitting", "quit-interrupt", {}, "plugin-failed"),
    ("liar", "liar-plain", {}, "plugin-failed"),
    ("raising_reader", "raising-read", {}, "plugin-failed"),
]
OTHERS = ("1.1/a.facts", "1.1/z.facts")


def check(folder, pack, modules, limits):
    """Return (the catalogue, the verdict)."""
    session = Session(Plugins(PluginChoice(extra=(*modules, "faulty.sheet"))))
    report = session.check(folder, pack, limits=Limits(**{"seconds": 30.0, **limits}), workers=1)
    return session.catalogue, report.submissions[0]


@pytest.mark.parametrize(("module", "trigger", "limits", "code"), FAULTS, ids=[f"{f[0]}-{f[1]}" for f in FAULTS])
def test_the_file_is_not_decided_and_says_why(handed_in, pack_folder, module, trigger, limits, code):
    # Where only one reader failed, another sees no number: that alone would make the plan invalid.
    folder = handed_in(f"1.1/{trigger}.facts", **({"symbol": None} if code == "plugin-failed" else {}))
    catalogue, verdict = check(folder, pack_folder, (f"faulty.{module}",), limits)
    assert verdict.criteria[0].outcome is Outcome.UNDETERMINED
    (told,) = [finding for finding in verdict.findings if finding.code == code]
    assert told.document == verdict.documents[0].id
    for language in ("vi", "en"):
        message = catalogue.part(
            told, "message", language, file=trigger, where="", words="", requirement="", criterion=""
        )
        assert trigger in message or told.args["plugin"] in message
        assert "{" not in message
        assert "Error" not in message
    assert not [finding for finding in verdict.findings if finding.code == "evidence-missing"]


@pytest.mark.parametrize(("module", "trigger", "limits", "code"), FAULTS, ids=[f"{f[0]}-{f[1]}" for f in FAULTS])
def test_the_other_files_stand_in_the_report_with_the_same_bytes(
    handed_in, pack_folder, tmp_path, module, trigger, limits, code
):
    folder = handed_in(*OTHERS, f"1.1/{trigger}.facts")
    filemaking.facts_file(folder / OTHERS[1], **{**filemaking.PLAN_FACTS, "symbol": "13/KH-SNV"})

    def others(*modules):
        catalogue, verdict = check(folder, pack_folder, modules, limits)
        data = submission_data(verdict, catalogue, "vi")
        assert data["criteria"][0]["outcome"] == "satisfied"
        documents = [each for each in data["documents"] if each["path"] in OTHERS]
        about = {each["id"] for each in documents}
        findings = [each for each in data["findings"] if each["document"] in about]
        return json.dumps([documents, findings], ensure_ascii=False)

    assert others(f"faulty.{module}") == others()
