"""What differs between two versions of a protocol, by rule: no member of a file is passed over in silence (H13)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import zip_longest
from typing import Any

import msgspec

from monitor.labels import under
from monitor.labs.gates import Gate
from monitor.labs.thresholds import Threshold
from monitor.notices.signs import Sign
from monitor.protocols.member_words import IDENTITIES, LABELS, in_words, spelled, told
from monitor.protocols.protocol import Protocol
from monitor.schedules.plan import CourseDoses, IntervalDoses, Stream, Surveillance
from monitor.schedules.visit_timers import VisitTimer, timers_of

_NAMES_THE_VERSION = ("id", "version", "digest")
_FOLLOWS_FROM_THE_RULES = ("plans", "rulebooks", "gate_lists")
_LISTS = {
    "streams": "{}",
    "thresholds": "{}",
    "gates": "gate: {}",
    "signs": "sign: {}",
    "timers": "timer: {}",
    "examples": "example: {}",
}  # of named parts, and what a part is called
_HEADS = ("doses", "surveillance")
_Path = tuple[str, ...]


class Happened(StrEnum):
    """What became of a part of the protocol."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Change(msgspec.Struct, frozen=True):
    """One difference.

    `rule`: the id of a stream or of a rule on values, `doses`, `surveillance`, `protocol`, `gate: `, `sign: ` or
    `timer: ` and its id, or `example: ` and its title. `path`: where in the file, the parts of a list by their name:
    `streams[cbc].window`. `about`: the same for a reader. `before`, `after`: in words, None where there is nothing.
    """

    rule: str
    path: str
    happened: Happened
    about: str
    before: str | None
    after: str | None


class UnderOneLabel(msgspec.Struct, frozen=True):
    """What it comes to where one label is followed: streams that begin and end, rules that change."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


class ProtocolDifference(msgspec.Struct, frozen=True):
    """Two versions by name, each difference in the order of the file, and what they come to by profile."""

    before: str
    after: str
    changes: tuple[Change, ...]
    by_profile: dict[str, UnderOneLabel]


def protocol_difference(before: Protocol, after: Protocol) -> ProtocolDifference:
    """Everything that differs in what two protocols say; no change where they differ in name or comments alone.

    The structures are walked member by member, so whatever the vocabulary of protocols grows by is compared as well.
    A sentence stands for several members only where each of them, changed alone, would change it. Pure; raises nothing.
    Source: hazard H13, a wrong threshold is seen before it is released.
    """
    changes: list[Change] = []
    for name in Protocol.__struct_fields__:
        if name not in (*_NAMES_THE_VERSION, *_FOLLOWS_FROM_THE_RULES):
            path = () if name == "rules" else (name,)
            changes += _walk(path, getattr(before, name), getattr(after, name))
    profiles = dict.fromkeys((*before.profiles, *after.profiles))
    return ProtocolDifference(
        before=before.name,
        after=after.name,
        changes=tuple(changes),
        by_profile={name: _under(_label(before, name), _label(after, name)) for name in profiles},
    )


class _Label(msgspec.Struct, frozen=True):
    """What one profile comes to."""

    doses: IntervalDoses | CourseDoses
    surveillance: Surveillance | None
    streams: tuple[Stream, ...]
    thresholds: tuple[Threshold, ...]
    gates: tuple[Gate, ...]
    signs: tuple[Sign, ...]
    timers: tuple[VisitTimer, ...]


def _under(before: _Label | None, after: _Label | None) -> UnderOneLabel:
    """What one label's plan and rulebook gain, lose and change; without them on one side, all their rules."""
    old, new = _rules(before), _rules(after)
    changed = [] if before is None or after is None else [change.rule for change in _walk((), before, after)]
    return UnderOneLabel(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed=tuple(rule for rule in dict.fromkeys(changed) if rule in _HEADS or (rule in old and rule in new)),
    )


def _label(protocol: Protocol, profile: str) -> _Label | None:
    plan = protocol.plans.get(profile)
    if plan is None:
        return None
    return _Label(
        plan.doses,
        plan.surveillance,
        plan.streams,
        protocol.rulebook_for(profile).thresholds,
        protocol.gate_lists.get(profile, ()),
        tuple(under(sign, profile) for sign in protocol.signs),
        timers_of(protocol.timers, profile=profile),
    )


def _rules(label: _Label | None) -> tuple[str, ...]:
    """What its streams, rules on values, gates, signs and timers are called."""
    if label is None:
        return ()
    lists = ("streams", "thresholds", "gates", "signs", "timers")
    return tuple(_LISTS[name].format(_name(part)) for name in lists for part in getattr(label, name))


def _walk(path: _Path, before: Any, after: Any) -> Iterator[Change]:
    if _is_same(before, after):
        return
    if isinstance(before, msgspec.Struct) and type(before) is type(after):
        yield from _members(path, before, after)
    elif isinstance(before, tuple) and isinstance(after, tuple) and _are_named(before) and _are_named(after):
        yield from _parts(path, before, after)
    else:
        yield _change(path, before, after)


def _is_same(before: Any, after: Any) -> bool:
    return type(before) is type(after) and bool(before == after)


def _members(path: _Path, before: msgspec.Struct, after: msgspec.Struct) -> Iterator[Change]:
    """One sentence for the members that it tells of, and what differs in each of the others."""
    names = before.__struct_fields__
    differing = [name for name in names if not _is_same(getattr(before, name), getattr(after, name))]
    in_sentence = told(before, after, differing)
    if in_sentence:
        yield _change(path, before, after)
    for name in differing:
        if name not in in_sentence:
            yield from _walk((*path, name), getattr(before, name), getattr(after, name))


def _are_named(parts: tuple[Any, ...]) -> bool:
    """Whether it is a list of parts that each have a name of their own."""
    return all(type(part) in IDENTITIES for part in parts) and len({_name(part) for part in parts}) == len(parts)


def _name(part: msgspec.Struct) -> str:
    return "-".join(spelled(getattr(part, member)) for member in IDENTITIES[type(part)])


def _parts(path: _Path, before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[Change]:
    """What was added, removed and changed, and whether what is in both stands in another order."""
    old, new = ({_name(part): part for part in parts} for parts in (before, after))
    for name in dict.fromkeys((*old, *new)):
        inside = (*path, f"[{name}]")
        if name in old and name in new:
            yield from _walk(inside, old[name], new[name])
        else:
            yield _change(inside, old.get(name), new.get(name))
    kept, still = [name for name in old if name in new], [name for name in new if name in old]
    if kept != still:
        yield Change(
            _rule(path), _spelled(path), Happened.CHANGED, f"order of {_about(path)}", ", ".join(kept), ", ".join(still)
        )


def _change(path: _Path, before: Any, after: Any) -> Change:
    happened = Happened.CHANGED
    if (before is None or after is None) and isinstance(before or after, msgspec.Struct):
        happened = Happened.ADDED if before is None else Happened.REMOVED
    old, new = (None if value is None else in_words(path[-1], value) for value in (before, after))
    if happened is Happened.CHANGED and old == new:
        old, new = spelled(before), spelled(after)  # the words do not tell them apart
    elif happened is Happened.CHANGED and isinstance(before, msgspec.Struct) and type(before) is not type(after):
        old, new = f"{old}: {spelled(before)}", f"{new}: {spelled(after)}"  # words may leave members out
    return Change(_rule(path), _spelled(path), happened, _about(path), old, new)


def _spelled(path: _Path) -> str:
    """`streams[cbc].window`."""
    return ".".join(path).replace(".[", "[")


def _rule(path: _Path) -> str:
    """The stream, threshold or example that a path leads into; what is of no rule is of the protocol as a whole."""
    if path[0] in _LISTS and len(path) > 1:
        return _LISTS[path[0]].format(path[1].removeprefix("[").removesuffix("]"))
    return path[0] if path[0] in _HEADS else "protocol"


def _about(path: _Path) -> str:
    """`loading, visit, window`: the way into the rule, in the words of the description where there are any."""
    inside = path[2:] if path[0] in _LISTS and len(path) > 1 else path[1:] or path
    steps = [step for step, following in zip_longest(inside, inside[1:], fillvalue="") if not following.startswith("[")]
    words = (step[1:-1] if step.startswith("[") else LABELS.get(step, step.replace("_", " ")) for step in steps)
    return ", ".join(words) or "the whole"
