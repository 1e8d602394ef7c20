"""What a link may not give away, wherever in it the word stands, and what it may hold all the same (H43)."""

from __future__ import annotations

import pytest

from monitor.notices.sms_text import UnsuitableText, check_sms_text


@pytest.mark.parametrize(
    "told",
    ("https://monsep.fr", "https://suivisep.fr/p", "monlemtrada.fr", "https://lasclerose.fr", "msclinic.org",
     "https://alscenter.org", "https://rdv.example.org/sep", "https://sep-patients.example", "https://x.example/h%6Fspital",
     "https://oncologie.example", "https://chu.example.fr", "https://a.hospital.example", "https://lacliniquebleue.fr",
     "Rendez-vous: clinique", "oncologie", "hospital"),
)  # fmt: skip
def test_it_refuses_what_a_link_or_the_name_of_a_place_gives_away_h43(told: str) -> None:
    with pytest.raises(UnsuitableText, match="disclose"):
        check_sms_text(f"Rappel: {told} Ref WMWM")


@pytest.mark.parametrize(
    "host",
    ("rdv.example.org", "monitor.example.fr", "suivi.example/p", "forms.example.org/portals", "teams.example/programs",
     "septembre.example", "mes-rdv.example.fr", "agenda.example.org", "sms.example.org", "tesla.example",
     "alsace.example", "calendrier.example.fr/page", "docs.example.org/systems", "longest.example.org/abcdefghijkl"),
)  # fmt: skip
def test_it_takes_ordinary_hosts(host: str) -> None:
    assert check_sms_text(f"https://{host}") == f"https://{host}"
