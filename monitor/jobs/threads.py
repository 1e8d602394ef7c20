"""Where the ticks run: threads that the end of the process waits for only so long, since a claim runs out by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from threading import Thread

from apscheduler.executors.base import BaseExecutor, run_job
from apscheduler.job import Job

from monitor.clock import ticks


class TickThreads(BaseExecutor):  # type: ignore[misc]  # it carries no types
    """One thread for each turn of a tick; the pool of the library would keep the process alive until all have ended."""

    def __init__(self) -> None:
        super().__init__()
        self._threads: list[Thread] = []

    def wait(self, patience: dt.timedelta) -> bool:
        """True if what runs came to its end within that time."""
        ends_at = ticks() + patience.total_seconds()
        for thread in self._threads:
            thread.join(max(0.0, ends_at - ticks()))
        return not any(thread.is_alive() for thread in self._threads)

    def _do_submit_job(self, job: Job, run_times: Sequence[dt.datetime]) -> None:
        thread = Thread(target=self._run, args=(job, run_times), name=f"tick {job.id}", daemon=True)
        self._threads = [*(one for one in self._threads if one.is_alive()), thread]
        thread.start()

    def _run(self, job: Job, run_times: Sequence[dt.datetime]) -> None:
        """As the library's own executors do."""
        self._run_job_success(job.id, run_job(job, job._jobstore_alias, run_times, self._logger.name))  # noqa: SLF001
