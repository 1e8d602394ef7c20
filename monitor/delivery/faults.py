"""Open this to see which failures are of one record, and must not stop the others, and which are of the storage."""

from __future__ import annotations

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    MultipleResultsFound,
    NoResultFound,
    SQLAlchemyError,
    StatementError,
)


def is_of_one_record(fault: Exception) -> bool:
    """True if what is stored of one message or patient is at fault; a database that is gone or full fails everybody."""
    if isinstance(fault, IntegrityError | DataError | NoResultFound | MultipleResultsFound):
        return True
    if isinstance(fault, StatementError) and not isinstance(fault, DBAPIError):
        return True  # a value that the database was never given
    return not isinstance(fault, SQLAlchemyError)
