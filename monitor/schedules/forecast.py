"""The one question this project exists for: given a plan and a history, what is due, late or owed on a day?"""

from __future__ import annotations

import datetime as dt

from monitor.schedules.calendar import OVER, OWED, Alert, Forecast, Kind, Warning
from monitor.schedules.cautions import (
    after_the_end,
    course_warnings,
    decisions_on_items,
    long_interruptions,
    same_day_doses,
)
from monitor.schedules.course_doses import Course, courses
from monitor.schedules.crediting import complete_days, credit
from monitor.schedules.doses import Dose
from monitor.schedules.facts import History, Person
from monitor.schedules.gates import set_gates
from monitor.schedules.horizon import planned_until
from monitor.schedules.interval_doses import interval_doses, too_early
from monitor.schedules.known import Known, known
from monitor.schedules.lateness import Ladder, ladder
from monitor.schedules.listing import Listing
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.occurrences import dose_occurrence, occurrences
from monitor.schedules.plan import CourseDoses, DoneBy, IntervalDoses, Plan, Stream
from monitor.schedules.recurrence import SurveillanceEnd, Window, WithDose
from monitor.schedules.timeline import Timeline
from monitor.schedules.working_days import WorkingDays

_DAY = dt.timedelta(days=1)
_NEVER_CLOSES = Window(opens=0, closes="never")


def forecast(plan: Plan, history: History, *, on: dt.date, until: dt.date, working_days: WorkingDays) -> Forecast:
    """Everything due, done, late or owed on `on`, with doses planned as far as `until`.

    Pure and total: the same facts in any order give the same answer, and any well-formed history has one. Dates are of
    the treating centre's calendar. Rules and sources stand in the protocol (`plan`); the semantics are those of the
    `simulate` contract. Raises nothing.
    """
    facts, warnings = known(history, on=on, compared=plan.compared)
    # An unbounded series exists for waivers and moves as far as usual, however near one asks.
    timeline = _timeline(plan, facts, horizon=max(until, planned_until(on)))
    shown = timeline.doses if timeline.courses else timeline.doses[:-1]
    streams = [_dose_stream(plan.doses), *(s for s in plan.streams if _concerns(s, facts.person))]
    found = [[dose_occurrence(streams[0], dose) for dose in shown]]
    found += [occurrences(stream, timeline) for stream in streams[1:]]
    _credit_and_decide(streams, found, timeline)
    if isinstance(plan.doses, CourseDoses):
        baselines = [occurrence for group in found[1:] for occurrence in group if occurrence.is_baseline]
        set_gates(plan.doses, facts, timeline.courses, baselines=baselines, doses=found[0])
    ladders = [
        ladder(group, on=on, settled_after=_settled_after(stream, facts))
        for stream, group in zip(streams, found, strict=True)
    ]
    warnings += _warnings(plan, facts, timeline, shown, found)
    listing = Listing(facts, timeline, found, horizon=max(on, until), working_days=working_days)
    alerts = [step.alert for step in ladders if step.alert is not None]
    return Forecast(
        items=listing.items(),
        alerts=tuple(sorted(alerts, key=_by_level)),
        warnings=tuple(sorted(warnings, key=_by_code)),
        surveillance_ends_on=timeline.watched_until,
        next_dose=listing.next_due(Kind.DOSE),
        next_lab=listing.next_due(Kind.LAB),
        upcoming=listing.upcoming(),
        outlook=listing.outlook(),
        attention_on=_attention_on(timeline, found, ladders),
        in_force=tuple(facts.in_force),
        has_died=facts.decisions.died_on is not None,
        letters=tuple(letter for step in ladders for letter in step.letters),
    )


def _timeline(plan: Plan, facts: Known, *, horizon: dt.date) -> Timeline:
    if isinstance(plan.doses, IntervalDoses):
        doses = interval_doses(plan.doses, facts, horizon=horizon)
        return Timeline(facts, doses=doses, courses=[], horizon=horizon)
    found = courses(plan.doses, facts)
    timeline = Timeline(
        facts, doses=[dose for course in found for dose in course.doses], courses=found, horizon=horizon,
        watched_until=_surveillance_ends_on(plan, found),
    )  # fmt: skip
    timeline.closed_on = _closed_on(plan, timeline)
    return timeline


def _closed_on(plan: Plan, timeline: Timeline) -> dt.date | None:
    """The day on which the surveillance was closed, where that was done when it could be and no course came after."""
    ends_on = timeline.watched_until
    for stream in plan.streams:
        if isinstance(stream.schedule, SurveillanceEnd) and ends_on is not None:
            days = timeline.known.decisions.done_on.get(f"{stream.id}/1", ())
            return next((day for day in days if day >= stream.window.opens_on(ends_on)), None)
    return None


def _dose_stream(doses: IntervalDoses | CourseDoses) -> Stream:
    return Stream(
        id=doses.stream, kind=Kind.DOSE, title=doses.title, source=doses.source, window_source=doses.window_source,
        schedule=WithDose(), window=_NEVER_CLOSES, done_by=DoneBy.DOSE,
    )  # fmt: skip


def _concerns(stream: Stream, person: Person) -> bool:
    """Whether the stream applies to this person (P14)."""
    wanted = stream.applies_to
    if wanted.sex is not None and person.sex is not wanted.sex:
        return False
    excluded = wanted.unless_childbearing_potential_is
    return excluded is None or person.childbearing_potential is not excluded


def _credit_and_decide(streams: list[Stream], found: list[list[Occurrence]], timeline: Timeline) -> None:
    """Credits, waivers, moves and endings, then the state of every occurrence."""
    facts = timeline.known
    decisions = facts.decisions
    for stream, group in zip(streams[1:], found[1:], strict=True):
        credit(stream, group, facts)
        if decisions.waived_on or decisions.moves_to:
            for occurrence in group:
                occurrence.is_waived = occurrence.key in decisions.waived_on
                _move(occurrence, decisions.moves_to.get(occurrence.key, ()))
    without_infusion = {course.number for course in timeline.courses if not course.has_infusion}
    on, stopped_on, died_on = facts.on, decisions.stopped_on, decisions.died_on
    has_ended = stopped_on is not None or died_on is not None
    for group in found:
        for occurrence in group:
            if has_ended or occurrence.superseded_on is not None:
                _end(occurrence, stopped_on=stopped_on, died_on=died_on, never_begun=without_infusion)
            if occurrence.opens_on > on and occurrence.is_untouched:
                continue  # planned, as it was made: the most of a calendar
            occurrence.state = occurrence.state_on(on)


def _move(occurrence: Occurrence, moves: tuple[dt.date, ...]) -> None:
    """Gives the occurrence the date of its newest appointment inside the window."""
    occurrence.due_on = next((to for to in moves if occurrence.has_in_window(to)), occurrence.due_on)


def _end(occurrence: Occurrence, *, stopped_on: dt.date | None, died_on: dt.date | None, never_begun: set[int]) -> None:
    """Sets the day of the first cause that ends an occurrence nobody did (contract, `stopped` and `died`)."""
    causes = [day for day in (occurrence.cancelled_on, occurrence.superseded_on, died_on) if day is not None]
    is_dose = occurrence.stream.kind is Kind.DOSE
    if stopped_on is not None and not is_dose:
        goes_on = occurrence.stream.goes_on_after_stop and occurrence.course not in never_begun
        if not goes_on:
            causes.append(stopped_on)
    if causes:
        occurrence.cancelled_on = min(causes)


def _settled_after(stream: Stream, facts: Known) -> dt.date | None:
    """The last day of a complete sample, where a later one settles what was missed (platelets during a course)."""
    if not stream.settled_by_later_sample:
        return None
    return max(complete_days(facts.labs, stream), default=None)


def _warnings(
    plan: Plan, facts: Known, timeline: Timeline, shown: list[Dose], found: list[list[Occurrence]]
) -> list[Warning]:
    by_key = {occurrence.key: occurrence for group in found for occurrence in group}
    warnings = same_day_doses(plan.doses, facts, shown)
    warnings += long_interruptions(plan.doses, shown, on=facts.on)
    if isinstance(plan.doses, CourseDoses):
        warnings += course_warnings(plan.doses, facts, timeline.courses)
    else:
        warnings += too_early(plan.doses, shown)
    warnings += after_the_end(plan.doses, facts, shown)
    return warnings + decisions_on_items(facts.decisions, by_key)


def _by_level(alert: Alert) -> tuple[int, str]:
    return alert.level.rank, alert.topic


def _by_code(warning: Warning) -> tuple[str, str, str]:
    return warning.code, warning.item or "", warning.because


def _surveillance_ends_on(plan: Plan, found: list[Course]) -> dt.date | None:
    dates = [day for course in found for day in course.dates]
    if plan.surveillance is None or not dates:
        return None
    return plan.surveillance.after_last_infusion.after(max(dates))


def _attention_on(timeline: Timeline, found: list[list[Occurrence]], ladders: list[Ladder]) -> dt.date | None:
    """The first later day on which something changes by time alone: a rung, a closing, a dose that goes on waiting.

    And an opening, where another of the stream is owed: until then the calendar shows that one only.
    """
    on = timeline.known.on
    if any(dose.is_pending and dose.due_on <= on for dose in timeline.doses):
        return on + _DAY  # what hangs on it is counted from the day of the question, and moves with it
    days = [step.changes_on for step in ladders if step.changes_on is not None]
    for group in found:
        closings = [o.closes_on for o in group if o.closes_on is not None and o.closes_on > on and o.state not in OVER]
        days += closings
        if any(o.state in OWED for o in group):
            days += [o.opens_on for o in group if o.opens_on > on and o.state not in OVER]
        if group and group[0].stream.done_by is DoneBy.DUE_DATE:
            days += [o.computed_due + _DAY for o in group if o.state not in OVER]
    return min((day for day in days if day > on), default=None)
