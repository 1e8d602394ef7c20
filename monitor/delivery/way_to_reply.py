"""Whether a text may say that STOP can be sent back: only where somebody receives it."""

from __future__ import annotations

from monitor.notices.wording import Reply
from monitor.settings import Settings


def way_to_reply(settings: Settings) -> Reply:
    """A text names STOP only where an answer to it reaches us; elsewhere page and telephone must do."""
    return Reply.STOP if settings.sender_receives else Reply.NONE
