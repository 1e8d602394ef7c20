"""What may differ between two installations: typed, frozen, read once from the environment (`MONITOR_…`)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import typing
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "MONITOR_"
_SECOND = dt.timedelta(seconds=1)
_EARLIEST, _LATEST = dt.time(8), dt.time(21)
"""The widest send window of any profile: no text reaches a patient outside it."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class WrongSetting(ValueError):
    """A setting cannot be used: names the variable and the reason, never the value."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{PREFIX}{name.upper()}: {reason}")
        self.name = name
        self.reason = reason


class Environment(StrEnum):
    """Where we run: only `production` may meet real patients, and it refuses every convenience of the others."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"
    DEMO = "demo"
    TEST = "test"


class TransportName(StrEnum):
    """Who carries the text messages; `console` shows them on this machine and sends nothing."""

    CONSOLE = "console"
    TWILIO = "twilio"


class SmtpSecurity(StrEnum):
    """How the way to the mail server is kept from being read; `none` only to this machine and outside production."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A default is valid in production and harmless in public; whatever cannot have one is None until it is given."""

    environment: Environment = Environment.PRODUCTION
    database_url: str = field(default="sqlite:///var/monitor.db", repr=False)  # may hold a password
    config_dir: Path = Path(__file__).resolve().parent.parent / "config"
    country: str = "FR"  # of a new site that names none
    timezone: str = "Europe/Paris"

    transport: TransportName | None = None  # none: nothing is sent, and delivery says so
    twilio_account_sid: str | None = None
    twilio_auth_token: str | None = field(default=None, repr=False)
    twilio_from: str | None = None
    twilio_messaging_service_sid: str | None = None
    twilio_base_url: str = "https://api.twilio.com"
    recipients_allowed: tuple[str, ...] = field(default=(), repr=False)  # outside production twilio sends to no other
    public_page_url: str | None = None  # what a text refers to; never with an identifier in it
    public_telephone: str | None = None
    sender_receives: bool = False  # whether an answer to a text reaches us: then the texts name STOP
    webhook_url: str | None = None  # where the provider reaches us from outside; none: no receipts are asked for
    answer_language: str = "fr"  # of an automatic answer to a number that nobody here has
    answer_again_after: dt.timedelta = 3600 * _SECOND

    smtp_host: str | None = None  # none: colleagues get no mail, they look
    smtp_port: int = 587
    smtp_security: SmtpSecurity = SmtpSecurity.STARTTLS
    smtp_ca_file: Path | None = None  # of whoever vouches for the mail server; none: whom this machine trusts
    smtp_user: str | None = None
    smtp_password: str | None = field(default=None, repr=False)
    mail_from: str | None = None
    mail_recipients_allowed: tuple[str, ...] = field(default=(), repr=False)  # outside production nobody else gets any
    staff_page_url: str | None = None  # what a mail refers to; never with an identifier in it
    staff_language: str = "fr"  # of mail to a colleague who names none
    mail_every: dt.timedelta = 15 * _SECOND
    mail_gathers_for: dt.timedelta = 120 * _SECOND  # what is not critical waits so long for more of the same person
    mail_back_off_longest: dt.timedelta = 600 * _SECOND
    mail_given_up_after: dt.timedelta = 14_400 * _SECOND
    mail_address_doubted_for: dt.timedelta = 86_400 * _SECOND  # since a mail server said that it is none

    connect_timeout: dt.timedelta = 3 * _SECOND
    read_timeout: dt.timedelta = 30 * _SECOND
    calls_at_once: int = 4  # to the provider, by one process
    lease: dt.timedelta = 60 * _SECOND
    quarantine: dt.timedelta = 120 * _SECOND  # before anybody looks for a text whose fate is unknown
    look_again_after: dt.timedelta = 30 * _SECOND
    list_checked_every: dt.timedelta = 86_400 * _SECOND
    list_trusted_for: dt.timedelta = 60 * _SECOND  # since it showed a message that is known to exist
    receipt_awaited_for: dt.timedelta = 86_400 * _SECOND
    back_off_first: dt.timedelta = 60 * _SECOND
    back_off_longest: dt.timedelta = 3600 * _SECOND
    send_window_opens: dt.time = dt.time(9)
    send_window_closes: dt.time = dt.time(19)
    send_at_all_hours: bool = False
    messages_per_week: int = 4
    messages_per_site_and_day: int = 500
    number_trusted_for: dt.timedelta = dt.timedelta(days=183)  # since somebody made sure whose telephone it is
    result_awaited_for: dt.timedelta = dt.timedelta(days=3)

    acknowledge_critical_within: dt.timedelta = 3600 * _SECOND
    acknowledge_urgent_at_least: dt.timedelta = 7200 * _SECOND  # or the end of the day at the site, if that is later
    acknowledge_soon_working_days: int = 3
    escalate_every: dt.timedelta = 60 * _SECOND

    sweep_every: dt.timedelta = 900 * _SECOND
    deliver_every: dt.timedelta = 60 * _SECOND
    beat_every: dt.timedelta = 30 * _SECOND
    beats_missed_at_most: int = 2
    heartbeat_url: str | None = field(default=None, repr=False)  # often a secret; none: nobody outside is told
    heartbeat_timeout: dt.timedelta = 10 * _SECOND
    beats_kept: dt.timedelta = 86400 * _SECOND
    leader_lease: dt.timedelta = 15 * _SECOND
    leader_renew_every: dt.timedelta = 5 * _SECOND
    farewell: dt.timedelta = 25 * _SECOND
    clock_skew: dt.timedelta = 600 * _SECOND

    idempotency_lease: dt.timedelta = 60 * _SECOND  # of a request that still runs
    idempotency_kept: dt.timedelta = 86_400 * _SECOND  # its answer, for whoever sends it again
    purge_every: dt.timedelta = 3600 * _SECOND

    web_host: str = "127.0.0.1"  # a reverse proxy with TLS stands between us and everybody else
    web_processes: int = 2
    web_threads: int = 8

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    def __post_init__(self) -> None:
        _check_places(self)
        _check_durations(self)
        _check_production(self)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of this process; raises `WrongSetting` for the first value that cannot be used.

    Durations are seconds, times of day `HH:MM`, lists separated by commas; an empty value is an absent one.
    """
    hints = typing.get_type_hints(Settings)
    values: dict[str, typing.Any] = {}
    for known in dataclasses.fields(Settings):
        text = environ.get(PREFIX + known.name.upper(), "").strip()
        if text:
            values[known.name] = _read(known.name, text, _PARSERS[hints[known.name]])
    return Settings(**values)


def _read(name: str, text: str, parse: Callable[[str], object]) -> object:
    try:
        return parse(text)
    except (ValueError, OverflowError):
        raise WrongSetting(name, f"not {_EXPECTED.get(parse, 'one of the known words')}") from None


def _duration(text: str) -> dt.timedelta:
    return dt.timedelta(seconds=float(text))


def _time_of_day(text: str) -> dt.time:
    found = dt.time.fromisoformat(text)
    if found.tzinfo is not None:  # it is that of the patient's own zone
        raise ValueError
    return found


def _yes_or_no(text: str) -> bool:
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[text.lower()]


def _truth(text: str) -> bool:
    try:
        return _yes_or_no(text)
    except KeyError:
        raise ValueError from None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


_PARSERS: dict[object, Callable[[str], object]] = {
    str: str,
    str | None: str,
    int: int,
    bool: _truth,
    Path: Path,
    Path | None: Path,
    SmtpSecurity: SmtpSecurity,
    dt.timedelta: _duration,
    dt.time: _time_of_day,
    tuple[str, ...]: _words,
    Environment: Environment,
    TransportName | None: TransportName,
}
_EXPECTED: dict[object, str] = {
    int: "a whole number",
    _truth: "true or false",
    _duration: "a number of seconds",
    _time_of_day: "a time of day such as 09:00, without a zone",
}


def _check_places(settings: Settings) -> None:
    if not re.fullmatch("[A-Z]{2}", settings.country):
        raise WrongSetting("country", "not a country of two capital letters")
    if settings.timezone not in zoneinfo.available_timezones():
        raise WrongSetting("timezone", "not a known time zone")
    if not settings.database_url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise WrongSetting("database_url", "neither sqlite:///… nor postgresql://…")
    _check_provider(settings)


def _check_provider(settings: Settings) -> None:
    _check_address("twilio_base_url", settings.twilio_base_url, settings)
    if settings.sender_receives and settings.webhook_url is None:
        raise WrongSetting("sender_receives", "needs the webhook address, or what people answer would reach nobody")
    if settings.webhook_url is not None:
        _check_address("webhook_url", settings.webhook_url, settings)
    if settings.heartbeat_url is not None:
        _check_address("heartbeat_url", settings.heartbeat_url, settings, may_ask=True)


def _check_address(name: str, text: str, settings: Settings, *, may_ask: bool = False) -> None:
    """A whole address, with a question only if it `may_ask`; plain http only to this machine, outside production."""
    try:
        address = urlsplit(text)
        is_whole = bool(address.hostname) and address.port != 0  # a port that is no number is told only when asked for
    except ValueError:
        is_whole = False
    if not is_whole or (address.query and not may_ask) or address.fragment:
        raise WrongSetting(name, "cannot be read as an address")
    if address.scheme == "https":
        return
    if address.scheme != "http" or address.hostname not in LOOPBACK or settings.is_production:
        raise WrongSetting(name, "must be https; plain http only to this machine and outside production")


def _check_durations(settings: Settings) -> None:
    for known in dataclasses.fields(settings):
        value = getattr(settings, known.name)
        if isinstance(value, dt.timedelta) and value <= dt.timedelta(0):
            raise WrongSetting(known.name, "must be longer than nothing")
        if type(value) is int and value < 1:
            raise WrongSetting(known.name, "must be at least 1")
    if settings.lease <= settings.connect_timeout + settings.read_timeout:
        raise WrongSetting("lease", "must be longer than the two time-outs together, or a row could be claimed twice")
    if settings.quarantine <= settings.lease + settings.connect_timeout + settings.read_timeout:
        raise WrongSetting("quarantine", "must be longer than the lease and the two time-outs together")
    if settings.list_trusted_for > 2 * settings.look_again_after:
        raise WrongSetting(
            "list_trusted_for", "must not exceed two pauses between looks: each look needs its own proof"
        )
    if settings.leader_lease < 2 * settings.leader_renew_every:
        raise WrongSetting("leader_lease", "must be at least two renewals long, or a healthy leader would lose it")
    if settings.send_window_opens >= settings.send_window_closes:
        raise WrongSetting("send_window_closes", "must be later than the opening")


def _check_production(settings: Settings) -> None:
    if not settings.is_production:
        return
    if settings.transport is TransportName.CONSOLE:
        raise WrongSetting("transport", "not in production: the console reaches no patient")
    if settings.send_at_all_hours:
        raise WrongSetting("send_at_all_hours", "not in production: nobody gets a text at night")
    if settings.send_window_opens < _EARLIEST:
        raise WrongSetting("send_window_opens", "not in production: no text before 08:00")
    if settings.send_window_closes > _LATEST:
        raise WrongSetting("send_window_closes", "not in production: no text after 21:00")
    if settings.recipients_allowed:
        raise WrongSetting("recipients_allowed", "not in production: it would silence every other patient")
