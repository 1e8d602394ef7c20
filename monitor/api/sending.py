"""`/sending`: whether texts leave at all; stop them, let them go on."""

from __future__ import annotations

from typing import Any

from monitor.actions.pause_sending import pause_sending
from monitor.actions.resume_sending import resume_sending
from monitor.api.routes import Routes
from monitor.edge.house import at_work
from monitor.overviews.sending import Sending, sending
from monitor.schemas.sending import PauseSendingSchema, ResumeSendingSchema, SendingSchema

routes = Routes("sending", "Whether texts leave at all, of all sites together.")


@routes.route("", methods=["GET"])
@routes.response(200, SendingSchema)
def show() -> Sending:
    """What keeps texts from leaving and on whose word, how many of your sites wait, and which processes are alive."""
    with at_work(only_reads=True) as work:
        return sending(work)


@routes.route("/pause", methods=["POST"])
@routes.arguments(PauseSendingSchema)
@routes.response(200, SendingSchema)
def pause(body: dict[str, Any]) -> Sending:
    """Let no text leave, of any site, until somebody resumes. Where it is paused already, that pause goes on."""
    with at_work() as work:
        pause_sending(work, **body)
        return sending(work)


@routes.route("/resume", methods=["POST"])
@routes.arguments(ResumeSendingSchema)
@routes.response(200, SendingSchema)
def resume(body: dict[str, Any]) -> Sending:
    """End the pause that you have seen; one that somebody made meanwhile goes on."""
    with at_work() as work:
        resume_sending(work, **body)
        return sending(work)
