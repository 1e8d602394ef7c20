"""Every task has a title that a person can read."""

from __future__ import annotations

from monitor.delivery.tasks import Topic
from monitor.web.alert_words import TASKS


def test_every_task_about_texts_and_mail_has_a_title() -> None:
    assert set(TASKS) == set(Topic)
    assert not any(":" in title for title in TASKS.values())
