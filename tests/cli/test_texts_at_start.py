"""A page or a telephone number with which a text would not fit is found at the start, not when a reminder is due."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from monitor.cli import main
from monitor.cli.installed import installed
from monitor.cli.serving import station_of


@pytest.mark.parametrize("transport", ["console", ""])
def test_it_refuses_to_start_with_a_page_that_no_text_can_hold_h38(tmp_path: Path, transport: str) -> None:
    environ = {
        "MONITOR_ENVIRONMENT": "test",
        "MONITOR_DATABASE_URL": f"sqlite:///{tmp_path}/m.db",
        "MONITOR_TRANSPORT": transport,
        "MONITOR_PUBLIC_PAGE_URL": "https://suivi.example/" + "a" * 60,
        "MONITOR_PUBLIC_TELEPHONE": "+33 1 99 00 12 34",
    }
    CliRunner().invoke(main, ["migrate"], env=environ)

    with pytest.raises(click.ClickException) as refused, installed(environ) as place:
        station_of(place)

    assert refused.value.message.startswith("MONITOR_PUBLIC_PAGE_URL: with it the sentence en:reminder.before takes")
    assert "aaaa" not in refused.value.message
