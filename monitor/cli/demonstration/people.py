"""The invented people of the demonstration: two hospitals, two of the staff, twelve patients."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from monitor.schedules.facts import Sex
from monitor.terms import Role


class Place(StrEnum):
    """The two hospitals, by the names of their departments."""

    NORTH = "Hôpital du Vieux-Moulin, neurologie"
    SOUTH = "Clinique des Trois-Collines, neurologie"


TELEPHONES = {Place.NORTH: "+33 1 99 00 41 00", Place.SOUTH: "+33 4 65 71 27 00"}  # ranges kept for fiction
COUNTRY = "FR"
TIMEZONE = "Europe/Paris"

STAFF = {Role.NURSE: "Nora Quillevent", Role.NEUROLOGIST: "Dr Noor Valdemarche"}


@dataclass(frozen=True, slots=True)
class Patient:
    """Who somebody is; `phone` None for nobody here, the ranges are kept for fiction."""

    given_name: str
    family_name: str
    sex: Sex
    birth_date: dt.date
    language: str
    phone: str
    place: Place
    agrees_to_texts: bool = True


def _patient(name: str, sex: Sex, born: str, *, phone: str, place: Place, texts: bool = True) -> Patient:
    given_name, family_name = name.split(" ", 1)
    language = "fr" if phone.startswith("+33") else "en"
    return Patient(given_name, family_name, sex, dt.date.fromisoformat(born), language, phone, place, texts)


_F, _M = Sex.FEMALE, Sex.MALE
_N, _S = Place.NORTH, Place.SOUTH

ADA = _patient("Ada Florimont", _F, "1991-04-12", phone="+33 6 39 98 10 01", place=_N)
BASILE = _patient("Basile Ormeteau", _M, "1968-09-30", phone="+33 6 39 98 10 02", place=_N)
CLEO = _patient("Cléo Vermandelle", _F, "1987-01-25", phone="+33 6 39 98 10 03", place=_N)
DUNCAN = _patient("Duncan Ashgrove", _M, "1959-06-08", phone="+44 7700 900 104", place=_N, texts=False)
ELOI = _patient("Éloi Castelbrun", _M, "1963-11-17", phone="+33 6 39 98 10 05", place=_N)
FLORA = _patient("Flora Wintermead", _F, "1994-08-03", phone="+44 7700 900 106", place=_N)
GASPARD = _patient("Gaspard Noirlac", _M, "1957-02-21", phone="+33 6 39 98 10 07", place=_S)
HELMINE = _patient("Helmine Duroselle", _F, "1972-07-14", phone="+33 6 39 98 10 08", place=_S)
IRIS = _patient("Iris Beauprelle", _F, "1985-12-05", phone="+33 6 39 98 10 09", place=_S)
JONAS = _patient("Jonas Merriweald", _M, "1966-03-29", phone="+44 7700 900 110", place=_S)
KATELL = _patient("Katell Roscoulas", _F, "1989-10-10", phone="+33 6 39 98 10 11", place=_S)
LUCIEN = _patient("Lucien Hautefage", _M, "1952-05-19", phone="+33 6 39 98 10 12", place=_S)
