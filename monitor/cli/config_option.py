"""`--config`, for the commands that read reviewed files and need no database."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.catalog import CONFIG_DIR
from monitor.settings import PREFIX

CONFIG_OPTION = click.option(
    "--config",
    "config_dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=CONFIG_DIR,
    envvar=f"{PREFIX}CONFIG_DIR",
    show_envvar=True,
    help="Another folder of reviewed data than the one of this release.",
)
