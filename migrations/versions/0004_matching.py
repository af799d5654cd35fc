"""What the worker compares, opened once and sealed again; which reports hold the same content."""

from alembic import op
import sqlalchemy as sa

revision = "0004"
down_revision = "0003"

GRANTS = (
    "GRANT SELECT, INSERT, DELETE ON index_entry TO suluh_worker",
    "GRANT USAGE ON SEQUENCE index_entry_number_seq TO suluh_worker",
)


def upgrade() -> None:
    """Apply. Reports that were matched before get their entries from the worker, when it next starts."""
    op.create_table(
        "index_entry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_index_entry_report_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_index_entry")),
        sa.UniqueConstraint("report_id", name=op.f("uq_index_entry_report_id")),
        sqlite_autoincrement=True,
    )
    op.add_column("case_report", sa.Column("content_group", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_case_report_content_group"), "case_report", ["content_group"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    """Undo. Nothing is lost: entries are made anew from the envelopes."""
    op.drop_index(op.f("ix_case_report_content_group"), table_name="case_report")
    op.drop_column("case_report", "content_group")
    op.drop_table("index_entry")
