"""The closed cases of a group are counted from an index of their own, however large the archive is."""

from alembic import op
import sqlalchemy as sa

revision = "0025"
down_revision = "0024"

CLOSED = sa.text("closed_at IS NOT NULL")
CLOSED_STACKED = sa.text("closed_at IS NOT NULL AND stack IS NOT NULL")


def upgrade() -> None:
    """Apply."""
    op.drop_index("ix_case_record_closed_id", table_name="case_record")
    _index("closed_stack", ["stack", "closed_at"], CLOSED_STACKED)


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_case_record_closed_stack", table_name="case_record")
    _index("closed_id", ["id", "closed_at"], CLOSED, unique=True)


def _index(name: str, columns: list[str], where: sa.TextClause, *, unique: bool = False) -> None:
    name = f"ix_case_record_{name}"
    op.create_index(name, "case_record", columns, unique=unique, sqlite_where=where, postgresql_where=where)
