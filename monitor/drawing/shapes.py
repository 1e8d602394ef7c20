"""The shapes of a chart: each kind of value, dose and line has a shape or a dash of its own, so that grey is enough."""

from __future__ import annotations

from monitor.drawing.markup import element
from monitor.labs.trends import TrendPoint
from monitor.terms import Level

INK, PAPER, BAND, GRID, ALARM = "#111111", "#ffffff", "#e8ecef", "#c4c9ce", "#8f1d1d"
LINES: dict[Level, tuple[float, str | None]] = {
    Level.CRITICAL: (2, None), Level.URGENT: (1.6, "9 4"), Level.SOON: (1.4, "4 3"), Level.INFO: (1.2, "1.5 3"),
}  # fmt: skip
BASELINE_DASH = "12 3 2 3"
_ARROW = 13


def kinds_of(point: TrendPoint) -> list[str]:
    """What is to be said of a point by its shape, as the key names it; the shape is that of the first."""
    found = []
    if point.is_implausible:
        found.append("implausible")
    if point.comparator is not None:
        found.append("below its number" if point.comparator.startswith("<") else "above its number")
    if point.is_corrected:
        found.append("corrected")
    if point.is_preliminary:
        found.append("preliminary")
    if not found:
        found.append("final")
    if asks_for_something(point):
        found.append("asks for something")
    return found


def asks_for_something(point: TrendPoint) -> bool:
    """Whether a finding in it is more than information."""
    return point.level is not None and point.level is not Level.INFO


def shape(kind: str, x: float, y: float, size: float) -> str:
    """The shape of one kind, centred, about twice `size` wide."""
    if kind == "implausible":
        return _outline((x, y - size - 2), (x + size + 2, y), (x, y + size + 2), (x - size - 2, y))
    if kind in ("below its number", "above its number"):
        return _arrow(x, y, size, up=kind.startswith("above"))
    if kind == "corrected":
        return element("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, fill=INK)
    if kind == "asks for something":
        return element("circle", cx=x, cy=y, r=size + 4, fill="none", stroke=ALARM, stroke_width=1.4)
    if kind == "dose":
        return element("path", d=_path((x, y), (x + size, y + 2 * size), (x - size, y + 2 * size)), fill=INK)
    if kind == "no result":
        there, back = f"M{x - size:.1f} {y - size:.1f}L{x + size:.1f} {y + size:.1f}", (x - size, y + size)
        across = f"{there}M{back[0]:.1f} {back[1]:.1f}L{x + size:.1f} {y - size:.1f}"
        return element("path", d=across, stroke=INK, stroke_width=1.6, fill="none")
    is_hollow = kind == "preliminary"
    return element("circle", cx=x, cy=y, r=size, fill=PAPER if is_hollow else INK, stroke=INK, stroke_width=1.4)


def roof(x: float, y: float, *, way: int) -> str:
    """A small roof over a point (`way` -1), or under it (1), whose number lies beyond that end of the axis."""
    path = f"M{x - 5:.1f} {y + way * 6:.1f}L{x:.1f} {y + way * 11:.1f}L{x + 5:.1f} {y + way * 6:.1f}"
    return element("path", d=path, fill="none", stroke=INK, stroke_width=1.6)


def line_shape(level: Level, *lines: tuple[float, float, float]) -> str:
    """The line of a level, in one piece or several, each from `x1` to `x2` at `y`."""
    width, dash = LINES[level]
    return "".join(
        element("line", x1=x1, y1=y, x2=x2, y2=y, stroke=ALARM, stroke_width=width, stroke_dasharray=dash)
        for x1, x2, y in lines
    )


def _arrow(x: float, y: float, size: float, *, up: bool) -> str:
    way = -1 if up else 1
    tip, neck = y + way * _ARROW, y + way * (_ARROW - 6)
    bar = element("line", x1=x - size - 1, y1=y, x2=x + size + 1, y2=y, stroke=INK, stroke_width=2)
    stalk = element("line", x1=x, y1=y, x2=x, y2=neck, stroke=INK, stroke_width=1.6)
    head = element("path", d=_path((x, tip), (x + 4, neck), (x - 4, neck)), fill=INK)
    return bar + stalk + head


def _outline(*corners: tuple[float, float]) -> str:
    return element("path", d=_path(*corners), fill=PAPER, stroke=INK, stroke_width=1.6)


def _path(*corners: tuple[float, float]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
