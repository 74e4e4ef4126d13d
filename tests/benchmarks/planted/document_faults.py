# SPDX-License-Identifier: Apache-2.0
"""Faults of documents: not there, not issued, signed, dated, titled or issued wrongly (F1 to F16)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from samples.make.spec import Deletion, Signer, Text
from tests.benchmarks.planted import files, offices
from tests.benchmarks.planted.good import TYPE_NAMES, YEAR
from tests.benchmarks.planted.kinds import DOUBTFUL, QUARTERS, SAID, Planted, at, fault, pick
from tests.benchmarks.planted.paper import WORD, Case, Paper

from parcheck.model import Outcome

if TYPE_CHECKING:
    import random


# ── F1, F2: nothing there ───────────────────────────────────────────────────────────────────────────────────────────


@fault(
    "F1",
    "không nộp tài liệu nào cho một yêu cầu",
    "sure",
    "evidence-missing count-too-few",
    frozenset({Outcome.MISSING}),
)
def _nothing(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "inspection", "initiative", "law", "texts-plan", "review", "control", "notice")
    return Planted(case.without(paper.role), paper.criteria[-1]) if paper else None


@fault("F2", "thiếu một kỳ báo cáo", "likely", "evidence-missing", frozenset({Outcome.MISSING}))
def _period(case: Case, rng: random.Random) -> Planted | None:
    return Planted(case.without(rng.choice(QUARTERS)), "1.2")


# ── F3, F4, F5: not issued ──────────────────────────────────────────────────────────────────────────────────────────


@fault("F3", "dự thảo: chữ DỰ THẢO ở phần đầu, để trống số, ngày", "likely", "draft")
def _draft(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", *QUARTERS)
    if paper is None:
        return None
    blank = paper.with_spec(number="", issued_on=None, month=3, year=YEAR, kind="unsigned")
    form = rng.randrange(3)
    if form == 0:
        return at(case, paper, blank.with_spec(type=f"DỰ THẢO {blank.spec.type}"))
    if form == 1:
        unit = dataclasses.replace(blank.spec.unit, name=(*blank.spec.unit.name, "DỰ THẢO"))
        return at(case, paper, blank.with_spec(unit=unit))
    return at(case, paper, dataclasses.replace(blank, raw=files.marked(blank.data, "DỰ THẢO LẦN 2", across=False)))


@fault("F3", "dự thảo: chữ DỰ THẢO in chìm ngang trang", "likely", "draft")
def _watermark(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", *QUARTERS)
    if paper is None:
        return None
    unsigned = paper.with_spec(kind="unsigned")
    return at(case, paper, dataclasses.replace(unsigned, raw=files.marked(unsigned.data, "DỰ THẢO", across=True)))


@fault("F3", "dự thảo: tệp Word trình ký, để trống số, ngày, còn dấu vết sửa", "likely", "draft revisions-left")
def _word_draft(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", *QUARTERS)
    if paper is None:
        return None
    text = next(block for block in paper.spec.body if isinstance(block, Text) and len(block.words) > 30)
    old = " ".join(text.words.replace("*", "").split()[3:5])
    change = Deletion(old, "đã được sửa", offices.person(rng), dt.date(YEAR, 3, 3))
    new = paper.with_spec(number="", issued_on=None, month=3, year=YEAR, kind="unsigned", changes=(change,))
    new = new.with_spec(tabs=rng.random() < 0.3, decomposed=rng.random() < 0.3)
    return at(case, paper, dataclasses.replace(new, suffix=WORD, name=f"Du thao {paper.role}"))


@fault("F4", "để trống số (không có chữ ký số)", "sure", "number-blank draft")
def _no_number(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "notice", *QUARTERS)
    blank = rng.choice(("", "", "…", "......"))
    return at(case, paper, paper.with_spec(number=blank, kind="unsigned")) if paper else None


@fault("F4", "để trống ngày (không có chữ ký số)", "sure", "date-blank draft")
def _no_date(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "notice", *QUARTERS)
    if paper is None or paper.spec.issued_on is None:
        return None
    new = paper.with_spec(issued_on=None, month=paper.spec.issued_on.month, kind="unsigned")
    return at(case, paper, new)


@fault("F5", "bản Word có đủ số, ngày nhưng không ký", "sure", "unsigned")
def _word_unsigned(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "law", "review", "control", *QUARTERS)
    if paper is None:
        return None
    new = paper.with_spec(kind="printed", tabs=rng.random() < 0.3, decomposed=rng.random() < 0.3)
    return at(case, paper, dataclasses.replace(new, suffix=WORD))


@fault("F5", "PDF xuất từ máy, có số, ngày, không chữ ký số, không dấu", "sure", "unsigned", DOUBTFUL)
def _pdf_unsigned(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "law", "review", "control", *QUARTERS)
    return at(case, paper, paper.with_spec(kind="unsigned")) if paper else None


# ── F6, F7: signed wrongly ──────────────────────────────────────────────────────────────────────────────────────────


@fault("F6", "tệp bị sửa sau khi ký số (một byte trong phần đã ký)", "sure", "signature-broken", SAID)
def _tampered(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "year", *QUARTERS)
    return at(case, paper, dataclasses.replace(paper, raw=files.tampered(paper.data))) if paper else None


@fault("F6", "trang bị vẽ thêm sau chữ ký số cuối", "sure", "changed-after-signing", SAID)
def _changed(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "year", *QUARTERS)
    return at(case, paper, dataclasses.replace(paper, raw=files.changed_after(paper.data))) if paper else None


@fault("F7", "người ký không có thẩm quyền theo bộ tiêu chí", "likely", "signer-differs")
def _wrong_signer(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "review", *QUARTERS)
    if case.level == "tỉnh" or paper is None:
        return None
    head = paper.spec.signers[0].authority[-1].removeprefix("PHÓ ")
    title = rng.choice(("TRƯỞNG PHÒNG TỔNG HỢP", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"))
    signer = Signer((f"{rng.choice(('TL', 'TUQ'))}. {head}", title), offices.person(rng))
    return at(case, paper, paper.with_spec(signers=(signer,)))


@fault("F7", "ký thay (KT.) nhưng người ký không phải cấp phó", "likely", "authority-no-deputy", SAID)
def _no_deputy(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "year", *QUARTERS)
    if paper is None:
        return None
    *above, last = paper.spec.signers[0].authority
    head = last.removeprefix("PHÓ ")
    lines = (*(line for line in above if not line.startswith("KT")), f"KT. {head}", head)
    return at(case, paper, paper.with_spec(signers=(Signer(lines, offices.person(rng)),)))


# ── F8 – F10: dates ─────────────────────────────────────────────────────────────────────────────────────────────────


@fault("F8", "ban hành muộn: báo cáo kỳ sau hạn", "sure", "issued-too-late")
def _late(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, *QUARTERS)
    if paper is None:
        return None
    days = rng.randint(3, 20)
    due = {"q1": dt.date(YEAR, 3, 31), "half": dt.date(YEAR, 6, 30), "q3": dt.date(YEAR, 9, 30)}[paper.role]
    day = (dt.date(YEAR, 12, 31) if case.level == "tỉnh" else due) + dt.timedelta(days=days)
    return at(case, paper, paper.with_spec(unit=case.office.unit, issued_on=day, year=day.year))


@fault("F8", "ban hành muộn so với văn bản cấp trên", "sure", "deadline-passed")
def _after_upstream(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan")
    if case.level == "tỉnh" or paper is None:
        return None
    start = dt.date.fromisoformat(case.manifest["upstream"]["ke-hoach-tinh"]["issued_on"])
    day = start + dt.timedelta(days=rng.randint(31, 90))
    return at(case, paper, paper.with_spec(issued_on=day))


@fault("F9", "ghi lùi ngày: ngày in trước ngày ký nhiều ngày", "likely", "signed-later", SAID)
def _backdated(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "year", *QUARTERS)
    if paper is None or paper.spec.issued_on is None:
        return None
    # Beyond what Tết may delay.
    later = paper.spec.issued_on + dt.timedelta(days=rng.randint(16, 70))
    return at(case, paper, paper.with_spec(signed_at=dt.datetime.combine(later, dt.time(9, rng.randint(0, 59)))))


def _citing(paper: Paper, case: Case, day: dt.date, rng: random.Random, **changes: Any) -> Paper:
    symbol = f"{rng.randint(1000, 4000)}/{rng.choice(('KH-UBND', 'QĐ-TTg', 'BNV-CCHC'))}"
    written = rng.choice((f"{day.day:02d}/{day.month}/{day.year}", f"{day.day:02d} tháng {day.month} năm {day.year}"))
    words = rng.choice(("Thực hiện Văn bản số {} ngày {}, đơn vị báo cáo như sau.", "Căn cứ Văn bản số {} ngày {};"))
    body = (Text(words.format(symbol, written)), *paper.spec.body)
    return paper.with_spec(body=body, **changes)


@fault("F10", "viện dẫn văn bản ban hành sau ngày của chính mình", "sure", "cites-later", SAID)
def _cites_later(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "q1", "half", "q3", "control")
    if paper is None or paper.spec.issued_on is None:
        return None
    return at(case, paper, _citing(paper, case, paper.spec.issued_on + dt.timedelta(days=rng.randint(2, 60)), rng))


@fault("F10", "ký trước ngày của văn bản được viện dẫn", "sure", "signed-before-cited", SAID)
def _signed_before(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "q1", "half", "q3", "control")
    if paper is None or paper.spec.issued_on is None:
        return None
    issued = paper.spec.issued_on
    signed = dt.datetime.combine(issued - dt.timedelta(days=rng.randint(8, 30)), dt.time(10, 5))
    cited = issued - dt.timedelta(days=rng.randint(1, 5))
    return at(case, paper, _citing(paper, case, cited, rng, signed_at=signed))


# ── F11 – F13, F16: another document than is asked for ──────────────────────────────────────────────────────────────


def _of_year(paper: Paper, shift: int) -> Paper:
    def moved(text: str) -> str:
        return re.sub(r"\b20(2[3-8])\b", lambda m: str(int(m[0]) + shift), text)

    day = paper.spec.issued_on
    changed = day.replace(year=day.year + shift, day=min(day.day, 28)) if day else None
    year = changed.year if changed else YEAR + shift
    return paper.with_spec(subject=moved(paper.spec.subject), issued_on=changed, year=year)


@fault("F11", "kế hoạch của năm khác", "likely", "year-differs")
def _plan_of_other_year(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "texts-plan", "review", "check-plan")
    if paper is None or str(YEAR) not in paper.spec.subject:
        return None
    return at(case, paper, _of_year(paper, rng.choice((-1, 1))))


@fault(
    "F11",
    "báo cáo của năm trước, chép từ hồ sơ cũ",
    "likely",
    "year-differs subject-excluded issued-too-early file-unmatched",
)
def _report_of_last_year(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "year", *QUARTERS)
    return at(case, paper, _of_year(paper, -1)) if paper else None


@fault("F12", "sai loại văn bản", "likely", "type-differs file-unmatched")
def _wrong_type(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", "review", "control", "texts-plan", *QUARTERS)
    if paper is None:
        return None
    kind = paper.spec.sign.partition("-")[0]
    other = {"BC": ("KH", "TB", "TTr", "CV"), "KH": ("BC", "TB", "TTr", "CV"), "QĐ": ("TB", "TTr", "BC")}[kind]
    new = rng.choice(other)
    agency = paper.spec.sign[len(kind) :]
    sign = f"{agency[1:]}-TH" if new == "CV" else new + agency
    return at(case, paper, paper.with_spec(type=TYPE_NAMES[new], sign=sign))


@fault("F13", "sai cơ quan ban hành: của cấp trên, của đơn vị khác", "likely", "issuer-differs")
def _wrong_issuer(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "plan", *QUARTERS)
    if paper is None:
        return None
    kind = paper.spec.sign.partition("-")[0]
    if case.level == "tỉnh":
        taken = {case.office.unit.place, case.former.unit.place if case.former else ""}
        elsewhere = next(place for place in offices.places(rng, 3) if place not in taken)
        other = rng.choice((offices.department(rng, case.above), offices.province(rng, elsewhere)))
    elif case.level == "sở":
        other = rng.choice((case.above, offices.department(rng, case.above, other_than=case.office.sign)))
    else:
        other = case.above
    changes = {"unit": other.unit, "sign": f"{kind}-{other.sign}", "signers": (other.deputy,)}
    return at(case, paper, paper.with_spec(**changes))


@fault("F13", "sáng kiến tự công nhận", "likely", "issuer-differs")
def _self_recognised(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "initiative", "initiative-2")
    if paper is None or case.level == "tỉnh":
        return None
    own = case.office
    return at(case, paper, paper.with_spec(unit=own.unit, sign=f"QĐ-{own.sign}", signers=(own.head,)))


@fault("F13", "đơn vị cũ ban hành sau ngày hết tồn tại", "likely", "issuer-differs")
def _dissolved(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "q3")
    if case.former is None or paper is None:
        return None
    return at(case, paper, paper.with_spec(unit=case.former.unit, signers=(case.former.head,)))


@fault("F16", "nói có phụ lục kèm theo nhưng không có", "likely", "appendix-missing")
def _no_appendix(case: Case, rng: random.Random) -> Planted | None:
    paper = pick(case, rng, "control", "notice", *QUARTERS)
    if paper is None or case.level == "tỉnh":
        return None
    words = rng.choice(
        (
            "(Chi tiết tại Phụ lục kèm theo)",
            "Số liệu cụ thể tại các Phụ lục I, II kèm theo Báo cáo này.",
            "(Có Phụ lục số liệu kèm theo)",
            "(Kèm theo Phụ lục tổng hợp kết quả thực hiện)",
            "Chi tiết theo Phụ lục đính kèm.",
        )
    )
    main = [block for block in paper.spec.body if isinstance(block, Text)]
    return at(case, paper, paper.with_spec(body=(*main[:3], Text(words), main[-1])))
