"""A card says of each letter to whom it goes, since when it is asked for, and when it was posted."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from monitor.overviews.alerts import Alert
from monitor.overviews.asked_letters import LetterOfAlert
from monitor.web.alert_letters import letter_lines
from monitor.web.alert_words import Line
from monitor.web.spoken import Spoken

AT = dt.datetime(2026, 7, 27, 9, tzinfo=dt.UTC)
NOBODY = UUID(int=7)


def test_what_was_not_posted_is_read_first() -> None:
    letters = (
        LetterOfAlert("patient", dt.date(2026, 7, 27), is_registered=True, sent_on=None),
        LetterOfAlert("family_doctor", dt.date(2026, 7, 20), is_registered=False, sent_on=dt.date(2026, 7, 21)),
    )
    alert = Alert(
        id=NOBODY, treatment_id=NOBODY, patient_id=NOBODY, site_id=NOBODY, topic="overdue:cbc", audience="neurologist",
        level="urgent", rank=1, since=AT.date(), because="cbc/1.4 was due", source="policy", opened_at=AT,
        acknowledged_at=None, acknowledged_by=None, closed_at=None, closed_by=None, closing_reason=None, version=1,
        letters=letters,
    )  # fmt: skip

    assert list(letter_lines(alert, Spoken(AT, "Europe/Paris"))) == [
        Line("Letter", "registered, to the patient: asked for since Mon 27 Jul, not posted.", is_pressing=True),
        Line("Letter", "to the family doctor: posted Tue 21 Jul."),
    ]
