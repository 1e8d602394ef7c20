"""How the patients' phones are shown: newest text first, each with how far it came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from monitor.overviews.messages import Message
from monitor.overviews.patients import Patient
from monitor.web.spoken import Spoken

_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_NEW = dt.timedelta(minutes=2)
_IN_SIGHT = 1
_ARRIVED = frozenset({"accepted", "delivered"})
_WORDS = {
    "pending": "waits to be sent",
    "sending": "is being sent",
    "accepted": "on its way",
    "delivered": "arrived",
    "undelivered": "not delivered",
    "failed": "refused",
    "uncertain": "may not have arrived",
    "needs_human": "not sent: a nurse calls",
    "cancelled": "cancelled",
    "suppressed": "no longer needed",
}


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text."""

    text: str
    caption: str
    is_on_phone: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Phone:
    """One patient's phone; `silence` says why there is nothing on it, or why nothing more will come."""

    id: str
    name: str
    number: str
    language: str
    lang: str
    recent: tuple[Bubble, ...]
    earlier: tuple[Bubble, ...]
    silence: str | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class PhonesPage:
    """The page: who got a text last comes first; `newest` names the last one for those who listen to the page.

    `silent` are the phones on which there is no text.
    """

    phones: tuple[Phone, ...]
    silent: tuple[Phone, ...]
    newest: str
    newest_id: str


def present_phones(people: Iterable[Patient], *, messages: Sequence[Message], spoken: Spoken) -> PhonesPage:
    """`messages` with the newest first."""
    by_patient: dict[UUID, list[Message]] = {}
    for one in messages:
        by_patient.setdefault(one.patient_id, []).append(one)
    shown = [(patient, sorted(by_patient.get(patient.id, ()), key=_moment, reverse=True)) for patient in people]
    shown.sort(
        key=lambda pair: _moment(pair[1][0]) if pair[1] else dt.datetime.min.replace(tzinfo=dt.UTC), reverse=True
    )
    phones = tuple(_phone(patient, texts, spoken) for patient, texts in shown)
    last = next(((patient, texts[0]) for patient, texts in shown if texts and texts[0].state in _ARRIVED), None)
    return PhonesPage(
        phones=tuple(phone for phone in phones if phone.recent),
        silent=tuple(phone for phone in phones if not phone.recent),
        newest="" if last is None else f"A text arrived on the phone of {last[0].given_name} {last[0].family_name}.",
        newest_id="" if last is None else str(last[1].id),
    )


def _phone(patient: Patient, texts: Sequence[Message], spoken: Spoken) -> Phone:
    bubbles = tuple(_bubble(one, spoken) for one in texts)
    return Phone(
        id=f"phone-{patient.id}",
        name=f"{patient.given_name} {patient.family_name}",
        number=_grouped(patient.phone or ""),
        lang=patient.language,
        language={"fr": "French", "en": "English"}.get(patient.language, patient.language),
        recent=bubbles[:_IN_SIGHT],
        earlier=bubbles[_IN_SIGHT:],
        silence=_silence(patient, has_texts=bool(texts)),
        is_new=any(bubble.is_new for bubble in bubbles),
    )


def _bubble(one: Message, spoken: Spoken) -> Bubble:
    is_on_phone = one.state in _ARRIVED
    return Bubble(
        text=one.text or "",
        caption=f"{_WORDS.get(one.state, one.state)} {spoken.moment(_moment(one))}{_to_whom(one)}",
        is_on_phone=is_on_phone,
        is_new=is_on_phone and spoken.is_new(one.settled_at, within=_NEW),
    )


def _to_whom(one: Message) -> str:
    return ", on the phone of the caregiver" if one.recipient == "caregiver" else ""


def _moment(one: Message) -> dt.datetime:
    return one.settled_at or one.not_before_at


def _silence(patient: Patient, *, has_texts: bool) -> str | None:
    if patient.died_on is not None:
        return "Died: no text goes out any more."
    if not patient.has_sms_consent:
        return "Has not agreed to texts: a nurse calls instead."
    return None if has_texts else "No text yet."


def _grouped(phone: str) -> str:
    """The number as it is written in its country."""
    if phone.startswith("+33"):
        pairs = [phone[4:][place : place + 2] for place in range(0, len(phone) - 4, 2)]
        return " ".join((phone[:3], phone[3], *pairs))
    if phone.startswith("+44"):
        return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    return phone
