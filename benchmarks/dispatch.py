"""How fast one worker sends what is due, and how long a message waits for it, with a provider that takes 50 ms.

Beside it, in the same run: the official client as it comes, with as many threads and no outbox at all. The share says
what claim, commit, outcome and audit cost. Each message is claimed, committed, sent and recorded as in production.
Usage: `python benchmarks/dispatch.py [messages] [threads]`, 1,000 with 32 by default, on each database.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it also runs as a file

from benchmarks.cohort import databases
from benchmarks.slow_provider import slow_provider
from monitor.actions.sweep import sweep
from monitor.catalog import Catalog, load_catalog
from monitor.cli.installed import Installed
from monitor.clock import now
from monitor.delivery.choose import transport_for
from monitor.jobs.deliver import deliver_now
from monitor.jobs.station import Station
from monitor.settings import read_settings
from monitor.store.engine import make_engine, make_sessions
from monitor.store.message import MessageAttemptRow, MessageRow, MessageState
from monitor.store.schema import upgrade
from tests.processes.crowd import FIRST_PHONE, gather_crowd

GOAL = 250
ACCOUNT, SENDER, TEXT = "AC" + "a" * 32, "+33639980999", "Rappel: quelque chose est prévu. Ref WMWM"


def main(messages: int, threads: int) -> None:
    catalog = load_catalog()
    with slow_provider() as address:
        bare = bare_client(address, messages=messages, threads=threads)
        print(f"the official client alone, {threads} threads: {bare:.0f}/s")
        for name, database in databases():
            with database() as url, queued(url, address, catalog, messages=messages, threads=threads) as place:
                begun, used = time.perf_counter(), time.process_time()
                began_at = now()
                deliver(place)
                took, used = time.perf_counter() - begun, time.process_time() - used
                waits = dwell(place, since=began_at)
            if len(waits) != messages:
                sys.exit(f"{len(waits)} of {messages} were accepted")
            rate = messages / took
            p99 = statistics.quantiles(waits, n=100)[98]
            print(f"{name:<11} one worker: {rate:.0f}/s, {rate / bare:.2f} of the client alone, "
                  f"{used / messages * 1e3:.1f} ms of processor each")  # fmt: skip
            print(
                f"{'':<11} due to accepted, all due at once: median {statistics.median(waits):.2f} s, p99 {p99:.2f} s"
            )
    print(f"goal: {GOAL}/s on PostgreSQL")


def bare_client(address: str, *, messages: int, threads: int) -> float:
    """Texts a second with nothing around the client."""
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    client = Client(ACCOUNT, "secret", http_client=TwilioHttpClient(timeout=30))
    client.api.base_url = address

    def send(number: int) -> None:
        client.messages.create(to=f"+{FIRST_PHONE + number}", from_=SENDER, body=TEXT, validity_period=7200)

    begun = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(send, range(messages)))
    return messages / (time.perf_counter() - begun)


@contextmanager
def queued(url: str, address: str, catalog: Catalog, *, messages: int, threads: int) -> Iterator[Installed]:
    """A database with so many messages due, and what a worker needs to send them."""
    upgrade(url)
    environment = {
        "MONITOR_ENVIRONMENT": "test", "MONITOR_DATABASE_URL": url, "MONITOR_PUBLIC_PAGE_URL": "https://example.org/p",
        "MONITOR_PUBLIC_TELEPHONE": "+33 1 99 00 12 34", "MONITOR_SEND_AT_ALL_HOURS": "true",
        "MONITOR_MESSAGES_PER_SITE_AND_DAY": str(messages), "MONITOR_CALLS_AT_ONCE": str(threads),
        "MONITOR_TRANSPORT": "twilio", "MONITOR_TWILIO_ACCOUNT_SID": ACCOUNT, "MONITOR_TWILIO_AUTH_TOKEN": "secret",
        "MONITOR_TWILIO_FROM": SENDER, "MONITOR_TWILIO_BASE_URL": address,
        "MONITOR_RECIPIENTS_ALLOWED": ",".join(f"+{FIRST_PHONE + number}" for number in range(messages)),
    }  # fmt: skip
    settings = read_settings(environment)
    engine = make_engine(url, pool_size=threads + 2) if url.startswith("postgresql") else make_engine(url)
    place = Installed(settings=settings, engine=engine, sessions=make_sessions(engine), catalog=catalog)
    gather_crowd(engine, messages)
    swept = sweep(place.sessions, catalog=catalog, settings=settings, at=now())
    if swept.failed:
        sys.exit(f"not every message could be queued: {swept}")
    yield place
    engine.dispose()


def deliver(place: Installed) -> None:
    transport = transport_for(place.settings)
    if transport is None:
        sys.exit("no transport")
    deliver_now(Station(place.sessions, place.catalog, place.settings, transport))


def dwell(place: Installed, *, since: dt.datetime) -> list[float]:
    """Seconds from the moment at which all were due to the end of each attempt that was accepted."""
    wanted = select(MessageAttemptRow.ended_at).join(MessageRow, MessageRow.id == MessageAttemptRow.message_id)
    with place.sessions() as session:
        ends = session.scalars(wanted.where(MessageRow.state == MessageState.ACCEPTED)).all()
    return [(end - since).total_seconds() for end in ends if end is not None]


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:3]]
    main(*(given + [1_000, 32][len(given) :]))
