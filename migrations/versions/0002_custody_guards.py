"""The custody log can only grow: triggers on both databases, an append function on PostgreSQL."""

from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE_GUARDS = {
    "custody_entry_no_update": """
        BEFORE UPDATE ON custody_entry
        BEGIN SELECT RAISE(ABORT, 'custody entries cannot be changed'); END""",
    "custody_entry_no_delete": """
        BEFORE DELETE ON custody_entry
        BEGIN SELECT RAISE(ABORT, 'custody entries cannot be removed'); END""",
    "custody_entry_no_gap": """
        BEFORE INSERT ON custody_entry
        WHEN NEW.number <> 1 + (SELECT count(*) FROM custody_entry WHERE report_id = NEW.report_id)
          OR NEW.previous <> coalesce(
               (SELECT digest FROM custody_entry WHERE report_id = NEW.report_id AND number = NEW.number - 1),
               zeroblob(32))
        BEGIN SELECT RAISE(ABORT, 'custody entries must follow one another'); END""",
}

POSTGRESQL_UP = (
    """
    CREATE FUNCTION custody_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'custody entries can only be appended'; END $$
    """,
    """
    CREATE TRIGGER custody_entry_no_change BEFORE UPDATE OR DELETE ON custody_entry
    FOR EACH ROW EXECUTE FUNCTION custody_refuse()
    """,
    """
    CREATE TRIGGER custody_entry_no_truncate BEFORE TRUNCATE ON custody_entry
    FOR EACH STATEMENT EXECUTE FUNCTION custody_refuse()
    """,
    "ALTER TABLE custody_entry ENABLE ALWAYS TRIGGER custody_entry_no_change",
    "ALTER TABLE custody_entry ENABLE ALWAYS TRIGGER custody_entry_no_truncate",
    # The same bytes as casefile.custody.entry_digest.
    """
    CREATE FUNCTION custody_append(chain uuid, entry_body text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      head_number integer;
      head_digest bytea;
      body_bytes bytea := convert_to(entry_body, 'UTF8');
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended(chain::text, 0));
      SELECT number, digest INTO head_number, head_digest
        FROM custody_entry WHERE report_id = chain ORDER BY number DESC LIMIT 1;
      head_number := coalesce(head_number, 0) + 1;
      head_digest := coalesce(head_digest, decode(repeat('00', 32), 'hex'));
      INSERT INTO custody_entry (report_id, number, previous, body, digest) VALUES (
        chain, head_number, head_digest, entry_body,
        sha256('\\x00'::bytea || convert_to('SULUH-CUSTODY1', 'UTF8') || uuid_send(chain)
          || int8send(head_number) || head_digest || int8send(length(body_bytes)) || body_bytes));
      RETURN head_number;
    END $$
    """,
)

POSTGRESQL_DOWN = (
    "DROP FUNCTION custody_append(uuid, text)",
    "DROP TRIGGER custody_entry_no_truncate ON custody_entry",
    "DROP TRIGGER custody_entry_no_change ON custody_entry",
    "DROP FUNCTION custody_refuse()",
)


def upgrade() -> None:
    """Apply."""
    if op.get_bind().dialect.name == "sqlite":
        for name, body in SQLITE_GUARDS.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
        return
    for statement in POSTGRESQL_UP:
        op.execute(statement)


def downgrade() -> None:
    """Undo."""
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE_GUARDS:
            op.execute(f"DROP TRIGGER {name}")
        return
    for statement in POSTGRESQL_DOWN:
        op.execute(statement)
