"""Statistics read reports, referrals and suggestions by their day, without going through the whole archive."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Apply."""
    op.create_index(op.f("ix_report_received_on"), "report", ["received_on"], unique=False)
    op.create_index(op.f("ix_match_suggested_at"), "match", ["suggested_at"], unique=False)
    op.create_index(op.f("ix_referral_sent_on"), "referral", ["sent_on"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_index(op.f("ix_referral_sent_on"), table_name="referral")
    op.drop_index(op.f("ix_match_suggested_at"), table_name="match")
    op.drop_index(op.f("ix_report_received_on"), table_name="report")
