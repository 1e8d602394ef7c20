"""Where things lie in the picture of a trend: the plot, its two scales, its ticks, and which values are beyond."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.drawing.axes import Axis, ends_of, number_marks, wide_enough
from monitor.drawing.language import Language
from monitor.drawing.markup import broken
from monitor.drawing.trend_words import period_of, title_of
from monitor.labs.trends import Trend, TrendPoint

WIDE = 560  # from this width on, lines are named beside the plot
_LEFT, _RIGHT, _RIGHT_NARROW, _TOP = 54, 172, 14, 66
_HEIGHT, _HEIGHT_NARROW = 230, 210
TITLE_LINE, PERIOD_LINE = 18, 16
_TITLE_LETTER, _LETTER = 8.8, 6.4
_NEAR_HIGH, _NEAR_LOW = 1.6, 0.6  # how far beyond the values an action line stretches the axis
_FAR_LIMIT = 20.0  # times the highest value: an upper limit further up than that is not drawn


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot: `x` counts days, `y` numbers or the places of steps; `ticks` are the numbers that have a mark.

    `title` and `period`: what stands over it, in lines that fit.
    """

    trend: Trend
    language: Language
    width: float
    x: Axis
    y: Axis
    title: tuple[str, ...]
    period: tuple[str, ...]
    first: dt.date
    last: dt.date
    ticks: tuple[float, ...]

    @property
    def is_wide(self) -> bool:
        """Whether there is room beside the plot."""
        return self.width >= WIDE

    def x_of(self, day: dt.date) -> float:
        """Where a day lies."""
        return self.x.at(day.toordinal())

    def number_of(self, point: TrendPoint) -> float:
        """What a point is on the vertical axis."""
        if point.value is not None:
            return float(point.value)
        return float(self.trend.steps.index(point.step)) if point.step in self.trend.steps else 0.0

    def place_of(self, point: TrendPoint) -> tuple[float, float]:
        """Where a point lies; beyond an end of the axis, at that end."""
        return self.x_of(point.on), self.y.at(self.number_of(point))


def frame_of(trend: Trend, language: Language, *, width: float) -> Frame:
    """The frame of a trend on paper of this width."""
    is_wide = width >= WIDE
    title, period = (
        broken(text, width=width - 20, letter=letter)
        for text, letter in ((title_of(trend, language), _TITLE_LETTER), (period_of(trend, language), _LETTER))
    )
    top = _TOP + (len(title) - 1) * TITLE_LINE + (len(period) - 1) * PERIOD_LINE
    bottom = top + (_HEIGHT if is_wide else _HEIGHT_NARROW)
    first, last = wide_enough(trend.from_on, trend.until_on)
    low, high, ticks = _vertical(trend)
    return Frame(
        trend=trend,
        language=language,
        width=width,
        x=Axis(first.toordinal(), last.toordinal(), _LEFT + 10, width - (_RIGHT if is_wide else _RIGHT_NARROW) - 10),
        y=Axis(low, high, bottom, top),
        title=tuple(title),
        period=tuple(period),
        first=first,
        last=last,
        ticks=tuple(ticks),
    )


def _vertical(trend: Trend) -> tuple[float, float, list[float]]:
    if trend.steps:
        return -0.5, len(trend.steps) - 0.5, [float(place) for place in range(len(trend.steps))]
    values = [float(one.value) for one in trend.points if one.value is not None and not one.is_implausible]
    highest = max(values, default=0.0)
    limits = [
        float(limit)
        for span in trend.limits
        for limit in (span.lower, span.upper)
        if limit is not None and (highest == 0 or float(limit) <= _FAR_LIMIT * highest)
    ]
    lines = [float(span.value) for line in trend.lines for span in line.spans]
    baseline = [] if trend.baseline is None or not trend.shows_baseline else [float(trend.baseline)]
    held = [*values, *limits, *baseline]
    if held:
        low, high = min(held), max(held)
        lines = [line for line in lines if _NEAR_LOW * low <= line <= _NEAR_HIGH * high]
    may_begin_higher = any(span.lower is not None for span in trend.limits) or bool(trend.lowest)
    also = [*limits, *baseline, *lines] if may_begin_higher else [0.0, *limits, *baseline, *lines]
    low, high, step = ends_of(values, also=also)
    return low, high, number_marks(low, high, step)
