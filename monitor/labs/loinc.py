"""Whether a LOINC code can be one: its last digit guards against a slip of the pen."""

from __future__ import annotations


def has_check_digit(loinc: str) -> bool:
    """LOINC ends in a Luhn digit: from the right, every second figure is doubled and its digits are added."""
    number, _, check = loinc.partition("-")
    doubled = "".join(str(int(d) * 2) if place % 2 == 0 else d for place, d in enumerate(reversed(number)))
    return (sum(int(d) for d in doubled) + int(check)) % 10 == 0
