"""No lost update: whoever changes a resource says which version they saw."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import BadRequest, PreconditionFailed, PreconditionRequired


def etag(version: int) -> dict[str, str]:
    """The header that names a version of a resource."""
    return {"ETag": f'"{version}"'}


def seen_version() -> int:
    """The version in `If-Match`: 428 where there is none, 412 where it can be no version of ours.

    `*` would match whatever somebody else just wrote, so it counts as none; a weak tag matches nothing (RFC 9110).
    """
    sent = request.if_match
    if not request.headers.get("If-Match") or sent.star_tag:
        raise PreconditionRequired("send If-Match with the ETag of the version that you read")
    tags = list(sent)
    if len(tags) > 1:
        raise BadRequest("send If-Match with one ETag")
    tag = (tags[0] or "") if tags else ""  # an empty tag is one, and is read as None
    if not (tag.isascii() and tag.isdigit() and len(tag) <= 9):
        raise PreconditionFailed("this is no version that you can have read; read it again")
    return int(tag)
