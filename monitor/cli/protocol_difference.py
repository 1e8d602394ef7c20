"""`monitor protocols diff`: what changed between two versions of a protocol, and which treatments that touches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click
import msgspec

from monitor.catalog import Catalog, load_catalog
from monitor.catalog.protocol_file import read_protocol
from monitor.cli.config_option import CONFIG_OPTION
from monitor.cli.terminal import Paper
from monitor.protocols.difference import Change, Happened, ProtocolDifference, UnderOneLabel, protocol_difference
from monitor.protocols.protocol import Protocol
from monitor.terms import Unacceptable

_MARK = {Happened.ADDED: "new", Happened.REMOVED: "gone", Happened.CHANGED: ""}
_STYLE = {Happened.ADDED: "green", Happened.REMOVED: "red", Happened.CHANGED: "bold"}


class Told(msgspec.Struct, frozen=True):
    """What `--json` writes of two versions: the difference, and in a sentence whom it touches."""

    before: str
    after: str
    is_same: bool
    changes: tuple[Change, ...]
    by_profile: dict[str, UnderOneLabel]
    touched: str


@click.command()
@click.argument("names", nargs=-1, metavar="A [B]")
@click.option(
    "--against",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of reviewed data: its protocols are the earlier ones, and B is left out.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text for a terminal.")
@CONFIG_OPTION
def diff(*, names: tuple[str, ...], against: Path | None, as_json: bool, config_dir: Path) -> None:
    """Tell by rule what changed from protocol A to protocol B, in plain language.

    A and B are released names (tofersen.v1, or tofersen for the newest version) or paths of protocol files (….toml).
    With --against, A is compared with the protocol of the same name in that folder.

    Exit status: 0 where the rules are the same, 1 where they differ, 2 where they cannot be compared.
    """
    if len(names) != (2 if against is None else 1):
        raise click.UsageError("name two protocols, or one and a folder with --against")
    try:
        before, after = _both(names, load_catalog(config_dir), against)
    except Unacceptable as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
    found = protocol_difference(before, after)
    touched = _touched(before, after, found)
    if as_json:
        told = Told(**msgspec.structs.asdict(found), is_same=not found.changes, touched=touched)
        click.echo(msgspec.json.encode(told).decode())
    else:
        lines = (line.rstrip() for line in _text(before, after, found, touched, Paper.of_standard_output()))
        click.echo("\n".join(lines), color=True)
    sys.exit(1 if found.changes else 0)


def _both(names: tuple[str, ...], catalog: Catalog, against: Path | None) -> tuple[Protocol, Protocol]:
    """The earlier and the later one. Raises Unacceptable where one cannot be read, or they are of two therapies."""
    if against is None:
        before, after = (_read(name, catalog) for name in names)
    else:
        after = _read(names[0], catalog)
        before = load_catalog(against).protocol(after.name)
    if before.id != after.id:
        raise Unacceptable("two versions of one protocol can be compared, these are of two", field="B")
    return before, after


def _read(name: str, catalog: Catalog) -> Protocol:
    if not name.endswith(".toml"):
        return catalog.protocol(name)
    path = Path(name)
    if not path.is_file():
        raise Unacceptable("no such file", field=path.name)
    return read_protocol(path)


def _touched(before: Protocol, after: Protocol, found: ProtocolDifference) -> str:
    if not found.changes:
        written = "" if before.digest == after.digest else " Only the name or the writing of the files differs."
        return f"Nothing changes for anybody: the rules are the same.{written}"
    if before.name == after.name:
        return (
            f"Both are {before.name}: every treatment pinned to it would follow the change at once. A released version "
            "is final, so a change needs the next version."
        )
    return (
        f"Treatments pinned to {before.name} stay on {before.name} until somebody moves them. Treatments that start "
        f"once {after.name} is the newest version are pinned to {after.name}."
    )


def _text(before: Protocol, after: Protocol, found: ProtocolDifference, touched: str, paper: Paper) -> Iterator[str]:
    count = len(found.changes)
    titles = {stream.id: stream.title for stream in (*before.rules.streams, *after.rules.streams)}
    yield paper.painted(f"{found.before} → {found.after}", "bold")
    yield f"{count} difference{'' if count == 1 else 's'}"
    for rule, changes in groupby(found.changes, key=lambda change: change.rule):
        yield ""
        yield from paper.paragraph(f"{rule}: {titles[rule]}" if rule in titles else rule, style="bold, underline")
        for change in changes:
            yield from _change(change, paper)
    if count:
        yield ""
        yield paper.painted("LABEL BY LABEL", "bold, underline")
        for profile, under in found.by_profile.items():
            yield from paper.row([(profile.upper(), 3, "bold")], (_under(under), ""))
    yield ""
    yield paper.painted("WHO IS TOUCHED", "bold, underline")
    yield from paper.paragraph(touched)


def _change(change: Change, paper: Paper) -> Iterator[str]:
    mark = _MARK[change.happened]
    yield from paper.paragraph(
        f"{mark}: {change.about}" if mark else change.about, style=_STYLE[change.happened], indent=2
    )
    for word, text in (("was", change.before), ("is", change.after)):
        if text is not None:
            yield from paper.row([("", 2, ""), (word, 3, "dim")], (text, ""))


def _under(under: UnderOneLabel) -> str:
    said = (("begins", under.added), ("ends", under.removed), ("changes", under.changed))
    return "; ".join(f"{word}: {', '.join(names)}" for word, names in said if names) or "nothing changes"
