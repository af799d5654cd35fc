"""Replies that can be taken back for a minute, drafts, templates."""

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Undo."""
