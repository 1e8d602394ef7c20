"""What every tick works with, put together once by whoever starts the clock."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.catalog import Catalog
from monitor.clock import boot, now
from monitor.delivery.mail.mailer import Mailer
from monitor.delivery.transport import Transport
from monitor.settings import Settings
from monitor.work import Sessions


def name_of_this_process() -> str:
    """Its number helps whoever looks for it on one machine; the rest keeps it apart from every other one."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Station:
    """Database, reviewed data, settings, carrier and clocks; `stopping` is set when long work should end early."""

    sessions: Sessions
    catalog: Catalog
    settings: Settings
    transport: Transport
    mailer: Mailer | None = None
    at_of: Callable[[], dt.datetime] = now
    boot_of: Callable[[], float] = boot
    instance: str = field(default_factory=name_of_this_process)
    stopping: threading.Event = field(default_factory=threading.Event)
