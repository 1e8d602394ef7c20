"""How every long-running command ends: asked once it comes to a good end, asked twice it ends at once."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

ENDED_BY_SIGNAL = 128  # plus the number of the signal: how a shell reads it


class Stop:
    """Whether somebody asked us to stop, by Ctrl-C or SIGTERM.

    The handler only sets a flag: it may run between any two instructions of the main thread, which may hold any lock.
    """

    def __init__(self) -> None:
        self.is_asked = False

    def listen(self) -> None:
        """From now on; only the main thread of a process may."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.ask)

    def ask(self, number: int, _frame: FrameType | None) -> None:
        """Take note; the second time end the process without anything in between."""
        if self.is_asked:
            say_at_once("Ended at once: what was being sent is looked at by a person later.")
            os._exit(ENDED_BY_SIGNAL + number)
        self.is_asked = True
        say_at_once("Stopping: what runs comes to its end. Once more to end at once.")


def say_at_once(sentence: str) -> None:
    """To the terminal, past every buffer and lock."""
    os.write(sys.stderr.fileno(), f"{sentence}\n".encode())
