"""How the sites of this installation are listed."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.fields import Id
from monitor.schemas.form import Form, PageQuery, PageSchema


class SitesQuery(PageQuery):
    """Which part of the list."""


class SiteSchema(Form):
    """One hospital department."""

    id = Id(required=True)
    name = fields.String(required=True)
    country = fields.String(required=True)
    timezone = fields.String(required=True)


class SitePageSchema(PageSchema):
    """A page of sites."""

    items = fields.List(fields.Nested(SiteSchema), required=True)
