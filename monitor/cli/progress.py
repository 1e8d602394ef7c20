"""The bar that long work shows in a terminal, on standard error so that the answer can go into a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Gives a function that is told how many of how many are behind us; shows nothing where nobody watches."""
    with click.progressbar(length=0, label=title, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def show(behind: int, of: int) -> None:
            bar.length = of
            bar.update(behind - bar.pos)

        yield show
