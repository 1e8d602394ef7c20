"""Whatever is thrown at it, the API answers as it says it does, and never with a failure of its own (G15)."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.api.attack import attack_in_process
from tests.api.every_route import TABLE, is_described
from tests.api.one_of_each import one_of_each
from tests.cast import Cast, Stage

ON_SQLITE = pytest.mark.parametrize("database_url", ("sqlite",), indirect=True)  # `make fuzz` attacks both, for longer


@pytest.fixture
def _quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@ON_SQLITE
@pytest.mark.usefixtures("_quiet")
def test_it_answers_an_attack_as_described(app: Flask, cast: Cast, stage: Stage) -> None:
    """By a neurologist, to whom most is open; thousands of requests, the same at each run."""
    outcome = attack_in_process(app, cast.noor.headers, one_of_each(stage, cast), examples=4)

    assert outcome.complaints == []
    assert len(outcome.operations) == len([row for row in TABLE if is_described(row)])
    assert {200, 201, 400, 404, 405, 409, 412, 415, 422, 428} <= set(outcome.answers)
    assert {status for status in outcome.answers if status >= 500} <= {503}
