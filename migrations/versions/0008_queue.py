"""What keeps the queue quick and shared: rows of one content, labels, hand-overs, saved views, keys; their indexes."""

from alembic import op
import sqlalchemy as sa

revision = "0008"
down_revision = "0007"

GRANTS = (
    "GRANT SELECT, INSERT, DELETE ON case_label, saved_view TO suluh_triage",
    "GRANT SELECT, INSERT, UPDATE ON handover TO suluh_triage",
)

OPEN, CLOSED = sa.text("closed_at IS NULL"), sa.text("closed_at IS NOT NULL")
STACKED = sa.text("closed_at IS NULL AND stack IS NOT NULL")

STACKS = """
UPDATE case_record SET stack = (
    SELECT content_group FROM case_report
    WHERE case_id = case_record.id AND content_group IS NOT NULL ORDER BY content_group LIMIT 1)
"""
APART = """
UPDATE case_record SET stack = NULL WHERE stack IS NOT NULL AND EXISTS (
    SELECT 1 FROM match
    JOIN case_report AS own ON own.report_id IN (match.low_id, match.high_id)
    JOIN case_report AS other ON other.report_id IN (match.low_id, match.high_id) AND other.report_id <> own.report_id
    WHERE match.state = 'rejected' AND own.case_id = case_record.id AND other.content_group = case_record.stack)
"""


def upgrade() -> None:
    """Apply."""
    op.add_column("staff_member", sa.Column("has_key_map", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "case_label",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_label_case_id")),
        sa.PrimaryKeyConstraint("case_id", "label", name=op.f("pk_case_label")),
    )
    op.create_index(op.f("ix_case_label_label"), "case_label", ["label"], unique=False)
    op.create_table(
        "handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("held_before", sa.Uuid(), nullable=True),
        sa.Column("given_to", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note_box", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_handover_case_id")),
        sa.ForeignKeyConstraint(["given_by"], ["staff_member.id"], name=op.f("fk_handover_given_by")),
        sa.ForeignKeyConstraint(["held_before"], ["staff_member.id"], name=op.f("fk_handover_held_before")),
        sa.ForeignKeyConstraint(["given_to"], ["staff_member.id"], name=op.f("fk_handover_given_to")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    for column in ("case_id", "held_before", "given_to"):
        op.create_index(op.f(f"ix_handover_{column}"), "handover", [column], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_saved_view_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_staff_id"), "saved_view", ["staff_id"], unique=False)
    op.add_column("case_record", sa.Column("stack", sa.Uuid(), nullable=True))
    op.execute(STACKS)
    op.execute(APART)
    op.drop_index("ix_case_record_status_level_due_at", table_name="case_record")
    op.create_index(
        "ix_case_record_open",
        "case_record",
        [
            "level",
            "due_at",
            "received_at",
            "id",
            "status",
            "claimed_by",
            "claim_expires_at",
            "first_reply_at",
            "has_news",
            "stack",
            "version",
            "summary_epoch",
            "closed_at",
        ],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(
        "ix_case_record_stack",
        "case_record",
        [
            "stack",
            "level",
            "due_at",
            "received_at",
            "id",
            "status",
            "claimed_by",
            "claim_expires_at",
            "first_reply_at",
            "has_news",
            "version",
            "summary_epoch",
            "closed_at",
        ],
        sqlite_where=STACKED,
        postgresql_where=STACKED,
    )
    op.create_index(
        "ix_case_record_closed", "case_record", ["closed_at", "id"], sqlite_where=CLOSED, postgresql_where=CLOSED
    )
    op.create_index(
        "ix_case_record_closed_level",
        "case_record",
        ["level", "closed_at", "id"],
        sqlite_where=CLOSED,
        postgresql_where=CLOSED,
    )
    op.create_index(
        "ix_link_decision_by_person",
        "link_decision",
        ["decided_at"],
        sqlite_where=sa.text("staff_id IS NOT NULL"),
        postgresql_where=sa.text("staff_id IS NOT NULL"),
    )
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    """Undo. Labels, hand-over notes and saved views are lost."""
    op.drop_index("ix_link_decision_by_person", table_name="link_decision")
    for name in ("ix_case_record_closed_level", "ix_case_record_closed", "ix_case_record_open", "ix_case_record_stack"):
        op.drop_index(name, table_name="case_record")
    op.create_index("ix_case_record_status_level_due_at", "case_record", ["status", "level", "due_at"], unique=False)
    op.drop_column("case_record", "stack")
    op.drop_table("saved_view")
    op.drop_table("handover")
    op.drop_table("case_label")
    op.drop_column("staff_member", "has_key_map")
