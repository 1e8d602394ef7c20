"""The dossier, follow-up forms, agreed courses, visits, samples, calls, hand-overs; stored answers; the lease."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idempotency",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(status IS NULL) = (body IS NULL)", name=op.f("ck_idempotency_body_with_status")),
        sa.CheckConstraint("(status IS NULL) = (headers IS NULL)", name=op.f("ck_idempotency_headers_with_status")),
        sa.CheckConstraint('length("key") BETWEEN 1 AND 255', name=op.f("ck_idempotency_key_length")),
        sa.PrimaryKeyConstraint("client_id", "key", name=op.f("pk_idempotency")),
    )
    with op.batch_alter_table("idempotency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idempotency_expires_at"), ["expires_at"], unique=False)

    _give_each_process_its_own_beat()
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("fence >= 1", name=op.f("ck_lease_fence_counts")),
        sa.CheckConstraint('length("holder") BETWEEN 1 AND 64', name=op.f("ck_lease_holder_length")),
        sa.CheckConstraint('length("name") BETWEEN 1 AND 64', name=op.f("ck_lease_name_length")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("from_site_id", sa.Uuid(), nullable=False),
        sa.Column("to_site_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('prepared', 'offered')) = (decided_at IS NULL)", name=op.f("ck_transfer_decided_where_ended")
        ),
        sa.CheckConstraint(
            "state IN ('prepared', 'offered', 'accepted', 'declined', 'withdrawn')",
            name=op.f("ck_transfer_state_known"),
        ),
        sa.CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name=op.f("ck_transfer_decided_by_somebody")),
        sa.CheckConstraint("from_site_id <> to_site_id", name=op.f("ck_transfer_another_site")),
        sa.CheckConstraint(
            'length("decision_reason") BETWEEN 1 AND 500', name=op.f("ck_transfer_decision_reason_length")
        ),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_transfer_reason_length")),
        sa.ForeignKeyConstraint(["from_site_id"], ["site.id"], name=op.f("fk_transfer_from_site_id_site")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_transfer_patient_id_patient")),
        sa.ForeignKeyConstraint(["to_site_id"], ["site.id"], name=op.f("fk_transfer_to_site_id_site")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transfer_from_site_id_proposed_at_id"), ["from_site_id", "proposed_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_transfer_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_transfer_to_site_id_proposed_at_id"), ["to_site_id", "proposed_at", "id"], unique=False
        )
        batch_op.create_index(
            "uq_transfer_one_under_way",
            ["patient_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('prepared', 'offered')"),
            postgresql_where=sa.text("state IN ('prepared', 'offered')"),
        )

    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("time", sa.Time(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("keys") BETWEEN 1 AND 2000', name=op.f("ck_appointment_keys_length")),
        sa.CheckConstraint('length("place") BETWEEN 1 AND 120', name=op.f("ck_appointment_place_length")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_appointment_reason_length")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_appointment_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)",
            name=op.f("ck_appointment_successor_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["appointment.id"], name=op.f("fk_appointment_replaces_id_appointment")
        ),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_appointment_treatment_id_treatment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_appointment_replaces_id")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_treatment_id"), ["treatment_id"], unique=False)

    op.create_table(
        "call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("callee", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "callee IN ('patient', 'caregiver', 'laboratory', 'family_doctor')", name=op.f("ck_call_callee_known")
        ),
        sa.CheckConstraint(
            "outcome IN ('reached', 'no_answer', 'moved', 'refused')", name=op.f("ck_call_outcome_known")
        ),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_call_reason_length")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_call_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)", name=op.f("ck_call_successor_reason")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["call.id"], name=op.f("fk_call_replaces_id_call")),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_call_treatment_id_treatment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_call_replaces_id")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_treatment_id"), ["treatment_id"], unique=False)

    op.create_table(
        "dossier_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_dossier_entry_reason_length")),
        sa.CheckConstraint('length("section") BETWEEN 1 AND 40', name=op.f("ck_dossier_entry_section_length")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_dossier_entry_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)",
            name=op.f("ck_dossier_entry_successor_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["dossier_entry.id"], name=op.f("fk_dossier_entry_replaces_id_dossier_entry")
        ),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["treatment.id"], name=op.f("fk_dossier_entry_treatment_id_treatment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_entry")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_dossier_entry_replaces_id")),
    )
    with op.batch_alter_table("dossier_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dossier_entry_treatment_id_section"), ["treatment_id", "section"], unique=False
        )

    op.create_table(
        "planned_course",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("course", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("course BETWEEN 2 AND 99", name=op.f("ck_planned_course_course_is_later")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_planned_course_reason_length")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_planned_course_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)",
            name=op.f("ck_planned_course_successor_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["planned_course.id"], name=op.f("fk_planned_course_replaces_id_planned_course")
        ),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["treatment.id"], name=op.f("fk_planned_course_treatment_id_treatment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_course")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_planned_course_replaces_id")),
    )
    with op.batch_alter_table("planned_course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_course_treatment_id"), ["treatment_id"], unique=False)

    op.create_table(
        "sample_taken",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("laboratory", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("keys") BETWEEN 1 AND 2000', name=op.f("ck_sample_taken_keys_length")),
        sa.CheckConstraint('length("laboratory") BETWEEN 1 AND 120', name=op.f("ck_sample_taken_laboratory_length")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_sample_taken_reason_length")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_sample_taken_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)",
            name=op.f("ck_sample_taken_successor_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["sample_taken.id"], name=op.f("fk_sample_taken_replaces_id_sample_taken")
        ),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["treatment.id"], name=op.f("fk_sample_taken_treatment_id_treatment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_taken")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_sample_taken_replaces_id")),
    )
    with op.batch_alter_table("sample_taken", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sample_taken_treatment_id"), ["treatment_id"], unique=False)

    op.create_table(
        "follow_up_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("administration_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_follow_up_form_reason_length")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_follow_up_form_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)",
            name=op.f("ck_follow_up_form_successor_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["administration_id"],
            ["administration.id"],
            name=op.f("fk_follow_up_form_administration_id_administration"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["follow_up_form.id"], name=op.f("fk_follow_up_form_replaces_id_follow_up_form")
        ),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["treatment.id"], name=op.f("fk_follow_up_form_treatment_id_treatment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_form")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_follow_up_form_replaces_id")),
    )
    with op.batch_alter_table("follow_up_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_form_administration_id"), ["administration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_form_treatment_id"), ["treatment_id"], unique=False)

    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("items", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("is_confirmed", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))

    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.add_column(sa.Column("time", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("place", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("waiting_since", sa.Date(), nullable=True))

    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.add_column(sa.Column("time", sa.Time(), nullable=True))

    _moves_become_appointments()


def _moves_become_appointments() -> None:
    """An item that was moved has an appointment: the same rows, under the same ids, in the table that is theirs."""
    op.execute(
        'INSERT INTO appointment (id, treatment_id, keys, "on", replaces_id, is_retraction, reason, recorded_by,'
        ' recorded_at) SELECT id, treatment_id, key, "to", replaces_id, is_retraction, reason, recorded_by,'
        " recorded_at FROM event WHERE kind = 'moved'"
    )
    op.execute("DELETE FROM event WHERE kind = 'moved'")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_event_to_where_due"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_event_key_where_due"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_event_kind_known"), type_="check")
        batch_op.drop_column("to")
        batch_op.create_check_constraint(
            batch_op.f("ck_event_kind_known"),
            "kind IN ('suspended', 'resumed', 'stopped', 'died', 'waived', 'task_done', 'vaccinated')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_event_key_where_due"), "(kind IN ('waived', 'task_done')) = (key IS NOT NULL)"
        )


def downgrade() -> None:
    _give_each_kind_of_process_one_beat()
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_event_key_where_due"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_event_kind_known"), type_="check")
        batch_op.add_column(sa.Column("to", sa.Date(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_event_kind_known"),
            "kind IN ('suspended', 'resumed', 'stopped', 'died', 'waived', 'moved', 'task_done', 'vaccinated')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_event_key_where_due"), "(kind IN ('waived', 'moved', 'task_done')) = (key IS NOT NULL)"
        )
        batch_op.create_check_constraint(batch_op.f("ck_event_to_where_due"), "(kind = 'moved') = (\"to\" IS NOT NULL)")

    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_column("time")

    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.drop_column("waiting_since")
        batch_op.drop_column("place")
        batch_op.drop_column("time")

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_column("version")

    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_column("is_confirmed")
        batch_op.drop_column("items")

    with op.batch_alter_table("follow_up_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_form_treatment_id"))
        batch_op.drop_index(batch_op.f("ix_follow_up_form_administration_id"))

    op.drop_table("follow_up_form")
    with op.batch_alter_table("sample_taken", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sample_taken_treatment_id"))

    op.drop_table("sample_taken")
    with op.batch_alter_table("planned_course", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_course_treatment_id"))

    op.drop_table("planned_course")
    with op.batch_alter_table("dossier_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_entry_treatment_id_section"))

    op.drop_table("dossier_entry")
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_treatment_id"))

    op.drop_table("call")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_treatment_id"))

    op.drop_table("appointment")
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_transfer_one_under_way",
            sqlite_where=sa.text("state IN ('prepared', 'offered')"),
            postgresql_where=sa.text("state IN ('prepared', 'offered')"),
        )
        batch_op.drop_index(batch_op.f("ix_transfer_to_site_id_proposed_at_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_patient_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_from_site_id_proposed_at_id"))

    op.drop_table("transfer")
    op.drop_table("lease")
    with op.batch_alter_table("idempotency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_expires_at"))

    op.drop_table("idempotency")


def _give_each_process_its_own_beat() -> None:
    """The last signs of life stay: without them nobody would notice that the clock went back over the upgrade."""
    _make_beats_anew(
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("instance", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.CheckConstraint('length("instance") BETWEEN 1 AND 64', name=op.f("ck_beat_instance_length")),
        sa.CheckConstraint('length("kind") BETWEEN 1 AND 64', name=op.f("ck_beat_kind_length")),
        sa.PrimaryKeyConstraint("kind", "instance", name=op.f("pk_beat")),
        kept="SELECT name AS kind, 'before' AS instance, at, true AS is_over FROM beat",
    )
    with op.batch_alter_table("sending_line", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_sending_line_name_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_sending_line_name_known"), "name IN ('sms', 'clock')")


def _give_each_kind_of_process_one_beat() -> None:
    op.execute("DELETE FROM sending_line WHERE name = 'clock'")
    with op.batch_alter_table("sending_line", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_sending_line_name_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_sending_line_name_known"), "name IN ('sms')")
    _make_beats_anew(
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("name") BETWEEN 1 AND 64', name=op.f("ck_beat_name_length")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_beat")),
        kept="SELECT kind AS name, max(at) AS at FROM beat GROUP BY kind",
    )


def _make_beats_anew(*parts: sa.schema.SchemaItem, kept: str) -> None:
    """`kept`: what of the old rows becomes rows of the new table."""
    op.execute(f"CREATE TEMPORARY TABLE kept_beat AS {kept}")
    op.drop_table("beat")
    names = ", ".join(column.name for column in op.create_table("beat", *parts).columns)
    op.execute(f"INSERT INTO beat ({names}) SELECT {names} FROM kept_beat")  # noqa: S608 - the names stand above
    op.execute("DROP TABLE kept_beat")
