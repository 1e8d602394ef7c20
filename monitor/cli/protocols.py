"""`monitor protocols check`, `show` and `diff`: are the files coherent, what do they say, and what changed?"""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from monitor.catalog import load_catalog
from monitor.catalog.checking import CheckedFile, check_files
from monitor.cli.config_option import CONFIG_OPTION
from monitor.cli.protocol_difference import diff
from monitor.protocols.description import describe
from monitor.protocols.protocol import Protocol
from monitor.protocols.statements import Block, Line, Section
from monitor.terms import Unacceptable

_WIDTH, _LABEL = 80, 15
_GLUE = "\N{NO-BREAK SPACE}"  # keeps the name of a source on one line


@click.group()
def protocols() -> None:
    """Look at the protocols, check that their files are coherent, and see what a new version changes."""


protocols.add_command(diff)


@protocols.command()
@CONFIG_OPTION
def check(config_dir: Path) -> None:
    """Check every protocol file, worked examples included; exit status 2 with every fault found."""
    try:
        checked = tuple(check_files(load_catalog(config_dir)))
    except Unacceptable as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
    for file in checked:
        _say(file)
    if any(file.faults for file in checked):
        sys.exit(2)


def _say(file: CheckedFile) -> None:
    for fault in file.faults:
        click.echo(f"{file.name}: {fault.path}: {fault.because}", err=True)
    if file.protocol is not None and not file.faults:
        streams, examples = len(file.protocol.rules.streams), len(file.protocol.examples)
        click.echo(f"{file.name}: coherent, {streams} streams, {examples} worked examples as promised")


@protocols.command()
@click.argument("name")
@CONFIG_OPTION
@click.option("--markdown", is_flag=True, help="Markdown instead of text for a terminal.")
def show(name: str, config_dir: Path, markdown: bool) -> None:  # noqa: FBT001 - Click passes options by name
    """Describe the protocol NAME (tofersen, or tofersen.v1) rule by rule, with sources, for review."""
    try:
        catalog = load_catalog(config_dir)
        protocol = catalog.protocol(name)
    except Unacceptable as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
    sections = describe(protocol, catalog.dictionary)
    lines = _markdown(protocol, sections) if markdown else _text(protocol, sections)
    click.echo("\n".join(lines), color=False if os.environ.get("NO_COLOR") else None)


def _subtitle(protocol: Protocol) -> str:
    labels = " and ".join(profile.upper() for profile in protocol.profiles)
    return f"{protocol.name}, after the {labels} label. File: SHA-256 {protocol.digest[:16]}…"


_HOW_TO_READ = (
    "Each line ends with its authority in brackets: a section of a label, a publication, or policy, which is a number "
    "chosen here. Days are counted from the due date. A window says when care can be credited."
)


def _text(protocol: Protocol, sections: tuple[Section, ...]) -> Iterator[str]:
    yield from (click.style(line, bold=True) for line in textwrap.wrap(protocol.title, _WIDTH))
    yield from textwrap.wrap(_subtitle(protocol), _WIDTH)
    yield ""
    yield from textwrap.wrap(_HOW_TO_READ, _WIDTH)
    for section in sections:
        yield ""
        yield click.style(section.heading.upper(), bold=True, underline=True)
        for block in section.blocks:
            yield ""
            yield from (click.style(line, bold=True) for line in textwrap.wrap(block.heading, _WIDTH))
            for line in block.lines:
                yield from _text_line(line)


def _text_line(line: Line) -> Iterator[str]:
    label = line.label if len(line.label) < _LABEL else f"{line.label} "
    text = line.text if line.source is None else f"{line.text} [{line.source.replace(' ', _GLUE)}]"
    indent = " " * (2 + _LABEL)
    wrapped = textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=f"  {label:<{_LABEL}}",
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    for part in wrapped:
        yield part.replace(_GLUE, " ")


def _markdown(protocol: Protocol, sections: tuple[Section, ...]) -> Iterator[str]:
    yield from (f"# {protocol.title}", "", _subtitle(protocol), "", _HOW_TO_READ.replace("in brackets", "on the right"))
    for section in sections:
        yield from ("", f"## {section.heading}")
        for block in section.blocks:
            yield from _markdown_block(block)


def _markdown_block(block: Block) -> Iterator[str]:
    yield from ("", f"### {_escaped(block.heading)}", "", "| | | authority |", "|---|---|---|")
    for line in block.lines:
        yield f"| {_escaped(line.label)} | {_escaped(line.text)} | {_escaped(line.source or '')} |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("_", "\\_").replace("*", "\\*")
