"""A page or a telephone number with which a text would not fit is found at the start, not when a reminder is due."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.cli import main


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

    refused = CliRunner().invoke(main, ["serve", "--port", "0"], env=environ)

    assert refused.exit_code != 0
    assert "MONITOR_PUBLIC_PAGE_URL" in refused.output
    assert "en:reminder.before takes" in refused.output
    assert "aaaa" not in refused.output
