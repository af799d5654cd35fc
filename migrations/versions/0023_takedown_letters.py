"""Letters that ask for content to be taken down."""

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Undo."""
