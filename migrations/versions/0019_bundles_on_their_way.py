"""The worker sees of a bundle whether it is on its way: until then nothing of its case is erased."""

from alembic import op

revision = "0019"
down_revision = "0018"

RIGHT = "SELECT (case_id, state, exported_at) ON bundle"


def upgrade() -> None:
    """Apply."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"GRANT {RIGHT} TO suluh_worker")


def downgrade() -> None:
    """Undo."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"REVOKE {RIGHT} FROM suluh_worker")
