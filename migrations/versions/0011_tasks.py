"""Tasks with the day by which each is to be done, remarks of staff on a case, addresses to be taken down."""

from alembic import op
import sqlalchemy as sa

revision = "0011"
down_revision = "0010"

TABLES = ("task", "case_remark", "takedown")
GRANTS = (
    "GRANT SELECT, INSERT, UPDATE ON task, takedown TO suluh_triage",
    "GRANT SELECT, INSERT ON case_remark TO suluh_triage",
    *(f"GRANT SELECT (case_id), DELETE ON {table} TO suluh_worker" for table in TABLES),
)
OPEN = sa.text("settled_on IS NULL")


def upgrade() -> None:
    """Apply. The worker erases what belongs to a withdrawn report, and reads nothing of it."""
    _create_task()
    _create_case_remark()
    _create_takedown()
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)


def _create_task() -> None:
    ends = sa.Enum("done", "removed", name="taskend", native_enum=False, length=64)
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("settled_as", ends, nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("text_box", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_task_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_task_staff_id")),
        sa.ForeignKeyConstraint(["made_by"], ["staff_member.id"], name=op.f("fk_task_made_by")),
        sa.ForeignKeyConstraint(["settled_by"], ["staff_member.id"], name=op.f("fk_task_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_case_id"), "task", ["case_id"], unique=False)
    op.create_index("ix_task_open", "task", ["staff_id", "due_on", "case_id"], sqlite_where=OPEN, postgresql_where=OPEN)


def _create_case_remark() -> None:
    kinds = sa.Enum("duty", "known", "closing", "reopening", name="remarkkind", native_enum=False, length=64)
    op.create_table(
        "case_remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_remark_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_case_remark_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_remark")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_remark_case_id_number")),
    )


def _create_takedown() -> None:
    states = sa.Enum("waiting", "removed", "refused", name="takedownstate", native_enum=False, length=64)
    op.create_table(
        "takedown",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_takedown_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_takedown_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown")),
    )
    op.create_index(op.f("ix_takedown_case_id"), "takedown", ["case_id"], unique=False)


def downgrade() -> None:
    """Undo. Tasks, remarks and what was asked to be taken down are lost."""
    for table in reversed(TABLES):
        op.drop_table(table)
