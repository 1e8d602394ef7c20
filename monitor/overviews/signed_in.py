"""Who is asking: the actor behind a token, read anew on every request so that a revocation acts on the next one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from monitor.store.token import LONGEST_TOKEN, find_bearer
from monitor.terms import Actor, Role


def signed_in(session: Session, *, token: str, at: dt.datetime) -> Actor | None:
    """The holder of the token with the role and the sites of this moment; None where the token opens nothing."""
    if len(token) > LONGEST_TOKEN:
        return None
    with session.begin():
        session.connection(execution_options={"only_reads": True})
        rows = find_bearer(session, token=token, at=at)
    if not rows:
        return None
    staff_id, role, _ = rows[0]
    return Actor(id=staff_id, role=Role(role), site_ids=frozenset(site for _, _, site in rows if site is not None))
