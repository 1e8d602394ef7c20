"""Histories in the words of the clinic, and answers as cells of a table: open it when a word in a table is unclear."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from tests.answer import answer

Fact = dict[str, Any]

TOFERSEN_ON_TIME = (
    "2026-01-05", "2026-01-19", "2026-02-02", "2026-03-02", "2026-03-30",
    "2026-04-27", "2026-05-25", "2026-06-22", "2026-07-20",
)  # fmt: skip

_CBC = (
    ("platelets", "212", "10*9/L"),
    ("haemoglobin", "135", "g/L"),
    ("leukocytes", "5.4", "10*9/L"),
    ("neutrophils", "3.1", "10*9/L"),
    ("lymphocytes", "1.6", "10*9/L"),
)
PANELS: dict[str, tuple[tuple[str, str, str | None], ...]] = {
    "cbc": _CBC,
    "platelets_in_course": (("platelets", "212", "10*9/L"),),
    "creatinine": (("creatinine", "72", "umol/L"),),
    "urinalysis": (("urine_blood_strip", "neg", None), ("urine_protein_strip", "neg", None)),
    "liver": (("alt", "22", "U/L"), ("ast", "24", "U/L"), ("bilirubin_total", "9", "umol/L")),
    "tsh": (("tsh", "2.1", "m[IU]/L"),),
    "coagulation": (("inr", "1.0", None), ("aptt_ratio", "1.0", None)),
    "csf": (
        ("csf_leukocytes", "2", "10*6/L"),
        ("csf_erythrocytes", "3", "10*6/L"),
        ("csf_protein", "0.40", "g/L"),
        ("csf_glucose", "3.4", "mmol/L"),
    ),
    "ck": (("ck", "180", "U/L"),),
    "urine_protein": (("urine_protein_strip", "neg", None),),
    "nfl": (("nfl_plasma", "52.4", "pg/mL"),),
    "cd4": (("cd4", "150", "/uL"),),
}
SCALES: dict[str, tuple[tuple[str, str], ...]] = {
    "status_scales": (("respiratory_status", "0"), ("nutritional_status", "0"), ("ambulatory_status", "1")),
    "weight": (("weight", "73"),),
    "alsfrs_r": (("alsfrs_r", "37"),),
    "svc": (("svc", "76"),),
    "fvc": (("fvc", "83"),),
    "skin": (("skin", "normal"),),
    "hpv": (("hpv", "negative"),),
    "edss": (("edss", "2.5"),),
    "mri": (("mri", "no new lesion"),),
}
BLOODS_OF_A_MONTH = ("cbc", "creatinine", "urinalysis", "liver")


def shift(day: str, by: int) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=by)).isoformat()


def in_a_row(first: str, count: int) -> tuple[str, ...]:
    return tuple(shift(first, index) for index in range(count))


def cells(text: str) -> tuple[str, ...]:
    """The several values of one cell, or none at all for a dash."""
    return () if text in {"", "-"} else tuple(text.replace(",", " ").split())


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the answer; a dash stands for null."""

    item: Fact

    def _cell(self, name: str) -> str:
        value = self.item[name]
        return "-" if value is None else str(value)

    @property
    def due(self) -> str:
        return self._cell("due_on")

    @property
    def suggested(self) -> str:
        return self._cell("suggested_on")

    @property
    def opens(self) -> str:
        return self._cell("opens_on")

    @property
    def closes(self) -> str:
        return self._cell("closes_on")

    @property
    def state(self) -> str:
        return self._cell("state")

    @property
    def done(self) -> str:
        return self._cell("done_on")

    @property
    def moved_from(self) -> str:
        return self._cell("moved_from")

    @property
    def blocked(self) -> str:
        return " ".join(self.item["blocked_by"]) or "-"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, read by key, topic and code."""

    raw: Fact

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(item["key"] for item in self.raw["items"])

    def keys_of(self, stream: str) -> tuple[str, ...]:
        return tuple(item["key"] for item in self.raw["items"] if item["stream"] == stream)

    def of(self, key: str) -> Line:
        for item in self.raw["items"]:
            if item["key"] == key:
                return Line(item)
        raise AssertionError(f"{key} is not listed; of its stream: {self.keys_of(key.partition('/')[0])}")

    def state(self, key: str) -> str:
        return self.of(key).state if key in self.keys else "not listed"

    def alert(self, topic: str) -> str:
        """`audience level since`, or a dash."""
        found = [alert for alert in self.raw["alerts"] if alert["topic"] == topic]
        assert len(found) <= 1, f"{topic} stands twice"
        return " ".join(found[0][name] for name in ("audience", "level", "since")) if found else "-"

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(alert["topic"] for alert in self.raw["alerts"])

    def warnings(self, code: str) -> tuple[Fact, ...]:
        return tuple(warning for warning in self.raw["warnings"] if warning["code"] == code)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(sorted(warning["code"] for warning in self.raw["warnings"]))

    def next(self, what: str) -> str:
        return self.raw["next"][what] or "-"

    @property
    def surveillance_ends(self) -> str:
        return self.raw["surveillance_ends_on"] or "-"


@dataclass(frozen=True, slots=True)
class Story:
    """One treatment so far. Every method answers a longer story; none changes this one."""

    history: Fact

    def plus(self, field: str, *facts: Fact) -> Story:
        return replace(self, history={**self.history, field: [*self.history.get(field, []), *facts]})

    def given(self, *days: str, **more: object) -> Story:
        return self.plus("administrations", *({"on": day, **more} for day in days))

    def infused(self, course: int, *days: str, first_day: int = 1) -> Story:
        rows = ({"on": on, "course": course, "day": number} for number, on in enumerate(days, first_day))
        return self.plus("administrations", *rows)

    def agreed(self, course: int, starts_on: str) -> Story:
        return self.plus("planned_courses", {"course": course, "starts_on": starts_on})

    def with_result(self, analyte: str, value: str, unit: str | None, on: str, **more: Any) -> Story:
        row: Fact = {"analyte": analyte, "value": value, "collected_on": on, "status": "final", **more}
        return self.plus("results", row if unit is None else {**row, "unit": unit})

    def with_panel(self, name: str, *days: str, without: str = "", **more: Any) -> Story:
        story = self
        for day in days:
            for analyte, value, unit in PANELS[name]:
                if analyte != without:
                    story = story.with_result(analyte, value, unit, day, **more)
        return story

    def with_panels(self, names: Iterable[str], *days: str) -> Story:
        story = self
        for name in names:
            story = story.with_panel(name, *days)
        return story

    def with_assessment(self, name: str, *days: str) -> Story:
        rows = [{"scale": scale, "value": value, "on": day} for day in days for scale, value in SCALES[name]]
        return self.plus("assessments", *rows)

    def with_stream(self, name: str, *days: str) -> Story:
        return self.with_panel(name, *days) if name in PANELS else self.with_assessment(name, *days)

    def event(self, kind: str, on: str, **more: object) -> Story:
        return self.plus("events", {"kind": kind, "on": on, **more})

    def suspended(self, on: str) -> Story:
        return self.event("suspended", on, reason="pneumonia")

    def resumed(self, on: str) -> Story:
        return self.event("resumed", on)

    def stopped(self, on: str) -> Story:
        return self.event("stopped", on, reason="wish of the patient")

    def died(self, on: str) -> Story:
        return self.event("died", on)

    def waived(self, key: str, on: str) -> Story:
        return self.event("waived", on, key=key, reason="measured elsewhere")

    def moved(self, key: str, to: str, on: str) -> Story:
        return self.event("moved", on, key=key, to=to)

    def task_done(self, key: str, on: str) -> Story:
        return self.event("task_done", on, key=key)

    def vaccinated(self, on: str, *, live: bool, vaccine: str | None = None) -> Story:
        name = vaccine or ("yellow fever" if live else "influenza")
        return self.event("vaccinated", on, vaccine=name, live=live)

    def after_the_us_label(self) -> Story:
        return replace(self, history={**self.history, "profile": "us"})

    def asked(self, on: str, until: str | None = None) -> Answer:
        return Answer(answer(self.history, on=on, until=until))


def tofersen(*doses: str, start: str = "2026-01-05", **patient: Any) -> Story:
    person = {"sex": "male", "birth_date": "1968-05-17", **patient}
    return Story({"protocol": "tofersen", "patient": person, "started_on": start}).given(*doses)


def tofersen_on_time(doses: int) -> Story:
    return tofersen(*TOFERSEN_ON_TIME[:doses])


def alemtuzumab(*course_1: str, start: str = "2026-03-02", **patient: Any) -> Story:
    person = {"sex": "female", "birth_date": "1991-09-12", **patient}
    return Story({"protocol": "alemtuzumab", "patient": person, "started_on": start}).infused(1, *course_1)


def alemtuzumab_after_course_1(**patient: Any) -> Story:
    """Five infusions from Monday 2 to Friday 6 March 2026."""
    return alemtuzumab(*in_a_row("2026-03-02", 5), **patient)


def anchored_on(last_infusion: str) -> Story:
    """A course 1 of which only one infusion was given: everything counts from that day."""
    return alemtuzumab(last_infusion, start=last_infusion)
