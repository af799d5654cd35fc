"""Tasks of a case, with the day by which each is to be done."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Undo."""
