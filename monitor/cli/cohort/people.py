"""Invented people: names put together from parts, and telephone numbers of the ranges that are kept for fiction."""

from __future__ import annotations

import datetime as dt
from random import Random

from monitor.cli.cohort.story import Person
from monitor.schedules.facts import Sex

_WOMEN = (
    "Adélie", "Blanche", "Capucine", "Delphine", "Eléa", "Faustine", "Garance", "Hermine", "Inès", "Joséphine",
    "Lison", "Mahaut", "Ninon", "Ondine", "Perrine", "Quitterie", "Rosalie", "Solène", "Tiphaine", "Violaine",
    "Aurore", "Bérénice", "Clélia", "Domitille", "Estelle", "Fleur", "Gwenaëlle", "Honorine", "Isaure", "Jacinthe",
    "Ludivine", "Maëlys", "Noémie", "Oriane", "Philippine", "Romane", "Sixtine", "Thaïs", "Ursuline", "Ysaline",
)  # fmt: skip
_MEN = (
    "Alban", "Baptiste", "Corentin", "Damien", "Evariste", "Florent", "Gaétan", "Honoré", "Ignace", "Joachim",
    "Léandre", "Maxence", "Nestor", "Octave", "Philibert", "Quentin", "Rodrigue", "Sylvain", "Thibault", "Vivien",
    "Aymeric", "Bastien", "Célestin", "Dorian", "Edgar", "Fabrice", "Grégoire", "Hilaire", "Irénée", "Jocelyn",
    "Landry", "Marceau", "Nicandre", "Olivier", "Pacôme", "Raoul", "Siméon", "Théodore", "Urbain", "Yves",
)  # fmt: skip
_FIRST = (
    "Alber", "Brise", "Cendre", "Doucem", "Estre", "Froide", "Galou", "Hurle", "Isle", "Jolive", "Lande", "Mirou",
    "Nivel", "Ombre", "Peuple", "Quille", "Rouve", "Sarme", "Tisse", "Vauche", "Argen", "Bramel", "Courte", "Drouve",
    "Epine", "Falque", "Grime", "Houle", "Jarne", "Lumi",
)  # fmt: skip
_SECOND = (
    "bart", "casse", "delys", "fosse", "gardin", "lange", "mont", "nay", "pertuis", "quière", "rieu", "sève", "tour",
    "vigne", "yac", "bault", "court", "doye", "garde", "hart", "lieu", "mesnil", "preux", "ronne", "vault",
)  # fmt: skip
_FRENCH, _BRITISH = "+33 6 39 98", "+44 7700"
_ENGLISH_SPEAKING, _WITHOUT_CONSENT = 0.08, 0.12
_ANY_YEAR = 365.2425


def some_person(dice: Random, *, number: int, today: dt.date, is_tofersen: bool) -> Person:
    """Somebody of an age and sex that the therapy meets; past ten thousand people numbers come up again."""
    is_woman = dice.random() < (0.53 if is_tofersen else 0.7)
    age = _within(dice.gauss(55.8, 13.6), 21, 79) if is_tofersen else _within(dice.gauss(37, 8), 19, 55)
    speaks_english = dice.random() < _ENGLISH_SPEAKING
    return Person(
        given_name=dice.choice(_WOMEN if is_woman else _MEN),
        family_name=dice.choice(_FIRST) + dice.choice(_SECOND),
        sex=Sex.FEMALE if is_woman else Sex.MALE,
        birth_date=today - dt.timedelta(days=round((age + 5) * _ANY_YEAR)),  # as old when the treatment began
        language="en" if speaks_english else "fr",
        phone=f"{_BRITISH} {900_000 + number % 1000}" if speaks_english else _french(number),
        agrees_to_texts=dice.random() >= _WITHOUT_CONSENT,
    )


def _french(number: int) -> str:
    pairs = divmod(number % 10_000, 100)
    return f"{_FRENCH} {pairs[0]:02} {pairs[1]:02}"


def _within(age: float, least: float, most: float) -> float:
    return min(most, max(least, age))
