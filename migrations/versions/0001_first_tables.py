"""The tables of the first release."""
# ruff: noqa: E501 - a list of words is one text

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('patient', 'nurse', 'neurologist', 'pharmacovigilance', 'admin', 'lab_system', 'system')",
            name=op.f("ck_audit_entry_role_known"),
        ),
        sa.CheckConstraint('length("action") BETWEEN 1 AND 64', name=op.f("ck_audit_entry_action_length")),
        sa.CheckConstraint('length("why") BETWEEN 1 AND 500', name=op.f("ck_audit_entry_why_length")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_audit_entry_digest_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_patient_id_id"), ["patient_id", "id"], unique=False)
        batch_op.create_index(
            "ix_audit_entry_unsealed",
            ["id"],
            unique=False,
            sqlite_where=sa.text("sealed_at IS NULL"),
            postgresql_where=sa.text("sealed_at IS NULL"),
        )

    op.create_table(
        "beat",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("name") BETWEEN 1 AND 64', name=op.f("ck_beat_name_length")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_beat")),
    )
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
        "site",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("country") BETWEEN 1 AND 2', name=op.f("ck_site_country_length")),
        sa.CheckConstraint('length("name") BETWEEN 1 AND 120', name=op.f("ck_site_name_length")),
        sa.CheckConstraint('length("telephone") BETWEEN 1 AND 20', name=op.f("ck_site_telephone_length")),
        sa.CheckConstraint('length("timezone") BETWEEN 1 AND 64', name=op.f("ck_site_timezone_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("name", name=op.f("uq_site_name")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('nurse', 'neurologist', 'pharmacovigilance', 'admin', 'lab_system')",
            name=op.f("ck_staff_role_known"),
        ),
        sa.CheckConstraint('length("name") BETWEEN 1 AND 120', name=op.f("ck_staff_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_name")),
    )
    op.create_table(
        "patient",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("childbearing_potential", sa.Boolean(), nullable=True),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sex IN ('female', 'male', 'other')", name=op.f("ck_patient_sex_known")),
        sa.CheckConstraint('length("language") BETWEEN 1 AND 8', name=op.f("ck_patient_language_length")),
        sa.CheckConstraint('length("timezone") BETWEEN 1 AND 64', name=op.f("ck_patient_timezone_length")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_patient_version_counts")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_patient_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
    )
    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_patient_site_id_created_at_id"), ["site_id", "created_at", "id"], unique=False
        )

    op.create_table(
        "staff_site",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_staff_site_site_id_site")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_site_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "site_id", name=op.f("pk_staff_site")),
    )
    op.create_table(
        "staff_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_staff_token_expires_later")),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_staff_token_token_hash_length")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_token_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_token_token_hash")),
    )
    with op.batch_alter_table("staff_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_token_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_assessment_reason_length")),
        sa.CheckConstraint('length("scale") BETWEEN 1 AND 64', name=op.f("ck_assessment_scale_length")),
        sa.CheckConstraint('length("value") BETWEEN 1 AND 64', name=op.f("ck_assessment_value_length")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_assessment_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)",
            name=op.f("ck_assessment_successor_reason"),
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_assessment_patient_id_patient")),
        sa.ForeignKeyConstraint(["replaces_id"], ["assessment.id"], name=op.f("fk_assessment_replaces_id_assessment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_assessment_replaces_id")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_patient_id_on"), ["patient_id", "on"], unique=False)

    op.create_table(
        "former_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("patient_version", sa.Integer(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("replaced_by", sa.Uuid(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_former_contact_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_contact")),
        sa.UniqueConstraint("patient_id", "patient_version", name=op.f("uq_former_contact_patient_id_patient_version")),
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
            "state IN ('pending', 'sending', 'accepted', 'delivered', 'undelivered', 'failed', 'uncertain', 'needs_human', 'cancelled', 'suppressed')",
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
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(
            "ix_message_due",
            ["not_before_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(batch_op.f("ix_message_provider_sid"), ["provider_sid"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_message_site_id_created_at_id"), ["site_id", "created_at", "id"], unique=False
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
        "result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("panel_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("analyte", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("canonical", sa.Text(), nullable=True),
        sa.Column("comparator", sa.Text(), nullable=True),
        sa.Column("lower", sa.Text(), nullable=True),
        sa.Column("upper", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(replaces_id IS NULL) = (status IN ('preliminary', 'final'))", name=op.f("ck_result_successor_has_status")
        ),
        sa.CheckConstraint("comparator IN ('<', '<=', '>', '>=')", name=op.f("ck_result_comparator_known")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (status = 'entered_in_error')",
            name=op.f("ck_result_retraction_of_something"),
        ),
        sa.CheckConstraint(
            "status IN ('preliminary', 'final', 'corrected', 'entered_in_error')", name=op.f("ck_result_status_known")
        ),
        sa.CheckConstraint('length("analyte") BETWEEN 1 AND 64', name=op.f("ck_result_analyte_length")),
        sa.CheckConstraint('length("lower") BETWEEN 1 AND 64', name=op.f("ck_result_lower_length")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_result_reason_length")),
        sa.CheckConstraint('length("unit") BETWEEN 1 AND 32', name=op.f("ck_result_unit_length")),
        sa.CheckConstraint('length("upper") BETWEEN 1 AND 64', name=op.f("ck_result_upper_length")),
        sa.CheckConstraint('length("value") BETWEEN 1 AND 64', name=op.f("ck_result_value_length")),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)", name=op.f("ck_result_successor_reason")
        ),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_result_patient_id_patient")),
        sa.ForeignKeyConstraint(["replaces_id"], ["result.id"], name=op.f("fk_result_replaces_id_result")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint("panel_id", "position", name=op.f("uq_result_panel_id_position")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_result_replaces_id")),
    )
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_result_patient_id_collected_on"), ["patient_id", "collected_on"], unique=False
        )

    op.create_table(
        "sms_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_sms_consent_number_counts")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_sms_consent_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_consent")),
        sa.UniqueConstraint("patient_id", "number", name=op.f("uq_sms_consent_patient_id_number")),
    )
    op.create_table(
        "treatment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("protocol", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("attention_on", sa.Date(), nullable=True),
        sa.Column("surveillance_ends_on", sa.Date(), nullable=True),
        sa.Column("followed_up_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("profile IN ('eu', 'us')", name=op.f("ck_treatment_profile_known")),
        sa.CheckConstraint('length("protocol") BETWEEN 1 AND 64', name=op.f("ck_treatment_protocol_length")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_treatment_version_counts")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_treatment_patient_id_patient")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_treatment_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment")),
        sa.UniqueConstraint(
            "patient_id", "protocol", "started_on", name=op.f("uq_treatment_patient_id_protocol_started_on")
        ),
    )
    with op.batch_alter_table("treatment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_treatment_site_id_attention_on"), ["site_id", "attention_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_treatment_site_id_created_at_id"), ["site_id", "created_at", "id"], unique=False
        )

    op.create_table(
        "administration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("course", sa.Integer(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("reason_override", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(course IS NULL) = (day IS NULL)", name=op.f("ck_administration_course_with_day")),
        sa.CheckConstraint("course >= 1 AND day >= 1", name=op.f("ck_administration_course_counts")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_administration_reason_length")),
        sa.CheckConstraint(
            'length("reason_override") BETWEEN 1 AND 500', name=op.f("ck_administration_reason_override_length")
        ),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_administration_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)",
            name=op.f("ck_administration_successor_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["administration.id"], name=op.f("fk_administration_replaces_id_administration")
        ),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["treatment.id"], name=op.f("fk_administration_treatment_id_treatment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_administration")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_administration_replaces_id")),
    )
    with op.batch_alter_table("administration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_administration_treatment_id"), ["treatment_id"], unique=False)

    op.create_table(
        "agenda",
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("suggested_on", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("late_on", sa.Date(), nullable=True),
        sa.Column("overdue_on", sa.Date(), nullable=True),
        sa.Column("moved_from", sa.Date(), nullable=True),
        sa.Column("blocked_by", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('dose', 'lab', 'assessment', 'task')", name=op.f("ck_agenda_kind_known")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_agenda_patient_id_patient")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_agenda_site_id_site")),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_agenda_treatment_id_treatment")),
        sa.PrimaryKeyConstraint("treatment_id", "key", name=op.f("pk_agenda")),
    )
    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_patient_id_due_on"), ["patient_id", "due_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_agenda_site_id_due_on_treatment_id_key"),
            ["site_id", "due_on", "treatment_id", "key"],
            unique=False,
        )

    op.create_table(
        "alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closing_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("audience IN ('nurse', 'neurologist')", name=op.f("ck_alert_audience_known")),
        sa.CheckConstraint("level IN ('critical', 'urgent', 'soon', 'info')", name=op.f("ck_alert_level_known")),
        sa.CheckConstraint(
            "rank = CASE level WHEN 'critical' THEN 0 WHEN 'urgent' THEN 1 WHEN 'soon' THEN 2 ELSE 3 END",
            name=op.f("ck_alert_rank_of_level"),
        ),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL) = (acknowledged_by IS NULL)", name=op.f("ck_alert_acknowledged_by_somebody")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (closing_reason IS NULL)",
            name=op.f("ck_alert_closed_with_reason"),
        ),
        sa.CheckConstraint('length("because") BETWEEN 1 AND 4000', name=op.f("ck_alert_because_length")),
        sa.CheckConstraint('length("closing_reason") BETWEEN 1 AND 500', name=op.f("ck_alert_closing_reason_length")),
        sa.CheckConstraint('length("topic") BETWEEN 1 AND 120', name=op.f("ck_alert_topic_length")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_alert_patient_id_patient")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_alert_site_id_site")),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_alert_treatment_id_treatment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index(
            "ix_alert_inbox",
            ["site_id", "rank", "since", "id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_alert_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(
            "uq_alert_open",
            ["treatment_id", "topic"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("to", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("vaccine", sa.Text(), nullable=True),
        sa.Column("live", sa.Boolean(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'vaccinated') = (vaccine IS NOT NULL) AND (kind = 'vaccinated') = (live IS NOT NULL)",
            name=op.f("ck_event_vaccine_where_due"),
        ),
        sa.CheckConstraint(
            "(kind IN ('waived', 'moved', 'task_done')) = (key IS NOT NULL)", name=op.f("ck_event_key_where_due")
        ),
        sa.CheckConstraint(
            "kind IN ('suspended', 'resumed', 'stopped', 'died', 'waived', 'moved', 'task_done', 'vaccinated')",
            name=op.f("ck_event_kind_known"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('suspended', 'stopped', 'waived') OR reason IS NOT NULL",
            name=op.f("ck_event_reason_where_due"),
        ),
        sa.CheckConstraint("(kind = 'moved') = (\"to\" IS NOT NULL)", name=op.f("ck_event_to_where_due")),
        sa.CheckConstraint('length("key") BETWEEN 1 AND 64', name=op.f("ck_event_key_length")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_event_reason_length")),
        sa.CheckConstraint('length("vaccine") BETWEEN 1 AND 120', name=op.f("ck_event_vaccine_length")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_event_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)", name=op.f("ck_event_successor_reason")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["event.id"], name=op.f("fk_event_replaces_id_event")),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_event_treatment_id_treatment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_event_replaces_id")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_treatment_id"), ["treatment_id"], unique=False)

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

    op.create_table(
        "sweep_failure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint('length("error") BETWEEN 1 AND 120', name=op.f("ck_sweep_failure_error_length")),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["treatment.id"], name=op.f("fk_sweep_failure_treatment_id_treatment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sweep_failure")),
        sa.UniqueConstraint("treatment_id", "on", name=op.f("uq_sweep_failure_treatment_id_on")),
    )


def downgrade() -> None:
    op.drop_table("sweep_failure")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_message_id"))

    op.drop_table("reminder")
    with op.batch_alter_table("message_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_attempt_message_id"))

    op.drop_table("message_attempt")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_treatment_id"))

    op.drop_table("event")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_alert_open", sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_alert_patient_id"))
        batch_op.drop_index(
            "ix_alert_inbox", sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL")
        )

    op.drop_table("alert")
    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_site_id_due_on_treatment_id_key"))
        batch_op.drop_index(batch_op.f("ix_agenda_patient_id_due_on"))

    op.drop_table("agenda")
    with op.batch_alter_table("administration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_administration_treatment_id"))

    op.drop_table("administration")
    with op.batch_alter_table("treatment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_treatment_site_id_created_at_id"))
        batch_op.drop_index(batch_op.f("ix_treatment_site_id_attention_on"))

    op.drop_table("treatment")
    op.drop_table("sms_consent")
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_patient_id_collected_on"))

    op.drop_table("result")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_message_unsettled",
            sqlite_where=sa.text("state IN ('sending', 'uncertain')"),
            postgresql_where=sa.text("state IN ('sending', 'uncertain')"),
        )
        batch_op.drop_index(batch_op.f("ix_message_site_id_local_day"))
        batch_op.drop_index(batch_op.f("ix_message_site_id_created_at_id"))
        batch_op.drop_index(batch_op.f("ix_message_provider_sid"))
        batch_op.drop_index(
            "ix_message_due", sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'")
        )

    op.drop_table("message")
    op.drop_table("former_contact")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_patient_id_on"))

    op.drop_table("assessment")
    with op.batch_alter_table("staff_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_token_staff_id"))

    op.drop_table("staff_token")
    op.drop_table("staff_site")
    with op.batch_alter_table("patient", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patient_site_id_created_at_id"))

    op.drop_table("patient")
    op.drop_table("staff")
    op.drop_table("site")
    op.drop_table("sending_line")
    op.drop_table("beat")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_audit_entry_unsealed",
            sqlite_where=sa.text("sealed_at IS NULL"),
            postgresql_where=sa.text("sealed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_audit_entry_patient_id_id"))

    op.drop_table("audit_entry")
