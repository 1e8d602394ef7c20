"""Who may be written to about a patient, and what keeps a text from them: the patient, the caregiver, or both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from monitor.delivery.verdict import Ended
from monitor.store.recipient import Chosen, Recipient


@dataclass(frozen=True, slots=True)
class Reach:
    """One person: number, language, consent, and what the newest check of just this number found."""

    recipient: Recipient
    phone: str | None = field(repr=False)
    language: str
    has_consent: bool
    confirmed_at: dt.datetime | None = None
    is_somebody_elses: bool = False

    @property
    def lacks(self) -> Ended | None:
        """What keeps every text from this person, or None (H34, H35, H39)."""
        if self == NOBODY:
            return Ended.NO_CAREGIVER
        if not self.has_consent:
            return Ended.NO_CONSENT
        if not self.phone:
            return Ended.NO_PHONE
        if self.is_somebody_elses:
            return Ended.WRONG_NUMBER
        is_unknown = self.recipient is Recipient.CAREGIVER and self.confirmed_at is None
        return Ended.UNCONFIRMED if is_unknown else None


NOBODY = Reach(Recipient.CAREGIVER, phone=None, language="", has_consent=False)


@dataclass(frozen=True, slots=True)
class Contact:
    """The patient, the caregiver where texts go to one, and the number to call back in the country of the site."""

    zone: ZoneInfo
    country: str
    telephone: str | None
    died_on: dt.date | None
    chosen: Chosen
    patient: Reach
    caregiver: Reach = NOBODY

    def reach_of(self, recipient: str) -> Reach:
        """How that one of the two is reached."""
        return self.caregiver if recipient == Recipient.CAREGIVER else self.patient

    @property
    def shares_a_telephone(self) -> bool:
        """Whether the two answer the same telephone."""
        return self.patient.phone is not None and self.patient.phone == self.caregiver.phone

    @property
    def addressed(self) -> tuple[Reach, ...]:
        """Those whom a text is for: whom the patient chose, and never the other one instead.

        Two people with one telephone get one text.
        """
        if self.chosen is Chosen.BOTH and self.shares_a_telephone and self.patient.lacks is None:
            return (self.patient,)
        return tuple(self.reach_of(recipient) for recipient in self.chosen.recipients)

    def beside(self, recipient: str) -> tuple[str, ...]:
        """Whose texts count for the limits of this person: their own, and those that the same telephone got."""
        return tuple(Recipient) if self.shares_a_telephone else (recipient,)
