"""Serves from several processes of threads where the system can fork: gunicorn, stopped as every command of ours is."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from monitor.cli.draining import refused_port
from monitor.cli.stopping import Stop
from monitor.settings import Settings

_WAITING = 2048  # connections that the system holds while every thread is busy


def serve_from_processes(app: Flask, settings: Settings, *, port: int, announce: Callable[[int], None]) -> None:
    """Serve until stopped, then leave with status 0. Ends the command where the port cannot be had.

    `announce` is told the port once it is ours; 0 asks for any free one.
    """
    try:
        listening = socket.create_server((settings.web_host, port), backlog=_WAITING)
    except OSError as failure:
        raise refused_port(port, failure) from failure
    announce(listening.getsockname()[1])
    _Master(_Application(app, settings, listening)).run()


class _Application(BaseApplication):  # type: ignore[misc]  # it carries no types
    """The settings of gunicorn, from ours alone: no file, no environment, no command line."""

    def __init__(self, app: Flask, settings: Settings, listening: socket.socket) -> None:
        self._app, self._settings, self._listening = app, settings, listening
        super().__init__()

    def load_config(self) -> None:
        """What differs from its defaults."""
        for name, value in {
            "bind": f"fd://{self._listening.detach()}",
            "worker_class": "gthread",
            "workers": self._settings.web_processes,
            "threads": self._settings.web_threads,
            "graceful_timeout": max(1, round(self._settings.farewell.total_seconds())),
            "preload_app": True,  # what is wrong with the application is said once, before anybody is answered
            "control_socket_disable": True,  # it would be shared by every service of the same user
            "loglevel": "warning",
            "proc_name": "monitor web",
            "post_worker_init": _leave_ctrl_c_to_the_master,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, whose connections are closed: each process opens its own."""
        return self._app


class _Master(Arbiter):  # type: ignore[misc]  # it carries no types
    """Ctrl-C is a request to stop like SIGTERM, with the same patience, and the second of either ends everything."""

    def __init__(self, app: _Application) -> None:
        self._stop = Stop()
        super().__init__(app)

    handle_int = Arbiter.handle_term

    def signal(self, sig: int, frame: FrameType | None) -> None:
        """Runs in the handler itself, also while the master waits for its processes."""
        if sig in {signal.SIGTERM, signal.SIGINT}:
            if self._stop.is_asked:
                for pid in list(self.WORKERS):
                    os.kill(pid, signal.SIGKILL)
            self._stop.ask(sig, frame)
        super().signal(sig, frame)


def _leave_ctrl_c_to_the_master(_worker: Any) -> None:
    """A terminal sends it to every process of the group; who has just been let in would be dropped."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
