"""What is refused, and does the message name the place without repeating a value?"""

from __future__ import annotations

import pytest

from monitor.terms import Unacceptable
from tests.answer import answer
from tests.spec.any_history import MISSING, SECRET, change, valid
from tests.spec.tables import table


def refusal(history: object, on: str | None = "2026-06-15", until: str | None = None) -> Unacceptable:
    with pytest.raises(Unacceptable) as caught:
        answer(history, on=on, until=until)  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize("protocol", ["tofersen", "alemtuzumab"])
def test_the_history_that_is_changed_below_is_acceptable(protocol: str) -> None:
    """Every refusal below comes from the one member that was changed."""
    assert answer(valid(protocol), on="2026-06-15")["protocol"] == f"{protocol}.v1"


@table("""
    path
    protocol
    patient
    patient.sex
    patient.birth_date
    started_on
    administrations[0].on
    administrations[1].course
    administrations[4].day
    planned_courses[0].course
    planned_courses[0].starts_on
    results[0].analyte
    results[0].value
    results[0].collected_on
    results[0].status
    assessments[0].scale
    assessments[0].value
    assessments[0].on
    events[0].kind
    events[0].on
    events[0].reason
    events[2].key
    events[2].to
    events[3].key
    events[3].reason
    events[4].vaccine
    events[4].live
    events[5].key
    events[6].reason
""")
def test_a_missing_member_is_refused(path: str) -> None:
    """Everything is required but lists, `id`, `profile`, `unit` and what is called optional."""
    history = valid()
    change(history, path, MISSING)
    assert refusal(history).field == path


@table("""
    path
    profile
    administrations
    planned_courses
    results
    assessments
    events
    results[0].unit
    results[0].id
""")
def test_what_is_optional_may_be_absent(path: str) -> None:
    """Lists may be absent, and so may the optional members."""
    history = {"profile": "eu", **valid()}
    change(history, path, MISSING)
    assert answer(history, on="2026-06-15")["items"]


@table("""
    path
    nickname
    patient.nickname
    administrations[0].nickname
    planned_courses[0].nickname
    results[0].nickname
    assessments[0].nickname
    events[0].nickname
    events[1].reason
    events[2].reason
    events[4].reason
    events[5].to
""")
def test_an_unknown_member_is_refused(path: str) -> None:
    """A member that is not in the contract is a misunderstanding, not an extra."""
    history = valid()
    change(history, path, SECRET)
    caught = refusal(history)
    assert caught.field == path
    assert SECRET not in str(caught)


WRONG: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("id", ([], {})),
    ("protocol", (None, 7, "", SECRET, "alemtuzumab.v999", "TOFERSEN/../x")),
    ("profile", (None, 7, "US", "fr", SECRET)),
    ("patient", (None, 7, [], SECRET)),
    ("patient.sex", (None, 7, "F", "FEMALE", SECRET)),
    ("patient.birth_date", (None, 7, "1991-02-30", SECRET)),
    ("patient.childbearing_potential", (None, "yes", 1, SECRET)),
    ("patient.access_expires_on", (None, 7, "2026-13-01", SECRET)),
    ("patient.vzv", (None, 7, "positive", SECRET)),
    ("started_on", (None, 20260302, "2026-02-30", "2026-3-2", "02/03/2026", "2026-03-02T00:00:00", "", SECRET)),
    ("administrations", (None, {}, "2026-03-02", SECRET)),
    ("administrations[0]", (None, "2026-03-02", [], SECRET)),
    ("administrations[2].on", (None, 7, "2026-02-29", "2026-00-10", SECRET)),
    ("administrations[0].course", (None, "1", 1.5, True, SECRET)),
    ("administrations[0].day", (None, "1", 1.5, False, SECRET)),
    ("administrations[0].reason_override", (None, 7, [])),
    ("planned_courses", (None, {}, SECRET)),
    ("planned_courses[0].course", (None, "2", SECRET)),
    ("planned_courses[0].starts_on", (None, 7, "2027-02-29", SECRET)),
    ("results", (None, {}, SECRET)),
    ("results[0].analyte", (None, 7, [])),
    ("results[0].value", (None, 2.1, 2, True, [])),
    ("results[0].unit", (None, 7, [])),
    ("results[0].collected_on", (None, 7, "2026-06-31", SECRET)),
    ("results[0].status", (None, 7, "Final", "cancelled", SECRET)),
    ("results[0].lower", (None, 0.4)),
    ("results[0].upper", (None, 4)),
    ("results[0].replaces", (None, 7)),
    ("results[0].confirmed", (None, "true", 1, SECRET)),
    ("assessments", (None, {}, SECRET)),
    ("assessments[0].scale", (None, 7)),
    ("assessments[0].value", (None, 38)),
    ("assessments[0].on", (None, "2026-04-31", SECRET)),
    ("events", (None, {}, SECRET)),
    ("events[0].kind", (None, 7, "paused", SECRET)),
    ("events[0].on", (None, 7, "2026-02-30", SECRET)),
    ("events[0].reason", (None, 7)),
    ("events[2].key", (None, 7)),
    ("events[2].to", (None, 7, "2026-06-31", SECRET)),
    ("events[4].live", (None, "no", 0, SECRET)),
    ("events[4].vaccine", (None, 7)),
    ("on", (None, 7, "2026-02-30", SECRET)),
    ("until", (None, 7, "2026-02-30", SECRET)),
)


@pytest.mark.parametrize(
    ("path", "value"), [pytest.param(path, value, id=f"{path} {value!r}") for path, values in WRONG for value in values]
)
def test_a_wrong_type_or_an_impossible_value_is_refused(path: str, value: object) -> None:
    """The path is named, the value never repeated."""
    history = {"on": "2026-06-15", "until": "2027-06-15", "id": "p-17", **valid()}
    change(history, path, value)
    caught = refusal(history, on=None)
    assert caught.field == path
    assert SECRET not in str(caught)
    assert caught.reason


@pytest.mark.parametrize("history", [None, 7, "tofersen", [], True])
def test_what_is_no_object_is_refused(history: object) -> None:
    """A history is a JSON object."""
    assert str(refusal(history))


@table("""
    member            | protocol | path
    planned_courses   | tofersen | planned_courses
    course            | tofersen | administrations[0].course
    day               | tofersen | administrations[0].day
""")
def test_courses_are_refused_where_the_protocol_has_none(member: str, protocol: str, path: str) -> None:
    """Tofersen has doses, not courses."""
    history = valid(protocol)
    change(history, path, [{"course": 2, "starts_on": "2027-03-08"}] if member == "planned_courses" else 1)
    assert str(refusal(history).field).startswith(path)


def test_the_day_of_the_question_is_never_assumed() -> None:
    """Neither `on` nor `--on`: refused, not taken as today."""
    assert refusal(valid(), on=None).field == "on"
    assert answer(valid(), on="2026-06-15")["on"] == "2026-06-15"
    assert answer({**valid(), "on": "2026-06-15"})["on"] == "2026-06-15"
    assert answer({**valid(), "on": "2026-06-01"}, on="2026-06-15")["on"] == "2026-06-15"


def test_a_null_id_is_allowed() -> None:
    """`null` is a wrong type everywhere else."""
    assert answer({**valid(), "id": None}, on="2026-06-15")["id"] is None
