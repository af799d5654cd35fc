"""Letters that ask for content to be taken down."""

from alembic import op
import sqlalchemy as sa

revision = "0023"
down_revision = "0022"

GRANTS = (
    "GRANT SELECT, INSERT, UPDATE, DELETE ON takedown_letter TO suluh_triage",
    "GRANT SELECT (case_id), DELETE ON takedown_letter TO suluh_worker",
)


def upgrade() -> None:
    """Apply. The desk discards what was never sent; the worker erases what belongs to a withdrawn report."""
    op.create_table(
        "takedown_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_takedown_letter_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_takedown_letter_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown_letter")),
    )
    op.create_index(op.f("ix_takedown_letter_case_id"), "takedown_letter", ["case_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    """Undo. All letters are lost; that they were made and sent stays on the custody log."""
    op.drop_table("takedown_letter")
