"""Kills and freezes at random moments, spread over the whole of the sending."""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.clock import ticks
from tests.processes.running import House, Running

_WAITS_AT_MOST = 4.0  # seconds for the next harm, where nothing gets on


@dataclass
class Disorder:
    """Harms the processes of a house. `progress` counts what has happened so far: harm keeps step with it."""

    house: House
    commands: tuple[tuple[str, ...], ...]
    dice: random.Random
    progress: Callable[[], int]
    running: list[Running] = field(default_factory=list)
    kills: int = 0
    freezes: int = 0
    _pause: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        self.running = [self.house.start_module(*command) for command in self.commands]

    def harm(self, *, kills: int, freezes: int, over: int) -> None:
        """So many of each, in an order by dice, while the progress goes on by about `over`."""
        deeds = [self._kill] * kills + [self._freeze] * freezes
        self.dice.shuffle(deeds)
        for deed in deeds:
            self._wait_for(self.dice.randint(0, 2 * over // len(deeds)))
            deed(self.dice.randrange(len(self.running)))

    def _wait_for(self, steps: int) -> None:
        goal, ends_at = self.progress() + steps, ticks() + _WAITS_AT_MOST
        self._pause.wait(self.dice.uniform(0, 0.2))
        while self.progress() < goal and ticks() < ends_at:
            self._pause.wait(0.01)

    def _kill(self, place: int) -> None:
        """And start another in its place, as the system does."""
        one = self.running[place]
        one.send(signal.SIGKILL)
        one.process.wait()
        self.running[place] = self.house.start_module(*self.commands[place])
        self.kills += 1

    def _freeze(self, place: int) -> None:
        """For a moment, or past its lease, or past quarantine and looks."""
        one = self.running[place]
        one.send(signal.SIGSTOP)
        self._pause.wait(self.dice.choice([0.3, 1.0, 3.0, 6.0]))
        one.send(signal.SIGCONT)
        self.freezes += 1

    def end(self) -> list[int]:
        """Ask everybody to stop: their exit statuses."""
        return [one.stop()[0] for one in self.running]
