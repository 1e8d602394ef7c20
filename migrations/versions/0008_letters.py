"""Letters: those that are asked for, those that were posted, and where they go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "postal_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("addressee IN ('patient', 'family_doctor')", name=op.f("ck_postal_address_addressee_known")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_postal_address_number_counts")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_postal_address_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postal_address")),
        sa.UniqueConstraint(
            "patient_id", "addressee", "number", name=op.f("uq_postal_address_patient_id_addressee_number")
        ),
    )
    op.create_table(
        "asked_letter",
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("is_registered", sa.Boolean(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.CheckConstraint("addressee IN ('patient', 'family_doctor')", name=op.f("ck_asked_letter_addressee_known")),
        sa.CheckConstraint('length("keys") BETWEEN 1 AND 2000', name=op.f("ck_asked_letter_keys_length")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_asked_letter_patient_id_patient")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_asked_letter_site_id_site")),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["treatment.id"], name=op.f("fk_asked_letter_treatment_id_treatment")
        ),
        sa.PrimaryKeyConstraint("treatment_id", "addressee", name=op.f("pk_asked_letter")),
    )
    with op.batch_alter_table("asked_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asked_letter_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_asked_letter_site_id_since_treatment_id_addressee"),
            ["site_id", "since", "treatment_id", "addressee"],
            unique=False,
        )

    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("is_registered", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("addressee IN ('patient', 'family_doctor')", name=op.f("ck_letter_addressee_known")),
        sa.CheckConstraint('length("keys") BETWEEN 1 AND 2000', name=op.f("ck_letter_keys_length")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_letter_reason_length")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_letter_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)", name=op.f("ck_letter_successor_reason")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["letter.id"], name=op.f("fk_letter_replaces_id_letter")),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_letter_treatment_id_treatment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_letter_replaces_id")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_treatment_id"), ["treatment_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_treatment_id"))

    op.drop_table("letter")
    with op.batch_alter_table("asked_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asked_letter_site_id_since_treatment_id_addressee"))
        batch_op.drop_index(batch_op.f("ix_asked_letter_patient_id"))

    op.drop_table("asked_letter")
    op.drop_table("postal_address")
