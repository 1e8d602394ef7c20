"""What a scale may be recorded with: a value of its own kind, its items where it has them, a weight one can believe."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from monitor.actions.acceptable import read_text
from monitor.actions.open_record import OpenPatient
from monitor.dossier.alsfrs_r import SCALE, AlsfrsR, as_words
from monitor.dossier.scales import STEEP_WITHIN, WEIGHT, fault_of_score, is_steep_change
from monitor.labs.analyte import Scale
from monitor.store.assessment import standing_assessments
from monitor.terms import Unacceptable
from monitor.work import Work

LONGEST_VALUE = 64
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says was found: the value, the twelve items, or both; `has_gastrostomy`: how the fifth counts."""

    value: str | None
    items: Sequence[int] | None
    has_gastrostomy: bool | None


def read_found(scale: Scale, given: Given) -> tuple[str, tuple[str, ...] | None]:
    """The value as it is kept, and the items as they are kept where there are any. Raises Unacceptable."""
    score = _read_items(scale, given)
    if given.value is None:
        if score is None:
            raise Unacceptable("is needed", field="value")
        return str(score.total), as_words(score)
    value = _read_value(scale, given.value)
    if score is None:
        return value, None
    if Decimal(value) != score.total:
        raise Unacceptable("is not the sum of the items", field="value")
    return value, as_words(score)


def doubt_weight(
    work: Work, patient: OpenPatient, *, scale: str, value: str, on: dt.date, replacing: UUID | None
) -> None:
    """Ask for a confirmation of a weight that changed by more than a tenth in thirty days. Raises Unacceptable."""
    if scale != WEIGHT:
        return
    others = standing_assessments(
        work.session, patient_id=patient.record.id, scales=(WEIGHT,), between=(on - STEEP_WITHIN, on + STEEP_WITHIN)
    )
    weights = [(row.on, Decimal(row.value)) for row in others if row.id != replacing]
    if is_steep_change(Decimal(value), on=on, others=weights):
        reason = (
            "differs by more than a tenth from a weight of these thirty days; check it, and confirm it if it is right"
        )
        raise Unacceptable(reason, field="value")


def _read_items(scale: Scale, given: Given) -> AlsfrsR | None:
    if given.items is None:
        if given.has_gastrostomy is not None:
            raise Unacceptable("says how the fifth item is scored, and there are none", field="has_gastrostomy")
        return None
    if scale.id != SCALE:
        raise Unacceptable("this scale is not recorded item by item", field="items")
    if given.has_gastrostomy is None:
        raise Unacceptable("is needed with the items: it says how the fifth is scored", field="has_gastrostomy")
    return AlsfrsR(items=tuple(given.items), has_gastrostomy=given.has_gastrostomy)


def _read_value(scale: Scale, value: str) -> str:
    """The value as the scale asks for it: a number within its limits, one of its codes, or a finding in words."""
    kept = read_text(value, field="value", longest=LONGEST_VALUE)
    if scale.codes and kept not in {code.code for code in scale.codes}:
        raise Unacceptable(f"not one of {', '.join(code.code for code in scale.codes)}", field="value")
    if scale.limits is None:
        return kept
    if not (_NUMBER.fullmatch(kept) and scale.limits.low <= Decimal(kept) <= scale.limits.high):
        raise Unacceptable(f"not a number from {scale.limits.low} to {scale.limits.high}", field="value")
    fault = fault_of_score(scale.id, Decimal(kept))
    if fault is not None:
        raise Unacceptable(fault, field="value")
    return kept
