"""States and acts of the work between report and closing."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a report came in: by the portal, through staff, or from the register that the unit kept before."""

    WEB = "web"
    HOTLINE = "hotline"
    WALK_IN = "walk_in"
    POST = "post"
    REFERRAL = "referral"
    WHATSAPP = "whatsapp"
    REGISTER = "register"


class SlotRole(StrEnum):
    """For whom a report's data key is wrapped."""

    OFFICE = "office"
    RECOVERY = "recovery"
    REPORTER = "reporter"


class Urgency(StrEnum):
    """Order of attention, P0 first."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


class ReasonCode(StrEnum):
    """Why a report has its urgency; one code a row of the tables in docs/urgency.md."""

    SUICIDAL = "suicidal"
    UNSAFE_AND_NEAR = "unsafe_and_near"
    CHILD_EXTORTED = "child_extorted"
    HELD = "held"
    UNSAFE = "unsafe"
    CHILD_INTIMATE = "child_intimate"
    DEADLINE_24_H = "deadline_24_h"
    PUBLIC_AND_IDENTIFIED = "public_and_identified"
    CHILD_VISIBLE = "child_visible"
    HURT_OR_ARMED = "hurt_or_armed"
    DISABLED_AND_SEXUAL = "disabled_and_sexual"
    UNDER_13 = "under_13"
    FROM_13_TO_17 = "from_13_to_17"
    AGE_UNKNOWN = "age_unknown"
    DISABLED = "disabled"
    DEADLINE_7_DAYS = "deadline_7_days"
    THREAT_WITHOUT_DEADLINE = "threat_without_deadline"
    SPREAD_PUBLIC = "spread_public"
    SPREAD_CLOSED_GROUP = "spread_closed_group"
    SPREAD_UNKNOWN = "spread_unknown"
    SAME_HOUSE = "same_house"
    KNOWS_ADDRESS = "knows_address"
    HOLDS_PHONE = "holds_phone"
    DEMANDS = "demands"
    TRAFFICKING = "trafficking"
    POWER = "power"
    SAME_CONTENT = "same_content"
    SAME_ACCOUNT = "same_account"
    VERY_HEAVY = "very_heavy"
    WAITING = "waiting"
    OVERDUE = "overdue"
    UNREADABLE = "unreadable"


class CaseStatus(StrEnum):
    """Where the work on a case stands."""

    WAITING = "waiting"
    OPEN = "open"
    WAITING_FOR_REPORTER = "waiting_for_reporter"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class PublicStatus(StrEnum):
    """What the reporter is told about the state of the report."""

    RECEIVED = "received"
    READ = "read"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"

    @property
    def is_final(self) -> bool:
        """There is nothing left of what was sent, and nothing more is taken."""
        return self in {PublicStatus.WITHDRAWN, PublicStatus.ERASED}


class AdditionKind(StrEnum):
    """What a reporter put beside the report."""

    MATERIAL = "material"
    CONSENT = "consent"


class Author(StrEnum):
    """Who wrote a message of the conversation."""

    REPORTER = "reporter"
    OFFICE = "office"


class LinkState(StrEnum):
    """What was decided about a match; the newest decision counts."""

    SUGGESTED = "suggested"
    LINKED = "linked"
    REJECTED = "rejected"


class BundleState(StrEnum):
    """An evidence bundle needs a second person before it exists."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class StaffRole(StrEnum):
    """Accounts; an administrator reads no report."""

    COUNSELLOR = "counsellor"
    SUPERVISOR = "supervisor"
    EVIDENCE_OFFICER = "evidence_officer"
    ADMINISTRATOR = "administrator"

    @property
    def reads_reports(self) -> bool:
        """Roles that hold the office epoch key."""
        return self is not StaffRole.ADMINISTRATOR


class CustodyAction(StrEnum):
    """What a custody entry says was done (ISO/IEC 27037: who, what, when, why)."""

    RECEIVED = "received"
    MATCHED = "matched"
    LINKED_EXACT = "linked_exact"
    CLAIMED = "claimed"
    RELEASED = "released"
    HANDED_OVER = "handed_over"
    HANDOVER_ACCEPTED = "handover_accepted"
    LABELLED = "labelled"
    UNLABELLED = "unlabelled"
    READ = "read"
    READ_FAILED = "read_failed"
    MESSAGES_READ = "messages_read"
    REPLIED = "replied"
    REPLY_TAKEN_BACK = "reply_taken_back"
    CONTACTED = "contacted"
    REPORTER_WROTE = "reporter_wrote"
    REPORTER_ADDED = "reporter_added"
    CONSENT_CHANGED = "consent_changed"
    LINK_CONFIRMED = "link_confirmed"
    LINK_REJECTED = "link_rejected"
    LINK_UNDONE = "link_undone"
    LINK_LEFT_OPEN = "link_left_open"
    LINK_CHECKED = "link_checked"
    LINK_CHECK_SETTLED = "link_check_settled"
    RECURRED = "recurred"
    RECURRENCE_SEEN = "recurrence_seen"
    URGENCY_OVERRIDDEN = "urgency_overridden"
    PAPER_WRITTEN = "paper_written"
    PAPER_CORRECTED = "paper_corrected"
    PAPER_WITHDRAWN = "paper_withdrawn"
    PAPERS_READ = "papers_read"
    DUTY_DECIDED = "duty_decided"
    DUTY_TAKEN_BACK = "duty_taken_back"
    KNOWN_DAY_SET = "known_day_set"
    TAKEDOWN_ASKED = "takedown_asked"
    TAKEDOWN_SETTLED = "takedown_settled"
    TAKEDOWN_RESUMED = "takedown_resumed"
    TAKEDOWN_LETTER_MADE = "takedown_letter_made"
    TAKEDOWN_LETTER_TAKEN = "takedown_letter_taken"
    TAKEDOWN_LETTER_SENT = "takedown_letter_sent"
    TAKEDOWN_LETTER_DISCARDED = "takedown_letter_discarded"
    TASK_ADDED = "task_added"
    TASK_CHANGED = "task_changed"
    TASK_DONE = "task_done"
    TASK_REMOVED = "task_removed"
    TASK_RESUMED = "task_resumed"
    REFERRAL_DRAFTED = "referral_drafted"
    REFERRAL_CHANGED = "referral_changed"
    REFERRAL_DISCARDED = "referral_discarded"
    REFERRAL_APPROVED = "referral_approved"
    REFERRAL_SENT = "referral_sent"
    REFERRAL_ACCEPTED = "referral_accepted"
    REFERRAL_REFUSED = "referral_refused"
    REFERRAL_DONE = "referral_done"
    REFERRAL_WITHDRAWN = "referral_withdrawn"
    REFERRAL_RESUMED = "referral_resumed"
    REFERRAL_TOLD = "referral_told"
    REFERRALS_READ = "referrals_read"
    BUNDLE_REQUESTED = "bundle_requested"
    BUNDLE_APPROVED = "bundle_approved"
    BUNDLE_REFUSED = "bundle_refused"
    BUNDLE_TAKEN_BACK = "bundle_taken_back"
    BUNDLE_ORDERED = "bundle_ordered"
    BUNDLE_BUILT = "bundle_built"
    BUNDLE_EXPORTED = "bundle_exported"
    BUNDLE_STAMPED = "bundle_stamped"
    CLOSED = "closed"
    REOPENED = "reopened"
    CLOSING_UNDONE = "closing_undone"
    WITHDRAWN = "withdrawn"
    ERASURE_ASKED = "erasure_asked"
    ERASURE_TAKEN_BACK = "erasure_taken_back"
    ERASURE_CONFIRMED = "erasure_confirmed"
    PURGED = "purged"
    STAFF_ADDED = "staff_added"
    STAFF_DEACTIVATED = "staff_deactivated"
    STAFF_TRAINED = "staff_trained"
    STAFF_UNTRAINED = "staff_untrained"
    STAFF_REACTIVATED = "staff_reactivated"
    STAFF_RENAMED = "staff_renamed"
    ROLE_CHANGED = "role_changed"
    SIGNED_IN = "signed_in"
    SIGN_IN_LOCKED = "sign_in_locked"
    SECOND_FACTOR_ENROLLED = "second_factor_enrolled"
    SECOND_FACTOR_RESET = "second_factor_reset"
    SIGN_IN_CHANGED = "sign_in_changed"
    KEY_GRANTED = "key_granted"
    KEY_WITHDRAWN = "key_withdrawn"
    JOB_RESENT = "job_resent"
    DIRECTORY_CHANGED = "directory_changed"
    REGISTER_IMPORTED = "register_imported"
    KEPT_CHANGED = "kept_changed"
    ANCHORED = "anchored"
    ANCHOR_SIGNED = "anchor_signed"
    STATISTICS_EXPORTED = "statistics_exported"


class ClosingReason(StrEnum):
    """Why a case was closed."""

    HELPED = "helped"
    REFERRED = "referred"
    REPORTED_TO_POLICE = "reported_to_police"
    NO_ANSWER = "no_answer"
    RECORD_ONLY = "record_only"
    NOT_KBGO = "not_kbgo"
    ABUSE_OF_PORTAL = "abuse_of_portal"


class WorkLabel(StrEnum):
    """What a case is marked with for the office's own work. Nothing here says anything about a person."""

    FOR_MEETING = "for_meeting"
    NEXT_SHIFT = "next_shift"
    CHECK_AGAIN = "check_again"
    WAITING_FOR_OTHERS = "waiting_for_others"
    ONE_EVENT = "one_event"


class QueueName(StrEnum):
    """RQ queues."""

    REPORTS = "reports"
    BUNDLES = "bundles"


class JobName(StrEnum):
    """Jobs; the value is the dotted path of the function that RQ calls."""

    MATCH_REPORT = "worker.jobs.match_report"
    NOTE_MESSAGE = "worker.jobs.note_message"
    NOTE_ADDITION = "worker.jobs.note_addition"
    WITHDRAW_REPORT = "worker.jobs.withdraw_report"
    BUILD_BUNDLE = "triage.bundles.building.build_bundle_job"
    STAMP_BUNDLE = "triage.bundles.stamping.stamp_bundle_job"


class OutboxState(StrEnum):
    """State of an outbox row."""

    OPEN = "open"
    DONE = "done"
    SET_ASIDE = "set_aside"


class Lane(StrEnum):
    """Which of two queues a job waits in; decides the order of work under load and nothing else."""

    USUAL = "usual"
    SLOW = "slow"
