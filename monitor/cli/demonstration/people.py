"""The invented people of the demonstration: three hospitals, their staff, and the patients that have a name here."""

from __future__ import annotations

import datetime as dt

from monitor.cli.cohort.sites import Centre
from monitor.cli.cohort.story import Person
from monitor.schedules.facts import Sex
from monitor.terms import Role

CENTRES = (
    Centre(
        "Hôpital du Vieux-Moulin, neurologie", "FR", "Europe/Paris", "+33 1 99 00 41 00",
        {Role.NURSE: "Nora Quillevent", Role.NEUROLOGIST: "Dr Noor Valdemarche"},
    ),
    Centre(
        "Clinique des Trois-Collines, neurologie", "FR", "Europe/Paris", "+33 4 65 71 27 00",
        {Role.NURSE: "Sidonie Brasfort", Role.NEUROLOGIST: "Dr Sylvan Harcourel"},
    ),
    Centre(
        "Hôpital de l'Anse-aux-Filaos, neurologie", "FR", "Indian/Reunion", "+33 2 61 91 33 00",
        {Role.NURSE: "Ivoine Payetal", Role.NEUROLOGIST: "Dr Ismène Grondelair"},
    ),
)  # fmt: skip
"""Two on the continent and one overseas, whose day begins hours earlier; every number is of a range for fiction."""

NORTH, SOUTH, OVERSEAS = range(3)

DEPUTIES: tuple[dict[Role, str], ...] = (
    {Role.NURSE: "Tadeo Miravelle", Role.NEUROLOGIST: "Dr Clémence Aubrevert"},
    {Role.NURSE: "Loïc Fontarel", Role.NEUROLOGIST: "Dr Basilia Montreuve"},
    {Role.NURSE: "Maëva Tourcazal", Role.NEUROLOGIST: "Dr Anselme Vidriac"},
)
"""Of each centre, those who stand second on the rota."""

AWAY = (Role.NEUROLOGIST, NORTH)
"""Who is away these days, so that the deputy there is told first."""


def _person(name: str, sex: Sex, born: str, *, phone: str, texts: bool = True) -> Person:
    given_name, family_name = name.split(" ", 1)
    language = "fr" if phone.startswith("+33") else "en"
    return Person(given_name, family_name, sex, dt.date.fromisoformat(born), language, phone, texts)


_F, _M = Sex.FEMALE, Sex.MALE

ADA = _person("Ada Florimont", _F, "1991-04-12", phone="+33 6 39 98 10 01")
BASILE = _person("Basile Ormeteau", _M, "1968-09-30", phone="+33 6 39 98 10 02")
CLEO = _person("Cléo Vermandelle", _F, "1987-01-25", phone="+33 6 39 98 10 03")
DUNCAN = _person("Duncan Ashgrove", _M, "1959-06-08", phone="+44 7700 900 104", texts=False)
ELOI = _person("Éloi Castelbrun", _M, "1963-11-17", phone="+33 6 39 98 10 05")
FLORA = _person("Flora Wintermead", _F, "1994-08-03", phone="+44 7700 900 106")
GASPARD = _person("Gaspard Noirlac", _M, "1957-02-21", phone="+33 6 39 98 10 07")
HELMINE = _person("Helmine Duroselle", _F, "1972-07-14", phone="+33 6 39 98 10 08")
IRIS = _person("Iris Beauprelle", _F, "1985-12-05", phone="+33 6 39 98 10 09")
JONAS = _person("Jonas Merriweald", _M, "1966-03-29", phone="+44 7700 900 110")
KATELL = _person("Katell Roscoulas", _F, "1989-10-10", phone="+33 6 39 98 10 11")
LUCIEN = _person("Lucien Hautefage", _M, "1952-05-19", phone="+33 6 39 98 10 12")
MABEL = _person("Mabel Larkmoor", _F, "1986-02-03", phone="+44 7700 900 113")
MARIN = _person("Marin Hautclair", _M, "1990-06-21", phone="+33 6 39 98 10 14")
NAIS = _person("Naïs Delorge", _F, "1984-11-02", phone="+33 6 39 98 10 15")
ODILE = _person("Odile Brumerac", _F, "1979-03-16", phone="+33 6 39 98 10 16")
PERRINE = _person("Perrine Soulverin", _F, "1992-09-27", phone="+33 6 39 98 10 17")
QUENTIN = _person("Quentin Valrose", _M, "1961-01-08", phone="+33 6 39 98 10 18")
ROMANE = _person("Romane Kerivoal", _F, "1988-05-30", phone="+33 6 39 98 10 19")
SYLVAIN = _person("Sylvain Montcorbel", _M, "1955-10-12", phone="+33 6 39 98 10 20")
THIBAUD = _person("Thibaud Vernassal", _M, "1964-12-01", phone="+33 6 39 98 10 21")
