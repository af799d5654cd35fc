"""Narrow indexes by which the queue counts its views and its groups, instead of reading every open case."""

from alembic import op
import sqlalchemy as sa

revision = "0024"
down_revision = "0023"

UNANSWERED = sa.text("closed_at IS NULL AND first_reply_at IS NULL")
ANSWERED = sa.text("closed_at IS NULL AND first_reply_at IS NOT NULL")
WAITING = sa.text("closed_at IS NULL AND status = 'waiting_for_reporter'")
CLOSED = sa.text("closed_at IS NOT NULL")
CLAIMED = sa.text("closed_at IS NULL AND claimed_by IS NOT NULL")
NEWS_SQLITE = sa.text("closed_at IS NULL AND has_news IS 1")
NEWS_POSTGRESQL = sa.text("closed_at IS NULL AND has_news IS TRUE")


def upgrade() -> None:
    """Apply."""
    _index("unanswered", ["due_at", "first_reply_at", "closed_at"], UNANSWERED)
    _index("answered", ["first_reply_at", "closed_at"], ANSWERED)
    _index("waiting", ["first_reply_at", "status", "closed_at"], WAITING)
    _index("held", ["claimed_by", "claim_expires_at", "first_reply_at", "has_news", "closed_at"], CLAIMED)
    _index("news", ["first_reply_at", "has_news", "closed_at"], NEWS_SQLITE, NEWS_POSTGRESQL)
    _index("closed_id", ["id", "closed_at"], CLOSED, unique=True)
    op.drop_index("ix_case_report_content_group", table_name="case_report")
    op.create_index("ix_case_report_content_group", "case_report", ["content_group", "case_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_case_report_content_group", table_name="case_report")
    op.create_index("ix_case_report_content_group", "case_report", ["content_group"], unique=False)
    for name in ("closed_id", "news", "held", "waiting", "answered", "unanswered"):
        op.drop_index(f"ix_case_record_{name}", table_name="case_record")


def _index(
    name: str,
    columns: list[str],
    where: sa.TextClause,
    postgresql: sa.TextClause | None = None,
    *,
    unique: bool = False,
) -> None:
    op.create_index(
        f"ix_case_record_{name}",
        "case_record",
        columns,
        unique=unique,
        sqlite_where=where,
        postgresql_where=where if postgresql is None else postgresql,
    )
