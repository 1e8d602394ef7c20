"""The provider reports, under the token of one attempt, how far its text came."""

from __future__ import annotations

import logging

from monitor.actions.permitted import permitted
from monitor.delivery.receipts import attempt_of, record_receipt
from monitor.delivery.transport import Found
from monitor.store.message import MessageAttemptRow
from monitor.work import Work

_log = logging.getLogger(__name__)


@permitted
def receive_receipt(work: Work, *, callback_token: str, found: Found) -> bool:
    """Let the message come as far as the provider says; False where that token is none of ours. Twice changes nothing.

    Only about the text that this attempt is known to have become: another id under the same token is nobody's (H40).
    """
    known = attempt_of(work, callback_token)
    if known is None:
        return False
    attempt_id, message_id = known
    attempt = work.session.get_one(MessageAttemptRow, attempt_id)
    if attempt.provider_sid not in (None, found.sid):
        _log.warning("a receipt about another text than that of attempt %s was left aside", attempt_id)
        return True
    record_receipt(work, message_id, found, attempt_id=attempt_id)
    return True
