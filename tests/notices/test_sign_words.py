"""What a patient who noticed something is told: the right numbers, first, in words that anybody understands."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from monitor.catalog import Catalog
from monitor.notices.sign_words import ANYWHERE, SignWords, numbers_in
from monitor.notices.signs import Sign, Urgency
from monitor.notices.telltale import telltale_word
from monitor.notices.wording import UnknownLanguage

NUMBERS = {"FR": {"15", "112", "114"}, "BE": {"112"}, "US": {"911"}}
EVERYWHERE = tuple(itertools.product(("en", "fr"), sorted(NUMBERS)))
TELEPHONE = "+33 1 99 00 00 00"


@pytest.fixture
def words(catalog: Catalog) -> SignWords:
    return catalog.sign_words


def every_sign(catalog: Catalog) -> list[Sign]:
    return [sign for protocol in catalog.protocols for sign in protocol.signs]


def told(words: SignWords, signs: Sequence[Sign], *, language: str = "en", country: str = "FR") -> tuple[str, ...]:
    urgencies = [sign.urgency for sign in signs]
    return words.advice(signs, urgencies, language=language, country=country, telephone=TELEPHONE)


@pytest.mark.parametrize(("language", "country"), EVERYWHERE)
def test_in_every_emergency_the_numbers_of_the_country_come_first_h41(
    words: SignWords, catalog: Catalog, language: str, country: str
) -> None:
    emergencies = [sign for sign in every_sign(catalog) if sign.urgency is Urgency.EMERGENCY]
    assert len(emergencies) == 19
    for sign in emergencies:
        advice = told(words, (sign,), language=language, country=country)
        first, second = words.texts[language].emergency[country], words.texts[language].advice["emergency"]
        assert advice[:2] == (first, second)
        assert numbers_in(advice[0]) >= NUMBERS[country]


@pytest.mark.parametrize(("language", "country"), EVERYWHERE)
def test_whoever_gets_worse_knows_whom_to_call_whatever_it_is(
    words: SignWords, catalog: Catalog, language: str, country: str
) -> None:
    for sign in every_sign(catalog):
        advice = told(words, (sign,), language=language, country=country)
        assert any(numbers_in(line) >= NUMBERS[country] for line in advice), sign.id


def test_in_a_country_that_it_does_not_know_it_names_nobody_elses_numbers(words: SignWords, catalog: Catalog) -> None:
    for language in ("en", "fr"):
        for sign in every_sign(catalog):
            advice = told(words, (sign,), language=language, country="BR")
            assert not any(numbers_in(line) & {"15", "112", "114", "911"} for line in advice)
        assert not numbers_in(words.texts[language].emergency[ANYWHERE])


def test_the_gravest_of_several_signs_speaks(words: SignWords, catalog: Catalog) -> None:
    by_id = {sign.id: sign for sign in catalog.protocol("alemtuzumab.v1").signs}
    advice = told(words, (by_id["neck_lump"], by_id["face_drooping"]))
    assert advice[0] == "Call 15 or 112 now. If you cannot speak or hear, text 114."
    assert words.texts["en"].advice["within_two_weeks"] not in advice


def test_with_bleeding_or_a_kidney_sign_one_does_not_wait_for_us(words: SignWords, catalog: Catalog) -> None:
    by_id = {sign.id: sign for sign in catalog.protocol("alemtuzumab.v1").signs}
    for name in ("skin_spots", "red_urine", "bleeding_does_not_stop"):
        assert words.texts["en"].seek_elsewhere in told(words, (by_id[name],))
    assert words.texts["en"].seek_elsewhere not in told(words, (by_id["neck_lump"],))


def test_whoever_may_be_pregnant_hears_that_the_thyroid_waits_a_day_and_no_week(
    words: SignWords, catalog: Catalog
) -> None:
    by_id = {sign.id: sign for sign in catalog.protocol("alemtuzumab.v1").signs}
    assert words.texts["fr"].in_pregnancy in told(words, (by_id["palpitations"],), language="fr")


def test_every_sign_of_every_protocol_has_plain_words_in_both_languages(words: SignWords, catalog: Catalog) -> None:
    for language in ("en", "fr"):
        texts = words.texts[language].signs
        for sign in every_sign(catalog):
            assert texts[sign.id], sign.id
            assert len(texts[sign.id].split()) <= 14, texts[sign.id]
        assert len(set(texts.values())) == len(texts), "two signs read the same"


def test_no_language_is_made_up(words: SignWords) -> None:
    assert words.spoken(None, patient="fr") == "fr"
    assert words.spoken("en", patient="fr") == "en"
    assert words.spoken(None, patient="de") == "en"  # any rather than none
    with pytest.raises(UnknownLanguage):
        words.spoken("de", patient="fr")


def test_no_text_by_sms_holds_a_sign_h43(catalog: Catalog, config_dir: Path) -> None:
    """They stand apart from what is sent, and most of them could not be sent."""
    for path in sorted((config_dir / "wording").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        for language in ("en", "fr"):
            assert not [words for words in catalog.sign_words.texts[language].signs.values() if words in text]
    assert telltale_word(catalog.sign_words.words("possible_pregnancy", language="fr")) is not None
