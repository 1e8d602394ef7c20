"""The pages without sign-in show what really happened, and exist only where everybody is invented."""

from __future__ import annotations

import dataclasses
import re

import pytest

from monitor.settings import Environment, WrongSetting
from monitor.web.demonstration import pages
from tests.client import Client
from tests.web.conftest import Demonstration


@pytest.fixture
def client(demonstration: Demonstration) -> Client:
    return Client(demonstration.app)


def test_it_shows_sixty_phones_and_the_text_that_just_arrived(client: Client) -> None:
    page = client.get("/demo/phones").text

    assert page.count('<article class="phone') == 60
    assert page.index("<strong>New</strong>") < page.index("Duncan Ashgrove")  # who got a text comes first
    assert "Has not agreed to texts" in page
    assert "Died: no text goes out any more." in page


def test_it_writes_to_everybody_in_their_language_and_betrays_nothing(client: Client) -> None:
    texts = re.findall(r'<p class="words" lang="(\w+)">(.+?)</p>', client.get("/demo/phones").text)

    assert {(language, words.split(":")[0]) for language, words in texts} == {("fr", "Rappel"), ("en", "Reminder")}
    assert not any(re.search("tofersen|alemtuzumab|dose|infusion|bilan|blood", words) for _, words in texts)


def test_it_shows_the_worst_alert_first_with_its_reason_and_its_authority(client: Client) -> None:
    page = client.get("/demo/agenda").text
    levels = re.findall(r'<span class="level">(\w+)</span>', page)

    assert levels == sorted(levels, key=["critical", "urgent", "soon", "info"].index)
    assert {"critical", "urgent", "soon"} <= set(levels)
    assert page.count('<dl class="facts">') == page.count("Authority: ")


def test_it_shows_what_is_overdue_late_due_today_and_coming(client: Client) -> None:
    page = client.get("/demo/agenda").text

    for part in ("overdue", "late", "today", "upcoming"):
        section = page.split(f'id="part-{part}"')[1].split("</section>")[0]
        assert "<li>" in section, part


def test_it_names_everybody_on_the_first_page(client: Client) -> None:
    page = client.get("/").text

    assert page.count('<span class="name">') == 60
    assert "Everybody here is invented" in page


def test_it_shows_one_hospital_where_that_is_asked_for(client: Client) -> None:
    every = client.get("/demo/agenda").text
    one = re.search(r'href="(/demo/agenda\?centre=[0-9a-f-]+)"[^>]*>Hôpital du Vieux-Moulin', every)
    assert one is not None
    there = client.get(one[1]).text

    assert "Ada Florimont" in there
    assert "Gaspard Noirlac" in every
    assert "Gaspard Noirlac" not in there
    assert "Gaspard Noirlac" in client.get("/demo/agenda?centre=nowhere").text


def test_it_puts_nothing_inline_that_the_policy_would_stop(client: Client) -> None:
    for path in ("/", "/demo/phones", "/demo/agenda"):
        page = client.get(path)
        assert not re.search(r"<style|style=|onclick|<script(?![^>]*src=)", page.text), path
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert page.headers["Cache-Control"] == "no-store"


def test_it_opens_these_pages_without_sign_in_and_nothing_else(client: Client) -> None:
    assert client.get("/demo/phones").status_code == 200
    assert client.get("/api/v1/patients").status_code == 401
    assert client.get("/api/v1/messages").status_code == 401


@pytest.mark.parametrize("environment", [Environment.PRODUCTION, Environment.DEVELOPMENT, Environment.TEST])
def test_it_exists_in_no_other_environment(demonstration: Demonstration, environment: Environment) -> None:
    elsewhere = dataclasses.replace(
        demonstration.station.settings, environment=environment, transport=None, send_at_all_hours=False
    )

    with pytest.raises(WrongSetting):
        pages(elsewhere)
