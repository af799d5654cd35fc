"""Related reports: which decision an undoing takes back, closed cases that return, second looks."""

from alembic import op
import sqlalchemy as sa

revision = "0009"
down_revision = "0008"

GRANTS = (
    "GRANT SELECT, INSERT ON recurrence TO suluh_worker",
    "GRANT SELECT, INSERT, UPDATE ON recurrence, second_look TO suluh_triage",
)

EARLIER_UNDOINGS = """
UPDATE link_decision SET undoes = (
    SELECT ranked.before FROM (
        SELECT id, lag(id) OVER in_time AS before, lag(state) OVER in_time AS was
        FROM link_decision WINDOW in_time AS (PARTITION BY match_id ORDER BY decided_at, id)
    ) AS ranked
    WHERE ranked.id = link_decision.id AND ranked.was <> 'suggested'
) WHERE state = 'suggested'
"""


def upgrade() -> None:
    """Apply. Until now whoever undid could only go back to the suggestion, so that the earlier ones can be told."""
    op.add_column("link_decision", sa.Column("undoes", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_link_decision_undoes"), "link_decision", ["undoes"], unique=False)
    op.execute(EARLIER_UNDOINGS)
    _create_recurrence()
    _create_second_look()
    if op.get_bind().dialect.name == "sqlite":
        return
    for grant in GRANTS:
        op.execute(grant)


def _create_recurrence() -> None:
    op.create_table(
        "recurrence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("told_id", sa.Uuid(), nullable=True),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_recurrence_case_id")),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], name=op.f("fk_recurrence_match_id")),
        sa.ForeignKeyConstraint(["told_id"], ["staff_member.id"], name=op.f("fk_recurrence_told_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["staff_member.id"], name=op.f("fk_recurrence_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurrence")),
        sa.UniqueConstraint("case_id", "match_id", name=op.f("uq_recurrence_case_id_match_id")),
    )
    op.create_index(op.f("ix_recurrence_match_id"), "recurrence", ["match_id"], unique=False)
    op.create_index("ix_recurrence_told_id_settled_at", "recurrence", ["told_id", "settled_at"], unique=False)


def _create_second_look() -> None:
    states = sa.Enum("suggested", "linked", "rejected", name="linkstate", native_enum=False, length=64)
    op.create_table(
        "second_look",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_by", sa.Uuid(), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", states, nullable=True),
        sa.Column("reason_box", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["link_decision.id"], name=op.f("fk_second_look_decision_id")),
        sa.ForeignKeyConstraint(["match_id"], ["match.id"], name=op.f("fk_second_look_match_id")),
        sa.ForeignKeyConstraint(["looked_by"], ["staff_member.id"], name=op.f("fk_second_look_looked_by")),
        sa.ForeignKeyConstraint(["settled_by"], ["staff_member.id"], name=op.f("fk_second_look_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_look")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_second_look_decision_id")),
    )
    op.create_index(op.f("ix_second_look_match_id"), "second_look", ["match_id"], unique=False)
    op.create_index("ix_second_look_looked_at_asked_at", "second_look", ["looked_at", "asked_at"], unique=False)


def downgrade() -> None:
    """Undo. What second persons said and which closed cases returned is lost; decisions keep their states."""
    op.drop_table("second_look")
    op.drop_table("recurrence")
    op.drop_index(op.f("ix_link_decision_undoes"), table_name="link_decision")
    op.drop_column("link_decision", "undoes")
