# SPDX-License-Identifier: Apache-2.0
"""Every finding code has an example that raises it and one that differs in little and does not."""

from __future__ import annotations

from pathlib import Path

import caselib
import pytest

from parcheck.catalogue import shipped

EXAMPLES = Path(__file__).parents[1] / "examples"
REJECT = sorted((EXAMPLES / "reject").glob("*/*.yaml"))
ACCEPT = sorted((EXAMPLES / "accept").glob("*/*.yaml"))
CODES = frozenset(shipped().findings)


def name_of(file):
    return f"{file.parent.name}/{file.stem}"


def outcome_of(result):
    """Return the outcome of the first criterion; None where nothing could be judged."""
    return result.criteria[0].outcome.value if result.criteria else None


@pytest.mark.parametrize("file", REJECT, ids=name_of)
def test_a_fault_is_found(file, tmp_path):
    code, case = file.parent.name, caselib.load_case(file)
    expected = case["expect"]
    result, session = caselib.run_case(case, tmp_path)
    found = [finding for finding in caselib.findings_of(result) if finding.code == code]
    assert len(found) == 1
    assert {
        "outcome": outcome_of(result),
        "certainty": found[0].certainty.value,
        "severity": found[0].severity.value,
        "message": caselib.told(result, session, found[0]).message,
    } == expected


@pytest.mark.parametrize("file", ACCEPT, ids=name_of)
def test_what_is_in_order_is_left_alone(file, tmp_path):
    code, case = file.parent.name, caselib.load_case(file)
    result, _ = caselib.run_case(case, tmp_path)
    assert code not in {finding.code for finding in caselib.findings_of(result)}
    assert {"outcome": outcome_of(result)} == case["expect"]


@pytest.mark.parametrize("kind", ["accept", "reject"])
def test_every_code_has_examples_and_every_example_a_code(kind):
    assert {folder.name for folder in (EXAMPLES / kind).iterdir()} == CODES


def test_each_rejected_example_has_its_accepted_twin():
    assert [name_of(file) for file in REJECT] == [name_of(file) for file in ACCEPT]


@pytest.mark.parametrize("file", REJECT, ids=name_of)
def test_twins_differ_in_few_lines(file):
    """What differs is what the rule is about; `about` and `expect` differ by nature."""

    def body(path):
        text = path.read_text(encoding="utf-8").split("\nexpect:")[0]
        return [line for line in text.splitlines() if not line.startswith("about:")]

    reject, accept = body(file), body(EXAMPLES / "accept" / file.parent.name / file.name)
    only = [line for line in reject if line not in accept] + [line for line in accept if line not in reject]
    assert 1 <= len(only) <= 6


@pytest.mark.parametrize("file", [*REJECT, *ACCEPT], ids=lambda f: f"{f.parents[1].name}/{name_of(f)}")
def test_a_case_says_what_it_is_about(file):
    case = caselib.load_case(file)
    assert case["about"].endswith(".")
    assert set(case) <= {
        "about", "others", "before", "rules", "more", "pack", "submission", "sheet", "documents", "files", "plugins",
        "limits", "expect", "decisions", "today",
    }  # fmt: skip
