"""Mail to colleagues: their addresses, who was told of which call of an alert, and the outbox of what tells them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_MAIL_STATES = (
    "state IN ('pending', 'sending', 'accepted', 'uncertain', 'failed', 'needs_human', 'suppressed')"
)  # fmt: skip
_IN_HAND = sa.text("state IN ('pending', 'sending')")
_UNSETTLED = sa.text("state IN ('pending', 'sending', 'uncertain')")
_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    with op.batch_alter_table("sending_line", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_sending_line_name_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_sending_line_name_known"), "name IN ('sms', 'mail', 'clock')")

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("email_refused_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("language", sa.Text(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_staff_email_length"), 'length("email") BETWEEN 1 AND 254')
        batch_op.create_check_constraint(batch_op.f("ck_staff_language_length"), 'length("language") BETWEEN 1 AND 8')
        batch_op.create_check_constraint(
            batch_op.f("ck_staff_refusal_of_an_address"), "email IS NOT NULL OR email_refused_at IS NULL"
        )

    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calls", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.alter_column("calls", server_default=None)
        batch_op.create_check_constraint(batch_op.f("ck_alert_calls_count"), "calls >= 1")

    _make_mail()
    _make_notification()


def _make_mail() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("give_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("resends", sa.Integer(), nullable=False),
        sa.Column("attempt_token", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resend_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_MAIL_STATES, name=op.f("ck_mail_state_known")),
        sa.CheckConstraint('length("error_code") BETWEEN 1 AND 32', name=op.f("ck_mail_error_code_length")),
        sa.CheckConstraint('length("because") BETWEEN 1 AND 200', name=op.f("ck_mail_because_length")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_mail_attempts_count")),
        sa.CheckConstraint("resends BETWEEN 0 AND 1", name=op.f("ck_mail_one_resend")),
        sa.CheckConstraint("state <> 'uncertain' OR resends = 0", name=op.f("ck_mail_one_uncertainty")),
        sa.CheckConstraint("(state = 'uncertain') = (resend_at IS NOT NULL)", name=op.f("ck_mail_resend_of_uncertain")),
        sa.CheckConstraint(
            "(state = 'sending') = (lease_until IS NOT NULL) AND (state <> 'sending' OR attempt_token IS NOT NULL)",
            name=op.f("ck_mail_lease_while_sending"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (state IN ('pending', 'sending', 'uncertain'))",
            name=op.f("ck_mail_settled_when_over"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_mail_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_staff_id_created_at"), ["staff_id", "created_at"], unique=False)
        batch_op.create_index(
            "uq_mail_in_hand", ["staff_id"], unique=True, sqlite_where=_IN_HAND, postgresql_where=_IN_HAND
        )
        batch_op.create_index(
            "ix_mail_unsettled", ["state"], unique=False, sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED
        )


def _make_notification() -> None:
    op.create_table(
        "notification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('in_app', 'waiting', 'mailed', 'dropped')", name=op.f("ck_notification_state_known")
        ),
        sa.CheckConstraint("call >= 1 AND step >= 0", name=op.f("ck_notification_call_counts")),
        sa.CheckConstraint("(state = 'mailed') = (mail_id IS NOT NULL)", name=op.f("ck_notification_mail_of_mailed")),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_notification_alert_id_alert")),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_notification_mail_id_mail")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_notification_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("alert_id", "call", "staff_id", name=op.f("uq_notification_alert_id")),
    )
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notification_mail_id"), ["mail_id"], unique=False)
        batch_op.create_index(
            "ix_notification_waiting", ["due_at"], unique=False, sqlite_where=_WAITING, postgresql_where=_WAITING
        )
        batch_op.create_index(
            "ix_notification_waiting_for", ["staff_id"], unique=False, sqlite_where=_WAITING, postgresql_where=_WAITING
        )


def downgrade() -> None:
    op.drop_table("notification")
    op.drop_table("mail")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_alert_calls_count"), type_="check")
        batch_op.drop_column("calls")
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_staff_refusal_of_an_address"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_staff_language_length"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_staff_email_length"), type_="check")
        batch_op.drop_column("language")
        batch_op.drop_column("email_refused_at")
        batch_op.drop_column("email")
    op.execute("DELETE FROM sending_line WHERE name = 'mail'")
    with op.batch_alter_table("sending_line", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_sending_line_name_known"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_sending_line_name_known"), "name IN ('sms', 'clock')")
