"""What a mail address may be: one line of plain characters, nothing that a mail server could take for a command."""

from __future__ import annotations

import re

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")


def is_mail_address(text: str) -> bool:
    """Whether mail could go there; whether it arrives only the mail server knows."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None
