"""Says why a condition is met: the sentence that a person reads, and the numbers that were compared."""

from __future__ import annotations

from decimal import Decimal

from monitor.labs.analyte import Ordinal
from monitor.labs.conditions import previous_of, reference_of, same_day, start_of, sustained_since
from monitor.labs.printed import amount, within_a_sentence
from monitor.labs.rounding import rounded
from monitor.labs.subject import Subject
from monitor.labs.thresholds import Change, Condition
from monitor.labs.values import Value

_TENTH = Decimal("0.1")
_HUNDREDTH = Decimal("0.01")


def explain(condition: Condition, value: Value, subject: Subject) -> tuple[str, dict[str, str]]:
    """Why the value meets the condition, in one sentence, and the numbers by name; asked only where it does."""
    quantity = value.quantity
    if isinstance(quantity.value, Ordinal):
        asked = (("at least", condition.step_at_least), ("at most", condition.step_at_most))
        limits = "".join(f", {side} {step}" for side, step in asked if step is not None)
        return f"{quantity.value.name}{limits}", {"value": quantity.value.name}
    number = quantity.value
    numbers = {"value": plain(number), "unit": quantity.unit or ""}
    said = []
    if condition.change is not None:
        said.append(_change(condition.change, value, number, subject, numbers))
    if condition.uln is not None or condition.lln is not None or condition.outside is not None:
        said += _by_reference(condition, value, number, subject, numbers)
    if condition.ratio_to is not None:
        said.append(_ratio(condition.ratio_to, value, number, subject, numbers))
    if condition.bounds is not None:
        given = condition.bounds.given()
        told: dict[str, str] = {side: plain(limit) for side, limit in given}
        beyond = " and ".join(f"{side.replace('_', ' ')} {limit}" for side, limit in told.items())
        said.append(f"{_measured(value, *(limit for _, limit in given))} is {beyond}")
        numbers.update(told)
    if condition.sustained is not None:
        since = sustained_since(condition, value, subject)
        numbers["since"] = since.isoformat()
        said.append(f"for longer than {condition.sustained}, since {since}")
    return ", ".join(said), numbers


def plain(number: Decimal) -> str:
    """A number as people write it: no exponent, no zeros that say nothing."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Value, *limits: Decimal) -> str:
    """The value as it is said: its comparator, and as many digits as a reader needs to see it beyond these limits."""
    number = value.quantity.value
    sign = value.quantity.comparator
    if isinstance(number, Decimal):
        short = _rounded(number)
        is_on_its_side = all(short.compare(limit) == number.compare(limit) for limit in limits)
        text = plain(short if is_on_its_side else number)
    else:
        text = number.name
    return text if sign is None else f"{sign} {text}"


def _measured(value: Value, *limits: Decimal) -> str:
    """The same with its unit; the limits beside it are told in that unit as well, and need no other."""
    return amount(shown(value, *limits), value.quantity.unit)


def _rounded(number: Decimal) -> Decimal:
    """Enough of the number to be read; what is judged is all of it."""
    if number == 0 or number.adjusted() >= 3:
        return number
    return rounded(number, Decimal(1).scaleb(number.adjusted() - 3))


def _change(change: Change, value: Value, number: Decimal, subject: Subject, numbers: dict[str, str]) -> str:
    start = start_of(change, value, subject)
    if start is None or start == 0:
        return "changed"
    percent = rounded((number - start) * 100 / start, _TENTH)
    numbers |= {change.since: plain(start), "change_percent": str(percent), "change": plain(number - start)}
    verb = "fell" if change.direction == "fall" else "rose"
    step = amount(plain(abs(number - start)), value.quantity.unit)
    size = f"{percent.copy_abs()} %" if change.amount is None else f"by {step}"
    if change.since == "baseline":
        return f"{verb} {size} from the baseline of {plain(start)}"
    previous = previous_of(change, value, subject)
    if previous is None:
        return f"{verb} {size} from {plain(start)}"
    numbers["previous_on"] = previous.collected_on.isoformat()
    return f"{verb} {size} from {plain(start)} on {previous.collected_on}"


def _by_reference(
    condition: Condition, value: Value, number: Decimal, subject: Subject, numbers: dict[str, str]
) -> list[str]:
    limits = reference_of(value, subject)
    said = []
    whose = "usual" if limits.is_fallback else "laboratory's"
    for name, bounds, limit in (("ULN", condition.uln, limits.high), ("LLN", condition.lln, limits.low)):
        if bounds is None or limit is None:
            continue
        numbers[name.lower()] = plain(limit)
        if limit == 0:
            said.append(f"{_measured(value)}, where the {whose} {name} is 0")
            continue
        times = rounded(number / limit, _HUNDREDTH)
        numbers[f"times_{name.lower()}"] = str(times)
        said.append(f"{times} x the {whose} {name} of {amount(plain(limit), value.quantity.unit)}")
    if condition.outside is not None:
        numbers |= {
            name: plain(limit) for name, limit in (("lln", limits.low), ("uln", limits.high)) if limit is not None
        }
        low = "" if limits.low is None else plain(limits.low)
        high = "" if limits.high is None else plain(limits.high)
        ends = (limit for limit in (limits.low, limits.high) if limit is not None)
        said.append(f"{_measured(value, *ends)} is outside the {whose} range of {low} to {high}")
    return said


def _ratio(analyte: str, value: Value, number: Decimal, subject: Subject, numbers: dict[str, str]) -> str:
    other, known = same_day(analyte, value, subject), subject.dictionary.find(analyte)
    name, unit = (analyte, None) if known is None else (within_a_sentence(known.name_en), known.unit)
    if not other:
        return f"compared with {name}"
    percent = rounded(number * 100 / other, _TENTH)
    numbers |= {analyte: plain(other), "ratio_percent": str(percent)}
    return f"{percent} % of {name} of the same day ({amount(plain(other), unit)})"
