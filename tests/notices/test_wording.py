"""Every sentence a patient can receive, in every language: one segment, harmless, refused when it is not."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

import msgspec
import pytest

from monitor.catalog.wording_file import read_wording
from monitor.notices.sms_text import UnsuitableText, gsm7_septets
from monitor.notices.wording import (
    Reply,
    Sentence,
    Texts,
    UnknownCountry,
    UnknownLanguage,
    Wording,
)
from monitor.notices.wording_checks import BadWording, every_rendering, wording_of
from tests.conftest import ROOT

LEAP_YEAR = [dt.date(2028, 1, 1) + dt.timedelta(days=offset) for offset in range(366)]
# Written apart from the list that the code uses: what must not be found anywhere in a text, French and English.
BETRAYING = re.compile(
    "tofersen|qalsody|alemtuzumab|lemtrada|natalizumab|ocrelizumab|rituximab|fingolimod|riluzole|edaravone|cortisone"
    "|steroid|aciclovir|interferon|sclerose|sclerosis|plaques|amyotroph|charcot|maladie|disease|illness|neurolog|neuro"
    "|infusion|perfusion|injection|dose|traitement|treatment|therapy|medicament|medicine|drug|drogue|ponction|puncture"
    "|lombaire|lumbar|lcr|csf|sang|blood|urine|plaquette|platelet|globule|thyroid|tsh|creatinin|foie|liver|rein|kidney"
    "|peau|skin|hpv|irm|mri|scanner|scan|analyse|analysis|bilan|prelevement|sample|examen|exam|test|resultat|result"
    "|labo|laboratoire|laboratory|hopital|hospital|chu|clinique|clinic|service|department|departement|ward|unite|unit"
    "|infirmiere|nurse|docteur|doctor|medecin|physician|consultation|grossesse|pregnan|contracep|vaccin|cancer|tumeur"
    "|tumour|herpes|immun|anormal|abnormal|monsieur|madame|mister"
)
ANSWERS = {"opt_out": "Fin. {telephone}", "opt_in": "Oui. {telephone}", "done": "Merci. {telephone} {link}"}
BETRAYING_WHOLE = re.compile("sep|sla|ms|als|dr|mr|mme|mrs|pl|lp")


@pytest.fixture(scope="module")
def wording() -> Wording:
    return read_wording(ROOT / "config" / "wording")


@pytest.fixture(scope="module")
def renderings(wording: Wording) -> list[tuple[str, str]]:
    return [
        (f"{language}:{path}", render())
        for language, texts in sorted(wording.texts.items())
        for path, render in every_rendering(texts, days=LEAP_YEAR)
    ]


def plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))


def test_it_speaks_french_and_english_h39(wording: Wording) -> None:
    assert wording.languages == {"en", "fr"}


def test_it_fits_every_text_of_every_day_in_one_segment_h38(renderings: list[tuple[str, str]]) -> None:
    assert {path: text for path, text in renderings if gsm7_septets(text) > 160} == {}
    assert len(renderings) > 2 * 2 * 4 * 366


def test_it_betrays_nothing_in_any_text_h43(renderings: list[tuple[str, str]]) -> None:
    betrayed = {
        (path, word)
        for path, text in renderings
        for word in re.findall(r"[a-z]+", plain(text.replace("https://longest.example.org/abcdefghijkl", "")))
        if BETRAYING_WHOLE.fullmatch(word) or BETRAYING.match(word)
    }

    assert betrayed == set()


@pytest.mark.parametrize("language", ("en", "fr"))
@pytest.mark.parametrize("sentence", list(Sentence))
def test_it_says_where_to_look_whom_to_call_and_which_message_it_is_h31(
    wording: Wording, language: str, sentence: Sentence
) -> None:
    text = wording.render(
        sentence,
        language=language,
        on=dt.date(2026, 4, 6),
        link="https://a.example/p",
        telephone="+33 1 99 00 12 34",
        reference="K7Q2",
        reply=Reply.NONE,
        at=dt.time(9, 5),
    )

    assert "https://a.example/p " in text
    assert "+33 1 99 00 12 34" in text
    assert text.endswith("Ref K7Q2")


@pytest.mark.parametrize(("language", "date"), (("fr", "06/04"), ("en", "6 April")))
def test_it_writes_the_date_in_the_language(wording: Wording, language: str, date: str) -> None:
    text = wording.render(
        Sentence.BEFORE,
        language=language,
        on=dt.date(2026, 4, 6),
        link="https://a.example",
        telephone="1",
        reference="A",
        reply=Reply.NONE,
    )

    assert date in text


@pytest.mark.parametrize(("language", "time"), (("fr", "le 06/04 à 9h05"), ("en", "on 6 April at 9:05")))
def test_it_writes_the_hour_in_the_language(wording: Wording, language: str, time: str) -> None:
    text = wording.render(
        Sentence.BEFORE_AT,
        language=language,
        on=dt.date(2026, 4, 6),
        link="https://a.example",
        telephone="1",
        reference="A",
        reply=Reply.NONE,
        at=dt.time(9, 5),
    )

    assert time in text


@pytest.mark.parametrize("language", ("en", "fr"))
def test_it_names_the_emergency_numbers_of_the_country_h41(wording: Wording, language: str) -> None:
    text = wording.emergency(language=language, country="FR", telephone="+33 1 99 00 12 34")

    assert {"15", "112", "114"} <= set(re.findall(r"\d+", text))


def test_it_refuses_to_guess_the_emergency_numbers_of_a_country_h41(wording: Wording) -> None:
    with pytest.raises(UnknownCountry):
        wording.emergency(language="en", country="XX", telephone="1")


def test_it_refuses_a_language_without_wording_h39(wording: Wording) -> None:
    with pytest.raises(UnknownLanguage):
        wording.emergency(language="tlh", country="FR", telephone="1")


@pytest.mark.parametrize("link", ("https://a.example/" + "x" * 90, "https://sclerose.example/p", "https://é-ê.example"))
def test_it_checks_the_text_again_when_it_is_rendered_h37_h38_h43(wording: Wording, link: str) -> None:
    with pytest.raises(UnsuitableText):
        wording.render(
            Sentence.TODAY,
            language="fr",
            on=dt.date(2026, 4, 6),
            link=link,
            telephone="+33 1 99 00 12 34",
            reference="A",
            reply=Reply.NONE,
        )


@pytest.mark.parametrize("language", ("en", "fr"))
@pytest.mark.parametrize("sentence", list(Sentence))
def test_h35_it_names_stop_only_where_an_answer_reaches_us(wording: Wording, language: str, sentence: Sentence) -> None:
    said = {
        reply: wording.render(
            sentence,
            language=language,
            on=dt.date(2026, 4, 6),
            link="https://a.example",
            telephone="1",
            reference="A",
            reply=reply,
            at=dt.time(9, 5),
        )
        for reply in Reply
    }

    assert [reply for reply, text in said.items() if "STOP" in text] == [Reply.STOP]


def french(wording: Wording, **changes: object) -> Texts:
    return msgspec.structs.replace(wording.texts["fr"], **changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    (
        ({"reminder": {"before": "{date} {link} {telephone} {reply} {reference}"}}, "reminder.before_at"),
        ({"emergency": {"FR": "Appelez {nom}"}}, "emergency.FR"),
        ({"emergency": {"FR": "Urgence: {telephone!r}"}}, "emergency.FR"),
        ({"emergency": {"FR": "Vous êtes seul {telephone}"}}, "emergency.FR"),
        ({"emergency": {"FR": "{telephone"}}, "emergency.FR"),
        ({"answers": {}}, "answers.opt_out"),
        ({"answers": {"opt_out": "STOP {telephone}", "vu": "Lu"}}, "answers.vu"),
        ({"answers": {"opt_out": "Vous ne recevrez plus rien"}}, "answers.opt_out"),
        ({"answers": {**ANSWERS, "move": "Votre traitement continue. {telephone}"}}, "answers.move"),
        ({"reply": {"none": "Ne pas répondre."}}, "reply.stop"),
        ({"reply": {"none": "Ne pas répondre.", "stop": "Dites non."}}, "reply.stop"),
        ({"reply": {"none": "Ne pas répondre.", "stop": "Arrêt: STOP."}}, "reminder.before"),
        ({"reply": {"none": "Non.", "stop": "STOP.", "oui": "OK"}}, "reply.oui"),
        ({"date": "{weekday}"}, "date"),
        ({"time": "{hour}h"}, "time"),
        ({"time": "{hour}h{minutes} {date}"}, "time"),
        ({"months": ("janvier",)}, "months"),
    ),
)
def test_it_refuses_wording_that_could_not_be_sent_h37(
    wording: Wording, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(BadWording) as refused:
        wording_of((french(wording, **changes),))

    assert refused.value.field == field


def test_it_finds_the_one_month_whose_name_does_not_fit_h38(wording: Wording) -> None:
    english = wording.texts["en"].months
    months = (*english[:7], "août", *english[8:])

    with pytest.raises(BadWording) as refused:
        wording_of((french(wording, date="{day} {month}", months=months),))

    assert refused.value.field == "reminder.before"
