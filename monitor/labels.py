"""The label that is followed, and on whose authority a rule stands under it."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar, cast

from msgspec.structs import replace

EU_LABEL = "SmPC "
"""How the sources begin that are a label of the European Union."""


class Sourced(Protocol):
    """A rule, a frozen structure: its authority, and the one where the label of the United States is followed."""

    @property
    def source(self) -> str: ...
    @property
    def us_source(self) -> str | None: ...


_Rule = TypeVar("_Rule", bound=Sourced)


def under(rule: _Rule, profile: str) -> _Rule:
    """The rule as it stands under the label of the profile (`eu`, `us`): on the authority of that label alone."""
    if rule.us_source is None:
        return rule
    source = rule.us_source if profile == "us" else rule.source
    found: _Rule = replace(cast("Any", rule), source=source, us_source=None)
    return found
