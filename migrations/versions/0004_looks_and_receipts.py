"""Looks at the provider's list, one sending more, receipts under a token of each attempt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LOOK_WHILE_OPEN = (
    "(state <> 'uncertain' OR look_at IS NOT NULL) AND (look_at IS NULL OR state IN ('uncertain', 'accepted'))"
)
_TO_BE_LOOKED_AT = sa.text("look_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("look_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("empty_looks", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("resends", sa.Integer(), nullable=False, server_default="0"))

    # Whatever is open is looked at soon: of what was accepted nobody ever asked whether it arrived.
    op.execute("UPDATE message SET look_at = created_at WHERE state IN ('uncertain', 'accepted')")

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.alter_column("empty_looks", server_default=None)
        batch_op.alter_column("resends", server_default=None)
        batch_op.create_check_constraint(
            batch_op.f("ck_message_looks_and_resends"), "empty_looks >= 0 AND resends BETWEEN 0 AND 1"
        )
        batch_op.create_check_constraint(batch_op.f("ck_message_look_while_open"), _LOOK_WHILE_OPEN)
        batch_op.create_index(
            "ix_message_look",
            ["look_at"],
            unique=False,
            sqlite_where=_TO_BE_LOOKED_AT,
            postgresql_where=_TO_BE_LOOKED_AT,
        )

    with op.batch_alter_table("message_attempt", schema=None) as batch_op:
        batch_op.add_column(sa.Column("callback_token", sa.Text(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_message_attempt_callback_token"), ["callback_token"])
        batch_op.create_check_constraint(
            batch_op.f("ck_message_attempt_callback_token_unguessable"), "length(callback_token) >= 32"
        )

    op.create_table(
        "list_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_list_check_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_check")),
    )
    with op.batch_alter_table("list_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_list_check_checked_at"), ["checked_at"], unique=False)


def downgrade() -> None:
    op.drop_table("list_check")
    with op.batch_alter_table("message_attempt", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_message_attempt_callback_token_unguessable"), type_="check")
        batch_op.drop_constraint(batch_op.f("uq_message_attempt_callback_token"), type_="unique")
        batch_op.drop_column("callback_token")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("ix_message_look")
        batch_op.drop_constraint(batch_op.f("ck_message_look_while_open"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_message_looks_and_resends"), type_="check")
        batch_op.drop_column("resends")
        batch_op.drop_column("empty_looks")
        batch_op.drop_column("look_at")
