"""What the queue reads in one go."""

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Undo."""
