"""A nurse sees which letters are asked for, prints them, posts them and says so; the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest

from monitor.actions.complete_task import complete_task
from monitor.notices.wording import UnknownLanguage
from monitor.overviews.letter_sheet import letter_sheet
from monitor.store.message import MessageRow
from monitor.store.reminder import ReminderRow
from monitor.store.treatment import find_treatments
from tests.actions.acting import DAY, infuse_first_course
from tests.cast import NOW, TODAY, Cast, Staff, Stage
from tests.client import Answer, Client

API = "/api/v1"
HOSTILE = ["#panic()", "*Ada* _B_ $x$", "12 \\ rue #set text(99pt)", "29000 Quimper"]


@pytest.fixture
def late(stage: Stage, cast: Cast) -> UUID:
    """Ada's treatment: the samples of month 1 were due two weeks ago."""
    due = TODAY - 14 * DAY
    infuse_first_course(stage, cast, last_on=due.replace(month=due.month - 1))
    return cast.ada_treatment


def sheet(client: Client, who: Staff, treatment_id: UUID, **query: Any) -> Answer:
    asked = urlencode({"treatment_id": treatment_id, **query})
    return client.get(f"{API}/letters/sheet?{asked}", headers=who.headers)


def put_address(client: Client, cast: Cast, *, to: str, lines: list[str], version: int = 1) -> Answer:
    return client.open(
        f"{API}/patients/{cast.ada}/addresses", method="PUT", json={"to": to, "lines": lines},
        headers={**cast.nora.headers, "If-Match": f'"{version}"'},
    )  # fmt: skip


def told(stage: Stage, cast: Cast, *, to: str, language: str | None = None) -> str:
    with stage.work(by=cast.nora.actor) as work:
        (treatment,) = find_treatments(work.session, site_ids=None, treatment_ids=(cast.ada_treatment,))
        made = letter_sheet(work, treatment, to=to, language=language)
    parts = (made.address, *made.parts)
    return " | ".join(line for part in parts for line in ((part,) if isinstance(part, str) else part))


@pytest.mark.parametrize("to", ["patient", "family_doctor"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_letter_is_printed_the_same_each_time(client: Client, cast: Cast, late: UUID, to: str, language: str) -> None:
    first, again = (sheet(client, cast.nora, late, to=to, language=language) for _ in range(2))
    assert (first.status_code, first.headers["Content-Type"]) == (200, "application/pdf")
    assert first.data.startswith(b"%PDF-")
    assert first.data == again.data
    assert b"CreationDate(D:20260615000000Z)" in first.data  # of the day, not of the moment
    assert first.headers["Patient-Id"] == str(cast.ada)
    assert "no-store" in first.headers["Cache-Control"]


def test_the_patient_reads_their_own_language_and_the_doctor_that_of_the_country(
    stage: Stage, cast: Cast, late: UUID
) -> None:
    assert "une prise de sang" in told(stage, cast, to="patient")
    assert "a blood sample" in told(stage, cast, to="patient", language="en")
    with pytest.raises(UnknownLanguage):
        told(stage, cast, to="patient", language="nl")
    assert "Plaquettes : < 50 × 10⁹/L (dans l'heure), < 100 × 10⁹/L (le jour même)" in told(
        stage, cast, to="family_doctor"
    )


def test_words_of_an_address_are_never_read_as_commands(client: Client, cast: Cast, stage: Stage, late: UUID) -> None:
    plain = sheet(client, cast.nora, late, to="patient").data
    assert put_address(client, cast, to="patient", lines=HOSTILE).status_code == 200
    printed = sheet(client, cast.nora, late, to="patient")
    assert (printed.status_code, printed.data != plain) == (200, True)
    assert " | ".join(HOSTILE) in told(stage, cast, to="patient")


def test_without_an_address_the_name_stands_over_lines_to_write_on(stage: Stage, cast: Cast, late: UUID) -> None:
    assert told(stage, cast, to="patient").startswith("Ada Berger | Bonjour")
    assert told(stage, cast, to="family_doctor").startswith("Chère")


@pytest.mark.parametrize("to", ["patient", "family_doctor"])
def test_a_letter_that_asks_for_a_call_has_a_place_for_the_number_where_none_is_known_h39(
    stage: Stage, cast: Cast, late: UUID, to: str
) -> None:
    said = {"patient": "an order that was lost: ______", "family_doctor": "To reach us: ______"}
    assert said[to] in told(stage, cast, to=to, language="en")


def test_what_nobody_asked_for_is_no_letter(client: Client, cast: Cast) -> None:
    assert sheet(client, cast.nora, cast.theo_treatment, to="patient").status_code == 404


def test_it_is_asked_for_posted_and_gone_from_the_list(client: Client, cast: Cast, late: UUID) -> None:
    asked = client.get(f"{API}/letters/asked", headers=cast.nora.headers).json["items"]
    assert [(one["to"], one["is_registered"]) for one in asked] == [("family_doctor", False), ("patient", True)]
    about = {"treatment_id": str(late), "to": "patient", "is_registered": True}
    posted = client.post(f"{API}/letters", json={**about, "keys": asked[1]["keys"]}, headers=cast.nora.headers)
    assert posted.status_code == 201
    left = client.get(f"{API}/letters/asked", headers=cast.nora.headers).json["items"]
    assert [one["to"] for one in left] == ["family_doctor"]
    alerts = client.get(f"{API}/alerts?patient_id={cast.ada}", headers=cast.nora.headers).json["items"]
    letters = {one["topic"]: one["letters"] for one in alerts}["overdue:cbc"]
    assert {one["to"]: one["sent_on"] for one in letters} == {"patient": TODAY.isoformat(), "family_doctor": None}


def test_an_address_is_kept_with_what_it_replaced(client: Client, cast: Cast) -> None:
    assert put_address(client, cast, to="family_doctor", lines=["Dr Lise Nadeau", "3 place du Port"]).status_code == 200
    assert put_address(client, cast, to="family_doctor", lines=["Dr Lise Nadeau"], version=1).status_code == 412
    assert put_address(client, cast, to="family_doctor", lines=[], version=2).status_code == 200
    noted = client.get(f"{API}/patients/{cast.ada}/addresses", headers=cast.noor.headers).json["items"]
    assert [one["lines"] for one in noted] == [[], ["Dr Lise Nadeau", "3 place du Port"]]


@pytest.mark.parametrize("lines", [["x"] * 7, ["y" * 39], [" "], ["a\nb"]])
def test_what_no_window_shows_is_no_address(client: Client, cast: Cast, lines: list[str]) -> None:
    assert put_address(client, cast, to="patient", lines=lines).status_code == 422


def test_the_standing_order_is_called_valid_only_where_it_was_renewed(stage: Stage, cast: Cast, late: UUID) -> None:
    def says() -> tuple[bool, bool]:
        text = told(stage, cast, to="patient", language="en")
        return "is still valid" in text, "may no longer be valid: call us" in text

    assert says() == (False, True)
    with stage.work(by=cast.nora.actor) as work:
        complete_task(work, treatment_id=late, key="prescription/1.1", on=TODAY - 3 * DAY)
    assert says() == (True, False)


def remind(stage: Stage, cast: Cast, keys: Sequence[str], *, state: str) -> None:
    """A text about these stands in the outbox."""
    message = uuid4()
    with stage.sessions.begin() as session:
        session.add(
            MessageRow(
                id=message, patient_id=cast.ada, site_id=cast.north, recipient="self", phone="+33199000001",
                local_day=TODAY - 9 * DAY, purpose="reminder", language="fr", text="Bonjour", reference="ABCD",
                state=state, not_before_at=NOW, deadline_at=NOW, attempts=1, provider_sid="SM1", created_at=NOW,
                settled_at=NOW,
            )
        )  # fmt: skip
        session.flush()
        for key in keys:
            session.add(
                ReminderRow(
                    id=uuid4(), treatment_id=cast.ada_treatment, item_key=key, due_on=TODAY, step=0, message_id=message,
                    last_on=TODAY, outcome="queued", created_at=NOW,
                )
            )  # fmt: skip


MONTHLY = ("cbc/1.1", "creatinine/1.1", "urinalysis/1.1", "liver/1.1")


@pytest.mark.parametrize(
    ("keys", "state", "said"),
    [
        ((), "delivered", "| Il manque : |"),
        (MONTHLY, "failed", "| Il manque : |"),
        (MONTHLY[1:], "delivered", "| Il manque : |"),
        (MONTHLY, "delivered", "| Malgré nos rappels, il manque : |"),
    ],
)
def test_a_doctor_is_told_of_reminders_only_where_texts_about_it_left(
    stage: Stage, cast: Cast, late: UUID, keys: tuple[str, ...], state: str, said: str
) -> None:
    remind(stage, cast, keys, state=state)
    assert said in told(stage, cast, to="family_doctor")
