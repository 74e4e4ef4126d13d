# SPDX-License-Identifier: Apache-2.0
"""Faults of files, of claims, and of where things are filed (F18 to F29)."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from tests.benchmarks.planted import files
from tests.benchmarks.planted.kinds import DOUBTFUL, QUARTERS, SAID, Planted, at, fault, pick

from parcheck.model import Outcome

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tests.benchmarks.planted.paper import Case


# ── F18 – F22: files ────────────────────────────────────────────────────────────────────────────────────────────────


@fault("F18", "một tệp dùng cho hai tiêu chí", "sure", "same-file-twice", SAID)
def _same_file(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "inspection", "law", "texts", "control", "notice")
    if paper is None:
        return None
    new = dataclasses.replace(paper, criteria=(*paper.criteria, "1.2"))
    # The copy that is read later is the one named.
    return Planted(case.exchanged(paper.role, new))


@fault("F19", "hai văn bản trùng số, ký hiệu", "sure", "same-number-twice", SAID)
def _same_number(case: Case, rng: random.Random) -> Planted | None:
    one, other = rng.sample([case.paper(role) for role in QUARTERS], 2)
    if one.spec.unit != other.spec.unit or "scan" in (one.spec.kind, other.spec.kind):
        return None
    return Planted(case.exchanged(other.role, other.with_spec(number=one.spec.number)))


@fault("F20", "bản quét không đọc được", "sure", "fact-unknown", frozenset({Outcome.UNDETERMINED}))
def _bad_scan(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", *QUARTERS)
    if paper is None:
        return None
    raw = files.unreadable_scan(dataclasses.replace(paper.spec, kind="printed"), rng)
    return at(case, paper, dataclasses.replace(paper, raw=raw))


def _file_fault(words: str, codes: str, change: Callable[[bytes, random.Random], bytes], suffix: str = ".pdf") -> None:
    @fault("F22", words, "sure", codes, DOUBTFUL)
    def plant(case: Case, rng: random.Random) -> Planted | None:
        paper = pick(case, rng, "plan", *QUARTERS)
        if paper is None:
            return None
        return at(case, paper, dataclasses.replace(paper, raw=change(paper.data, rng), suffix=suffix))


_file_fault("tệp rỗng", "file-empty", lambda _data, _rng: b"")
_file_fault("tệp đặt mật khẩu", "file-encrypted", lambda data, _rng: files.locked(data))
_file_fault("tệp bị cắt cụt", "file-damaged", files.cut_off)
_file_fault("trang web lưu tên .pdf", "file-type-differs file-type-unknown", lambda _data, _rng: files.web_page())
_file_fault("tệp nén lưu tên .pdf", "file-type-differs", lambda data, _rng: files.zipped(data, "bc.pdf"))
_file_fault("con trỏ thay cho tệp", "file-pointer", lambda data, _rng: files.pointer(data))


# ── F26 – F29: claims and the set ───────────────────────────────────────────────────────────────────────────────────


@fault("F26", "điểm tự chấm cao hơn điểm tối đa", "likely", "claim-above-maximum")
def _above_maximum(case: Case, rng: random.Random) -> Planted | None:
    code = rng.choice(("1.1", "1.2"))
    return Planted(case.claiming(code, claimed=rng.choice((3.5, 5.0, 10))), code)


@fault("F26", "điểm tự chấm cao hơn điểm tính từ số liệu", "likely", "claim-above-figures")
def _above_figures(case: Case, rng: random.Random) -> Planted | None:
    full = 1.5 if case.level == "tỉnh" else 3
    return Planted(case.claiming("1.1", claimed=full, figures={"a": 48, "b": rng.randint(10, 47)}), "1.1")


@fault("F26", "điểm tự chấm cao hơn phần có tài liệu", "likely", "claim-above-evidence")
def _above_evidence(case: Case, rng: random.Random) -> Planted | None:
    full = 0.5 if case.level == "tỉnh" else 2
    return Planted(case.without(rng.choice(QUARTERS)).claiming("1.2", claimed=full), "1.2")


@fault("F27", "“không áp dụng” mà không giải trình", "sure", "explanation-missing")
def _not_applicable(case: Case, rng: random.Random) -> Planted | None:
    code = rng.choice([code for code in case.folders if code != "1.1"])
    return Planted(case.claiming(code, not_applicable=True, claimed=None, explanation=None), code)


@fault("F29", "tài liệu để ở mã không còn trong bộ tiêu chí", "sure", "folder-unknown", SAID)
def _old_code(case: Case, rng: random.Random) -> Planted | None:
    code = rng.choice([code for code in case.folders if code != "1.1"])
    gone = f"{code[0]}.{rng.randint(8, 12)}"
    folders = {**case.folders, code: case.folders[code].replace(code, gone)}
    return Planted(dataclasses.replace(case, folders=folders), suffering=(code, "1.1"))


@fault("F29", "tự chấm cho mã không còn trong bộ tiêu chí", "sure", "criterion-unknown", SAID)
def _claimed_code(case: Case, rng: random.Random) -> Planted | None:
    return Planted(case.claiming(f"1.{rng.randint(8, 12)}", claimed=1))
