"""A protocol in plain language, rule by rule with its source: what a neurologist reads before accepting it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from monitor.labs.analyte import Dictionary
from monitor.protocols import phrases
from monitor.protocols.analyte_words import AnalyteWords
from monitor.protocols.dose_statements import dose_blocks
from monitor.protocols.gate_statements import gate_block
from monitor.protocols.protocol import Example, Expected, Protocol, Sample
from monitor.protocols.sign_statements import sign_blocks
from monitor.protocols.statements import Block, Line, Section
from monitor.protocols.stream_statements import stream_lines, us_authority
from monitor.protocols.threshold_statements import threshold_block
from monitor.protocols.timer_statements import timer_block
from monitor.schedules.plan import Stream, Surveillance

_POLICY = "policy"


def describe(protocol: Protocol, dictionary: Dictionary) -> tuple[Section, ...]:
    """The whole protocol as statements with their sources, in the order of its file; a source of `policy` is ours.

    Analytes are called as the dictionary calls them, and each number of one has the unit in which it is kept.
    """
    plan, words = protocol.rules, AnalyteWords(dictionary)
    sections = [Section("Doses", tuple(dose_blocks(plan.doses)))]
    if plan.surveillance is not None:
        sections.append(Section("Surveillance", (_surveillance(plan.surveillance, plan.streams),)))
    streams = tuple(Block(f"{s.id}: {s.title} ({s.kind})", tuple(stream_lines(s, words))) for s in plan.streams)
    examples = tuple(_example(number, example, words) for number, example in enumerate(protocol.examples, start=1))
    thresholds = tuple(threshold_block(one, words) for one in protocol.thresholds)
    gates = tuple(gate_block(one, words) for one in protocol.gates)
    more = (("Before a dose", gates), ("What a value gives rise to", thresholds))
    values = tuple(Section(heading, blocks) for heading, blocks in more if blocks)
    signs = (Section("Signs that a patient may notice", tuple(sign_blocks(protocol.signs))),) if protocol.signs else ()
    due = Section("What is due", streams)
    timed = (Section("During a visit", tuple(map(timer_block, protocol.timers))),) if protocol.timers else ()
    return (*sections, due, *timed, *values, *signs, Section("Worked examples", examples), _authority(protocol))


def _surveillance(surveillance: Surveillance, streams: tuple[Stream, ...]) -> Block:
    watched = phrases.listed(dict.fromkeys(stream.id for stream in streams if stream.is_surveillance))
    length = f"until {surveillance.after_last_infusion} after the last infusion of any course"
    return Block(
        "How long",
        (
            Line("lasts", f"{length}; each new course starts it anew", surveillance.source),
            Line("what", watched, surveillance.source),
            *us_authority(surveillance.us_source),
        ),
    )


def _example(number: int, example: Example, words: AnalyteWords) -> Block:
    lines = [Line("start agreed", _day(example.started_on), example.source)]
    if example.profile is not None:
        lines.append(Line("profile", example.profile))
    if example.access_expires_on is not None:
        lines.append(Line("access", f"expires on {_day(example.access_expires_on)}"))
    if example.given:
        lines.append(Line("given", phrases.listed(_day(given.on) for given in example.given)))
    lines += [Line("agreed", f"course {plan.course} from {_day(plan.starts_on)}") for plan in example.planned_courses]
    lines += [Line("sample", f"{_day(sample.on)}: {_values(sample, words)}") for sample in example.samples]
    lines += [Line("event", f"{_day(event.on)}: {type(event).__name__.lower()}") for event in example.events]
    lines.append(Line("asked on", _day(example.on)))
    lines += [Line(expected.key, _expected(expected)) for expected in example.expects]
    if example.surveillance_ends_on is not None:
        lines.append(Line("surveillance", f"ends on {_day(example.surveillance_ends_on)}"))
    for label, wanted in (("alerts", example.alerts), ("warnings", example.warnings)):
        if wanted is not None:
            lines.append(Line(label, ", ".join(wanted) or "none"))
    return Block(f"{number}. {example.title}", tuple(lines))


def _values(sample: Sample, words: AnalyteWords) -> str:
    measured = {name: f" {words.amount(value, name)}" for name, value in sample.values.items()}
    return "; ".join(f"{words.name(name)}{measured.get(name, '')}" for name in sample.analytes)


def _expected(expected: Expected) -> str:
    dates = (
        ("due", expected.due_on),
        ("suggested", expected.suggested_on),
        ("opens", expected.opens_on),
        ("closes", expected.closes_on),
        ("done", expected.done_on),
    )
    said = [f"{word} {_day(day)}" for word, day in dates if day is not None]
    return ", ".join([*said, *([expected.state] if expected.state is not None else [])])


def _day(day: dt.date) -> str:
    return f"{day:%Y-%m-%d %a}"


def _authority(protocol: Protocol) -> Section:
    """Each source with what rests on it, so that a reviewer can open the label once and tick off its list."""
    rules: dict[str, list[str]] = {}
    windows: dict[str, list[str]] = {}
    for name, source, window_source in _sources(protocol):
        rules.setdefault(source, []).append(name)
        if window_source is not None:
            windows.setdefault(window_source, []).append(name)
    names = [source for source in dict.fromkeys((*rules, *windows)) if source != _POLICY]
    blocks = []
    for source in (*names, _POLICY):
        heading = "policy: chosen here, by no label or publication" if source == _POLICY else source
        resting = (
            ("rules", rules.get(source, [])),
            ("numbers", [f"windows, alerts and reminders of {n}" for n in _all(windows.get(source, []))]),
        )
        blocks.append(Block(heading, tuple(Line(label, ", ".join(texts)) for label, texts in resting if texts)))
    return Section("On whose authority", tuple(blocks))


def _sources(protocol: Protocol) -> Iterator[tuple[str, str, str | None]]:
    plan = protocol.rules
    yield plan.doses.stream, plan.doses.source, plan.doses.window_source
    if plan.surveillance is not None:
        yield "length of the surveillance", plan.surveillance.source, None
    for stream in plan.streams:
        yield stream.id, stream.source, stream.window_source
    for gate in protocol.gates:
        yield f"gate {gate.id}", gate.source, None
    for threshold in protocol.thresholds:
        yield threshold.rule, threshold.source, None
    for timer in protocol.timers:
        yield f"timer {timer.id}", timer.source, None
    for sign in protocol.signs:
        yield f"sign {sign.id}", sign.source, None
    for number, example in enumerate(protocol.examples, start=1):
        yield f"example {number}", example.source, None


def _all(names: list[str]) -> list[str]:
    return [phrases.listed(names)] if names else []
