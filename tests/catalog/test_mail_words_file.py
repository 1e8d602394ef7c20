"""The words of mail to colleagues: what could betray anything keeps the service from starting."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog import Catalog, load_catalog
from monitor.catalog.checking import check_or_refuse
from monitor.notices.telltale import telltale_word
from monitor.notices.wording import UnknownLanguage
from monitor.terms import Unacceptable
from tests.protocol_files import changed, config_with

LINK = "https://monitor.example/"
SUBJECT = 'subject = "Quelque chose vous attend"'
WRONG = (
    (SUBJECT, 'subject = "Plaquettes: quelque chose vous attend"', "fr.toml:subject"),
    (SUBJECT, 'subject = "Un patient sous Lemtrada"', "fr.toml:subject"),
    (SUBJECT, 'subject = "Quelque chose: {link}"', "fr.toml:subject"),
    (SUBJECT, 'subject = "3 choses vous attendent"', "fr.toml:subject"),
    (SUBJECT, 'subject = "Quelque\\nchose"', "fr.toml:subject"),
    (SUBJECT, 'subject = " "', "fr.toml:subject"),
    (SUBJECT, 'title = "Quelque chose vous attend"', "fr.toml"),
    ("{link}", "{name}", "fr.toml:body"),
    ("{link}", "{link!r}", "fr.toml:body"),
    ("{link}", "le lien", "fr.toml:body"),
    ("Bonjour,", "Bonjour, pour une ponction:", "fr.toml:body"),
    ('language = "fr"', 'language = "en"', "fr.toml:language"),
    ('language = "fr"', 'language = fr"', "fr.toml"),
)


@pytest.mark.parametrize(("old", "new", "field"), WRONG)
def test_h43_it_names_the_place_that_says_too_much(tmp_path: Path, old: str, new: str, field: str) -> None:
    config = config_with(tmp_path / "config", tofersen=changed("tofersen"))
    path = config / "wording" / "mail" / "fr.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(f"\n{old}", f"\n{new}", 1), encoding="utf-8")

    with pytest.raises(Unacceptable) as refusal:
        check_or_refuse(load_catalog(config))
    assert refusal.value.field == field


def test_h43_each_language_says_only_that_something_waits_and_where(catalog: Catalog) -> None:
    for language in catalog.mail_words.languages:
        mail = catalog.mail_words.render(language=language, link=LINK)
        assert LINK in mail.body
        assert telltale_word(mail.subject + mail.body) is None


def test_another_language_is_another_file(tmp_path: Path) -> None:
    config = config_with(tmp_path / "config", tofersen=changed("tofersen"))
    folder = config / "wording" / "mail"
    text = (folder / "en.toml").read_text(encoding="utf-8")
    (folder / "nl.toml").write_text(text.replace('"en"', '"nl"').replace("Hello", "Dag"), encoding="utf-8")

    words = load_catalog(config).mail_words
    assert words.render(language="nl", link=LINK).body.startswith("Dag,")
    with pytest.raises(UnknownLanguage):
        words.render(language="it", link=LINK)
