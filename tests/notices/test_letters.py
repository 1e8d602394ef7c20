"""Which letter is asked for, when one about several things counts as sent, and what no letter may say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from monitor.catalog import Catalog
from monitor.catalog.letter_words_file import BadLetterWordsFile, read_letter_words
from monitor.notices.letter_words import Reader, Sheet
from monitor.notices.letters import SentLetter, wanted_letters
from monitor.notices.telltale import illness_word, telltale_word
from monitor.schedules.letters import Addressee, AskedLetter

DUE, SINCE = dt.date(2026, 7, 6), dt.date(2026, 7, 16)
LATER = SINCE + dt.timedelta(days=5)
PATIENT, DOCTOR = Addressee.PATIENT, Addressee.FAMILY_DOCTOR
LETTERS = Path(__file__).parents[2] / "config" / "wording" / "letters"
STREAMS = ("cbc", "creatinine", "urinalysis", "liver", "tsh", "cd4")
ADA = Reader(
    address=("Ada Berger", "12 rue des Quais", "29000 Quimper"), site="Neurology North", telephone="+33 1 99 00 00 01",
    name="Ada Berger", born_on=dt.date(1980, 2, 1), sex="female",
)  # fmt: skip


def asked(
    stream: str = "cbc", *, to: Addressee = PATIENT, since: dt.date = SINCE, registered: bool = False
) -> AskedLetter:
    return AskedLetter(
        to=to, stream=stream, key=f"{stream}/1.4", due_on=DUE, since=since, is_registered=registered
    )  # fmt: skip


def sent(*streams: str, on: dt.date = SINCE, to: Addressee = PATIENT, registered: bool = False) -> SentLetter:
    return SentLetter(to, tuple(f"{stream}/1.4" for stream in streams), on, registered)


@pytest.mark.parametrize(
    ("posted", "sent_on"),
    [
        ((), None),
        ((sent("cbc"),), None),  # the other one is still missing in it
        ((sent("cbc", "liver"),), SINCE),
        ((sent("cbc"), sent("liver", on=LATER)), LATER),
        ((sent("cbc", "liver", on=SINCE - dt.timedelta(days=1)),), None),  # before it was asked for
        ((sent("cbc", "liver", to=DOCTOR),), None),
    ],
)
def test_a_letter_is_sent_once_all_of_it_was(posted: tuple[SentLetter, ...], sent_on: dt.date | None) -> None:
    (letter,) = wanted_letters([asked("cbc"), asked("liver")], sent=posted, awaited=())
    assert letter.sent_on == sent_on


def test_it_is_asked_for_since_the_first_part_that_was_not_sent() -> None:
    (letter,) = wanted_letters([asked("cbc"), asked("tsh", since=LATER)], sent=[sent("cbc")], awaited=())
    assert (letter.since, letter.keys) == (LATER, ("cbc/1.4", "tsh/1.4"))


def test_only_a_registered_letter_does_for_one() -> None:
    (letter,) = wanted_letters([asked(registered=True)], sent=[sent("cbc")], awaited=())
    assert letter.sent_on is None
    (letter,) = wanted_letters([asked(registered=True)], sent=[sent("cbc", registered=True)], awaited=())
    assert letter.sent_on == SINCE


def test_who_had_the_sample_taken_is_not_written_to() -> None:
    found = wanted_letters([asked("cbc"), asked("cbc", to=DOCTOR)], sent=(), awaited=("cbc/1.5",))
    assert [letter.to for letter in found] == [DOCTOR]


def texts_of(sheet: Sheet) -> list[str]:
    parts = [line for part in sheet.parts for line in ((part,) if isinstance(part, str) else part)]
    return [*sheet.sender, sheet.subject, *parts, *sheet.ending, *([sheet.mention] if sheet.mention else [])]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_h43_the_letter_to_a_patient_names_no_illness_drug_or_hospital(catalog: Catalog, language: str) -> None:
    """Families open letters: every stream at once, registered, from a department whose name says it all."""
    (letter,) = wanted_letters([asked(stream, registered=True) for stream in STREAMS], sent=(), awaited=())
    sheet = catalog.letter_words.to_patient(letter, ADA, language=language, on=LATER, has_order=False)
    assert [word for text in texts_of(sheet) if (word := illness_word(text)) is not None] == []
    assert "Neurology" not in " ".join(texts_of(sheet))
    assert any("+33 1 99 00 00 01" in text for text in texts_of(sheet))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_h43_what_the_window_shows_is_the_address_and_nothing_else(catalog: Catalog, language: str) -> None:
    words = catalog.letter_words
    (to_patient,) = wanted_letters([asked()], sent=(), awaited=())
    (to_doctor,) = wanted_letters([asked(to=DOCTOR)], sent=(), awaited=())
    sheet = words.to_patient(to_patient, ADA, language=language, on=LATER, has_order=True)
    assert sheet.address == ADA.address
    doctor = words.to_doctor(
        to_doctor, ADA, language=language, on=LATER, drug="alemtuzumab", taken={}, limits=(), was_reminded=True
    )  # fmt: skip
    assert doctor.address == ADA.address


def test_the_family_doctor_reads_what_is_missing_since_when_and_what_is_worth_a_call(catalog: Catalog) -> None:
    (letter,) = wanted_letters([asked("cbc", to=DOCTOR), asked("liver", to=DOCTOR)], sent=(), awaited=())
    sheet = catalog.letter_words.to_doctor(
        letter, ADA, language="fr", on=LATER, drug="alemtuzumab", taken={"liver": dt.date(2026, 7, 10)},
        limits=("Plaquettes : < 100 × 10⁹/L (le jour même)",), was_reminded=True,
    )  # fmt: skip
    told = " | ".join(texts_of(sheet))
    for said in (
        "Ada Berger, née le 1er février 1980", "alemtuzumab", "plaquettes, depuis le 6 juillet 2026",
        "prélèvement noté le 10 juillet 2026, résultat non reçu", "Plaquettes : < 100", "saignement",
        "+33 1 99 00 00 01", "Neurology North",
    ):  # fmt: skip
        assert said in told


def test_a_sample_alone_names_no_illness_but_would_in_an_sms() -> None:
    assert illness_word("une prise de sang") is None
    assert telltale_word("une prise de sang") is not None
    assert illness_word("votre sclérose") is not None


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('subject = "Your follow-up', 'subject = "Your multiple sclerosis', "letters/en.toml:patient.subject"),
        ('patient = "a urine sample"', 'patient = "a sample for Lemtrada"', "letters/en.toml:items.urinalysis.patient"),
        ('sender = "Your care team"', 'sender = "Neurology"', "letters/en.toml:patient.sender"),
        ('line = "{item}, due on {date}"', 'line = "{item}"', "letters/en.toml:patient.line"),
        ("reach = ", "reech = ", "letters/en.toml:patient"),
        ('"January", ', "", "letters/en.toml:months"),
        ('critical = "within the hour"', "", "letters/en.toml:levels.critical"),
        ('ending = "With kind regards,"', 'ending = ""', "letters/en.toml:patient.ending"),
    ],
)
def test_it_refuses_words_that_cannot_be_said(tmp_path: Path, old: str, new: str, path: str) -> None:
    text = (LETTERS / "en.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "en.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "letter.typ").write_bytes((LETTERS / "letter.typ").read_bytes())
    with pytest.raises(BadLetterWordsFile) as refusal:
        read_letter_words(tmp_path)
    assert refusal.value.field == path


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        (("12 rue des Quais", "29000 Quimper"), ("Ada Berger", "12 rue des Quais", "29000 Quimper")),
        (("Mme Ada BERGER", "12 rue des Quais"), ("Mme Ada BERGER", "12 rue des Quais")),
        ((), ("Ada Berger",)),
    ],
)
def test_a_letter_to_a_patient_always_says_for_whom_it_is(
    catalog: Catalog, address: tuple[str, ...], printed: tuple[str, ...]
) -> None:
    (letter,) = wanted_letters([asked()], sent=(), awaited=())
    reader = msgspec.structs.replace(ADA, address=address)
    sheet = catalog.letter_words.to_patient(letter, reader, language="fr", on=LATER, has_order=True)
    assert sheet.address == printed


def test_two_months_that_were_missed_are_one_sample_to_be_taken(catalog: Catalog) -> None:
    next_month = msgspec.structs.replace(asked("liver"), key="liver/1.5", due_on=DUE + dt.timedelta(days=31))
    (letter,) = wanted_letters([next_month, asked("cbc"), asked("urinalysis")], sent=(), awaited=())
    sheet = catalog.letter_words.to_patient(letter, ADA, language="en", on=LATER, has_order=True)
    assert ("a blood sample, due on 6 July 2026", "a urine sample, due on 6 July 2026") in sheet.parts


@pytest.mark.parametrize(
    ("sex", "said"), [("male", ", né le "), ("female", ", née le "), ("other", ", né(e) le ")]
)  # fmt: skip
def test_a_word_agrees_with_the_sex_where_it_is_known(catalog: Catalog, sex: str, said: str) -> None:
    (letter,) = wanted_letters([asked(to=DOCTOR)], sent=(), awaited=())
    sheet = catalog.letter_words.to_doctor(
        letter, msgspec.structs.replace(ADA, sex=sex), language="fr", on=LATER, drug="alemtuzumab", taken={}, limits=(),
        was_reminded=False,
    )  # fmt: skip
    assert said in sheet.subject
    assert ("(e)" in " ".join(texts_of(sheet))) is (sex == "other")
