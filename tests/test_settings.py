"""Settings come from the environment, typed; a wrong one names the variable and never shows the value."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.settings import Environment, Settings, TransportName, WrongSetting, read_settings

SECRET = "hunter2"


def test_nothing_set_is_valid_in_production_and_harmless() -> None:
    settings = read_settings({})
    assert settings.environment is Environment.PRODUCTION
    assert settings.transport is None
    assert not settings.send_at_all_hours


def test_it_reads_each_kind_of_value() -> None:
    settings = read_settings(
        {
            "MONITOR_ENVIRONMENT": "demo",
            "MONITOR_TRANSPORT": "console",
            "MONITOR_LEASE": "90.5",
            "MONITOR_QUARANTINE": "180",
            "MONITOR_SEND_WINDOW_OPENS": "08:30",
            "MONITOR_SEND_AT_ALL_HOURS": "true",
            "MONITOR_MESSAGES_PER_WEEK": "3",
            "MONITOR_RECIPIENTS_ALLOWED": "+33639980001, +33639980002",
            "MONITOR_PUBLIC_TELEPHONE": " ",
        }
    )
    assert settings.environment is Environment.DEMO
    assert settings.transport is TransportName.CONSOLE
    assert settings.lease == dt.timedelta(seconds=90.5)
    assert settings.send_window_opens == dt.time(8, 30)
    assert settings.send_at_all_hours
    assert settings.messages_per_week == 3
    assert settings.recipients_allowed == ("+33639980001", "+33639980002")
    assert settings.public_telephone is None


@pytest.mark.parametrize(
    ("name", "value"),
    (
        ("MONITOR_ENVIRONMENT", SECRET),
        ("MONITOR_TRANSPORT", SECRET),
        ("MONITOR_LEASE", SECRET),
        ("MONITOR_LEASE", "0"),
        ("MONITOR_LEASE", "nan"),
        ("MONITOR_LEASE", "inf"),
        ("MONITOR_LEASE", "20"),
        ("MONITOR_QUARANTINE", "93"),
        ("MONITOR_LIST_TRUSTED_FOR", "60.5"),
        ("MONITOR_WEBHOOK_URL", "http://suivi.example/hooks"),
        ("MONITOR_WEBHOOK_URL", "https://suivi.example/hooks?a=b"),
        ("MONITOR_HEARTBEAT_URL", "http://monitor.example/ping/hunter2"),
        ("MONITOR_LEADER_LEASE", "9"),
        ("MONITOR_WEB_PROCESSES", "0"),
        ("MONITOR_MESSAGES_PER_WEEK", "0"),
        ("MONITOR_MESSAGES_PER_WEEK", SECRET),
        ("MONITOR_SEND_AT_ALL_HOURS", SECRET),
        ("MONITOR_SEND_WINDOW_CLOSES", "08:00"),
        ("MONITOR_SEND_WINDOW_CLOSES", SECRET),
        ("MONITOR_COUNTRY", "France"),
        ("MONITOR_TIMEZONE", "Europe/Lutetia"),
        ("MONITOR_DATABASE_URL", f"mysql://root:{SECRET}@db"),
        ("MONITOR_SENDER_RECEIVES", "true"),
        ("MONITOR_TWILIO_BASE_URL", "http://example.com"),
        ("MONITOR_TWILIO_BASE_URL", "ftp://127.0.0.1"),
        ("MONITOR_TWILIO_BASE_URL", f"https://{SECRET}@[::1"),
        ("MONITOR_TWILIO_BASE_URL", "https://"),
        ("MONITOR_TWILIO_BASE_URL", "https://example.com:port"),
        ("MONITOR_SEND_WINDOW_OPENS", "09:00+05:00"),
    ),
)
def test_it_names_the_variable_and_not_the_value(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        read_settings({"MONITOR_ENVIRONMENT": "test", name: value})
    assert str(refusal.value).startswith(f"{name}: ")
    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value"),
    (
        ("MONITOR_SEND_AT_ALL_HOURS", "yes"),
        ("MONITOR_TRANSPORT", "console"),
        ("MONITOR_RECIPIENTS_ALLOWED", "+33639980001"),
        ("MONITOR_TWILIO_BASE_URL", "http://127.0.0.1:8080"),
        ("MONITOR_SEND_WINDOW_OPENS", "07:59"),
        ("MONITOR_SEND_WINDOW_CLOSES", "21:01"),
    ),
)
def test_production_refuses_what_is_only_for_trying_out(name: str, value: str) -> None:
    read_settings({"MONITOR_ENVIRONMENT": "development", name: value})
    with pytest.raises(WrongSetting, match=name):
        read_settings({name: value})


def test_secrets_are_not_shown() -> None:
    settings = Settings(
        environment=Environment.TEST,
        database_url=f"postgresql://monitor:{SECRET}@db/monitor",
        twilio_auth_token=SECRET,
        recipients_allowed=("+33639980001",),
    )
    assert SECRET not in repr(settings)
    assert "+33639980001" not in repr(settings)


def test_production_may_use_the_widest_window_of_any_profile() -> None:
    read_settings({"MONITOR_SEND_WINDOW_OPENS": "08:00", "MONITOR_SEND_WINDOW_CLOSES": "21:00"})
