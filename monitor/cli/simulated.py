"""From one history as it is written to its answer: checked member by member, then asked of the forecast."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from monitor.catalog import Catalog
from monitor.catalog.checking import COUNTRY_OF_PROFILE
from monitor.cli.history_shape import AdministrationIn, Answer, AssessmentIn, HistoryIn, Next, ResultIn
from monitor.cli.replaced_rows import check_replaced_rows
from monitor.cli.wrong_line import refusal_of
from monitor.labs.analyte import Analyte, Dictionary
from monitor.labs.measured import limit_of
from monitor.labs.quantities import Quantity, Unreadable, read
from monitor.labs.values import Value
from monitor.protocols.basis import Basis
from monitor.protocols.judged import NO_SIGNS, judged
from monitor.protocols.protocol import Protocol
from monitor.protocols.readings import reading
from monitor.schedules import facts
from monitor.schedules.horizon import planned_until
from monitor.schedules.plan import CourseDoses
from monitor.terms import Unacceptable

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
_LONGEST_REMEMBERED = 100
_FIRST_PLANNED_COURSE, _HIGHEST_COURSE = 2, 99


_decoder = msgspec.json.Decoder(HistoryIn)


class Question(msgspec.Struct, frozen=True):
    """A history that was found sound, with the day of the question settled."""

    history: HistoryIn
    protocol: Protocol
    on: dt.date
    until: dt.date


def read_question(
    raw: bytes | str, catalog: Catalog, *, on: dt.date | None = None, until: dt.date | None = None
) -> Question:
    """Reads and checks one JSON object. Raises Unacceptable naming the path and the reason, never a value."""
    try:
        history = _decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise refusal_of(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Unacceptable("not a JSON object") from None
    return check_question(history, catalog, on=on, until=until)


def check_question(
    history: HistoryIn, catalog: Catalog, *, on: dt.date | None = None, until: dt.date | None = None
) -> Question:
    """What the shapes alone cannot see: the protocol exists, a day is given, courses and rows are where they belong."""
    protocol = catalog.protocol(history.protocol)
    if history.profile not in protocol.profiles:
        raise Unacceptable("this protocol version does not describe that profile", field="profile")
    asked_on = on or history.on
    if isinstance(asked_on, UnsetType):
        raise Unacceptable("missing: give it here or as --on", field="on")
    _check_day(asked_on, "on")
    asked_until = until or (_a_year_later(asked_on) if isinstance(history.until, UnsetType) else history.until)
    _check_day(asked_until, "until")
    _check_day(history.started_on, "started_on")
    has_courses = isinstance(protocol.rules.doses, CourseDoses)
    _check_administrations(history.administrations, has_courses=has_courses)
    _check_planned_courses(history.planned_courses, has_courses=has_courses)
    check_replaced_rows(history.results)
    for place, event in enumerate(history.events):
        if isinstance(event, facts.Moved):
            _check_day(event.to, f"events[{place}].to")
    return Question(history, protocol, asked_on, asked_until)


def check_supposed(question: Question, given: facts.Administration | None) -> None:
    """A dose of `--if-given` has a possible day, and a course only where there are courses. Raises Unacceptable."""
    if given is None:
        return
    _check_day(given.on, "--if-given")
    if given.course is not None and not isinstance(question.protocol.rules.doses, CourseDoses):
        raise Unacceptable("unknown: this protocol has no courses", field="--course")


def answer(question: Question, catalog: Catalog) -> Answer:
    """The forecast for one checked history."""
    history = question.history
    basis = basis_of(question, catalog)
    found = judged(basis, to_history(history, catalog), on=question.on, until=question.until, signs=NO_SIGNS).calendar
    return Answer(
        id=history.id,
        protocol=question.protocol.name,
        profile=history.profile,
        on=question.on,
        items=found.items,
        surveillance_ends_on=found.surveillance_ends_on,
        next=Next(dose=found.next_dose, lab=found.next_lab),
        alerts=found.alerts,
        warnings=found.warnings,
    )


def basis_of(question: Question, catalog: Catalog) -> Basis:
    """What the history is judged by, with the working days of the country whose label its profile follows."""
    profile = question.history.profile
    return catalog.basis(question.protocol.name, profile, country=COUNTRY_OF_PROFILE[profile])


def to_history(history: HistoryIn, catalog: Catalog) -> facts.History:
    """The facts of medicine behind what was written."""
    patient = history.patient
    return facts.History(
        person=facts.Person(
            sex=patient.sex,
            birth_date=patient.birth_date,
            childbearing_potential=_or_none(patient.childbearing_potential),
            access_expires_on=_or_none(patient.access_expires_on),
            vzv=_or_none(patient.vzv),
        ),
        started_on=history.started_on,
        administrations=tuple(
            facts.Administration(a.on, _or_none(a.course), _or_none(a.day), _or_none(a.reason_override))
            for a in history.administrations
        ),
        planned_courses=history.planned_courses,
        readings=_readings(history.results, catalog),
        assessments=_assessments(history.assessments, catalog),
        events=history.events,
    )


def _readings(results: tuple[ResultIn, ...], catalog: Catalog) -> tuple[facts.Reading, ...]:
    dictionary = catalog.dictionary
    return tuple(_reading(row, dictionary) for row in results)


def _reading(row: ResultIn, dictionary: Dictionary) -> facts.Reading:
    is_short = len(row.analyte) + len(row.value) < _LONGEST_REMEMBERED
    unit = None if row.unit is UNSET else row.unit
    analyte, quantity = (_looked_up if is_short else _look_up)(
        dictionary, row.analyte, row.value, unit, is_confirmed=row.confirmed is True
    )
    ref = None if row.id is UNSET else row.id
    return reading(
        None if analyte is None else analyte.id,
        None if analyte is None or quantity is None else _value(analyte, quantity, row, unit, ref),
        collected_on=row.collected_on,
        status=row.status,
        row=ref,
        replaces=None if row.replaces is UNSET else row.replaces,
    )


def _value(analyte: Analyte, quantity: Quantity, row: ResultIn, unit: str | None, ref: str | None) -> Value:
    lower, upper = row.lower, row.upper
    return Value(
        analyte.id,
        quantity,
        row.collected_on,
        limit_of(analyte, lower, unit, "point") if isinstance(lower, str) else None,
        limit_of(analyte, upper, unit, "point") if isinstance(upper, str) else None,
        row.status is not facts.Status.PRELIMINARY,
        None,
        ref,
    )


def _look_up(
    dictionary: Dictionary, name: str, value: str, unit: str | None, *, is_confirmed: bool
) -> tuple[Analyte | None, Quantity | None]:
    """The analyte, and what its value amounts to; None where there is no such one, where the value makes no sense."""
    analyte = dictionary.find(name)
    if analyte is None:
        return None, None
    quantity = read(analyte, value=value, unit=unit, is_confirmed=is_confirmed)
    return analyte, None if isinstance(quantity, Unreadable) else quantity


_looked_up = lru_cache(maxsize=65536)(_look_up)  # sheets repeat themselves: the same rows come by the thousand


def _assessments(rows: tuple[AssessmentIn, ...], catalog: Catalog) -> tuple[facts.Assessment, ...]:
    found = []
    for row in rows:
        scale = catalog.dictionary.find_scale(row.scale)
        found.append(facts.Assessment(scale.id if scale else None, row.on, has_value=bool(row.value.strip())))
    return tuple(found)


def _or_none(value: Any) -> Any:
    return None if value is UNSET else value


def _a_year_later(day: dt.date) -> dt.date:
    return min(planned_until(day), LAST_DAY)


def _check_day(day: dt.date, field: str) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Unacceptable(f"not between {FIRST_DAY.year} and {LAST_DAY.year}", field=field)


def _check_administrations(given: tuple[AdministrationIn, ...], *, has_courses: bool) -> None:
    for place, administration in enumerate(given):
        _check_day(administration.on, f"administrations[{place}].on")
        for member, value in (("course", administration.course), ("day", administration.day)):
            field = f"administrations[{place}].{member}"
            if isinstance(value, UnsetType):
                if has_courses:
                    raise Unacceptable("missing: this protocol has courses", field=field)
            elif not has_courses:
                raise Unacceptable("unknown: this protocol has no courses", field=field)
            elif not 1 <= value <= _HIGHEST_COURSE:
                raise Unacceptable(f"not a number from 1 to {_HIGHEST_COURSE}", field=field)


def _check_planned_courses(planned: tuple[facts.PlannedCourse, ...], *, has_courses: bool) -> None:
    if planned and not has_courses:
        raise Unacceptable("unknown: this protocol has no courses", field="planned_courses")
    seen = set()
    for place, course in enumerate(planned):
        field = f"planned_courses[{place}]"
        _check_day(course.starts_on, f"{field}.starts_on")
        if not _FIRST_PLANNED_COURSE <= course.course <= _HIGHEST_COURSE:
            reason = f"not a number from {_FIRST_PLANNED_COURSE} to {_HIGHEST_COURSE}: course 1 begins on started_on"
            raise Unacceptable(reason, field=f"{field}.course")
        if course.course in seen:
            raise Unacceptable("planned twice", field=f"{field}.course")
        seen.add(course.course)
