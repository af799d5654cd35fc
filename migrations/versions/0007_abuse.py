"""The lane of a job, and proofs of work that were spent."""

from alembic import op
import sqlalchemy as sa

revision = "0007"
down_revision = "0006"

GRANTS = (
    "GRANT INSERT ON spent_proof TO suluh_intake",
    "GRANT DELETE ON spent_proof TO suluh_worker",
    "GRANT SELECT (expires_at) ON spent_proof TO suluh_worker",
)


def upgrade() -> None:
    """Apply. Jobs that wait already are in the usual lane."""
    op.add_column("outbox", sa.Column("lane", sa.String(64), nullable=False, server_default="usual"))
    op.create_table(
        "spent_proof",
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_spent_proof")),
    )
    op.create_index(op.f("ix_spent_proof_expires_at"), "spent_proof", ["expires_at"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    """Undo. All jobs are in one lane then, and no proof is asked for."""
    op.drop_index(op.f("ix_spent_proof_expires_at"), table_name="spent_proof")
    op.drop_table("spent_proof")
    op.drop_column("outbox", "lane")
