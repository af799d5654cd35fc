"""One PostgreSQL role for each process, with the least it needs; SQLite has no roles.

``suluh_intake`` inserts reports and reads none. Of receipts and messages it sees only the rows of the receipt tag
that its transaction names in ``suluh.receipt_tag`` (hex), by row-level security.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

ROLES = ("suluh_intake", "suluh_worker", "suluh_triage")

GRANTS = (
    "GRANT SELECT ON alembic_version TO suluh_intake, suluh_worker, suluh_triage",
    "GRANT INSERT ON report, report_part, key_slot, worker_envelope, custody_entry, outbox, withdrawal TO suluh_intake",
    "GRANT SELECT, INSERT ON receipt, message TO suluh_intake",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON draft TO suluh_intake",
    "GRANT USAGE ON SEQUENCE worker_envelope_number_seq TO suluh_intake, suluh_worker",
    "GRANT SELECT, INSERT, DELETE ON worker_envelope TO suluh_worker",
    "GRANT SELECT, DELETE ON report_part, key_slot, message TO suluh_worker",
    "GRANT SELECT ON report, withdrawal TO suluh_worker",
    "GRANT SELECT, UPDATE ON receipt TO suluh_worker",
    "GRANT SELECT, INSERT, UPDATE ON case_record, case_report, match, link_decision TO suluh_worker",
    "GRANT SELECT, INSERT, UPDATE ON outbox TO suluh_worker",
    "GRANT SELECT (case_id, level, decided_at) ON urgency_override TO suluh_worker",
    "GRANT DELETE ON draft, staff_session, outbox TO suluh_worker",
    "GRANT SELECT (expires_at) ON draft, staff_session TO suluh_worker",
    "GRANT SELECT ON custody_entry TO suluh_worker, suluh_triage",
    "GRANT EXECUTE ON FUNCTION custody_append(uuid, text) TO suluh_worker, suluh_triage",
    "GRANT SELECT ON report, report_part, key_slot, withdrawal TO suluh_triage",
    "GRANT SELECT (number, report_id) ON worker_envelope TO suluh_triage",
    "GRANT SELECT, UPDATE ON receipt, case_record, outbox TO suluh_triage",
    "GRANT SELECT ON case_report TO suluh_triage",
    "GRANT SELECT, INSERT ON message, link_decision, urgency_override TO suluh_triage",
    "GRANT SELECT, UPDATE ON match TO suluh_triage",
    "GRANT SELECT, INSERT, UPDATE ON bundle, staff_member, epoch_grant, epoch TO suluh_triage",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON staff_session TO suluh_triage",
)

OWN_RECEIPT = "tag = decode(nullif(current_setting('suluh.receipt_tag', true), ''), 'hex')"
OWN_MESSAGES = f"report_id IN (SELECT report_id FROM receipt WHERE {OWN_RECEIPT})"
STAFF_SIDE = "TO suluh_worker, suluh_triage USING (true) WITH CHECK (true)"

POLICIES = {
    "receipt": (
        f"CREATE POLICY own_receipt ON receipt FOR SELECT TO suluh_intake USING ({OWN_RECEIPT})",
        "CREATE POLICY new_receipt ON receipt FOR INSERT TO suluh_intake WITH CHECK (true)",
        f"CREATE POLICY staff_side ON receipt {STAFF_SIDE}",
    ),
    "message": (
        f"CREATE POLICY own_messages ON message FOR SELECT TO suluh_intake USING ({OWN_MESSAGES})",
        "CREATE POLICY own_writing ON message FOR INSERT TO suluh_intake"
        f" WITH CHECK (author = 'reporter' AND {OWN_MESSAGES})",
        f"CREATE POLICY staff_side ON message {STAFF_SIDE}",
    ),
    "custody_entry": (
        "CREATE POLICY chain_start ON custody_entry FOR INSERT TO suluh_intake WITH CHECK (number = 1)",
        "CREATE POLICY staff_side ON custody_entry FOR SELECT TO suluh_worker, suluh_triage USING (true)",
    ),
}


def upgrade() -> None:
    """Apply."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for role in ROLES:
        op.execute(
            f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN;"
            " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
        op.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    op.execute("REVOKE EXECUTE ON FUNCTION custody_append(uuid, text) FROM PUBLIC")
    for grant in GRANTS:
        op.execute(grant)
    for table, policies in POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        for policy in policies:
            op.execute(policy)


def downgrade() -> None:
    """Undo. The roles stay: other databases of the cluster may use them."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for table, policies in POLICIES.items():
        for policy in policies:
            op.execute(f"DROP POLICY {policy.split()[2]} ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for role in ROLES:
        op.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
        op.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}")
        op.execute(f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM {role}")
        op.execute(f"REVOKE USAGE ON SCHEMA public FROM {role}")
