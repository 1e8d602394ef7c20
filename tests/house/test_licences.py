"""Whoever installs this may use it: the licences of what it stands on are permissive, or argued here one by one."""

from __future__ import annotations

import re
from importlib import metadata

from packaging.utils import canonicalize_name

from tests.house.pins import pins

PERMISSIVE = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Unlicense|CC0|Zlib|PostgreSQL|Zope Public)\b",
    re.IGNORECASE,
)
BINDING = re.compile(r"\b(A?GPL|LGPL|GNU|MPL|Mozilla|EUPL|CDDL|EPL|SSPL|BUSL)\b", re.IGNORECASE)
ARGUED = {
    "psycopg": "LGPL-3.0: used as a library, unchanged; replacing it stays possible",
    "psycopg-binary": "LGPL-3.0: the same, compiled",
    "certifi": "MPL-2.0: a list of certificates, passed on unchanged",
    "hypothesis": "MPL-2.0: tests only, not shipped",
    "pathspec": "MPL-2.0: tests and building only, not shipped",
    "axe-playwright-python": "MIT, carries axe-core under MPL-2.0: tests only, not shipped",
}


def test_it_stands_on_permissive_licences() -> None:
    found = {name: licence(name) for name in pins("test") if name in installed()}
    doubtful = {name: text for name, text in found.items() if not PERMISSIVE.search(text) or BINDING.search(text)}

    assert {name: text for name, text in doubtful.items() if name not in ARGUED} == {}


def test_it_argues_only_for_what_is_there() -> None:
    assert sorted(name for name in ARGUED if name not in pins("test")) == []


def installed() -> set[str]:
    return {canonicalize_name(found.metadata["Name"]) for found in metadata.distributions()}


def licence(name: str) -> str:
    """What the package says of itself: the expression, else the field in one line, else the classifiers."""
    about = metadata.metadata(name)
    classified = [line.split(" :: ")[-1] for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    said = [*about.get_all("License-Expression", []), "; ".join(classified), *about.get_all("License", [])]
    return next((text.strip().split("\n")[0] for text in said if text.strip()), "")
