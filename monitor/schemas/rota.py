"""Forms about the rota: put somebody on it, and how turns and colleagues are shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.fields import Day, Id, Moment, OneOf, Whole
from monitor.schemas.form import Form, PageQuery, PageSchema
from monitor.terms import Audience

_MOST_PLACES = 9


class AddTurnSchema(Form):
    """Somebody is on duty from a day to the day before another; place 1 is told first."""

    site_id = Id(required=True)
    audience = OneOf(*Audience, required=True)
    staff_id = Id(required=True)
    place = Whole(least=1, most=_MOST_PLACES, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)


class TurnsQuery(PageQuery):
    """Which turns: of a site, of a function, of a day."""

    site_id = Id(load_default=None)
    audience = OneOf(*Audience, load_default=None)
    on = Day(load_default=None)


class TurnSchema(Form):
    """A turn."""

    id = Id(required=True)
    site_id = Id(required=True)
    audience = OneOf(*Audience, required=True)
    staff_id = Id(required=True)
    name = fields.String(required=True, metadata={"example": "Nora Hellemans"})
    place = Whole(least=1, most=_MOST_PLACES, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)
    withdrawn_at = Moment(required=True, allow_none=True)
    withdrawn_by = Id(required=True, allow_none=True)


class TurnPageSchema(PageSchema):
    """A page of turns."""

    items = fields.List(fields.Nested(TurnSchema), required=True)


class ColleaguesQuery(PageQuery):
    """Of which site."""

    site_id = Id(required=True)


class MemberSchema(Form):
    """Somebody who can be put on the rota for this function."""

    id = Id(required=True)
    name = fields.String(required=True, metadata={"example": "Nora Hellemans"})
    audience = OneOf(*Audience, required=True)


class MemberPageSchema(PageSchema):
    """A page of colleagues."""

    items = fields.List(fields.Nested(MemberSchema), required=True)
