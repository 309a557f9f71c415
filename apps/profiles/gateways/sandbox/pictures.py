"""The sandbox draws its own pictures: flat compositions, one motif and palette a category, the same at every call."""

import colorsys
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

from .chance import dice

Color = tuple[int, int, int]
# Drawn at twice the size and scaled down, which smooths the edges.
_SCALE = 2
_PALETTES: dict[str, tuple[float, float]] = {
    "food": (0.06, 0.62), "fashion": (0.93, 0.35), "beauty": (0.97, 0.45), "fitness": (0.02, 0.66), "travel": (0.54, 0.5),
    "photography": (0.09, 0.3), "technology": (0.61, 0.5), "gaming": (0.76, 0.55), "music": (0.83, 0.45), "art": (0.12, 0.6),
    "education": (0.15, 0.55), "business": (0.58, 0.35), "parenting": (0.11, 0.45), "pets": (0.08, 0.42), "home": (0.05, 0.4),
    "sports": (0.36, 0.5), "health": (0.42, 0.38), "comedy": (0.14, 0.7), "books": (0.07, 0.35), "cars": (0.0, 0.58),
}  # fmt: skip


def draw_picture(address: str) -> Image.Image:
    """The picture of `sandbox://avatar/<category>/<handle>` or `sandbox://post/<category>/<shortcode>`.

    Raises `ValueError` for any other address.
    """
    scheme, _, rest = address.partition("://")
    kind, category, key = [*rest.split("/"), "", "", ""][:3]
    if scheme != "sandbox" or kind not in {"avatar", "post"} or category not in _PALETTES or not key:
        raise ValueError(address)
    rng = dice("picture", kind, key)
    size = (640, 640) if kind == "avatar" else (640, 800)
    canvas = Canvas(size, palette_of(category, rng))
    motif = _portrait if kind == "avatar" else rng.choice(_MOTIFS)
    motif(canvas, rng)
    return canvas.image.resize(size, Image.Resampling.LANCZOS)


def palette_of(category: str, rng: random.Random) -> list[Color]:
    """Five colours from pale to deep around the category's hue, and one that answers it."""
    hue, saturation = _PALETTES[category]
    hue += rng.uniform(-0.04, 0.04)
    steps = ((0.96, 0.22), (0.9, 0.5), (0.78, 0.85), (0.56, 1.0), (0.3, 0.9))
    colors = [_color(hue - 0.012 * n, saturation * share, value) for n, (value, share) in enumerate(steps)]
    return [*colors, _color(hue + 0.48 + rng.uniform(-0.06, 0.06), saturation * 0.8, 0.86)]


class Canvas:
    """A surface measured in parts of its width (x) and height (y)."""

    def __init__(self, size: tuple[int, int], palette: list[Color]) -> None:
        self.width, self.height = size[0] * _SCALE, size[1] * _SCALE
        self.pale, self.light, self.middle, self.strong, self.deep, self.accent = palette
        self.image = Image.new("RGB", (self.width, self.height), self.pale)
        self.draw = ImageDraw.Draw(self.image)

    def background(self, top: Color, bottom: Color) -> None:
        strip = Image.new("RGB", (1, 64))
        for y in range(64):
            strip.putpixel((0, y), _mix(top, bottom, y / 63))
        self.image.paste(strip.resize((self.width, self.height), Image.Resampling.BICUBIC))

    def circle(self, x: float, y: float, radius: float, color: Color) -> None:
        cx, cy, r = x * self.width, y * self.height, radius * self.width
        self.draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=color)

    def ellipse(self, box: tuple[float, float, float, float], color: Color) -> None:
        self.draw.ellipse(self._box(box), fill=color)

    def block(self, box: tuple[float, float, float, float], color: Color, radius: float = 0.0) -> None:
        self.draw.rounded_rectangle(self._box(box), radius=radius * self.width, fill=color)

    def shape(self, points: list[tuple[float, float]], color: Color) -> None:
        self.draw.polygon([(x * self.width, y * self.height) for x, y in points], fill=color)

    def arc(self, box: tuple[float, float, float, float], color: Color, thickness: float) -> None:
        self.draw.arc(self._box(box), 180, 360, fill=color, width=round(thickness * self.width))

    def _box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        left, top, right, bottom = box
        return (left * self.width, top * self.height, right * self.width, bottom * self.height)


def _portrait(c: Canvas, rng: random.Random) -> None:
    """A head and shoulders without a face."""
    c.background(c.light, c.middle)
    c.circle(rng.uniform(0.2, 0.8), rng.uniform(0.15, 0.4), rng.uniform(0.25, 0.36), _mix(c.accent, c.pale, 0.35))
    skin = rng.choice(((244, 208, 177), (224, 172, 133), (186, 128, 90), (141, 90, 60), (98, 62, 42)))
    hair = rng.choice(((44, 32, 30), (84, 52, 34), (148, 92, 48), (206, 160, 92), (120, 118, 122), c.deep))
    if rng.random() < 0.55:
        c.block((0.29, 0.26, 0.71, rng.uniform(0.66, 0.82)), hair, radius=0.19)
    c.block((0.44, 0.55, 0.56, 0.76), _mix(skin, (0, 0, 0), 0.12), radius=0.05)
    c.ellipse((0.16, 0.7, 0.84, 1.3), c.strong)
    c.shape([(0.42, 0.71), (0.5, 0.8), (0.58, 0.71)], skin)
    c.ellipse((0.345, 0.26, 0.655, 0.66), skin)
    style = rng.randrange(3)
    if style == 0:
        c.draw.pieslice(c._box((0.325, 0.2, 0.675, 0.6)), 180, 360, fill=hair)
    elif style == 1:
        c.draw.chord(c._box((0.32, 0.19, 0.68, 0.62)), 168, 345, fill=hair)
        c.circle(0.5, 0.2, 0.085, hair)
    else:
        c.draw.chord(c._box((0.32, 0.2, 0.68, 0.64)), 195, 20, fill=hair)


def _hills(c: Canvas, rng: random.Random) -> None:
    c.background(c.pale, c.light)
    c.circle(rng.uniform(0.25, 0.75), rng.uniform(0.2, 0.34), rng.uniform(0.09, 0.15), c.accent)
    for n, color in enumerate((_mix(c.light, c.middle, 0.6), c.middle, c.strong, c.deep)):
        base, phase, bend = 0.45 + 0.13 * n, rng.uniform(0, 6.28), rng.uniform(0.03, 0.07)
        ridge = [(x / 40, base + bend * math.sin(phase + x / 40 * rng.choice((3, 4, 5)))) for x in range(41)]
        c.shape([*_smooth(ridge), (1, 1), (0, 1)], color)


def _waves(c: Canvas, rng: random.Random) -> None:
    c.background(c.accent, c.pale)
    c.circle(rng.uniform(0.3, 0.7), 0.3, rng.uniform(0.13, 0.2), c.pale)
    for n in range(7):
        base, phase = 0.4 + 0.09 * n, rng.uniform(0, 6.28)
        crest = [(x / 60, base + 0.018 * math.sin(phase + x / 60 * 11)) for x in range(61)]
        c.shape([*crest, (1, 1), (0, 1)], _mix(c.light, c.deep, n / 6))


def _still_life(c: Canvas, rng: random.Random) -> None:
    c.background(c.pale, c.light)
    c.block((0, 0.68, 1, 1), c.middle)
    c.ellipse((0.18, 0.68, 0.82, 0.84), _mix(c.middle, c.deep, 0.25))
    c.ellipse((0.2, 0.66, 0.8, 0.81), c.pale)
    c.block((0.34, 0.42, 0.66, 0.74), c.strong, radius=0.07)
    c.draw.ellipse(c._box((0.6, 0.48, 0.78, 0.66)), outline=c.strong, width=round(0.035 * c.width))
    c.ellipse((0.34, 0.39, 0.66, 0.47), c.deep)
    for _ in range(3):
        x = rng.uniform(0.1, 0.86)
        c.circle(x, rng.uniform(0.8, 0.9), rng.uniform(0.04, 0.075), rng.choice((c.accent, c.strong, c.deep)))
    for n in range(3):
        x = 0.42 + 0.08 * n
        c.draw.arc(c._box((x - 0.04, 0.2, x + 0.04, 0.36)), 90, 270, fill=c.light, width=round(0.012 * c.width))


def _skyline(c: Canvas, rng: random.Random) -> None:
    c.background(c.deep, c.accent)
    c.circle(rng.uniform(0.2, 0.8), 0.24, 0.1, c.pale)
    for color, low, high in ((_mix(c.deep, c.accent, 0.5), 0.35, 0.6), (c.strong, 0.45, 0.72), (c.deep, 0.58, 0.82)):
        x = -0.02
        while x < 1:
            wide, top = rng.uniform(0.07, 0.17), rng.uniform(low, high)
            c.block((x, top, x + wide, 1.02), color, radius=0.008)
            if color == c.deep:
                _windows(c, rng, x, top, wide)
            x += wide + rng.uniform(0.0, 0.03)


def _windows(c: Canvas, rng: random.Random, x: float, top: float, wide: float) -> None:
    for row in range(int((0.98 - top) / 0.035)):
        for column in range(int(wide / 0.035)):
            if rng.random() < 0.45:
                left, up = x + 0.012 + column * 0.035, top + 0.015 + row * 0.035
                c.block((left, up, left + 0.015, up + 0.016), c.light)


def _plant(c: Canvas, rng: random.Random) -> None:
    c.background(c.light, c.pale)
    c.block((0.12, 0.08, 0.88, 0.62), _mix(c.pale, (255, 255, 255), 0.5), radius=0.38)
    for n in range(rng.randint(7, 11)):
        angle = math.radians(rng.uniform(-160, -20))
        length = rng.uniform(0.24, 0.42)
        _leaf(c, (0.5, 0.66), angle, length, _mix(c.strong, c.deep, (n % 4) / 4))
    c.shape([(0.33, 0.64), (0.67, 0.64), (0.61, 0.9), (0.39, 0.9)], c.accent)
    c.block((0.31, 0.61, 0.69, 0.68), _mix(c.accent, c.deep, 0.2), radius=0.015)
    c.block((0, 0.9, 1, 1), c.middle)


def _leaf(c: Canvas, root: tuple[float, float], angle: float, length: float, color: Color) -> None:
    ratio = c.width / c.height
    points = []
    for side in (1, -1):
        steps = [n / 10 for n in range(11)] if side == 1 else [n / 10 for n in range(10, -1, -1)]
        for t in steps:
            wide = side * 0.055 * math.sin(math.pi * t)
            dx = math.cos(angle) * t * length - math.sin(angle) * wide
            dy = math.sin(angle) * t * length + math.cos(angle) * wide
            points.append((root[0] + dx, root[1] + dy * ratio))
    c.shape(points, color)


def _tiles(c: Canvas, rng: random.Random) -> None:
    """A grid of quarter circles, as on a Bauhaus poster."""
    colors = [c.pale, c.light, c.middle, c.strong, c.deep, c.accent]
    for row in range(5):
        for column in range(4):
            box = (column / 4, row / 5, (column + 1) / 4, (row + 1) / 5)
            ground, figure = rng.sample(colors, k=2)
            c.block(box, ground)
            _tile(c, rng, box, figure)


def _tile(c: Canvas, rng: random.Random, box: tuple[float, float, float, float], color: Color) -> None:
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    form = rng.randrange(4)
    if form == 0:
        c.ellipse((left + wide * 0.12, top + high * 0.12, right - wide * 0.12, bottom - high * 0.12), color)
    elif form == 1:
        quarters = ((left, top, 0), (left - wide, top, 270), (left, top - high, 90), (left - wide, top - high, 0))
        x, y, start = quarters[rng.choice((0, 3))]
        start = 180 if (x, y) == (left, top) else start
        c.draw.pieslice(c._box((x, y, x + 2 * wide, y + 2 * high)), start, start + 90, fill=color)
    elif form == 2:
        c.shape([(left, bottom), (right, bottom), (right, top)], color)
    else:
        c.block((left, top + high * 0.35, right, top + high * 0.65), color)


def _arches(c: Canvas, rng: random.Random) -> None:
    c.background(c.pale, c.light)
    x = rng.uniform(0.46, 0.54)
    for n, color in enumerate((c.deep, c.strong, c.accent, c.middle, c.pale)):
        reach = 0.42 - 0.075 * n
        c.block((x - reach, 0.3 + 0.07 * n, x + reach, 1.05), color, radius=reach)
    c.circle(rng.choice((0.16, 0.84)), 0.2, rng.uniform(0.07, 0.11), c.accent)
    c.block((0, 0.94, 1, 1), c.deep)


_MOTIFS: tuple[Callable[[Canvas, random.Random], None], ...] = (
    _hills, _waves, _still_life, _skyline, _plant, _tiles, _arches,
)  # fmt: skip


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A running mean, so that ridges roll."""
    heights = [y for _, y in points]
    rolled = [sum(heights[max(0, n - 3) : n + 4]) / len(heights[max(0, n - 3) : n + 4]) for n in range(len(heights))]
    return [(x, y) for (x, _), y in zip(points, rolled, strict=True)]


def _color(hue: float, saturation: float, value: float) -> Color:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, min(1, saturation), value)
    return (round(red * 255), round(green * 255), round(blue * 255))


def _mix(first: Color, second: Color, share: float) -> Color:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return (red, green, blue)
