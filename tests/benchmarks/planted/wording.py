# SPDX-License-Identifier: Apache-2.0
"""Titles as offices vary them, and bodies with words that mislead a checker: drafts of laws, other years, ratios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samples.make.spec import Annex, Block, Grid, Text

if TYPE_CHECKING:
    import random

_PAR = ("cải cách hành chính", "cải cách hành chính nhà nước", "CCHC", "cải cách hành chính (CCHC)")

PLAN = (
    "{Par} năm {year} của {unit}",
    "{Par} {unit} năm {year}",
    "Thực hiện công tác {par} năm {year}",
    "Công tác {par} năm {year} trên địa bàn {unit}",
    "Triển khai nhiệm vụ {par} năm {year}",
    "Đẩy mạnh {par} năm {year}",
    "Triển khai thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ về {par} năm {year}",
    "{Par} {unit}, năm {year}",
)
PLAN_BY_DECISION = (
    "Ban hành Kế hoạch {par} năm {year} của {unit}",
    "Về việc ban hành Kế hoạch {par} năm {year}",
    "Phê duyệt Kế hoạch {par} năm {year}",
)
YEARLY = (
    "Công tác {par} năm {year} của {unit}",
    "Kết quả thực hiện công tác {par} năm {year}, phương hướng, nhiệm vụ năm {next}",
    "Tình hình, kết quả công tác {par} năm {year}; nhiệm vụ trọng tâm năm {next}",
    "Kết quả thực hiện Kế hoạch {par} năm {year}",
    "Tổng kết công tác {par} năm {year} và phương hướng, nhiệm vụ năm {next}",
    "Công tác {par} quý IV và năm {year}",
    "Đánh giá kết quả thực hiện nhiệm vụ {par} năm {year}; phương hướng, nhiệm vụ năm {next} của {unit}",
    "Tình hình triển khai thực hiện công tác {par} năm {year} trên địa bàn {unit}",
)
QUARTER_1 = (
    "Công tác {par} quý I năm {year}",
    "Kết quả công tác {par} Quý I, phương hướng, nhiệm vụ Quý II năm {year}",
    "Tình hình, kết quả thực hiện công tác {par} quý I/{year}",
    "Công tác {par} quý 1 năm {year} của {unit}",
    "Tình hình, kết quả thực hiện nhiệm vụ {par} quý I, nhiệm vụ trọng tâm quý II năm {year}",
)
HALF_YEAR = (
    "Công tác {par} 6 tháng đầu năm {year}",
    "Kết quả công tác {par} 6 tháng đầu năm, phương hướng, nhiệm vụ 6 tháng cuối năm {year}",
    "Sơ kết công tác {par} 06 tháng đầu năm {year} của {unit}",
    "Tình hình thực hiện nhiệm vụ {par} 6 tháng đầu năm {year}",
    "Công tác {par} quý II và 6 tháng đầu năm {year}",
    "Kết quả công tác {par} sáu tháng đầu năm {year}",
)
QUARTER_3 = (
    "Công tác {par} quý III năm {year}",
    "Kết quả công tác {par} Quý III, phương hướng, nhiệm vụ Quý IV năm {year}",
    "Tình hình, kết quả thực hiện công tác {par} quý III/{year}",
    "Công tác {par} quý 3 năm {year} của {unit}",
    "Công tác {par} quý III năm {year} (từ ngày 06 tháng 7 đến ngày 05 tháng 9)",
)
QUARTER_3_AS_NINE_MONTHS = (
    "Kết quả công tác {par} 9 tháng đầu năm, nhiệm vụ 3 tháng cuối năm {year}",
    "Công tác {par} quý III và 9 tháng đầu năm {year}",
)
INSPECTION_PLAN = ("Kiểm tra công tác {par} năm {year}", "Kiểm tra {par} tại các đơn vị trực thuộc năm {year}")
MINUTES = (
    "Kiểm tra công tác {par} năm {year} tại {target}",
    "Kiểm tra việc thực hiện công tác {par} năm {year} tại {target}",
)
CONCLUSION = (
    "Kết luận kiểm tra công tác {par} năm {year} tại {target}",
    "Kết quả kiểm tra công tác {par} năm {year}",
    "Kết luận kiểm tra công tác {par} năm {year} tại một số cơ quan, đơn vị, địa phương",
)
INITIATIVE = (
    "Phê duyệt triển khai giải pháp “{idea}”",
    "Phê duyệt mô hình “{idea}” trên địa bàn {unit}",
    "Về việc công nhận sáng kiến “{idea}”",
)
RECOGNITION = (
    "Công nhận sáng kiến “{idea}”",
    "Về việc công nhận sáng kiến cấp tỉnh năm {year}: {idea}",
    "Công nhận giải pháp “{idea}” của {unit}",
)
IDEAS = (
    "Trung tâm Phục vụ hành chính công lưu động", "Ngày thứ Sáu không hẹn", "Trợ lý ảo hướng dẫn hồ sơ",
    "Mã QR tra cứu thành phần hồ sơ", "Trả kết quả tại nhà cho người cao tuổi", "Tổ số hóa lưu động",
    "Bàn giúp việc ký số", "Sổ tay điện tử cho công chức mới",
)  # fmt: skip
LAW_CONCLUSION = (
    "Kết luận kiểm tra công tác tổ chức thi hành pháp luật năm {year}",
    "Kết quả kiểm tra công tác thi hành pháp luật về xử lý vi phạm hành chính năm {year} tại {target}",
    "Kết luận kiểm tra tình hình thi hành pháp luật năm {year} tại {target}",
)
TEXTS_PLAN = (
    "Kiểm tra, rà soát, xử lý văn bản quy phạm pháp luật năm {year}",
    "Công tác kiểm tra, xử lý, rà soát, hệ thống hóa văn bản QPPL năm {year} trên địa bàn {unit}",
    "Kiểm tra văn bản quy phạm pháp luật năm {year}",
)
TEXTS_REPORT = (
    "Kết quả kiểm tra, xử lý văn bản quy phạm pháp luật năm {year}",
    "Danh mục và kết quả kiểm tra VBQPPL năm {year}",
    "Công tác kiểm tra, rà soát văn bản quy phạm pháp luật năm {year} của {unit}",
)
REVIEW_PLAN = ("Rà soát, đánh giá thủ tục hành chính năm {year}", "Rà soát TTHC năm {year} của {unit}")
CONTROL_REPORT = (
    "Công tác kiểm soát thủ tục hành chính năm {year}",
    "Tình hình, kết quả thực hiện công tác kiểm soát TTHC, thực hiện cơ chế một cửa năm {year}",
)
TARGETS = (
    "Sở Công Thương", "Sở Y tế", "xã Phú Long", "phường Đông Hải", "UBND xã Tân Thành", "Phòng Tổng hợp",
    "Trung tâm Phục vụ hành chính công", "Văn phòng",
)  # fmt: skip

_PARAGRAPHS = (
    "Đã tham gia góp ý dự thảo Luật Ban hành văn bản quy phạm pháp luật và 03 dự thảo nghị định do Bộ gửi lấy ý kiến.",
    "Hoàn thành 46/48 nhiệm vụ, đạt 95,83%; 02 nhiệm vụ còn lại được chuyển sang kỳ sau.",
    "So với năm 2024, tỷ lệ hồ sơ giải quyết đúng hạn tăng 1,2 điểm phần trăm.",
    "Duy trì họp giao ban hằng tháng; kết quả được công khai trên trang thông tin điện tử.",
    "Tiếp nhận 12.684 hồ sơ, trong đó 9.120 hồ sơ trực tuyến; không có hồ sơ trả lại quá một lần.",
    "Công chức được phân công theo dõi, tổng hợp, tham mưu văn bản đôn đốc các cơ quan, đơn vị chậm báo cáo.",
    "Một số đơn vị mới thành lập còn thiếu trang thiết bị; kinh phí bố trí chưa kịp thời.",
    "Tổ chức 02 lớp tập huấn với 186 lượt người tham dự.",
    "Tiếp tục thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ và các kế hoạch của tỉnh.",
    "Giao các phòng, đơn vị chủ động cụ thể hóa nhiệm vụ, báo cáo định kỳ theo quy định.",
    "Rà soát 100% quy chế nội bộ; sửa đổi 04 quy chế không còn phù hợp.",
)
_BASES = (
    "Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ về Chương trình tổng thể CCHC;",
    "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ;",
    "Căn cứ Quy chế làm việc của cơ quan;",
)


def title(rng: random.Random, variants: tuple[str, ...], year: int, unit: str, **words: str) -> str:
    """Return one of the variants, filled.

    Args:
        rng: chance.
        variants: templates with {par}, {Par}, {year}, {next}, {unit}, {idea}, {target}.
        year: the year that is assessed.
        unit: the unit as its titles name it.
        words: for {idea} or {target}; drawn without.
    """
    par = rng.choice(_PAR)
    filled = {"idea": rng.choice(IDEAS), "target": rng.choice(TARGETS)} | words
    return rng.choice(variants).format(
        par=par, Par=par[0].upper() + par[1:], year=year, next=year + 1, unit=unit, **filled
    )


def body(rng: random.Random, opening: str, closing: str, *, bases: tuple[str, ...] = ()) -> tuple[Block, ...]:
    """Return a text of a page or two: an opening, numbered parts, now and then a table."""
    blocks: list[Block] = [Text(words, "basis") for words in bases]
    blocks.append(Text(opening))
    for number, head in enumerate(("KẾT QUẢ THỰC HIỆN", "TỒN TẠI, HẠN CHẾ", "TỔ CHỨC THỰC HIỆN")[: rng.randint(2, 3)]):
        blocks.append(Text(f"{('I', 'II', 'III')[number]}. {head}", "heading"))
        blocks += [Text(words) for words in rng.sample(_PARAGRAPHS, rng.randint(2, 4))]
        if rng.random() < 0.25:
            blocks.append(table(rng))
    blocks.append(Text(closing))
    return tuple(blocks)


def table(rng: random.Random) -> Grid:
    """Return a small table whose sums are right."""
    rows = [(str(i), f"Nhóm nhiệm vụ {i}", str(rng.randint(2, 12))) for i in range(1, rng.randint(3, 6))]
    total = sum(int(row[2]) for row in rows)
    return Grid((1, 6, 2), (("TT", "Nội dung", "Số lượng"), *rows, ("", "**Tổng cộng**", f"**{total}**")))


def bases(rng: random.Random) -> tuple[str, ...]:
    """Return the "căn cứ" of a decision or plan, all older than the year assessed."""
    return tuple(rng.sample(_BASES, rng.randint(1, 2)))


def decision(rng: random.Random, head: str, what: str) -> tuple[Block, ...]:
    """Return the text of a decision: căn cứ, QUYẾT ĐỊNH:, three articles."""
    return (
        Text(head, "enacting"),
        *(Text(words, "basis") for words in bases(rng)),
        Text("QUYẾT ĐỊNH:", "enacting"),
        Text(f"**Điều 1.** {what}."),
        Text("**Điều 2.** Quyết định này có hiệu lực kể từ ngày ký."),
        Text("**Điều 3.** Chánh Văn phòng, Thủ trưởng các cơ quan, đơn vị liên quan thi hành Quyết định này./."),
    )


def annexed_plan(rng: random.Random, subject: str, sign: str, year: int) -> tuple[Block, ...]:
    """Return the plan that a decision enacts, behind it; the places for the number stay blank, rightly."""
    note = f"(Ban hành kèm theo Quyết định số       /QĐ-{sign} ngày      tháng      năm {year})"
    return (
        Annex("KẾ HOẠCH", subject, note),
        *body(rng, "Mục đích, yêu cầu như sau:", "Kế hoạch được thực hiện từ ngày ký./."),
    )


def appendix(rng: random.Random, subject: str) -> tuple[Block, ...]:
    """Return an appendix with a table."""
    return (Annex("PHỤ LỤC", subject, rng.choice(("", "(Kèm theo Báo cáo số      /BC-…)"))), table(rng))
