"""What is tried: how many reminders, how many kills, which provider, and the settings that make minutes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.delivery.stand_in import ACCOUNT
from tests.processes.crowd import FIRST_PHONE
from tests.provider.faults import Plan
from tests.provider.provider import TOKEN

WORKER = ("monitor", "worker")
SCHEDULER = ("monitor", "scheduler")

# Everything that takes minutes in service takes seconds here; what must be longer than what still is.
QUICK = {
    "MONITOR_CONNECT_TIMEOUT": "0.3", "MONITOR_READ_TIMEOUT": "0.7", "MONITOR_LEASE": "1.5", "MONITOR_QUARANTINE": "3",
    "MONITOR_LOOK_AGAIN_AFTER": "1", "MONITOR_RECEIPT_AWAITED_FOR": "2", "MONITOR_LIST_TRUSTED_FOR": "1",
    "MONITOR_LIST_CHECKED_EVERY": "5", "MONITOR_BACK_OFF_FIRST": "0.3", "MONITOR_BACK_OFF_LONGEST": "2",
    "MONITOR_LEADER_LEASE": "3", "MONITOR_LEADER_RENEW_EVERY": "0.5", "MONITOR_SWEEP_EVERY": "1",
    "MONITOR_DELIVER_EVERY": "0.3", "MONITOR_BEAT_EVERY": "2", "MONITOR_FAREWELL": "5",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One try. `worker`: the module and the words that start a sender, so that a wrong one can take its place."""

    reminders: int
    kills: int
    freezes: int
    seed: int
    share: float = 0.3
    patience: float = 600.0
    """Seconds until everything must be settled."""
    worker: tuple[str, ...] = WORKER
    calls_back: bool = True
    """Whether the provider sends receipts, to a web server of ours that is left alone."""
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """Beside the faults by dice: a provider that serves nobody now and then, and a list that goes blind."""
        is_bad = self.share > 0
        return Plan(
            seed=self.seed,
            share=self.share,
            share_of_looks=self.share / 2,
            quickest=0.02,
            slowest=0.3,
            hangs_for=2,
            hidden_for=60,
            outage_every=30 if is_bad else 0,
            outage_lasts=1.5,
            blind_every=25 if is_bad else 0,
            blind_lasts=3,
            undelivered=0.03,
            silent=0.03,
            calls_back=self.calls_back,
        )

    def environment(self, *, database_url: str, provider: str, webhooks: str) -> dict[str, str]:
        """The settings of every process."""
        return {
            "MONITOR_ENVIRONMENT": "test",
            "MONITOR_DATABASE_URL": database_url,
            "MONITOR_SEND_AT_ALL_HOURS": "true",
            "MONITOR_PUBLIC_PAGE_URL": "https://suivi.example/p",
            "MONITOR_PUBLIC_TELEPHONE": "+33 1 99 00 12 34",
            "MONITOR_MESSAGES_PER_SITE_AND_DAY": "100000",
            "MONITOR_TRANSPORT": "twilio",
            "MONITOR_TWILIO_ACCOUNT_SID": ACCOUNT,
            "MONITOR_TWILIO_AUTH_TOKEN": TOKEN,
            "MONITOR_TWILIO_FROM": "+33639980999",
            "MONITOR_TWILIO_BASE_URL": provider,
            "MONITOR_RECIPIENTS_ALLOWED": ",".join(f"+{FIRST_PHONE + number}" for number in range(self.reminders)),
            **({"MONITOR_WEBHOOK_URL": webhooks, "MONITOR_WEB_PROCESSES": "1"} if self.calls_back else {}),
            **QUICK,
            **self.settings,
        }
