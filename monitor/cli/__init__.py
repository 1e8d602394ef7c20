"""The `monitor` command: open this to see which commands there are; each has its own file and loads when called."""

from __future__ import annotations

import importlib

import click

_COMMANDS = {
    "conservation": "monitor.cli.conservation:conservation",
    "demo": "monitor.cli.demo:demo",
    "migrate": "monitor.cli.migrate:migrate",
    "outbox": "monitor.cli.outbox:outbox",
    "protocols": "monitor.cli.protocols:protocols",
    "rebuild": "monitor.cli.rebuild:rebuild",
    "serve": "monitor.cli.serve:serve",
    "simulate": "monitor.cli.simulate:simulate",
    "sweep": "monitor.cli.sweep:sweep",
    "users": "monitor.cli.users:users",
}


class LazyGroup(click.Group):
    """Loads a command's module only when that command is asked for, so that `--help` and `simulate` start quickly."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, in alphabetical order."""
        return sorted(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - the table above is ours
        return command


@click.group(cls=LazyGroup)
def main() -> None:
    """Treatment calendars and long-term laboratory surveillance for multiple sclerosis and ALS."""
