"""Forms about a supposition: a dose given or a course agreed on a day, and everything that it would change."""

from __future__ import annotations

from marshmallow import fields

from monitor.protocols.checks import PROFILES
from monitor.schedules.calendar import Kind
from monitor.schedules.what_if import Supposition
from monitor.schemas.banner import AboutPatient
from monitor.schemas.fields import Day, Id, OneOf, Whole
from monitor.schemas.form import Form
from monitor.schemas.treatments import CalendarAlertSchema, CalendarWarningSchema
from monitor.terms import Weekday


class WhatIfSchema(Form):
    """What is supposed: that a dose is `given`, or a course `agreed`, on that day.

    `course` and `day` where the protocol has courses. Without both, the next infusion is meant: the one that is
    pending or, where none is, day 1 of the course after the newest. A course that is agreed has no `day`.
    """

    on = Day(required=True)
    what = OneOf(*Supposition, load_default=Supposition.GIVEN.value)
    course = Whole(least=1, most=99)
    day = Whole(least=1, most=99)


class ChangeSchema(Form):
    """A date as it stands and as it would stand: the same twice where nothing changes, null for no date."""

    before = Day(required=True, allow_none=True)
    after = Day(required=True, allow_none=True)


class NamedSchema(Form):
    """Which item it is."""

    key = fields.String(required=True)
    stream = fields.String(required=True)
    kind = OneOf(*Kind, required=True)


class MoveSchema(NamedSchema):
    """An item whose due date moves, by so many days: fewer than none for earlier."""

    from_on = Day(required=True, data_key="from")
    to_on = Day(required=True, data_key="to")
    days = fields.Integer(required=True)


class NewWindowSchema(NamedSchema):
    """An item that is due as before, but can be credited from or until another day."""

    opens_on = fields.Nested(ChangeSchema, required=True)
    closes_on = fields.Nested(ChangeSchema, required=True)


class EntrySchema(NamedSchema):
    """An item that would be new on the calendar."""

    due_on = Day(required=True)


class EndingSchema(EntrySchema):
    """An item that would no longer be owed: listed as cancelled, or not at all."""

    how = OneOf("cancelled", "not_listed", required=True)


class CreditSchema(NamedSchema):
    """An item that would be credited with the facts of that day, or would be so no longer."""

    done_on = Day(required=True)


class NextChangeSchema(Form):
    """The next due dates, whatever the horizon."""

    dose = fields.Nested(ChangeSchema, required=True)
    lab = fields.Nested(ChangeSchema, required=True)


class ChangesSchema(Form):
    """Everything that would change because of what is supposed, and nothing that only time brings."""

    moved = fields.List(fields.Nested(MoveSchema), required=True)
    windows = fields.List(fields.Nested(NewWindowSchema), required=True)
    appears = fields.List(fields.Nested(EntrySchema), required=True)
    disappears = fields.List(fields.Nested(EndingSchema), required=True)
    credited = fields.List(fields.Nested(CreditSchema), required=True)
    uncredited = fields.List(fields.Nested(CreditSchema), required=True)
    surveillance_ends_on = fields.Nested(ChangeSchema, required=True)
    next = fields.Nested(NextChangeSchema, required=True)
    alerts_begin = fields.List(fields.Nested(CalendarAlertSchema), required=True)
    alerts_end = fields.List(fields.Nested(CalendarAlertSchema), required=True)
    warnings = fields.List(fields.Nested(CalendarWarningSchema), required=True)


class SupposedSchema(Form):
    """What was supposed, read back: the item, the day with its weekday, and when the item is due as it stands."""

    what = OneOf(*Supposition, required=True)
    key = fields.String(required=True)
    on = Day(required=True)
    weekday = OneOf(*Weekday, required=True)
    course = Whole(least=1, most=99, required=True, allow_none=True)
    day = Whole(least=1, most=99, required=True, allow_none=True)
    due_on = Day(required=True, allow_none=True)


class SupposedCalendarSchema(AboutPatient):
    """What would change in the calendar of one treatment; nothing was stored. `as_of`: the day of the comparison."""

    treatment_id = Id(required=True)
    protocol = fields.String(required=True)
    profile = OneOf(*PROFILES, required=True)
    on = Day(required=True)
    as_of = Day(required=True, attribute="what_if.as_of")
    supposed = fields.Nested(SupposedSchema, required=True, attribute="what_if.supposed")
    changes = fields.Nested(ChangesSchema, required=True, attribute="what_if.changes")
