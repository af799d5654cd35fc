"""Replies that can be taken back for a minute, drafts of replies, the day on which a code was last entered."""

from alembic import op
import sqlalchemy as sa

revision = "0013"
down_revision = "0012"

OWN_RECEIPT = "tag = decode(nullif(current_setting('suluh.receipt_tag', true), ''), 'hex')"
OWN_MESSAGES = f"report_id IN (SELECT report_id FROM receipt WHERE {OWN_RECEIPT})"
IS_SHOWN = "(shown_from IS NULL OR shown_from <= now())"

RIGHTS = (
    "GRANT SELECT, INSERT, UPDATE, DELETE ON held_reply, reply_draft TO suluh_triage",
    "GRANT SELECT (report_id, number), DELETE ON held_reply TO suluh_worker",
    "GRANT SELECT (case_id, saved_at), DELETE ON reply_draft TO suluh_worker",
    f"ALTER POLICY own_messages ON message USING ({OWN_MESSAGES} AND {IS_SHOWN})",
    f"ALTER POLICY own_writing ON message WITH CHECK (author = 'reporter' AND shown_from IS NULL AND {OWN_MESSAGES})",
    "GRANT UPDATE (shown_from) ON message TO suluh_worker",
    "GRANT DELETE ON message TO suluh_triage",
    "CREATE POLICY only_unseen ON message AS RESTRICTIVE FOR DELETE TO suluh_triage"
    " USING (author = 'office' AND shown_from > now())",
    "GRANT UPDATE (opened_on) ON receipt TO suluh_intake",
    f"CREATE POLICY own_opening ON receipt FOR UPDATE TO suluh_intake USING ({OWN_RECEIPT}) WITH CHECK ({OWN_RECEIPT})",
)

BACK = (
    "DROP POLICY own_opening ON receipt",
    "REVOKE UPDATE (opened_on) ON receipt FROM suluh_intake",
    "DROP POLICY only_unseen ON message",
    "REVOKE DELETE ON message FROM suluh_triage",
    "REVOKE UPDATE (shown_from) ON message FROM suluh_worker",
    f"ALTER POLICY own_writing ON message WITH CHECK (author = 'reporter' AND {OWN_MESSAGES})",
    f"ALTER POLICY own_messages ON message USING ({OWN_MESSAGES})",
)


def upgrade() -> None:
    """Apply."""
    op.add_column("message", sa.Column("shown_from", sa.DateTime(timezone=True), nullable=True))
    op.add_column("receipt", sa.Column("opened_on", sa.Date(), nullable=True))
    statuses = ("waiting", "open", "waiting_for_reporter", "closed", "withdrawn")
    op.create_table(
        "held_reply",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("status_before", sa.Enum(*statuses, name="casestatus", native_enum=False, length=64), nullable=False),
        sa.Column("had_news", sa.Boolean(), nullable=False),
        sa.Column("is_first_reply", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id", "number"],
            ["message.report_id", "message.number"],
            name=op.f("fk_held_reply_report_id_number"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_held_reply_staff_id")),
        sa.PrimaryKeyConstraint("report_id", "number", name=op.f("pk_held_reply")),
    )
    op.create_table(
        "reply_draft",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_reply_draft_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_reply_draft_staff_id")),
        sa.PrimaryKeyConstraint("case_id", "staff_id", name=op.f("pk_reply_draft")),
    )
    if op.get_bind().dialect.name == "sqlite":
        return
    for right in RIGHTS:
        op.execute(right)


def downgrade() -> None:
    """Undo. Drafts are lost; a reply that could still be taken back is seen at once."""
    if op.get_bind().dialect.name != "sqlite":
        for statement in BACK:
            op.execute(statement)
    op.drop_table("reply_draft")
    op.drop_table("held_reply")
    op.drop_column("receipt", "opened_on")
    op.drop_column("message", "shown_from")
