"""A letter as a PDF to be printed: the layout is reviewed data, every word of the sheet is set as it is."""

from __future__ import annotations

import datetime as dt

import msgspec

from monitor.notices.letter_words import Sheet

_FONTS_OF_ITS_OWN = True  # the same bytes on every machine


def letter_pdf(sheet: Sheet, *, layout: bytes, on: dt.date) -> bytes:
    """The sheet, set. The same sheet and day give the same bytes.

    The words go in as data (JSON), so that nothing in a name or an address is ever read as a command of the layout.
    """
    import typst  # heavy, and only whoever prints pays for it

    made = typst.compile(
        layout,
        format="pdf",
        sys_inputs={"letter": msgspec.json.encode(sheet).decode()},
        ignore_system_fonts=_FONTS_OF_ITS_OWN,
        timestamp=dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made
