"""`monitor conservation`: proves that no treatment fell out of the calendar, and that the lists add up."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from functools import reduce
from operator import add
from uuid import UUID

import click

from monitor.catalog import Catalog
from monitor.cli.installed import installed
from monitor.clock import now
from monitor.schedules.service_items import closing_streams
from monitor.store.conservation import Endings, OfSite, Sums, by_site, hold_still, of_all
from monitor.store.orphans import HARMLESS, orphans
from monitor.work import SYSTEM, working


@dataclass(frozen=True, slots=True)
class _Found:
    sites: tuple[OfSite, ...]
    whole: Sums
    lists_hold_everything: bool
    orphans: dict[str, tuple[UUID, ...]]

    @property
    def lost(self) -> list[UUID]:
        return [one for site in self.sites for one in site.lost]

    @property
    def ahead_of_time(self) -> list[UUID]:
        return [one for site in self.sites for one in site.ahead_of_time]

    @property
    def is_well(self) -> bool:
        faults = any(ids for kind, ids in self.orphans.items() if kind != HARMLESS)
        adds_up = self.lists_hold_everything and all(site.sums.add_up for site in self.sites)
        return adds_up and not (self.lost or self.ahead_of_time or faults)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object in place of the text.")
def conservation(as_json: bool) -> None:  # noqa: FBT001 - click passes its flags by position
    """Count every treatment once: something to do, all of it ahead, or an explicit end; status 1 if any is lost.

    Names what is lost, what was last swept as of a day to come, and what hangs in the air; the lists of all sites must
    hold exactly the treatments that there are.
    """
    with installed(os.environ) as place, working(
        place.sessions, catalog=place.catalog, by=SYSTEM, at=now(), settings=place.settings, only_reads=True
    ) as work:  # fmt: skip
        hold_still(work.session)
        sites = by_site(work.session, today_in=work.today, endings=_endings(place.catalog))
        whole = reduce(add, (site.sums for site in sites), Sums())
        is_whole = of_all(work.session) == (whole.patients, whole.treatments, whole.acting + whole.ahead)
        found = _Found(sites, whole, is_whole, orphans(work.session))
    click.echo(json.dumps(_as_object(found), indent=2) if as_json else _as_text(found))
    for line in _faults(found):
        click.echo(line, err=True)
    sys.exit(0 if found.is_well else 1)


def _endings(catalog: Catalog) -> Endings:
    """What every protocol says of its end."""
    plans = [(one.name, one.plan_for(profile)) for one in catalog.protocols for profile in one.profiles]
    return Endings(
        watching={name for name, plan in plans if plan.surveillance is not None},
        closing=frozenset().union(*(closing_streams(plan) for _, plan in plans)),
    )


def _as_text(found: _Found) -> str:
    rows = [(site.name, site.sums) for site in found.sites] + [("together", found.whole)]
    heads = ("patients", "treatments", "to do", "ahead", "ended", "lost")
    width = max(len(name) for name, _ in rows)
    lines = [f"{'':{width}}  " + "  ".join(f"{head:>10}" for head in heads)]
    lines += [
        f"{name:{width}}  " + "  ".join(f"{number:>10}" for number in asdict(sums).values()) for name, sums in rows
    ]
    return "\n".join(lines)


def _faults(found: _Found) -> list[str]:
    """What is wrong, a line each; and who was registered and has not begun, which is not."""
    lines = [f"lost: treatment {one}" for one in found.lost]
    lines += [f"ahead of time: treatment {one}; monitor sweep" for one in found.ahead_of_time]
    lines += [f"the lists of {site.name} do not add up" for site in found.sites if not site.sums.add_up]
    lines += [] if found.lists_hold_everything else ["the lists of all sites do not hold everything that there is"]
    return lines + [f"{kind}: {one}" for kind, ids in found.orphans.items() for one in ids]


def _as_object(found: _Found) -> dict[str, object]:
    return {
        "is_well": found.is_well,
        "sites": [
            {"id": str(site.site_id), "name": site.name, "on": site.on.isoformat(), **_sums(site.sums)}
            for site in found.sites
        ],
        "together": {**_sums(found.whole), "holds_everything": found.lists_hold_everything},
        "lost": [str(one) for one in found.lost],
        "ahead_of_time": [str(one) for one in found.ahead_of_time],
        "orphans": {kind: [str(one) for one in ids] for kind, ids in found.orphans.items()},
    }


def _sums(sums: Sums) -> dict[str, object]:
    return {**asdict(sums), "add_up": sums.add_up}
