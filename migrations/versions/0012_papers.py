"""What a team writes about a case, and what a person asks for their own load."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Undo."""
