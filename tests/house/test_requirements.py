"""What is installed is what is written down: the hashed lists follow pyproject.toml, without asking any network."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.pins import COMES_WITH_PYTHON, pins
from tests.house.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LISTS = {"run": ("build",), "test": ("build", "test", "lint")}


def asked_for(kind: str) -> list[Requirement]:
    """What pyproject.toml asks for directly."""
    groups = [PROJECT["dependency-groups"][name] for name in LISTS[kind]]
    return [Requirement(line) for line in [*PROJECT["project"]["dependencies"], *(line for g in groups for line in g)]]


@pytest.mark.parametrize("kind", LISTS)
def test_it_pins_what_the_project_asks_for(kind: str) -> None:
    pinned = pins(kind)
    unmet = [str(wish) for wish in asked_for(kind) if not wish.specifier.contains(pinned.get(key(wish), "0"))]

    assert unmet == []


@pytest.mark.parametrize("kind", LISTS)
def test_it_knows_the_hash_of_every_file(kind: str) -> None:
    text = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())

    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert len(entries) == len(pins(kind))


def test_it_tests_with_the_versions_that_run() -> None:
    tested = pins("test")

    assert {name: version for name, version in pins("run").items() if tested.get(name) != version} == {}


def test_it_installed_what_the_list_says() -> None:
    tested = pins("test")
    differing = {
        name: (found.version, tested.get(name))
        for found in metadata.distributions()
        if (name := canonicalize_name(found.metadata["Name"])) in tested and found.version != tested[name]
    }

    assert differing == {}


@pytest.mark.parametrize("kind", LISTS)
def test_it_pins_nothing_that_nobody_needs(kind: str) -> None:
    needed = closure(asked_for(kind))
    elsewhere = {name for name in pins(kind) if not is_installed(name)}  # for another system: nothing here to ask

    assert set(pins(kind)) - needed - elsewhere == set()


@pytest.mark.parametrize("kind", LISTS)
def test_it_pins_everything_that_something_needs(kind: str) -> None:
    assert closure(asked_for(kind)) - set(pins(kind)) - COMES_WITH_PYTHON == set()


def key(wish: Requirement) -> str:
    return canonicalize_name(wish.name)


def is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def closure(wishes: Iterable[Requirement]) -> set[str]:
    """Everything that these wishes bring along on this machine, themselves included."""
    reached: dict[str, set[str]] = {}
    waiting = [wish for wish in wishes if applies(wish, {""})]
    while waiting:
        wish = waiting.pop()
        name, extras = key(wish), {"", *wish.extras}
        if extras <= reached.get(name, set()) or not is_installed(name):
            continue
        reached[name] = reached.get(name, set()) | extras
        further = [Requirement(line) for line in metadata.requires(name) or ()]
        waiting += [one for one in further if applies(one, reached[name])]
    return set(reached)


def applies(wish: Requirement, extras: set[str]) -> bool:
    environments: list[Mapping[str, str]] = [{"extra": extra} for extra in extras]
    return wish.marker is None or any(wish.marker.evaluate(dict(environment)) for environment in environments)
