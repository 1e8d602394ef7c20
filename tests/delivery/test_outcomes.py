"""What each answer of the provider makes of a message, and who may write it (H30 to H35, H44)."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.delivery.line import open_line
from monitor.delivery.transport import AccountRefused, NotSent, NumberRefused, Outcome, Sent, Unknown
from monitor.store.audit import AuditEntryRow
from monitor.store.message import MessageRow
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.store.treatment import TreatmentRow
from tests.delivery.scene import MORNING, WEDNESDAY, Provider, Scene, due

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def queued(scene: Scene) -> Scene:
    scene.queue(due(WEDNESDAY))
    return scene


@pytest.mark.parametrize(
    ("answer", "state", "attempt", "task"),
    [
        (Sent("SM1"), "accepted", "accepted", None),
        (Sent("SM1", is_delivered=True), "delivered", "accepted", None),
        (NotSent("no_connection"), "pending", "not_sent", None),
        (NumberRefused("21408"), "failed", "number_refused", "message:failed"),
        (NumberRefused("21610", is_opt_out=True), "failed", "number_refused", "reminder:no_channel"),
        (AccountRefused("20003"), "pending", "account_refused", None),
        (Unknown("502"), "uncertain", "unknown", None),
    ],
)
def test_it_writes_what_the_answer_means_h30_h33_h35_h44(
    queued: Scene, answer: Outcome, state: str, attempt: str, task: str | None
) -> None:
    queued.deliver(Provider(answers=[answer]))

    assert queued.message.state == state
    assert [row.outcome for row in queued.attempts] == [attempt]
    assert queued.tasks == ([task] if task else [])


def test_it_sends_nothing_again_before_anybody_looked_h31(queued: Scene) -> None:
    provider = Provider(answers=[Unknown("ReadTimeout")])

    assert queued.deliver(provider).counts == {"uncertain": 1}
    for hours in range(9):
        queued.deliver(provider, MORNING + hours * HOUR)
        queued.queue(due(WEDNESDAY), at=MORNING + hours * HOUR)

    assert len(provider.received) == 1


def test_it_takes_a_broken_transport_for_an_unknown_outcome_h31(queued: Scene) -> None:
    def break_down() -> None:
        raise RuntimeError

    assert queued.deliver(Provider(meanwhile=break_down)).counts == {"uncertain": 1}
    assert queued.message.error_code == "transport_broke"


def kill() -> None:
    raise Killed


def test_it_takes_for_uncertain_what_a_killed_worker_may_have_sent_h30_h31(queued: Scene) -> None:
    with pytest.raises(Killed):
        queued.deliver(Provider(meanwhile=kill))
    assert queued.message.state == "sending"

    provider = Provider()
    assert queued.deliver(provider).counts == {}  # the lease still runs
    queued.change(MessageRow, lease_until=LONG_AGO)
    assert queued.deliver(provider).counts == {"uncertain": 1}

    assert (provider.received, provider.looked_for) == ([], [])  # it is in quarantine
    assert queued.attempts[0].error_code == "lease_expired"


@pytest.mark.parametrize("late", [NotSent("too_many_requests"), NumberRefused("21211"), Unknown("502")])
def test_it_lets_only_the_valid_attempt_write_an_outcome_h31(queued: Scene, late: Outcome) -> None:
    def be_late() -> None:
        queued.change(MessageRow, lease_until=LONG_AGO)
        queued.deliver(Provider())

    assert queued.deliver(Provider(answers=[late], meanwhile=be_late)).counts == {"lost": 1}
    assert (queued.message.state, queued.tasks) == ("uncertain", [])


def test_it_believes_a_late_answer_that_the_provider_has_the_message_h31(queued: Scene) -> None:
    def be_late() -> None:
        queued.change(MessageRow, lease_until=LONG_AGO)
        queued.deliver(Provider())

    assert queued.deliver(Provider(answers=[Sent("SMlate")], meanwhile=be_late)).counts == {"lost": 1}

    assert (queued.message.state, queued.message.provider_sid) == ("accepted", "SMlate")
    assert (queued.attempts[0].outcome, queued.attempts[0].provider_sid) == ("accepted", "SMlate")


def test_it_hears_a_late_answer_that_the_patient_opted_out_h35(queued: Scene) -> None:
    def be_late() -> None:
        queued.change(MessageRow, lease_until=LONG_AGO)
        queued.deliver(Provider())

    queued.deliver(Provider(answers=[NumberRefused("21610", is_opt_out=True)], meanwhile=be_late))

    assert max(queued.rows(SmsConsentRow), key=lambda row: row.number).is_given is False


def test_it_lets_no_attempt_write_under_another_token_h31(queued: Scene) -> None:
    def be_replaced() -> None:
        queued.change(MessageRow, attempt_token="x" * 43)

    assert queued.deliver(Provider([NotSent("too_many_requests")], be_replaced)).counts == {"lost": 1}
    assert queued.message.state == "sending"


def test_it_gives_back_what_it_has_no_time_to_send_h30(queued: Scene) -> None:
    slow = Provider(longest_call=2 * HOUR)

    assert queued.deliver(slow).counts == {"given_back": 1}
    assert slow.received == []
    assert queued.message.state == "pending"

    assert queued.deliver(Provider()).counts == {"accepted": 1}


@pytest.mark.parametrize(
    ("asked", "waits"), [(None, MINUTE), (10 * MINUTE, 10 * MINUTE), (dt.timedelta(seconds=5), MINUTE)]
)
def test_it_waits_as_long_as_the_provider_asks_h32(
    queued: Scene, asked: dt.timedelta | None, waits: dt.timedelta
) -> None:
    provider = Provider(answers=[NotSent("too_many_requests", asked)])
    queued.deliver(provider)

    queued.deliver(provider, MORNING + waits - dt.timedelta(seconds=1))
    assert len(provider.received) == 1
    queued.deliver(provider, MORNING + waits)
    assert len(provider.received) == 2
    assert queued.message.state == "accepted"


def test_it_keeps_waiting_when_a_further_reminder_joins_the_message_h32(queued: Scene) -> None:
    provider = Provider(answers=[NotSent("too_many_requests", HOUR)])
    queued.deliver(provider)
    queued.queue(due(WEDNESDAY), due(WEDNESDAY + 5 * DAY, "tsh/1.2"))

    queued.deliver(provider, MORNING + 30 * MINUTE)
    assert len(provider.received) == 1
    queued.deliver(provider, MORNING + HOUR)
    assert "plusieurs" in provider.received[1].body


def test_it_waits_twice_as_long_each_time_up_to_an_hour_h32(queued: Scene) -> None:
    at, waited = MORNING, []
    for _ in range(8):
        queued.deliver(Provider(answers=[NotSent("no_connection")]), at)
        waited.append(queued.message.not_before_at - at)
        at = queued.message.not_before_at

    assert waited == [number * MINUTE for number in (1, 2, 4, 8, 16, 32, 60, 60)]


def test_it_hands_over_what_the_provider_kept_waiting_too_long_h32(queued: Scene) -> None:
    queued.deliver(Provider(answers=[NotSent("too_many_requests", 3 * DAY)]))

    assert queued.deliver(Provider(), MORNING + 9 * HOUR).counts == {"needs_human": 1}
    assert queued.tasks == ["reminder:too_late"]


def test_it_withdraws_the_consent_of_who_told_the_provider_to_stop_h35(queued: Scene) -> None:
    queued.deliver(Provider(answers=[NumberRefused("21610", is_opt_out=True)]))

    newest = max(queued.rows(SmsConsentRow), key=lambda row: row.number)
    assert (newest.is_given, newest.reason) == (False, "reported by the provider")


def test_it_leaves_the_same_traces_as_a_withdrawal_that_a_nurse_notes_h35(queued: Scene) -> None:
    """Audited; a stale copy of the patient is refused; the next sweep finds another channel for what is to come."""
    queued.change(TreatmentRow, attention_on=WEDNESDAY + 20 * DAY)
    queued.deliver(Provider(answers=[NumberRefused("21610", is_opt_out=True)]))

    (entry,) = [row for row in queued.rows(AuditEntryRow) if row.action == "withdraw_sms_consent"]
    assert (entry.patient_id, entry.why) == (queued.patient_id, "reported by the provider")
    assert [row.version for row in queued.rows(PatientRow)] == [2]
    assert [row.attention_on for row in queued.rows(TreatmentRow)] == [WEDNESDAY]


def test_it_stops_the_line_and_fails_no_message_when_the_account_is_refused_h44(queued: Scene) -> None:
    neighbour = queued.neighbour()
    neighbour.queue(due(WEDNESDAY))
    provider = Provider(answers=[AccountRefused("20003")])

    passed = queued.deliver(provider)

    assert len(provider.received) == 1
    assert passed.stopped is not None
    assert "20003" in passed.stopped.reason
    assert [row.state for row in queued.messages] == ["pending", "pending"]
    assert queued.deliver(provider, MORNING + MINUTE).counts == {}


def test_it_tries_one_message_again_after_a_while_and_goes_on_when_it_passes_h44(queued: Scene) -> None:
    neighbour = queued.neighbour()
    neighbour.queue(due(WEDNESDAY))
    provider = Provider(answers=[AccountRefused("20003"), AccountRefused("20003")])
    queued.deliver(provider)

    assert queued.deliver(provider, MORNING + HOUR).counts == {"pending": 1}
    passed = queued.deliver(provider, MORNING + 2 * HOUR)

    assert (passed.counts, passed.stopped) == ({"accepted": 2}, None)


def test_it_goes_on_when_a_person_opens_the_line_h44(queued: Scene) -> None:
    provider = Provider(answers=[AccountRefused("20003")])
    queued.deliver(provider)
    with queued.work() as work:
        open_line(work)

    assert queued.deliver(provider, MORNING + MINUTE).counts == {"accepted": 1}


def test_it_hands_over_what_a_stopped_line_kept_too_long_h32_h44(queued: Scene) -> None:
    provider = Provider(answers=[AccountRefused("20003")])
    queued.deliver(provider, MORNING + 8 * HOUR + 30 * MINUTE)

    assert queued.deliver(provider, MORNING + 9 * HOUR).counts == {"needs_human": 1}
    assert len(provider.received) == 1
    assert queued.tasks == ["reminder:too_late"]
