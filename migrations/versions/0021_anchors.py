"""Daily anchors over all custody chains, with their signatures and timestamps. They can only be added."""

from alembic import op
import sqlalchemy as sa

revision = "0021"
down_revision = "0020"

TABLES = ("anchor", "anchor_signature", "anchor_stamp")

GRANTS = (
    "GRANT SELECT, INSERT ON anchor, anchor_stamp TO suluh_worker",
    "GRANT SELECT ON anchor, anchor_stamp TO suluh_triage",
    "GRANT SELECT, INSERT ON anchor_signature TO suluh_triage",
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "anchor",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("chains", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("moved", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_anchor")),
    )
    op.create_table(
        "anchor_signature",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["day"], ["anchor.day"], name=op.f("fk_anchor_signature_day")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_anchor_signature_staff_id")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_anchor_signature")),
    )
    op.create_table(
        "anchor_stamp",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stamped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["day"], ["anchor.day"], name=op.f("fk_anchor_stamp_day")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_anchor_stamp")),
    )
    guard = _guard_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_postgresql
    guard()


def _guard_sqlite() -> None:
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'anchors can only be added'); END"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_second BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE day = NEW.day)"
            " BEGIN SELECT RAISE(ABORT, 'anchors can only be added'); END"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION anchor_refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION 'anchors can only be added'; END $$"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION anchor_refuse()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION anchor_refuse()"
        )
        for name in ("change", "truncate"):
            op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{name}")
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    """Undo. Anchors are lost; what was printed can no longer be compared."""
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION anchor_refuse()")
