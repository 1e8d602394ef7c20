"""LOINC check digits."""

from __future__ import annotations

import pytest

from monitor.labs.loinc import has_check_digit


@pytest.mark.parametrize("code", ("777-3", "718-7", "14682-9", "2160-0", "101281-4"))
def test_it_accepts_codes_of_the_release(code: str) -> None:
    assert has_check_digit(code)


@pytest.mark.parametrize("code", ("777-4", "781-7", "14628-9", "2160-1", "101218-4"))
def test_it_notices_a_slip(code: str) -> None:
    assert not has_check_digit(code)
