"""A long attack on the API, with new data at each run, over real HTTP and on both databases; behind `make fuzz`.

Usage: python scripts/fuzz.py [EXAMPLES] [SEED]. It prints the seed; with the same seed it does the same again.
"""

from __future__ import annotations

import logging
import secrets
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import schemathesis
from waitress.server import create_server

from monitor.app import create_app
from monitor.catalog import load_catalog
from monitor.settings import Environment, Settings
from monitor.store.engine import make_engine, make_sessions
from monitor.store.schema import upgrade
from tests import postgresql
from tests.api.attack import DESCRIPTION, attack, settings_of
from tests.api.one_of_each import one_of_each
from tests.cast import NOW, Stage, gather


def main(options: list[str]) -> int:
    examples = int(options[0]) if options else 100
    seed = int(options[1]) if len(options) > 1 else secrets.randbelow(2**31)
    logging.disable(logging.CRITICAL)
    print(f"{examples} examples for each operation, seed {seed}", flush=True)
    wrong = 0
    for kind, database in (("SQLite", sqlite()), ("PostgreSQL", own_postgresql())):
        with database as url:
            wrong += run(kind, url, examples=examples, seed=seed)
    return 1 if wrong else 0


def run(kind: str, url: str, *, examples: int, seed: int) -> int:
    """Attack an application with everybody in it, as each role in turn; how many complaints."""
    upgrade(url)
    settings = Settings(environment=Environment.TEST, database_url=url)
    catalog = load_catalog()
    stage = Stage(make_sessions(make_engine(url)), catalog, settings)
    cast = gather(stage)
    ids = one_of_each(stage, cast)
    wrong = 0
    with served(create_app(settings, catalog=catalog, clock=lambda: NOW)) as address:
        for who in (cast.noor, cast.nora, cast.farah, cast.adam, cast.lab):
            config = settings_of(who.headers, ids, seed=seed, examples=examples)
            outcome = attack(schemathesis.openapi.from_url(address + DESCRIPTION, config=config))
            print(f"{kind}, {who.actor.role}: {dict(sorted(outcome.answers.items()))}", flush=True)
            print("\n\n".join(outcome.complaints), end="\n" if outcome.complaints else "", flush=True)
            wrong += len(outcome.complaints)
    return wrong


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/monitor.db"


@contextmanager
def own_postgresql() -> Iterator[str]:
    binaries = postgresql.find_binaries()
    if binaries is None:
        raise SystemExit("no PostgreSQL to attack: neither the wheel of the test list, nor one of the system")
    with postgresql.cluster(binaries) as server, postgresql.database(server, name="monitor_fuzz") as url:
        yield url.render_as_string(hide_password=False)


@contextmanager
def served(app: object) -> Iterator[str]:
    """The application on a free port of this machine."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
