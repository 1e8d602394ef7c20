"""Every worked example of every protocol file, one by one: what the file promises is what the forecast does."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog import Catalog, load_catalog
from monitor.catalog.protocol_file import read_protocol
from monitor.protocols.examples import example_faults
from monitor.protocols.protocol import Example, Protocol

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "config" / "protocols").glob("*.toml")) + sorted((ROOT / "tests/data/protocols").glob("*.toml"))
EXAMPLES = [
    pytest.param(protocol, example, id=f"{protocol.name}: {example.title}")
    for protocol in map(read_protocol, FILES)
    for example in protocol.examples
]
_CATALOG = load_catalog()


@pytest.mark.parametrize(("protocol", "example"), EXAMPLES)
def test_it_does_what_the_example_promises(protocol: Protocol, example: Example) -> None:
    assert list(faults(protocol, example, catalog=_CATALOG)) == []


def faults(protocol: Protocol, example: Example, *, catalog: Catalog) -> list[str]:
    known = {scale.id for scale in catalog.dictionary.scales}
    found = example_faults(
        protocol,
        example,
        path="example",
        working_days={"eu": catalog.working_days("FR"), "us": catalog.working_days("US")},
        is_analyte=lambda name: catalog.dictionary.find(name) is not None,
        is_scale=known.__contains__,
    )
    return [f"{fault.path}: {fault.because}" for fault in found]
