"""Whose a number is, which text left last, what an opt-out took: found by an index and not by reading everything."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_HAS_LEFT = sa.text("provider_sid IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_patient_phone", "patient", ["phone"], unique=False)
    op.create_index("ix_caregiver_phone", "caregiver", ["phone"], unique=False)
    op.create_index("ix_inbound_patient_consent_id", "inbound_patient", ["consent_id"], unique=False)
    op.create_index(
        "ix_message_attempt_left",
        "message_attempt",
        ["started_at"],
        unique=False,
        sqlite_where=_HAS_LEFT,
        postgresql_where=_HAS_LEFT,
    )


def downgrade() -> None:
    op.drop_index("ix_message_attempt_left", table_name="message_attempt")
    op.drop_index("ix_inbound_patient_consent_id", table_name="inbound_patient")
    op.drop_index("ix_caregiver_phone", table_name="caregiver")
    op.drop_index("ix_patient_phone", table_name="patient")
