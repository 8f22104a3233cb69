"""The app's icons, drawn from their geometry: `python -m manifest.icons` writes both files.

A shape is a function from a point to its distance, negative inside; a pixel is covered by as much of it as
its distance says, which is what smooths the edges.
Source: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
"""

import struct
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from math import hypot
from pathlib import Path

COLOR_SIZE, OUTLINE_SIZE = 192, 32
COLOR_FILE, OUTLINE_FILE = "color.png", "outline.png"
ACCENT = (0x4F, 0x52, 0xB2)
WHITE = (255, 255, 255)
AMBER = (0xFF, 0xC8, 0x3D)

Shape = Callable[[float, float], float]
Pixel = tuple[int, int, int, int]


@dataclass(frozen=True)
class Layer:
    """A shape in a colour."""

    shape: Shape
    color: tuple[int, int, int]


def color_icon() -> bytes:
    """An envelope and the path it took, on the accent colour, as PNG; Teams cuts the corners itself."""
    layers = [
        Layer(_box(112, 96, 52, 38, 9), WHITE),
        Layer(_line(67, 67, 112, 102, 6), ACCENT),
        Layer(_line(157, 67, 112, 102, 6), ACCENT),
        *(Layer(_line(x, y, 48, y, 8), AMBER) for x, y in ((34, 74), (24, 96), (34, 118))),
    ]
    return png(COLOR_SIZE, lambda x, y: _blend((*ACCENT, 255), layers, x, y))


def outline_icon() -> bytes:
    """The same in white lines on nothing, as PNG."""
    lines = [
        _ring(_box(18.5, 16, 11, 8.5, 2), 2),
        _line(8.5, 9.5, 18.5, 17.5, 2),
        _line(28.5, 9.5, 18.5, 17.5, 2),
        *(_line(x, y, 4.5, y, 2) for x, y in ((3, 11.5), (1.5, 16), (3, 20.5))),
    ]

    def pixel(x: float, y: float) -> Pixel:
        return (*WHITE, round(255 * max(_cover(line, x, y) for line in lines)))

    return png(OUTLINE_SIZE, pixel)


def png(size: int, pixel: Callable[[float, float], Pixel]) -> bytes:
    """A square PNG of *size* whose pixels are asked at their centres: 8 bits, RGBA, no filter.

    Source: https://www.w3.org/TR/png-3/
    """
    rows = (b"\0" + bytes(v for x in range(size) for v in pixel(x + 0.5, y + 0.5)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _blend(ground: Pixel, layers: list[Layer], x: float, y: float) -> Pixel:
    red, green, blue, alpha = ground
    for layer in layers:
        part = _cover(layer.shape, x, y)
        red, green, blue = (
            round(under + (over - under) * part)
            for under, over in zip((red, green, blue), layer.color, strict=True)
        )
    return red, green, blue, alpha


def _cover(shape: Shape, x: float, y: float) -> float:
    """How much of the pixel around the point lies inside, 0 to 1."""
    return min(max(0.5 - shape(x, y), 0.0), 1.0)


def _box(x0: float, y0: float, half_width: float, half_height: float, radius: float) -> Shape:
    """A rectangle around a centre, its corners rounded."""

    def distance(x: float, y: float) -> float:
        dx, dy = abs(x - x0) - half_width + radius, abs(y - y0) - half_height + radius
        return hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - radius

    return distance


def _ring(shape: Shape, width: float) -> Shape:
    """The border of *shape*, inside it."""
    return lambda x, y: abs(shape(x, y) + width / 2) - width / 2


def _line(x1: float, y1: float, x2: float, y2: float, width: float) -> Shape:
    """A line with round ends."""

    def distance(x: float, y: float) -> float:
        length = (x2 - x1) ** 2 + (y2 - y1) ** 2
        along = min(max(((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length, 0), 1)
        return hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)) - width / 2

    return distance


def main() -> int:
    """Draw both files; the exit code."""
    folder = Path(__file__).parent
    (folder / COLOR_FILE).write_bytes(color_icon())
    (folder / OUTLINE_FILE).write_bytes(outline_icon())
    return 0


if __name__ == "__main__":
    sys.exit(main())
