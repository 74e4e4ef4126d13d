# SPDX-License-Identifier: Apache-2.0
"""One fault of each kind that a program can see (`sure` or `likely`), planted into a good submission."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samples.make.spec import Deletion, Signer, Text
from tests.benchmarks.planted import files, offices
from tests.benchmarks.planted.good import TYPE_NAMES, YEAR
from tests.benchmarks.planted.paper import WORD, Case, Paper

from parcheck.model import Outcome

if TYPE_CHECKING:
    import random

BAD = frozenset({Outcome.MISSING, Outcome.INVALID})
DOUBTFUL = BAD | {Outcome.UNDETERMINED}
SAID = frozenset(Outcome)
"""The fault decides no outcome: it is enough that it is said."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A submission with one fault, and where that must be seen."""

    case: Case
    criterion: str = ""
    """The criterion whose outcome it must change, and that its finding must name where it names one."""
    path: str = ""
    """The file that the finding must be about, where it is about one."""
    suffering: tuple[str, ...] = ()
    """Criteria whose outcome may rightly change."""


Plant = Callable[[Case, "random.Random"], Planted | None]
"""Returns None where the submission has nothing that this fault can befall."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault, and the findings any of which shows that it was seen."""

    number: str
    words: str
    sight: str
    codes: frozenset[str]
    outcomes: frozenset[Outcome]
    plant: Plant


KINDS: list[Kind] = []
_QUARTERS = ("q1", "half", "q3")
_NO_STAMP = {"stamped": "printed", "annotated": "printed", "scan": "printed"}


def _kind(
    number: str, words: str, sight: str, codes: str, outcomes: frozenset[Outcome] = BAD
) -> Callable[[Plant], Plant]:
    def register(plant: Plant) -> Plant:
        KINDS.append(Kind(number, words, sight, frozenset(codes.split()), outcomes, plant))
        return plant

    return register


def _home(case: Case, paper: Paper) -> str:
    """Return the criterion that a document is the only proof of; a copy under another stays as good or bad."""
    return paper.criteria[-1]


def _at(case: Case, paper: Paper, new: Paper | None = None) -> Planted:
    """Return the submission with `new` in the place of `paper`."""
    new = new or paper
    code = _home(case, paper)
    return Planted(case.exchanged(paper.role, new), code, case.path(new, code), new.criteria)


def _pick(case: Case, rng: random.Random, *roles: str, digital: bool = False) -> Paper | None:
    """Return one of the documents with these roles that the submission has."""
    has = [paper for paper in case.papers if paper.role in roles and not (digital and paper.spec.kind == "scan")]
    return rng.choice(has) if has else None


# ── F1, F2: nothing there ───────────────────────────────────────────────────────────────────────────────────────────


@_kind(
    "F1",
    "không nộp tài liệu nào cho một yêu cầu",
    "sure",
    "evidence-missing count-too-few",
    frozenset({Outcome.MISSING}),
)
def _nothing(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "inspection", "initiative", "law", "texts-plan", "review", "control", "notice")
    return Planted(case.without(paper.role), paper.criteria[-1]) if paper else None


@_kind("F2", "thiếu một kỳ báo cáo", "likely", "evidence-missing", frozenset({Outcome.MISSING}))
def _period(case: Case, rng: random.Random) -> Planted | None:
    return Planted(case.without(rng.choice(_QUARTERS)), "1.2")


# ── F3, F4, F5: not issued ──────────────────────────────────────────────────────────────────────────────────────────


@_kind("F3", "dự thảo: chữ DỰ THẢO ở phần đầu, để trống số, ngày", "likely", "draft")
def _draft(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", *_QUARTERS)
    if paper is None:
        return None
    blank = paper.with_spec(number="", issued_on=None, month=3, year=YEAR, kind="unsigned")
    form = rng.randrange(3)
    if form == 0:
        return _at(case, paper, blank.with_spec(type=f"DỰ THẢO {blank.spec.type}"))
    if form == 1:
        unit = dataclasses.replace(blank.spec.unit, name=(*blank.spec.unit.name, "DỰ THẢO"))
        return _at(case, paper, blank.with_spec(unit=unit))
    return _at(case, paper, dataclasses.replace(blank, raw=files.marked(blank.data, "DỰ THẢO LẦN 2", across=False)))


@_kind("F3", "dự thảo: chữ DỰ THẢO in chìm ngang trang", "likely", "draft")
def _watermark(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", *_QUARTERS)
    if paper is None:
        return None
    unsigned = paper.with_spec(kind="unsigned")
    return _at(case, paper, dataclasses.replace(unsigned, raw=files.marked(unsigned.data, "DỰ THẢO", across=True)))


@_kind("F3", "dự thảo: tệp Word trình ký, để trống số, ngày, còn dấu vết sửa", "likely", "draft revisions-left")
def _word_draft(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", *_QUARTERS)
    if paper is None:
        return None
    text = next(block for block in paper.spec.body if isinstance(block, Text) and len(block.words) > 30)
    old = " ".join(text.words.replace("*", "").split()[3:5])
    change = Deletion(old, "đã được sửa", offices.person(rng), dt.date(YEAR, 3, 3))
    new = paper.with_spec(number="", issued_on=None, month=3, year=YEAR, kind="unsigned", changes=(change,))
    new = new.with_spec(tabs=rng.random() < 0.3, decomposed=rng.random() < 0.3)
    return _at(case, paper, dataclasses.replace(new, suffix=WORD, name=f"Du thao {paper.role}"))


@_kind("F4", "để trống số (không có chữ ký số)", "sure", "number-blank draft")
def _no_number(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "notice", *_QUARTERS)
    blank = rng.choice(("", "", "…", "......"))
    return _at(case, paper, paper.with_spec(number=blank, kind="unsigned")) if paper else None


@_kind("F4", "để trống ngày (không có chữ ký số)", "sure", "date-blank draft")
def _no_date(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "notice", *_QUARTERS)
    if paper is None or paper.spec.issued_on is None:
        return None
    new = paper.with_spec(issued_on=None, month=paper.spec.issued_on.month, kind="unsigned")
    return _at(case, paper, new)


@_kind("F5", "bản Word có đủ số, ngày nhưng không ký", "sure", "unsigned")
def _word_unsigned(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "law", "review", "control", *_QUARTERS)
    if paper is None:
        return None
    new = paper.with_spec(kind="printed", tabs=rng.random() < 0.3, decomposed=rng.random() < 0.3)
    return _at(case, paper, dataclasses.replace(new, suffix=WORD))


@_kind("F5", "PDF xuất từ máy, có số, ngày, không chữ ký số, không dấu", "sure", "unsigned", DOUBTFUL)
def _pdf_unsigned(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "law", "review", "control", *_QUARTERS)
    return _at(case, paper, paper.with_spec(kind="unsigned")) if paper else None


# ── F6, F7: signed wrongly ──────────────────────────────────────────────────────────────────────────────────────────


@_kind("F6", "tệp bị sửa sau khi ký số (một byte trong phần đã ký)", "sure", "signature-broken", SAID)
def _tampered(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "year", *_QUARTERS, digital=True)
    return _at(case, paper, dataclasses.replace(paper, raw=files.tampered(paper.data))) if paper else None


@_kind("F6", "trang bị vẽ thêm sau chữ ký số cuối", "sure", "changed-after-signing", SAID)
def _changed(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "year", *_QUARTERS, digital=True)
    return _at(case, paper, dataclasses.replace(paper, raw=files.changed_after(paper.data))) if paper else None


@_kind("F7", "người ký không có thẩm quyền theo bộ tiêu chí", "likely", "signer-differs")
def _wrong_signer(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "review", *_QUARTERS)
    if case.level == "tỉnh" or paper is None:
        return None
    head = paper.spec.signers[0].authority[-1].removeprefix("PHÓ ")
    title = rng.choice(("TRƯỞNG PHÒNG TỔNG HỢP", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"))
    signer = Signer((f"{rng.choice(('TL', 'TUQ'))}. {head}", title), offices.person(rng))
    return _at(case, paper, paper.with_spec(signers=(signer,)))


@_kind("F7", "ký thay (KT.) nhưng người ký không phải cấp phó", "likely", "authority-no-deputy", SAID)
def _no_deputy(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "year", *_QUARTERS, digital=True)
    if paper is None:
        return None
    *above, last = paper.spec.signers[0].authority
    head = last.removeprefix("PHÓ ")
    lines = (*(line for line in above if not line.startswith("KT")), f"KT. {head}", head)
    return _at(case, paper, paper.with_spec(signers=(Signer(lines, offices.person(rng)),)))


# ── F8 – F10: dates ─────────────────────────────────────────────────────────────────────────────────────────────────


@_kind("F8", "ban hành muộn: báo cáo kỳ sau hạn", "sure", "issued-too-late")
def _late(case: Case, rng: random.Random) -> Planted | None:
    paper = case.paper(rng.choice(_QUARTERS))
    if paper.spec.kind == "scan":
        return None
    days = rng.randint(3, 20)
    due = {"q1": dt.date(YEAR, 3, 31), "half": dt.date(YEAR, 6, 30), "q3": dt.date(YEAR, 9, 30)}[paper.role]
    day = (dt.date(YEAR, 12, 31) if case.level == "tỉnh" else due) + dt.timedelta(days=days)
    return _at(case, paper, paper.with_spec(unit=case.office.unit, issued_on=day, year=day.year))


@_kind("F8", "ban hành muộn so với văn bản cấp trên", "sure", "deadline-passed")
def _after_upstream(case: Case, rng: random.Random) -> Planted | None:
    paper = case.paper("plan")
    if case.level == "tỉnh" or paper.spec.kind == "scan":
        return None
    start = dt.date.fromisoformat(case.manifest["upstream"]["ke-hoach-tinh"]["issued_on"])
    day = start + dt.timedelta(days=rng.randint(31, 90))
    return _at(case, paper, paper.with_spec(issued_on=day))


@_kind("F9", "ghi lùi ngày: ngày in trước ngày ký nhiều ngày", "likely", "signed-later", SAID)
def _backdated(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "year", *_QUARTERS, digital=True)
    if paper is None or paper.spec.issued_on is None:
        return None
    # Beyond what Tết may delay.
    later = paper.spec.issued_on + dt.timedelta(days=rng.randint(16, 70))
    return _at(case, paper, paper.with_spec(signed_at=dt.datetime.combine(later, dt.time(9, rng.randint(0, 59)))))


def _citing(paper: Paper, case: Case, day: dt.date, rng: random.Random, **changes: Any) -> Paper:
    symbol = f"{rng.randint(1000, 4000)}/{rng.choice(('KH-UBND', 'QĐ-TTg', 'BNV-CCHC'))}"
    written = rng.choice((f"{day.day:02d}/{day.month}/{day.year}", f"{day.day:02d} tháng {day.month} năm {day.year}"))
    words = rng.choice(("Thực hiện Văn bản số {} ngày {}, đơn vị báo cáo như sau.", "Căn cứ Văn bản số {} ngày {};"))
    body = (Text(words.format(symbol, written)), *paper.spec.body)
    return paper.with_spec(body=body, **changes)


@_kind("F10", "viện dẫn văn bản ban hành sau ngày của chính mình", "sure", "cites-later", SAID)
def _cites_later(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "q1", "half", "q3", "control", digital=True)
    if paper is None or paper.spec.issued_on is None:
        return None
    return _at(case, paper, _citing(paper, case, paper.spec.issued_on + dt.timedelta(days=rng.randint(2, 60)), rng))


@_kind("F10", "ký trước ngày của văn bản được viện dẫn", "sure", "signed-before-cited", SAID)
def _signed_before(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "q1", "half", "q3", "control", digital=True)
    if paper is None or paper.spec.issued_on is None:
        return None
    issued = paper.spec.issued_on
    signed = dt.datetime.combine(issued - dt.timedelta(days=rng.randint(8, 30)), dt.time(10, 5))
    cited = issued - dt.timedelta(days=rng.randint(1, 5))
    return _at(case, paper, _citing(paper, case, cited, rng, signed_at=signed))


# ── F11 – F13, F16: another document than is asked for ──────────────────────────────────────────────────────────────


def _of_year(paper: Paper, shift: int) -> Paper:
    def moved(text: str) -> str:
        return re.sub(r"\b20(2[3-8])\b", lambda m: str(int(m[0]) + shift), text)

    day = paper.spec.issued_on
    changed = day.replace(year=day.year + shift, day=min(day.day, 28)) if day else None
    year = changed.year if changed else YEAR + shift
    return paper.with_spec(subject=moved(paper.spec.subject), issued_on=changed, year=year)


@_kind("F11", "kế hoạch của năm khác", "likely", "year-differs")
def _plan_of_other_year(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "texts-plan", "review", "check-plan")
    if paper is None or str(YEAR) not in paper.spec.subject:
        return None
    return _at(case, paper, _of_year(paper, rng.choice((-1, 1))))


@_kind(
    "F11",
    "báo cáo của năm trước, chép từ hồ sơ cũ",
    "likely",
    "year-differs subject-excluded issued-too-early file-unmatched",
)
def _report_of_last_year(case: Case, rng: random.Random) -> Planted | None:
    paper = case.paper(rng.choice(("year", *_QUARTERS)))
    return _at(case, paper, _of_year(paper, -1))


@_kind("F12", "sai loại văn bản", "likely", "type-differs file-unmatched")
def _wrong_type(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", "review", "control", "texts-plan", *_QUARTERS)
    if paper is None:
        return None
    kind = paper.spec.sign.partition("-")[0]
    other = {"BC": ("KH", "TB", "TTr", "CV"), "KH": ("BC", "TB", "TTr", "CV"), "QĐ": ("TB", "TTr", "BC")}[kind]
    new = rng.choice(other)
    agency = paper.spec.sign[len(kind) :]
    sign = f"{agency[1:]}-TH" if new == "CV" else new + agency
    return _at(case, paper, paper.with_spec(type=TYPE_NAMES[new], sign=sign))


@_kind("F13", "sai cơ quan ban hành: của cấp trên, của đơn vị khác", "likely", "issuer-differs")
def _wrong_issuer(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", *_QUARTERS)
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
    return _at(case, paper, paper.with_spec(**changes))


@_kind("F13", "sáng kiến tự công nhận", "likely", "issuer-differs")
def _self_recognised(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "initiative", "initiative-2")
    if paper is None or case.level == "tỉnh":
        return None
    own = case.office
    return _at(case, paper, paper.with_spec(unit=own.unit, sign=f"QĐ-{own.sign}", signers=(own.head,)))


@_kind("F13", "đơn vị cũ ban hành sau ngày hết tồn tại", "likely", "issuer-differs")
def _dissolved(case: Case, rng: random.Random) -> Planted | None:
    paper = case.paper("q3")
    if case.former is None or paper.spec.kind == "scan":
        return None
    return _at(case, paper, paper.with_spec(unit=case.former.unit, signers=(case.former.head,)))


@_kind("F16", "nói có phụ lục kèm theo nhưng không có", "likely", "appendix-missing")
def _no_appendix(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "control", "notice", *_QUARTERS, digital=True)
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
    return _at(case, paper, paper.with_spec(body=(*main[:3], Text(words), main[-1])))


# ── F18 – F22: files ────────────────────────────────────────────────────────────────────────────────────────────────


@_kind("F18", "một tệp dùng cho hai tiêu chí", "sure", "same-file-twice", SAID)
def _same_file(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "inspection", "law", "texts", "control", "notice")
    if paper is None:
        return None
    new = dataclasses.replace(paper, criteria=(*paper.criteria, "1.2"))
    # The copy that is read later is the one named.
    return Planted(case.exchanged(paper.role, new))


@_kind("F19", "hai văn bản trùng số, ký hiệu", "sure", "same-number-twice", SAID)
def _same_number(case: Case, rng: random.Random) -> Planted | None:
    one, other = rng.sample([case.paper(role) for role in _QUARTERS], 2)
    if one.spec.unit != other.spec.unit or "scan" in (one.spec.kind, other.spec.kind):
        return None
    return Planted(case.exchanged(other.role, other.with_spec(number=one.spec.number)))


@_kind("F20", "bản quét không đọc được", "sure", "fact-unknown", frozenset({Outcome.UNDETERMINED}))
def _bad_scan(case: Case, rng: random.Random) -> Planted | None:
    paper = _pick(case, rng, "plan", *_QUARTERS)
    if paper is None:
        return None
    raw = files.unreadable_scan(dataclasses.replace(paper.spec, kind="printed"), rng)
    return _at(case, paper, dataclasses.replace(paper, raw=raw))


def _file_fault(words: str, codes: str, change: Callable[[bytes, random.Random], bytes], suffix: str = ".pdf") -> None:
    @_kind("F22", words, "sure", codes, DOUBTFUL)
    def plant(case: Case, rng: random.Random) -> Planted | None:
        paper = _pick(case, rng, "plan", *_QUARTERS)
        if paper is None:
            return None
        return _at(case, paper, dataclasses.replace(paper, raw=change(paper.data, rng), suffix=suffix))


_file_fault("tệp rỗng", "file-empty", lambda _data, _rng: b"")
_file_fault("tệp đặt mật khẩu", "file-encrypted", lambda data, _rng: files.locked(data))
_file_fault("tệp bị cắt cụt", "file-damaged", files.cut_off)
_file_fault("trang web lưu tên .pdf", "file-type-differs file-type-unknown", lambda _data, _rng: files.web_page())
_file_fault("tệp nén lưu tên .pdf", "file-type-differs", lambda data, _rng: files.zipped(data, "bc.pdf"))
_file_fault("con trỏ thay cho tệp", "file-pointer", lambda data, _rng: files.pointer(data))


# ── F26 – F29: claims and the set ───────────────────────────────────────────────────────────────────────────────────


@_kind("F26", "điểm tự chấm cao hơn điểm tối đa", "likely", "claim-above-maximum")
def _above_maximum(case: Case, rng: random.Random) -> Planted | None:
    code = rng.choice(("1.1", "1.2"))
    return Planted(case.claiming(code, claimed=rng.choice((3.5, 5.0, 10))), code)


@_kind("F26", "điểm tự chấm cao hơn điểm tính từ số liệu", "likely", "claim-above-figures")
def _above_figures(case: Case, rng: random.Random) -> Planted | None:
    full = 1.5 if case.level == "tỉnh" else 3
    return Planted(case.claiming("1.1", claimed=full, figures={"a": 48, "b": rng.randint(10, 47)}), "1.1")


@_kind("F26", "điểm tự chấm cao hơn phần có tài liệu", "likely", "claim-above-evidence")
def _above_evidence(case: Case, rng: random.Random) -> Planted | None:
    full = 0.5 if case.level == "tỉnh" else 2
    return Planted(case.without(rng.choice(_QUARTERS)).claiming("1.2", claimed=full), "1.2")


@_kind("F27", "“không áp dụng” mà không giải trình", "sure", "explanation-missing")
def _not_applicable(case: Case, rng: random.Random) -> Planted | None:
    code = rng.choice([code for code in case.folders if code != "1.1"])
    return Planted(case.claiming(code, not_applicable=True, claimed=None, explanation=None), code)


@_kind("F29", "tài liệu để ở mã không còn trong bộ tiêu chí", "sure", "folder-unknown", SAID)
def _old_code(case: Case, rng: random.Random) -> Planted | None:
    code = rng.choice([code for code in case.folders if code != "1.1"])
    gone = f"{code[0]}.{rng.randint(8, 12)}"
    folders = {**case.folders, code: case.folders[code].replace(code, gone)}
    return Planted(dataclasses.replace(case, folders=folders), suffering=(code, "1.1"))


@_kind("F29", "tự chấm cho mã không còn trong bộ tiêu chí", "sure", "criterion-unknown", SAID)
def _claimed_code(case: Case, rng: random.Random) -> Planted | None:
    return Planted(case.claiming(f"1.{rng.randint(8, 12)}", claimed=1))


OUT_OF_SCOPE = {
    "F14": "gợi ý: không khớp nội dung tiêu chí; parcheck chỉ nói tệp chưa khớp tài liệu nào",
    "F15": "gợi ý: thiếu nội dung trong văn bản do người thẩm định xem",
    "F17": "gợi ý: thiếu trang (pages-missing)",
    "F21": "bẫy cho chính chương trình: NFD, Uỷ/Ủy, “dự thảo” trong thân bài, chỗ trống có dấu số nằm ở hồ sơ đúng",
    "F23": "cần mạng: parcheck không mở đường link",
    "F24": "gợi ý: ảnh không có ngày, nơi chụp",
    "F25": "cần dữ liệu khác: số liệu giữa hai tiêu chí hoặc với hệ thống",
    "F28": "cần giờ của hệ thống nộp; giờ ghi trong tệp không chứng minh gì",
    "F31": "gợi ý: văn bản bị thay thế, bãi bỏ về sau",
    "F32": "gợi ý: bản chụp không có SAO Y",
}
"""Faults that are a hint for a person, or need more than the files: not counted."""
