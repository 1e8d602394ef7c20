"""How a chart says numbers, days, units and what its shapes mean, in French and in English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from monitor.labs.explanations import plain
from monitor.labs.printed import printed_unit
from monitor.labs.rounding import rounded

Language = Literal["en", "fr"]

_MONTHS: Mapping[Language, tuple[str, ...]] = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
}  # fmt: skip
_SHORT: Mapping[Language, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
}
_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "to": ("to", "au"),
    "value": ("value", "valeur"),
    "values": ("values", "valeurs"),
    "no values": ("no values in this period", "aucune valeur sur cette période"),
    "final": ("final", "définitif"),
    "preliminary": ("preliminary", "préliminaire"),
    "corrected": ("corrected", "corrigé"),
    "implausible": ("implausible, not confirmed", "invraisemblable, non confirmé"),
    "below its number": ("less than its number", "inférieur au nombre"),
    "above its number": ("more than its number", "supérieur au nombre"),
    "beyond the axis": ("beyond the axis", "hors de l'échelle"),
    "asks for something": ("a rule asks for something", "une règle demande une action"),
    "dose": ("dose", "dose"),
    "course": ("course", "cure"),
    "day": ("day", "jour"),
    "no result": ("sample without a result", "prélèvement sans résultat"),
    "laboratory": ("limits of the laboratory", "bornes du laboratoire"),
    "usual": ("usual limits", "bornes usuelles"),
    "baseline": ("baseline", "valeur initiale"),
    "from baseline": ("from baseline", "depuis la valeur initiale"),
    "from the value before": ("from the value before", "depuis la valeur précédente"),
    "low": ("below the limits", "sous les bornes"),
    "normal": ("within the limits", "dans les bornes"),
    "high": ("above the limits", "au-dessus des bornes"),
    "a month": ("a month", "par mois"),
    "lowest": ("lowest", "minimum"),
    "highest": ("highest", "maximum"),
    "latest": ("latest", "dernière"),
    "not drawn": ("Not drawn, beyond the axis", "Non tracé, hors de l'échelle"),
    "critical": ("critical", "critique"),
    "urgent": ("urgent", "urgent"),
    "soon": ("soon", "sous peu"),
    "info": ("info", "info"),
    "at least": ("at least", "au moins"),
    "clotted": ("clotted", "coagulé"),
    "clumped": ("clumped", "agrégats"),
    "haemolysed": ("haemolysed", "hémolysé"),
    "insufficient": ("insufficient", "insuffisant"),
    "lost": ("lost", "perdu"),
    "refused": ("refused", "refusé"),
    "other": ("other", "autre"),
    "ULN": ("ULN", "LSN"),
    "LLN": ("LLN", "LIN"),
})  # fmt: skip
_SIGNS = {"below": "<", "at_most": "≤", "above": ">", "at_least": "≥"}
_LONGEST_NUMBER = 9  # digits before the point; a longer one is no measurement, and would cover the picture
_MOST_DIGITS = 4


def said(word: str, language: Language) -> str:
    """A word of a chart."""
    return _WORDS[word][language == "fr"]


def number(value: Decimal, language: Language) -> str:
    """A number to be read: four digits that count, the decimal sign of the language."""
    if value and value.adjusted() > _LONGEST_NUMBER:
        return f"{value:.1E}"
    if value:
        value = rounded(value, Decimal(1).scaleb(min(value.adjusted() - _MOST_DIGITS + 1, 0)))
    text = plain(value)
    return text.replace(".", ",") if language == "fr" else text


def percent(value: Decimal, language: Language) -> str:
    """A change, with its sign."""
    return f"{signed(value, language)} %"


def signed(value: Decimal, language: Language) -> str:
    """A number with its sign."""
    sign = "−" if value < 0 else "+"
    return f"{sign}{number(value.copy_abs(), language)}"


def day(value: dt.date, language: Language) -> str:
    """A date as it is written in a letter."""
    name = _MONTHS[language][value.month - 1]
    first = "1er" if language == "fr" and value.day == 1 else str(value.day)
    return f"{first} {name} {value.year}"


def short_day(value: dt.date, language: Language) -> str:
    """A day of the axis, within its year."""
    return f"{value.day} {_SHORT[language][value.month - 1]}"


def short_month(value: dt.date, language: Language) -> str:
    """A month of the axis."""
    return f"{_SHORT[language][value.month - 1]} {value.year}"


def unit(ucum: str | None, language: Language) -> str:
    """A unit as laboratories print it; nothing for a ratio and for a test that has steps."""
    printed = printed_unit(ucum)
    return printed.replace("IU", "UI") if language == "fr" else printed


def side(name: str) -> str:
    """The sign of a side: `<` for below."""
    return _SIGNS[name]
