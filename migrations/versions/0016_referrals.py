"""Referrals to institutions: what was shared, with whose consent, and what came of it."""

from alembic import op
import sqlalchemy as sa

revision = "0016"
down_revision = "0015"

GRANTS = (
    "GRANT SELECT, INSERT, UPDATE ON referral TO suluh_triage",
    "GRANT SELECT, INSERT, UPDATE (box, epoch) ON referral_step TO suluh_triage",
    "GRANT SELECT (id, case_id), DELETE ON referral TO suluh_worker",
    "GRANT SELECT (referral_id), DELETE ON referral_step TO suluh_worker",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("choices_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_referral_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_case_id"), "referral", ["case_id"], unique=False)
    op.create_table(
        "referral_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_referral_step_referral_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_referral_step_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_step")),
        sa.UniqueConstraint("referral_id", "number", name=op.f("uq_referral_step_referral_id_number")),
    )
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    """Undo. All referrals are lost; that they were sent stays on the custody log."""
    op.drop_table("referral_step")
    op.drop_table("referral")
