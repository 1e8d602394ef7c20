"""A field takes what is meant and nothing that a lenient reader would also take for it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from marshmallow import ValidationError
from marshmallow.fields import Field

from monitor.schemas.fields import Amount, Day, Id, OneOf, Truth, Whole, Words

LETTERS = "0d1fb692-0382-4202-89e3-316cd4d8e571"


@pytest.mark.parametrize(
    ("field", "sent", "taken"),
    (
        (Day(), "2024-02-29", dt.date(2024, 2, 29)),
        (Day(), "1900-01-01", dt.date(1900, 1, 1)),
        (Day(), "2199-12-31", dt.date(2199, 12, 31)),
        (Id(), LETTERS.upper(), UUID(LETTERS)),
        (Whole(least=1, most=99), 99, 99),
        (Whole(least=1, most=200, in_query=True), "200", 200),
        (Truth(), False, False),
        (Words(longest=10), "  Zoë-Anne  ", "Zoë-Anne"),
        (Words(longest=10), "N\u2019Diaye", "N\u2019Diaye"),
        (OneOf("en", "fr"), "fr", "fr"),
    ),
)
def test_it_takes_what_is_meant(field: Field[object], sent: object, taken: object) -> None:
    assert field.deserialize(sent) == taken


@pytest.mark.parametrize(
    ("field", "sent"),
    (
        (Day(), "1899-12-31"),
        (Day(), "2200-01-01"),
        (Day(), "2023-02-29"),
        (Day(), "2026-W25-1"),
        (Day(), "２０２６-06-15"),
        (Day(), " 2026-06-15"),
        (Day(), "2026-06-15\n"),
        (Id(), LETTERS.replace("-", "")),
        (Id(), "{" + LETTERS + "}"),
        (Id(), 12),
        (Whole(least=1, most=99), "1"),
        (Whole(least=1, most=99), True),
        (Whole(least=1, most=99), 1.0),
        (Whole(least=1, most=99), 0),
        (Whole(least=1, most=99), 100),
        (Whole(least=1, most=99, in_query=True), "+1"),
        (Whole(least=1, most=99, in_query=True), "1_0"),
        (Truth(), "false"),
        (Truth(), 0),
        (Words(longest=3), "four"),
        (Words(longest=10), "two\nlines"),
        (Words(longest=10), "half \ud83d"),
        (Words(longest=10), "a\u200bb"),
        (Words(longest=10), "N°1\u202e"),
        (Words(longest=10), b"bytes"),
        (OneOf("en", "fr"), "FR"),
    ),
)
def test_it_refuses_the_rest(field: Field[object], sent: object) -> None:
    with pytest.raises(ValidationError):
        field.deserialize(sent)


def test_it_shows_an_amount_exactly() -> None:
    amount = Amount()

    assert amount.serialize("x", {"x": Decimal("1E-7")}) == "0.0000001"
    assert amount.serialize("x", {"x": Decimal("3.10")}) == "3.10"
    assert amount.serialize("x", {"x": None}) is None
