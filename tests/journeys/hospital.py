"""What people do in a story, in their words; underneath, the API, the operator's command and the delivery worker."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from click.testing import CliRunner
from flask import Flask

from monitor.cli import main
from monitor.delivery.console import ConsoleTransport
from monitor.jobs.deliver import deliver_now
from monitor.jobs.station import Station
from monitor.jobs.sweep import sweep_now
from tests.cast import NOW, Cast, Staff, Stage
from tests.client import Client

API = "/api/v1"
PARIS = ZoneInfo("Europe/Paris")
NOON = dt.time(12)
MONTHLY = {
    "platelets": ("231", "G/L"), "haemoglobin": ("13.1", "g/dL"), "leukocytes": ("5.2", "G/L"),
    "neutrophils": ("3.1", "G/L"), "lymphocytes": ("1.4", "G/L"), "creatinine": ("71", "µmol/L"),
    "alt": ("22", "UI/L"), "ast": ("24", "UI/L"), "bilirubin_total": ("8", "µmol/L"),
    "urine_blood_strip": ("neg", None), "urine_protein_strip": ("neg", None),
}  # fmt: skip


class Watch:
    """What time it is in the story."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> dt.datetime:
        return self.at

    @property
    def today(self) -> dt.date:
        return self.at.astimezone(PARIS).date()


@dataclass
class Hospital:
    """The north, where Nora is the nurse and Noor the neurologist."""

    stage: Stage
    cast: Cast
    app: Flask
    watch: Watch

    def a_patient_who_agrees_to_texts(self) -> str:
        body = {
            "site_id": str(self.cast.north), "family_name": "Valcourt", "given_name": "Maya", "sex": "female",
            "birth_date": "1988-03-04", "language": "fr", "phone": "+33639980077",
        }  # fmt: skip
        patient_id: str = self._send("POST", "patients", self.cast.nora, body)["id"]
        self._send("PUT", f"patients/{patient_id}/sms-consent", self.cast.nora, None, version=1)
        return patient_id

    def starts(self, patient_id: str, *, protocol: str, on: dt.date) -> str:
        body = {"patient_id": patient_id, "protocol": protocol, "started_on": on.isoformat()}
        treatment_id: str = self._send("POST", "treatments", self.cast.noor, body)["id"]
        return treatment_id

    def gives_a_dose(self, treatment_id: str, **course_and_day: int) -> None:
        body = {"treatment_id": treatment_id, "on": self.watch.today.isoformat(), **course_and_day}
        self._send("POST", "administrations", self.cast.nora, body)

    def asks_what_if(self, treatment_id: str, *, on: dt.date) -> dict[str, str]:
        """By key, the date to which a dose on that day would move it."""
        told = self._send("POST", f"treatments/{treatment_id}/what-if", self.cast.nora, {"on": on.isoformat()})
        return {move["key"]: move["to"] for move in told["changes"]["moved"]}

    def prepares_the_course(self, patient_id: str, treatment_id: str) -> None:
        """Baseline, commitment, card and guide: without them the first infusion is refused."""
        today = self.watch.today.isoformat()
        self.files_the_monthly_sheet(patient_id, tsh=("2.1", "mUI/L"))
        self.states(treatment_id, "commitment", signed_on=today)
        for paper in ("patient_card", "patient_guide"):
            self.states(treatment_id, "handed_over", paper=paper, handed_on=today)

    def files_the_monthly_sheet(self, patient_id: str, **more: tuple[str, str]) -> None:
        values = [
            {"analyte": name, "value": value} | ({} if unit is None else {"unit": unit})
            for name, (value, unit) in {**MONTHLY, **more}.items()
        ]
        body = {"patient_id": patient_id, "collected_on": self.watch.today.isoformat(), "values": values}
        self._send("POST", "results", self.cast.nora, body)

    def states(self, treatment_id: str, section: str, **content: Any) -> None:
        """In the dossier."""
        body = {"section": section, "content": content}
        self._send("POST", f"treatments/{treatment_id}/dossier/entries", self.cast.noor, body)

    def weighs(self, patient_id: str, kilograms: str) -> None:
        body = {"patient_id": patient_id, "scale": "weight", "value": kilograms, "on": self.watch.today.isoformat()}
        self._send("POST", "assessments", self.cast.nora, body)

    def forms_of(self, treatment_id: str) -> list[dict[str, Any]]:
        """The follow-up form of each dose, the newest first."""
        return self._get(f"follow-up-forms?treatment_id={treatment_id}")

    def form_of(self, dose_id: str) -> dict[str, Any]:
        told = Client(self.app).get(f"{API}/follow-up-forms/{dose_id}", headers=self.cast.nora.headers)
        assert told.status_code == 200, told.text
        form: dict[str, Any] = told.json
        return form

    def files_the_form(self, dose_id: str, answers: dict[str, Any]) -> None:
        self._send("POST", f"follow-up-forms/{dose_id}", self.cast.nora, {"answers": answers})

    def agrees_a_visit(self, treatment_id: str, keys: list[str], *, on: dt.date, time: str) -> None:
        body = {"treatment_id": treatment_id, "keys": keys, "on": on.isoformat(), "time": time}
        self._send("POST", "appointments", self.cast.nora, body)

    def notes_a_sample(self, treatment_id: str, keys: list[str]) -> None:
        body = {"treatment_id": treatment_id, "keys": keys, "taken_on": self.watch.today.isoformat()}
        self._send("POST", "samples", self.cast.nora, body)

    def days_pass_until(self, day: dt.date) -> None:
        """Each day is swept by the clock, the last one by the operator's command, and what waits is sent at noon."""
        while self.watch.today < day:
            self.watch.at = dt.datetime.combine(self.watch.today + dt.timedelta(1), NOON, tzinfo=PARIS)
            if self.watch.today < day:
                sweep_now(self._station())
            else:
                self.sweeps(day)
            deliver_now(self._station())

    def sweeps(self, day: dt.date) -> None:
        settings = self.stage.settings
        done = CliRunner().invoke(
            main,
            ["sweep", "--on", day.isoformat()],
            env={
                "MONITOR_ENVIRONMENT": "test",
                "MONITOR_DATABASE_URL": settings.database_url,
                "MONITOR_PUBLIC_PAGE_URL": settings.public_page_url,
                "MONITOR_PUBLIC_TELEPHONE": settings.public_telephone,
            },
        )
        assert done.exit_code == 0, done.output
        assert " 0 failed" in done.output

    def phone_of(self, patient_id: str) -> list[str]:
        """The texts that arrived, the oldest first."""
        found = self._get(f"messages?patient_id={patient_id}&state=delivered")
        return [one["text"] for one in reversed(found)]

    def alerts_of(self, patient_id: str) -> set[tuple[str, str, str]]:
        """Topic, for whom, and how grave."""
        found = self._get(f"alerts?patient_id={patient_id}")
        return {(one["topic"], one["audience"], one["level"]) for one in found}

    def agenda_of(self, patient_id: str) -> dict[str, tuple[str, str]]:
        """By key, the due date and the part of the work list."""
        return {
            one["key"]: (one["due_on"], one["bucket"]) for one in self._get(f"agenda?patient_id={patient_id}&limit=100")
        }

    def _station(self) -> Station:
        stage = self.stage
        return Station(
            sessions=stage.sessions,
            catalog=stage.catalog,
            settings=stage.settings,
            transport=ConsoleTransport(),
            at_of=self.watch.now,
        )

    def _send(
        self, method: str, path: str, by: Staff, body: dict[str, Any] | None, *, version: int | None = None
    ) -> dict[str, Any]:
        headers = by.headers if version is None else {**by.headers, "If-Match": f'"{version}"'}
        told = Client(self.app).open(f"{API}/{path}", method=method, headers=headers, json=body)
        assert told.status_code in {200, 201}, told.text
        answer: dict[str, Any] = told.json
        return answer

    def _get(self, path: str) -> list[dict[str, Any]]:
        told = Client(self.app).get(f"{API}/{path}", headers=self.cast.nora.headers)
        assert told.status_code == 200, told.text
        items: list[dict[str, Any]] = told.json["items"]
        return items
