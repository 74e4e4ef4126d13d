# SPDX-License-Identifier: Apache-2.0
"""Good submissions: everything that is asked for is there, as offices really write, name and file it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from typing import TYPE_CHECKING, Any

from samples.make.spec import Spec, Text
from tests.benchmarks.planted import offices, wording
from tests.benchmarks.planted.paper import COPY, WORD, Case, Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samples.make.spec import Block, Signer, Unit
    from tests.benchmarks.planted.offices import Level, Office

YEAR = 2025
MERGED = dt.date(2025, 7, 1)
SCANNED = 0.02
"""Share of documents handed in as scans."""
_FOLDERS = {
    "1.1": "Kế hoạch CCHC", "1.2": "Báo cáo định kỳ", "1.3": "Kiểm tra", "1.3.1": "Tỷ lệ cơ quan được kiểm tra",
    "1.5": "Sáng kiến", "2.1": "Kiểm soát TTHC", "2.1.1": "Thi hành pháp luật", "2.3.1": "Kiểm tra văn bản",
}  # fmt: skip
_TYPES = {
    "BC": "BÁO CÁO", "KH": "KẾ HOẠCH", "QĐ": "QUYẾT ĐỊNH", "TB": "THÔNG BÁO", "BB": "BIÊN BẢN", "CV": "",
    "TTr": "TỜ TRÌNH", "KL": "KẾT LUẬN",
}  # fmt: skip
TYPE_NAMES = _TYPES
_PLAIN = str.maketrans(
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
    "aaaaaaaaaaaaaaaaadeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyy",
)


class Maker:
    """Draws one submission."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rng = random.Random(f"parcheck {seed}")  # noqa: S311 - test data, not secrets
        self.level: Level = ("tỉnh", "sở", "xã")[seed % 3]
        one, two = offices.places(self.rng, 2)
        self.above = offices.province(self.rng, one, city=self.rng.random() < 0.2)
        self.office = self.above
        if self.level == "sở":
            self.office = offices.department(self.rng, self.above)
        elif self.level == "xã":
            self.office = offices.commune(self.rng)
        self.former = offices.province(self.rng, two) if self.level == "tỉnh" and self.rng.random() < 0.4 else None
        self.numbers: dict[tuple[str, str], int] = {}
        self.papers: list[Paper] = []

    @property
    def named(self) -> str:
        """The unit as its titles name it."""
        return self.office.name.removeprefix("UBND ")

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """Return a working day between two days."""
        days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
        return self.rng.choice([day for day in days if day.weekday() < 5] or days)

    def number(self, office: Office, type_: str) -> str:
        """Return the next free number of an office."""
        key = (office.sign + office.name, type_)
        self.numbers[key] = self.numbers.get(key, self.rng.randint(0, 400)) + self.rng.randint(1, 9)
        return f"{self.numbers[key]:02d}"

    def issuer(self, day: dt.date) -> Office:
        """Return the unit, or before the merger its predecessor."""
        return self.former if self.former and day < MERGED and self.rng.random() < 0.7 else self.office

    def spec(
        self,
        type_: str,
        subject: str,
        day: dt.date,
        body: Sequence[Block],
        office: Office | None = None,
        **more: Any,
    ) -> Spec:
        """Return a document signed by an office, in one of the layouts of issued documents."""
        office = office or self.office
        if self.rng.random() < 0.08:
            subject = subject.upper() if self.rng.random() < 0.5 else subject.replace(", ", " – ", 1)
        sign = f"{office.sign}-{self.rng.choice(('TH', 'NC', 'VP'))}" if type_ == "CV" else f"{type_}-{office.sign}"
        signer = self.rng.choice((office.head, office.deputy, office.deputy))
        kind = (
            "scan" if self.rng.random() < SCANNED else self.rng.choice(("stamped", "stamped", "annotated", "printed"))
        )
        options: dict[str, Any] = {
            "unit": office.unit, "type": _TYPES[type_], "sign": sign, "number": self.number(office, type_),
            "issued_on": day, "year": day.year, "subject": subject, "body": tuple(body), "signers": (signer,),
            "recipients": ("Như trên;", "Lãnh đạo cơ quan;", f"Lưu: VT, {self.rng.choice(('TH', 'NC', 'CCHC'))}."),
            "kind": kind, "digital_stamp": kind == "stamped" and self.rng.random() < 0.15,
        }  # fmt: skip
        if type_ == "BC" and self.rng.random() < 0.5:
            options["to"] = (self.rng.choice(("Bộ Nội vụ", "Sở Nội vụ", "Ủy ban nhân dân tỉnh")),)
        return Spec(**options | more)

    def add(self, role: str, criteria: Sequence[str], spec: Spec, suffix: str = ".pdf") -> None:
        """File a document under a name as people give them."""
        short = spec.subject.casefold().translate(_PLAIN)[:34].strip(' ,;-.“”"/:').replace("/", "-").replace("“", "")
        kind = spec.sign.partition("-")[0] if spec.type else "CV"
        kind = kind.translate(str.maketrans("Đ", "D"))
        signed = "_signed" if self.rng.random() < 0.3 else ""
        name = self.rng.choice(
            (
                f"{kind} {spec.number} {short}{signed}",
                f"{spec.number}-{spec.sign.replace('Đ', 'D')}{signed}",
                f"{kind} {spec.subject[:40].replace('/', '-').strip()}{signed}",
                f"{spec.number}_{kind}_{role}{signed} (1)",
            )
        )
        taken = {(paper.name, paper.criteria) for paper in self.papers}
        while any(name == other and set(criteria) & set(codes) for other, codes in taken):
            name += " ban 2"
        self.papers.append(Paper(role, tuple(criteria), " ".join(name.split()), spec, suffix))

    def minutes(self, subject: str, day: dt.date) -> Spec:
        """Return signed minutes, which bear no date of issue and often no number."""
        rng = self.rng
        from samples.make.spec import Signer

        unit: Unit = offices.team(self.office)
        left: Signer = Signer(("ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", "TRƯỞNG PHÒNG"), offices.person(rng))
        right: Signer = Signer(("TRƯỞNG ĐOÀN KIỂM TRA",), offices.person(rng))
        opening = f"Hôm nay, hồi 08 giờ 00 phút ngày {day:%d/%m/%Y}, tại trụ sở đơn vị, Đoàn kiểm tra đã làm việc."
        return Spec(
            unit=unit, type="BIÊN BẢN", sign="BB-ĐKT", number=self.number(self.office, "BB"), issued_on=day,
            year=day.year, subject=subject, body=wording.body(rng, opening, "Biên bản lập thành 02 bản./."),
            signers=(left, right), kind="printed", dated=False,
        )  # fmt: skip

    # ── what a submission consists of ────────────────────────────────────────────────────────────────────────────

    def plan(self, day: dt.date) -> None:
        """Add the yearly plan, or the decision that enacts it."""
        rng = self.rng
        if rng.random() < 0.35:
            subject = wording.title(rng, wording.PLAN_BY_DECISION, YEAR, self.named)
            head = rng.choice(("CHỦ TỊCH ", "")) + " ".join(self.office.unit.name)
            body = wording.decision(rng, head, "Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính")
            annex = wording.annexed_plan(rng, f"Cải cách hành chính năm {YEAR}", self.office.sign, day.year)
            self.add("plan", ("1.1",), self.spec("QĐ", subject, day, (*body, *annex)))
            return
        subject = wording.title(rng, wording.PLAN, YEAR, self.named)
        opening = f"{self.office.name} ban hành Kế hoạch cải cách hành chính năm {YEAR} như sau:"
        body = wording.body(rng, opening, "Yêu cầu các cơ quan, đơn vị thực hiện./.", bases=wording.bases(rng))
        self.add("plan", ("1.1",), self.spec("KH", subject, day, body))

    def report(self, role: str, criteria: Sequence[str], variants: tuple[str, ...], day: dt.date) -> None:
        """Add a periodic report."""
        office = self.issuer(day)
        subject = wording.title(self.rng, variants, YEAR, office.name.removeprefix("UBND "))
        opening = f"{office.name} báo cáo kết quả công tác cải cách hành chính như sau:"
        body = wording.body(self.rng, opening, "Trên đây là báo cáo, kính gửi quý cơ quan tổng hợp./.")
        if self.rng.random() < 0.2:
            body = (*body[:-1], Text("(Chi tiết tại Phụ lục kèm theo)"), body[-1])
            body = (*body, *wording.appendix(self.rng, "Tổng hợp kết quả thực hiện nhiệm vụ"))
        self.add(role, criteria, self.spec("BC", subject, day, body, office))

    def reports(self, due: dict[str, dt.date], last: dt.date) -> None:
        """Add the four periodic reports; the yearly one proves 1.1 too, copied or named there."""
        thirds = wording.QUARTER_3 if self.level != "tỉnh" else wording.QUARTER_3 + wording.QUARTER_3_AS_NINE_MONTHS
        self.report("q1", ("1.2",), wording.QUARTER_1, self.day(dt.date(YEAR, 3, 3), due["q1"]))
        self.report("half", ("1.2",), wording.HALF_YEAR, self.day(dt.date(YEAR, 6, 2), due["half"]))
        self.report("q3", ("1.2",), thirds, self.day(dt.date(YEAR, 9, 3), due["q3"]))
        self.report("year", ("1.1", "1.2"), wording.YEARLY, self.day(dt.date(YEAR, 12, 1), last))

    def letter(
        self, role: str, code: str, type_: str, subject: str, day: dt.date, office: Office | None = None
    ) -> None:
        """Add any other document."""
        name = (office or self.office).name
        if type_ == "QĐ":
            body = wording.decision(self.rng, " ".join((office or self.office).unit.name), subject)
        else:
            body = wording.body(self.rng, f"{name} thông báo, báo cáo như sau:", "Đề nghị các cơ quan thực hiện./.")
        self.add(role, (code,), self.spec(type_, subject, day, body, office))

    def province_papers(self) -> None:
        """Add what par-tinh-2025 asks for under 1.1, 1.2 and two or three further criteria."""
        rng, named = self.rng, self.named
        late = (dt.date(YEAR, 7, 1), dt.date(YEAR, 7, 31))
        early = (dt.date(YEAR - 1, 12, 10), dt.date(YEAR, 2, 28))
        self.plan(self.day(*(late if self.former or rng.random() < 0.2 else early)))
        due = {"q1": dt.date(YEAR, 4, 11), "half": dt.date(YEAR, 6, 27), "q3": dt.date(YEAR, 10, 20)}
        self.reports(due, dt.date(YEAR + 1, 1, 23))
        autumn = self.day(dt.date(YEAR, 9, 8), dt.date(YEAR, 12, 12))
        if rng.random() < 0.5:
            self.add("inspection", ("1.3.1",), self.minutes(wording.title(rng, wording.MINUTES, YEAR, named), autumn))
        else:
            subject = wording.title(rng, wording.CONCLUSION, YEAR, named)
            kind = rng.choice(("TB", "TB", "CV", "KL"))
            self.letter("inspection", "1.3.1", kind, subject, autumn, rng.choice((None, self.sub("SNV"))))
        extra = rng.sample(("1.5", "2.1.1", "2.3.1"), 2)
        if "1.5" in extra:
            self.letter("initiative", "1.5", "QĐ", wording.title(rng, wording.INITIATIVE, YEAR, named), autumn)
        if "2.1.1" in extra:
            subject = wording.title(rng, wording.LAW_CONCLUSION, YEAR, named)
            self.letter(
                "law",
                "2.1.1",
                rng.choice(("TB", "TB", "KL", "CV")),
                subject,
                autumn,
                rng.choice((None, self.sub("STP"))),
            )
        if "2.3.1" in extra:
            subject = wording.title(rng, wording.TEXTS_PLAN, YEAR, named)
            self.letter("texts-plan", "2.3.1", "KH", subject, self.day(dt.date(YEAR, 1, 13), dt.date(YEAR, 3, 20)))
            subject = wording.title(rng, wording.TEXTS_REPORT, YEAR, named)
            self.letter("texts", "2.3.1", "BC", subject, autumn)
            if rng.random() < 0.5:
                grid = wording.table(rng)
                spec = Spec(
                    self.office.unit, type="DANH MỤC", subject=f"Văn bản quy phạm pháp luật đã kiểm tra năm {YEAR}",
                    body=(grid,), kind="unsigned", decomposed=rng.random() < 0.5,
                )  # fmt: skip
                self.add("list", ("2.3.1",), spec, WORD)

    def sub(self, sign: str) -> Office:
        """Return the department of this province with this sign."""
        name = {"SNV": "Nội vụ", "STP": "Tư pháp"}[sign]
        made = offices.department(self.rng, self.above)
        unit = dataclasses.replace(made.unit, name=(f"SỞ {name.upper()}",), common_name=f"Sở {name}")
        return dataclasses.replace(made, name=f"Sở {name}", unit=unit, sign=sign)

    def local_papers(self) -> dt.date:
        """Add what par-so-mau-2025 asks for; return the date of the upstream plan."""
        rng, named = self.rng, self.named
        upstream = self.day(dt.date(YEAR, 1, 2), dt.date(YEAR, 2, 14))
        if self.level == "xã" and rng.random() < 0.5:
            upstream = self.day(dt.date(YEAR, 7, 1), dt.date(YEAR, 7, 18))
        self.plan(self.day(upstream, upstream + dt.timedelta(days=28)))
        due = {"q1": dt.date(YEAR, 3, 31), "half": dt.date(YEAR, 6, 30), "q3": dt.date(YEAR, 9, 30)}
        self.reports(due, dt.date(YEAR, 12, 31))
        autumn = self.day(dt.date(YEAR, 9, 8), dt.date(YEAR, 12, 12))
        extra = rng.sample(("1.3", "1.5", "2.1"), 2 if rng.random() < 0.6 else 1)
        if "1.3" in extra:
            spring = self.day(dt.date(YEAR, 1, 13), dt.date(YEAR, 3, 20))
            self.letter("check-plan", "1.3", "KH", wording.title(rng, wording.INSPECTION_PLAN, YEAR, named), spring)
            for role, target in zip(("inspection", "inspection-2"), rng.sample(wording.TARGETS, 2), strict=True):
                subject = wording.title(rng, wording.MINUTES, YEAR, named, target=target)
                self.add(role, ("1.3",), self.minutes(subject, autumn))
            self.letter("notice", "1.3", "TB", wording.title(rng, wording.CONCLUSION, YEAR, named), autumn)
        if "1.5" in extra:
            for role, idea in zip(("initiative", "initiative-2"), rng.sample(wording.IDEAS, 2), strict=True):
                subject = wording.title(rng, wording.RECOGNITION, YEAR, named, idea=idea)
                self.letter(role, "1.5", "QĐ", subject, autumn, self.above)
        if "2.1" in extra:
            spring = self.day(dt.date(YEAR, 1, 13), dt.date(YEAR, 3, 20))
            self.letter("review", "2.1", "KH", wording.title(rng, wording.REVIEW_PLAN, YEAR, named), spring)
            winter = self.day(dt.date(YEAR, 12, 1), dt.date(YEAR, 12, 29))
            self.letter("control", "2.1", "BC", wording.title(rng, wording.CONTROL_REPORT, YEAR, named), winter)
        return upstream

    def spare(self) -> None:
        """Add what real folders hold beside the proof: the Word copy of an issued document, last year's plan."""
        rng = self.rng
        if rng.random() < 0.25:
            paper = rng.choice(
                [paper for paper in self.papers if paper.role not in ("list", "inspection", "inspection-2")]
            )
            draft = dataclasses.replace(paper.spec, number="", issued_on=None, month=5, kind="unsigned")
            spec = rng.choice((draft, dataclasses.replace(paper.spec, kind="unsigned", decomposed=True)))
            self.add(COPY + paper.role, paper.criteria[-1:], spec, WORD)
        if rng.random() < 0.25:
            plan = next(paper for paper in self.papers if paper.role == "plan")
            subject = plan.spec.subject.replace(str(YEAR), str(YEAR - 1))
            day = self.day(dt.date(YEAR - 1, 1, 8), dt.date(YEAR - 1, 2, 20))
            spec = dataclasses.replace(
                plan.spec, subject=subject, issued_on=day, year=day.year, number=f"{rng.randint(5, 99):02d}"
            )
            self.add("plan-before", ("1.1",), spec)

    def folders(self, codes: Sequence[str]) -> dict[str, str]:
        """Return a folder per code, named in one of the ways units name them."""
        style = self.rng.choice(
            ("{code}", "{code} - {name}", "{code}. {name}", "TC {code}", "Tiêu chí {code} - {name}", "{code}_{plain}",
             "Lĩnh vực {field}/{code} {name}")
        )  # fmt: skip
        return {
            code: style.format(
                code=code, name=_FOLDERS[code], plain=_FOLDERS[code].lower().translate(_PLAIN), field=code[0]
            )
            for code in codes
        }

    def case(self) -> Case:
        """Return the submission."""
        rng = self.rng
        manifest: dict[str, Any] = {"unit": self.office.name, "year": YEAR}
        if self.level == "tỉnh":
            self.province_papers()
            if self.former:
                manifest["names"] = [
                    {"name": self.office.name, "from": MERGED.isoformat()},
                    {"name": self.former.name, "to": "2025-06-30"},
                ]
        else:
            upstream = self.local_papers()
            manifest["parent"] = self.above.name
            manifest["upstream"] = {
                "ke-hoach-tinh": {"symbol": "03/KH-UBND", "issued_on": upstream.isoformat()},
            }
        codes = sorted({code for paper in self.papers for code in paper.criteria})
        manifest["scope"] = codes
        self.spare()
        criteria: dict[str, Any] = {"1.1": {"claimed": 1.0, "figures": {"a": 48, "b": 46}}, "1.2": {"claimed": 0.5}}
        if rng.random() < 0.3:
            # The yearly report lies under 1.2 only and is named for 1.1.
            year = next(paper for paper in self.papers if paper.role == "year")
            self.papers[self.papers.index(year)] = dataclasses.replace(year, criteria=("1.2",))
            criteria["1.1"]["files"] = [year.name + year.suffix]
        manifest["criteria"] = criteria
        return Case(
            self.seed, self.level, self.office, self.above, tuple(self.papers), self.folders(codes), manifest,
            self.former, decomposed=rng.random() < 0.25, unit_given=rng.random() < 0.2,
        )  # fmt: skip


def good(seed: int) -> Case:
    """Return the good submission of a seed; seeds run through provinces, departments and communes in turn."""
    return Maker(seed).case()
