"""The key under the picture of a trend: only the shapes that occur in it, each with its word."""

from __future__ import annotations

from monitor.drawing.frame import Frame
from monitor.drawing.language import said
from monitor.drawing.markup import broken, element, words
from monitor.drawing.shapes import BAND, GRID, kinds_of, roof, shape
from monitor.drawing.trend_words import line_label
from monitor.labs.action_lines import ActionLine

_ROW, _LETTER, _SHAPE_WIDTH, _GAP = 19, 6.2, 24, 12
_ORDER = ("final", "preliminary", "corrected", "implausible", "below its number", "above its number",
          "asks for something", "beyond the axis", "laboratory", "usual", "dose", "no result")  # fmt: skip


def key(frame: Frame, *, top: float, beyond: list[ActionLine]) -> tuple[str, float]:
    """The key, and where it ends; `beyond`: the lines that are named here since they lie outside the axis."""
    x, y, drawn = 10.0, top, []
    for kind in _ORDER:
        if kind not in _occurring(frame):
            continue
        text = said(kind, frame.language)
        wide = _SHAPE_WIDTH + len(text) * _LETTER + _GAP
        if x + wide > frame.width and x > 10:
            x, y = 10.0, y + _ROW
        drawn.append(_shape(kind, x + 9, y - 4) + words(text, x + _SHAPE_WIDTH, y))
        x += wide
    for line in broken(_beyond(frame, beyond), width=frame.width - 20, letter=_LETTER):
        y += _ROW
        drawn.append(words(line, 10, y))
    return element("g", *drawn, font_size=11), y


def _occurring(frame: Frame) -> set[str]:
    trend = frame.trend
    found = {kind for point in trend.points for kind in kinds_of(point)}
    found |= {"usual" if span.is_fallback else "laboratory" for span in trend.limits}
    if any(not frame.y.holds(frame.number_of(point)) for point in trend.points):
        found.add("beyond the axis")
    if trend.doses:
        found.add("dose")
    if trend.failures:
        found.add("no result")
    return found


def _shape(kind: str, x: float, y: float) -> str:
    if kind in ("laboratory", "usual"):
        dash = None if kind == "laboratory" else "2 2"
        return element("rect", x=x - 9, y=y - 6, width=18, height=12, fill=BAND, stroke=GRID, stroke_dasharray=dash)
    if kind == "asks for something":
        return shape(kind, x, y, 3) + shape("final", x, y, 3)
    if kind.endswith("its number"):
        return shape(kind, x, y + (-6 if kind.startswith("below") else 6), 4)
    if kind == "beyond the axis":
        return shape("final", x, y + 3, 3) + roof(x, y + 3, way=-1)
    return shape(kind, x, y - (4 if kind == "dose" else 0), 4)


def _beyond(frame: Frame, lines: list[ActionLine]) -> str:
    if not lines:
        return ""
    told = ", ".join(line_label(line, frame.language) for line in lines)
    return f"{said('not drawn', frame.language)}: {told}"
