"""Nothing clinical fails because of a text: one that cannot be written becomes a nurse's task (G1, H38)."""

from __future__ import annotations

import dataclasses
import datetime as dt

from monitor.store.patient import PatientRow
from monitor.store.site import SiteRow
from tests.delivery.scene import MORNING, WEDNESDAY, Scene, due

DAY = dt.timedelta(days=1)
FIRST, SECOND = due(WEDNESDAY), due(WEDNESDAY, "tsh/1.2")


def test_it_ends_a_waiting_text_that_no_longer_fits_and_calls_a_nurse_h38(scene: Scene) -> None:
    scene.queue(FIRST, SECOND)
    fits = scene.settings
    scene.settings = dataclasses.replace(fits, public_page_url="https://suivi.example/" + "a" * 60)

    scene.queue(FIRST)  # the other sample was taken: the text must be written again
    scene.queue(FIRST)

    assert scene.message.state == "suppressed"
    assert scene.reminders == {("cbc/1.7", 0): "no_channel", ("tsh/1.2", 0): "dropped"}
    assert scene.tasks == ["reminder:no_channel"]

    scene.settings = fits
    scene.queue(FIRST)
    assert (scene.message.state, scene.reminders["cbc/1.7", 0]) == ("pending", "queued")


def test_it_ends_a_waiting_text_whose_language_is_no_longer_spoken(scene: Scene) -> None:
    scene.queue(FIRST, SECOND)
    scene.change(PatientRow, language="nl")

    scene.queue(FIRST)

    assert scene.message.state == "suppressed"
    assert scene.tasks == ["reminder:no_channel"]


def test_it_writes_a_waiting_text_again_in_the_language_that_the_patient_has_now(scene: Scene) -> None:
    scene.queue(FIRST)
    assert "Rappel" in scene.message.text
    scene.change(PatientRow, language="en")

    scene.queue(FIRST)

    assert scene.message.language == "en"
    assert "Reminder" in scene.message.text


def test_it_gives_a_nurse_the_reminders_that_cannot_even_be_planned_h28(scene: Scene) -> None:
    scene.change(SiteRow, timezone="Mars/Phobos")

    assert scene.queue(FIRST) == MORNING.date() + DAY
    assert (scene.messages, scene.tasks) == ([], ["message:failed"])

    scene.change(SiteRow, timezone="Europe/Paris")
    scene.queue(FIRST)
    assert scene.message.state == "pending"
