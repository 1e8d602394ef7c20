"""Holds an exchange against the provider's own description of its Messages API."""

from __future__ import annotations

from pathlib import Path

from openapi_core import OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest, WerkzeugOpenAPIResponse
from openapi_core.exceptions import OpenAPIError
from werkzeug.wrappers import Request, Response

DESCRIPTION = Path(__file__).parent.parent / "data" / "twilio" / "messages.openapi.json"


class _AsIfThere(WerkzeugOpenAPIRequest):
    """The request as if it had come to where the description says that the provider lives."""

    host_url = "https://api.twilio.com"


class Description:
    """Read once; it describes no errors, so of the answers only successes are judged."""

    def __init__(self) -> None:
        self._spec = OpenAPI.from_file_path(str(DESCRIPTION))

    def fault_in(self, request: Request, response: Response) -> str | None:
        """What the description forbids in this exchange, or None."""
        asked = _AsIfThere(request)
        try:
            self._spec.validate_request(asked)
            if response.status_code in {200, 201} and response.mimetype == "application/json":
                self._spec.validate_response(asked, WerkzeugOpenAPIResponse(response))
        except OpenAPIError as fault:
            return f"{type(fault).__name__}: {fault} {fault.__cause__}"
        return None
