"""The follow-up forms of a story: what was known around each dose at the moment when its form was filled in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import msgspec

from monitor.cli.cohort.story import Entry, FilledIn, Found, Stated
from monitor.dossier.drug import Drug
from monitor.dossier.follow_up_form import MEASURED, Decided, FiledForm, Measure, prefill
from monitor.schedules.facts import Administration, Stopped, Suspended
from monitor.store.event import EventKind


@dataclass(slots=True)
class FormWriter:
    """Remembers of a story what its forms will show."""

    doses: list[dt.date] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    drugs: list[Drug] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        match entry.fact:
            case Administration(on=on):
                self.doses.append(on)
            case Found(scale=scale, value=value) if scale in MEASURED:
                self.measures.append(Measure(scale, value, entry.on))
            case Stated(entry=Drug() as drug):
                self.drugs.append(drug)
            case Suspended(on=on, reason=reason):
                self.decisions.append(Decided(EventKind.SUSPENDED.value, on, reason))
            case Stopped(on=on, reason=reason):
                self.decisions.append(Decided(EventKind.STOPPED.value, on, reason))

    def text(self, form: FilledIn) -> str:
        """The form as it is stored."""
        known = prefill(
            self.doses[form.dose - 1],
            previous_dose_on=self.doses[form.dose - 2] if form.dose > 1 else None,
            next_dose_on=self.doses[form.dose] if form.dose < len(self.doses) else None,
            measures=self.measures,
            drugs=self.drugs,
            decisions=self.decisions,
        )
        return msgspec.json.encode(FiledForm(answers=form.answers, prefilled=known)).decode()
