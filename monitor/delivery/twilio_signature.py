"""Whether a request comes from the provider: its signature over the public address and the form, by its own client."""

from __future__ import annotations

from typing import Protocol

from twilio.request_validator import RequestValidator, get_signature_algorithm


class Form(Protocol):
    """A form whose names may be repeated."""

    def __len__(self) -> int: ...

    def getlist(self, key: str) -> list[str]: ...


class Signatures:
    """Checks against the token of the account, which only the provider shares with us.

    There is no moment in a signature: whoever copied a request can send it again, so that must change nothing (H40).
    """

    def __init__(self, auth_token: str) -> None:
        self._validator = RequestValidator(auth_token)

    def fit(self, address: str, form: Form, *, signature: str, kind: str = "") -> bool:
        """Whether the signature is that of this form sent to this address; False for whatever cannot be one."""
        try:
            return bool(self._validator.validate(address, form, signature, get_signature_algorithm(kind)))
        except ValueError:  # an address or a letter that no provider can have signed
            return False
