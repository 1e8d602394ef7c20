"""Pauses of the sending, on the word of a person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LASTS = sa.text("resumed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "sending_pause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_by", sa.Uuid(), nullable=False),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resumed_by", sa.Uuid(), nullable=True),
        sa.Column("resumed_because", sa.Text(), nullable=True),
        sa.CheckConstraint("cause IN ('person', 'restored')", name=op.f("ck_sending_pause_cause_known")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_sending_pause_reason_length")),
        sa.CheckConstraint(
            'length("resumed_because") BETWEEN 1 AND 500', name=op.f("ck_sending_pause_resumed_because_length")
        ),
        sa.CheckConstraint(
            "(resumed_at IS NULL) = (resumed_by IS NULL) AND (resumed_at IS NULL) = (resumed_because IS NULL)",
            name=op.f("ck_sending_pause_resumed_by_somebody"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending_pause")),
    )
    with op.batch_alter_table("sending_pause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sending_pause_paused_at"), ["paused_at"], unique=False)
        batch_op.create_index(
            "ix_sending_pause_lasting", ["cause"], unique=True, sqlite_where=_LASTS, postgresql_where=_LASTS
        )


def downgrade() -> None:
    op.drop_table("sending_pause")
