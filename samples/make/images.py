# SPDX-License-Identifier: Apache-2.0
"""Draws seals and hand signatures as transparency masks, and turns pages into scans."""

from __future__ import annotations

import io
import math
import random
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from samples.make.fonts import font_file

if TYPE_CHECKING:
    from samples.make.spec import Unit

RED = (214, 40, 40)
BLUE = (24, 44, 150)
_SUPER = 3


def seal_mask(unit: Unit, pixels: int = 300) -> Image.Image:
    """Return the round seal of a body as an 8-bit mask, `pixels` wide: rings, words along the rim, the name."""
    size = pixels * _SUPER
    mask = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(mask)
    for inset, width in ((0.01, 0.016), (0.045, 0.006), (0.235, 0.007)):
        edge = inset * size
        draw.ellipse((edge, edge, size - edge, size - edge), outline=255, width=round(width * size))
    rim = ImageFont.truetype(str(font_file("bold", sans=True)), round(size * 0.068))
    _around(mask, "CỘNG HÒA X.H.C.N VIỆT NAM", rim, radius=0.356, centre=-90, outward=True)
    _around(mask, unit.seal_rim, rim, radius=0.375, centre=90, outward=False)
    for angle in (167, 13):
        _star(draw, size, angle)
    height = 0.13 if len(unit.seal) < 3 else 0.105
    for i, line in enumerate(unit.seal):
        font = ImageFont.truetype(str(font_file("bold", sans=True)), round(size * height))
        if (width := draw.textlength(line, font)) > 0.42 * size:
            font = ImageFont.truetype(str(font_file("bold", sans=True)), round(size * height * 0.42 * size / width))
        y = 0.5 * size + (i - (len(unit.seal) - 1) / 2) * height * 1.25 * size
        draw.text((0.5 * size, y), line, font=font, fill=255, anchor="mm")
    return _flatten(mask.resize((pixels, pixels), Image.Resampling.LANCZOS), 0.82)


def signature_mask(name: str, width: int = 360, height: int = 150) -> Image.Image:
    """Return a hand signature as an 8-bit mask; the same name always gives the same strokes."""
    dice = random.Random(name)  # noqa: S311 - strokes, not secrets
    base = unicodedata.normalize("NFD", name.rsplit(maxsplit=1)[-1])
    letters = [c for c in base if c.isalpha()]
    points: list[tuple[float, float]] = [(0.05 + dice.uniform(0, 0.05), 0.62 + dice.uniform(-0.12, 0.1))]
    points += dice.choice(
        (
            [(0.15, 0.10), (0.17, 0.80), (0.08, 0.5)],
            [(0.10, 0.30), (0.22, 0.12), (0.14, 0.86), (0.05, 0.66), (0.16, 0.46)],
            [(0.20, 0.14), (0.10, 0.40), (0.17, 0.82), (0.22, 0.50)],
            [(0.13, 0.14), (0.12, 0.84), (0.23, 0.20), (0.22, 0.66)],
        )
    )
    x = 0.2 + dice.uniform(0, 0.04)
    for letter in letters:
        tall = letter.lower() in "bdfhklt"
        low = letter.lower() in "gpqy"
        step = dice.uniform(0.055, 0.085)
        points.append((x + step * 0.35, dice.uniform(0.16, 0.26) if tall else dice.uniform(0.40, 0.48)))
        points.append((x + step * 0.75, dice.uniform(0.84, 0.95) if low else dice.uniform(0.58, 0.66)))
        if dice.random() < 0.55:
            points.append((x + step * 0.45, dice.uniform(0.50, 0.56)))
        x += step
    points += [(x + 0.08, 0.42), (min(0.97, x + 0.3), 0.24 + dice.uniform(-0.08, 0.08))]
    tail = dice.uniform(0.55, 0.93)
    second = [
        (x + 0.02, 0.74),
        (x - 0.12, 0.93),
        (0.10 + dice.uniform(0, 0.2), 0.90),
        (tail, dice.uniform(0.66, 0.8)),
    ]
    scale = _SUPER
    mask = Image.new("L", (width * scale, height * scale), 0)
    draw = ImageDraw.Draw(mask)
    for stroke, heavy in ((points, 1.0), (second, 0.7)):
        path = _smooth([(px * width * scale, py * height * scale) for px, py in stroke])
        for i, (px, py) in enumerate(path):
            falling = (py - path[i - 1][1]) / max(0.01, math.dist(path[i - 1], (px, py))) if i else 0.0
            r = heavy * scale * (1.05 + 0.55 * falling) * (1 - 0.5 * i / len(path))
            x = px + (height * scale * 0.6 - py) * 0.28
            draw.ellipse((x - r, py - r, x + r, py + r), fill=255)
    return _flatten(mask.resize((width, height), Image.Resampling.LANCZOS), 0.92)


def scan_of(page: Image.Image, seed: str, *, angle: float = 0.6, quality: int = 42) -> bytes:
    """Return the page as an office scanner delivers it: JPEG, skewed by `angle` degrees, grey paper, grain."""
    turned = page.convert("RGB").rotate(angle, Image.Resampling.BICUBIC, fillcolor=(246, 246, 243))
    turned = turned.filter(ImageFilter.GaussianBlur(0.55))
    pixels = np.asarray(turned, dtype=np.float32)
    rng = np.random.default_rng(sum(seed.encode()))
    h, w = pixels.shape[:2]
    shade = np.linspace(0, 1, w, dtype=np.float32)[None, :, None] * -4 - 7
    grain = rng.normal(0, 2.0, (h, w, 1)).astype(np.float32)
    noisy = np.clip(pixels + shade + grain, 0, 255).astype(np.uint8)
    for _ in range(14):
        y, x = int(rng.integers(20, h - 20)), int(rng.integers(20, w - 20))
        noisy[y : y + 2, x : x + 2] = 120
    out = io.BytesIO()
    Image.fromarray(noisy).save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def tint(mask: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """Return the mask as an RGBA picture of one colour."""
    picture = Image.new("RGBA", mask.size, (*colour, 0))
    picture.putalpha(mask)
    return picture


def _flatten(mask: Image.Image, opacity: float) -> Image.Image:
    """Few grey levels compress well and look the same."""
    levels = [round(round(v / 255 * 6) / 6 * 255 * opacity) for v in range(256)]
    return mask.point(levels)


def _around(
    mask: Image.Image,
    words: str,
    font: ImageFont.FreeTypeFont,
    *,
    radius: float,
    centre: float,
    outward: bool,
) -> None:
    size = mask.width
    r = radius * size
    advances = [font.getlength(c) * 1.05 for c in words]
    span = sum(advances)
    at = -span / 2
    for letter, advance in zip(words, advances, strict=True):
        turn = math.degrees((at + advance / 2) / r)
        angle = centre + turn if outward else centre - turn
        x, y = size / 2 + r * math.cos(math.radians(angle)), size / 2 + r * math.sin(math.radians(angle))
        box = round(font.size * 2.4)
        glyph = Image.new("L", (box, box), 0)
        ImageDraw.Draw(glyph).text((box / 2, box / 2 + font.size * 0.36), letter, font=font, fill=255, anchor="ms")
        glyph = glyph.rotate(-(angle + 90) if outward else -(angle - 90), Image.Resampling.BICUBIC)
        corner = (round(x - box / 2), round(y - box / 2))
        mask.paste(255, (*corner, corner[0] + box, corner[1] + box), glyph)
        at += advance


def _star(draw: ImageDraw.ImageDraw, size: int, angle: float) -> None:
    cx = size / 2 + 0.36 * size * math.cos(math.radians(angle))
    cy = size / 2 + 0.36 * size * math.sin(math.radians(angle))
    corners = []
    for k in range(10):
        r = size * (0.034 if k % 2 == 0 else 0.014)
        corners.append((cx + r * math.sin(k * math.pi / 5), cy - r * math.cos(k * math.pi / 5)))
    draw.polygon(corners, fill=255)


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Catmull-Rom through the points."""
    padded = [points[0], *points, points[-1]]
    path = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        steps = max(2, round(math.dist(p1, p2)))
        for s in range(steps):
            t = s / steps
            path.append(
                tuple(
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    return [(p[0], p[1]) for p in path]
