"""What a bundle request chooses, its build by a process of its own, and a timestamp that came late."""

from alembic import op
import sqlalchemy as sa

revision = "0020"
down_revision = "0019"

GRANTS = (
    "GRANT SELECT, INSERT, UPDATE, DELETE ON bundle_draft, bundle_build TO suluh_triage",
    "GRANT SELECT, INSERT, UPDATE (token) ON bundle_stamp TO suluh_triage",
    "GRANT SELECT (id), UPDATE (annex_box) ON bundle TO suluh_worker",
    "GRANT SELECT (case_id, expires_at), DELETE ON bundle_draft TO suluh_worker",
    "GRANT SELECT (bundle_id), DELETE ON bundle_build TO suluh_worker",
)


def upgrade() -> None:
    """Apply."""
    op.add_column("bundle", sa.Column("annex_box", sa.LargeBinary(), nullable=True))
    op.add_column("bundle", sa.Column("handover_box", sa.LargeBinary(), nullable=True))
    op.add_column("bundle", sa.Column("handover_epoch", sa.Integer(), nullable=True))
    op.create_table(
        "bundle_draft",
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_bundle_draft_case_id")),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_bundle_draft")),
    )
    op.create_index(op.f("ix_bundle_draft_case_id"), "bundle_draft", ["case_id"], unique=False)
    op.create_index(op.f("ix_bundle_draft_expires_at"), "bundle_draft", ["expires_at"], unique=False)
    op.create_table(
        "bundle_build",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bundle_id", sa.Uuid(), nullable=False),
        sa.Column("ordered_by", sa.Uuid(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("steps_all", sa.Integer(), nullable=False),
        sa.Column("package_box", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundle.id"], name=op.f("fk_bundle_build_bundle_id")),
        sa.ForeignKeyConstraint(["ordered_by"], ["staff_member.id"], name=op.f("fk_bundle_build_ordered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_build")),
        sa.UniqueConstraint("bundle_id", name=op.f("uq_bundle_build_bundle_id")),
    )
    op.create_table(
        "bundle_stamp",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bundle_id", sa.Uuid(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundle.id"], name=op.f("fk_bundle_stamp_bundle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle_stamp")),
        sa.UniqueConstraint("bundle_id", name=op.f("uq_bundle_stamp_bundle_id")),
    )
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    """Undo. Builds under way and timestamps that came late are lost."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute("REVOKE SELECT (id), UPDATE (annex_box) ON bundle FROM suluh_worker")
    op.drop_table("bundle_stamp")
    op.drop_table("bundle_build")
    op.drop_table("bundle_draft")
    op.drop_column("bundle", "handover_epoch")
    op.drop_column("bundle", "handover_box")
    op.drop_column("bundle", "annex_box")
