"""The questions in some lines of a file, for whichever process answers them; the reviewed files are read once each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from monitor.catalog import Catalog, load_catalog
from monitor.cli.history_lines import Chunk
from monitor.cli.simulated import Question, read_question


@cache
def catalog_of(config_dir: Path) -> Catalog:
    """The catalog of that folder, once in each process."""
    return load_catalog(config_dir)


def questions(chunk: Chunk) -> Iterator[Question]:
    """The questions of the lines, which were checked before."""
    catalog = catalog_of(chunk.asked.config_dir)
    for _, line in chunk.lines:
        yield read_question(line, catalog, on=chunk.asked.on, until=chunk.asked.until)
