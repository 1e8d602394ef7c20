"""Somebody sees whether texts leave, stops them, and lets them go on."""

from __future__ import annotations

import dataclasses

from monitor.actions.pause_sending import pause_sending
from monitor.delivery.line import MAIL, stop_line
from monitor.overviews.sending import sending
from monitor.store.message import MessageState
from monitor.store.sending_pause import PauseCause
from monitor.web.standstill import present_standstill
from tests.cast import Cast, Stage
from tests.client import Client
from tests.factories.messages import add_message

SENDING = "/api/v1/sending"
WHY = {"reason": "a wrong text was found"}


def test_a_neurologist_pauses_an_administrator_sees_who_and_why_and_resumes_h37(client: Client, cast: Cast) -> None:
    assert client.post(f"{SENDING}/pause", json=WHY, headers=cast.noor.headers).status_code == 200

    seen = client.get(SENDING, headers=cast.adam.headers).json
    pause = next(stop for stop in seen["stops"] if stop["what"] == "person")
    assert not seen["is_open"]
    assert (pause["why"], pause["by"]) == (WHY["reason"], "Noor")
    assert "a person paused" in client.get("/health/ready").text

    resumed = client.post(f"{SENDING}/resume", json={"pause_id": pause["pause_id"], **WHY}, headers=cast.adam.headers)
    assert resumed.status_code == 200
    assert "person" not in [stop["what"] for stop in resumed.json["stops"]]
    again = client.post(f"{SENDING}/resume", json={"pause_id": pause["pause_id"], **WHY}, headers=cast.adam.headers)
    assert again.status_code == 409


def test_a_pause_after_a_restore_is_not_ended_here_h57(client: Client, cast: Cast, stage: Stage) -> None:
    with stage.work() as work:
        pause_id = pause_sending(work, reason="restored from a copy", cause=PauseCause.RESTORED)

    refused = client.post(f"{SENDING}/resume", json={"pause_id": str(pause_id), **WHY}, headers=cast.adam.headers)

    assert refused.status_code == 403
    first = client.get(SENDING, headers=cast.nora.headers).json["stops"][0]
    assert (first["what"], first["by"]) == ("restored", "an operator at the command line")


def test_it_counts_what_waits_at_ones_own_sites_and_shows_who_is_alive_g5(
    client: Client, cast: Cast, stage: Stage
) -> None:
    with stage.sessions.begin() as session:
        add_message(session, cast, state=MessageState.PENDING)

    north, south = (client.get(SENDING, headers=who.headers).json for who in (cast.nora, cast.sven))

    assert (north["pending"], south["pending"]) == (1, 0)
    assert [site["site_id"] for site in north["sites"]] == [str(cast.north)]
    assert {sign["name"]: sign["is_ok"] for sign in north["signs"]} == {
        "scheduler": False, "worker": False, "mail": True,
    }  # fmt: skip


def test_it_tells_that_the_line_of_mail_is_stopped_h44(client: Client, cast: Cast, stage: Stage) -> None:
    stage.settings = dataclasses.replace(stage.settings, smtp_host="mail.example", mail_from="monitor@hospital.example")
    with stage.work() as work:
        stop_line(work, reason="the mail server refuses the account", probe_after=None, name=MAIL)
    with stage.work(by=cast.nora.actor) as work:
        found = sending(work)

    (mail,) = [sign for sign in found.signs if sign.name == "mail"]
    assert (mail.is_ok, mail.detail) == (False, "stopped: the mail server refuses the account")
    (said,) = [line for line in present_standstill(found) if "mail" in line]
    assert said == "No colleague is told by mail (stopped: the mail server refuses the account)."
