"""What an office keeps for itself in the browser: articles, rule values, spans of keeping."""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Apply."""


def downgrade() -> None:
    """Undo."""
