"""Reads `config/analytes.toml` into the dictionary, or refuses it and says where in the file the mistake stands."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import msgspec

from monitor.catalog.analyte_judgement import WrongAnalyteFile, read_judgement
from monitor.catalog.analyte_shape import AnalyteEntry, AnalyteFile, ScaleEntry
from monitor.labs.analyte import Analyte, Dictionary, Limits, NameTaken, Ordinal, Scale, ScaleCode
from monitor.labs.loinc import has_check_digit
from monitor.labs.units import one_spelling


def read_analyte_file(path: Path) -> Dictionary:
    """The dictionary that the file holds. Raises `WrongAnalyteFile`."""
    try:
        return parse_analytes(path.read_text(encoding="utf-8"))
    except WrongAnalyteFile as wrong:
        inside = path.name if wrong.field is None else f"{path.name}: {wrong.field}"
        raise WrongAnalyteFile(wrong.reason, field=inside) from wrong
    except OSError as wrong:
        raise WrongAnalyteFile(f"cannot be read: {wrong.strerror}", field=path.name) from wrong
    except UnicodeDecodeError as wrong:
        raise WrongAnalyteFile(f"is not UTF-8 at byte {wrong.start}", field=path.name) from wrong


def parse_analytes(text: str) -> Dictionary:
    """The dictionary written in a TOML text. Raises `WrongAnalyteFile`."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise WrongAnalyteFile(f"is not TOML: {wrong}") from wrong
    try:
        file = msgspec.convert(content, AnalyteFile)
    except msgspec.ValidationError as wrong:
        raise _located(wrong, content) from wrong
    levels = {name: _levels(name, steps) for name, steps in file.levels.items()}
    analytes = [_analyte(entry, spellings=file.spellings, levels=levels) for entry in file.analyte]
    try:
        return Dictionary(analytes=analytes, scales=[_scale(entry) for entry in file.scale])
    except NameTaken as wrong:
        raise WrongAnalyteFile(str(wrong), field=wrong.claimed_by) from wrong


def _analyte(entry: AnalyteEntry, *, spellings: dict[str, list[str]], levels: dict[str, dict[str, Ordinal]]) -> Analyte:
    where = f"analyte {entry.id}"
    is_ordinal = entry.levels is not None
    if is_ordinal == (entry.unit is not None):
        raise WrongAnalyteFile("needs either a unit or levels", field=where)
    if is_ordinal != (entry.limits is None) or (is_ordinal and entry.factors):
        raise WrongAnalyteFile("a number has limits, steps have neither limits nor factors", field=where)
    if entry.levels is not None and entry.levels not in levels:
        raise WrongAnalyteFile(f"there is no [levels.{entry.levels}]", field=f"{where}.levels")
    return Analyte(
        id=entry.id,
        code=entry.code,
        name_en=entry.name_en,
        name_fr=entry.name_fr,
        loinc=_checked_loinc(entry.loinc, where=f"{where}.loinc"),
        loinc_unconfirmed=_checked_loinc(entry.loinc_unconfirmed, where=f"{where}.loinc_unconfirmed"),
        unit=entry.unit,
        factors=MappingProxyType(_factors(entry, spellings, where=where)),
        limits=_limits(entry.limits, where=where),
        levels=MappingProxyType(levels[entry.levels] if entry.levels else {}),
        **read_judgement(entry, levels=levels.get(entry.levels or "", {}), units=spellings, where=where),
    )


def _scale(entry: ScaleEntry) -> Scale:
    where = f"scale {entry.id}"
    if entry.codes and (entry.limits or entry.unit):
        raise WrongAnalyteFile("has either codes or a number with its limits and unit", field=where)
    return Scale(
        id=entry.id,
        code=entry.code,
        name_en=entry.name_en,
        name_fr=entry.name_fr,
        loinc=_checked_loinc(entry.loinc, where=f"{where}.loinc"),
        loinc_unconfirmed=_checked_loinc(entry.loinc_unconfirmed, where=f"{where}.loinc_unconfirmed"),
        unit=entry.unit,
        limits=_limits(entry.limits, where=where),
        codes=tuple(ScaleCode(code=code, name_en=name.en, name_fr=name.fr) for code, name in entry.codes.items()),
    )


def _factors(entry: AnalyteEntry, spellings: dict[str, list[str]], *, where: str) -> dict[str, Decimal]:
    """Every spelling of every unit of the analyte with its factor; two units may not share a spelling."""
    if entry.unit is None:
        return {"1": Decimal(1)}
    if entry.unit in entry.factors:
        raise WrongAnalyteFile("the canonical unit needs no factor", field=f"{where}.factors.{entry.unit}")
    found: dict[str, Decimal] = {}
    for unit, number in {entry.unit: "1", **entry.factors}.items():
        here = f"{where}.unit" if unit == entry.unit else f"{where}.factors.{unit}"
        if unit not in spellings:
            raise WrongAnalyteFile(f"{unit} is not among the spellings", field=here)
        factor = Decimal(number)
        if factor <= 0:
            raise WrongAnalyteFile("a factor is greater than 0", field=here)
        for spelling in {one_spelling(text) for text in (unit, *spellings[unit])}:
            if spelling in found:
                raise WrongAnalyteFile(f"{spelling} is the spelling of another unit too", field=here)
            found[spelling] = factor
    return found


def _levels(name: str, steps: dict[str, list[str]]) -> dict[str, Ordinal]:
    found: dict[str, Ordinal] = {}
    for rank, (step, spellings) in enumerate(steps.items()):
        ordinal = Ordinal(rank=rank, name=step)
        for spelling in (step, *spellings):
            if found.setdefault(spelling.lower(), ordinal) is not ordinal:
                raise WrongAnalyteFile(f"{spelling} is the spelling of another step too", field=f"levels.{name}.{step}")
    return found


def _limits(limits: tuple[str, str] | None, *, where: str) -> Limits | None:
    if limits is None:
        return None
    low, high = Decimal(limits[0]), Decimal(limits[1])
    if low >= high:
        raise WrongAnalyteFile("the lower limit is not below the upper one", field=f"{where}.limits")
    return Limits(low=low, high=high)


def _checked_loinc(codes: list[str], *, where: str) -> tuple[str, ...]:
    for code in codes:
        if not has_check_digit(code):
            raise WrongAnalyteFile(f"{code} has a wrong check digit", field=where)
    return tuple(codes)


def _located(wrong: msgspec.ValidationError, content: dict[str, object]) -> WrongAnalyteFile:
    """The library says `$.analyte[3].loinc`; a reader looks for `analyte platelets.loinc`."""
    message, _, path = str(wrong).partition(" - at `$")
    path = path.rstrip("`").lstrip(".")
    numbered = re.match(r"(analyte|scale)\[([0-9]+)\]", path)
    if numbered:
        entries = content[numbered[1]]
        entry = entries[int(numbered[2])] if isinstance(entries, list) else None
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str):
            path = f"{numbered[1]} {name}{path[numbered.end() :]}"
    return WrongAnalyteFile(message, field=path or None)
