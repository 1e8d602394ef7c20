"""Somebody printed a letter and posted it: that is kept, as a call is, and nothing ends because of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from monitor.actions.file_fact import file_fact
from monitor.actions.look_ahead import read_situation
from monitor.actions.named_items import listed_item, read_keys
from monitor.actions.open_record import OpenTreatment, open_treatment
from monitor.actions.permitted import permitted
from monitor.schedules.letters import Addressee
from monitor.store.asked_letter import about_registered
from monitor.store.letter import LetterRow
from monitor.terms import Unacceptable
from monitor.work import Work

LONGEST_AGO = dt.timedelta(days=31)


@permitted
def record_letter(
    work: Work,
    *,
    treatment_id: UUID,
    to: str,
    keys: Sequence[str],
    sent_on: dt.date | None = None,
    is_registered: bool | None = None,
) -> UUID:
    """Record a letter that was posted, today unless `sent_on` says when; it credits nothing and closes no alert (H49).

    The keys name what stood in it: by now the letter that is asked for may be about more. Where a registered
    one is asked for, `is_registered` must be said; elsewhere a plain one is meant. Raises Missing, Unacceptable.
    """
    addressee = read_addressee(to)
    about = read_keys(keys)
    treatment = open_treatment(work, treatment_id=treatment_id)
    situation = read_situation(work, treatment)
    for number, key in enumerate(about):
        listed_item(situation, key, field=f"keys[{number}]")
    if is_registered is None and about_registered(work.session, treatment_id=treatment_id, to=addressee) & set(about):
        raise Unacceptable("must be said: a registered letter is asked for about this", field="is_registered")
    row = LetterRow(
        id=uuid4(),
        treatment_id=treatment_id,
        addressee=addressee.value,
        keys=about,
        sent_on=_read_day(sent_on, treatment),
        is_registered=bool(is_registered),
        is_retraction=False,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )
    return file_fact(work, treatment, row, action="record_letter", content={"to": addressee.value, "keys": list(about)})


def read_addressee(to: str) -> Addressee:
    """To whom. Raises Unacceptable."""
    if to not in [one.value for one in Addressee]:
        raise Unacceptable(f"must be one of: {', '.join(Addressee)}", field="to")
    return Addressee(to)


def _read_day(sent_on: dt.date | None, treatment: OpenTreatment) -> dt.date:
    day = treatment.today if sent_on is None else sent_on
    if day > treatment.today:
        raise Unacceptable("lies in the future", field="sent_on")
    if day < treatment.today - LONGEST_AGO:
        raise Unacceptable(f"lies more than {LONGEST_AGO.days} days back", field="sent_on")
    return day
