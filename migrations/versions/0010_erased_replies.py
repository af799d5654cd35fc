"""A reporter may erase their own copy of a message, and change nothing else of it."""

from alembic import op

revision = "0010"
down_revision = "0009"

OWN_REPORT = (
    "report_id IN (SELECT report_id FROM receipt"
    " WHERE tag = decode(nullif(current_setting('suluh.receipt_tag', true), ''), 'hex'))"
)


def upgrade() -> None:
    """Apply."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("GRANT UPDATE (reporter_box) ON message TO suluh_intake")
    op.execute(
        "CREATE POLICY own_erasing ON message FOR UPDATE TO suluh_intake"
        f" USING ({OWN_REPORT}) WITH CHECK (length(reporter_box) = 0 AND {OWN_REPORT})"
    )


def downgrade() -> None:
    """Undo. Copies that were erased stay erased."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("DROP POLICY own_erasing ON message")
    op.execute("REVOKE UPDATE (reporter_box) ON message FROM suluh_intake")
