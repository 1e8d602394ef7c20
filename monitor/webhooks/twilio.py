"""`/twilio/status/<token>` and `/twilio/inbound`: what the provider tells us, answered at once, in any order."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, request

from monitor.actions.receive_receipt import receive_receipt
from monitor.actions.receive_text import InboundText, receive_text
from monitor.delivery.codes import SID
from monitor.delivery.transport import Found
from monitor.delivery.twilio import INBOUND_PATH, STATUS_PATH, receipt_of
from monitor.edge.db import db
from monitor.edge.house import house
from monitor.notices.answers import Answer
from monitor.notices.wording import Wording
from monitor.settings import Settings, WrongSetting
from monitor.terms import Unacceptable
from monitor.webhooks.signed import Gate
from monitor.work import SYSTEM, Work, working

LARGEST_BODY = 64 * 1024
_TOKEN = re.compile("[A-Za-z0-9_-]{32,64}")
_CODE = re.compile("[0-9]{1,6}")
_SAYS = frozenset({"stop", "start", "help"})
_log = logging.getLogger(__name__)


def receiving(settings: Settings, *, webhook_url: str, wording: Wording) -> Blueprint:
    """The routes below the path of the public address.

    Raises `WrongSetting` for what is missing: without the token nothing could be proven, and without a telephone
    number, a page and a language whoever writes to us would get no answer.
    """
    if not settings.twilio_auth_token:
        raise WrongSetting("twilio_auth_token", "needed to know what comes from the provider")
    _check_answers(settings, wording)
    gate = Gate(public_url=webhook_url, auth_token=settings.twilio_auth_token)
    routes = Blueprint("webhooks", __name__, url_prefix=urlsplit(webhook_url).path.rstrip("/") or None)

    def bound_the_body() -> None:
        request.max_content_length = request.max_form_memory_size = LARGEST_BODY

    def is_signed(path: str) -> bool:
        return gate.is_signed(request, path=path, at=house().clock())

    def status(token: str) -> Response:
        return _status(token) if is_signed(f"{STATUS_PATH}/{token}") else Response(status=403)

    def inbound() -> Response:
        return _inbound() if is_signed(INBOUND_PATH) else Response(status=403)

    routes.before_request(bound_the_body)
    routes.add_url_rule(f"{STATUS_PATH}/<token>", "status", status, methods=["POST"])
    routes.add_url_rule(INBOUND_PATH, "inbound", inbound, methods=["POST"])
    return routes


def _check_answers(settings: Settings, wording: Wording) -> None:
    """To a number that nobody here has, each answer must be one harmless text, with numbers of the country (H41)."""
    telephone, page = settings.public_telephone, settings.public_page_url
    if not telephone:
        raise WrongSetting("public_telephone", "needed in the answer to whoever writes to us")
    if not page:
        raise WrongSetting("public_page_url", "needed in the answer to whoever writes to us")
    language, country = settings.answer_language, settings.country
    for answer in Answer:
        try:
            wording.answer(answer, language=language, country=country, telephone=telephone, link=page)
        except Unacceptable as refusal:
            field = {"language": "answer_language", "country": "country"}.get(refusal.field or "", "public_page_url")
            raise WrongSetting(field, f"the answer to whoever writes to us: {refusal.reason}") from refusal


@contextmanager
def _at_work() -> Iterator[Work]:
    """One transaction of the clock's own: nobody signed in, and what only the provider knows was proven."""
    parts = house()
    with working(db.session(), catalog=parts.catalog, by=SYSTEM, at=parts.clock(), settings=parts.settings) as work:
        yield work


def _status(token: str) -> Response:
    """The receipt of one attempt; 404 for a token that is none of ours, which the provider's own console then shows."""
    sid, status = request.form.get("MessageSid", ""), request.form.get("MessageStatus", "")
    code = request.form.get("ErrorCode", "")
    if not SID.fullmatch(sid) or not status:
        return Response(status=400)
    if not _TOKEN.fullmatch(token):
        return Response(status=404)
    found = Found(sid, receipt_of(status), code if _CODE.fullmatch(code) else None)
    with _at_work() as work:
        is_known = receive_receipt(work, callback_token=token, found=found)
    return Response(status=204 if is_known else 404)


def _inbound() -> Response:
    """A text to us; the answer, if there is one, goes out with this response and needs no call."""
    sid = request.form.get("MessageSid", "")
    if not SID.fullmatch(sid):
        return Response(status=400)
    says = request.form.get("OptOutType", "").strip().lower()
    media = request.form.get("NumMedia", "")
    inbound = InboundText(
        sid=sid,
        sender=request.form.get("From", "").strip(),
        text=request.form.get("Body", ""),
        media=int(media) if re.fullmatch("[0-9]{1,2}", media) else 0,
        provider_says=says if says in _SAYS else None,
    )
    with _at_work() as work:
        answer = receive_text(work, inbound)
    return Response(_twiml(answer), status=200, content_type="text/xml; charset=utf-8")


def _twiml(answer: str | None) -> bytes:
    """What the provider is to do now: send this text to whoever wrote, or nothing."""
    response = Element("Response")
    if answer is not None:
        SubElement(response, "Message").text = answer
    return bytes(tostring(response, encoding="utf-8", xml_declaration=True))
