"""A laboratory value in the words of a table, judged by a protocol as it stands in `config/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from monitor.catalog import load_catalog
from monitor.catalog.catalog import Catalog
from monitor.labs.chart import chart_of
from monitor.labs.judge import Finding, judge
from monitor.labs.measured import measure
from monitor.labs.subject import Subject
from monitor.labs.values import Value

DAY = dt.date(2026, 6, 2)


@cache
def catalog() -> Catalog:
    return load_catalog()


def value_of(analyte: str, text: str, on: dt.date = DAY, **given: str | None) -> Value:
    """`118` or `1+` or `< 50`, in the canonical unit; `upper` and `lower` as the laboratory printed them."""
    known = catalog().dictionary.find(analyte)
    assert known is not None, analyte
    unit = None if known.is_ordinal else known.unit
    limits = {name: limit for name, limit in given.items() if name in ("lower", "upper")}
    found = measure(known, value=text.replace(" ", ""), unit=unit, collected_on=on, **limits)  # type: ignore[arg-type]
    assert found is not None, (analyte, text)
    return found


def findings(
    protocol: str,
    analyte: str,
    value: str,
    *,
    against: str = "-",
    beside: str = "-",
    profile: str = "eu",
    signs: Mapping[str, tuple[dt.date, ...]] | None = None,
) -> tuple[Finding, ...]:
    """What is found in a value of 2 June 2026 of a man of 40.

    `against`: `previous 248`, `previous 78 on 2026-05-31`, `baseline 78`, `upper 45`, several after commas.
    `beside`: other values of the day, `bilirubin_total 50, alp 100`, or of another: `urine_rbc 20 on 2026-05-30`.
    """
    limits: dict[str, str | None] = {}
    baselines: dict[str, Decimal] = {}
    others: list[Value] = []
    for word, number, day in _phrases(against):
        if word in ("lower", "upper"):
            limits[word] = number
        elif word == "baseline":
            baselines[analyte] = Decimal(number)
        else:
            others.append(value_of(analyte, number, day or DAY - dt.timedelta(days=28)))
    others += [value_of(name, number, day or DAY) for name, number, day in _phrases(beside)]
    judged = value_of(analyte, value, **limits)  # type: ignore[arg-type]
    subject = Subject(
        dictionary=catalog().dictionary,
        chart=chart_of([judged, *others]),
        rules=catalog().protocol(protocol).rulebook_for(profile),
        sex="male",
        born_on=dt.date(1986, 1, 1),
        baselines=baselines,
        signs=signs or {},
    )
    return judge(judged, subject)


def said(found: tuple[Finding, ...]) -> str:
    """Level and rule of each finding, most pressing first; a dash for none."""
    return ", ".join(f"{finding.level.value} {finding.rule}" for finding in found) or "-"


def _phrases(text: str) -> list[tuple[str, str, dt.date | None]]:
    found = []
    for phrase in () if text == "-" else text.split(","):
        word, number, *day = phrase.split()
        found.append((word, number, dt.date.fromisoformat(day[1]) if day else None))
    return found
