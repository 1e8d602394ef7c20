"""Several calls to the provider at once, while one thread alone speaks with the database."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Generic, Self, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")


class Hands(Generic[Task, Answer]):
    """Threads that each do one task at a time; begun when they are needed, and let go at the end of the block.

    No end of the process waits for them: a call in hand ends by itself, and a claim that it leaves behind runs out.
    """

    def __init__(self, count: int, do: Callable[[Task], Answer]) -> None:
        self._count = max(count, 1)
        self._do = do
        self._threads = 0
        self._tasks: SimpleQueue[tuple[Task] | None] = SimpleQueue()
        self._done: SimpleQueue[tuple[Task, Answer] | BaseException] = SimpleQueue()
        self.busy = 0

    @property
    def free(self) -> int:
        return self._count - self.busy

    def give(self, task: Task) -> None:
        """Let a free hand begin."""
        self.busy += 1
        if self._threads < self.busy:
            self._threads += 1
            Thread(target=self._work, name=f"hand {self._threads}", daemon=True).start()
        self._tasks.put((task,))

    def take(self) -> list[tuple[Task, Answer]]:
        """Wait until at least one is done; all that are. Raises what a task raised."""
        found = [self._done.get()]
        try:
            while True:
                found.append(self._done.get_nowait())
        except Empty:
            self.busy -= len(found)
        for one in found:
            if isinstance(one, BaseException):
                raise one
        return [one for one in found if not isinstance(one, BaseException)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in range(self._threads):
            self._tasks.put(None)

    def _work(self) -> None:
        while (given := self._tasks.get()) is not None:
            (task,) = given
            try:
                self._done.put((task, self._do(task)))
            except BaseException as failure:  # noqa: BLE001 - it is raised where somebody waits for it
                self._done.put(failure)
