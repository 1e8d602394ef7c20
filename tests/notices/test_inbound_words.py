"""How a text to us is read: an opt-out however it is written, and nothing guessed out of what a person must read."""

from __future__ import annotations

import msgspec
import pytest

from monitor.catalog.wording_file import read_wording
from monitor.notices.answers import Answer, answer_to
from monitor.notices.inbound_words import (
    AmbiguousWord,
    InboundWords,
    Reading,
    Vocabulary,
    reference_in,
    vocabulary_of,
)
from tests.conftest import ROOT

DUTCH = InboundWords(
    opt_out=("AFMELDEN",), opt_in=(), done=("GEDAAN",), move=("VERZETTEN",), wrong_number=("verkeerd nummer",),
    polite=("graag",), texts=("sms",),
)  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_wording(ROOT / "config" / "wording").vocabulary()


@pytest.mark.parametrize(
    "text",
    (
        "STOP", "stop", " Stop. ", "S.T.O.P", "STOP!!", "STOP ALL", "stopall", "ARRET", "Arrêt", "ARRÊT", "ARRE\u0302T",
        "arrêtez", "UNSUBSCRIBE", "END", "QUIT", "OPTOUT", "opt-out", "OPT OUT", "REVOKE", "REMOVE", "FIN",
        "DÉSABONNER", "desabonner", "STOP svp", "Bonjour, stop merci", "stop les SMS", "STOP STOP STOP",
        "STOP Ref WMWM", "\u200bSTOP\u200b", "s t o p", "\uff33\uff34\uff2f\uff30",
    ),
)  # fmt: skip
def test_it_reads_every_way_of_opting_out_h35(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.read(text) is Reading.OPT_OUT


@pytest.mark.parametrize(
    ("text", "reading"),
    (
        ("START", Reading.OPT_IN),
        ("unstop", Reading.OPT_IN),
        ("FAIT", Reading.DONE),
        ("C'est fait !", Reading.DONE),
        ("C\u2019est fait", Reading.DONE),
        ("Done", Reading.DONE),
        ("NON", Reading.MOVE),
        ("reporter", Reading.MOVE),
        ("change", Reading.MOVE),
        ("CANCEL", Reading.MOVE),
        ("annuler svp", Reading.MOVE),
        ("Vous avez un mauvais numero", Reading.WRONG_NUMBER),
        ("Sorry, wrong number.", Reading.WRONG_NUMBER),
        ("Je ne suis PAS la bonne  personne", Reading.WRONG_NUMBER),
    ),
)
def test_it_reads_the_other_words(vocabulary: Vocabulary, text: str, reading: Reading) -> None:
    assert vocabulary.read(text) is reading


@pytest.mark.parametrize(
    "text",
    (
        "", "  ", "\x00", "?", "merci", "Non, je saigne beaucoup", "je dois stopper ?", "stop or go on with it?",
        "fin de la semaine", "done with it all, I cannot breathe", "FAIT STOP", "START STOP", "no more", "arretsuivant",
        "c'est pas fait", "ref STOP", "un stop",
        "Annuler les SMS", "annuler vos messages svp", "cancel these texts please", "🩸", "не пишите",
    ),
)  # fmt: skip
def test_it_guesses_nothing_out_of_what_a_person_must_read_h41(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.read(text) is Reading.OTHER


def test_it_finds_the_reference_of_our_text_where_one_is_quoted() -> None:
    assert reference_in("C'est fait, ref: wmwm merci") == "WMWM"
    assert reference_in("je prefere wmwm") is None


def test_another_language_is_other_words_and_nothing_else(vocabulary: Vocabulary) -> None:
    with_dutch = vocabulary_of([DUTCH])

    assert with_dutch.read("Graag afmelden") is Reading.OPT_OUT
    assert with_dutch.read("u hebt een verkeerd nummer") is Reading.WRONG_NUMBER
    assert vocabulary.read("afmelden") is Reading.OTHER


@pytest.mark.parametrize(
    "changes",
    (
        {"done": ("Afmelden!",)},
        {"polite": ("gedaan",)},
        {"texts": ("gedaan",)},
        {"move": ("...",)},
        {"wrong_number": ("",)},
    ),
)
def test_it_refuses_a_word_that_would_mean_two_things_or_nothing_h37(changes: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(AmbiguousWord):
        vocabulary_of([DUTCH, msgspec.structs.replace(DUTCH, **changes)])


@pytest.mark.parametrize("reading", (Reading.OTHER, Reading.WRONG_NUMBER))
def test_what_nobody_reads_is_answered_with_who_does_h41(reading: Reading) -> None:
    assert answer_to(reading, has_taken_effect=True, is_known=True) is Answer.EMERGENCY


def test_a_call_is_promised_to_those_alone_whom_a_nurse_can_call_h41() -> None:
    assert answer_to(Reading.MOVE, has_taken_effect=False, is_known=True) is Answer.MOVE
    assert answer_to(Reading.MOVE, has_taken_effect=False, is_known=False) is Answer.EMERGENCY


def test_an_opt_out_is_confirmed_once_and_an_opt_in_only_where_it_gave_something_back() -> None:
    assert answer_to(Reading.OPT_OUT, has_taken_effect=True, is_known=True) is Answer.OPT_OUT
    assert answer_to(Reading.OPT_OUT, has_taken_effect=False, is_known=True) is None
    assert answer_to(Reading.OPT_IN, has_taken_effect=True, is_known=True) is Answer.OPT_IN
    assert answer_to(Reading.OPT_IN, has_taken_effect=False, is_known=True) is Answer.EMERGENCY
