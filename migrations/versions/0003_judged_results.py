"""Judged results: what was not done, the life of an alert, gates of a dose, rota, absences, signs, declarations."""

# ruff: noqa: E501 - a list of words is one text
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=op.f("ck_absence_withdrawn_by_somebody")
        ),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_absence_ends_later")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_absence_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_staff_id_starts_on"), ["staff_id", "starts_on"], unique=False)

    op.create_table(
        "rota",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("audience IN ('nurse', 'neurologist')", name=op.f("ck_rota_audience_known")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=op.f("ck_rota_withdrawn_by_somebody")
        ),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_rota_ends_later")),
        sa.CheckConstraint("place BETWEEN 1 AND 9", name=op.f("ck_rota_place_counts")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_rota_site_id_site")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_rota_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota")),
    )
    with op.batch_alter_table("rota", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rota_site_id_audience_starts_on"), ["site_id", "audience", "starts_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_rota_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "declaration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("key") BETWEEN 1 AND 64', name=op.f("ck_declaration_key_length")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_declaration_reason_length")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_declaration_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)",
            name=op.f("ck_declaration_successor_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["declaration.id"], name=op.f("fk_declaration_replaces_id_declaration")
        ),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_declaration_treatment_id_treatment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_declaration_replaces_id")),
    )
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declaration_treatment_id"), ["treatment_id"], unique=False)

    op.create_table(
        "sign_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("treatment_id", sa.Uuid(), nullable=False),
        sa.Column("signs", sa.Text(), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_retraction", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('length("note") BETWEEN 1 AND 1000', name=op.f("ck_sign_report_note_length")),
        sa.CheckConstraint('length("reason") BETWEEN 1 AND 500', name=op.f("ck_sign_report_reason_length")),
        sa.CheckConstraint('length("signs") BETWEEN 1 AND 1000', name=op.f("ck_sign_report_signs_length")),
        sa.CheckConstraint(
            "replaces_id IS NOT NULL OR NOT (is_retraction)", name=op.f("ck_sign_report_retraction_of_something")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR (reason IS NOT NULL AND replaces_id <> id)",
            name=op.f("ck_sign_report_successor_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["sign_report.id"], name=op.f("fk_sign_report_replaces_id_sign_report")
        ),
        sa.ForeignKeyConstraint(["treatment_id"], ["treatment.id"], name=op.f("fk_sign_report_treatment_id_treatment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_report")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_sign_report_replaces_id")),
    )
    with op.batch_alter_table("sign_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_report_treatment_id"), ["treatment_id"], unique=False)

    with op.batch_alter_table("administration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gates", sa.Text(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_administration_gates_length"), 'length("gates") BETWEEN 1 AND 20000'
        )

    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declared_on", sa.Date(), nullable=True))

    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closing_action", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("evidence", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("finding", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("holds", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("eased_because", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("acknowledge_by", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("step", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("escalate_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("snoozed_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("snoozed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("snooze_reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("superseded_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("follows_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            "ix_alert_escalation",
            ["escalate_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "uq_alert_open_result",
            ["patient_id", "topic"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL AND substr(topic, 1, 7) = 'result:'"),
            postgresql_where=sa.text("closed_at IS NULL AND substr(topic, 1, 7) = 'result:'"),
        )
        batch_op.create_index(batch_op.f("ix_alert_site_id_opened_at"), ["site_id", "opened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_treatment_id_topic"), ["treatment_id", "topic"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_alert_follows_id_alert"), "alert", ["follows_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_alert_superseded_by_alert"), "alert", ["superseded_by"], ["id"])

    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.alter_column("holds", server_default=None)
        batch_op.alter_column("step", server_default=None)
        batch_op.create_check_constraint(
            batch_op.f("ck_alert_eased_because_length"), 'length("eased_because") BETWEEN 1 AND 500'
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_alert_snooze_reason_length"), 'length("snooze_reason") BETWEEN 1 AND 500'
        )
        batch_op.create_check_constraint(batch_op.f("ck_alert_finding_length"), 'length("finding") BETWEEN 1 AND 8000')
        batch_op.create_check_constraint(
            batch_op.f("ck_alert_closing_action_known"),
            "closing_action IN ('repeat_ordered', 'patient_called', 'patient_seen', 'referred', 'treatment_held', 'treatment_changed', 'handled', 'already_known', 'not_true', 'no_action_needed')",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_alert_action_of_a_closing"), "closing_action IS NULL OR closed_at IS NOT NULL"
        )
        batch_op.create_check_constraint(batch_op.f("ck_alert_eased_with_reason"), "holds = (eased_because IS NULL)")
        batch_op.create_check_constraint(
            batch_op.f("ck_alert_snoozed_with_reason"),
            "(snoozed_until IS NULL) = (snoozed_by IS NULL) AND (snoozed_until IS NULL) = (snooze_reason IS NULL) AND (snoozed_until IS NULL) = (snoozed_at IS NULL)",
        )
        batch_op.create_check_constraint(batch_op.f("ck_alert_step_counts"), "step >= 0")
    # What nobody has seen so far is told to the next as soon as the clock looks.
    op.execute(
        "UPDATE alert SET acknowledge_by = opened_at, escalate_at = opened_at "
        "WHERE closed_at IS NULL AND acknowledged_at IS NULL AND level <> 'info'"
    )

    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decimal", sa.Text(), nullable=False, server_default="point"))
        batch_op.add_column(sa.Column("not_done", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("collected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("received_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("value", existing_type=sa.TEXT(), nullable=True)

    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.alter_column("decimal", server_default=None)
        batch_op.drop_constraint(batch_op.f("ck_result_successor_has_status"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_result_successor_has_status"),
            "CASE WHEN replaces_id IS NULL THEN status IN ('preliminary', 'final') ELSE status <> 'final' END",
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_result_not_done_known"),
            "not_done IN ('clotted', 'clumped', 'haemolysed', 'insufficient', 'lost', 'refused', 'other')",
        )
        batch_op.create_check_constraint(batch_op.f("ck_result_decimal_known"), "decimal IN ('point', 'comma')")
        batch_op.create_check_constraint(
            batch_op.f("ck_result_value_or_reason"), "(value IS NULL) = (not_done IS NOT NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_result_not_done_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_result_decimal_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_result_value_or_reason"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_result_successor_has_status"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_result_successor_has_status"), "(replaces_id IS NULL) = (status IN ('preliminary', 'final'))"
        )
        batch_op.alter_column("value", existing_type=sa.TEXT(), nullable=False)
        batch_op.drop_column("received_at")
        batch_op.drop_column("collected_at")
        batch_op.drop_column("not_done")
        batch_op.drop_column("decimal")

    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_alert_eased_because_length"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_alert_snooze_reason_length"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_alert_finding_length"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_alert_closing_action_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_alert_action_of_a_closing"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_alert_eased_with_reason"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_alert_snoozed_with_reason"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_alert_step_counts"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_alert_superseded_by_alert"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_alert_follows_id_alert"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_alert_treatment_id_topic"))
        batch_op.drop_index(
            "uq_alert_open_result",
            sqlite_where=sa.text("closed_at IS NULL AND substr(topic, 1, 7) = 'result:'"),
            postgresql_where=sa.text("closed_at IS NULL AND substr(topic, 1, 7) = 'result:'"),
        )
        batch_op.drop_index(batch_op.f("ix_alert_site_id_opened_at"))
        batch_op.drop_index(
            "ix_alert_escalation",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_column("follows_id")
        batch_op.drop_column("superseded_by")
        batch_op.drop_column("snooze_reason")
        batch_op.drop_column("snoozed_at")
        batch_op.drop_column("snoozed_by")
        batch_op.drop_column("snoozed_until")
        batch_op.drop_column("escalated_at")
        batch_op.drop_column("escalate_at")
        batch_op.drop_column("step")
        batch_op.drop_column("acknowledge_by")
        batch_op.drop_column("eased_because")
        batch_op.drop_column("holds")
        batch_op.drop_column("finding")
        batch_op.drop_column("evidence")
        batch_op.drop_column("closing_action")

    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.drop_column("declared_on")

    with op.batch_alter_table("administration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_administration_gates_length"), type_="check")
        batch_op.drop_column("gates")

    with op.batch_alter_table("sign_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_report_treatment_id"))

    op.drop_table("sign_report")
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_declaration_treatment_id"))

    op.drop_table("declaration")
    with op.batch_alter_table("rota", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rota_staff_id"))
        batch_op.drop_index(batch_op.f("ix_rota_site_id_audience_starts_on"))

    op.drop_table("rota")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_staff_id_starts_on"))

    op.drop_table("absence")
