"""What every table stands on: the declarative base, its names for constraints, and the column types."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, Dialect, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[dt.datetime]):
    """Aware moments only, in UTC on both databases (SQLite would give them back naive)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class DecimalText(TypeDecorator[Decimal]):
    """An exact decimal, kept as text: SQLite would turn a NUMERIC into a binary fraction."""

    impl = Text()
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Personal(TypeDecorator[str]):
    """Text that identifies somebody; the one place where such text can be encrypted."""

    impl = Text()
    cache_ok = True


class PersonalDate(TypeDecorator[dt.date]):
    """A date that helps to identify somebody, kept as text so that it can be encrypted like the rest."""

    impl = Text()
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.date | None:
        return None if value is None else dt.date.fromisoformat(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A few ids in a row, separated by spaces, in the order given."""

    impl = Text()
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else " ".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(value.split())


class Base(DeclarativeBase):
    """Our own base, so that the tables need no Flask; the names let a migration drop what another one made."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy as the class is made
        dt.datetime: UtcDateTime,
        Decimal: DecimalText,
        str: Text,
        uuid.UUID: Uuid,
        tuple[str, ...]: Words,
    }


def one_of(column: str, *words: str | type[StrEnum]) -> CheckConstraint:
    """Only these words (or the members of these enumerations) may stand in the column."""
    known = [member.value for word in words if isinstance(word, type) for member in word]
    known += [word for word in words if isinstance(word, str)]
    listed = ", ".join(f"'{word}'" for word in known)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def at_most(column: str, length: int) -> CheckConstraint:
    """A bound on the length of a text that is not empty: SQLite ignores the length of a column type."""
    return CheckConstraint(f'length("{column}") BETWEEN 1 AND {length}', name=f"{column}_length")


def successor_rules(retraction: str = "is_retraction") -> tuple[CheckConstraint, CheckConstraint]:
    """Of an append-only fact: what replaces another row says why, and only a successor can take something back."""
    return (
        CheckConstraint("replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)", name="successor_reason"),
        CheckConstraint(f"replaces_id IS NOT NULL OR NOT ({retraction})", name="retraction_of_something"),
    )
