"""What the gates say before a dose, in the words of a table: the history of a story, and what the dossier states."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection

from monitor.cli.simulated import read_question, to_history
from monitor.dossier.answers import DossierAnswer
from monitor.protocols.gate_answers import GateResult, OpenAlert
from monitor.protocols.gates import Told, before_dose
from tests.spec.builders import Story
from tests.spec.valued import catalog


def gates_before(
    story: Story,
    on: str,
    *,
    stated: str = "-",
    signs: Collection[str] = (),
    alerts: Collection[OpenAlert] = (),
    infusion: tuple[int, int] | None = None,
) -> dict[str, GateResult]:
    """By id. `stated`: `commitment signed 2026-02-01, pretreatment_check:hiv negative 2026-02-01`."""
    history = read_question(json.dumps(story.history), catalog(), on=dt.date.fromisoformat(on), until=None).history
    day = dt.date.fromisoformat(on)
    answers = {}
    for phrase in () if stated == "-" else stated.split(","):
        about, outcome, said_on = phrase.split()
        answers[about] = DossierAnswer(outcome, dt.date.fromisoformat(said_on))
    found = before_dose(
        catalog().basis(history.protocol, history.profile, country="FR"),
        to_history(history, catalog()),
        Told(
            answers=answers,
            noticed=dict.fromkeys(signs, (day,)),
            open_signs=frozenset(signs),
            open_alerts=tuple(alerts),
        ),
        on=day,
        infusion=infusion,
    )
    return {one.id: one for one in found.results}


def told(result: GateResult) -> str:
    """`pass` or `ask` or `block`."""
    return result.answer.value
