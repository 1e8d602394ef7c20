"""The `monitor` command: open this to see which commands there are; each has its own file and loads when called."""

from __future__ import annotations

import importlib

import click

_WHAT_THEY_DO = {
    "conservation": "Name every treatment that has neither a future nor an end.",
    "demo": "Fill a database with invented patients and serve it.",
    "generate": "Fill an empty database with a cohort of invented patients.",
    "labs": "Judge laboratory values, and draw how they went.",
    "migrate": "Apply every migration that is missing.",
    "outbox": "Text messages and how far they came.",
    "protocols": "Review the protocols and check their files.",
    "rebuild": "Write every projection again as of now.",
    "scheduler": "Keep the clock: what only one process does at a time.",
    "serve": "Serve until stopped, with the alarm clock running.",
    "simulate": "Work out the calendar of a history, or of many.",
    "sweep": "Follow up every treatment whose day has come.",
    "users": "Sites, accounts and their tokens.",
    "web": "Answer requests from several processes, without a clock.",
    "worker": "Send what waits in the outbox.",
}


class LazyGroup(click.Group):
    """Loads a command's module only when that command is asked for, so that `--help` and `simulate` start quickly."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, in alphabetical order."""
        return sorted(_WHAT_THEY_DO)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, which lives in the file of that name; None where there is none."""
        if cmd_name not in _WHAT_THEY_DO:
            return None
        command = getattr(importlib.import_module(f"monitor.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - the files are ours
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_WHAT_THEY_DO.items()))


@click.group(cls=LazyGroup)
def main() -> None:
    """Treatment calendars and long-term laboratory surveillance for multiple sclerosis and ALS."""
