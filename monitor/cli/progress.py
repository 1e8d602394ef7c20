"""The bar that long work shows in a terminal, on standard error so that the answer can go into a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Gives a function that is told how many of how many are behind us; shows nothing where nobody watches."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None)

        def show(behind: int, of: int) -> None:
            bar.update(task, completed=behind, total=of)

        yield show
