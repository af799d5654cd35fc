"""Reports that staff erase when the person asks, and a mark of erasure that needs no receipt."""

from alembic import op
import sqlalchemy as sa

revision = "0017"
down_revision = "0016"

CONFIRMED = (
    "EXISTS (SELECT 1 FROM erasure_request JOIN case_report ON case_report.case_id = erasure_request.case_id"
    " WHERE case_report.report_id = withdrawal.report_id AND erasure_request.confirmed_by IS NOT NULL)"
)

RIGHTS = (
    "GRANT SELECT, INSERT, UPDATE (confirmed_by, confirmed_at), DELETE ON erasure_request TO suluh_triage",
    "GRANT SELECT (case_id), DELETE ON erasure_request TO suluh_worker",
    "GRANT INSERT ON withdrawal TO suluh_triage",
    "GRANT UPDATE (erased_on) ON withdrawal TO suluh_worker",
    "CREATE POLICY by_the_worker ON withdrawal FOR UPDATE TO suluh_worker USING (true)",
    f"CREATE POLICY by_two_people ON withdrawal FOR INSERT TO suluh_triage WITH CHECK (through_desk AND {CONFIRMED})",
    "CREATE POLICY by_code ON withdrawal AS RESTRICTIVE FOR INSERT TO suluh_intake WITH CHECK (NOT through_desk)",
    "CREATE POLICY not_erased_yet ON withdrawal AS RESTRICTIVE FOR INSERT TO suluh_intake, suluh_triage"
    " WITH CHECK (erased_on IS NULL)",
)

BACK = (
    "DROP POLICY not_erased_yet ON withdrawal",
    "DROP POLICY by_code ON withdrawal",
    "DROP POLICY by_two_people ON withdrawal",
    "DROP POLICY by_the_worker ON withdrawal",
    "REVOKE UPDATE (erased_on) ON withdrawal FROM suluh_worker",
    "REVOKE INSERT ON withdrawal FROM suluh_triage",
)

MARK_ERASED = (
    "UPDATE withdrawal SET erased_on = (SELECT status_on FROM receipt"
    " WHERE receipt.report_id = withdrawal.report_id AND receipt.status = 'withdrawn')"
)


def upgrade() -> None:
    """Apply. What was erased until now is known by its receipt."""
    op.create_table(
        "erasure_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requester", sa.String(64), nullable=False),
        sa.Column("identity_check", sa.String(64), nullable=False),
        sa.Column("note_box", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("confirmed_by <> asked_by", name=op.f("ck_erasure_request_two_people")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_erasure_request_case_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff_member.id"], name=op.f("fk_erasure_request_asked_by")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["staff_member.id"], name=op.f("fk_erasure_request_confirmed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_request")),
        sa.UniqueConstraint("case_id", name=op.f("uq_erasure_request_case_id")),
    )
    op.add_column("withdrawal", sa.Column("erased_on", sa.Date(), nullable=True))
    op.add_column("withdrawal", sa.Column("through_desk", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(MARK_ERASED)
    if op.get_bind().dialect.name == "sqlite":
        return
    for right in RIGHTS:
        op.execute(right)


def downgrade() -> None:
    """Undo. Requests are lost; a report without a receipt that was erased is erased once more by the sweep."""
    if op.get_bind().dialect.name != "sqlite":
        for statement in BACK:
            op.execute(statement)
    op.drop_column("withdrawal", "through_desk")
    op.drop_column("withdrawal", "erased_on")
    op.drop_table("erasure_request")
