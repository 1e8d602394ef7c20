"""The strict fields that every form is made of: no silent conversion, nothing that a database could choke on."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from marshmallow import fields, validate

from monitor.terms import is_one_line_of_text

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)  # far from the ends of the calendar: no sum overflows


class Words(fields.String):
    """One line of text from 1 to `longest` characters, none of them unseen; spaces around it are dropped."""

    default_error_messages = {  # noqa: RUF012 - marshmallow reads it as the class is made
        "empty": "must not be empty",
        "long": "is too long",
        "odd": "holds a character that is not text",
    }

    def __init__(self, *, longest: int, **options: Any) -> None:
        # The validator is for the description only; the checks below run before it and have kinder words.
        super().__init__(validate=validate.Length(min=1, max=longest), **options)
        self.longest = longest

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        text = value.strip()
        if not text:
            raise self.make_error("empty")
        if len(text) > self.longest:
            raise self.make_error("long")
        if not is_one_line_of_text(text):
            raise self.make_error("odd")
        return text


class Day(fields.Date):
    """A calendar date written `YYYY-MM-DD`, and nothing that a lenient reader would also take for one."""

    default_error_messages = {  # noqa: RUF012 - as above
        "invalid": "not a date (YYYY-MM-DD)",
        "range": "must lie between 1900 and 2199",
    }

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dt.date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise self.make_error("invalid")
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            raise self.make_error("invalid") from None
        if not EARLIEST <= day <= LATEST:
            raise self.make_error("range")
        return day


class Hour(fields.String):
    """A time of day on the wall of the site, written `HH:MM` and nothing else."""

    default_error_messages = {"invalid": "not a time of day (HH:MM)"}  # noqa: RUF012 - as above

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"pattern": f"^{_HOUR.pattern}$"}, **options)

    def _serialize(self, value: Any, *_: Any, **__: Any) -> str | None:
        return None if value is None else f"{value:%H:%M}"

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, str) or not _HOUR.fullmatch(value):
            raise self.make_error("invalid")
        return dt.time.fromisoformat(value)


class Moment(fields.AwareDateTime):
    """An instant, shown with its offset, in UTC; taken only with an offset."""

    default_error_messages = {"invalid": "not a moment with its offset"}  # noqa: RUF012 - as above

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", default_timezone=dt.UTC, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dt.datetime:
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            raise self.make_error("invalid")
        try:
            found = dt.datetime.fromisoformat(value)
        except ValueError:
            raise self.make_error("invalid") from None
        if not EARLIEST <= found.date() <= LATEST:
            raise self.make_error("invalid")
        return found


class Id(fields.UUID):
    """An identifier in its one usual spelling."""

    default_error_messages = {"invalid_uuid": "not an identifier"}  # noqa: RUF012 - as above

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> uuid.UUID:
        if not isinstance(value, str) or not _ID.fullmatch(value):
            raise self.make_error("invalid_uuid")
        return uuid.UUID(value)


class Whole(fields.Integer):
    """A JSON whole number: no text, no fraction, no truth value; in a query, its digits."""

    default_error_messages = {  # noqa: RUF012 - as above
        "invalid": "not a whole number",
        "range": "out of range",
    }

    def __init__(self, *, least: int, most: int, in_query: bool = False, **options: Any) -> None:
        super().__init__(validate=validate.Range(min=least, max=most, error="out of range"), **options)
        self.in_query = in_query

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if self.in_query and isinstance(value, str) and _WHOLE.fullmatch(value):
            return int(value)
        if self.in_query or type(value) is not int:
            raise self.make_error("invalid")
        return value


class Truth(fields.Boolean):
    """A JSON `true` or `false`, never a word or a number that means one."""

    default_error_messages = {"invalid": "must be true or false"}  # noqa: RUF012 - as above

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class OneOf(fields.String):
    """One of a few words; the refusal lists the words, not what was sent."""

    def __init__(self, *words: str, **options: Any) -> None:
        known = tuple(str(word) for word in words)
        super().__init__(validate=validate.OneOf(known, error="must be one of: {choices}"), **options)


class Amount(fields.String):
    """An exact decimal, shown as text without an exponent: a JSON number would become a binary fraction."""

    def _serialize(self, value: Any, *_: Any, **__: Any) -> str | None:
        return None if value is None else format(value, "f")
