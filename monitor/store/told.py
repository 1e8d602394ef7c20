"""What is told around a treatment that the gates before a dose ask for: the dossier, signs, and open alerts."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy.orm import Session

from monitor.dossier.answers import answers_of
from monitor.protocols.gates import Told
from monitor.store.dossier import entries_for_gates
from monitor.store.result_alert import open_result_alerts
from monitor.store.sign_alert import open_signs
from monitor.store.sign_report import signs_noticed


def told_of(session: Session, *, treatment_id: UUID, on: dt.date) -> Told:
    """As of a day, for one treatment."""
    return Told(
        answers=answers_of(entries_for_gates(session, treatment_id=treatment_id), on=on),
        noticed=signs_noticed(session, (treatment_id,)).get(treatment_id, {}),
        open_signs=open_signs(session, treatment_ids=(treatment_id,)).get(treatment_id, frozenset()),
        open_alerts=open_result_alerts(session, treatment_id=treatment_id),
    )
