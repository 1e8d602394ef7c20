"""Every single change that the vocabulary of protocols allows in one protocol, found by walking its structures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec
from msgspec import inspect

from monitor.labs.gates import Gate, gates_of
from monitor.labs.subject import rulebook_for
from monitor.labs.thresholds import Threshold
from monitor.notices.signs import Sign
from monitor.protocols.protocol import Example, Protocol
from monitor.schedules.plan import Phase, Stream, Tighter
from monitor.schedules.visit_timers import VisitTimer
from monitor.spans import Span

COMPARED = ("title", "profiles", "rules", "thresholds", "gates", "signs", "timers", "examples")
Way = tuple[str | int, ...]
_FIELDS: dict[type, tuple[inspect.Field, ...]] = {}


def ways(protocol: Protocol) -> Iterator[Way]:
    """The way to every value that can be changed, members by name, elements by place."""
    for name in COMPARED:
        yield from _ways(getattr(protocol, name), (name,))


def _ways(value: Any, way: Way) -> Iterator[Way]:
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _ways(getattr(value, name), (*way, name))
        return
    yield way
    if isinstance(value, tuple):
        for place, element in enumerate(value):
            if isinstance(element, msgspec.Struct):
                yield from _ways(element, (*way, place))


def changed(protocol: Protocol, way: Way) -> Protocol:
    """The protocol with that one value changed, and the plans that follow from it."""
    made: Protocol = _changed(protocol, way, inspect.AnyType())
    return msgspec.structs.replace(
        made,
        plans={name: made.rules.for_profile(name) for name in made.profiles},
        rulebooks={name: rulebook_for(made.thresholds, profile=name) for name in made.profiles},
        gate_lists={name: gates_of(made.gates, profile=name) for name in made.profiles},
    )


def _changed(value: Any, way: Way, info: inspect.Type) -> Any:
    if not way:
        return _another(value, info)
    step, *rest = way
    if isinstance(step, int):
        return (*value[:step], _changed(value[step], tuple(rest), info), *value[step + 1 :])
    kind = next(field.type for field in _fields(type(value)) if field.name == step)
    return msgspec.structs.replace(value, **{step: _changed(getattr(value, step), tuple(rest), kind)})


def _fields(part: type) -> tuple[inspect.Field, ...]:
    if part not in _FIELDS:
        found = inspect.type_info(part)
        assert isinstance(found, inspect.StructType)
        _FIELDS[part] = found.fields
    return _FIELDS[part]


def _another(value: Any, info: inspect.Type) -> Any:
    """A value of the same sort that is not this one; where there is none, something where there was nothing."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Enum):
        return next(other for other in type(value) if other is not value)
    for kind, other in (
        (int, lambda: value + 1),
        (Decimal, lambda: value + 1),
        (dt.date, lambda: value + dt.timedelta(days=1)),
        (Span, lambda: Span(months=value.months, days=value.days + 1)),
        (str, lambda: _other_word(value, info)),
        (tuple, lambda: value[:-1] if value else _made(info)),
        (dict, lambda: {} if value else {"platelets": Decimal(1)}),
    ):
        if isinstance(value, kind):
            return other()
    assert value is None, value
    return _made(info)


def _other_word(value: str, info: inspect.Type) -> str:
    options = info.types if isinstance(info, inspect.UnionType) else (info,)
    words = [word for option in options if isinstance(option, inspect.LiteralType) for word in option.values]
    return next((str(word) for word in words if word != value), f"{value} or not")


def _made(info: inspect.Type) -> Any:
    """Some value of a sort, the first that is not nothing."""
    match info:
        case inspect.UnionType():
            return _made(next(one for one in info.types if not isinstance(one, inspect.NoneType)))
        case inspect.StructType():
            required = {field.name: _made(field.type) for field in info.fields if field.required}
            return info.cls(**required)
        case inspect.VarTupleType():
            return (_made(info.item_type),)
        case inspect.EnumType():
            return next(iter(info.cls))
        case inspect.LiteralType():
            return info.values[0]
        case inspect.CustomType():
            return Span(days=1)
    sorts: dict[type, Any] = {
        inspect.IntType: 1, inspect.StrType: "us", inspect.BoolType: True, inspect.DecimalType: Decimal(1),
        inspect.DateType: dt.date(2026, 1, 5),
    }  # fmt: skip
    return sorts[type(info)]


def spelled(protocol: Protocol, way: Way) -> str:
    """The way as a difference spells it: `streams[cbc].window.overdue`."""
    text, value = "", protocol
    for step in way:
        value = value[step] if isinstance(step, int) else getattr(value, step)  # type: ignore[index]
        text += _named(step, value)
    return text.removeprefix(".rules").removeprefix(".")


def _named(step: str | int, part: object) -> str:
    """`.window`, `[cbc]`; nothing for a part without a name, whose list is told as a whole."""
    match part:
        case Stream():
            return f"[{part.id}]"
        case Phase() if isinstance(step, int):
            return f"[{part.name}]"
        case Tighter():
            return f"[{part.first}-{part.last}]"
        case Example():
            return f"[{part.title}]"
        case Sign():
            return f"[{part.id}]"
        case VisitTimer() if isinstance(step, int):
            return f"[{part.id}]"
        case Gate() if isinstance(step, int):
            return f"[{part.id}]"
        case Threshold() if isinstance(step, int):
            return f"[{part.rule}-{', '.join(part.analytes)}]"
    return f".{step}" if isinstance(step, str) else ""
