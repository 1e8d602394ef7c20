"""Draws a trend as one SVG that needs nothing else: fit for a page, a telephone, a letter and a grey printer."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from monitor.drawing import language as spoken
from monitor.drawing.axes import day_marks
from monitor.drawing.frame import PERIOD_LINE, TITLE_LINE, Frame, frame_of
from monitor.drawing.language import Language, said
from monitor.drawing.markup import backed, element, picture, titled, words
from monitor.drawing.point_labels import LETTER_WIDTH, point_labels
from monitor.drawing.shapes import BAND, BASELINE_DASH, GRID, INK, PAPER, kinds_of, line_shape, shape
from monitor.drawing.trend_key import key
from monitor.drawing.trend_words import (
    description_of,
    dose_title,
    failure_title,
    line_label,
    point_title,
    title_of,
)
from monitor.labs.action_lines import ActionLine, LimitsSpan
from monitor.labs.trends import Trend

NARROWEST, WIDEST, LETTER = 320, 1600, 680
_MANY_POINTS = 120
_LABEL_HEIGHT = 13


def trend_picture(trend: Trend, *, language: Language, width: int = LETTER) -> str:
    """The picture, `width` units wide. It holds no name, no script and no style; raises nothing."""
    frame = frame_of(trend, language, width=width)
    named, beyond = _lines(frame)
    legend, end = key(frame, top=frame.y.start + 62, beyond=beyond)
    return picture(
        element("rect", x=0, y=0, width=width, height=end + 10, fill=PAPER),
        _heading(frame),
        _bands(frame),
        _grid(frame),
        _days(frame),
        named,
        _baseline(frame),
        _doses(frame),
        _points(frame),
        point_labels(frame),
        legend,
        name=f"trend-{trend.analyte.replace('_', '-')}",
        title=title_of(trend, language),
        description=description_of(trend, language),
        width=width,
        height=end + 10,
    )


def _heading(frame: Frame) -> str:
    y, drawn = 22, []
    for line in frame.title:
        drawn.append(words(line, 10, y, font_size=15, font_weight="bold"))
        y += TITLE_LINE
    for place, line in enumerate(frame.period):
        drawn.append(words(line, 10, y + 1 + place * PERIOD_LINE))
    return "".join(drawn)


def _bands(frame: Frame) -> str:
    """The limits over time; the first reaches back to the edge of the plot, the last reaches forward."""
    limits = frame.trend.limits
    return "".join(
        _band(frame, span, is_first=place == 0, is_last=place == len(limits) - 1) for place, span in enumerate(limits)
    )


def _band(frame: Frame, span: LimitsSpan, *, is_first: bool, is_last: bool) -> str:
    left = frame.x.start - 10 if is_first else frame.x_of(span.from_on)
    right = frame.x.end + 10 if is_last else frame.x_of(span.until_on)
    top = frame.y.end if span.upper is None else frame.y.at(float(span.upper))
    foot = frame.y.start if span.lower is None else frame.y.at(float(span.lower))
    dash = "2 2" if span.is_fallback else None
    edges = "".join(
        element("line", x1=left, x2=right, y1=y, y2=y, stroke="#8b9298", stroke_width=1, stroke_dasharray=dash)
        for y, limit in ((top, span.upper), (foot, span.lower))
        if limit is not None and frame.y.holds(float(limit))
    )
    fill = element("rect", x=left, y=top, width=max(right - left, 0), height=max(foot - top, 0), fill=BAND)
    return fill + edges


def _grid(frame: Frame) -> str:
    left, right = frame.x.start - 10, frame.x.end + 10
    drawn = []
    for number in frame.ticks:
        y = frame.y.at(number)
        drawn.append(element("line", x1=left, x2=right, y1=y, y2=y, stroke=GRID, stroke_width=0.6))
        drawn.append(words(_tick(frame, number), left - 6, y + 4, text_anchor="end"))
    axis = element("line", x1=left, x2=right, y1=frame.y.start, y2=frame.y.start, stroke=INK)
    side = element("line", x1=left, x2=left, y1=frame.y.start, y2=frame.y.end, stroke=INK)
    return element("g", *drawn, axis, side, font_size=11)


def _tick(frame: Frame, number: float) -> str:
    if frame.trend.steps:
        return frame.trend.steps[round(number)]
    return spoken.number(Decimal(f"{number:.6g}"), frame.language)


def _days(frame: Frame) -> str:
    most = int((frame.x.end - frame.x.start) // 66)
    marks, are_days = day_marks(frame.first, frame.last, most=max(most, 2))
    foot = frame.y.start
    drawn = []
    for day in marks:
        x = frame.x_of(day)
        told = spoken.short_day(day, frame.language) if are_days else spoken.short_month(day, frame.language)
        drawn.append(element("line", x1=x, x2=x, y1=foot, y2=foot + 5, stroke=INK))
        drawn.append(words(told, x, foot + 32, text_anchor="middle"))
    return element("g", *drawn, font_size=11)


def _lines(frame: Frame) -> tuple[str, list[ActionLine]]:
    """The action lines that lie on the axis, each with its name, and those that do not."""
    left, right = frame.x.start - 10, frame.x.end + 10
    drawn, beyond, taken = [], [], list[float]()
    for line in sorted(frame.trend.lines, key=lambda one: -_height(frame, one)):
        pieces = list(_pieces(frame, line, left=left, right=right))
        if not pieces:
            beyond.append(line)
            continue
        x, y = (right + 6, pieces[-1][2] + 4) if frame.is_wide else (left + 4, pieces[-1][2] - 4)
        while any(abs(y - other) < _LABEL_HEIGHT for other in taken):
            y -= 1
        taken.append(y)
        label = _beside_plot_or_on_it(line_label(line, frame.language), x, y, frame)
        drawn.append(element("g", titled(f"{line.rule}: {line.action}"), line_shape(line.level, *pieces), label))
    return "".join(drawn), beyond


def _beside_plot_or_on_it(text: str, x: float, y: float, frame: Frame) -> str:
    """The name of a line; on the plot with paper behind it."""
    if frame.is_wide:
        return words(text, x, y, font_size=11)
    return backed(text, (x, x + len(text) * LETTER_WIDTH, y), paper=PAPER, is_centred=False, font_size=11)


def _height(frame: Frame, line: ActionLine) -> float:
    return frame.y.at(float(line.spans[-1].value)) if line.spans else 0.0


def _pieces(frame: Frame, line: ActionLine, *, left: float, right: float) -> Iterator[tuple[float, float, float]]:
    if line.step is not None and line.step in frame.trend.steps:
        yield left, right, frame.y.at(frame.trend.steps.index(line.step) - 0.5)
    for place, span in enumerate(line.spans):
        if frame.y.holds(float(span.value)):
            start = left if place == 0 else frame.x_of(span.from_on)
            end = right if place == len(line.spans) - 1 else frame.x_of(span.until_on)
            yield start, end, frame.y.at(float(span.value))


def _baseline(frame: Frame) -> str:
    baseline = frame.trend.baseline
    if baseline is None or not frame.trend.shows_baseline:
        return ""
    left, right, y = frame.x.start - 10, frame.x.end + 10, frame.y.at(float(baseline))
    told = f"{said('baseline', frame.language)} {spoken.number(baseline, frame.language)}"
    place = (right + 6, y + 4) if frame.is_wide else (left + 4, y - 4)
    line = element("line", x1=left, x2=right, y1=y, y2=y, stroke=INK, stroke_width=1.2, stroke_dasharray=BASELINE_DASH)
    return element("g", titled(told), line, _beside_plot_or_on_it(told, *place, frame))


def _doses(frame: Frame) -> str:
    foot = frame.y.start
    drawn = [
        element("g", titled(dose_title(dose, frame.language)), shape("dose", frame.x_of(dose.on), foot + 7, 4))
        for dose in frame.trend.doses
    ]
    drawn += [
        element("g", titled(failure_title(one, frame.language)), shape("no result", frame.x_of(one.on), foot - 7, 4))
        for one in frame.trend.failures
    ]
    return "".join(drawn)


def _points(frame: Frame) -> str:
    points = frame.trend.points
    size = 3.6 if len(points) <= _MANY_POINTS else 2.2
    path = [frame.place_of(point) for point in points if not point.is_implausible]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in path)
    line = element("polyline", points=joined, fill="none", stroke=INK, stroke_width=1.3) if len(path) > 1 else ""
    drawn = []
    for point in points:
        x, y = frame.place_of(point)
        kinds = kinds_of(point)
        shapes = [shape(kind, x, y, size) for kind in kinds if kind in (kinds[0], "asks for something")]
        drawn.append(element("g", titled(point_title(point, frame.trend, frame.language)), *shapes))
    if not points:
        middle = (frame.x.start + frame.x.end) / 2, (frame.y.start + frame.y.end) / 2
        return words(said("no values", frame.language), *middle, text_anchor="middle", font_style="italic")
    return line + "".join(drawn)
