"""What a mail address may be: one line of plain characters, nothing that a mail server could take for a command."""

from __future__ import annotations

import re

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_WORD = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_WORD}(?:\.{_WORD})*@{_LABEL}(?:\.{_LABEL})+")
_ENCODED = "=?"  # begins a word that would be read as other characters than it has (RFC 2047)


def is_mail_address(text: str) -> bool:
    """Whether mail could go there; whether it arrives only the mail server knows."""
    return len(text) <= 254 and _ENCODED not in text and _ADDRESS.fullmatch(text) is not None
