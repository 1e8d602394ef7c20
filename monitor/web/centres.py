"""Which hospital is looked at: one of those that somebody may see, or all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from monitor.overviews.me import MySite


@dataclass(frozen=True, slots=True)
class Centre:
    """One to choose; `id` None for all of them."""

    id: UUID | None
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Centres:
    """What can be chosen, and what was: None for all."""

    choices: tuple[Centre, ...]
    chosen: UUID | None

    @classmethod
    def of(cls, sites: Iterable[MySite], *, asked_for: str | None) -> Centres:
        """`asked_for` is the id of a site; anything else is all of them."""
        names = {site.id: site.name.partition(",")[0] for site in sites}
        chosen = next((site_id for site_id in names if str(site_id) == asked_for), None)
        every = Centre(None, "All hospitals", is_chosen=chosen is None)
        return cls((every, *(Centre(id, name, is_chosen=id == chosen) for id, name in names.items())), chosen)

    def name(self, site_id: UUID) -> str | None:
        """The hospital of somebody, where more than one is shown."""
        if self.chosen is not None:
            return None
        return next((centre.name for centre in self.choices if centre.id == site_id), None)
