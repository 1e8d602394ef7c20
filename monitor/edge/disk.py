"""Is there room to store what comes next? A full disk must show before it refuses the first result (H58)."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy.engine import make_url

from monitor.overviews.readiness import Check
from monitor.settings import Settings

LEAST_FREE = 256 * 1024 * 1024


def free_space(settings: Settings, *, least: int = LEAST_FREE) -> Check:
    """The room where an embedded database lies; where the database is elsewhere, the room of this machine.

    `least`: how many bytes must be free.
    """
    address = make_url(settings.database_url)
    is_embedded = address.get_backend_name() == "sqlite" and address.database
    place = Path(address.database).parent if is_embedded and address.database else Path.cwd()
    try:
        free = shutil.disk_usage(place).free
    except OSError as error:
        return Check("disk", is_ok=False, detail=f"cannot be read: {type(error).__name__}")
    return Check("disk", is_ok=free >= least, detail=f"{free // (1024 * 1024)} MiB free")
