"""The outbox: messages, the attempts to send them, the reminders they carry, and the state of the line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sending_line",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("probe_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name IN ('sms')", name=op.f("ck_sending_line_name_known")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 200', name=op.f("ck_sending_line_reason_length")),
        sa.CheckConstraint(
            "stopped_at IS NOT NULL OR (reason IS NULL AND probe_at IS NULL)",
            name=op.f("ck_sending_line_reason_when_stopped"),
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sending_line")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempt_token", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_sid", sa.Text(), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (state IN ('pending', 'sending', 'uncertain'))",
            name=op.f("ck_message_settled_when_over"),
        ),
        sa.CheckConstraint(
            "(state = 'sending') = (lease_until IS NOT NULL) AND (state <> 'sending' OR attempt_token IS NOT NULL)",
            name=op.f("ck_message_lease_while_sending"),
        ),
        sa.CheckConstraint(
            "attempts > 0 OR state NOT IN ('sending', 'accepted', 'delivered', 'undelivered', 'uncertain')",
            name=op.f("ck_message_attempted"),
        ),
        sa.CheckConstraint("purpose IN ('reminder')", name=op.f("ck_message_purpose_known")),
        sa.CheckConstraint("recipient IN ('self', 'caregiver')", name=op.f("ck_message_recipient_known")),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'accepted', 'delivered', 'undelivered', 'failed', 'uncertain', "
            "'needs_human', 'cancelled', 'suppressed')",
            name=op.f("ck_message_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'delivered', 'undelivered') OR provider_sid IS NOT NULL",
            name=op.f("ck_message_sid_when_accepted"),
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_message_attempts_count")),
        sa.CheckConstraint('length("because") BETWEEN 1 AND 200', name=op.f("ck_message_because_length")),
        sa.CheckConstraint('length("error_code") BETWEEN 1 AND 32', name=op.f("ck_message_error_code_length")),
        sa.CheckConstraint('length("language") BETWEEN 1 AND 8', name=op.f("ck_message_language_length")),
        sa.CheckConstraint('length("reference") BETWEEN 1 AND 8', name=op.f("ck_message_reference_length")),
        sa.CheckConstraint("not_before_at <= deadline_at", name=op.f("ck_message_window_of_time")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_message_patient_id_patient")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_message_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "patient_id",
            "recipient",
            "local_day",
            "purpose",
            name=op.f("uq_message_patient_id_recipient_local_day_purpose"),
        ),
        sa.UniqueConstraint("provider_sid", name=op.f("uq_message_provider_sid")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(
            "ix_message_due",
            ["not_before_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(batch_op.f("ix_message_site_id_local_day"), ["site_id", "local_day"], unique=False)
        batch_op.create_index(
            "ix_message_unsettled",
            ["state"],
            unique=False,
            sqlite_where=sa.text("state IN ('sending', 'uncertain')"),
            postgresql_where=sa.text("state IN ('sending', 'uncertain')"),
        )

    op.create_table(
        "message_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("provider_sid", sa.Text(), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'not_sent', 'given_back', 'number_refused', 'account_refused', 'unknown')",
            name=op.f("ck_message_attempt_outcome_known"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (outcome IS NULL)", name=op.f("ck_message_attempt_ended_with_outcome")
        ),
        sa.CheckConstraint('length("error_code") BETWEEN 1 AND 32', name=op.f("ck_message_attempt_error_code_length")),
        sa.CheckConstraint("length(token) >= 32", name=op.f("ck_message_attempt_token_unguessable")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_attempt_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_attempt")),
        sa.UniqueConstraint("token", name=op.f("uq_message_attempt_token")),
    )
    with op.batch_alter_table("message_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_attempt_message_id"), ["message_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("channel IN ('sms')", name=op.f("ck_reminder_channel_known")),
        sa.CheckConstraint(
            "outcome <> 'queued' OR message_id IS NOT NULL", name=op.f("ck_reminder_carried_by_a_message")
        ),
        sa.CheckConstraint(
            "outcome IN ('queued', 'no_channel', 'too_late', 'dropped')", name=op.f("ck_reminder_outcome_known")
        ),
        sa.CheckConstraint('length("item_key") BETWEEN 1 AND 64', name=op.f("ck_reminder_item_key_length")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_reminder_message_id_message")),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_reminder_treatment_id_treatment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "treatment_id",
            "item_key",
            "due_on",
            "step",
            "channel",
            name=op.f("uq_reminder_treatment_id_item_key_due_on_step_channel"),
        ),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_message_id"), ["message_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_message_id"))

    op.drop_table("reminder")
    with op.batch_alter_table("message_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_attempt_message_id"))

    op.drop_table("message_attempt")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_message_unsettled",
            sqlite_where=sa.text("state IN ('sending', 'uncertain')"),
            postgresql_where=sa.text("state IN ('sending', 'uncertain')"),
        )
        batch_op.drop_index(batch_op.f("ix_message_site_id_local_day"))
        batch_op.drop_index(
            "ix_message_due", sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'")
        )

    op.drop_table("message")
    op.drop_table("sending_line")
