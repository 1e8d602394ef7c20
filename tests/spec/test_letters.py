"""Which letters are asked for when something does not arrive, to whom, and when does that end?"""

from __future__ import annotations

import datetime as dt
import json

from monitor.cli.simulated import read_question, to_history
from monitor.schedules.forecast import forecast
from monitor.schedules.letters import Addressee, AskedLetter
from tests.spec.builders import BLOODS_OF_A_MONTH, Story, alemtuzumab_after_course_1, shift, tofersen_on_time
from tests.spec.tables import table
from tests.spec.test_escalation import MONTHS
from tests.spec.valued import catalog


def letters(story: Story, stream: str, on: str) -> dict[Addressee, AskedLetter]:
    """The letters about a stream that are asked for on a day, by addressee."""
    day = dt.date.fromisoformat(on)
    history = read_question(json.dumps(story.history), catalog(), on=day, until=None).history
    plan = catalog().protocol(history.protocol).plan_for(history.profile)
    facts = to_history(history, catalog())
    found = forecast(plan, facts, on=day, until=day, working_days=catalog().working_days("FR")).letters
    return {one.to: one for one in found if one.stream == stream}


def check_letters(story: Story, stream: str, *, patient: str, family_doctor: str, registered: str) -> None:
    """Each is asked for from its day on, and not the day before; a registered one takes the place of a plain one."""
    for to, since in ((Addressee.PATIENT, patient), (Addressee.FAMILY_DOCTOR, family_doctor)):
        assert to not in letters(story, stream, shift(since, -1))
        assert str(letters(story, stream, since)[to].since) == since
    assert not letters(story, stream, shift(registered, -1))[Addressee.PATIENT].is_registered
    last = letters(story, stream, registered)[Addressee.PATIENT]
    assert (last.is_registered, str(last.since)) == (True, registered)
    assert letters(story, stream, shift(registered, 20))[Addressee.PATIENT] == last


@table("""
    first month without a sample | patient    | family doctor | registered
    1                            | 2026-04-13 | 2026-04-13    | 2026-04-20
    3                            | 2026-06-13 | 2026-06-13    | 2026-06-20
    4                            | 2026-07-16 | 2026-07-20    | 2026-07-27
    11                           | 2027-02-16 | 2027-02-20    | 2027-02-27
    12                           | 2027-03-13 | 2027-03-13    | 2027-03-20
""")
def test_letters_about_the_monthly_bloods(
    first_month_without_a_sample: str, patient: str, family_doctor: str, registered: str
) -> None:
    """Sooner in months 1 to 3 and 12 to 36; the registered letter to the patient takes the place of the first."""
    sampled = MONTHS[: int(first_month_without_a_sample) - 1]
    for stream in BLOODS_OF_A_MONTH:
        story = alemtuzumab_after_course_1().with_panel(stream, *sampled)
        check_letters(story, stream, patient=patient, family_doctor=family_doctor, registered=registered)


@table("""
    stream | patient    | family doctor | registered
    tsh    | 2026-06-27 | 2026-07-04    | 2026-07-18
""")
def test_letters_about_the_thyroid(stream: str, patient: str, family_doctor: str, registered: str) -> None:
    """Every three months, with more patience."""
    story = alemtuzumab_after_course_1()
    check_letters(story, stream, patient=patient, family_doctor=family_doctor, registered=registered)


@table("""
    the day before | letters on 27 july
    nothing        | family_doctor patient
    sample         | -
    waived         | -
    stopped        | family_doctor patient
    died           | -
""")
def test_what_ends_the_letters(the_day_before: str, letters_on_27_july: str) -> None:
    """A sample, a waiver, a death; a stop ends none, because the surveillance goes on."""
    day = "2026-07-26"
    late = alemtuzumab_after_course_1().with_panel("cbc", *MONTHS[:3])
    stories = {
        "nothing": late,
        "sample": late.with_panel("cbc", day),
        "waived": late.waived("cbc/1.4", day),
        "stopped": late.stopped(day),
        "died": late.died(day),
    }
    found = letters(stories[the_day_before], "cbc", "2026-07-27")
    assert " ".join(sorted(found)) == letters_on_27_july.replace("-", "")


@table("""
    stream       | on
    infusion     | 2027-06-01
    skin         | 2027-06-01
    prescription | 2026-06-01
""")
def test_about_these_nobody_is_written_to(stream: str, on: str) -> None:
    """A course, an examination or a task is spoken about; a letter asks for a sample."""
    assert letters(alemtuzumab_after_course_1(), stream, on) == {}


@table("""
    stream     | on
    dose       | 2026-06-01
    creatinine | 2026-09-01
""")
def test_with_tofersen_nobody_is_written_to(stream: str, on: str) -> None:
    """Whoever misses a dose is called within days."""
    assert letters(tofersen_on_time(1), stream, on) == {}
