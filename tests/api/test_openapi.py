"""The description of the API is true to what is served."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask, Request
from openapi_core import Config, OpenAPI
from openapi_core.contrib.flask import FlaskOpenAPIRequest, FlaskOpenAPIResponse

from monitor.edge.problems import MEDIA_TYPE
from monitor.store.message import MessageState
from monitor.terms import Level
from tests.api.every_route import TABLE
from tests.api.test_facts import panel
from tests.cast import TODAY, Cast, Stage
from tests.client import Client
from tests.factories.alerts import open_alert
from tests.factories.messages import add_message

DESCRIPTION = "/api/v1/openapi.json"


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(DESCRIPTION).json
    return found


def test_it_describes_every_route(described: dict[str, Any]) -> None:
    operations = {
        f"{method.upper()} {path.translate({ord('{'): '<', ord('}'): '>'})}"
        for path, methods in described["paths"].items()
        for method in methods
        if method != "parameters"
    }

    assert described["openapi"].startswith("3.1")
    assert operations == set(TABLE) - {f"GET {DESCRIPTION}"}


def test_it_describes_the_refusals_of_every_route(described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method == "parameters" or path.startswith("/health"):
                continue
            statuses = set(operation["responses"])
            assert {"401", "403", "503"} <= statuses, (method, path)
            if "requestBody" in operation:
                assert {"400", "409", "413", "415", "422"} <= statuses, (method, path)
    death = described["paths"]["/api/v1/patients/{patient_id}/death"]["post"]
    assert {"412", "428"} <= set(death["responses"])


def test_it_says_which_routes_need_a_token(described: dict[str, Any]) -> None:
    assert described["security"] == [{"bearer": []}]
    assert described["paths"]["/health/live"]["get"]["security"] == []


def test_it_answers_as_described(
    app: Flask, client: Client, cast: Cast, stage: Stage, described: dict[str, Any]
) -> None:
    with stage.sessions.begin() as session:
        alert = open_alert(session, cast, topic="message:failed", level=Level.SOON)
        message = add_message(session, cast, state=MessageState.FAILED)
    dose = {"treatment_id": str(cast.ada_treatment), "on": TODAY.isoformat(), "course": 1, "day": 1}
    client.post("/api/v1/administrations", json=dose, headers=cast.nora.headers)
    client.post("/api/v1/results", json=panel(cast), headers=cast.nora.headers)
    contract = OpenAPI.from_dict(described, config=Config(extra_media_type_deserializers={MEDIA_TYPE: json.loads}))
    asked = (
        *(f"/api/v1/{noun}" for noun in ("patients", "treatments", "agenda", "alerts", "messages", "me")),
        f"/api/v1/patients/{cast.ada}",
        f"/api/v1/patients/{cast.north}",
        f"/api/v1/treatments/{cast.ada_treatment}",
        f"/api/v1/treatments/{cast.ada_treatment}/calendar",
        f"/api/v1/administrations?treatment_id={cast.ada_treatment}",
        f"/api/v1/events?treatment_id={cast.ada_treatment}",
        f"/api/v1/results?patient_id={cast.ada}",
        f"/api/v1/assessments?patient_id={cast.ada}",
        f"/api/v1/alerts/{alert}",
        f"/api/v1/messages/{message}",
        "/api/v1/patients?limit=0",
        "/health/live",
        "/health/ready",
    )
    for path in asked:
        answer = app.test_client().get(path, headers=cast.nora.headers)
        contract.validate_response(
            FlaskOpenAPIRequest(Request(answer.request.environ)), FlaskOpenAPIResponse(answer)
        )  # raises


def test_it_describes_what_it_refuses(described: dict[str, Any]) -> None:
    text = json.dumps(described["components"]["schemas"])

    assert described["components"]["schemas"]["RegisterPatient"]["additionalProperties"] is False
    assert '"maxLength": 120' in text
    assert "Problem" in described["components"]["schemas"]
