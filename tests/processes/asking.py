"""A request that is in hand for as long as a test wants: it waits for a lock that the test holds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import requests
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from monitor.actions.add_site import add_site
from monitor.actions.users import add_user, issue_token
from monitor.clock import now
from monitor.store.patient import PatientRow
from monitor.terms import Role
from tests.cast import Stage
from tests.processes.crowd import DAY


@dataclass
class Desk:
    """A nurse who registers patients over HTTP, and what she was answered."""

    engine: Engine
    site_id: UUID
    token: str
    answers: list[int | str] = field(default_factory=list)

    def register(self, port: int) -> None:
        person = {
            "site_id": str(self.site_id), "family_name": "Dubois", "given_name": "Ines", "birth_date": "1990-04-01",
            "sex": "female", "language": "fr",
        }  # fmt: skip
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            told = requests.post(f"http://127.0.0.1:{port}/api/v1/patients", json=person, headers=headers, timeout=60)
            self.answers.append(told.status_code)
        except requests.RequestException as failure:
            self.answers.append(type(failure).__name__)

    def registered(self) -> int:
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).select_from(PatientRow)) or 0

    @contextmanager
    def in_hand(self, port: int) -> Iterator[None]:
        """Inside, a registration has been taken in and cannot be answered yet; afterwards it has been, or never is."""
        with self.engine.connect() as connection, connection.begin():
            if self.engine.dialect.name == "postgresql":  # on SQLite whoever may write holds everything
                connection.exec_driver_sql("LOCK TABLE patient IN ACCESS EXCLUSIVE MODE")
            asking = threading.Thread(target=self.register, args=(port,))
            asking.start()
            threading.Event().wait(0.7)  # until it has arrived and waits
            yield
        asking.join(60)


def open_desk(stage: Stage, engine: Engine) -> Desk:
    """With a site and an account of its own."""
    with stage.work(at=now()) as work:
        site = add_site(work, name="North", country="FR", timezone="Europe/Paris")
        nurse = add_user(work, name="Nora", role=Role.NURSE, site_ids=[site])
        token = issue_token(work, staff_id=nurse, life=DAY)
    return Desk(engine, site, token)


def answers(port: int) -> bool:
    """Whether somebody there says that it lives."""
    try:
        return requests.get(f"http://127.0.0.1:{port}/health/live", timeout=5).ok
    except requests.RequestException:
        return False
