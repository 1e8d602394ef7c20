"""Somebody telephoned about a treatment: what came of it is kept, and nothing ends because of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from monitor.actions.file_fact import file_fact
from monitor.actions.look_ahead import read_situation
from monitor.actions.named_items import listed_item, read_keys
from monitor.actions.open_record import open_treatment
from monitor.actions.permitted import permitted
from monitor.store.agenda import agenda_keys
from monitor.store.call import Callee, CallOutcome, CallRow
from monitor.terms import Unacceptable
from monitor.work import Work

LONGEST_AGO = dt.timedelta(days=31)


@permitted
def record_call(
    work: Work,
    *,
    treatment_id: UUID,
    callee: str,
    outcome: str,
    keys: Sequence[str] = (),
    called_at: dt.datetime | None = None,
) -> UUID:
    """Record a call about these items, or about the treatment as a whole; made now unless `called_at` says when.

    It credits nothing and closes no alert: a promise is no sample (H49). Raises Missing, Unacceptable.
    """
    about = read_keys(keys, least=0)
    treatment = open_treatment(work, treatment_id=treatment_id)
    if about:
        situation = read_situation(work, treatment)
        asked = agenda_keys(work.session, treatment_id=treatment_id)  # where the tasks of the service stand as well
        for number, key in enumerate(about):
            if key not in asked:
                listed_item(situation, key, field=f"keys[{number}]")
    row = call_row(work, treatment_id=treatment_id, keys=about, callee=callee, outcome=outcome, called_at=called_at)
    return file_fact(work, treatment, row, action="record_call", content={"outcome": row.outcome, "keys": list(about)})


def call_row(
    work: Work,
    *,
    treatment_id: UUID,
    keys: tuple[str, ...],
    callee: str,
    outcome: str,
    called_at: dt.datetime | None,
) -> CallRow:
    """The row of a call, recorded now by whoever works. Raises Unacceptable."""
    for field, word, words in (("callee", callee, Callee), ("outcome", outcome, CallOutcome)):
        known = [one.value for one in words]
        if word not in known:
            raise Unacceptable(f"must be one of: {', '.join(known)}", field=field)
    at = work.at if called_at is None else called_at
    if at > work.at:
        raise Unacceptable("lies in the future", field="called_at")
    if at < work.at - LONGEST_AGO:
        raise Unacceptable(f"lies more than {LONGEST_AGO.days} days back", field="called_at")
    return CallRow(
        id=uuid4(),
        treatment_id=treatment_id,
        keys=keys,
        called_at=at,
        callee=callee,
        outcome=outcome,
        is_retraction=False,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )
