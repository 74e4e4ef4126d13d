# SPDX-License-Identifier: Apache-2.0
"""Fictional offices and people, drawn by chance: a province, a department or a commune that hands in."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from samples.make.spec import Signer, Unit

if TYPE_CHECKING:
    import random

Level: TypeAlias = Literal["tỉnh", "sở", "xã"]

_PLACES = (
    "Trường Giang", "Hồng Sơn", "An Thịnh", "Bình Lâm", "Phú Giang", "Hoài Nam", "Kim Long", "Vĩnh Hòa", "Thanh Hải",
    "Tân Hưng", "Yên Phú", "Đông Thủy", "Lạc Sơn", "Mỹ Hòa", "Đại Xuân", "Quế Phong", "Thủy Nguyên", "Hòa Lạc",
    "Xuân Đài", "Gia Khánh",
)  # fmt: skip
_COMMUNES = (
    "Phú Long", "Đông Hải", "Ea Kha", "K'Dung", "Tân Thành", "Hòa Bắc", "Thủy Xuân", "Đắk Rinh", "Quảng Khê", "Lộc An",
    "Mường Vang", "Nậm Cơn", "Bình Minh", "Thới Sơn", "Long Khánh B",
)  # fmt: skip
_DEPARTMENTS = (
    ("Nội vụ", "SNV"), ("Tài chính", "STC"), ("Tư pháp", "STP"), ("Y tế", "SYT"), ("Xây dựng", "SXD"),
    ("Công Thương", "SCT"), ("Giáo dục và Đào tạo", "SGDĐT"), ("Khoa học và Công nghệ", "SKHCN"),
    ("Nông nghiệp và Môi trường", "SNN&MT"), ("Văn hóa, Thể thao và Du lịch", "SVHTTDL"),
)  # fmt: skip
_SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Y", "Hà", "Lương")
_MIDDLE = ("Văn", "Thị", "Quang", "Minh", "Hữu", "Thị Thanh", "Đình", "Xuân", "Thế", "Ngọc", "Thị Bích")
_GIVEN = ("Thái", "Vân", "Khải", "Lực", "Phước", "Hiển", "Liên", "Lợi", "Yến", "Dũng", "Tùng", "Hòa", "Thủy", "Nguyệt")


@dataclass(frozen=True, slots=True)
class Office:
    """A body that issues documents, with what its documents bear."""

    name: str
    """As the unit writes itself: "UBND tỉnh An Thịnh"."""
    unit: Unit
    sign: str
    """The agency's part of a sign: "UBND", "SNV"."""
    head: Signer
    deputy: Signer


def person(rng: random.Random) -> str:
    """Return a personal name."""
    return f"{rng.choice(_SURNAMES)} {rng.choice(_MIDDLE)} {rng.choice(_GIVEN)}"


def places(rng: random.Random, count: int) -> list[str]:
    """Return so many different names of provinces."""
    return rng.sample(_PLACES, count)


def province(rng: random.Random, place: str, *, city: bool = False) -> Office:
    """Return the people's committee of a province or of a city under central government."""
    return _committee(rng, "thành phố" if city else "tỉnh", place)


def commune(rng: random.Random) -> Office:
    """Return the people's committee of a commune, ward or special zone."""
    return _committee(rng, rng.choice(("xã", "xã", "phường", "đặc khu")), rng.choice(_COMMUNES))


def _committee(rng: random.Random, kind: str, place: str) -> Office:
    full = rng.choice(("ỦY BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN"))
    lines = (full, f"{kind} {place}".upper())
    unit = Unit(
        lines,
        place=place,
        seal=("ỦY BAN", "NHÂN DÂN"),
        seal_rim=f"{kind} {place}".upper(),
        common_name=f"Ủy ban nhân dân {kind} {place}",
    )
    college = f"TM. {full}"
    return Office(
        f"UBND {kind} {place}",
        unit,
        "UBND",
        Signer((college, "CHỦ TỊCH"), person(rng)),
        Signer((college, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), person(rng)),
    )


def department(rng: random.Random, above: Office, *, other_than: str = "") -> Office:
    """Return a department of a province."""
    name, sign = rng.choice([pair for pair in _DEPARTMENTS if pair[1] != other_than])
    where = above.name.removeprefix("UBND ")
    over = rng.choice(((f"UBND {where.upper()}",), ("ỦY BAN NHÂN DÂN", where.upper())))
    upper = f"SỞ {name.upper()}"
    words = upper.split()
    cut = len(words) // 2 + 1
    lines = (upper,) if len(words) < 5 else (" ".join(words[:cut]), " ".join(words[cut:]))
    unit = Unit(
        lines,
        parent=over,
        place=above.unit.place,
        seal=("SỞ", name.split(" và ")[0].split(",")[0].upper()),
        seal_rim=where.upper(),
        common_name=f"Sở {name}",
    )
    head, deputy = Signer(("GIÁM ĐỐC",), person(rng)), Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), person(rng))
    return Office(f"Sở {name} {where}", unit, sign, head, deputy)


def team(office: Office, name: str = "ĐOÀN KIỂM TRA CCHC") -> Unit:
    """Return an inspection team of an office, which has no seal."""
    over = " ".join(office.unit.name) if not office.unit.parent else office.unit.name[0]
    return dataclasses.replace(
        office.unit, name=(name,), parent=(over.replace("ỦY BAN NHÂN DÂN", "UBND"),), seal=(), seal_rim=""
    )
