"""What may be sent as an SMS at all (H38, H43)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.notices.sms_text import UnsuitableText, check_sms_text, gsm7_septets

FITS = "abcxyzABCXYZ019 éèàùìòñäöüÇÉÅåØøÆæßΔΦΓΛΩΠΨΣΘΞ@£$¥¤§¡¿!\"#%&'()*+,-./:;<=>?_\n"
DOES_NOT_FIT = "çêôîûâëïÀÈœ’…–\u00a0«»"


@pytest.mark.parametrize("character", FITS)
def test_it_counts_one_septet_for_the_basic_alphabet_h38(character: str) -> None:
    assert gsm7_septets(character) == 1


@pytest.mark.parametrize("character", "^{}\\[~]|€\f")
def test_it_counts_two_septets_for_the_extension_h38(character: str) -> None:
    assert gsm7_septets(character) == 2


@pytest.mark.parametrize("character", DOES_NOT_FIT)
def test_it_refuses_what_would_switch_the_message_to_ucs2_h38(character: str) -> None:
    with pytest.raises(UnsuitableText, match="character 3"):
        gsm7_septets("ab" + character)


@pytest.mark.parametrize("text", ("a" * 160, "~" * 80))
def test_it_takes_what_just_fills_one_segment_h38(text: str) -> None:
    assert check_sms_text(text) == text


@pytest.mark.parametrize("text", ("a" * 161, "~" * 80 + "a", "~" * 81, "", "  ", "fenêtre"))
def test_it_refuses_what_is_not_one_segment_h38(text: str) -> None:
    with pytest.raises(UnsuitableText):
        check_sms_text(text)


@pytest.mark.parametrize(
    "text",
    ("Votre ponction est prévue", "PRÉLEVEMENT le 06/04", "your blood-test", "https://x.example/Lemtrada", "la SEP",
     "rdv SLA", "neurologie: 9h", "Tofersen-2"),
)  # fmt: skip
def test_it_refuses_words_that_tell_something_about_health_h43(text: str) -> None:
    with pytest.raises(UnsuitableText, match="disclose"):
        check_sms_text(text)


@given(st.text(max_size=200))
def test_it_never_repeats_the_text_in_its_refusal_h64(text: str) -> None:
    with pytest.raises(UnsuitableText) as refused:
        check_sms_text("ç" + "zq" + text)

    assert "zq" not in refused.value.reason


@given(st.text(alphabet=FITS + "~^|€", min_size=1, max_size=170))
def test_it_accepts_only_what_fits_one_segment_h38(text: str) -> None:
    try:
        check_sms_text(text)
    except UnsuitableText:
        return
    assert sum(2 if character in "~^|€" else 1 for character in text) <= 160
