"""Lives whose values are the story: healthy until the last day but one, so that what comes then is seen to come."""

from __future__ import annotations

from dataclasses import replace

from monitor.cli.cohort import alemtuzumab_lives as alemtuzumab
from monitor.cli.cohort.story import Entry, Sampled
from monitor.cli.cohort.telling import Telling

_DRIFT = (1.6, 1.9, 2.4, 2.9, 3.4, 3.8)  # mIU/L, one each three months; then it goes on beyond the range


def with_many_platelets(life: Telling) -> None:
    """A count of about 260 each month: half of it still lies inside the range."""
    steady = replace(life, body=replace(life.body, platelets=260.0))
    alemtuzumab.followed(steady, alemtuzumab.Stretch(month=7, days_past=6))
    _without(life, analyte="platelets", below=200)


def whose_thyroid_drifts(life: Telling) -> None:
    """A little more thyrotropin at each sample of two courses, and the last one out of range."""
    alemtuzumab.followed(life, alemtuzumab.Stretch(month=18, days_past=5, courses=2))
    sheets = [place for place, entry in enumerate(life.story.entries) if _has(entry, "tsh")]
    for turn, place in enumerate(sheets):
        value = _DRIFT[turn] if turn < len(_DRIFT) else 4.2 + 0.9 * (turn - len(_DRIFT))
        _rewrite(life, place, analyte="tsh", value=f"{value:.1f}")


def _without(life: Telling, *, analyte: str, below: float) -> None:
    """No chance value below a number: the fall of this story comes later, and once."""
    for place, entry in enumerate(life.story.entries):
        if isinstance(entry.fact, Sampled):
            for name, value, _ in entry.fact.values:
                if name == analyte and float(value) < below:
                    _rewrite(life, place, analyte=analyte, value="254")


def _has(entry: Entry, analyte: str) -> bool:
    return isinstance(entry.fact, Sampled) and any(name == analyte for name, _, _ in entry.fact.values)


def _rewrite(life: Telling, place: int, *, analyte: str, value: str) -> None:
    entry = life.story.entries[place]
    if isinstance(entry.fact, Sampled):
        values = tuple((name, value if name == analyte else old, unit) for name, old, unit in entry.fact.values)
        life.story.entries[place] = replace(entry, fact=Sampled(values))
