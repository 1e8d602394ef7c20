"""Open this to change what makes a text fit to be sent: one GSM-7 segment (H38) that betrays nothing (H43)."""

from __future__ import annotations

from monitor.notices.telltale import telltale_word
from monitor.terms import Unacceptable

ONE_SEGMENT = 160

# 3GPP TS 23.038: the default alphabet, and what costs an escape before it.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")


class UnsuitableText(Unacceptable):
    """The text may not be sent as an SMS; the reason never repeats the text."""


def gsm7_septets(text: str) -> int:
    """How many septets the text takes; characters of the extension table take two.

    Raises `UnsuitableText` at the first character that GSM-7 does not know (`ç ê ô û ’ …`): one of them would turn the
    whole message into UCS-2 and cut it at 70 characters.
    """
    septets = 0
    for position, character in enumerate(text):
        if character in _BASIC:
            septets += 1
        elif character in _EXTENDED:
            septets += 2
        else:
            raise UnsuitableText(f"character {position + 1} (U+{ord(character):04X}) is not in the GSM-7 alphabet")
    return septets


def check_sms_text(text: str) -> str:
    """Give the text back if it may be sent: GSM-7, one segment, not blank, no telltale word. Else `UnsuitableText`."""
    if not text.strip():
        raise UnsuitableText("is empty")
    if (septets := gsm7_septets(text)) > ONE_SEGMENT:
        raise UnsuitableText(f"takes {septets} septets, one SMS holds {ONE_SEGMENT}")
    if (word := telltale_word(text)) is not None:
        raise UnsuitableText(f"holds a word beginning with {word!r}, which may disclose something about health")
    return text
