"""What a team writes about a case, and what a person asks for their own load."""

from alembic import op
import sqlalchemy as sa

revision = "0012"
down_revision = "0011"

GRANTS = (
    "GRANT SELECT, INSERT, UPDATE ON paper, exposure TO suluh_triage",
    "GRANT SELECT, INSERT, UPDATE (box, epoch) ON paper_version TO suluh_triage",
    "GRANT SELECT (id, case_id), DELETE ON paper TO suluh_worker",
    "GRANT SELECT (paper_id), DELETE ON paper_version TO suluh_worker",
    "GRANT SELECT (opened_on), DELETE ON exposure TO suluh_worker",
)


def upgrade() -> None:
    """Apply."""
    op.add_column("staff_member", sa.Column("is_trained", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("staff_member", sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_paper_case_id")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["staff_member.id"], name=op.f("fk_paper_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    op.create_index(op.f("ix_paper_case_id"), "paper", ["case_id"], unique=False)
    op.create_table(
        "paper_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_version_paper_id")),
        sa.ForeignKeyConstraint(["written_by"], ["staff_member.id"], name=op.f("fk_paper_version_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_version")),
        sa.UniqueConstraint("paper_id", "number", name=op.f("uq_paper_version_paper_id_number")),
    )
    op.create_table(
        "exposure",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("heavy", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_exposure_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "opened_on", name=op.f("pk_exposure")),
    )
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    """Undo. All papers are lost."""
    op.drop_table("exposure")
    op.drop_table("paper_version")
    op.drop_table("paper")
    op.drop_column("staff_member", "paused_until")
    op.drop_column("staff_member", "is_trained")
