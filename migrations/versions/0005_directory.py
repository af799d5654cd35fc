"""Where else people can turn, and what was changed about it. ``casefile.migrate`` fills it after this."""

from alembic import op
import sqlalchemy as sa

revision = "0005"
down_revision = "0004"

GRANTS = (
    "GRANT SELECT ON directory_entry TO suluh_intake",
    "GRANT SELECT, INSERT, UPDATE ON directory_entry TO suluh_triage",
    "GRANT SELECT, INSERT ON directory_change TO suluh_triage",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "directory_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name_in_file", sa.String(), nullable=True),
        sa.Column("is_ours", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("about_en", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("hours_en", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("whatsapp", sa.String(), nullable=False),
        sa.Column("web", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("helps", sa.JSON(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_entry")),
        sa.UniqueConstraint("name_in_file", name=op.f("uq_directory_entry_name_in_file")),
    )
    op.create_table(
        "directory_change",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.String(64), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["directory_entry.id"], name=op.f("fk_directory_change_entry_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_directory_change_staff_id")),
        sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_directory_change")),
    )
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    """Undo. What staff changed in the directory is lost."""
    op.drop_table("directory_change")
    op.drop_table("directory_entry")
