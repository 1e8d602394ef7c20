"""Plays the provider: signs a form for the public address with its own client, and sends it to the application."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from tests.client import Answer, Client
from tests.delivery.scene import PHONE

PUBLIC = "https://suivi.example/sms"
TOKEN = "t" * 32
FORM = "application/x-www-form-urlencoded"
_NUMBERS = itertools.count(1)


def new_sid() -> str:
    """An id as the provider makes them; each is another one."""
    return f"SM{next(_NUMBERS):032x}"


class Provider:
    """Posts forms to the application as if a proxy had taken them in under another name."""

    def __init__(self, app: Flask) -> None:
        self.client = Client(app)

    def post(self, path: str, form: Mapping[str, Any], *, signed_as: str | None = None, token: str = TOKEN) -> Answer:
        """`signed_as`: the address that was signed, where it is not the one that is asked."""
        fields = MultiDict(form)
        signature = RequestValidator(token).compute_signature(signed_as or f"{PUBLIC}{path}", fields)
        return self.send(path, urlencode(list(fields.items(multi=True))), signature)

    def send(self, path: str, body: str | bytes, signature: str, *, content_type: str = FORM) -> Answer:
        headers = {"X-Twilio-Signature": signature, "Host": "10.0.0.7:8000"}
        return self.client.post(f"/sms{path}", data=body, content_type=content_type, headers=headers, key=None)

    def report(self, callback_token: str, status: str, *, sid: str, **more: str) -> Answer:
        """A receipt, with fields that nobody has heard of."""
        form = {"MessageSid": sid, "MessageStatus": status, "AccountSid": "AC0", "ChannelNeverHeardOf": "9", **more}
        return self.post(f"/twilio/status/{callback_token}", form)

    def write(self, text: str, *, sender: str = PHONE, sid: str | None = None, **more: str) -> Answer:
        """Somebody writes to us."""
        form = {"MessageSid": sid or new_sid(), "From": sender, "To": "+33639980099", "Body": text, "NumMedia": "0"}
        return self.post("/twilio/inbound", {**form, **more})
