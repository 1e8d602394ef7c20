"""The numbers beside points: of the latest value, of those that ask for something, and of what is beyond the axis."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.drawing.frame import Frame
from monitor.drawing.markup import backed, element
from monitor.drawing.shapes import PAPER, asks_for_something, roof
from monitor.drawing.trend_words import label_of
from monitor.labs.trends import TrendPoint

LETTER_WIDTH = 6.4
_HEIGHT, _ABOVE = 13, 11
_UNITS_A_LABEL = 85
_BESIDE, _ROUND = 10, 5  # from the middle of a point to a label beside it, and how much room a point needs


@dataclass(frozen=True, slots=True)
class _Box:
    """The room of a label; `foot` is the line it stands on."""

    left: float
    right: float
    foot: float

    def meets(self, other: _Box) -> bool:
        return self.left < other.right and other.left < self.right and abs(self.foot - other.foot) < _HEIGHT

    def covers(self, x: float, y: float) -> bool:
        """Whether it lies over a point."""
        is_across = self.left - _ROUND < x < self.right + _ROUND
        return is_across and self.foot - _HEIGHT + 2 - _ROUND < y < self.foot + 2 + _ROUND

    def is_crossed(self, y: float) -> bool:
        """Whether a level line at this height runs through it."""
        return self.foot - _HEIGHT + 2 < y < self.foot + 2

    def is_cut(self, start: tuple[float, float], end: tuple[float, float]) -> bool:
        """Whether the line between two points runs through it."""
        (x1, y1), (x2, y2) = start, end
        first, last = max(self.left, x1), min(self.right, x2)
        if first > last:
            return False
        at = [y1 + (y2 - y1) * ((x - x1) / (x2 - x1)) if x2 > x1 else y for x, y in ((first, y1), (last, y2))]
        return min(at) < self.foot + 2 and max(at) > self.foot - _HEIGHT + 2


def point_labels(frame: Frame) -> str:
    """As many as there is room for, the newest first; none covers another, and none a value."""
    taken: list[_Box] = []
    drawn = []
    places = [frame.place_of(point) for point in frame.trend.points]
    most = max(int((frame.x.end - frame.x.start) // _UNITS_A_LABEL), 2)
    for point in _worth_a_label(frame):
        if len(taken) >= most:
            break
        x, y = frame.place_of(point)
        text = label_of(point, frame.trend, frame.language, is_latest=point is frame.trend.points[-1])
        box = _room(frame, text, (x, y), taken=taken, places=places)
        drawn.append(_beyond(frame, point, x, y))
        if box is not None:
            taken.append(box)
            room = box.left, box.right, box.foot
            drawn.append(backed(text, room, paper=PAPER, is_centred=True, font_size=11))
    return element("g", *drawn, font_weight="bold") if drawn else ""


def _room(
    frame: Frame, text: str, at: tuple[float, float], *, taken: list[_Box], places: list[tuple[float, float]]
) -> _Box | None:
    """The place for a label that nothing else needs and the fewest lines run through; None where there is none."""
    near = [place for place in places if abs(place[0] - at[0]) < frame.width / 2]
    free = [
        box for box in _boxes(frame, text, *at)
        if not any(box.meets(other) for other in taken) and not any(box.covers(*place) for place in near)
    ]  # fmt: skip
    heights = list(_heights_of_lines(frame))
    return min(
        free,
        key=lambda box: (
            sum(box.is_crossed(height) for height in heights)
            + sum(box.is_cut(one, other) for one, other in itertools.pairwise(near))
        ),
        default=None,
    )


def _heights_of_lines(frame: Frame) -> Iterator[float]:
    """Where the action lines and the baseline lie."""
    trend = frame.trend
    numbers = [float(span.value) for line in trend.lines for span in line.spans]
    numbers += [trend.steps.index(line.step) - 0.5 for line in trend.lines if line.step in trend.steps]
    if trend.baseline is not None and trend.shows_baseline:
        numbers.append(float(trend.baseline))
    yield from (frame.y.at(number) for number in numbers if frame.y.holds(number))


def _worth_a_label(frame: Frame) -> Iterator[TrendPoint]:
    """The latest, then what cannot be read from the axis, then what asks for something, each the newest first."""
    points = frame.trend.points
    yield from points[-1:]
    earlier = points[-2::-1]
    yield from (one for one in earlier if not frame.y.holds(frame.number_of(one)))
    yield from (one for one in earlier if frame.y.holds(frame.number_of(one)) and asks_for_something(one))


def _boxes(frame: Frame, text: str, x: float, y: float) -> Iterator[_Box]:
    """Where a label may stand: over the point, under it, beside it; moved inwards at the edges of the plot."""
    wide = len(text) * LETTER_WIDTH
    first, last = frame.x.start - 6, frame.x.end + 10
    left = min(max(x - wide / 2, first), last - wide)
    beside = [
        (x - _BESIDE - wide, y + 4),
        (x + _BESIDE, y + 4),
        (x - _BESIDE - wide, y - 6),
        (x - _BESIDE - wide, y + 14),
    ]
    for start, foot in [(left, y - _ABOVE), (left, min(y + _ABOVE + 10, frame.y.start - 4)), *beside]:
        if frame.y.end - 4 <= foot <= frame.y.start and first <= start and start + wide <= last:
            yield _Box(start, start + wide, foot)


def _beyond(frame: Frame, point: TrendPoint, x: float, y: float) -> str:
    number = frame.number_of(point)
    return "" if frame.y.holds(number) else roof(x, y, way=-1 if number > frame.y.high else 1)
