"""Writes SVG: elements with attributes, everything escaped, numbers short."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

_NAMESPACE = "http://www.w3.org/2000/svg"


def element(name: str, /, *children: str, **attributes: str | float | None) -> str:
    """One element; `stroke_width=2` is written `stroke-width="2"`, an attribute that is None is left out."""
    told = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_written(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{''.join(children)}</{name}>" if children else f"<{name}{told}/>"


def words(text: str, x: float, y: float, **attributes: str | float | None) -> str:
    """A line of text with its foot at `y`."""
    return element("text", escape(text), x=x, y=y, **attributes)


def backed(text: str, box: tuple[float, float, float], *, paper: str, is_centred: bool, font_size: float) -> str:
    """A line of text on a patch of paper that lets what lies behind it show through a little.

    `box`: its left and right ends and the line on which it stands. An outline of the letters would hide them where a
    program does not know `paint-order`.
    """
    left, right, foot = box
    height, below = 12, 2
    top = foot + below - height
    patch = element("rect", x=left, y=top, width=right - left, height=height, fill=paper, fill_opacity="0.85")
    if is_centred:
        return patch + words(text, (left + right) / 2, foot, text_anchor="middle", font_size=font_size)
    return patch + words(text, left, foot, font_size=font_size)


def titled(text: str) -> str:
    """What a browser tells about the element it stands in, and a screen reader reads."""
    return element("title", escape(text))


def broken(text: str, *, width: float, letter: float) -> list[str]:
    """The text in lines that fit; `letter` is the usual width of one."""
    lines: list[str] = []
    for word in text.split():
        if lines and (len(lines[-1]) + 1 + len(word)) * letter <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def picture(*children: str, name: str, title: str, description: str, width: float, height: float) -> str:
    """A whole picture that says what it shows to whoever cannot see it; `name` makes its ids unique on a page."""
    return element(
        "svg",
        element("title", escape(title), id=f"{name}-title"),
        element("desc", escape(description), id=f"{name}-desc"),
        *children,
        xmlns=_NAMESPACE,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        width=width,
        height=height,
        viewBox=f"0 0 {_written(width)} {_written(height)}",
        font_family="Helvetica, Arial, sans-serif",
        font_size=12,
        fill="#111111",
    )


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
