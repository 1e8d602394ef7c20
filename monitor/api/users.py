"""`/users`: the accounts of an administrator's own sites: list, show, add, deactivate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.users import add_user, change_mail_address, revoke_user
from monitor.api.paging import with_link
from monitor.api.routes import ETAG, LINK, LOCATION, Routes, at, names_its_version
from monitor.edge.house import at_work
from monitor.edge.preconditions import etag, seen_version
from monitor.overviews.pages import Page
from monitor.overviews.users import Account, account, accounts
from monitor.schemas.form import CreatedSchema, NothingSchema
from monitor.schemas.users import AddUserSchema, MailAddressSchema, UserPageSchema, UserSchema, UsersQuery
from monitor.terms import Role

Answer = tuple[Account, dict[str, str]]

routes = Routes("users", "Accounts of people and machines; tokens are made at the command line.")


@routes.route("", methods=["POST"])
@routes.arguments(AddUserSchema)
@routes.response(201, CreatedSchema, headers=LOCATION)
def add(body: dict[str, Any]) -> tuple[dict[str, UUID], dict[str, str]]:
    """Add an account for some of your sites."""
    role = Role(body.pop("role"))
    with at_work() as work:
        user_id = add_user(work, role=role, **body)
    return {"id": user_id}, at("users.show", user_id=user_id)


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(UsersQuery, location="query")
@routes.response(200, UserPageSchema, headers=LINK)
def list_users(query: dict[str, Any]) -> tuple[Page[Account], dict[str, str]]:
    """The accounts that have no site but yours, those that were closed included."""
    with at_work(only_reads=True) as work:
        page = accounts(work, **query)
    return with_link(page)


@routes.route("/<uuid:user_id>", methods=["GET"])
@routes.response(200, UserSchema, headers=ETAG)
def show(user_id: UUID) -> Answer:
    """One account."""
    with at_work(only_reads=True) as work:
        found = account(work, user_id=user_id)
    return found, etag(found.version)


@routes.route("/<uuid:user_id>/mail-address", methods=["POST"])
@routes.arguments(MailAddressSchema)
@routes.response(200, UserSchema, headers=ETAG)
@names_its_version
def change_address(body: dict[str, Any], user_id: UUID) -> Answer:
    """Say where a colleague is told by mail that something waits for them; null: in the list of alerts only."""
    version = seen_version()
    with at_work() as work:
        change_mail_address(work, staff_id=user_id, expected_version=version, **body)
        found = account(work, user_id=user_id)
    return found, etag(found.version)


@routes.route("/<uuid:user_id>/deactivate", methods=["POST"])
@routes.arguments(NothingSchema, required=False)
@routes.response(200, UserSchema, headers=ETAG)
@names_its_version
def deactivate(_body: dict[str, Any], user_id: UUID) -> Answer:
    """Close it: its tokens open nothing from the next request on; twice changes nothing."""
    version = seen_version()
    with at_work() as work:
        revoke_user(work, staff_id=user_id, expected_version=version)
        found = account(work, user_id=user_id)
    return found, etag(found.version)
