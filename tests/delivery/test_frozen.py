"""Whoever was frozen between the claim and the call does not call any more: it may have been sent meanwhile (H31)."""

from __future__ import annotations

import dataclasses
import socket
import time

import pytest

from monitor.clock import boot
from monitor.delivery.bounded_call import OutOfTime, _Call
from monitor.delivery.deliver import _call, _claim
from monitor.delivery.transport import NotSent, Sent
from monitor.delivery.worker import Worker
from tests.delivery.scene import MORNING, WEDNESDAY, Provider, Scene, due


def test_a_call_that_begins_after_its_time_is_not_made_h31(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    worker = Worker(scene.sessions, scene.catalog, scene.settings, lambda: MORNING)
    provider = Provider()
    (claimed,) = _claim(worker, boot, provider, at_most=1).claimed

    assert _call(boot, provider, dataclasses.replace(claimed, begin_by=boot() - 0.01)) == NotSent("too_late_to_begin")
    assert provider.received == []
    assert isinstance(_call(boot, provider, dataclasses.replace(claimed, begin_by=boot() + 60)), Sent)


def test_each_claim_says_when_its_call_must_have_begun_so_that_it_ends_before_the_lease_h31(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    worker = Worker(scene.sessions, scene.catalog, scene.settings, lambda: MORNING)
    provider = Provider()
    before = boot()

    (claimed,) = _claim(worker, boot, provider, at_most=1).claimed

    spare = (scene.settings.lease - provider.longest_call).total_seconds()
    assert before < claimed.begin_by <= boot() + spare


def test_a_connection_that_stands_too_late_is_not_written_into_h31() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with pytest.raises(OutOfTime) as fault:
            _Call(end_at=time.perf_counter() - 0.01).admit(ours)
        assert not fault.value.has_left

        _Call(end_at=time.perf_counter() + 60).admit(ours)
