"""Which carrier this installation uses; the provider's library is imported only where it is the one."""

from __future__ import annotations

from monitor.delivery.console import ConsoleTransport
from monitor.delivery.transport import Transport
from monitor.delivery.way_to_reply import way_to_reply
from monitor.notices.sms_text import UnsuitableText, check_sms_text
from monitor.notices.wording import Wording
from monitor.notices.wording_checks import LONGEST_TELEPHONE, check_fits
from monitor.settings import Settings, TransportName, WrongSetting


def transport_for(settings: Settings) -> Transport | None:
    """The configured transport, or None where nothing is to be sent. Raises `WrongSetting` for what is missing."""
    if settings.transport is None:
        return None
    if settings.transport is TransportName.CONSOLE:
        return ConsoleTransport()
    return _twilio(settings)


def check_texts(settings: Settings, wording: Wording) -> None:
    """Every sentence must fit with the page and the telephone of this installation, or each would be a nurse's task.

    Raises `WrongSetting`. A site may have a longer telephone number of its own: that is found when the text is written.
    """
    if settings.public_page_url is None:
        return
    telephone = settings.public_telephone or LONGEST_TELEPHONE
    try:
        check_fits(wording, link=settings.public_page_url, telephone=telephone, reply=way_to_reply(settings))
    except UnsuitableText as refusal:
        raise WrongSetting("public_page_url", refusal.reason) from refusal


def _check_page(settings: Settings) -> None:
    """Without an address that may stand in a text, every reminder would become somebody's task."""
    if not settings.public_page_url:
        raise WrongSetting("public_page_url", "needed in every text")
    try:
        check_sms_text(settings.public_page_url)
    except UnsuitableText as refusal:
        raise WrongSetting("public_page_url", refusal.reason) from refusal


def _twilio(settings: Settings) -> Transport:
    from monitor.delivery.twilio import TwilioTransport
    from monitor.delivery.twilio_client import make_client

    if not settings.twilio_account_sid:
        raise WrongSetting("twilio_account_sid", "needed to send through twilio")
    if not settings.twilio_auth_token:
        raise WrongSetting("twilio_auth_token", "needed to send through twilio")
    sender = settings.twilio_messaging_service_sid or settings.twilio_from
    if not sender:
        raise WrongSetting("twilio_from", "this or a messaging service is needed to send through twilio")
    _check_page(settings)
    client = make_client(
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token,
        base_url=settings.twilio_base_url,
        connect_timeout=settings.connect_timeout,
        read_timeout=settings.read_timeout,
    )
    return TwilioTransport(
        client,
        sender=sender,
        longest_call=settings.connect_timeout + settings.read_timeout,
        webhook_url=settings.webhook_url,
        allowed=None if settings.is_production else frozenset(settings.recipients_allowed),
    )
