"""The stories of the demonstration as a person sees them: what calls, whom, since when, and what to do about it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.client import Client
from tests.web.conftest import Demonstration

LEVELS = ("critical", "urgent", "soon", "info")


@pytest.fixture
def client(demonstration: Demonstration) -> Client:
    return Client(demonstration.app)


@pytest.fixture
def page(client: Client) -> str:
    return client.get("/demo/agenda").text


def test_h12_a_count_that_fell_by_half_is_urgent_and_names_who_must_know_and_what_to_do(page: str) -> None:
    card = card_of(page, "Marin Hautclair", "urgent")

    assert "Platelets: steep fall" in card
    assert re.search(r"Why 118 × 10⁹/L in the sample of Sun 31 May: fell \d\d\.\d % from \d{3} on ", card)
    assert "What to do Repeat CBC now: the same day, at the latest the next; exclude clumping." in card
    assert "What would clear it A count that is not half of the one before." in card
    assert "Waits since today, 09:55; to be seen by the end of today." in card


def test_h47_the_deputy_must_know_where_the_first_on_the_rota_is_away(page: str) -> None:
    here = card_of(page, "Marin Hautclair", "urgent")
    elsewhere = card_of(page, "Sylvain Montcorbel", "urgent")

    assert "Must know now Dr Clémence Aubrevert; Dr Noor Valdemarche is away until Wed 3 Jun." in here
    assert "Must know now Dr Sylvan Harcourel" in elsewhere
    assert "is away" not in elsewhere


def test_its_repeat_is_to_be_taken_today_and_not_called_undone(page: str) -> None:
    card = card_of(page, "Marin Hautclair", "soon")
    entry = words(part_of(page, "today")).split("Marin Hautclair")[1]

    assert "Repeat: platelets, to be taken today due Sun 31 May, today" in card
    assert "Not done" not in card
    assert "repeat: platelets" in entry


def test_a_critical_count_stays_open_and_says_who_has_seen_it(page: str) -> None:
    card = card_of(page, "Naïs Delorge", "critical")

    assert "Why In the sample of Sat 30 May: 41 × 10⁹/L is below 50" in card
    assert "Seen yesterday, 10:30, by Dr Sylvan Harcourel" in card
    assert "Must know now" not in card


def test_what_only_a_nurse_has_seen_says_that_no_neurologist_has(page: str) -> None:
    seen = re.findall(r"Seen [^;]*?, by Nora Quillevent[^.]*\.", words(page))
    by_a_neurologist = re.findall(r"Seen [^;]*?, by Dr [^.]*\.", words(page))

    assert [one for one in seen if "(nurse; no neurologist has seen it yet)" not in one] == []
    assert seen
    assert [one for one in by_a_neurologist if "has seen it yet" in one] == []


def test_h52_a_card_and_a_page_tell_the_date_of_birth_beside_the_name(client: Client, page: str) -> None:
    born = re.search(r"born \d{1,2} \w{3} \d{4}", card_of(page, "Marin Hautclair", "urgent"))
    assert born is not None
    address = re.search(r'href="(/demo/patients/[^"]+)">Marin Hautclair<', page)
    assert address is not None

    lead = words(client.get(address[1]).text.split("<h1>")[1].split('<div class="columns">')[0])

    assert lead.startswith(f"Marin Hautclair {born[0]}")
    assert page.count('<article class="card') == len(re.findall(r"</span> for the \w+ · born \d", page))


def test_what_is_coming_is_not_called_nothing_where_there_is_more_later(client: Client) -> None:
    for address in re.findall(r'href="(/demo/patients/[^"]+)"', client.get("/").text):
        sheet = client.get(address).text
        for part in re.findall(r'<section [^>]*class="part .*?</section>', sheet, re.DOTALL):
            assert not ('class="nothing"' in part and "<li>" in part), address


def test_h47_what_was_put_off_says_until_when_and_why(page: str) -> None:
    put_off = page.split('id="put-off"')[1].split('<section aria-labelledby="agenda"', maxsplit=1)[0]
    card = card_of(put_off, "Odile Brumerac", "soon")

    assert "Thyrotropin (TSH): outside range" in card
    assert "Put off until Tue 2 Jun, 11:00, by Nora Quillevent: seen by the endocrinologist in three days." in card
    assert "Odile Brumerac" not in page.split('id="put-off"', maxsplit=1)[0]


def test_h07_what_was_put_right_says_first_that_it_is_found_no_longer(page: str) -> None:
    card = card_of(page, "Perrine Soulverin", "critical")

    assert "No longer found: platelets: below 50" in card
    now, said, asked = (card.index(label) for label in ("Now No longer found on", "It had said", "It had asked"))
    assert now < said < asked
    assert "It waits for somebody to see that." in card[now:said]
    assert "What to do" not in card


def test_h10_a_clotted_sample_asks_for_another_by_its_name(page: str) -> None:
    entry = words(part_of(page, "upcoming")).split("Romane Kerivoal")[1]

    assert "repeat: platelets" in entry[:200]
    assert (
        'class="name">Romane' not in page.split('<section aria-labelledby="agenda"', maxsplit=1)[0]
    )  # nobody is called


def test_a_traumatic_tap_calls_nobody(page: str) -> None:
    assert "Quentin Valrose" not in page.split('<section aria-labelledby="agenda"', maxsplit=1)[0]


def test_a_new_weakness_says_which_dose_it_holds_back(page: str) -> None:
    card = card_of(page, "Sylvain Montcorbel", "urgent")
    dose = next(one for one in words(part_of(page, "upcoming")).split("Sylvain Montcorbel") if "held back" in one)

    assert "Sign: new weakness" in card
    assert re.search(r"Holds back tofersen dose of \w{3} \d+ \w{3}, (tomorrow|in \d+ days), until a neurologist", card)
    assert "tofersen dose" in dose[:60]
    assert "held back: signs of myelitis, meningitis or raised pressure" in dose


def test_it_shows_no_key_of_the_calendar_and_no_date_of_a_machine(page: str) -> None:
    shown = words(page)

    assert re.findall(r"\b[a-z_]+/\d[\w.-]*|repeat/\w+|\d{4}-\d\d-\d\d", shown) == []


def test_it_draws_the_values_beneath_an_alert_on_them(client: Client, page: str) -> None:
    pictures = set(re.findall(r'src="(/demo/trends/[^"]+)"', page))
    names = re.findall(r'alt="How (\S+) went for ([^;]+);', page)

    assert ("platelets", "Marin Hautclair") in names
    assert len(names) == len(set(names))  # once for each patient and analyte, however many alerts
    for address in pictures:
        picture = client.get(address)
        assert picture.headers["Content-Type"].startswith("image/svg+xml")
        assert not re.search("<style|style=|<script|Hautclair", picture.text)


def test_a_dose_against_a_gate_says_who_gave_it_and_why(client: Client, page: str) -> None:
    address = re.search(r'href="(/demo/patients/[^"]+)">Thibaud Vernassal<', page)
    assert address is not None
    sheet = words(client.get(address[1]).text)
    dose = sheet.split("Doses given Sat 30 May, yesterday")[1]

    assert "Recorded yesterday, 11:20, by Dr Sylvan Harcourel." in dose
    assert "Given against INR before the lumbar puncture: 1.6 is above 1.5." in dose
    assert "Why all the same 1.2 on the device at the bedside; the haematologist agrees" in dose
    assert "INR before the lumbar puncture Stands against it: 1.6 is above 1.5." in sheet.split("Doses given")[0]


def test_everybody_has_a_page(client: Client) -> None:
    addresses = re.findall(r'href="(/demo/patients/[^"]+)"', client.get("/").text)

    assert len(addresses) == 60
    assert {client.get(address).status_code for address in addresses} == {200}
    assert client.get("/demo/patients/00000000-0000-0000-0000-000000000000").status_code == 404


def card_of(page: str, name: str, level: str) -> str:
    """The words of the card of somebody at that level."""
    cards = re.findall(rf'<article class="card level-{level}">.*?</article>', page, re.DOTALL)
    found = [card for card in cards if f">{name}<" in card]
    assert len(found) == 1, (name, level, len(found))
    return words(found[0])


def part_of(page: str, part: str) -> str:
    return page.split(f'id="part-{part}"')[1].split("</section>", maxsplit=1)[0]


def words(markup: str) -> str:
    """What a person reads, first letters as a browser writes them."""
    text = re.sub(r'(<p class="cause">)([a-z])', lambda found: found[1] + found[2].upper(), markup)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
