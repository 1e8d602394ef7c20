"""What every tick works with, put together once by whoever starts the clock."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.catalog import Catalog
from monitor.clock import now
from monitor.delivery.transport import Transport
from monitor.settings import Settings
from monitor.work import Sessions


@dataclass(frozen=True, slots=True)
class Station:
    """Database, reviewed data, settings, carrier and clock; `stopping` is set when long work should end early."""

    sessions: Sessions
    catalog: Catalog
    settings: Settings
    transport: Transport
    at_of: Callable[[], dt.datetime] = now
    stopping: threading.Event = field(default_factory=threading.Event)
