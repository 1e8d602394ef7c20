"""A language more is a file more: no code knows which languages there are (H38, H39)."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import Engine

from monitor.catalog import load_catalog
from monitor.settings import Settings
from monitor.store.patient import PatientRow
from tests.delivery.scene import WEDNESDAY, Provider, Scene, due

DUTCH = """
language = "nl"
date = "{day} {month}"
time = "{hour}.{minutes}"
months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
  "november", "december"]

[reminder]
before = "Herinnering: er is iets gepland op {date}. Meer: {link} Hulp: {telephone}. {reply} Ref {reference}"
before_at = "Herinnering: er is iets op {date} om {time}. Meer: {link} Hulp: {telephone}. {reply} Ref {reference}"
today = "Herinnering: er is iets gepland vandaag, {date}. Meer: {link} Hulp: {telephone}. {reply} Ref {reference}"
after = "Herinnering: er was iets gepland op {date}. Meer: {link} Hulp: {telephone}. {reply} Ref {reference}"
several = "Herinnering: er zijn meerdere dingen te doen. Meer: {link} Hulp: {telephone}. {reply} Ref {reference}"

[reply]
none = "Niet antwoorden."
stop = "Stoppen: STOP."

[emergency]
BE = "Dit bericht wordt niet gelezen. Noodgeval: bel 112. Ons bereiken: {telephone}"

[answers]
opt_out = "U krijgt geen berichten meer. Hulp: {telephone}. Opnieuw: START"
opt_in = "U krijgt weer berichten. Hulp: {telephone}. Stoppen: STOP"
done = "Dank u. Een bericht vinkt niets af. Meer: {link} Hulp: {telephone}"
move = "Genoteerd: wij bellen u over een andere dag. Hulp: {telephone}"

[inbound]
opt_out = ["STOP", "AFMELDEN"]
opt_in = ["START"]
done = ["GEDAAN"]
move = ["NEE", "VERZETTEN"]
wrong_number = ["verkeerd nummer"]
polite = ["graag"]
texts = ["sms"]
"""


def test_h39_a_patient_of_another_language_gets_texts_as_soon_as_there_is_a_file_of_it(
    engine: Engine, settings: Settings, config_dir: Path, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    shutil.copytree(config_dir, config)
    (config / "wording" / "nl.toml").write_text(DUTCH, encoding="utf-8")
    scene = Scene(engine=engine, catalog=load_catalog(config), settings=settings)
    scene.change(PatientRow, language="nl")
    provider = Provider()
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)

    (text,) = provider.received
    assert text.body.startswith("Herinnering: er is iets gepland vandaag, 15 april. Meer: https://suivi.example/p ")


def test_h39_a_language_without_a_file_is_a_task(scene: Scene) -> None:
    scene.change(PatientRow, language="nl")
    scene.queue(due(WEDNESDAY))

    assert scene.messages == []
    assert scene.tasks == ["reminder:no_channel"]
    assert "language" in scene.because("reminder:no_channel")
