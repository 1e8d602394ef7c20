"""Attacks the API by its own description: every operation, what fits and what does not, and all that is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.schemas import BaseSchema

DESCRIPTION = "/api/v1/openapi.json"
_REFUSED = ["400", "401", "403", "404", "405", "406", "409", "412", "415", "422", "428"]
_SECURELY = {
    "ignored_auth": {"enabled": False}
}  # over WSGI its own probe fails; test_roles tries tokens on every route


@dataclass
class Outcome:
    """What was found wrong, in the attacker's words with a command to repeat it; and how often what was answered."""

    complaints: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    operations: set[str] = field(default_factory=set)


def settings_of(
    headers: Mapping[str, str], ids: Mapping[str, object], *, seed: int, examples: int, checks: Mapping[str, Any] = {}
) -> SchemathesisConfig:
    """Whose token, about whom (most of the time), how hard.

    What fits the description may still be refused, since it knows no record: 422 for a dose that comes too early, 412
    for a version that is not the newest. Whoever is not ready says 503: nobody keeps the clock of a test.
    """
    names = {name: str(value) for name, value in ids.items()}
    places = [(where, name) for name in names for where in ("path", "query", "body")]
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "headers": dict(headers),
            "continue-on-failure": True,
            "dictionaries": {name: {"values": [value]} for name, value in names.items()},
            "parameters": {f"{where}.{name}": {"dictionary": name, "probability": 0.8} for where, name in places}
            | {"header.Patient-Id": {"dictionary": "patient_id", "probability": 0.8}},  # else all is about another one
            "generation": {"max-examples": examples, "deterministic": True, "no-shrink": True, "database": "none"},
            "phases": {"stateful": {"enabled": False}},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "409", "412", "422"]},
                "negative_data_rejection": {"expected-statuses": _REFUSED},
                "missing_required_header": {"expected-statuses": _REFUSED},
                **checks,
            },
            "operations": [
                {
                    "include-path": "/health/ready",
                    "checks": {
                        "not_a_server_error": {"expected-statuses": ["2xx", "4xx", "503"]},
                        "positive_data_acceptance": {"enabled": False},
                    },
                }
            ],
        }
    )


def attack_in_process(app: Flask, headers: Mapping[str, str], ids: Mapping[str, object], *, examples: int) -> Outcome:
    """The same attack each time, without a network."""
    settings = settings_of(headers, ids, seed=1, examples=examples, checks=_SECURELY)
    return attack(schemathesis.openapi.from_wsgi(DESCRIPTION, app, config=settings))


def attack(schema: BaseSchema) -> Outcome:
    """All that is wrong with what the described operations answer."""
    outcome = Outcome()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _look(event, outcome)
        elif isinstance(event, (events.NonFatalError, events.FatalError)):
            outcome.complaints.append(f"the attack itself failed: {event}")
    return outcome


def _look(event: events.ScenarioFinished, outcome: Outcome) -> None:
    recorder = event.recorder
    outcome.operations.add(recorder.label)
    outcome.answers.update(
        seen.response.status_code for seen in recorder.interactions.values() if seen.response is not None
    )
    for checks in recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                told = check.failure_info
                outcome.complaints.append(f"{recorder.label}: {check.name}\n{told.failure}\n{told.code_sample}")
