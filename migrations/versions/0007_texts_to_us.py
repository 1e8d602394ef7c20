"""Texts to us: what somebody wrote, whose number it came from, and what was answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbound_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider_sid", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("media", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_as", sa.Text(), nullable=False),
        sa.Column("provider_says", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "read_as IN ('opt_out', 'opt_in', 'done', 'move', 'wrong_number', 'other')",
            name=op.f("ck_inbound_message_read_as_known"),
        ),
        sa.CheckConstraint(
            "provider_says IN ('stop', 'start', 'help')", name=op.f("ck_inbound_message_provider_says_known")
        ),
        sa.CheckConstraint(
            "answer IN ('emergency', 'opt_out', 'opt_in', 'done', 'move')",
            name=op.f("ck_inbound_message_answer_known"),
        ),
        sa.CheckConstraint(
            'length("provider_sid") BETWEEN 1 AND 64', name=op.f("ck_inbound_message_provider_sid_length")
        ),
        sa.CheckConstraint("media >= 0", name=op.f("ck_inbound_message_media_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_message")),
        sa.UniqueConstraint("provider_sid", name=op.f("uq_inbound_message_provider_sid")),
    )
    with op.batch_alter_table("inbound_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbound_message_received_at_id"), ["received_at", "id"], unique=False)

    op.create_table(
        "inbound_patient",
        sa.Column("inbound_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("recipient IN ('self', 'caregiver')", name=op.f("ck_inbound_patient_recipient_known")),
        sa.ForeignKeyConstraint(
            ["inbound_id"], ["inbound_message.id"], name=op.f("fk_inbound_patient_inbound_id_inbound_message")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_inbound_patient_patient_id_patient")),
        sa.PrimaryKeyConstraint("inbound_id", "patient_id", "recipient", name=op.f("pk_inbound_patient")),
    )
    with op.batch_alter_table("inbound_patient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbound_patient_patient_id"), ["patient_id"], unique=False)

    with op.batch_alter_table("number_check", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_number_check_checked_by_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_number_check_checked_by_known"), "checked_by IN ('call', 'code', 'reply', 'provider')"
        )


def downgrade() -> None:
    op.execute("UPDATE number_check SET checked_by = 'reply' WHERE checked_by = 'provider'")
    with op.batch_alter_table("number_check", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_number_check_checked_by_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_number_check_checked_by_known"), "checked_by IN ('call', 'code', 'reply')"
        )
    op.drop_table("inbound_patient")
    op.drop_table("inbound_message")
