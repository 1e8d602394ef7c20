"""One meaning a word: what the code names for people stands in the glossary, once."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from monitor.schedules.calendar import Kind, State
from monitor.schedules.facts import Status
from monitor.store.tables import METADATA
from monitor.terms import Audience, Level, Role
from tests.house.sources import ROOT

TEXT = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
TERMS = [term.lower().replace("-", " ") for term in re.findall(r"\*\*([^*]+)\*\*", TEXT)]
LINKS_BETWEEN = {
    "staff_site",
    "inbound_patient",
}  # a table that only ties two others together has no meaning of its own


@pytest.mark.parametrize("words", [Kind, State, Status, Level, Role, Audience], ids=lambda words: words.__name__)
def test_it_explains_the_words_of_the_calendar(words: type[Kind]) -> None:
    assert [word.value for word in words if word.value.replace("_", " ") not in TERMS] == []


def test_it_explains_what_is_stored() -> None:
    stored = {name.replace("_", " ") for name in METADATA.tables if name not in LINKS_BETWEEN}

    assert stored - set(TERMS) == set()


def test_it_explains_a_word_once() -> None:
    assert [term for term, count in Counter(TERMS).items() if count > 1] == []
