"""Reports that staff enter or import: drafts of them, numbers of an old register, and the desk's right to insert."""

from alembic import op
import sqlalchemy as sa

revision = "0014"
down_revision = "0013"

REPORT_TABLES = "report, report_part, key_slot, worker_envelope, receipt, addition, outbox"

RIGHTS = (
    f"GRANT INSERT ON {REPORT_TABLES} TO suluh_triage",
    "GRANT USAGE ON SEQUENCE worker_envelope_number_seq TO suluh_triage",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON entering_draft TO suluh_triage",
    "GRANT SELECT (saved_at), DELETE ON entering_draft TO suluh_worker",
    "GRANT SELECT, INSERT ON register_number TO suluh_triage",
    "ALTER TABLE report ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY by_portal ON report FOR INSERT TO suluh_intake WITH CHECK (channel = 'web')",
    "CREATE POLICY by_staff ON report FOR INSERT TO suluh_triage WITH CHECK (channel <> 'web')",
    "CREATE POLICY staff_side ON report FOR SELECT TO suluh_worker, suluh_triage USING (true)",
    "CREATE POLICY only_first_choices ON addition AS RESTRICTIVE FOR INSERT TO suluh_triage"
    " WITH CHECK (number = 1 AND kind = 'consent' AND is_noted)",
)

BACK = (
    "DROP POLICY only_first_choices ON addition",
    "DROP POLICY staff_side ON report",
    "DROP POLICY by_staff ON report",
    "DROP POLICY by_portal ON report",
    "ALTER TABLE report DISABLE ROW LEVEL SECURITY",
    "REVOKE USAGE ON SEQUENCE worker_envelope_number_seq FROM suluh_triage",
    f"REVOKE INSERT ON {REPORT_TABLES} FROM suluh_triage",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "entering_draft",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_entering_draft_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_entering_draft")),
    )
    op.create_table(
        "register_number",
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_register_number")),
    )
    if op.get_bind().dialect.name == "sqlite":
        return
    for right in RIGHTS:
        op.execute(right)


def downgrade() -> None:
    """Undo. Drafts are lost, and a register can be imported a second time."""
    if op.get_bind().dialect.name != "sqlite":
        for statement in BACK:
            op.execute(statement)
    op.drop_table("register_number")
    op.drop_table("entering_draft")
