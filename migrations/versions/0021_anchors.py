"""Daily anchors over all custody chains."""

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Undo."""
