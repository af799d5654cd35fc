"""What an office keeps for itself in the browser, in versions; the day somebody last signed in; keys taken back."""

from alembic import op
import sqlalchemy as sa

revision = "0015"
down_revision = "0014"

GRANTS = (
    "GRANT SELECT, INSERT ON kept_version TO suluh_triage",
    "GRANT SELECT ON kept_version TO suluh_worker",
    "GRANT DELETE ON epoch_grant TO suluh_triage",
)


def upgrade() -> None:
    """Apply."""
    op.add_column("staff_member", sa.Column("last_seen_on", sa.Date(), nullable=True))
    op.add_column("case_record", sa.Column("rules_number", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_table(
        "kept_version",
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["staff_member.id"], name=op.f("fk_kept_version_changed_by")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["staff_member.id"], name=op.f("fk_kept_version_confirmed_by")),
        sa.PrimaryKeyConstraint("kind", "key", "number", name=op.f("pk_kept_version")),
    )
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    """Undo. What staff changed is lost; values that came with Suluh count again."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute("REVOKE DELETE ON epoch_grant FROM suluh_triage")
    op.drop_table("kept_version")
    op.drop_column("case_record", "rules_number")
    op.drop_column("staff_member", "last_seen_on")
