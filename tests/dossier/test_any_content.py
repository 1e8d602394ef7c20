"""Whatever is sent as the content of a section: an entry that is plausible, or a refusal that names its field."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dossier.access import AccessRequest, Decision, access_ends_on, one_year_after
from monitor.dossier.entry import Entry, Lifetime, write_entry
from monitor.dossier.sections import SECTIONS, Section, read_content, stored_content
from monitor.terms import Unacceptable

TODAY = dt.date(2026, 6, 15)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
FIELDS = sorted({name for section in SECTIONS.values() for name in section.structure.__struct_fields__})
WORDS = st.sampled_from(
    ("accepted", "pending", "refused", "bulbar", "p.Ala5Val", "other", "death", "vzv", "immune", "hiv", "negative")
)
VALUES = (
    DAYS.map(dt.date.isoformat)
    | WORDS
    | st.text(max_size=5)
    | st.integers(-2, 130)
    | st.booleans()
    | st.none()
    | st.lists(WORDS, max_size=3)
    | st.floats()
)
CONTENTS = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=3), VALUES, max_size=6)


@st.composite
def lifetimes(draw: st.DrawFn) -> Lifetime:
    born_on = draw(st.dates(dt.date(1910, 1, 1), TODAY))
    return Lifetime(born_on=born_on, died_on=draw(st.none() | st.dates(born_on, TODAY)), today=TODAY)


def days_of(entry: Entry) -> dict[str, dt.date]:
    values = {name: getattr(entry, name) for name in entry.__struct_fields__}
    return {name: value for name, value in values.items() if isinstance(value, dt.date)}


def attempt(section: Section, content: dict[str, object], life: Lifetime) -> Entry | Unacceptable:
    try:
        return read_content(section, content, life=life)
    except Unacceptable as refusal:
        return refusal


@given(st.sampled_from(list(SECTIONS.values())), CONTENTS, lifetimes())
def test_it_takes_days_of_the_life_alone_and_names_what_it_refuses(
    section: Section, content: dict[str, object], life: Lifetime
) -> None:
    found = attempt(section, content, life)
    if isinstance(found, Unacceptable):
        assert found.field is not None
        assert found.field.startswith("content")
        return
    last = min(life.today, life.died_on or life.today)
    past = {day for name, day in days_of(found).items() if name not in found.ahead}
    assert all(life.born_on <= day <= last for day in past)
    assert stored_content(section, write_entry(found)) == found


@given(DAYS, st.integers(-5, 800))
def test_access_lasts_a_year_at_most(decided_on: dt.date, days: int) -> None:
    life = Lifetime(born_on=dt.date(1900, 1, 1), died_on=None, today=dt.date(2100, 1, 1))
    expires_on = decided_on + dt.timedelta(days=days)
    content = {"requested_on": decided_on, "decision": "accepted", "decided_on": decided_on, "number": "1"}
    written = {name: str(value) for name, value in (content | {"expires_on": expires_on}).items()}
    last_year = (expires_on.year - 1, expires_on.month, expires_on.day)
    if decided_on < expires_on and last_year <= (decided_on.year, decided_on.month, decided_on.day):
        read_content(SECTIONS["access_request"], written, life=life)
    else:
        with pytest.raises(Unacceptable) as refusal:
            read_content(SECTIONS["access_request"], written, life=life)
        assert refusal.value.field == "content.expires_on"


@given(st.lists(st.tuples(DAYS, st.booleans()), max_size=6))
def test_the_newest_acceptance_says_when_access_ends(decisions: list[tuple[dt.date, bool]]) -> None:
    requests = [
        AccessRequest(
            requested_on=day, decided_on=day, number="1",
            decision=Decision.ACCEPTED if is_accepted else Decision.REFUSED,
            expires_on=one_year_after(day) if is_accepted else None,
        )
        for day, is_accepted in decisions
    ]  # fmt: skip
    accepted = [day for day, is_accepted in decisions if is_accepted]

    assert access_ends_on(requests) == (one_year_after(max(accepted)) if accepted else None)
