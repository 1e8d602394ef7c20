"""Alerts on values: one open for each patient and rule, eased where it holds no longer, and closed by people."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import Uuid, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from monitor.notices.alert_life import THE_DEATH, Patience
from monitor.notices.result_alerts import ResultAlert
from monitor.protocols.gate_answers import OpenAlert
from monitor.schedules.topics import RESULT
from monitor.store.agenda import Reconciled
from monitor.store.alert import BY_ITSELF, AlertRow, close, open_alert
from monitor.store.alert_revision import call_again, revise
from monitor.store.finding import found_in, kept_in
from monitor.store.treatment import TreatmentRecord, TreatmentRow
from monitor.terms import Level

_KNOWN = (
    select(AlertRow)
    .where(
        AlertRow.patient_id == bindparam("of_patient", type_=Uuid()),
        AlertRow.topic.startswith(RESULT, autoescape=True),
        or_(
            AlertRow.closed_at.is_(None),
            AlertRow.evidence.in_(bindparam("evidence", expanding=True, type_=Uuid())),
            and_(AlertRow.holds, AlertRow.closed_by != BY_ITSELF),
        ),
    )
    .order_by(AlertRow.opened_at, AlertRow.id)
)
_LAST = (
    select(AlertRow.id)
    .where(
        AlertRow.patient_id == bindparam("of_patient", type_=Uuid()),
        AlertRow.topic == bindparam("about"),
        AlertRow.closed_at.is_not(None),
    )
    .order_by(AlertRow.closed_at.desc(), AlertRow.opened_at.desc(), AlertRow.id)
    .limit(1)
)


_OPEN = select(AlertRow.topic, AlertRow.level, AlertRow.since, AlertRow.holds).where(
    AlertRow.patient_id
    == select(TreatmentRow.patient_id).where(TreatmentRow.id == bindparam("treatment", type_=Uuid())).scalar_subquery(),
    AlertRow.topic.startswith(RESULT, autoescape=True),
    AlertRow.closed_at.is_(None),
)


def open_result_alerts(session: Session, *, treatment_id: uuid.UUID) -> tuple[OpenAlert, ...]:
    """The alerts on values of the patient of a treatment that nobody has closed, whichever treatment they came from."""
    return tuple(
        OpenAlert(row.topic.removeprefix(RESULT), Level(row.level), row.since, row.holds)
        for row in session.execute(_OPEN, {"treatment": treatment_id})
    )


def reconcile_results(
    session: Session,
    *,
    treatment: TreatmentRecord,
    wanted: Sequence[ResultAlert],
    late: Sequence[ResultAlert] = (),
    has_died: bool = False,
    at: dt.datetime,
    on: dt.date,
    patience: Patience,
) -> Reconciled:
    """Make the open `result:` alerts of the treatment those that its values want, writing only what differs.

    What is no longer true waits for a person all the same (H07), unless a graver one of its analyte is open: that took
    its place, and is what a person looks at. `late`: alerts of rows just filed that do not hold, because newer values
    are there: they open, and are eased at once (H06). After a death all of them close by themselves, and come back
    where it is taken back. What another treatment of the patient has open is left to it. What a person closed and is
    true no longer is remembered as such, so that it opens again where it comes true again (H45). The caller holds the
    patient.
    """
    evidence = {uuid.UUID(one.evidence) for one in (*wanted, *late) if one.evidence is not None}
    rows = session.scalars(_KNOWN, {"of_patient": treatment.patient_id, "evidence": list(evidence)}).all()
    if not rows and not wanted and not late:
        return Reconciled()
    inbox = _Inbox(session, treatment, at=at, on=on, patience=patience, rows=rows)
    for one in wanted:
        inbox.want(one)
    for one in late:
        inbox.want_late(one)
    session.flush()  # what is superseded names what took its place, which must be there
    if has_died:
        inbox.close_all()
    else:
        inbox.remember_what_ended()
    inbox.ease_or_supersede()
    session.flush()
    return Reconciled(added=inbox.added, changed=inbox.changed, removed=inbox.removed)


class _Inbox:
    """The alerts on values of one patient while they are brought into step with one treatment."""

    def __init__(
        self,
        session: Session,
        treatment: TreatmentRecord,
        *,
        at: dt.datetime,
        on: dt.date,
        patience: Patience,
        rows: Sequence[AlertRow],
    ) -> None:
        self._session, self._treatment, self._at, self._on, self._patience = session, treatment, at, on, patience
        self._open = {row.topic: row for row in rows if row.closed_at is None}
        self._wanted: dict[str, ResultAlert] = {}
        self._closed = [row for row in rows if row.closed_at is not None]
        self.added = self.changed = self.removed = 0

    def want(self, one: ResultAlert) -> None:
        self._wanted[one.alert.topic] = one
        row = self._open.get(one.alert.topic)
        if row is None:
            if not self._was_dealt_with(one):
                self._add(one)
        elif row.treatment_id == self._treatment.id or not row.holds:
            self._tell_instead(row, one)

    def want_late(self, one: ResultAlert) -> None:
        """Once; and not where a graver one of the analyte holds, which would have taken its place.

        Where the same is open, whoever saw it has not seen this value: it calls again; and where it is open only until
        somebody has seen that it holds no longer, it says what this value says. Where it still holds, and a person
        settled it before this value came, it opens again as it is wanted.
        """
        topic, evidence = one.alert.topic, found_in(one)["evidence"]
        row = self._open.get(topic)
        if row is not None:
            if row.evidence == evidence:
                return
            if topic not in self._wanted:
                self._tell_instead(row, one)
                row.holds, row.eased_because = False, self._not_shown()
            elif row.acknowledged_at is not None:
                self._call_again(row)
            return
        if any(closed.topic == topic and closed.evidence == evidence for closed in self._closed):
            return
        if topic in self._wanted:
            self._add(self._wanted[topic])
            return
        graver = self._graver_than(one.finding.analyte, one.alert.level.rank)
        if graver is not None and graver.holds:
            return
        row = self._add(one)
        if row is not None:
            row.holds, row.eased_because = False, self._not_shown()

    def ease_or_supersede(self) -> None:
        for topic, row in sorted(self._open.items()):
            if topic in self._wanted or row.treatment_id != self._treatment.id:
                continue
            graver = self._graver_than(kept_in(row.finding).analyte, row.rank)
            if graver is not None and (graver.holds or row.holds):
                close(row, at=self._at, by=BY_ITSELF, reason="a graver one of the same analyte took its place")
                row.superseded_by = graver.id
                self.removed += 1
            elif row.holds:
                self._ease(row)

    def close_all(self) -> None:
        for topic, row in list(self._open.items()):
            if row.treatment_id == self._treatment.id:
                close(self._open.pop(topic), at=self._at, by=BY_ITSELF, reason=THE_DEATH)
                self.removed += 1

    def remember_what_ended(self) -> None:
        """What a person closed, and no value shows any more; not where a graver one only took its place."""
        for row in self._closed:
            if row.topic in self._wanted or row.treatment_id != self._treatment.id or not row.holds:
                continue
            if row.closed_by != BY_ITSELF and not self._is_under_a_graver(row):
                row.holds, row.eased_because = False, self._ended()

    def _is_under_a_graver(self, row: AlertRow) -> bool:
        analyte = kept_in(row.finding).analyte
        return any(one.finding.analyte == analyte and one.alert.level.rank < row.rank for one in self._wanted.values())

    def _ease(self, row: AlertRow) -> None:
        """Whoever saw it saw something else: it is to be seen anew, and closes when it is."""
        row.holds, row.eased_because = False, self._ended()
        self._call_again(row)

    def _call_again(self, row: AlertRow) -> None:
        if row.acknowledged_at is not None or row.snoozed_until is not None:
            call_again(row, at=self._at, patience=self._patience)
        row.version += 1
        self.changed += 1

    def _tell_instead(self, row: AlertRow, one: ResultAlert) -> None:
        about = {**found_in(one), "treatment_id": self._treatment.id}
        self.changed += revise(row, one.alert, at=self._at, patience=self._patience, about=about)

    def _not_shown(self) -> str:
        return f"not found on {self._on}: a newer value does not show it"

    def _ended(self) -> str:
        return f"no longer found on {self._on}: a newer or corrected value ended it"

    def _graver_than(self, analyte: str | None, rank: int) -> AlertRow | None:
        """The gravest open alert of an analyte, if it is graver than that."""
        graver = [row for row in self._open.values() if row.rank < rank and kept_in(row.finding).analyte == analyte]
        return min(graver, key=lambda row: (row.rank, row.topic), default=None)

    def _was_dealt_with(self, one: ResultAlert) -> bool:
        """Whether a person closed it, while it was true, on all that it still stands on (H45).

        That is the row of the value, and what the rule compared it with or found beside it: another sign, a new strip.
        """
        found = found_in(one)
        numbers = kept_in(found["finding"]).numbers
        return any(
            row.topic == one.alert.topic
            and row.evidence == found["evidence"]
            and row.holds
            and row.closed_by != BY_ITSELF
            and kept_in(row.finding).numbers == numbers
            for row in self._closed
        )

    def _add(self, one: ResultAlert) -> AlertRow | None:
        of = {"of_patient": self._treatment.patient_id, "about": one.alert.topic}
        row = open_alert(
            self._session,
            treatment_id=self._treatment.id,
            patient_id=self._treatment.patient_id,
            site_id=self._treatment.site_id,
            wanted=one.alert,
            at=self._at,
            patience=self._patience,
            follows_id=self._session.scalar(_LAST, of),
            **found_in(one),
        )
        if row is not None:
            self._open[row.topic] = row
            self.added += 1
        return row
