"""What a bundle request chooses, its build and its delivery."""

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Undo."""
