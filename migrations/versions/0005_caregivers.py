"""Caregivers with a consent of their own, whom the texts go to, and which numbers were confirmed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = ["treatment_id", "item_key", "due_on", "step", "channel"]


def upgrade() -> None:
    op.create_table(
        "caregiver",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("designated_by", sa.Uuid(), nullable=False),
        sa.Column("designated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint('length("language") BETWEEN 1 AND 8', name=op.f("ck_caregiver_language_length")),
        sa.CheckConstraint('length("end_reason") BETWEEN 1 AND 500', name=op.f("ck_caregiver_end_reason_length")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL)",
            name=op.f("ck_caregiver_ended_with_reason"),
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_caregiver_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caregiver")),
    )
    with op.batch_alter_table("caregiver", schema=None) as batch_op:
        batch_op.create_index(
            "uq_caregiver_present",
            ["patient_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_caregiver_patient_id_designated_at"), ["patient_id", "designated_at"], unique=False
        )

    op.create_table(
        "caregiver_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("caregiver_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_caregiver_consent_number_counts")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_caregiver_consent_reason_length")),
        sa.ForeignKeyConstraint(
            ["caregiver_id"], ["caregiver.id"], name=op.f("fk_caregiver_consent_caregiver_id_caregiver")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caregiver_consent")),
        sa.UniqueConstraint("caregiver_id", "number", name=op.f("uq_caregiver_consent_caregiver_id_number")),
    )

    op.create_table(
        "recipient_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_recipient_choice_number_counts")),
        sa.CheckConstraint(
            "recipients IN ('self', 'caregiver', 'both')", name=op.f("ck_recipient_choice_recipients_known")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_recipient_choice_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient_choice")),
        sa.UniqueConstraint("patient_id", "number", name=op.f("uq_recipient_choice_patient_id_number")),
    )

    op.create_table(
        "number_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("caregiver_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("checked_by IN ('call', 'code', 'reply')", name=op.f("ck_number_check_checked_by_known")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_number_check_reason_length")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_number_check_number_counts")),
        sa.CheckConstraint("is_right OR reason IS NOT NULL", name=op.f("ck_number_check_wrong_with_reason")),
        sa.ForeignKeyConstraint(
            ["caregiver_id"], ["caregiver.id"], name=op.f("fk_number_check_caregiver_id_caregiver")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_number_check_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_check")),
        sa.UniqueConstraint("patient_id", "number", name=op.f("uq_number_check_patient_id_number")),
    )
    with op.batch_alter_table("number_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_number_check_caregiver_id"), ["caregiver_id"], unique=False)

    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recipient", sa.Text(), nullable=False, server_default="self"))

    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.alter_column("recipient", server_default=None)
        batch_op.drop_constraint(batch_op.f("uq_reminder_treatment_id_item_key_due_on_step_channel"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_reminder_treatment_id_item_key_due_on_step_channel_recipient"), [*_KEY, "recipient"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_reminder_recipient_known"), "recipient IN ('self', 'caregiver')"
        )


def downgrade() -> None:
    # What only a caregiver was told has no place in the older table.
    op.execute("DELETE FROM reminder WHERE recipient <> 'self'")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_reminder_recipient_known"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("uq_reminder_treatment_id_item_key_due_on_step_channel_recipient"), type_="unique"
        )
        batch_op.create_unique_constraint(batch_op.f("uq_reminder_treatment_id_item_key_due_on_step_channel"), _KEY)
        batch_op.drop_column("recipient")

    with op.batch_alter_table("number_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_number_check_caregiver_id"))

    op.drop_table("number_check")
    op.drop_table("recipient_choice")
    op.drop_table("caregiver_consent")
    with op.batch_alter_table("caregiver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_caregiver_patient_id_designated_at"))
        batch_op.drop_index(
            "uq_caregiver_present",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("caregiver")
