"""A picture of values: whole and harmless markup, readable in grey, aloud and on paper, whatever the numbers are."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.drawing.language import Language
from monitor.drawing.shapes import ALARM
from monitor.drawing.trend_picture import LETTER, NARROWEST, WIDEST, trend_picture
from monitor.labs.action_lines import ActionLine, LimitsSpan, LineSpan
from monitor.labs.quantities import Comparator
from monitor.labs.ranges import Range
from monitor.labs.trends import DoseMark, Failure, Trend, TrendPoint, limits_over_time
from monitor.labs.values import NotDone
from monitor.terms import Level

FIRST, LAST = dt.date(2026, 3, 2), dt.date(2026, 6, 15)
SVG = "{http://www.w3.org/2000/svg}"
SAFE = {"svg", "title", "desc", "g", "rect", "line", "path", "circle", "polyline", "text"}


def point(value: object, on: dt.date = FIRST, **told: Any) -> TrendPoint:
    known = {
        "step": None, "comparator": None, "range": Range.NORMAL, "lower": Decimal(150), "upper": Decimal(400),
        "uses_usual_range": False, "is_preliminary": False, "is_corrected": False, "is_implausible": False,
        "change_percent": None, "direction": None, "baseline_percent": None, "level": None, "rules": (), "ref": None,
    }  # fmt: skip
    return TrendPoint(on=on, value=None if value is None else Decimal(str(value)), **{**known, **told})


def series(*points: TrendPoint, **told: Any) -> Trend:
    line = ActionLine("platelets.below_50", Level.CRITICAL, "below", None, None, None, "call",
                      (LineSpan(FIRST, LAST, Decimal(50)),))  # fmt: skip
    plain = Trend(
        analyte="platelets", code="PLT", name_en="Platelets", name_fr="Plaquettes", unit="10*9/L", steps=(),
        from_on=FIRST, until_on=LAST, baseline=None, shows_baseline=False, points=points,
        limits=limits_over_time(points, until_on=LAST), lines=(line,), doses=(), failures=(),
    )  # fmt: skip
    return msgspec.structs.replace(plain, **told)


def parsed(markup: str) -> ET.Element:
    return ET.fromstring(markup)  # noqa: S314 - our own picture


def drawn(trend: Trend, language: Language = "en", width: int = LETTER) -> ET.Element:
    return parsed(trend_picture(trend, language=language, width=width))


def texts(picture: ET.Element) -> list[str]:
    return ["".join(one.itertext()) for one in picture.iter(f"{SVG}text")]


def titles(picture: ET.Element) -> list[str]:
    return [one.text or "" for group in picture.iter(f"{SVG}g") for one in group.findall(f"{SVG}title")]


def test_it_says_what_it_shows_to_whoever_cannot_see_it() -> None:
    picture = drawn(series(point(248, dt.date(2026, 5, 2)), point(118, dt.date(2026, 6, 2))))

    ids = picture.attrib["aria-labelledby"].split()
    named = {one.attrib.get("id"): one.text or "" for one in picture.iter()}
    assert picture.attrib["role"] == "img"
    assert named[ids[0]] == "Platelets (10⁹/L)"
    assert "2 March 2026 to 15 June 2026" in named[ids[1]]
    assert "lowest: 118, 2 June 2026" in named[ids[1]]


def test_it_titles_every_point_with_its_day_its_value_and_its_limits() -> None:
    found = titles(drawn(series(point(248), point(118, LAST, range=Range.LOW, rules=("platelets.steep_fall",)))))

    assert "2 March 2026: 248 10⁹/L, within the limits (limits of the laboratory 150 – 400), final" in found
    assert any("15 June 2026: 118" in one and one.endswith("platelets.steep_fall") for one in found)


def test_it_speaks_french() -> None:
    trend = series(point("12.5", dt.date(2026, 4, 1)), unit="m[IU]/L", name_fr="TSH")

    picture = drawn(trend, "fr")

    assert {"TSH (mUI/L)", "du 2 mars 2026 au 15 juin 2026 · 1 valeur", "12,5"} <= set(texts(picture))
    assert any("1er avril 2026: 12,5 mUI/L" in one for one in titles(picture))


def test_it_holds_nothing_that_a_strict_page_refuses() -> None:
    trend = series(point(0, rules=('<script>alert("x")</script>',)), name_en="A & B <i>", baseline=Decimal(3))

    markup = trend_picture(trend, language="en", width=LETTER)

    assert {one.tag.removeprefix(SVG) for one in parsed(markup).iter()} <= SAFE
    attributes = {name for one in parsed(markup).iter() for name in one.attrib}
    assert not {name for name in attributes if name == "style" or name.startswith("on") or "href" in name}
    assert "url(" not in markup
    assert "<script" not in markup


def test_it_tells_kinds_of_values_apart_without_colour() -> None:
    """Each kind has another shape, so that a grey printer loses nothing."""
    kinds = {
        "final": point(200),
        "preliminary": point(200, is_preliminary=True),
        "corrected": point(200, is_corrected=True),
        "implausible, not confirmed": point(200, is_implausible=True),
        "less than its number": point(200, comparator=Comparator.BELOW),
        "more than its number": point(200, comparator=Comparator.ABOVE),
    }
    shapes = {}
    for word, one in kinds.items():
        picture = drawn(series(one))
        assert word in texts(picture)
        group = next(group for group in picture.iter(f"{SVG}g") if any("2 March 2026:" in t for t in titles_of(group)))
        shapes[word] = re.sub(
            r"-?\d+(\.\d+)?", "n", "".join(shape_of(part) for part in group if part.tag != f"{SVG}title")
        )

    assert len(set(shapes.values())) == len(kinds) - 1  # both arrows are one shape that points down or up


def titles_of(group: ET.Element) -> list[str]:
    return [one.text or "" for one in group.findall(f"{SVG}title")]


def shape_of(part: ET.Element) -> str:
    is_filled = part.attrib.get("fill") not in (None, "none", "#ffffff")
    return f"{part.tag.removeprefix(SVG)}{part.attrib.get('d', '')}{is_filled}"


def test_an_arrow_points_to_the_side_on_which_the_value_lies() -> None:
    tips = {}
    for sign in (Comparator.BELOW, Comparator.ABOVE):
        picture = drawn(series(point(200, comparator=sign)))
        group = next(group for group in picture.iter(f"{SVG}g") if any("2 March 2026:" in t for t in titles_of(group)))
        bar = float(group.findall(f"{SVG}line")[0].attrib["y1"])
        head = group.findall(f"{SVG}path")[0].attrib["d"]
        tips[sign] = float(head.removeprefix("M").split("L")[0].split()[1]) - bar

    assert tips[Comparator.BELOW] > 0 > tips[Comparator.ABOVE]  # down the page is more


def test_it_tells_levels_apart_by_their_dashes() -> None:
    lines = tuple(
        ActionLine(f"a.{level}", level, "below", None, None, None, "act", (LineSpan(FIRST, LAST, Decimal(50 * place)),))
        for place, level in enumerate(Level, start=1)
    )

    picture = drawn(series(point(200), lines=lines))

    groups = [group for group in picture.iter(f"{SVG}g") if any(one.startswith("a.") for one in titles_of(group))]
    dashes = [group.findall(f"{SVG}line")[0].attrib.get("stroke-dasharray") for group in groups]
    assert len(set(dashes)) == len(Level)
    assert {"critical < 50", "urgent < 100", "soon < 150", "info < 200"} <= set(texts(picture))


def test_it_names_lines_that_lie_beyond_the_axis() -> None:
    far = ActionLine("alt.above_8_uln", Level.CRITICAL, "above", "uln", Decimal(8), None, "call",
                     (LineSpan(FIRST, LAST, Decimal(280)),))  # fmt: skip

    found = texts(drawn(series(point(20, lower=None, upper=Decimal(35)), lines=(far,))))

    assert "Not drawn, beyond the axis: critical > 8 × ULN (280)" in found


def test_one_huge_value_does_not_flatten_the_others() -> None:
    days = [FIRST + dt.timedelta(days=20 * place) for place in range(5)]
    values = [90, 110, 48000, 130, 120]
    trend = series(*(point(value, day, upper=Decimal(170), lower=Decimal(30))
                     for value, day in zip(values, days, strict=True)), lines=())  # fmt: skip

    picture = drawn(trend)

    heights = [float(pair.split(",")[1]) for pair in picture.findall(f"{SVG}polyline")[0].attrib["points"].split()]
    assert heights[0] - heights[3] > 20  # 90 and 130 can be told apart
    assert "48000" in texts(picture)
    assert "beyond the axis" in texts(picture)


def test_it_writes_the_fall_beside_the_value() -> None:
    steep = point(118, dt.date(2026, 6, 2), change_percent=Decimal("-52.4"), level=Level.URGENT)

    assert "118 (−52.4 %)" in texts(drawn(series(point(248, dt.date(2026, 5, 2)), steep)))


def test_no_line_runs_through_the_label_of_the_latest_value_where_there_is_room() -> None:
    lines = tuple(
        ActionLine(f"platelets.below_{number}", Level.SOON, "below", None, None, None, "call",
                   (LineSpan(FIRST, LAST, Decimal(number)),))
        for number in (150, 100, 50)
    )  # fmt: skip
    steep = point(118, LAST, change_percent=Decimal("-57.9"), level=Level.URGENT)

    picture = drawn(series(steep, lines=lines))

    [label] = [one for one in picture.iter(f"{SVG}text") if one.text == "118 (−57.9 %)"]
    foot = float(label.attrib["y"])
    heights = {float(one.attrib["y1"]) for one in picture.iter(f"{SVG}line") if one.get("stroke") == ALARM}
    assert len(heights) == 3
    assert not [height for height in heights if foot - 10 < height < foot + 1]


def test_letters_stay_readable_where_a_program_knows_no_paint_order() -> None:
    """An outline drawn over the letters, as such a program draws it, would hide them: they have paper behind them."""
    picture = drawn(series(point(248), point(118, LAST, level=Level.URGENT)), width=NARROWEST)

    assert not [one.text for one in picture.iter(f"{SVG}text") if "stroke" in one.attrib]
    before = dict(zip(list(picture.iter())[1:], picture.iter(), strict=False))
    on_the_plot = [one for one in picture.iter(f"{SVG}text") if one.text in {"118", "critical < 50"}]
    assert [before[one].tag for one in on_the_plot] == [f"{SVG}rect"] * 2


def test_it_writes_the_change_from_the_baseline_beside_the_latest_value() -> None:
    latest = point(40, LAST, lower=None, upper=None, baseline_percent=Decimal("-50.0"))

    found = texts(drawn(series(latest, lines=(), baseline=Decimal(80), shows_baseline=True)))

    assert {"baseline 80", "40 (−50 % from baseline)"} <= set(found)


def test_it_marks_doses_and_samples_that_gave_nothing() -> None:
    trend = series(doses=(DoseMark(FIRST, 1, 1),), failures=(Failure(LAST, NotDone.CLUMPED),))

    found = titles(drawn(trend))

    assert "dose, 2 March 2026 (course 1, day 1)" in found
    assert "sample without a result, 15 June 2026: clumped" in found


def test_it_draws_steps_in_their_order() -> None:
    trend = series(
        point(None, FIRST, step="neg", lower=None, upper=None, range=Range.UNKNOWN),
        point(None, LAST, step="2+", lower=None, upper=None, range=Range.UNKNOWN),
        unit=None, steps=("neg", "trace", "1+", "2+"), lines=(),
    )  # fmt: skip

    picture = drawn(trend)

    assert {"neg", "trace", "1+", "2+"} <= set(texts(picture))
    first, last = (float(pair.split(",")[1]) for pair in picture.findall(f"{SVG}polyline")[0].attrib["points"].split())
    assert last < first


@pytest.mark.parametrize("count", [0, 1, 700])
@pytest.mark.parametrize("width", [NARROWEST, LETTER, WIDEST])
def test_it_keeps_everything_on_the_paper(count: int, width: int) -> None:
    first = dt.date(2022, 3, 1)
    points = [point(200 + 60 * math.sin(place / 30), first + dt.timedelta(days=2 * place)) for place in range(count)]

    picture = drawn(series(*points, from_on=first, until_on=first + dt.timedelta(days=1400)), width=width)

    height = float(picture.attrib["height"])
    for name, most in (("x", width), ("x1", width), ("x2", width), ("cx", width), ("y", height), ("cy", height)):
        places = [float(one.attrib[name]) for one in picture.iter() if name in one.attrib]
        assert not places or (min(places) >= 0 and max(places) <= most), name
    assert sum("final" in one for one in titles(picture)) == count


_AMOUNTS = st.decimals(min_value=0, max_value=Decimal("1e60"), allow_nan=False, allow_infinity=False)


@given(
    st.lists(st.tuples(_AMOUNTS, st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.booleans()), max_size=8),
    st.lists(_AMOUNTS, max_size=3),
    st.none() | _AMOUNTS,
)
def test_any_numbers_make_a_picture(
    rows: list[tuple[Decimal, dt.date, bool]], limits: list[Decimal], baseline: Decimal | None
) -> None:
    rows.sort(key=lambda row: row[1])
    first, last = (rows[0][1], rows[-1][1]) if rows else (FIRST, LAST)
    points = [point(value, day, is_implausible=odd) for value, day, odd in rows]
    spans = tuple(LimitsSpan(first, last, None, limit, is_fallback=True) for limit in limits)
    trend = series(*points, limits=spans, from_on=first, until_on=last, baseline=baseline, shows_baseline=True)

    markup = trend_picture(trend, language="fr", width=NARROWEST)

    parsed(markup)
    assert "nan" not in markup
    assert "inf" not in markup.replace("inférieur", "").replace("info", "")
