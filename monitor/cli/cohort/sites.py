"""The invented centres of a cohort: hospitals here and overseas, each with a nurse and a neurologist."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.terms import Role


@dataclass(frozen=True, slots=True)
class Centre:
    """A hospital department; its number belongs to a range kept for fiction. `staff`: a name for each role."""

    name: str
    country: str
    timezone: str
    telephone: str
    staff: dict[Role, str]


_PLACES = (
    ("Hôpital du Vieux-Moulin, neurologie", "FR", "Europe/Paris", "+33 1 99 00 41 00"),
    ("Clinique des Trois-Collines, neurologie", "FR", "Europe/Paris", "+33 4 65 71 27 00"),
    ("Hôpital de l'Anse-aux-Filaos, neurologie", "FR", "Indian/Reunion", "+33 2 61 91 33 00"),
    ("Clinique du Canal-Gris, neurologie", "BE", "Europe/Brussels", "+33 3 53 01 18 00"),
    ("Hôpital de la Pointe-aux-Balisiers, neurologie", "FR", "America/Martinique", "+33 5 36 49 52 00"),
)


def centres_of(seed: int, *, count: int) -> tuple[Centre, ...]:
    """So many centres, named so that everybody sees what they are; past the fifth the places come up again."""
    centres = []
    for number in range(count):
        name, country, timezone, telephone = _PLACES[number % len(_PLACES)]
        staff = {role: f"{role.value} {number + 1} of cohort {seed}" for role in (Role.NURSE, Role.NEUROLOGIST)}
        called = f"{name} (centre {number + 1} of cohort {seed})"
        centres.append(Centre(called, country, timezone, telephone, staff))
    return tuple(centres)
