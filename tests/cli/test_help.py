"""What the command says of itself, and what it costs to ask."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from monitor.cli import main

COMMANDS = main.list_commands(click.Context(main))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert f"{name} " in result.stdout


def test_a_command_that_does_not_exist_is_refused() -> None:
    assert CliRunner().invoke(main, ["cure"]).exit_code == 2


def test_help_loads_none_of_the_heavy_libraries() -> None:
    """Whoever asks what there is waits for nothing else."""
    code = (
        "import sys\nfrom monitor.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'sqlalchemy', 'flask', 'marshmallow', 'twilio', 'apscheduler', 'holidays'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"
    assert all(name in found.stdout for name in COMMANDS)
