"""What a reporter puts beside the report behind the code: material, consents, contact. And whether it was withdrawn."""

from alembic import op
import sqlalchemy as sa

revision = "0006"
down_revision = "0005"

GRANTS = (
    "GRANT SELECT, INSERT ON addition TO suluh_intake",
    "GRANT SELECT, DELETE, UPDATE (is_noted) ON addition TO suluh_worker",
    "GRANT SELECT, UPDATE (is_read) ON addition TO suluh_triage",
    "GRANT DELETE ON match TO suluh_worker",
    "GRANT SELECT ON withdrawal TO suluh_intake",
)

OWN_REPORT = (
    "report_id IN (SELECT report_id FROM receipt"
    " WHERE tag = decode(nullif(current_setting('suluh.receipt_tag', true), ''), 'hex'))"
)
STAFF_SIDE = "TO suluh_worker, suluh_triage USING (true)"

POLICIES = {
    "addition": (
        f"CREATE POLICY own_additions ON addition FOR SELECT TO suluh_intake USING ({OWN_REPORT})",
        "CREATE POLICY own_adding ON addition FOR INSERT TO suluh_intake"
        f" WITH CHECK (NOT is_read AND (number = 1 OR NOT is_noted) AND {OWN_REPORT})",
        f"CREATE POLICY staff_side ON addition {STAFF_SIDE}",
    ),
    "withdrawal": (
        f"CREATE POLICY own_withdrawal ON withdrawal FOR SELECT TO suluh_intake USING ({OWN_REPORT})",
        f"CREATE POLICY own_withdrawing ON withdrawal FOR INSERT TO suluh_intake WITH CHECK ({OWN_REPORT})",
        f"CREATE POLICY staff_side ON withdrawal FOR SELECT {STAFF_SIDE}",
    ),
}


def upgrade() -> None:
    """Apply. Reports that came before have no record of consents of their own; the one inside the report counts."""
    op.create_table(
        "addition",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("form_tag", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("office_slot", sa.LargeBinary(), nullable=False),
        sa.Column("recovery_slot", sa.LargeBinary(), nullable=False),
        sa.Column("reporter_slot", sa.LargeBinary(), nullable=True),
        sa.Column("worker_box", sa.LargeBinary(), nullable=False),
        sa.Column("is_noted", sa.Boolean(), nullable=False),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_addition_report_id")),
        sa.PrimaryKeyConstraint("report_id", "number", name=op.f("pk_addition")),
        sa.UniqueConstraint("form_tag", name=op.f("uq_addition_form_tag")),
    )
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)
    for table, policies in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        for policy in policies:
            op.execute(policy)


def downgrade() -> None:
    """Undo. What reporters added is lost."""
    if op.get_bind().dialect.name != "sqlite":
        for policy in POLICIES["withdrawal"]:
            op.execute(f"DROP POLICY {policy.split()[2]} ON withdrawal")
        op.execute("ALTER TABLE withdrawal DISABLE ROW LEVEL SECURITY")
        op.execute("REVOKE SELECT ON withdrawal FROM suluh_intake")
        op.execute("REVOKE DELETE ON match FROM suluh_worker")
    op.drop_table("addition")
