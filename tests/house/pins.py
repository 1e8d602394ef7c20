"""The hashed requirement lists, as the tests about dependencies read them."""

from __future__ import annotations

import re

from packaging.utils import canonicalize_name

from tests.house.sources import ROOT

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; [^\\]+?)? \\$", re.MULTILINE)
COMES_WITH_PYTHON = {"pip", "setuptools", "wheel", "monitor"}


def pins(kind: str) -> dict[str, str]:
    """Name and version of every entry of a list."""
    text = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    return {canonicalize_name(found["name"]): found["version"] for found in PIN.finditer(text)}
