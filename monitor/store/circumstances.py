"""What surrounds the calendar of a treatment and moves none of its dates: visits, samples, forms, what patients say."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from monitor.notices.letters import SentLetter
from monitor.schedules.calendar import Item
from monitor.store.appointment import Visit, standing_visits
from monitor.store.declaration import declared
from monitor.store.follow_up_form import open_forms
from monitor.store.letter import letters_sent
from monitor.store.sample_taken import samples_taken
from monitor.store.sign_report import signs_noticed


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Of one treatment: by item its visit and the day of its first sample, by number the doses without a form.

    `declared`: by item, the newest day on which the patient said that it was done. `signs`: by sign, the days on which
    it was noticed. `letters`: those that were posted.
    """

    visits: Mapping[str, Visit]
    samples: Mapping[str, dt.date]
    forms: Mapping[int, dt.date]
    declared: Mapping[str, dt.date]
    signs: Mapping[str, tuple[dt.date, ...]]
    letters: tuple[SentLetter, ...]

    def visit_for(self, item: Item) -> Visit | None:
        """The visit that gives the item its day; none where the agreed day has come to lie outside its window."""
        visit = self.visits.get(item.key)
        return visit if visit is not None and visit.on == item.due_on else None


def read_circumstances(session: Session, *, treatment_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Circumstances]:
    """Of each of these treatments, in a few queries."""
    visits = standing_visits(session, treatment_ids=treatment_ids)
    samples = samples_taken(session, treatment_ids=treatment_ids)
    forms = open_forms(session, treatment_ids)
    declarations = declared(session, treatment_ids=treatment_ids)
    signs = signs_noticed(session, treatment_ids)
    letters = letters_sent(session, treatment_ids=treatment_ids)
    return {
        key: Circumstances(
            visits=visits.get(key, {}),
            samples=samples.get(key, {}),
            forms={form.number: form.on for form in forms.get(key, ())},
            declared=declarations.get(key, {}),
            signs=signs.get(key, {}),
            letters=letters.get(key, ()),
        )
        for key in treatment_ids
    }
