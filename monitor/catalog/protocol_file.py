"""Reads one protocol file; a wrong one is refused with the path of the mistake inside it."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from monitor.labs.gates import Gate, gates_of
from monitor.labs.subject import rulebook_for
from monitor.labs.thresholds import Threshold
from monitor.notices.signs import SignGroup, each_sign
from monitor.protocols.protocol import Example, Protocol
from monitor.schedules.plan import CourseDoses, IntervalDoses, Rules, Stream, Surveillance
from monitor.schedules.recurrence import Part
from monitor.schedules.visit_timers import VisitTimer
from monitor.spans import Span
from monitor.terms import Unacceptable

_NAME = re.compile(r"(?P<id>[a-z][a-z0-9_]*)\.v(?P<version>[1-9]\d{0,3})\.toml")
_AT = re.compile(r" - at `\$\.?(?P<path>.*)`$")


class ProtocolFile(Part, frozen=True):
    """The members of a protocol file, in the order a reader meets them."""

    id: str
    version: int
    title: str
    profiles: tuple[str, ...]
    doses: IntervalDoses | CourseDoses
    streams: tuple[Stream, ...]
    examples: tuple[Example, ...]
    surveillance: Surveillance | None = None
    thresholds: tuple[Threshold, ...] = ()
    gates: tuple[Gate, ...] = ()
    signs: tuple[SignGroup, ...] = ()
    timers: tuple[VisitTimer, ...] = ()


def read_protocol(path: Path) -> Protocol:
    """The protocol in `path`; raises Unacceptable naming the file and the path inside it."""
    raw = path.read_bytes()
    try:
        found = msgspec.convert(tomllib.loads(raw.decode("utf-8")), ProtocolFile, dec_hook=_span)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unacceptable(f"not a TOML file: {error}", field=path.name) from error
    except msgspec.ValidationError as error:
        raise Unacceptable(_reason(error), field=f"{path.name}{_inside(error)}") from error
    name = _NAME.fullmatch(path.name)
    if name is None or name["id"] != found.id or int(name["version"]) != found.version:
        raise Unacceptable("a protocol file is named after its id and version", field=f"{path.name}: id")
    rules = Rules(doses=found.doses, streams=found.streams, surveillance=found.surveillance)
    return Protocol(
        id=found.id,
        version=found.version,
        title=found.title,
        profiles=found.profiles,
        rules=rules,
        plans={profile: rules.for_profile(profile) for profile in found.profiles},
        examples=found.examples,
        thresholds=found.thresholds,
        gates=found.gates,
        gate_lists={profile: gates_of(found.gates, profile=profile) for profile in found.profiles},
        rulebooks={profile: rulebook_for(found.thresholds, profile=profile) for profile in found.profiles},
        signs=each_sign(found.signs),
        timers=found.timers,
        digest=hashlib.sha256(raw).hexdigest(),
    )


def _span(wanted: type, value: Any) -> Any:
    if wanted is not Span or not isinstance(value, str):
        raise ValueError("a length of time is written in words, such as '28 days'")
    return Span.parse(value)


def _reason(error: msgspec.ValidationError) -> str:
    return _AT.sub("", str(error)).lower().replace("object", "table")


def _inside(error: msgspec.ValidationError) -> str:
    found = _AT.search(str(error))
    return f": {found['path']}" if found and found["path"] else ""
